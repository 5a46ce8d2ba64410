"""Pairs across articles of which the one tells who is ready for what others, in the other one, hesitate to do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from detector.pair.choose import TENSION
from detector.pair.shared import PairMaker, keep_closest, order_in_time
from detector.pair.terms import Matrix
from detector.records import Claim, Pair, Topic

_MOST = 5


def pair_tensions(
    claims: Sequence[Claim],
    closeness: Matrix,
    chosen: NDArray[np.int8],
    topics: Sequence[Topic],
    published: Mapping[str, date | None],
    known: Collection[Pair],
    speaks: Callable[[Claim], bool],
    opposes: Callable[[Claim, Claim], bool],
) -> tuple[Pair, ...]:
    """Propose pairs that no closeness proposes: the readiness of some is often half a clause in a sentence on something else.

    Args:
        claims: the story's claims; those with `left_out` set are passed over.
        closeness: (n, n) from `measure_closeness`, row and column i for claim i.
        chosen: (n, n) from `measure_closeness`: the view of claim i that is closest to claim j.
        topics: the story's topics; a pair takes the topic that both claims share, if any.
        published: article id -> the day it was published, None when that is not known.
        known: the pairs that are proposed already; they are not proposed again.
        speaks: whether a claim speaks of being ready or of hesitating; only such claims are set beside each other.
        opposes: whether the one is ready for what the other hesitates to do.

    Returns:
        The closest such pairs, five at most, sorted by the claims' ids.
    """
    maker = PairMaker(claims, closeness, chosen, topics)
    taken = {frozenset((pair.earlier.id, pair.later.id)) for pair in known}
    spoken = sorted(
        (i for i, claim in enumerate(claims) if claim.left_out is None and speaks(claim)), key=lambda i: claims[i].id
    )
    found = []
    for ends in combinations(spoken, 2):
        i, j, days = order_in_time(claims, *ends, published)
        first, second = claims[i], claims[j]
        if (
            first.article_id == second.article_id
            or frozenset((first.id, second.id)) in taken
            or not opposes(first, second)
        ):
            continue
        found.append(maker.make(i, j, TENSION, days))
    return keep_closest(found, _MOST)
