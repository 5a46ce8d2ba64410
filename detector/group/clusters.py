"""Closeness matrix -> groups of rows: Ward's tree, cut where the groups are clearest, and second memberships."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

Matrix = NDArray[np.float32]
Rows = NDArray[np.intp]
Tree = NDArray[np.float64]

_FEWEST, _MOST = 0.7, 1.2  # topics to choose from, in square roots of the claims: about what an editor reads
_TRIES = 9
FLOOR = 0.07  # groups less close than this share nothing but the story
_SHARE = 3  # no topic may hold more than one claim in three ...
_SMALL = 8  # ... unless it is as small as this
NEARLY = 0.85  # a second topic must be this close, measured against the claim's first one ...
ALIKE = 0.7  # groups that share so much of the smaller are one
FITTING = 0.6  # ... and against the topic's own members


@dataclass(frozen=True, slots=True)
class Clusters:
    """Groups of rows; the numbers of clusters that were to choose from, the one chosen and its mean silhouette.

    There are more groups than `chosen` where a cluster was too large.
    """

    groups: list[Rows]
    fewest: int
    most: int
    chosen: int
    silhouette: float


def find_clusters(close: Matrix) -> Clusters:
    """Group rows by Ward's method; the groups, singles too, are each in order of row.

    The tree is cut at the number of groups, within a band about the square root of n, with the best mean silhouette
    (Rousseeuw 1987). A group that swallows a third of the rows, or three times its share of them, is cut further.

    Args:
        close: (n, n), symmetric, 1 on the diagonal. Its order must not depend on the input's: ties fall to first rows.
    """
    n = len(close)
    if n < 2:
        return Clusters([np.arange(n)] if n else [], n, n, n, 0.0)
    tree = _build_tree(close)
    counts = _list_counts(n)
    parts, silhouette = _choose_cut(close, tree, counts)
    chosen = len(np.unique(parts))
    limit = limit_size(n)
    for part in np.flatnonzero(np.bincount(parts) > limit):
        inside = np.flatnonzero(parts == part)
        pieces = _split_group(close[np.ix_(inside, inside)], limit)
        parts[inside] = np.where(pieces == 0, part, parts.max() + pieces)
    groups = [np.flatnonzero(parts == part) for part in np.unique(parts)]
    return Clusters(groups, counts[0], counts[-1], chosen, silhouette)


def limit_size(n: int) -> int:
    """Return how many of a story's n claims one topic may hold."""
    return max(_SMALL, min(n // _SHARE, round(_SHARE * math.sqrt(n))))


def merge_lone_sources(close: Matrix, groups: list[Rows], sources: Sequence[str]) -> list[Rows]:
    """Join each group of one source alone to the group of several sources that it is closest to, if it is close."""
    wide = [group for group in groups if len({sources[row] for row in group}) > 1]
    lone = [group for group in groups if len({sources[row] for row in group}) == 1]
    kept = []
    grown = list(wide)
    for group in lone:
        links = measure_links(close, group, wide)
        best = int(np.argmax(links)) if links else -1
        if len(group) > 1 and best >= 0 and links[best] >= FLOOR:
            grown[best] = np.union1d(grown[best], group)
        else:
            kept.append(group)
    return grown + kept


def join_second(close: Matrix, groups: list[Rows]) -> list[Rows]:
    """Return the groups, in their order, with the rows that are nearly as close to one as to their own.

    A row joins one more group at most. Rows of no group first look for a group of their own that they fit.
    """
    topics = list(groups)
    if not topics:
        return []
    n, k = len(close), len(topics)
    home = np.full(n, k, dtype=np.intp)
    for number, group in enumerate(topics):
        home[group] = number
    rows = np.arange(n)
    fit = measure_fit(close, home)[0][:, :k]
    tight = np.array([fit[group, number].mean() for number, group in enumerate(topics)])
    best = fit.argmax(axis=1)
    lone = home == k
    found = lone & (fit[rows, best] > np.maximum(FLOOR, FITTING * tight[best]))
    for number, group in enumerate(topics):  # the best, and no more than the group has: guests must not outnumber it
        guests = np.flatnonzero(found & (best == number))
        home[guests[np.argsort(-fit[guests, number], kind="stable")[: len(group)]]] = number
    placed = np.flatnonzero(home < k)
    own = fit[placed, home[placed]].copy()
    fit[placed, home[placed]] = -np.inf
    second = fit[placed].argmax(axis=1)
    value = fit[placed, second]
    joins = value > np.maximum(np.maximum(FLOOR, NEARLY * own), FITTING * tight[second])
    return [
        np.unique(np.concatenate([group, np.flatnonzero(home == number), placed[joins & (second == number)]]))
        for number, group in enumerate(topics)
    ]


def measure_links(close: Matrix, group: Rows, others: Sequence[Rows]) -> list[float]:
    """Return the mean closeness of a group to each other one."""
    if not others:
        return []
    sums = close[group].sum(axis=0, dtype=np.float64)
    sizes = np.array([len(other) for other in others])
    starts = np.cumsum([0, *sizes[:-1]])
    links: list[float] = (np.add.reduceat(sums[np.concatenate(others)], starts) / (len(group) * sizes)).tolist()
    return links


def measure_fit(close: Matrix, parts: Rows) -> tuple[Matrix, Rows]:
    """Return the mean closeness of each row to each group, the row itself left out, as (n, k), and the k sizes."""
    n = len(parts)
    rows = np.arange(n)
    sizes = np.bincount(parts)
    member = np.zeros((n, len(sizes)), dtype=np.float32)
    member[rows, parts] = 1.0
    sums = close @ member
    sums[rows, parts] -= close.diagonal()
    others = np.repeat(sizes[None, :].astype(np.float32), n, axis=0)
    others[rows, parts] -= 1.0
    return np.divide(sums, np.maximum(others, 1.0), dtype=np.float32), sizes


def split_in_two(close: Matrix) -> Rows:
    """Return 0 or 1 for each row: the two branches of the rows' tree; copies of one claim stay together."""
    if _are_copies(close):
        return np.zeros(len(close), dtype=np.intp)
    halves: Rows = fcluster(_build_tree(close), 2, "maxclust").astype(np.intp) - 1
    return halves


def _are_copies(close: Matrix) -> bool:
    """Whether all rows are of one claim."""
    return float(close.min()) >= 1.0 - 1e-6


def _build_tree(close: Matrix) -> Tree:
    """Return Ward's tree of the rows, over the distances of unit vectors with these cosines."""
    far = np.sqrt(np.clip(2.0 - 2.0 * close, 0.0, 4.0))
    np.fill_diagonal(far, 0.0)
    tree: Tree = linkage(squareform(far, checks=False), method="ward")
    return tree


def _list_counts(n: int) -> list[int]:
    """Return the numbers of clusters to choose from."""
    root = math.sqrt(n)
    return sorted({min(n - 1, max(1, round(k))) for k in np.linspace(_FEWEST * root, _MOST * root, _TRIES)})


def _choose_cut(close: Matrix, tree: Tree, counts: Sequence[int]) -> tuple[Rows, float]:
    """Return each row's group at the cut with the best mean silhouette, and that silhouette."""
    best, chosen = -math.inf, np.zeros(len(close), dtype=np.intp)
    for count in counts:
        parts = fcluster(tree, count, "maxclust").astype(np.intp) - 1
        value = _measure_silhouette(close, parts)
        if value > best + 1e-9:
            best, chosen = value, parts
    return chosen, best


def _measure_silhouette(close: Matrix, parts: Rows) -> float:
    """Return the mean silhouette over all rows; singles count 0."""
    rows = np.arange(len(parts))
    means, sizes = measure_fit(close, parts)
    if len(sizes) < 2:
        return 0.0
    inner = 1.0 - means[rows, parts]
    means[rows, parts] = -np.inf
    outer = 1.0 - means.max(axis=1)
    value = (outer - inner) / np.maximum(np.maximum(outer, inner), 1e-9)
    return float(np.where(sizes[parts] > 1, value, 0.0).mean())


def _split_group(close: Matrix, limit: int) -> Rows:
    """Return each row's piece, from 0: the fewest pieces of at most `limit` rows that the group's own tree has."""
    n = len(close)
    if _are_copies(close):
        return np.zeros(n, dtype=np.intp)  # they are one topic, however many
    tree = _build_tree(close)
    for count in range(2, n + 1):
        pieces: Rows = fcluster(tree, count, "maxclust").astype(np.intp) - 1
        if np.bincount(pieces).max() <= limit:
            break
    return pieces
