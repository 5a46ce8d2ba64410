"""Tiles in a frame: a box is cut in two, and each part again, until every tile has a box of its own.

An ordered treemap (Engdahl 2005; Bederson, Shneiderman and Wattenberg, "Ordered and Quantum Treemaps", ACM TOG 21, 2002):
neighbours in the order stay neighbours in the frame. Of the ways to cut, the one whose boxes hold a label best is taken.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_SHAPE = 1.8  # a box that is this much wider than high holds a few lines of text best
_NARROW, _LOW = 110.0, 56.0  # smaller than this, a label gets cut
_MANY = 8  # so many tiles are cut in the middle alone; below, the cuts beside it are tried too


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in the units of the picture; `left` and `top` count from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    def shrink(self, edge: float, head: float = 0.0) -> Box:
        """Return the box without `edge` on all sides, and without `head` more at the top."""
        wide, high = max(0.0, self.width - 2 * edge), max(0.0, self.height - 2 * edge - head)
        return Box(self.left + edge, self.top + edge + head, wide, high)


def place_tiles(weights: Sequence[float], frame: Box) -> tuple[Box, ...]:
    """Fill `frame` with one box a weight, its area in proportion to the weight, in the order of the weights.

    Raises:
        ValueError: a weight is not positive.
    """
    if any(weight <= 0 for weight in weights):
        raise ValueError("a tile needs a weight above 0")
    return _place(tuple(weights), frame)[1] if weights else ()


def _place(weights: tuple[float, ...], frame: Box, limit: float = math.inf) -> tuple[float, tuple[Box, ...]]:
    """Return the least misfit found, and the boxes that have it; (inf, ()) where all ways reach `limit`."""
    if len(weights) == 1:
        return _measure_misfit(frame), (frame,)
    best: tuple[float, tuple[Box, ...]] = (math.inf, ())
    for cut in _list_cuts(weights):
        share = sum(weights[:cut]) / sum(weights)
        for first, second in (_cut_across(frame, share), _cut_along(frame, share)):
            one = _place(weights[:cut], first, limit)
            if one[0] < limit:
                two = _place(weights[cut:], second, limit - one[0])
                if one[0] + two[0] < limit:
                    limit = one[0] + two[0]
                    best = (limit, one[1] + two[1])
    return best


def _list_cuts(weights: Sequence[float]) -> list[int]:
    """Return the places that halve the weights best, the best one first."""
    half, cuts = sum(weights) / 2, range(1, len(weights))
    near = sorted(cuts, key=lambda cut: (abs(sum(weights[:cut]) - half), cut))
    return near[: 1 if len(weights) > _MANY else 3]


def _cut_across(frame: Box, share: float) -> tuple[Box, Box]:
    """Cut into left and right."""
    wide = frame.width * share
    return (
        Box(frame.left, frame.top, wide, frame.height),
        Box(frame.left + wide, frame.top, frame.width - wide, frame.height),
    )


def _cut_along(frame: Box, share: float) -> tuple[Box, Box]:
    """Cut into top and bottom."""
    high = frame.height * share
    return (
        Box(frame.left, frame.top, frame.width, high),
        Box(frame.left, frame.top + high, frame.width, frame.height - high),
    )


def _measure_misfit(box: Box) -> float:
    """Return how ill a box holds a label: 0 in the best shape and large enough."""
    if box.width <= 0 or box.height <= 0:
        return 1e6
    shape = math.log(box.width / box.height / _SHAPE) ** 2
    small = max(0.0, 1 - box.width / _NARROW) + max(0.0, 1 - box.height / _LOW)
    return shape + 20 * small**2 + 2 * small
