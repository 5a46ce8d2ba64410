"""What pairs across articles and within one have in common: how a pair is made of two claims of a story, and its order in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from detector.pair.terms import Matrix
from detector.records import Claim, Pair, Span, Topic


class PairMaker:
    """Makes pairs of the claims of one story, each with its cosine, its closest parts and its topic.

    Args:
        claims: the story's claims.
        closeness: (n, n) from `measure_closeness`, row and column i for claim i.
        chosen: (n, n) from `measure_closeness`: the view of claim i that is closest to claim j.
        topics: the story's topics; a pair takes the first that both claims share, else the first of either.
    """

    def __init__(
        self, claims: Sequence[Claim], closeness: Matrix, chosen: NDArray[np.int8], topics: Sequence[Topic]
    ) -> None:
        self._claims, self._closeness, self._chosen = claims, closeness, chosen
        self._share = _share_topics(topics)

    def make(self, i: int, j: int, rule: str, days: int | None) -> Pair:
        """Return the pair of claim i, the earlier one, and claim j, published `days` later."""
        first, second = self._claims[i], self._claims[j]
        # Products of blocks may differ in the last digits from one side of the diagonal to the other: always the same side.
        near = self._closeness[(i, j) if first.id < second.id else (j, i)]
        focus = _find_view(first, int(self._chosen[i, j])), _find_view(second, int(self._chosen[j, i]))
        return Pair(first, second, rule, round(float(near), 4), self._share(first.id, second.id), focus, days)


def order_in_time(
    claims: Sequence[Claim], i: int, j: int, published: Mapping[str, date | None]
) -> tuple[int, int, int | None]:
    """Return the places of two claims, the earlier one first, and the days between them.

    By the articles' days, undated ones last, then by the claims' ids. The days are None where either is not known.
    """
    day, other = published[claims[i].article_id], published[claims[j].article_id]
    if (other or date.max, claims[j].id) < (day or date.max, claims[i].id):
        i, j, day, other = j, i, other, day
    return i, j, (other - day).days if day and other else None


def _find_view(claim: Claim, view: int) -> Span:
    """Return where a view stands in its claim: a clause, or the whole for the text itself and for the text with context."""
    return claim.facts.clauses[view - 1] if 0 < view <= len(claim.facts.clauses) else (0, len(claim.text))


def _share_topics(topics: Sequence[Topic]) -> Callable[[str, str], str]:
    """Return a look-up: the first topic that two claims share, else the first of either, else ""."""
    where: dict[str, list[str]] = {}
    for topic in topics:
        for claim_id in topic.claim_ids:
            where.setdefault(claim_id, []).append(topic.id)

    def find(first: str, second: str) -> str:
        left, right = where.get(first, []), where.get(second, [])
        return next((topic for topic in left if topic in right), (left + right + [""])[0])

    return find


def keep_closest(pairs: Sequence[Pair], most: int) -> tuple[Pair, ...]:
    """Return the closest pairs, at most so many, sorted by the claims' ids."""
    ranked = sorted(pairs, key=lambda pair: (-pair.closeness, pair.earlier.id, pair.later.id))
    return tuple(sorted(ranked[:most], key=lambda pair: (pair.earlier.id, pair.later.id)))
