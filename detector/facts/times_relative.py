"""Readers of times that need the article's date: "Thursday", "two weeks ago", "late last year"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from re import Match

from detector.facts.figures_numbers import find_numbers
from detector.facts.times_calendar import (
    Expression,
    Stretch,
    cut_part,
    find_weekday,
    shift_unit,
    span_months,
    span_unit,
)
from detector.facts.times_grammar import WEEKDAYS

_DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1, "this": 0}
_GRAINS = {"day": "day", "week": "week", "month": "month", "year": "year"}
_VAGUE = ("few", "several", "many", "couple of")
_PARTS = {"start": "early", "beginning": "early", "middle": "mid", "end": "late"}


def choose(spans: Sequence[Stretch], base: date, which: str | None, tense: str) -> Stretch | None:
    """Return of like stretches in order of time the one meant.

    "last" is the latest that ended before the article's day, "next" the first that begins after it, "this" the one of
    the same calendar year or that holds the day; without such a word, the latest begun (past) or the first not over
    (future).
    """
    word = (which or "").lower().removeprefix("the ")
    if word in ("last", "past", "this past", "previous"):
        return max((s for s in spans if s[1] < base), default=None)
    if word in ("next", "coming", "this coming", "following"):
        return min((s for s in spans if s[0] > base), default=None)
    if word == "this":
        holding = [s for s in spans if s[0] <= base <= s[1]]
        return holding[0] if holding else next((s for s in spans if s[0].year == base.year), None)
    if tense == "future":
        return min((s for s in spans if s[1] >= base), default=None)
    return max((s for s in spans if s[0] <= base), default=None)


def read_part(text: str | None) -> str:
    """Return "early", "mid" or "late" for "the end of" and the like, "earlier" and "later" as they are, "" for none."""
    word = (text or "").lower().removeprefix("the ").split(" ")[0]
    return _PARTS.get(word, word)


def read_month_of_year(month: int, which: str) -> Expression:
    """Return a month of "last", "this" or "next" year."""
    shift = {"last": -1, "this": 0, "next": 1}[which]

    def resolve(base: date | None, _tense: str) -> Stretch | None:
        return span_months(base.year + shift, month) if base else None

    return Expression("month", relative=True, partial=f"{month:02}", resolve=resolve)


def _read_weekday(match: Match[str]) -> Expression:
    name = match["wd"].lower()
    number, which = WEEKDAYS.index(name), (match["which"] or "").lower()

    def resolve(base: date | None, tense: str) -> Stretch | None:
        if base is None or which in ("the previous", "the following"):
            return None
        if which == "this":
            day = span_unit("week", base)[0] + timedelta(days=number)
        elif which in ("last", "past", "this past"):
            day = find_weekday(base, number, -1, same_day=False)
        elif which in ("next", "coming", "this coming"):
            day = find_weekday(base, number, 1, same_day=False)
        else:
            day = find_weekday(base, number, 1 if tense == "future" else -1, same_day=True)
        return day, day

    return Expression("day", relative=True, partial=name, resolve=resolve)


def _read_deictic(match: Match[str]) -> Expression:
    text = match.group().lower()
    if "before yesterday" in text or "after tomorrow" in text:
        shift = -2 if "before" in text else 2
    else:
        shift = next(days for word, days in _DEICTIC.items() if text.startswith(word))

    def resolve(base: date | None, _tense: str) -> Stretch | None:
        day = base + timedelta(days=shift) if base else None
        return (day, day) if day else None

    return Expression("day", relative=True, partial="", resolve=resolve)


def _read_count(text: str) -> float | None:
    """Return the number in "two", "a", "three and a half", "a couple of"; None for "several" and "a few"."""
    if text.lower() in ("a", "an"):
        return 1.0
    numbers = find_numbers(text)
    return numbers[0].low if len(numbers) == 1 else None


def _read_ago(match: Match[str]) -> Expression:
    """Read "two weeks ago" as the week around that day, "a year ago" as the year, "hours ago" as the day."""
    groups, unit = match.groupdict(), match["unit"].replace("centurie", "century")
    count, hedge = _read_count(match["n"]), (groups.get("hedge") or "").lower()
    sign = 1 if groups.get("ahead") else -1
    bounded = hedge in ("more than", "over", "at least", "less than", "up to", "just over", "just under")
    clock = unit in ("second", "minute", "hour")

    def resolve(base: date | None, _tense: str) -> Stretch | None:
        if base is None or ((count is None or bounded) and not clock):
            return None
        if clock:
            hours = (count or 1) * {"second": 0, "minute": 0}.get(unit, 1)
            day = base + sign * timedelta(days=int(hours // 24))
            return (day, day) if hours < 12 or hours % 24 == 0 else (min(day, day - timedelta(days=1)), day)
        day = shift_unit(unit, base, sign * (count or 0))
        if unit == "week":
            return day - timedelta(days=3), day + timedelta(days=3)
        return span_unit(unit, day)

    grain = "day" if clock else _GRAINS.get(unit, "period")
    return Expression(grain, relative=True, partial="", resolve=resolve)


def _read_fortnight(_match: Match[str]) -> Expression:
    def resolve(base: date | None, _tense: str) -> Stretch | None:
        return (base - timedelta(days=17), base - timedelta(days=11)) if base else None

    return Expression("week", relative=True, partial="", resolve=resolve)


def _read_unit(match: Match[str]) -> Expression:
    groups, unit, which = match.groupdict(), match["unit"], match["which"].lower().split()[-1]
    part = read_part(groups.get("part"))

    def resolve(base: date | None, tense: str) -> Stretch | None:
        if base is None:
            return None
        if which == "the" and unit == "weekend":
            latest = span_unit("weekend", base)
            latest = latest if latest[0] <= base else span_unit("weekend", base - timedelta(days=7))
            return span_unit("weekend", base) if tense == "future" else latest
        shift = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
        stretch = span_unit(unit, shift_unit(unit, base, shift))
        if part == "earlier":
            return stretch[0], max(stretch[0], min(stretch[1], base))
        if part == "later":
            return min(stretch[1], max(stretch[0], base)), stretch[1]
        return cut_part(stretch, part) if part else stretch

    grain = "period" if part or unit not in _GRAINS else _GRAINS[unit]
    return Expression(grain, relative=True, partial="", resolve=resolve)


def _read_window(match: Match[str]) -> Expression | None:
    """Read "the past three years" as the stretch that ends, or "the next 30 days" that begins, on the article's day."""
    if not match["n"] and match["which"].lower() != "past":
        return None
    words = (match["n"] or "one").lower()
    count = (
        {"few": None, "several": None, "many": None, "couple of": 2.0}.get(words)
        if words in _VAGUE
        else _read_count(words)
    )
    unit, ahead = match["unit"].replace("centurie", "century"), match["which"].lower() in ("next", "coming")

    def resolve(base: date | None, _tense: str) -> Stretch | None:
        if base is None or count is None or match["which"].lower() == "previous":
            return None
        if unit == "hour":
            days = -(-count // 24)
            away = base + timedelta(days=days if ahead else -days)
        else:
            away = shift_unit(unit, base, count if ahead else -count)
        return (base, away) if ahead else (away, base)

    return Expression("period", relative=True, partial="", resolve=resolve)


def _read_other(match: Match[str]) -> Expression:
    """Read "the same day", "a week later": a time that hangs on another sentence and stays unknown."""
    grain = next((name for name in ("week", "month", "year") if name in match.group().lower()), "day")
    return Expression(grain, relative=True, partial="", resolve=lambda _base, _tense: None)


RELATIVE_READERS: dict[str, Callable[[Match[str]], Expression | None]] = {
    "weekday": _read_weekday,
    "deictic": _read_deictic,
    "ago": _read_ago,
    "fortnight": _read_fortnight,
    "unit": _read_unit,
    "window": _read_window,
    "other": _read_other,
}
"""The readers of relative times, by the names that `times_grammar` gives their patterns."""
