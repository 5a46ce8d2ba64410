"""How near articles are: vectors and words half and half, faded where their dates lie apart. Always block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage
from scipy.sparse import coo_array, csr_array, csr_matrix
from scipy.spatial.distance import squareform

from detector.records import Article

Matrix = NDArray[np.float32]
Days = NDArray[np.float64]
Rows = NDArray[np.intp]
Tree = NDArray[np.float64]

COPY = 0.9  # from here on two articles are one text, printed twice: no date parts them inside two windows
_WORDS = 0.5  # measured: a third to two thirds find ECB+ sub-events alike, and a third alone does worse on newswcl50
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
    near[worded] += np.float32(_WORDS) * (words[worded] - near[worded])
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


def find_edges(views: Views, bar: float) -> csr_array:
    """Return the pairs of articles that reach the threshold, block by block in order of time."""
    n = len(views.days)
    order = np.argsort(views.days, kind="stable")  # NaN, the undated, come last
    sorted_days = views.days[order]
    dated = int(np.isfinite(views.days).sum())
    found: list[tuple[Rows, Rows, Matrix]] = []
    for start in range(0, n, _BLOCK):
        here = order[start : start + _BLOCK]
        last = sorted_days[min(start + _BLOCK, dated) - 1] if start < dated else np.nan
        reach = last + 2 * views.window
        stop = n if start + _BLOCK > dated else int(np.searchsorted(sorted_days[:dated], reach, "right"))
        for others in _list_blocks(order, start, stop, dated):
            near = measure_nearness(views, here, others)
            i, j = np.nonzero(near >= bar)
            found.append((here[i], others[j], near[i, j]))
    if not found:
        return csr_array((n, n), dtype=np.float32)
    i, j, value = (np.concatenate(part) for part in zip(*found, strict=True))
    return csr_array(coo_array((value, (i, j)), shape=(n, n)))


def average_nearness(views: Views, left: Rows, right: Rows, group: Rows, count: int) -> Iterator[tuple[Rows, Matrix]]:
    """Yield (some of `left`, their mean nearness to each group), block by block.

    Args:
        views: the articles.
        left: rows to place.
        right: rows that stand in groups.
        group: for each of `right` the number of its group, below `count`.
        count: how many groups there are; none is empty.
    """
    sizes = np.bincount(group, minlength=count).astype(np.float32)
    for start in range(0, len(left), _BLOCK):
        here = left[start : start + _BLOCK]
        total = np.zeros((len(here), count), dtype=np.float32)
        for low in range(0, len(right), _BLOCK):
            near = measure_nearness(views, here, right[low : low + _BLOCK])
            part = group[low : low + _BLOCK]
            member = csr_array((np.ones(len(part), np.float32), (np.arange(len(part)), part)), (len(part), count))
            total += near @ member
        yield here, total / sizes


def _list_blocks(order: Rows, start: int, stop: int, dated: int) -> Iterator[Rows]:
    """Yield the articles from `start` to `stop`, and the undated ones, in blocks."""
    for low in range(start, stop, _BLOCK):
        yield order[low : min(low + _BLOCK, stop)]
    for low in range(max(stop, dated), len(order), _BLOCK):
        yield order[low : low + _BLOCK]
