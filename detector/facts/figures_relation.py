"""Pure arithmetic: how two figures of the same thing stand to each other."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

from detector.facts.units_convert import convert
from detector.records import Figure

CLOSE = 0.05
"""Two values written to different precisions are the same fact rounded if they differ by at most this share."""

LOOSE = 0.10
"""The share allowed where a side says "about", "some", "nearly"."""

EXACT_BELOW = 100
"""Whole numbers below this, without a unit or in percent, are not rounded unless the text says so: 19 is not 20."""

# In steps of its last digit: from here on a figure is as exact as its digits, and how exact that is.
_MANY, _FINE = 100, 1.5
_ROUNDED_UNITS = ("", "percent", "percentage point", "magnitude")


def figures_relation(a: Figure, b: Figure) -> str:
    """Return how two figures that count the same thing relate: "same", "rounds", "within" or "different".

    "same": equal intervals, of equal openness. "rounds": one is the other rounded, that is, the finer value becomes the
    coarser one when rounded to the coarser one's last digit that is not 0, and they differ by at most 5% (CLOSE); or
    they differ by at most 10% (LOOSE) and one is called approximate, unless it has so many digits that it is exact
    ("about 106"). "within": the value or interval of one lies inside the bound or interval of the other (at least 12 / 15), or
    two intervals with open ends overlap. All else is "different", and so is everything a factor of ten or more apart, bounds
    included, zero against a number, and "just under" against "just over" the same.

    The unit of `b` is converted to that of `a`; figures in units that measure different things are "different".
    The order of the two does not matter.
    """
    if (a.unit, a.low, a.high) > (b.unit, b.low, b.high):
        a, b = b, a
    converted = _convert_figure(b, a.unit)
    if converted is None:
        return "different"
    exact, b = a.unit == b.unit, converted
    if math.isclose(a.low, b.low, rel_tol=1e-9) and math.isclose(a.high, b.high, rel_tol=1e-9):
        return "same" if a.approximate == b.approximate or _is_vague(a) else "rounds"
    if _is_ten_apart(a, b):
        return "different"
    if _is_point(a) and _is_point(b):
        return "rounds" if _rounds(a, b, exact) else "different"
    if _is_size(a) and _is_size(b) and _meet_at_an_end(a, b):
        return "different"
    if a.low <= b.high and b.low <= a.high:
        return "rounds" if _is_size(a) and _is_size(b) and (a.approximate or b.approximate) else "within"
    if (a.approximate or b.approximate) and _gap(a, b) <= LOOSE:
        return "rounds"
    return "different"


def _convert_figure(figure: Figure, unit: str) -> Figure | None:
    low, high = convert(figure.low, figure.unit, unit), convert(figure.high, figure.unit, unit)
    return None if low is None or high is None else replace(figure, low=low, high=high, unit=unit)


def _is_point(figure: Figure) -> bool:
    return figure.low == figure.high


def _is_vague(figure: Figure) -> bool:
    return math.isinf(figure.high)


def _is_size(figure: Figure) -> bool:
    """Say whether a figure names one size, as "nearly 500" does, and not a bound or a wide range."""
    return figure.low > 0 and figure.high <= figure.low * 1.25


def _meet_at_an_end(a: Figure, b: Figure) -> bool:
    """Say whether one ends where the other begins, as "just under 2,000" and "just over 2,000" do: neither is the other, rounded."""
    return not _is_point(a) and not _is_point(b) and (a.high == b.low or b.high == a.low)


def _nearest_values(a: Figure, b: Figure) -> tuple[float, float]:
    """Return the written value of each side: the closed end nearest to the other side."""
    ends_a = [v for v in (a.low, a.high) if not math.isinf(v) and (v != 0 or _is_point(a))] or [0.0]
    ends_b = [v for v in (b.low, b.high) if not math.isinf(v) and (v != 0 or _is_point(b))] or [0.0]
    return min(((x, y) for x in ends_a for y in ends_b), key=lambda pair: abs(pair[0] - pair[1]))


def _is_ten_apart(a: Figure, b: Figure) -> bool:
    if a.unit in ("celsius", "fahrenheit", "degree"):
        return False
    for closed, other in ((a, b), (b, a)):
        if not math.isinf(other.high) and other.low > 0 and closed.low <= other.low and other.high <= closed.high:
            inside = not math.isinf(closed.high) and closed.low > 0
            if inside:
                return False
    x, y = sorted(abs(v) for v in _nearest_values(a, b))
    return y > 0 and (x == 0 or y / x >= 10)


def _gap(a: Figure, b: Figure) -> float:
    x, y = _nearest_values(a, b)
    return abs(x - y) / max(abs(x), abs(y), 1e-12)


def _rounds(a: Figure, b: Figure, same_unit: bool) -> bool:
    x, y = a.low, b.low
    gap = _gap(a, b)
    if a.approximate or b.approximate:
        meant = max(_mean_by(figure) for figure in (a, b) if figure.approximate)
        return gap <= LOOSE and abs(x - y) <= max(meant, _last_digit(x) / 2, _last_digit(y) / 2)
    whole = x == int(x) and y == int(y)
    if same_unit and whole and a.unit in _ROUNDED_UNITS and max(abs(x), abs(y)) < EXACT_BELOW:
        return False
    steps = _last_digit(x), _last_digit(y)
    if same_unit and steps[0] == steps[1]:
        return False
    return gap <= CLOSE and abs(x - y) <= max(steps) / 2 * (1 + 1e-9)


def _mean_by(figure: Figure) -> float:
    """Return how far off an approximate figure may be: "about 106" is 106 give or take one, "about 50" anything near."""
    step = _last_digit(figure.low)
    return _FINE * step if abs(figure.low) / step >= _MANY else math.inf


def _last_digit(value: float) -> float:
    """Return the place value of the last digit that is not 0: 100 for 4900, 0.1 for 1.5, to 6 decimals."""
    scaled = round(abs(value) * 10**6)
    place = 0
    while scaled and scaled % 10 == 0:
        scaled //= 10
        place += 1
    return float(Fraction(10) ** (place - 6))
