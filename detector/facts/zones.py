"""What a name of a time zone is against UTC, from the IANA time zone database (the `zoneinfo` of Python)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_SUMMER_AND_WINTER = (datetime(2024, 1, 1), datetime(2024, 7, 1))
_FIXED = re.compile(r"(?:GMT|UTC)\s?([+\-−–])\s?(\d{1,2})(?::?([0-5]\d))?")
_EITHER = re.compile(r"([A-Z]{1,2})T")  # "ET": EST in winter, EDT in summer


def is_zone(text: str) -> bool:
    """Whether capitals are the abbreviation of a time zone ("ET", "GMT"), and no other word."""
    return text in ("GMT", "UTC") or bool(_find_seasonal(text)) or text in _list_abbreviations()


def is_region(text: str) -> bool:
    """Whether a bare word after a time of day names a zone, as in "8 p.m. Eastern"."""
    return f"US/{text}" in _list_keys()


def find_offset(zone: str, day: date | None) -> int | None:
    """Return the minutes east of UTC of a zone as newspapers name it, or None where that is not known.

    None, too, where several zones have one name ("IST"), or where summer time decides and the day is not known.

    Args:
        zone: "GMT", "UTC+3", "EDT", "ET", "Eastern", "Eastern time", "Central European Summer Time" or "Moscow time".
        day: the day that it is about.
    """
    if fixed := _FIXED.fullmatch(zone):
        minutes = 60 * int(fixed[2]) + int(fixed[3] or 0)
        return minutes if fixed[1] == "+" else -minutes
    words = re.sub(r"[\s-]+[Tt]ime$", "", zone).split()
    if len(words) == 1 and words[0] == zone and zone.isupper():
        if key := _find_seasonal(zone):
            return _read_offsets([key], day)
        offsets = {0} if zone in ("GMT", "UTC") else _list_abbreviations().get(zone, set())
        return min(offsets) if len(offsets) == 1 else None
    place = "_".join(words)
    keys = [key for key in _list_keys() if key.rpartition("/")[2] == place and "/" in key]
    if keys:
        return _read_offsets(keys, day)
    initials = "".join(word[0] for word in words) + "T"
    return find_offset(initials, day) if len(words) > 1 and is_zone(initials) else None


def _find_seasonal(text: str) -> str:
    """Return the zone that "ET" and its like stand for: the database has it as "EST5EDT"."""
    if match := _EITHER.fullmatch(text):
        pattern = re.compile(rf"{match[1]}ST\d+{match[1]}DT")
        return next((key for key in _list_keys() if pattern.fullmatch(key)), "")
    return ""


def _read_offsets(keys: list[str], day: date | None) -> int | None:
    """Return the offset that all the zones have at noon of a day; without a day, the one that they have all year."""
    noons = [datetime(day.year, day.month, day.day, 12)] if day else _SUMMER_AND_WINTER
    offsets = {ZoneInfo(key).utcoffset(noon) for key in keys for noon in noons}
    found = offsets.pop() if len(offsets) == 1 else None
    return found // timedelta(minutes=1) if found is not None else None


@cache
def _list_keys() -> tuple[str, ...]:
    """Return the database's names of zones, in order."""
    return tuple(sorted(available_timezones()))


@cache
def _list_abbreviations() -> dict[str, set[int]]:
    """Return every abbreviation in use with its offsets in minutes; some have several."""
    found: dict[str, set[int]] = {}
    for key in _list_keys():
        zone = ZoneInfo(key)
        for moment in _SUMMER_AND_WINTER:
            name, offset = zone.tzname(moment), zone.utcoffset(moment)
            if name and name.isalpha() and name.isupper() and offset is not None:
                found.setdefault(name, set()).add(offset // timedelta(minutes=1))
    return found
