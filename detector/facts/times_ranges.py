"""Readers of times with two ends: "April 9-10", "between April and June 2007", "2014 to 2018"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from detector.facts.times_calendar import Expression, Stretch, fix_time, make_day, span_months, span_year
from detector.facts.times_grammar import MONTH_NUMBERS


def _read_day_range(match: re.Match[str]) -> Expression | None:
    m1, m2 = match["m1"], match["m2"]
    months = [MONTH_NUMBERS[(m or m1 or m2)[:3].lower()] for m in (m1, m2)]
    days = [int(re.sub(r"\D", "", match[name])) for name in ("d1", "d2")]
    first, last = (make_day(month, day, match["y"]) for month, day in zip(months, days, strict=True))
    if first is None or last is None or (months[0] == months[1] and days[0] >= days[1]):
        return None

    def resolve(base: date | None, tense: str) -> Stretch | None:
        start = first.resolve(base, tense)
        end = last.resolve(start[0] if start and not match["y"] else base, tense) if start else None
        return (start[0], end[1]) if start and end and start[0] <= end[1] else None

    return Expression("period", not match["y"], "", resolve)


def _read_month_range(match: re.Match[str]) -> Expression | None:
    start, end = (MONTH_NUMBERS[match[name][:3].lower()] for name in ("m1", "m2"))
    count = (end - start) % 12 + 1
    if count == 1:
        return None
    early = int(end < start)  # "November to February 2020" begins the year before
    if match["y"]:
        return fix_time("period", span_months(int(match["y"]) - early, start, count))

    def resolve(base: date | None, tense: str) -> Stretch | None:
        if base is None:
            return None
        spans = [span_months(base.year + shift, start, count) for shift in (-2, -1, 0, 1)]
        if tense == "future":
            return min(span for span in spans if span[1] >= base)
        return max(span for span in spans if span[0] <= base)

    return Expression("period", relative=True, partial="", resolve=resolve)


def _read_year_range(match: re.Match[str]) -> Expression | None:
    first, last = match["y1"], match["y2"]
    last = last if len(last) == 4 else first[:2] + last
    count = int(last) - int(first) + 1
    return fix_time("period", span_year(int(first), count)) if 1 < count < 500 else None


RANGE_READERS: dict[str, Callable[[re.Match[str]], Expression | None]] = {
    "day_range": _read_day_range,
    "month_range": _read_month_range,
    "year_range": _read_year_range,
}
"""The readers of ranges, by the names that `times_grammar` gives their patterns."""
