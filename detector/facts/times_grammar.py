"""The phrases that name a time, as patterns; each with the name of its reader in `times_read`."""

from __future__ import annotations

import re

_LONG = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTH = rf"(?:{_LONG}\b|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_BEFORE_DAY = rf"(?:\b(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.),? (?:the )?)?"
_SEASON = "(?i:spring|summer|autumn|fall|winter)"
_UNIT = "(?:day|week|month|year|decade|century|centurie)"
_LONG_UNIT = "(?:week|month|year|decade|century|quarter|weekend)"
_WORDS = (
    "an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_N = rf"(?:\d{{1,3}}|(?i:{_WORDS})(?:[- ](?:one|two|three|four|five|six)\b)?)(?: and a half)?"
_VAGUE = "(?i:a few|several|many|some|a couple of|a dozen)"
_EDGE = "(?:the )?(?:start|beginning|middle|end) of"
_PART = rf"(?:(?P<part>(?i:early|mid|late|{_EDGE}))[ -](?:in )?)?"
_HEDGES = "more than|over|at least|less than|nearly|almost|about|around|roughly|some|just over|just under|up to"
_PREPOSITIONS = "in|since|until|till|by|during|from|of|between|through|before|after|for|to|and"
_NOT_LONGER = r"(?![\d%]|[.,:]\d|[-–]\d)"
_DAYTIME = "(?: (?:morning|afternoon|evening|night|lunchtime)\\b)?"
_WHICH = "(?P<which>(?i:last|this past|past|this coming|coming|next|this|the previous|the following))"
_TO = "(?: ?[-–] ?| to | and | through | until )"
_OTHER = "(?:day|week|month|year|morning|evening|night)"
_PAPERS = "(?:Times|Night Live|prayers|Herald|Mirror|Telegraph|Post|Mail|Express)"

_PHRASES: tuple[tuple[str, str], ...] = (
    (
        "day_range",
        (
            rf"(?:from )?\b(?P<m1>{_MONTH}) (?P<d1>{_DAY}){_TO}(?:(?P<m2>{_MONTH}) )?(?P<d2>{_DAY})\b"
            rf"(?:,? (?P<y>{_YEAR})\b)?{_NOT_LONGER}"
        ),
    ),
    (
        "day_range",
        (
            rf"(?:from )?\b(?P<d1>{_DAY})(?: (?P<m1>{_MONTH}))?{_TO}(?P<d2>{_DAY}) (?P<m2>{_MONTH})"
            rf"(?:,? (?P<y>{_YEAR})\b)?"
        ),
    ),
    ("day", rf"{_BEFORE_DAY}\b(?P<m>{_MONTH}) (?P<d>{_DAY})\b(?:,? (?P<y>{_YEAR})\b)?{_NOT_LONGER}"),
    ("day", rf"{_BEFORE_DAY}\b(?<![\d.,$€£])(?P<d>{_DAY})(?: of)? (?P<m>{_MONTH})(?:,? (?P<y>{_YEAR})\b)?"),
    ("iso", r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\b"),
    ("numeric", r"(?<![\d/.$])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d|\d\d)\b(?![/.]\d)"),
    ("month", rf"\b{_PART}\b(?P<m>{_MONTH}),?(?: of)? (?P<y>{_YEAR})\b{_NOT_LONGER}"),
    ("month", rf"\b(?:{_WHICH} |(?P<part>(?i:early|mid|late|{_EDGE}))[ -](?:in )?)(?P<m>{_LONG})\b(?! \d)"),
    ("month", rf"\b(?P<m>{_LONG})(?: of|,)? (?P<rel>last|this|next) year\b"),
    (
        "month_range",
        (
            rf"\b(?:(?:[Ff]rom|[Bb]etween) )?(?P<m1>{_LONG}){_TO}(?P<m2>{_LONG})\b(?! \d\d?\b)"
            rf"(?:,?(?: of)? (?P<y>{_YEAR})\b)?"
        ),
    ),
    ("month_bare", rf"\b(?i:{_PREPOSITIONS}) (?P<m>{_LONG})\b(?! \d)(?! [A-Z])"),
    ("year_range", rf"\b(?:(?:from|between) )?(?P<y1>{_YEAR}){_TO}(?P<y2>{_YEAR}|\d\d)\b(?![\d-])"),
    ("decade", r"\b(?:(?:the )?(?P<part>(?i:early|mid|late))[ -])?(?:the )?(?P<y>(?:1[5-9]|20)\d)0s\b"),
    ("season", rf"\b{_PART}(?:the )?(?P<season>{_SEASON})(?: of)? (?P<y>{_YEAR})\b"),
    (
        "season",
        (
            rf"\b(?:{_WHICH}|(?i:in the|in|during the|by the|over the|since the)) "
            rf"(?P<season>{_SEASON})\b(?! (?:of|in) [a-z\d])"
        ),
    ),
    (
        "quarter",
        (
            rf"\b(?:(?:[Tt]he )?(?P<nth>first|second|third|fourth|final|last) (?P<unit>quarter|half) "
            rf"(?:of )?|Q(?P<q>[1-4]),? )"
            rf"(?:(?P<y>{_YEAR})|(?P<rel>last|this|next) year)\b"
        ),
    ),
    ("weekday", rf"\b(?:{_WHICH} )?(?P<wd>{_WEEKDAY})\b(?! {_PAPERS}){_DAYTIME}"),
    (
        "deictic",
        (
            rf"\b(?i:the )?(?i:day before yesterday|day after tomorrow)\b"
            # "NBC's Today" and "USA Today" name a programme and a paper.
            rf"|(?:(?<![A-Za-z’'] )\bToday\b(?![”\"]|’(?!s)| show\b)|\b(?!Today)(?i:today|tonight|yesterday|tomorrow)\b){_DAYTIME}"
            r"|\b(?i:last night|this (?:morning|afternoon|evening))\b"
        ),
    ),
    ("ago", rf"\b(?:(?P<hedge>(?i:{_HEDGES})) )?(?P<n>{_N}|{_VAGUE}) (?P<unit>second|minute|hour|{_UNIT})s? ago\b"),
    ("ago", rf"\b(?P<n>{_N}|{_VAGUE}) (?P<unit>{_UNIT})s? (?P<ahead>from now)\b"),
    ("ago", rf"\b[Ii]n (?P<n>{_N}|{_VAGUE}) (?P<unit>{_UNIT})(?:s['’]|['’]s) (?P<ahead>time)\b"),
    ("fortnight", r"\b[Aa] fortnight ago\b"),
    (
        "unit",
        (
            rf"\b(?P<part>(?i:early|mid|late|earlier|later|{_EDGE}))[ -](?:in )?(?P<which>last|this|next|the) "
            rf"(?P<unit>{_LONG_UNIT})\b"
        ),
    ),
    ("unit", rf"\b(?P<which>(?i:last|this|next|this past|this coming|the coming)) (?P<unit>{_LONG_UNIT})\b"),
    ("unit", r"\b(?i:over|at|on|during) (?P<which>the) (?P<unit>weekend)\b(?! of)"),
    (
        "window",
        (
            rf"\b(?i:(?:the |its |their |his |her )?(?P<which>past|last|previous|next|coming))"
            rf"(?: (?P<n>{_N}|few|several|couple of|many))? (?P<unit>hour|{_UNIT})s?\b(?!['’-])"
        ),
    ),
    (
        "holiday",
        (
            r"\b(?P<name>Christmas (?:Day|Eve)|New Year['’]s (?:Day|Eve)|Boxing Day|Valentine['’]s Day|Halloween"
            r"|May Day|Bastille Day)\b"
        ),
    ),
    ("other", rf"\b(?i:the (?:same|following|next|previous) {_OTHER}|that (?:same )?(?:day|week|month|year))\b"),
    ("other", rf"\b(?:{_N}|{_VAGUE}) {_UNIT}s? (?:earlier|later|before|after(?! [a-z]+ing))\b(?! than)"),
    ("year", rf"\b{_PART}(?:(?:the|fiscal|financial) (?:year )?)?(?P<y>{_YEAR})\b(?![.,]\d|[-–/]\d|%)"),
)

PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _PHRASES)
"""Names of readers and what they read, the more telling first; of two that begin together the longer wins."""

HOLIDAYS = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "boxing day": (12, 26),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
    "may day": (5, 1),
    "bastille day": (7, 14),
}
"""Month and day of the days with names, in lower case with a straight apostrophe."""

_SHORT_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NUMBERS = {name: number for number, name in enumerate(_SHORT_MONTHS, start=1)}
"""A month's number by its first three letters."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The names of the days, Monday first, as `date.weekday` counts."""

NO_DAY = re.compile(
    r"\b(?:[Ee]very|[Ee]ach|Black|Good|Bloody|Super|Ash|Palm|Easter|Holy|Cyber|Giving|Fat|Ruby|Sheffield|alternate"
    r"|first|second|third|fourth|most|Freaky)\s$"
)
"""What before a weekday makes it a name or a habit."""
