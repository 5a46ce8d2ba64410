"""Vectors of claims and of their parts -> how close each two claims are, and by which of their parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detector.pair.terms import Matrix

_ROWS = 512  # rows of views multiplied at once: the product of all with all would not fit


def measure_closeness(vectors: Matrix, views: Sequence[int]) -> tuple[Matrix, NDArray[np.int8]]:
    """Return how close each two claims are, and by which of their views: the greatest cosine over all pairs of views.

    Args:
        vectors: unit-length rows, the views of all claims one after the other, each claim's own text first.
        views: how many views each of the n claims has, at least one.

    Returns:
        An (n, n) matrix of cosines; and an (n, n) matrix whose entry (i, j) is the view of claim i that is closest to claim j.
    """
    n = len(views)
    starts = np.concatenate([[0], np.cumsum(views)]).astype(np.intp)
    closest = np.zeros((n, n), dtype=np.float32)
    chosen = np.zeros((n, n), dtype=np.int8)
    first = 0
    while first < n:
        # Whole claims, as many as fit; one claim at least.
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + _ROWS, side="right")) - 1)
        offset = starts[first]
        by_view = np.maximum.reduceat(vectors[offset : starts[last]] @ vectors.T, starts[:-1], axis=1)
        closest[first:last] = np.maximum.reduceat(by_view, starts[first:last] - offset, axis=0)
        rounded = np.round(by_view, 4)
        for i in range(first, last):
            # Rounding first: of views that are as good as equal the earlier one counts, which is the whole sentence.
            chosen[i] = np.argmax(rounded[starts[i] - offset : starts[i + 1] - offset], axis=0)
        first = last
    return closest, chosen
