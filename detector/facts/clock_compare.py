"""Pure comparison of the times of day that two sentences name. That they are of one day is for the caller to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detector.records import ClockTime

_DAY, _HALF, _HOUR = 1440, 720, 60  # minutes
_ORDER = {"same": 0, "within": 1, "different": 2}
_NEAR = 30  # minutes: a rounded time and one so near to it are one
_QUARTER = 15  # minutes: all zones differ by a multiple of it
_RESIDUE = 5  # minutes off such a multiple that no two zones explain
_SIDE = 360  # minutes before an "after" (after a "before") that plainly lie outside of it
_WIDTHS = {"about": (_NEAR, _NEAR), "shortly after": (0, _NEAR), "shortly before": (_NEAR, 0)}  # before, after
_OPEN = {"after": 1, "from": 1, "before": -1, "by": -1, "until": -1}


def compare_clocks(a: Sequence[ClockTime], b: Sequence[ClockTime]) -> tuple[str, ClockTime, ClockTime] | None:
    """Return how the times of day of two sentences relate, and the time of each side it rests on; None if nothing compares.

    "same": one moment, in one zone or in two, or nearly one where one of them is rounded or hedged. "within": they can be one moment
    ("by 8 p.m.", "7 p.m."), or a range holds or overlaps the other. "different": they plainly exclude each other. A range and an open
    end that do not meet, two zones of which one is not known, and what rounding or a slip between summer and standard time explains,
    give None.

    With several times on a side the best match counts: same before within before different, then the nearest, then the first.
    """
    best: tuple[tuple[int, int, int, int], str, ClockTime, ClockTime] | None = None
    for x in a:
        for y in b:
            outcome = _compare_halves(x, y)
            if outcome is None:
                continue
            key = (_ORDER[outcome], abs(_turn(y.first - x.first)), x.start, y.start)
            if best is None or key < best[0]:
                best = (key, outcome, x, y)
    return best[1:] if best else None


def tell_moment(clock: ClockTime) -> bool:
    """Whether a time is one moment: no range, and no open end ("after", "by", "until")."""
    return clock.first == clock.last and clock.hedge not in _OPEN


def _compare_halves(x: ClockTime, y: ClockTime) -> str | None:
    """Compare two times; where one leaves the half of the day open, it is the one that fits better."""
    outcomes = [_compare_zones(p, q) for p in _list_halves(x) for q in _list_halves(y)]
    if None in outcomes and not {"same", "within"} & set(outcomes):
        return None
    return min((outcome for outcome in outcomes if outcome), key=_ORDER.__getitem__, default=None)


def _list_halves(clock: ClockTime) -> list[ClockTime]:
    if not clock.either_half:
        return [clock]
    return [clock, replace(clock, first=clock.first + _HALF, last=clock.last + _HALF)]


def _compare_zones(x: ClockTime, y: ClockTime) -> str | None:
    if x.zone.lower() == y.zone.lower():
        return _compare_moments(x, y)
    if x.offset is None or y.offset is None:
        return _compare_unknown(x, y)
    shift = x.offset - y.offset
    outcome = _compare_moments(x, replace(y, first=y.first + shift, last=y.last + shift))
    # "7 p.m. EST" is often written in summer, too.
    return None if outcome == "different" and abs(_turn(y.first + shift - x.first)) == _HOUR else outcome


def _compare_unknown(x: ClockTime, y: ClockTime) -> str | None:
    """Compare two times of which a zone is not known: different only by minutes that no two zones differ by."""
    if not all(clock.grain == "minute" and not clock.hedge and tell_moment(clock) for clock in (x, y)):
        return None
    residue = (x.first - y.first) % _QUARTER
    return "different" if min(residue, _QUARTER - residue) >= _RESIDUE else None


def _compare_moments(x: ClockTime, y: ClockTime) -> str | None:
    """Compare two times of one zone."""
    if (x.first % _DAY, x.last - x.first, x.hedge) == (y.first % _DAY, y.last - y.first, y.hedge):
        return "same"
    if x.first != x.last or y.first != y.last:
        return "within" if _overlap(x, y) else None
    if x.hedge in _OPEN or y.hedge in _OPEN:
        return _compare_open(x, y)
    gap = _turn(y.first - x.first)
    if gap == 0:
        return "same"
    low, high = _measure_slack(x, y)
    if -low <= gap <= high:
        return "same" if abs(gap) <= _NEAR else "within"
    if max(-low - gap, gap - high) <= _find_rounding(x, y):
        return "within" if _is_round(x) or _is_round(y) else None
    return "different"


def _overlap(x: ClockTime, y: ClockTime) -> bool:
    turns = (-_DAY, 0, _DAY)
    return any(x.first <= y.last + turn and y.first + turn <= x.last for turn in turns)


def _compare_open(x: ClockTime, y: ClockTime) -> str | None:
    """Compare where one at least has an open end: "after 10 p.m." holds 11 p.m., and excludes 8 p.m."""
    sides = [_OPEN.get(clock.hedge, 0) for clock in (x, y)]
    if sides[0] and sides[1]:
        return "within" if sides[0] == sides[1] else None
    bound, moment, side = (x, y, sides[0]) if sides[0] else (y, x, sides[1])
    gap = side * _turn(moment.first - bound.first)
    if gap >= -_NEAR:
        return "within" if gap >= 0 else None
    return "different" if bound.hedge in ("after", "before") and not moment.hedge and -_SIDE <= gap <= -_HOUR else None


def _measure_slack(x: ClockTime, y: ClockTime) -> tuple[int, int]:
    """Return by how many minutes y may lie before and after x and still be the same moment."""
    before_x, after_x = _widen(x, y)
    before_y, after_y = _widen(y, x)
    return before_x + after_y, after_x + before_y


def _widen(clock: ClockTime, other: ClockTime) -> tuple[int, int]:
    """Return the minutes before and after a time that it may mean, too: a full hour beside minutes stands for those around it."""
    before, after = _WIDTHS.get(clock.hedge, (0, 0))
    if clock.hedge and clock.grain == "hour":
        return 2 * before, 2 * after
    if clock.grain == "hour" and other.grain == "minute":
        return _NEAR, _HOUR - 1
    return before, after


def _is_round(clock: ClockTime) -> bool:
    return clock.first % 5 == 0


def _find_rounding(x: ClockTime, y: ClockTime) -> int:
    """Return by how many minutes two times differ that newspapers take for one: by more where one is of a full or half hour."""
    return 10 if x.first % _NEAR == 0 or y.first % _NEAR == 0 else 5


def _turn(gap: int) -> int:
    """Return a gap between two times of day as the shorter way round the clock, in [-720, 720)."""
    return (gap + _HALF) % _DAY - _HALF
