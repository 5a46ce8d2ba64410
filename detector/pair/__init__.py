"""Claims of one story + matrix -> candidate Pairs, each stamped with the rule that proposed it.

Every two claims of two articles get one score, which says how likely they tell of one thing (`score`). A gate, a budget for
the story and a few pairs for every claim say which of them are judged (`choose`). The rule is the signal that lifts the pair most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from detector.pair.choose import EDITOR, SAME_WORDS, SPEAKERS, TENSION, Flags, choose_pairs
from detector.pair.closeness import measure_closeness
from detector.pair.score import SECOND_LOOK, WEIGHTS, find_reasons, score_pairs, sum_signals
from detector.pair.shared import PairMaker, order_in_time
from detector.pair.tension import pair_tensions
from detector.pair.terms import Matrix, weigh_terms
from detector.pair.within import pair_speakers
from detector.records import Claim, Pair, Topic

__all__ = ["RULES", "measure_closeness", "pair_claims", "pair_speakers", "pair_tensions"]

_FEW_ARTICLES = 12  # fewer cost little to judge in full

RULES = (SAME_WORDS, *WEIGHTS, SECOND_LOOK, EDITOR, SPEAKERS, TENSION)
"""What a pair can be stamped with; "nearest" pairs follow for claims that none of them reached."""


def pair_claims(
    claims: Sequence[Claim],
    closeness: Matrix,
    chosen: NDArray[np.int8],
    topics: Sequence[Topic],
    published: Mapping[str, date | None],
    *,
    gate: float = 0.5,
    top_k: int = 12,
) -> tuple[Pair, ...]:
    """Propose the pairs of one story that are worth judging.

    Args:
        claims: the story's claims; those with `left_out` set are passed over.
        closeness: (n, n) from `measure_closeness`, row and column i for claim i.
        chosen: (n, n) from `measure_closeness`: the view of claim i that is closest to claim j.
        topics: the story's topics; a pair takes the topic that both claims share, if any.
        published: article id -> the day it was published, None when that is not known.
        gate: score (0..1) from which a pair is proposed.
        top_k: how many pairs a claim may have with all other articles together, on average over the story's claims. A story
            of a few articles may have as many as one of twelve with the same claims in each.

    Returns:
        Pairs of claims of two articles, sorted by the claims' ids.
    """
    # In order of id: ties then fall the same way whatever the order of the input is.
    used = sorted((i for i, claim in enumerate(claims) if claim.left_out is None), key=lambda i: claims[i].id)
    kept = [claims[i] for i in used]
    articles = np.unique([claim.article_id for claim in kept], return_inverse=True)[1]  # comparing numbers is quicker
    crossing = articles[:, None] != articles[None, :]
    if not crossing.any():
        return ()
    close = closeness[np.ix_(used, used)]
    terms = weigh_terms(kept)
    direct = sum_signals(close, terms)
    limit = top_k * max(1.0, _FEW_ARTICLES / len(set(articles.tolist())))
    together = _mark_together(kept, topics)
    rows, columns, stamped = choose_pairs(score_pairs(direct), close, crossing, together, gate=gate, limit=limit)
    rules = find_reasons(close, terms, direct, rows, columns)
    for rule, places in stamped.items():
        for place in np.flatnonzero(places).tolist():
            rules[place] = rule

    maker = PairMaker(claims, closeness, chosen, topics)
    pairs = []
    for i, j, rule in zip(rows.tolist(), columns.tolist(), rules, strict=True):
        first, second, days = order_in_time(claims, used[i], used[j], published)
        pairs.append(maker.make(first, second, rule, days))
    return tuple(sorted(pairs, key=lambda pair: (pair.earlier.id, pair.later.id)))


def _mark_together(claims: Sequence[Claim], topics: Sequence[Topic]) -> Flags | None:
    """Return (n, n): which two claims sit in one of the editor's own topics; None if there are no such topics."""
    named = [frozenset(topic.claim_ids) for topic in topics if topic.named]
    if not named:
        return None
    together = np.zeros((len(claims), len(claims)), dtype=np.bool_)
    for ids in named:
        inside = np.flatnonzero([claim.id in ids for claim in claims])
        together[np.ix_(inside, inside)] = True
    return together
