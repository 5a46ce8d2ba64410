"""Two times of day that make one range: "from 9 a.m. to 5 p.m.", "between 9 and 11 a.m."."""

from __future__ import annotations

import re
from dataclasses import replace

from detector.facts.clock_grammar import JOIN, RANGE
from detector.records import ClockTime

_DAY, _HALF = 1440, 720  # minutes


def open_range(text: str, clock: ClockTime, match: re.Match[str]) -> ClockTime:
    """Return the range that a time ends whose first end is a bare number ("between 9 and 11 a.m."), else the time."""
    first = RANGE.search(text[: match.start()])
    if not first or (first["join"] == "and" and not first["between"]) or not 1 <= int(first["h"]) <= 12:
        return clock
    minute = 60 * (int(first["h"]) % 12) + int(first["m"] or 0)
    if clock.first >= _HALF and minute + _HALF < clock.first:
        minute += _HALF
    grain = "minute" if first["m"] else clock.grain
    start = first.start("h")
    text = text[start : clock.end]
    return replace(
        clock, text=text, start=start, first=minute, last=_put_after(clock.first, minute), grain=grain, hedge=""
    )


def join_range(text: str, first: ClockTime, last: ClockTime) -> ClockTime | None:
    """Return two times with "to" between them as one range; "and" makes one only after "between"."""
    gap = text[first.end : last.start]
    if not JOIN.fullmatch(gap) or first.first != first.last:
        return None
    if "and" in gap and not text[: first.start].lower().endswith("between "):
        return None
    zone = last.zone or first.zone
    end = _put_after(last.first, first.first)
    either = first.either_half and last.either_half
    grain = "minute" if "minute" in (first.grain, last.grain) else "hour"
    return ClockTime(
        text[first.start : last.end], first.start, last.end, first.first, end, grain, "", zone, None, either
    )


def _put_after(minute: int, first: int) -> int:
    """Return the minute, a day later where it is before the range's start."""
    return minute if minute >= first else minute + _DAY
