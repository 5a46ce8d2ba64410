"""How near articles are: vectors and words half and half, faded where their dates lie apart. Always block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage
from scipy.sparse import csr_array, csr_matrix
from scipy.spatial.distance import squareform

from detector.records import Article

Matrix = NDArray[np.float32]
Days = NDArray[np.float64]
Rows = NDArray[np.intp]
Tree = NDArray[np.float64]

COPY = 0.9  # from here on two articles are one text, printed twice: no date parts them inside two windows
WORDS = 0.5  # measured: a third to two thirds find ECB+ sub-events alike, and a third alone does worse on newswcl50
_BLOCK = 1024
_DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Views:
    """What is known of n articles: row i of each belongs to article i.

    Attributes:
        vectors: (n, d), unit-length rows.
        words: (n, w), unit-length rows, zero where a text has no words.
        days: publishing time in days, NaN where none binds the article.
        window: days within which closeness does not fade.
    """

    vectors: Matrix
    words: csr_matrix
    days: Days
    window: float

    def take_rows(self, rows: Rows) -> Views:
        """Return the views of some of the articles."""
        return Views(self.vectors[rows], self.words[rows], self.days[rows], self.window)


def find_days(articles: Sequence[Article]) -> Days:
    """Return each article's date in days, NaN where none binds it."""
    return np.array(
        [
            a.published.timestamp() / _DAY if a.published is not None and a.published_basis != "inferred" else np.nan
            for a in articles
        ]
    )


def measure_nearness(views: Views, left: Rows, right: Rows) -> Matrix:
    """Return how near articles are to articles, (len(left), len(right)): 1 for the same text, 0 for nothing shared.

    An article without words is measured by its vector alone. From one window apart on nearness fades, to nothing at two.
    """
    near: Matrix = views.vectors[left] @ views.vectors[right].T
    words = (views.words[left] @ views.words[right].T).toarray()
    worded = np.ix_(np.diff(views.words.indptr)[left] > 0, np.diff(views.words.indptr)[right] > 0)
    near[worded] += np.float32(WORDS) * (words[worded] - near[worded])
    gap = np.abs(views.days[left][:, None] - views.days[right][None, :]) / views.window
    fade = np.nan_to_num(np.clip(2.0 - gap, 0.0, 1.0), nan=1.0).astype(np.float32)
    fade[(near >= COPY) & (fade > 0.0)] = 1.0
    near *= fade
    return near


def build_tree(near: Matrix) -> Tree:
    """Return the average-linkage tree (UPGMA) of articles with this (n, n) nearness; its heights are 1 less the nearness."""
    far = np.clip(1.0 - (near + near.T) / 2, 0.0, 2.0)
    np.fill_diagonal(far, 0.0)
    tree: Tree = linkage(squareform(far, checks=False), method="average")
    return tree


def average_nearness(views: Views, left: Rows, right: Rows, group: Rows) -> Iterator[tuple[Rows, Rows, Matrix]]:
    """Yield (some of `left`, the groups in their reach, their mean nearness to each of those), block by block.

    What lies two windows away is near to nothing, so that a block of dated articles meets only the groups of its time: an
    archive is extended at the cost of what is new.

    Args:
        views: the articles.
        left: rows to place.
        right: rows that stand in groups.
        group: for each of `right` the number of its group.
    """
    sizes = np.bincount(group).astype(np.float32)
    days = views.days[right]
    reach = 2 * views.window
    for here in _list_blocks(left[np.argsort(views.days[left], kind="stable")], views.days):
        first, last = views.days[here[0]], views.days[here[-1]]
        there = np.isnan(days) | ((days >= first - reach) & (days <= last + reach))
        met = np.flatnonzero(there) if np.isfinite(first) else np.arange(len(right))
        groups, column = np.unique(group[met], return_inverse=True)
        total = np.zeros((len(here), len(groups)), dtype=np.float32)
        for low in range(0, len(met), _BLOCK):
            part = column[low : low + _BLOCK]
            near = measure_nearness(views, here, right[met[low : low + _BLOCK]])
            inside, place = np.unique(part, return_inverse=True)
            member = csr_array(
                (np.ones(len(part), np.float32), (np.arange(len(part)), place)), (len(part), len(inside))
            )
            total[:, inside] += near @ member
        yield here, groups, total / sizes[groups]


def _list_blocks(rows: Rows, days: Days) -> Iterator[Rows]:
    """Yield rows that are in order of time in blocks; the undated, at the end, in blocks of their own."""
    dated = int(np.isfinite(days[rows]).sum())
    for part in (rows[:dated], rows[dated:]):
        for start in range(0, len(part), _BLOCK):
            yield part[start : start + _BLOCK]
