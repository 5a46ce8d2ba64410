"""The times that a sentence names, and the days that they are, given the article's date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from detector.facts.figures_excluded import is_year
from detector.facts.times_compare import compare_times
from detector.facts.times_grammar import MONTH_NUMBERS, NO_DAY, PATTERNS
from detector.facts.times_read import read_time
from detector.records import DateMention

__all__ = ["compare_times", "find_times", "resolve_times"]

_SINCE = re.compile(r"\b(?:ever )?since (?:the )?$", re.I)
_YEAR_ALONE = re.compile(r"(?:(?:the|fiscal|financial) (?:year )?)?((?:1[5-9]|20)\d\d)$")


def find_times(sentence: Any) -> tuple[DateMention, ...]:
    """Return the times that one sentence (a `spacy.tokens.Span`) names, in order and unresolved.

    Offsets count from the sentence's first character; "since" belongs to its mention. Lengths of time ("over three
    years", "30-day") and habits ("every Friday", "Mondays") are none. Patterns find them; spaCy's entities decide
    where the words alone do not ("a March summit").
    """
    text = sentence.text
    candidates = [(_find_start(m, name), m.end(), name) for name, pattern in PATTERNS for m in pattern.finditer(text)]
    candidates += [(start, end, "month_entity") for start, end in _find_entity_months(sentence)]
    mentions: list[DateMention] = []
    taken = 0
    for start, end, name in sorted(candidates, key=lambda c: (c[0], -c[1], c[2])):
        if start < taken or not _is_time(text, start, end, name):
            continue
        since = _SINCE.search(text[:start])
        whole = since.start() if since and since.start() >= taken else start
        expression = read_time(_normalise(text[whole:end]))
        if expression is None:
            continue
        mentions.append(
            DateMention(text[whole:end], whole, end, expression.grain, expression.relative, expression.partial)
        )
        taken = end
    return tuple(mentions)


def resolve_times(
    mentions: Iterable[DateMention], published: datetime | None, *, tense: str = "past"
) -> tuple[DateMention, ...]:
    """Return the mentions with `first` and `last` filled where they can be known.

    The article's day is `published` in its own time zone. `tense` is that of the statement, "past" or "future":
    "Thursday" is the latest one, the same day included, or the next. A day of a month without a year is the one nearest
    to the article. "Since" ends on the article's day. What needs a date when there is none stays None, as do
    "several weeks ago", "more than a year ago", "the following day" and "3/4/2025".
    """
    base = published.date() if published else None
    resolved = []
    for mention in mentions:
        expression = read_time(_normalise(mention.text))
        stretch = expression.resolve(base, tense) if expression else None
        first, last = stretch or (None, None)
        resolved.append(replace(mention, first=first, last=last))
    return tuple(resolved)


def _normalise(text: str) -> str:
    """Return the phrase as the readers know it: a bare month or "since the" is put into its full form."""
    text = re.sub(r"^((?:ever )?since) the ", r"\1 ", text, flags=re.I)
    return f"in {text}" if text[:3].lower() in MONTH_NUMBERS and text.isalpha() else text


def _find_start(match: re.Match[str], name: str) -> int:
    """Return where a match starts, without the preposition that tells that a bare word is a month."""
    return match.start("m") if name == "month_bare" else match.start()


def _is_time(text: str, start: int, end: int, name: str) -> bool:
    if name == "weekday":
        return not NO_DAY.search(text[:start]) and not re.match(r"s\b", text[end:])
    if name in ("day", "month", "day_range"):
        return not re.match(r"\s?(?:percent|%|million|billion)", text[end:])
    if name == "month_entity":
        return not re.match(r" \d", text[end:])
    if name == "year":
        bare = _YEAR_ALONE.search(text[start:end])
        return bare is not None and is_year(text, start + bare.start(1), end)
    return True


def _find_entity_months(sentence: Any) -> list[tuple[int, int]]:
    """Return months that only the tagger tells from other words: "an August raid", not "May said"."""
    found = []
    for token in sentence:
        month = token.ent_type_ == "DATE" and token.is_title and token.lower_[:3] in MONTH_NUMBERS
        if month and token.dep_ not in ("nsubj", "nsubjpass") and read_time(f"in {token.text}") is not None:
            at = token.idx - sentence.start_char
            found.append((at, at + len(token)))
    return found
