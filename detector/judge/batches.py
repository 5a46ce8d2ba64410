"""Pairs -> Signals, many at a time: first what the pairs mean, by the slow model, then everything else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from detector.judge.measure import measure_pair
from detector.judge.nli import Meaning, Nli, score_pairs
from detector.judge.rest import add_rest
from detector.progress import Progress, count_steps
from detector.records import Pair, Signals

_NOTHING = Meaning(0.0, 0.0, (0.0, 0.0, 0.0, 1.0))  # what is believed of a pair that no answer could make a finding of
_BATCH = 512  # pairs handed to the model at once: few enough for a progress bar to move


def measure_pairs(
    pairs: Sequence[Pair], nli: Nli | None, progress: Progress, worth_asking: Callable[[Signals], bool] | None = None
) -> list[Signals]:
    """Measure each pair; its meaning only if there is an NLI model.

    Args:
        pairs: n pairs.
        nli: the model, or None: the comparisons of meaning then abstain.
        progress: told of each batch and of each pair.
        worth_asking: told what the quick comparisons say, says whether the slow model is to be asked; None means always. Of a pair that
            is not worth it entailment and contradiction are taken as 0, and the two as unrelated.

    Returns:
        n signals, in the order of `pairs`.
    """
    signals = [measure_pair(pair) for pair in count_steps(progress, "comparing pairs", pairs)]
    if nli is None:
        return signals
    asked = [i for i, quick in enumerate(signals) if worth_asking is None or worth_asking(quick)]
    meanings: list[Meaning] = []
    for start in range(0, len(asked), _BATCH):
        progress("reading the meaning of pairs", start, len(asked))
        meanings += score_pairs([pairs[i] for i in asked[start : start + _BATCH]], nli)
    meaning_of = dict(zip(asked, meanings, strict=True))
    for i, quick in enumerate(signals):
        meaning = meaning_of.get(i, _NOTHING)
        signals[i] = replace(
            quick, entailment=meaning.entailment, contradiction=meaning.contradiction, prediction=meaning.prediction
        )
    told = add_rest([pairs[i] for i in asked], [signals[i] for i in asked], nli)
    for i, measured in zip(asked, told, strict=True):
        signals[i] = measured
    return signals
