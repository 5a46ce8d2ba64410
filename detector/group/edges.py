"""Which articles are near enough to be one story: only pairs inside two windows, and of those only the few that can reach the bar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, csr_matrix

from detector.group.nearness import COPY, WORDS, Views

Matrix = NDArray[np.float32]
Rows = NDArray[np.intp]

SLACK = 1e-6  # pairs so little below the bar are kept too: products of other shapes differ in the last digits
_BLOCK = 1024
_COMMON = 0.03  # a word in more articles than this is common; on AllSides the common part of a row is then 0.4 long


@dataclass(frozen=True, slots=True)
class _Parts:
    """The word rows in two parts: the rare words, and of the common ones the length of each row alone."""

    rare: csr_matrix
    common: Matrix
    worded: NDArray[np.bool_]


def find_edges(views: Views, bar: float) -> csr_array:
    """Return the pairs of articles whose nearness reaches the bar, with it, as an upper or lower triangle of (n, n).

    The dated articles are walked in order of time, so that the cost grows with the number of articles inside two windows
    and not with the archive. An undated article is bound by no window and is held against all. Of the vectors every pair of
    two blocks is multiplied; of the words only the rare ones, and common words are bounded by the lengths of their rows
    (Cauchy-Schwarz): what cannot reach the bar so is never measured. Nothing that reaches it is lost.

    Args:
        views: the n articles.
        bar: nearness, above 0; pairs up to `SLACK` below it are returned too.
    """
    n = len(views.days)
    parts = _part_words(views.words)
    found = [_find_near(views, parts, here, others, bar - SLACK) for here, others in _list_blocks(views)]
    if not found:
        return csr_array((n, n), dtype=np.float32)
    i, j, value = (np.concatenate(part) for part in zip(*found, strict=True))
    return csr_array(coo_array((value, (i, j)), shape=(n, n)))


def _list_blocks(views: Views) -> Iterator[tuple[Rows, Rows]]:
    """Yield pairs of blocks that hold, together, every two articles that some nearness can join, each at least once."""
    order = np.argsort(views.days, kind="stable")  # NaN, the undated, come last
    dated = int(np.isfinite(views.days).sum())
    days = views.days[order[:dated]]
    free = order[dated:]
    for start in range(0, dated, _BLOCK):
        here = order[start : min(start + _BLOCK, dated)]
        reach = days[start + len(here) - 1] + 2 * views.window
        for others in (order[start : int(np.searchsorted(days, reach, "right"))], free):
            for low in range(0, len(others), _BLOCK):
                yield here, others[low : low + _BLOCK]
    for start in range(0, len(free), _BLOCK):
        for low in range(start, len(free), _BLOCK):
            yield free[start : start + _BLOCK], free[low : low + _BLOCK]


def _part_words(words: csr_matrix) -> _Parts:
    """Part the words into rare and common ones."""
    n = words.shape[0]
    held = np.bincount(words.indices, minlength=words.shape[1])
    is_common = (held > max(1.0, _COMMON * n))[words.indices]
    rare = words.copy()
    rare.data = np.where(is_common, np.float32(0.0), words.data)
    rare.eliminate_zeros()
    row = np.repeat(np.arange(n), np.diff(words.indptr))
    squares = np.bincount(row, np.where(is_common, words.data, 0.0).astype(np.float64) ** 2, minlength=n)
    return _Parts(rare, np.sqrt(squares).astype(np.float32), np.diff(words.indptr) > 0)


def _find_near(views: Views, parts: _Parts, here: Rows, others: Rows, bar: float) -> tuple[Rows, Rows, Matrix]:
    """Return the pairs of two blocks that reach the bar: their rows on both sides, and their nearness."""
    cosine: Matrix = views.vectors[here] @ views.vectors[others].T
    # What the words can add at most: the rare ones as they are, the common ones as if they were the very same.
    most = np.outer(parts.common[here], parts.common[others])
    rare = (parts.rare[here] @ parts.rare[others].T).tocoo()
    most[rare.row, rare.col] += rare.data
    bare = ~(parts.worded[here][:, None] & parts.worded[others][None, :])  # there the vectors say it alone
    if bare.any():
        most[bare] = cosine[bare]
    i, j = np.nonzero((1.0 - WORDS) * cosine + WORDS * most >= bar - SLACK)
    left, right = here[i], others[j]
    near = cosine[i, j]
    worded = parts.worded[left] & parts.worded[right]
    shared = np.asarray(views.words[left[worded]].multiply(views.words[right[worded]]).sum(axis=1)).ravel()
    near[worded] += np.float32(WORDS) * (shared.astype(np.float32) - near[worded])
    gap = np.abs(views.days[left] - views.days[right]) / views.window
    fade = np.nan_to_num(np.clip(2.0 - gap, 0.0, 1.0), nan=1.0).astype(np.float32)
    fade[(near >= COPY) & (fade > 0.0)] = 1.0
    near *= fade
    kept = near >= bar
    return left[kept], right[kept], near[kept]
