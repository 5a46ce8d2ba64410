"""How well groups match true groups: B-cubed, V-measure, pairs. All figures are between 0 and 1, 1 is perfect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LEFT_OUT = -1  # the label of what a method puts into no group


class Score(NamedTuple):
    """Precision, recall, and their harmonic mean; for V-measure these are homogeneity and completeness."""

    precision: float
    recall: float
    f1: float


def separate_left_out(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the labels with each thing left out in a group of its own, which is how it would be read."""
    lone = labels == LEFT_OUT
    return np.where(lone, labels.max(initial=0) + 1 + np.cumsum(lone), labels)


def score_bcubed(found: Sequence[object], wanted: Sequence[object], inside: NDArray[np.bool_] | None = None) -> Score:
    """Score groups by B-cubed (Bagga and Baldwin 1998): how pure each thing's group is, and how whole.

    Args:
        found: the group of each of n things.
        wanted: the true group of each.
        inside: (n,), the things to average over; None means all. Groups are always taken whole.
    """
    both, ours, true = _count_groups(found, wanted)
    use = _choose(inside, len(both))
    return _join((both / ours)[use].mean(), (both / true)[use].mean())


def score_v(found: Sequence[object], wanted: Sequence[object], inside: NDArray[np.bool_] | None = None) -> Score:
    """Score groups by V-measure (Rosenberg and Hirschberg 2007): homogeneity, completeness, harmonic mean.

    The entropies are means over the things inside of what each of them tells; with all inside it is the usual V-measure.
    """
    both, ours, true = _count_groups(found, wanted)
    use = _choose(inside, len(both))
    n = len(both)
    lost = -np.log(both / ours)[use].mean(), -np.log(both / true)[use].mean()
    whole = -np.log(true / n)[use].mean(), -np.log(ours / n)[use].mean()
    kept = [1.0 - part / of if of > 0 else 1.0 for part, of in zip(lost, whole, strict=True)]
    return _join(*kept)


def score_overlapping(found: Sequence[set[str]], wanted: Sequence[set[str]]) -> Score:
    """Score groups that may overlap by extended B-cubed (Amigó et al. 2009).

    For each two things that share a group, precision is the number of groups they should share, at most those that they
    share, of those that they share; recall the other way round. Things that share nothing with any other count 1 for themselves.

    Args:
        found: the groups of each thing; one without any stands alone.
        wanted: the true groups of each thing, at least one.
    """
    ours, true = _count_shared(found), _count_shared(wanted)
    least = np.minimum(ours, true)
    return _join(*(_mean_of_means(least, shared) for shared in (ours, true)))


def score_pairs(together: NDArray[np.bool_], same: NDArray[np.bool_]) -> Score:
    """Score pairs: of those put together the share that belong together, and of these the share put together."""
    hits = float((together & same).sum())
    return _join(hits / max(1.0, float(together.sum())), hits / max(1.0, float(same.sum())))


def count_exact(found: Sequence[object], wanted: Sequence[object]) -> tuple[int, int]:
    """Return how many true groups are one group exactly, and how many things stand in these."""
    both, ours, true = _count_groups(found, wanted)
    exact = (both == ours) & (both == true)
    return len({group for group, right in zip(wanted, exact, strict=True) if right}), int(exact.sum())


def _count_groups(found: Sequence[object], wanted: Sequence[object]) -> tuple[NDArray[np.float64], ...]:
    """Return for each thing the size of its groups' intersection, of its group, and of its true group."""
    ours = np.unique(np.asarray(found), return_inverse=True)[1]
    true = np.unique(np.asarray(wanted), return_inverse=True)[1]
    table = np.zeros((ours.max() + 1, true.max() + 1))
    np.add.at(table, (ours, true), 1)
    return table[ours, true], table.sum(axis=1)[ours], table.sum(axis=0)[true]


def _count_shared(groups: Sequence[set[str]]) -> NDArray[np.float64]:
    """Return how many groups each two things share, (n, n); a thing shares at least one with itself."""
    column = {name: i for i, name in enumerate(sorted(set().union(*groups)))}
    member = np.zeros((len(groups), max(1, len(column))))
    for row, names in enumerate(groups):
        member[row, [column[name] for name in names]] = 1.0
    shared: NDArray[np.float64] = member @ member.T
    np.fill_diagonal(shared, np.maximum(shared.diagonal(), 1.0))
    return shared


def _mean_of_means(least: NDArray[np.float64], shared: NDArray[np.float64]) -> float:
    """Return the mean over things of the mean over those that share a group with it."""
    ratio = np.divide(least, shared, out=np.zeros_like(least), where=shared > 0)
    return float((ratio.sum(axis=1) / (shared > 0).sum(axis=1)).mean())


def _choose(inside: NDArray[np.bool_] | None, n: int) -> NDArray[np.bool_]:
    return np.ones(n, dtype=bool) if inside is None else inside


def _join(precision: float, recall: float) -> Score:
    total = precision + recall
    return Score(float(precision), float(recall), float(2 * precision * recall / total) if total > 0 else 0.0)
