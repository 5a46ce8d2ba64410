"""Pairs within one article: two named speakers whom one source quotes against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, groupby

import numpy as np
from numpy.typing import NDArray

from detector.pair.choose import SPEAKERS
from detector.pair.shared import PairMaker, keep_closest
from detector.pair.terms import Matrix
from detector.records import Claim, Pair, Topic

_CLOSE = 0.3  # cosine below which even opposite words of two speakers are about two questions
_MOST = 5


def pair_speakers(
    claims: Sequence[Claim],
    closeness: Matrix,
    chosen: NDArray[np.int8],
    topics: Sequence[Topic],
    opposes: Callable[[Pair], bool],
) -> tuple[Pair, ...]:
    """Propose pairs of two sentences of one article in which two speakers oppose each other, five a story at most.

    Args:
        claims: the story's claims; those with `left_out` set, and those of the reporter, are passed over.
        closeness: (n, n) from `measure_closeness`, row and column i for claim i.
        chosen: (n, n) from `measure_closeness`: the view of claim i that is closest to claim j.
        topics: the story's topics; a pair takes the topic that both claims share, if any.
        opposes: whether the two speakers of a pair oppose each other; asked of close sentences alone.

    Returns:
        The closest such pairs, in the order of their places in the article, sorted by the claims' ids.
    """
    maker = PairMaker(claims, closeness, chosen, topics)
    made = (maker.make(i, j, SPEAKERS, 0) for i, j in _list_candidates(claims, closeness))
    return keep_closest([pair for pair in made if opposes(pair)], _MOST)


def _list_candidates(claims: Sequence[Claim], closeness: Matrix) -> Iterator[tuple[int, int]]:
    """Yield the places of two close claims of one article that have two speakers, in the article's order."""
    spoken = [i for i, claim in enumerate(claims) if claim.speaker and claim.left_out is None]
    spoken.sort(key=lambda i: (claims[i].article_id, claims[i].start))
    for _, places in groupby(spoken, key=lambda i: claims[i].article_id):
        for i, j in combinations(places, 2):
            if closeness[i, j] >= _CLOSE and claims[i].speaker != claims[j].speaker:
                yield i, j
