"""Pure comparison of the times that two sentences name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from detector.facts.times_grammar import WEEKDAYS
from detector.records import DateMention

_RANKS = {"day": 0, "week": 1, "month": 2, "season": 3, "year": 4}
_ORDER = {"same": 0, "within": 1, "different": 2}
_FAR = timedelta(days=10**6)
_TOO_LONG = timedelta(days=3650)  # a decade or more is no time of an event


def compare_times(a: Sequence[DateMention], b: Sequence[DateMention]) -> tuple[str, DateMention, DateMention] | None:
    """Return how the times of two sentences relate, and the mention of each side it rests on; None if nothing compares.

    "same": the same day, week, month, season or year. "within": one lies inside the other or they overlap (a day of the
    stated month). "different": they are apart and of like size: a day is held against days, weeks and months, a
    month against weeks to years, and so on; a far-off year beside a day, or a period elsewhere, is no evidence. Two
    "since" are held against each other by their starts. Where a date is not resolved, the partials are compared
    ("04-10", "thursday").

    With several mentions on a side the best match counts: same before within before different, then the closest.
    """
    best: tuple[tuple[int, timedelta, int, int], str, DateMention, DateMention] | None = None
    for x in a:
        for y in b:
            outcome = _compare(x, y)
            if outcome is None:
                continue
            key = (_ORDER[outcome], _distance(x, y), x.start, y.start)
            if best is None or key < best[0]:
                best = (key, outcome, x, y)
    return best[1:] if best else None


def _compare(x: DateMention, y: DateMention) -> str | None:
    if _is_since(x) or _is_since(y):
        return _compare_since(x, y)
    if x.first and x.last and y.first and y.last:
        return _compare_stretches((x.first, x.last), (y.first, y.last), x.grain, y.grain)
    return _compare_partials(x, y)


def _compare_stretches(x: tuple[date, date], y: tuple[date, date], grain_x: str, grain_y: str) -> str | None:
    if x == y:
        return "same"
    if x[0] <= y[1] and y[0] <= x[1]:
        # That a year lies in this century says nothing.
        return "within" if max(x[1] - x[0], y[1] - y[0]) < _TOO_LONG else None
    ranks = [_RANKS.get(grain) for grain in (grain_x, grain_y)]
    if None in ranks:  # a period: only of the same size is it another answer to the same question
        lengths = sorted((end - start).days + 1 for start, end in (x, y))
        return "different" if lengths[1] <= 62 and lengths[1] <= 10 * lengths[0] else None
    low, high = sorted(rank for rank in ranks if rank is not None)
    close = high - low <= 1 or (low == 0 and high == 2) or (low == 2 and high == 4)
    return "different" if close else None


def _is_since(mention: DateMention) -> bool:
    return mention.grain == "period" and "since " in mention.text.lower()[:11]


def _compare_since(x: DateMention, y: DateMention) -> str | None:
    if _is_since(x) and _is_since(y):
        return _equal(_start_key(x), _start_key(y))
    if x.first and x.last and y.first and y.last and x.first <= y.last and y.first <= x.last:
        return "within"
    return None


def _start_key(mention: DateMention) -> str:
    """Return a "since" as its start: what the text gives of an absolute one ("2024-08"), else the resolved day."""
    absolute = mention.partial[:4].isdigit()
    return mention.first.isoformat() if mention.first and not absolute else mention.partial


def _equal(x: str, y: str) -> str | None:
    if not x or not y:
        return None
    if x == y:
        return "same"
    if x.startswith(y) or y.startswith(x):
        return "within"
    return "different" if _shape(x) == _shape(y) else None


def _shape(partial: str) -> str:
    if partial[:4].isdigit():
        return "start"
    return "weekday" if partial in WEEKDAYS else "".join("9" if c.isdigit() else c for c in partial)


def _compare_partials(x: DateMention, y: DateMention) -> str | None:
    for partial_x in _list_partials(x):
        for partial_y in _list_partials(y):
            outcome = _equal(partial_x, partial_y)
            if outcome is not None:
                return outcome
    return None


def _list_partials(mention: DateMention) -> list[str]:
    """Return what of a mention can be held against a partial: its own, or for a resolved day its date and weekday."""
    if mention.grain == "day" and mention.first and mention.first == mention.last:
        return [f"{mention.first:%m-%d}", WEEKDAYS[mention.first.weekday()]]
    return [mention.partial] if mention.partial else []


def _distance(x: DateMention, y: DateMention) -> timedelta:
    if not (x.first and x.last and y.first and y.last):
        return _FAR
    return max(x.first - y.last, y.first - x.last, timedelta(0))
