"""Dates as texts write them, never completed from today's date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timezone

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d)"
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
YEAR = r"(?:19|20)\d\d(?!\d)"
DAY_OF_YEAR = rf"(?:{MONTH}\s*{DAY}|{DAY}(?:\s+of)?\s+{MONTH})"

_FULL = (
    rf"{MONTH}\s*{DAY}(?:\s+of)?,?\s+{YEAR}|{DAY}(?:\s+of)?[\s.-]*{MONTH},?[\s.-]*{YEAR}|{YEAR},?\s+{MONTH}\s+{DAY}"
    rf"|(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]{YEAR}"
)
_CLOCK = (
    r"(?:\d\d?[:.]\d\d(?:[:.]\d\d(?:[.,]\d+)?)?\s*(?:h|hrs|[ap]\.?m\b\.?)?|\d\d?\s*[ap]\.?m\b\.?|\d{4}\s*(?:h|hrs)?"
    r"|noon|midnight)"
)
_ZONE = r"(?:\(?(?:(?:gmt|utc)\s*)?[+-]\d\d?(?::?\d\d)?\)?|\(?(?-i:Z|[A-Z]{2,5})\)?|local time)"
_DATE = re.compile(
    rf"(?:{WEEKDAY},?\s+)?(?:(?P<clock1>{_CLOCK})\s*(?P<zone1>{_ZONE})?,?\s*(?:on\s+)?(?:{WEEKDAY},?\s+)?)?"
    rf"(?P<date>{_FULL})"
    rf"(?:(?:\s*(?:,|-|–|—|\bat\b|/)\s*|\s+|(?-i:T))(?P<clock2>{_CLOCK})\s*(?P<zone2>{_ZONE})?"
    r"(?: \((?:gmt|utc).{2,6})?)?",
    re.IGNORECASE,
)
_YEAR_IN_NAME = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:19|20)\d\d)(?:(?P<sep>[-_/.]?)(?P<rest>\d\d(?P=sep)\d\d))?(?![0-9A-Za-z])"
)
_PLAIN_FORMS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y-%m-%d")
# Each stands for zones hours apart (India, Israel; Atlantic, Arabia; US, China): the day holds, the hour does not.
_AMBIGUOUS = frozenset({"IST", "AST", "CST"})
# Zone names without a season; the offset depends on the day.
_SEASONAL = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}


def parse_date(text: str) -> datetime | None:
    """Parse a text that is one full date, with or without a time of day (dateparser, English).

    Args:
        text: "11 April 2025 14:05 GMT", "2025-04-11T14:05:00Z", "Apr. 11, 2025", "25/04/2025", "20250411", ...

    Returns:
        A timezone-aware time with a fixed offset (UTC where the text names no zone, midnight where it names no hour),
        or None for anything else: a bare number, a date without day or year, and an ambiguous one like "03/04/2025".
    """
    text = _trim(text)
    if re.match(YEAR + r"-|(?:19|20)\d{6}(?!\d)", text):
        try:
            return _fix_offset(datetime.fromisoformat(text))
        except ValueError:
            pass
    if not (match := _DATE.fullmatch(part_clock(text))):
        return None
    clock, zone = (match["clock1"] or match["clock2"] or "").strip(), match["zone1"] or match["zone2"] or ""
    return _parse_parts(match["date"], clock, zone.strip("()"))


def is_date(text: str) -> bool:
    """Tell whether a text has the form of one full date, be it ambiguous."""
    return bool(_DATE.fullmatch(part_clock(_trim(text))))


def part_clock(text: str) -> str:
    """Put a space between year and hour where a copied page has lost it: "April 11, 20257:35 PM"."""
    return re.sub(r"(?<=(?:19|20)\d\d)(?=\d\d?:\d\d)", " ", text)


def _trim(text: str) -> str:
    return " ".join(text.split()).strip(" .,;")


def complete_day(day: str, hints: Iterable[str]) -> datetime | None:
    """Complete a date without a year from texts that hold one.

    Args:
        day: "March 3", "3 March", with a year or without.
        hints: texts in order of trust: a date line, a URL ("/2025/03/04/"), a file's name. Where the first with a year
            holds a full date, the year is the one that brings the two dates closest (December 31 beside 2025-01-02).

    Returns:
        Midnight UTC of that day, or None if no year is known.
    """
    if re.search(YEAR, day):
        return parse_date(day)
    for hint in hints:
        year, full = _find_year(hint)
        if full:
            near = [parse_date(f"{day} {full.year + step}") for step in (-1, 0, 1)]
            return min((when for when in near if when), key=lambda when: abs(when - full), default=None)
        if year:
            return parse_date(f"{day} {year}")
    return None


def _find_year(hint: str) -> tuple[int | None, datetime | None]:
    if full := parse_date(hint):
        return full.year, full
    named = list(_YEAR_IN_NAME.finditer(hint))
    named = [match for match in named if match["rest"]] or named
    years = {int(match[0][:4]) for match in named}
    if len(years) != 1:  # two years: no telling which one is meant
        return None, None
    days = (parse_date(re.sub(r"\D", "", match[0])) for match in named if match["rest"])
    return years.pop(), next((day for day in days if day), None)


def _parse_parts(day: str, clock: str, zone: str) -> datetime | None:
    if numeric := re.fullmatch(r"(\d\d?)([-/.])(\d\d?)[-/.](\d{4})", day):
        first, mark, second, year = numeric.groups()
        if mark != "." and int(first) <= 12 and int(second) <= 12 and first != second:
            return None  # day or month first, who knows
        first, second = (second, first) if int(second) > 12 else (first, second)
        day = f"{year}-{int(second):02}-{int(first):02}"
    day = (
        re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|\bof\b|[.,]", " ", day, flags=re.IGNORECASE)
        if re.search("[a-z]", day, re.I)
        else day
    )
    clock = re.sub(r"(?<=\d)\.(?=\d\d)", ":", re.sub(r"\s*h(?:rs)?$", "", clock.lower()))
    clock = {"noon": "12:00", "midnight": "00:00"}.get(clock, re.sub(r"^(\d\d)(\d\d)$", r"\1:\2", clock))
    zone = zone.upper() if zone.lower() != "local time" else "LOCAL"
    bare = "" if zone in _SEASONAL else zone
    for attempt in (f"{day} {clock} {bare}", day):  # an unknown zone leaves the date
        if zone in _AMBIGUOUS and attempt != day:
            continue
        words = " ".join(attempt.split())
        when = _parse_plain(words) or _parse_any(words)
        if when is not None:
            return _fix_offset(when, zone if attempt != day else "")
    return None


def _parse_plain(text: str) -> datetime | None:
    """Parse a day without a time in one of the commonest forms, for which dateparser need not be loaded: that takes half a second."""
    for form in _PLAIN_FORMS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def _parse_any(text: str) -> datetime | None:
    from dateparser import parse  # imported here: it loads slowly, and most days need it not

    settings = {
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["day", "month", "year"],
        "STRICT_PARSING": True,
        "DATE_ORDER": "YMD",
    }
    return parse(text, languages=["en"], settings=settings)


def _fix_offset(when: datetime, zone: str = "") -> datetime | None:
    if not 1900 <= when.year < 2100:
        return None
    if zone in _SEASONAL:
        from dateutil.tz import gettz

        when = when.replace(tzinfo=gettz(_SEASONAL[zone]))
    offset = when.utcoffset()
    return when.replace(tzinfo=timezone(offset) if offset else UTC)
