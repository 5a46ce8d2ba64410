"""Vectors of claims and of their parts -> how close each two claims are, and by which of their parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detector.pair.terms import Matrix

_CLAIMS = 256  # claims whose views are multiplied at once: the product of all with all would not fit


def measure_closeness(vectors: Matrix, views: Sequence[int]) -> tuple[Matrix, NDArray[np.int8]]:
    """Return how close each two claims are, and by which of their views: the greatest cosine over all pairs of views.

    Args:
        vectors: unit-length rows, the views of all claims one after the other, each claim's own text first.
        views: how many views each of the n claims has, at least one.

    Returns:
        An (n, n) matrix of cosines; and an (n, n) matrix whose entry (i, j) is the view of claim i that is closest to claim j.
    """
    n, sizes = len(views), np.asarray(views, dtype=np.intp)
    # Claims of many views first: the k-th views of all claims that have so many are then one slice, and are compared at once.
    order = np.argsort(-sizes, kind="stable")
    starts = np.cumsum(sizes) - sizes
    layers = [starts[order[sizes[order] > k]] + k for k in range(sizes.max(initial=0))]
    place = np.argsort(order)
    closest = np.empty((n, n), dtype=np.float32)
    chosen = np.empty((n, n), dtype=np.int8)
    every = vectors[np.concatenate(layers)].T if n else vectors.T
    for low in range(0, n, _CLAIMS):
        block = order[low : low + _CLAIMS]
        best = np.full((len(block), n), -np.inf, dtype=np.float32)
        view = np.zeros((len(block), n), dtype=np.int8)
        for k, layer in enumerate(layers):
            rows = layer[low : low + _CLAIMS]
            by_view = _find_greatest(vectors[rows] @ every, [len(part) for part in layers])
            # Rounding first: of views that are as good as equal the earlier one counts, which is the whole sentence.
            np.copyto(view[: len(rows)], k, where=np.round(by_view, 4) > np.round(best[: len(rows)], 4))
            np.maximum(best[: len(rows)], by_view, out=best[: len(rows)])
        closest[block] = best[:, place]
        chosen[block] = view[:, place]
    return closest, chosen


def _find_greatest(cosines: Matrix, counts: Sequence[int]) -> Matrix:
    """Return each claim's greatest column: `counts[k]` columns hold the k-th views of the first so many claims."""
    greatest = cosines[:, : counts[0]]
    start = counts[0]
    for count in counts[1:]:
        np.maximum(greatest[:, :count], cosines[:, start : start + count], out=greatest[:, :count])
        start += count
    return greatest
