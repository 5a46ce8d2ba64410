"""Stored weights -> what a graph is to be fed with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

TURNED = ".T"
"""What follows a weight's name where a graph wants it transposed."""
SCALE = ".scale"
"""What a stored matrix's name is followed by in the name of its scales."""
BLOCK = 128
"""How many columns of a matrix share one scale where a graph multiplies bytes."""
BLOCKS, BLOCK_SCALES = ".blocks", ".block_scales"
"""What follows a weight's name where a graph wants stored bytes (rows, blocks, 128), and the blocks' scales (rows, blocks)."""

Weights = Mapping[str, NDArray[Any]]


def pick_weights(wanted: Iterable[str], stored: Weights) -> dict[str, NDArray[Any]]:
    """Return the weights that a graph wants, by its names.

    A matrix that is stored as int8 rows (rows, columns) with scales (rows,) is multiplied by them, to float32, unless the graph
    asks for the scales too, or for blocks.

    Args:
        wanted: the graph's names: those that are stored, or with `.T`, `.blocks` or `.block_scales` behind them.
        stored: the weights as they are stored.

    Raises:
        KeyError: a weight is not stored.
    """
    asked = set(wanted)
    return {name: _pick_weight(name, asked, stored) for name in sorted(asked)}


def _pick_weight(name: str, asked: set[str], stored: Weights) -> NDArray[Any]:
    if name.endswith(BLOCKS):
        whole = stored[name.removesuffix(BLOCKS)]
        # The graph takes bytes without a sign, with 128 for 0.
        return (whole.view(np.uint8) ^ 0x80).reshape(whole.shape[0], -1, BLOCK)
    if name.endswith(BLOCK_SCALES):
        own = name.removesuffix(BLOCK_SCALES)
        return np.repeat(stored[own + SCALE][:, None], stored[own].shape[1] // BLOCK, axis=1)
    own = name.removesuffix(TURNED)
    value = stored[own]
    if own + SCALE in stored and own + SCALE not in asked:
        value = value.astype(np.float32)
        value *= stored[own + SCALE][:, None]
    return np.ascontiguousarray(value if name == own else value.T)
