"""Pairs -> Signals, many at a time: first what the pairs mean, by the slow model, then everything else."""

from __future__ import annotations

from collections.abc import Sequence

from detector.judge.measure import measure_pair
from detector.judge.nli import Nli, score_pairs
from detector.judge.rest import add_rest
from detector.progress import Progress, count_steps
from detector.records import Pair, Signals

_BATCH = 512  # pairs handed to the model at once: few enough for a progress bar to move


def measure_pairs(pairs: Sequence[Pair], nli: Nli | None, progress: Progress) -> list[Signals]:
    """Measure each pair; its meaning only if there is an NLI model.

    Args:
        pairs: n pairs.
        nli: the model, or None: the comparison of meaning then abstains.
        progress: told of each batch and of each pair.

    Returns:
        n signals, in the order of `pairs`.
    """
    meanings: list[tuple[float, float] | None] = [None] * len(pairs)
    if nli is not None:
        meanings = []
        for start in range(0, len(pairs), _BATCH):
            progress("reading the meaning of pairs", start, len(pairs))
            meanings += score_pairs(pairs[start : start + _BATCH], nli)
    steps = count_steps(progress, "comparing pairs", list(zip(pairs, meanings, strict=True)))
    signals = [measure_pair(pair, meaning) for pair, meaning in steps]
    return signals if nli is None else add_rest(pairs, signals, nli)
