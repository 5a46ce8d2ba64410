"""What a single English word is worth in a label: counts, times, people's roles, and nouns that name no subject."""

from __future__ import annotations

import calendar
import re

MOST_WORDS = 5
_EDGES = '"“”`()[]{}<>,;:!?*–—- '
_APOSTROPHES = "'‘’"
_COUNT = re.compile(r"^[$£€]?\d[\d.,:]*(?:%|st|nd|rd|th|bn|m|k)?$")
_POSSESSIVE = re.compile(r"(?<=[\w.])['’]s?$")
_TIMES = {name.lower() for names in (calendar.month_name, calendar.month_abbr, calendar.day_name) for name in names} | {
    "today", "yesterday", "tomorrow", "tonight", "morning", "afternoon", "evening", "day", "days", "week",
    "weeks", "month", "months", "year", "years", "weekend", "hour", "hours", "minute", "minutes", "moment",
    "time", "times", "date", "decade", "decades", "spring", "summer", "autumn", "winter", "utc", "gmt", "est",
}  # fmt: skip
_COUNTS = {
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen",
    "dozens", "tens", "score", "scores", "hundred", "hundreds", "thousand", "thousands", "million", "millions",
    "billion", "billions", "trillion",
}  # fmt: skip
ROLES = {
    "president", "minister", "director", "secretary", "chairman", "ceo", "chief", "leader", "mayor", "senator",
    "spokesman", "spokeswoman", "official", "king", "queen", "analyst", "reporter", "people", "man", "woman",
    "host", "mp", "governor", "executive", "expert", "author", "officer", "judge", "person", "source",
    "adviser", "advisor", "lawyer", "counterpart",
}  # fmt: skip
VAGUE = {
    "thing", "way", "part", "lot", "kind", "type", "idea", "issue", "course", "detail", "place", "fact",
    "reason", "example", "addition", "question", "statement", "comment", "result", "case", "news", "report",
    "story", "form", "number", "effort", "percent", "end", "note", "side", "line", "point", "matter", "word",
    "term", "inch", "mile", "foot", "kilometre", "kilometer", "metre", "meter", "pound", "dollar", "euro",
    "something", "anything", "nothing",
}  # fmt: skip


def fold(word: str) -> str:
    """Return a word in lower case without dots and a possessive ending, so that "U.S." and "US" are one."""
    return _POSSESSIVE.sub("", word.lower()).replace(".", "")


def split_words(phrase: str) -> list[str]:
    """Split a phrase at spaces; words lose quotes and commas at their edges, the last its possessive; "U.S." stays."""
    words = (word.strip(_EDGES).lstrip(_APOSTROPHES) for word in phrase.split())
    kept = [word if word.count(".") > 1 else word.rstrip(".") for word in words]
    kept = [word if word.endswith(("s'", "s’")) else word.rstrip(_APOSTROPHES) for word in kept]
    kept = [word for word in kept if word]
    if kept:
        kept[-1] = _POSSESSIVE.sub("", kept[-1])
    return kept


def is_count(word: str) -> bool:
    """Whether a word is a bare number, in digits or letters."""
    return bool(_COUNT.match(word)) or word.lower() in _COUNTS


def is_time(word: str) -> bool:
    """Whether a word names a time, so that a phrase with it tells when, not what."""
    return word.lower() in _TIMES
