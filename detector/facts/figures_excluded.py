"""Numbers that are no quantities: dates, clock times, years, ages, scores, names, ids, list numbers, idioms."""

from __future__ import annotations

import re
from typing import Any

from detector.facts.figures_patterns import NOT_QUANTITIES, SCORE_WORD, YEAR
from detector.facts.places import find_country

_PATTERNS = tuple(re.compile(pattern) for pattern in NOT_QUANTITIES.values())
_SCORE = re.compile(r"(?<![\d$€£.,-])\b(\d{1,3})\s?(?:[-–]|to|:)\s?(\d{1,3})\b(?![,.]?\d|[-–]|%)")
_COUNTED_AFTER = re.compile(
    r"(?:[\s-](?!(?:to|in|on|at|against|over|for|and|by|with|as|but|win|loss|victory|defeat|vote)\b)[a-z]|%|°)"
)
_COUNT_BEFORE = re.compile(
    r"\b(?:at least|over|about|around|some|nearly|almost|roughly|approximately|up to|than)\s$", re.I
)
_BEFORE_YEAR = re.compile(
    r"\b(?:in|since|by|of|the|until|till|from|after|before|during|to|and|through|early|late|mid|between)[ -]$", re.I
)
_PLURAL_AFTER = re.compile(r"\s(?:[a-z-]+ ){0,2}?(?:people|[a-z]{2,}s)\b")
_UNIT_AFTER = re.compile(
    r"[\s-](?:(?:second|minute|hour|day|week|month|year)s?|miles?|met(?:re|er)s?|f[eo]{2}t|dollars?|euros?|pounds?"
    r"|tonn?e?s?)\b"
)


def mask_excluded(sentence: Any) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a sentence whose numbers are no quantities, as offsets into its text.

    These are dates and clock times, years, ages, scores and votes, ordinals, phone numbers, addresses on the web, ids
    and names that carry a number ("Flight 370", "F-16", "Group of 7"), list numbers, and idioms. Stretches of
    time that only place an event ("two weeks ago", "the past three years") belong to the dates.
    """
    text = sentence.text
    spans = [match.span() for pattern in _PATTERNS for match in pattern.finditer(text)]
    spans += [match.span() for match in _SCORE.finditer(text) if _is_score(match, text)]
    spans += [match.span() for match in YEAR.finditer(text) if is_year(text, *match.span())]
    spans += _find_names(sentence)
    return tuple(sorted(set(spans)))


def is_year(text: str, start: int, end: int) -> bool:
    """Tell a year from a count: "2000 people" and "over 1900 troops" count, "in 2012" and "the 2008 polls" do not."""
    if not YEAR.match(text, start) or _UNIT_AFTER.match(text, end):
        return False
    before = text[:start]
    if _COUNT_BEFORE.search(before):
        return bool(re.search(r"\baround\s$", before)) and not _PLURAL_AFTER.match(text, end)
    return bool(_BEFORE_YEAR.search(before)) or not _PLURAL_AFTER.match(text, end)


def _is_score(match: re.Match[str], text: str) -> bool:
    """Take "3-1" and "won 10-15" for scores or votes, "12-15 people" and "10 to 20" for ranges."""
    low, high = int(match[1]), int(match[2])
    near = text[max(0, match.start() - 40) : match.end() + 25]
    scored = bool(SCORE_WORD.search(near))
    if " to " in match.group():
        return low >= high and scored and not re.search(r"\bfrom\W*$", text[: match.start()])
    counts = _COUNTED_AFTER.match(text, match.end())
    return low >= high or scored or not counts


def _opens_name(token: Any) -> bool:
    """Whether a number begins a model's name ("737 Max"): a capitalised name that is no country follows it in the noun."""
    if not token.text.isdigit() or token.i + 1 >= len(token.doc):
        return False
    after = token.nbor()
    named = after.pos_ == "PROPN" and after.text[:1].isupper() and after.dep_ == "compound"
    return named and not after.ent_type_ and not find_country(after.text)


def _find_names(sentence: Any) -> list[tuple[int, int]]:
    """Return the numbers that are part of a proper name, by the parse and by capitals ("the Chicago Seven")."""
    found = []
    words = [token for token in sentence if token.is_alpha and len(token) > 3]
    headline = len(words) > 2 and sum(token.text[0].isupper() for token in words) > 0.6 * len(words)
    for token in sentence:
        if _opens_name(token):
            at = token.idx - sentence.start_char
            found.append((at, at + len(token)))
        if token.i == sentence.start or not (token.like_num and (token.text.isdigit() or token.text[0].isupper())):
            continue
        before = token.nbor(-1)
        name = before.pos_ == "PROPN" and before.text[0].isupper() and before.ent_type_ != "DATE" and not headline
        if not name or (before.whitespace_ == "" and token.text.isdigit()):
            continue
        tied = token.head.i == before.i and token.dep_ in ("nummod", "appos", "nmod", "compound")
        # "Max 8 aircraft": the name and its number hang on one noun, side by side.
        tied = tied or (token.text.isdigit() and before.head.i == token.head.i and before.dep_ == "compound")
        one = before.ent_type_ and before.ent_type_ == token.ent_type_ and token.ent_iob_ == "I"
        if tied or one or token.text[0].isupper():
            at = token.idx - sentence.start_char
            found.append((at, at + len(token)))
    return found
