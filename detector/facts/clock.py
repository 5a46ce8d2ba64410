"""The times of day that a sentence names, and what their zones are against UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from detector.facts.clock_grammar import (
    HEDGES,
    HOURS,
    HOURS_MARK,
    LED,
    LOCAL,
    LOOSE,
    PART_BEFORE,
    PATTERNS,
    SET,
    ZONE,
)
from detector.facts.clock_ranges import join_range, open_range
from detector.facts.speech import is_speech_verb
from detector.facts.zones import find_offset, is_region, is_zone
from detector.records import ClockTime

_DAY, _HALF = 1440, 720  # minutes
_NO_EVENTS = {"time", "a.m.", "p.m.", "am", "pm", "gmt", "utc"}  # the tagger takes them for nouns
_MINUTES = {"thirty": 30, "fifteen": 15, "forty-five": 45, "five": 5, "ten": 10, "twenty": 20}


def find_clocks(sentence: Any) -> tuple[ClockTime, ...]:
    """Return the times of day that one sentence (a `spacy.tokens.Span`) names, in order, zones not yet resolved.

    Offsets count from the sentence's first character. Scores, results, years and lengths of time are none. A time that belongs to a
    verb of saying ("said at 9 p.m.") has no event.
    """
    return tuple(replace(clock, event=_find_event(sentence, clock)) for clock in read_clocks(sentence.text))


def resolve_clocks(clocks: Iterable[ClockTime], day: date | None) -> tuple[ClockTime, ...]:
    """Return the times with `offset` filled where it can be known; the day (None: not known) decides summer time."""
    return tuple(replace(clock, offset=find_offset(clock.zone, day) if clock.zone else None) for clock in clocks)


def read_clocks(text: str) -> tuple[ClockTime, ...]:
    """Return the times of day in a text, in order; `event` stays empty."""
    found: list[ClockTime] = []
    matches = [(m.start(), rank, m) for rank, pattern in enumerate(PATTERNS) for m in pattern.finditer(text)]
    for start, _, match in sorted(matches, key=lambda item: item[:2]):
        if found and start < found[-1].end:
            continue
        clock = _read_clock(text, match)
        if clock is None:
            continue
        if found and (whole := join_range(text, found[-1], clock)):
            found[-1] = whole
        else:
            found.append(open_range(text, clock, match))
    return tuple(found)


def _read_clock(text: str, match: re.Match[str]) -> ClockTime | None:
    start, end = match.span()
    zone, zone_end = _read_zone(text, end)
    marked = HOURS_MARK.match(text, end)
    whole_day = bool(marked) or zone.startswith(("GMT", "UTC"))
    part = _read_part(text, match)
    if match.re in LOOSE and not _is_time(text, match, zone, bool(marked), part):
        return None
    minute = _read_minute(match, part)
    if minute is None:
        return None
    groups = match.groupdict()
    hours = minute // 60
    told = groups.get("ap") or part or groups.get("noon") or groups.get("midnight") or whole_day
    either = not told and match.re is not LOOSE[1] and 1 <= hours <= 12 and not (groups.get("h") or "").startswith("0")
    grain = "minute" if groups.get("m") or groups.get("mw") or groups.get("way") else "hour"
    end = max(zone_end, marked.end() if marked else end)
    minute = minute % _HALF if either else minute
    return ClockTime(
        text[start:end], start, end, minute, minute, grain, _read_hedge(text[:start]), zone, either_half=either
    )


def _is_time(text: str, match: re.Match[str], zone: str, marked: bool, part: str) -> bool:
    """Whether digits that may be a score, an amount or a year are a time of day, by the words around them."""
    before = text[: match.start()]
    if match.re is LOOSE[1]:  # four digits without a sign between them
        return (
            zone in ("GMT", "UTC")
            or bool((zone or LOCAL.match(text, match.end())) and LED.search(before))
            or (marked and (match["h"].startswith("0") or bool(SET.search(before))))
        )
    local = LOCAL.match(text, match.end())
    return bool(zone or local or marked or part) or (":" in match.group() and bool(LED.search(before)))


def _read_minute(match: re.Match[str], part: str) -> int | None:
    """Return the minutes after midnight, in the half of the day that is told; None where no clock shows it."""
    groups = match.groupdict()
    if groups.get("noon"):
        return _HALF
    if groups.get("midnight"):
        return 0
    word = (groups.get("word") or "").lower()
    hour = {"noon": 12, "midnight": 12}.get(word) or HOURS.get(word) or int(groups.get("h") or 0)
    minute = int(groups.get("m") or 0) or _MINUTES.get((groups.get("mw") or "").lower(), 0)
    if groups.get("way"):
        minute = 30 if groups["half"] else 15 if groups["quarter"] else _MINUTES[groups["mp"].lower()]
        hour, minute = (hour, minute) if groups["way"].lower() == "past" else ((hour - 1) or 12, 60 - minute)
    if hour > 24 or (hour == 24 and minute) or (hour == 0 and groups.get("ap") and not minute):
        return None
    half = (groups.get("ap") or "").lower() or _find_half(part, hour)
    if word in ("noon", "midnight"):
        after = groups["way"].lower() == "past"
        half = "p" if (word == "noon") == after else "a"
    if half and hour > 12:
        return (60 * hour + minute) % _DAY if part else None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (60 * hour + minute) % _DAY


def _find_half(part: str, hour: int) -> str:
    """Return "a" or "p" for the part of the day in which an hour is said to be."""
    if part in ("night", "tonight"):
        return "p" if 5 <= hour < 12 else "a"
    return {"morning": "a", "afternoon": "p", "evening": "p"}.get(part, "")


def _read_part(text: str, match: re.Match[str]) -> str:
    groups = match.groupdict()
    before = PART_BEFORE.search(text[: match.start()])
    return str(groups.get("part") or groups.get("tonight") or (before["part"] if before else "")).lower()


def _read_hedge(before: str) -> str:
    return next((name for name, pattern in HEDGES if pattern.search(before)), "")


def _read_zone(text: str, end: int) -> tuple[str, int]:
    """Return the zone that follows a time ("" for local time and none) and where it ends, or the time itself."""
    if local := LOCAL.match(text, end):
        return "", local.end()
    match = ZONE.match(text, end)
    if not match:
        return "", end
    zone = match["zone"]
    known = (
        zone.lower().endswith("time") or not zone.isalpha() or (is_zone(zone) if zone.isupper() else is_region(zone))
    )
    # A bracket that stands before the time closes behind it, and is no part of it.
    stop = match.end() if "(" in match.group() else match.end("zone")
    return (zone, stop) if known else ("", end)


def _find_event(sentence: Any, clock: ClockTime) -> str:
    """Return the base form of the verb or noun that a time belongs to, or "" where it only says when something was said."""
    start = sentence.start_char + clock.start
    tokens = [t for t in sentence if start <= t.idx < sentence.start_char + clock.end]
    if not tokens:
        return ""
    inside = {token.i for token in tokens}
    token = next((t for t in tokens if t.head.i not in inside), tokens[0])
    led = False
    while token.head.i != token.i and (token.i in inside or not _is_event(token, led or token.i > tokens[-1].i)):
        led = token.head.pos_ != "ADP" and token.pos_ == "ADP"
        token = token.head
    found = token.i not in inside and _is_event(token, led or token.i > tokens[-1].i) and not is_speech_verb(token)
    return token.lemma_.lower() if found else ""


def _is_event(token: Any, bound: bool) -> bool:
    """Whether something happens in a word: a verb, or a noun to which the time is bound ("a march at noon", "the noon march")."""
    if token.pos_ in ("VERB", "AUX"):
        return True
    named = token.pos_ in ("NOUN", "PROPN") and token.ent_type_ not in ("DATE", "TIME")
    return bound and named and token.lower_ not in _NO_EVENTS
