"""Patterns of times of day in English news text, with the words around them that say more."""

from __future__ import annotations

import re

_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()
HOURS = {word: number for number, word in enumerate(_HOURS, 1)}
"""The hours of the clock as words."""

_AM = r"(?P<ap>[ap])\.?\s?m\b\.?"
_WORD = rf"(?:{'|'.join(_HOURS)})"
_PLACE = r"(?:at|by|until|till|since|before|after|from|between|around|about|near|past|to|and)"
_PART = (
    r"(?:,? (?:in the|this|that|the (?:same|next|following|previous)|(?:on |early |late )*[A-Z][a-z]+day|yesterday"
    r"|tomorrow|of the) (?:early |late )?(?P<part>morning|afternoon|evening|night)\b|,? (?P<tonight>tonight)\b)"
)
PART_BEFORE = re.compile(
    r"\b(?P<part>morning|afternoon|evening|night|tonight),? (?:(?:just|at|shortly|around|about|after|before) )+$", re.I
)
"""The part of the day, where it stands before the time ("on Monday evening at 6")."""

_NUMBER = r"(?<![\d.:,$€£-])(?P<h>\d{1,2})"
PATTERNS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"(?<![\d.:,$€£])(?P<h>\d{{1,2}})(?:[:.]\s?(?P<m>[0-5]\d)(?::[0-5]\d)?)?\s?(?i:{_AM})"),
    re.compile(rf"\b(?P<word>(?i:{_WORD}))(?:[ -](?P<mw>thirty|fifteen|forty-five))?\s(?i:{_AM})"),
    re.compile(rf"(?:{_NUMBER}|\b(?P<word>(?i:{_WORD})))\s?o['’]\s?clock\b(?:{_PART})?"),
    re.compile(
        rf"\b(?i:(?:(?P<half>half)|(?:a )?(?P<quarter>quarter)|(?P<mp>ten|twenty|five)) (?P<way>past|to)) "
        rf"(?P<word>(?i:{_WORD})\b|noon\b|midnight\b)"
        rf"(?:{_PART})?"
    ),
    re.compile(
        r"\b(?i:(?:12 |twelve )?(?<!high )(?:(?P<noon>noon|midday)|(?P<midnight>midnight)))\b(?![- ](?:oil|mass|snack|blue|sun)\b)"
    ),
    re.compile(rf"{_NUMBER}[:.](?P<m>[0-5]\d)(?::[0-5]\d)?\b(?![.,]?\d|%)(?:{_PART})?"),
    re.compile(r"(?<![\d.:,$€£-])\b(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)\b(?![.,]?\d|%)"),
    re.compile(rf"(?<=\b(?i:at|by) )(?:{_NUMBER}|(?P<word>(?i:{_WORD}))){_PART}"),
)
"""How a time of day is written, the surest first; the last three need a preposition, a zone or a part of the day to be one."""

LOOSE = PATTERNS[5:7]
"""Digits that may be something else, too (a score, a result, a year)."""

LED = re.compile(
    rf"\b(?i:{_PLACE})(?: (?:about|around|exactly|precisely|approximately|roughly|just|shortly|before|after|the))*\s*$"
)
"""What stands before such digits where they are a time of day."""

SET = re.compile(r"\b(?i:at|by|until|since)(?: (?:about|around|exactly|precisely))? $")
"""What stands before "1430 hours" where that is no length of time."""

HEDGES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{words})(?: the)? $", re.IGNORECASE))
    for name, words in (
        ("shortly after", r"(?:shortly|just|soon|right|immediately|moments|minutes|a little|not long) (?:after|past)"),
        ("shortly before", r"(?:shortly|just|right|immediately|moments|minutes|a little|not long) (?:before|ahead of)"),
        ("by", r"by(?: (?:about|around))?|no later than"),
        ("until", r"until(?: (?:about|around))?|till|through|up to"),
        ("from", r"since(?: (?:about|around))?|from(?: (?:about|around))?|(?:start|beginn)ing at"),
        (
            "about",
            r"(?:at )?(?:about|around|approximately|roughly|circa|near|nearly|almost|close to|some ?time around)",
        ),
        ("after", r"after|past|later than"),
        ("before", r"before|prior to|ahead of|earlier than"),
    )
)
"""The words before a time that say how it is meant, and what they make of it."""

ZONE = re.compile(
    r"\s?\(?(?P<zone>(?:GMT|UTC)\s?[+\-−–]\s?\d{1,2}(?::?[0-5]\d)?(?!\d)|[A-Z]{2,5}\b(?!['’-])"
    r"|(?:[A-Z][a-z]+[ -]){1,3}[Tt]ime\b|[A-Z][a-z]+\b)\)?"
)
"""A zone after a time, if the database knows it."""

LOCAL = re.compile(r",? \(?(?:local|U\.?S\.? local) time\b\)?|,? local\b(?= \()", re.IGNORECASE)
"""What says that a time is that of the place: no zone is known by it."""

HOURS_MARK = re.compile(r"\s?(?:hours|hrs|h)\b")
"""What follows a time in the clock of 24 hours."""

RANGE = re.compile(
    r"(?P<between>\bbetween )?(?:\bfrom )?(?<![\d.:,$€£-])(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?\s?"
    r"(?P<join>to|until|till|and|[-–—])\s?(?:about )?$"
)
"""The bare first end of a range ("between 9 and" 11 a.m., "9-" 11 a.m.)."""

JOIN = re.compile(r"\s?(?:to|until|till|through|and|[-–—])\s?(?:about |around )?")
"""What stands between the two ends of a range."""
