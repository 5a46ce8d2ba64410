"""Figures of one column with their bootstrap intervals (percentile bootstrap: Efron 1979)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from columns import Column
from sklearn.metrics import roc_auc_score

RESAMPLES = 1000
SEED = 0
# From (m, k, k) confusion tables to m figures.
Measure = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and half the width of its 95% bootstrap interval; both nan where it is not defined."""

    value: float
    margin: float


@dataclass(frozen=True, slots=True)
class Result:
    """What one row reaches on one column; None where a figure has no meaning for the column.

    `precision` and `recall` are those of contradiction; `balanced` (accuracy) and `auc` are for two classes.
    """

    n: int
    accuracy: Figure
    macro_f1: Figure
    precision: Figure | None
    recall: Figure | None
    balanced: Figure | None
    auc: float | None


def measure_column(column: Column, probabilities: np.ndarray) -> Result:
    """Return the figures of a column.

    Args:
        column: The pairs and their gold classes.
        probabilities: Those of `column.texts`, shape (n or 2n, 3).
    """
    classes = list(column.classes)
    gold = np.array([classes.index(label) for label in column.gold])
    counts = count_confusions(gold, column.decide(probabilities), len(classes))
    samples = resample(counts)

    def find(measure: Measure) -> Figure:
        return estimate(measure, counts, samples)

    place = classes.index("contradiction") if "contradiction" in classes else None
    two = column.rule is not None
    return Result(
        n=len(gold),
        accuracy=find(measure_accuracy),
        macro_f1=find(measure_macro_f1),
        precision=None if place is None else find(lambda c: measure_precision(c)[:, place]),
        recall=None if place is None else find(lambda c: measure_recall(c)[:, place]),
        balanced=find(lambda c: measure_recall(c).mean(axis=1)) if two else None,
        auc=float(roc_auc_score(gold == 0, column.find_scores(probabilities))) if two else None,
    )


def estimate(measure: Measure, counts: np.ndarray, samples: np.ndarray) -> Figure:
    """Return a measure of the (k, k) table `counts`, with the interval that its resampled tables (m, k, k) give."""
    value, values = float(measure(counts[None])[0]), measure(samples)
    if np.isnan(values).all():
        return Figure(value, float("nan"))
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return Figure(value, float(high - low) / 2)


def count_confusions(gold: np.ndarray, chosen: np.ndarray, classes: int) -> np.ndarray:
    """Return a (classes, classes) table of how often each gold class (row) was decided as each class (column)."""
    return np.bincount(gold * classes + chosen, minlength=classes * classes).reshape(classes, classes)


def resample(counts: np.ndarray) -> np.ndarray:
    """Return RESAMPLES confusion tables, shape (RESAMPLES, k, k).

    Drawing n pairs with replacement and counting them is drawing the table from a multinomial, and much faster.
    """
    n = int(counts.sum())
    drawn = np.random.default_rng(SEED).multinomial(n, counts.ravel() / n, size=RESAMPLES)
    return np.asarray(drawn.reshape(RESAMPLES, *counts.shape))


def measure_accuracy(tables: np.ndarray) -> np.ndarray:
    """Return the accuracy of each of (m, k, k) confusion tables."""
    return np.asarray(np.trace(tables, axis1=1, axis2=2) / tables.sum(axis=(1, 2)))


def measure_precision(tables: np.ndarray) -> np.ndarray:
    """Return the (m, k) precisions; nan where a class was never chosen."""
    return _divide(np.diagonal(tables, axis1=1, axis2=2), tables.sum(axis=1))


def measure_recall(tables: np.ndarray) -> np.ndarray:
    """Return the (m, k) recalls; nan where a class has no pair."""
    return _divide(np.diagonal(tables, axis1=1, axis2=2), tables.sum(axis=2))


def measure_macro_f1(tables: np.ndarray) -> np.ndarray:
    """Return the mean over classes of F1, shape (m,); a class that is never chosen rightly has 0."""
    right = np.diagonal(tables, axis1=1, axis2=2)
    both = tables.sum(axis=1) + tables.sum(axis=2)
    return np.asarray((2 * right / np.maximum(both, 1)).mean(axis=1))


def _divide(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Return the quotient, nan where it is not defined."""
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0))
