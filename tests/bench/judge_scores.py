"""How well verdicts match labels: tables of relations, areas under the ROC curve, balanced accuracy. Intervals are bootstrapped.

A verdict table is (4, 4) in the order of RELATIONS, true relation downwards. Differ and develop merged are called conflict: both say
that two texts cannot both hold as they stand.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from detector.records import Relation

sys.path.append(str(Path(__file__).parents[2] / "models" / "recipe"))
from bootstrap import (
    RESAMPLES,
    SEED,
    Figure,
    count_confusions,
    estimate,
    measure_accuracy,
    measure_macro_f1,
    measure_precision,
    measure_recall,
    resample,
)

Truth = NDArray[np.bool_]
Values = NDArray[np.float64]
RELATIONS = tuple(Relation)
AGREE, DIFFER, DEVELOP, UNRELATED = (RELATIONS.index(relation) for relation in Relation)
# Columns: agree, conflict, unrelated.
_MERGE = np.array([[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]])
CONFLICT = 1
_SIGMAS = 1.96  # 95% of a normal distribution

MEASURES: dict[str, Callable[[NDArray[np.int64]], NDArray[np.float64]]] = {
    "accuracy": measure_accuracy,
    "macro_f1": measure_macro_f1,
    "macro_f1_merged": lambda tables: measure_macro_f1(merge_conflicts(tables)),
    "agree_precision": lambda tables: measure_precision(tables)[:, AGREE],
    "agree_recall": lambda tables: measure_recall(tables)[:, AGREE],
    "differ_precision": lambda tables: measure_precision(tables)[:, DIFFER],
    "differ_recall": lambda tables: measure_recall(tables)[:, DIFFER],
    "conflict_precision": lambda tables: measure_precision(merge_conflicts(tables))[:, CONFLICT],
    "conflict_recall": lambda tables: measure_recall(merge_conflicts(tables))[:, CONFLICT],
    "conflicts_called_agree": lambda tables: (
        tables[:, [DIFFER, DEVELOP], AGREE].sum(axis=1) / np.maximum(1, tables[:, [DIFFER, DEVELOP]].sum(axis=(1, 2)))
    ),
}
"""From (m, 4, 4) verdict tables to m figures."""


class Split(NamedTuple):
    """A threshold, and the balanced accuracy that it reaches where it was chosen."""

    threshold: float
    balanced: float


def merge_conflicts(tables: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return (m, 3, 3) tables of agree, conflict, unrelated from (m, 4, 4) verdict tables."""
    return np.asarray(_MERGE.T @ tables @ _MERGE)


def count_verdicts(gold: Sequence[Relation], found: Sequence[Relation]) -> NDArray[np.int64]:
    """Return the (4, 4) verdict table."""
    places = [np.array([RELATIONS.index(relation) for relation in side], dtype=np.int64) for side in (gold, found)]
    return count_confusions(places[0], places[1], len(RELATIONS))


def measure_verdicts(table: NDArray[np.int64]) -> dict[str, Figure]:
    """Return every figure of MEASURES with its interval; nan where it is not defined."""
    samples = resample(table)
    return {name: estimate(measure, table, samples) for name, measure in MEASURES.items()}


def measure_share(hits: int, n: int) -> Figure:
    """Return a share and half the width of its 95% interval (Wilson 1927: of a few pairs the bootstrap's is too narrow); nan of nothing."""
    if not n:
        return Figure(float("nan"), float("nan"))
    share = hits / n
    spread = math.sqrt(share * (1 - share) / n + _SIGMAS**2 / (4 * n**2))
    return Figure(share, _SIGMAS * spread / (1 + _SIGMAS**2 / n))


def measure_auc(truth: Truth, scores: Values, shares: Values | None = None) -> float:
    """Return the area under the ROC curve: how often a true pair scores higher than a false one, half where they are equal.

    Args:
        truth: (n,).
        scores: (n,).
        shares: (n,), how much each pair counts; None means all alike.

    Returns:
        The area; nan where there are only true pairs, or only false ones.
    """
    if shares is None:
        true = int(truth.sum())
        false = len(truth) - true
        ranks = float(rankdata(scores)[truth].sum())
        return (ranks - true * (true + 1) / 2) / (true * false) if true and false else float("nan")
    levels, place = np.unique(scores, return_inverse=True)
    high, low = (np.bincount(place, weights=shares * side, minlength=len(levels)) for side in (truth, ~truth))
    below = np.cumsum(low) - low / 2
    whole = float(high.sum() * low.sum())
    return float((high * below).sum()) / whole if whole else float("nan")


def measure_balanced(truth: Truth, chosen: Truth, shares: Values | None = None) -> float:
    """Return the mean of the shares of true pairs chosen and of false pairs not chosen; nan where there are none of one kind."""
    weight = np.ones(len(truth)) if shares is None else shares
    true, false = weight[truth].sum(), weight[~truth].sum()
    if not (true and false):
        return float("nan")
    return float(weight[truth & chosen].sum() / true + weight[~truth & ~chosen].sum() / false) / 2


def find_split(truth: Truth, scores: Values) -> Split:
    """Return the threshold with the best balanced accuracy: half way between two scores, of equals the highest."""
    order = np.argsort(-scores, kind="stable")
    ranked, true = scores[order], truth[order]
    reached = (np.cumsum(true) / max(1, true.sum()) + 1 - np.cumsum(~true) / max(1, (~true).sum())) / 2
    ends = np.append(ranked[1:] != ranked[:-1], True)
    best = int(np.where(ends, reached, 0).argmax())
    below = ranked[best + 1] if best + 1 < len(ranked) else ranked[best]
    return Split(float((ranked[best] + below) / 2), float(reached[best]))


def draw_shares(keys: Sequence[tuple[str, str]], number: int = RESAMPLES) -> NDArray[np.float64]:
    """Return (number, n): how often each pair counts when texts are drawn with replacement, and not pairs.

    Pairs that share a text are not independent; drawing the texts says so (a bootstrap over the rows and columns of the table of pairs).

    Args:
        keys: the two texts of each of n pairs.
        number: how many times to draw.
    """
    texts = sorted({text for pair in keys for text in pair})
    place = {text: i for i, text in enumerate(texts)}
    left, right = (np.array([place[pair[side]] for pair in keys]) for side in (0, 1))
    counts = np.random.default_rng(SEED).multinomial(len(texts), np.full(len(texts), 1 / len(texts)), size=number)
    return np.asarray(counts[:, left] * counts[:, right], dtype=np.float64)


def find_margin(values: Sequence[float]) -> float:
    """Return half the width of the 95% interval of resampled values."""
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(high - low) / 2
