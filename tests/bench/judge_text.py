"""The figures of the tables on the judge, as text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any


def show(pair: Sequence[float]) -> str:
    """Return a figure and its margin as text; a figure that is not defined is a dash."""
    value, margin = pair
    return "–" if math.isnan(value) else f"{value:.3f} ±{margin:.3f}"


def show_percent(pair: Sequence[float]) -> str:
    """Return a share and its margin in per cent."""
    value, margin = pair
    return "–" if math.isnan(value) else f"{100 * value:.0f}% ±{100 * margin:.0f}"


def say_sample(found: Mapping[str, Any]) -> str:
    """Say so when the figures are of a run on samples."""
    return f" **A trial run: at most {found['sample']} pairs of a set.**" if found["sample"] else ""
