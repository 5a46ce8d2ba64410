"""Stretches of the calendar as pairs of days, both included."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

Stretch = tuple[date, date]

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The first month of each season, in the northern half of the world."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Expression:
    """A mention of time as understood: what `DateMention` says of it, and how to place it.

    `resolve` takes the article's day (None if not known) and the tense, "past" or "future", and returns the stretch, or
    None if it stays unknown.
    """

    grain: str
    relative: bool
    partial: str
    resolve: Callable[[date | None, str], Stretch | None]


def span_months(year: int, month: int, count: int = 1) -> Stretch:
    """Return `count` whole months from a month on."""
    first = date(year, month, 1)
    return first, first + relativedelta(months=count) - _DAY


def span_year(year: int, count: int = 1) -> Stretch:
    """Return `count` whole years from a year on."""
    return date(year, 1, 1), date(year + count - 1, 12, 31)


def span_unit(unit: str, day: date) -> Stretch:
    """Return the week (Monday to Sunday), weekend, month, quarter, year, decade or century that holds a day."""
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + 6 * _DAY
    if unit == "weekend":
        saturday = day - timedelta(days=day.weekday()) + 5 * _DAY
        return saturday, saturday + _DAY
    if unit == "month":
        return span_months(day.year, day.month)
    if unit == "quarter":
        return span_months(day.year, day.month - (day.month - 1) % 3, 3)
    if unit in ("decade", "century"):
        count = 10 if unit == "decade" else 100
        return span_year(day.year - day.year % count, count)
    return (day, day) if unit == "day" else span_year(day.year)


def shift_unit(unit: str, day: date, count: float) -> date:
    """Return the day `count` units before (negative) or after a day; half units count in days."""
    if unit in ("day", "week") or count != int(count):
        days = {"day": 1.0, "week": 7.0, "month": 30.44, "quarter": 91.3, "year": 365.25, "decade": 3652.5}
        return day + timedelta(days=round(count * days.get(unit, 36525.0)))
    whole = int(count)
    if unit in ("month", "quarter"):
        return day + relativedelta(months=whole * (3 if unit == "quarter" else 1))
    if unit == "weekend":
        return day + timedelta(weeks=whole)
    return day + relativedelta(years=whole * {"decade": 10, "century": 100}.get(unit, 1))


def span_season(season: str, year: int) -> Stretch:
    """Return the season that begins in a year."""
    return span_months(year, SEASONS[season], 3)


def cut_part(stretch: Stretch, part: str) -> Stretch:
    """Return the "early", "mid" or "late" part: quarters at the ends of a year, else thirds."""
    first, last = stretch
    days = (last - first).days + 1
    if days in (365, 366):
        months = {"early": (1, 3), "mid": (5, 4), "late": (10, 3)}[part]
        return span_months(first.year, *months)
    third = days // 3
    if part == "early":
        return first, first + (third - 1) * _DAY
    if part == "late":
        return last - (days - 2 * third - 1) * _DAY, last
    return first + third * _DAY, first + (2 * third - 1) * _DAY


def find_weekday(base: date, weekday: int, direction: int, *, same_day: bool) -> date:
    """Return the nearest given weekday (0 is Monday) at or before (-1) or at or after (1) a day."""
    start = base if same_day else base + direction * _DAY
    away = (start.weekday() - weekday) % 7 if direction < 0 else (weekday - start.weekday()) % 7
    return start + direction * timedelta(days=away)


def find_nearest_day(base: date, month: int, day: int) -> date | None:
    """Return the day of that month closest to a day, in the year before, the same year or the year after."""
    found = [place_day(base.year + shift, month, day) for shift in (-1, 0, 1)]
    return min((d for d in found if d is not None), key=lambda d: (abs(d - base), d), default=None)


def place_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def fix_time(grain: str, stretch: Stretch | None, partial: str = "") -> Expression:
    """Return a time that needs no article's date."""
    return Expression(grain, relative=False, partial=partial, resolve=lambda _base, _tense: stretch)


_AHEAD = 45  # days that a date may lie ahead of a report and still be an appointment, whatever the tense


def make_day(month: int, day: int, year: str | None) -> Expression | None:
    """Return a day of a month, of a year or of the one nearest to the article; None if the calendar lacks it."""
    if place_day(2024, month, day) is None:
        return None
    partial = f"{month:02}-{day:02}"
    if year:
        placed = place_day(int(year), month, day)
        return fix_time("day", (placed, placed), partial) if placed else None

    def resolve(base: date | None, tense: str) -> Stretch | None:
        nearest = find_nearest_day(base, month, day) if base else None
        if base and nearest and tense == "past" and (nearest - base).days > _AHEAD:
            # What has happened lies behind: "on March 8", written in December, is the March before.
            nearest = place_day(nearest.year - 1, month, day)
        return (nearest, nearest) if nearest else None

    return Expression("day", relative=True, partial=partial, resolve=resolve)
