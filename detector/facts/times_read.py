"""From a phrase that names a time to an `Expression`: one reader for each pattern of `times_grammar`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from detector.facts.times_calendar import (
    SEASONS,
    Expression,
    Stretch,
    cut_part,
    fix_time,
    make_day,
    span_months,
    span_season,
    span_year,
)
from detector.facts.times_grammar import HOLIDAYS, MONTH_NUMBERS, PATTERNS
from detector.facts.times_ranges import RANGE_READERS
from detector.facts.times_relative import RELATIVE_READERS, choose, read_month_of_year, read_part

_SINCE = re.compile(r"(?:ever )?since ", re.I)


@lru_cache(maxsize=4096)
def read_time(text: str) -> Expression | None:
    """Return what a phrase such as "late last year" or "since August 2024" says; None if it names no time."""
    since = _SINCE.match(text)
    if since:
        inner = read_time(text[since.end() :]) or read_time("in " + text[since.end() :])
        return _open_end(inner) if inner else None
    for name, pattern in PATTERNS:
        match = pattern.fullmatch(text)
        if match and (expression := READERS[name](match)) is not None:
            return expression
    return None


def _open_end(inner: Expression) -> Expression:
    """Return the stretch from the start of `inner` to the article's day."""

    def resolve(base: date | None, _tense: str) -> Stretch | None:
        start = inner.resolve(base, "past")
        return (start[0], max(base, start[0])) if start and base else None

    fixed = None if inner.relative else inner.resolve(None, "past")
    partial = inner.partial
    if fixed:
        partial = {"day": fixed[0].isoformat(), "month": f"{fixed[0]:%Y-%m}"}.get(inner.grain, f"{fixed[0]:%Y}")
    return Expression("period", inner.relative, partial, resolve)


def _read_day(match: re.Match[str]) -> Expression | None:
    return make_day(MONTH_NUMBERS[match["m"][:3].lower()], int(re.sub(r"\D", "", match["d"])), match["y"])


def _read_iso(match: re.Match[str]) -> Expression | None:
    return make_day(int(match["m"]), int(match["d"]), match["y"]) if 1 <= int(match["m"]) <= 12 else None


def _read_numeric(match: re.Match[str]) -> Expression | None:
    """Read "13/4/2025" and "4/13/2025"; "3/4/2025" names a day that stays unknown."""
    a, b, year = int(match["a"]), int(match["b"]), match["y"]
    year = year if len(year) == 4 else f"20{year}"
    if a > 12 >= b or a == b <= 12:
        return make_day(b, a, year)
    if b > 12 >= a:
        return make_day(a, b, year)
    return fix_time("day", None) if 0 < a <= 12 and 0 < b <= 12 else None


def _read_month(match: re.Match[str]) -> Expression | None:
    groups = match.groupdict()
    month, part, which = MONTH_NUMBERS[match["m"][:3].lower()], read_part(groups.get("part")), groups.get("which")
    grain = "period" if part else "month"
    if groups.get("rel"):
        return read_month_of_year(month, groups["rel"])
    if groups.get("y"):
        stretch = span_months(int(match["y"]), month)
        return fix_time(grain, cut_part(stretch, part) if part else stretch, "" if part else f"{month:02}")

    def resolve(base: date | None, tense: str) -> Stretch | None:
        if base is None:
            return None
        spans = [span_months(base.year + shift, month) for shift in (-1, 0, 1)]
        stretch = choose(spans, base, which, tense)
        return cut_part(stretch, part) if part and stretch else stretch

    return Expression(grain, relative=True, partial="" if part else f"{month:02}", resolve=resolve)


def _read_year(match: re.Match[str]) -> Expression:
    stretch, part = span_year(int(match["y"])), read_part(match["part"])
    return fix_time("period" if part else "year", cut_part(stretch, part) if part else stretch)


def _read_decade(match: re.Match[str]) -> Expression:
    stretch, part = span_year(int(match["y"]) * 10, 10), read_part(match["part"])
    return fix_time("period", cut_part(stretch, part) if part else stretch)


def _read_season(match: re.Match[str]) -> Expression:
    groups, season = match.groupdict(), match["season"].lower()
    if groups.get("y"):
        year = int(match["y"])
        stretch = span_season(season, year)
        if season == "winter":  # of either year: the text does not say
            stretch = (date(year - 1, 12, 1), stretch[1])
        part = read_part(groups.get("part"))
        return fix_time("period" if part else "season", cut_part(stretch, part) if part else stretch)

    def resolve(base: date | None, tense: str) -> Stretch | None:
        if base is None:
            return None
        spans = [span_season(season, base.year + shift) for shift in (-2, -1, 0, 1)]
        return choose(spans, base, groups.get("which"), tense)

    return Expression("season", relative=True, partial=f"season {SEASONS[season]:02}", resolve=resolve)


def _read_quarter(match: re.Match[str]) -> Expression:
    halves = match["unit"] == "half"
    names = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 2 if halves else 4, "last": 2 if halves else 4}
    number = int(match["q"]) if match["q"] else names[match["nth"]]
    months = 6 if halves else 3
    start = (min(number, 12 // months) - 1) * months + 1
    if match["y"]:
        return fix_time("period", span_months(int(match["y"]), start, months))
    shift = {"last": -1, "this": 0, "next": 1}[match["rel"]]
    return Expression(
        "period",
        relative=True,
        partial="",
        resolve=lambda base, _t: span_months(base.year + shift, start, months) if base else None,
    )


def _read_holiday(match: re.Match[str]) -> Expression | None:
    return make_day(*HOLIDAYS[match["name"].lower().replace("’", "'")], None)


READERS: dict[str, Callable[[re.Match[str]], Expression | None]] = {
    "day": _read_day,
    "iso": _read_iso,
    "numeric": _read_numeric,
    "month": _read_month,
    "month_bare": _read_month,
    "year": _read_year,
    "decade": _read_decade,
    "season": _read_season,
    "quarter": _read_quarter,
    "holiday": _read_holiday,
    **RANGE_READERS,
    **RELATIVE_READERS,
}
"""The reader of each pattern of `times_grammar`."""
