"""Patterns of numbers in text that are no quantities, by what they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
"""The names of months and their usual abbreviations, as a pattern."""

_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?"
)
_N = rf"(?:\d{{1,3}}|{_WORD})"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_AM = r"(?:[AaPp]\.[Mm]\.|[AaPp][Mm]\b)"
_UNIT = r"(?:second|minute|hour|day|night|week|month|year|decade|centurie)s?\b"
_PEOPLE = (
    r"(?:people|adults?|children|those|anyone|everyone|women|men|girls?|boys?|patients?|voters|residents|citizens)"
)
_ANY_CASE = (
    "flight article section chapter paragraph title route highway interstate channel type level phase category "
    "tier room gate terminal unit page pages proposition resolution amendment rule class part volume stage day "
    "season episode round schedule clause line zone district sector block platform pier number size grade version "
    "cell suite"
)
_CAPITAL = (
    "Prop|Week|Annex|Nos?[.]|No|Boeing|Airbus|Apollo|Formula|Windows|Galaxy|[iI]Phone|iPad|iOS|Android|PlayStation|Xbox"
    "|Falcon|Soyuz|Expedition|Shenzhou|Voyager|Ariane|Super Bowl|Division|Precinct|Camp|Area|Station|Agenda|Vision"
    "|Fortune|FTSE|Nikkei|S&P|Nasdaq|CAC|DAX|Russell|Group of|Committee of|Studio|Model|Mark|Euro|Top"
)
_ID_HEAD = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in _ANY_CASE.split()) + "|" + _CAPITAL
_CODES = r"(?:USD|EUR|GBP|AUD|CAD|JPY|INR|CHF|HKD|NZD|Rs)"
_IDIOMS = (
    "one by one|one another|one of|no one|one day|at one point|one and the same|one-time|one-off|one-way|one-sided"
    "|day one|square one|number one|one on one|one-on-one|one or two|any ?one|every ?one|which one|this one|that one"
    "|the one|these ones|big one|nine-to-five|second to none|zero tolerance|zero-sum|ground zero|year zero"
    "|two-way|two-faced|four-wheel|four-star|five-star|three-star|all fours|one way or another|(?:two|four|six)-by-\\w+"
)

NOT_QUANTITIES: Mapping[str, str] = {
    "month and day": (
        rf"\b{MONTHS} {_DAY}(?:(?: ?[-–] ?| and | to | or |, ){_DAY}(?![\d,]| [a-z]+s\b))?(?:,? {_YEAR}\b)?"
    ),
    "day and month": rf"\b{_DAY}(?:(?: ?[-–] ?| and | to ){_DAY})?(?: of)? {MONTHS}(?:,? {_YEAR}\b)?",
    "month and year": rf"\b{MONTHS},? {_YEAR}\b",
    "date in digits": r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)\b",
    "date as a name": r"\b(?:9/11|7/7|24/7|50[-/]50|20/20)\b",
    "time with zone": rf"\b\d{{1,2}}[:.]\s?[0-5]\d(?::\d\d)?\s?(?:{_AM})?(?= ?(?:[A-Z]{{3,4}}\b|hours|{_AM}))",
    "time": r"\b\d{1,2}:\s?[0-5]\d(?::\d\d)?\b",
    "hour": rf"\b(?:\d{{1,2}}(?:[:.][0-5]\d)?|{_WORD})\s?(?:{_AM}|o['’]clock\b|noon\b)",
    "hours": rf"\b\d{{1,2}} ?[-–] ?\d{{1,2}}(?::\d\d)?\s?{_AM}",
    "military time": r"\b[0-2]\d[0-5]\d (?:GMT|UTC|BST|hours|hrs|local)\b",
    "padded number": r"(?<![\d.,])\b0\d+\b(?![.,]\d)",
    "age": rf"\b(?i:{_N})(?:(?:,| and| to| or)? {_N})?[- ](?:year|month|week|day)s?[- ]olds?\b",
    "aged": (
        rf"\b(?i:ages?|aged|age of|ages of)(?: (?:from|between|over|under|about|around|at least))? {_N}"
        rf"(?:(?: to | and | or |-|–|, ){_N})*\b(?! percent|%)"
    ),
    "years of age": rf"\b(?i:{_N}) (?:year|month)s? of age\b",
    "age limit": rf"\b(?i:over|under|above|below) (?:the )?age (?:of )?{_N}\b",
    "age group": (
        rf"\b{_PEOPLE} (?i:over|under|above|below|older than|younger than|aged|between)(?: the ages? of)? {_N}\b"
        rf"(?:(?: and | to |-){_N}\b)?(?! (?:percent|{_UNIT}|[a-z]+s\b)|[%,\d])"
    ),
    "birthday": r"\b(?i:turn(?:s|ed|ing)?) 1?\d\d\b(?![,.]?\d| [a-z]+s\b)",
    "prefixed number": r"\b(?:[Oo]ver|[Uu]nder|[Mm]id|[Ll]ate|[Ee]arly)-\d+s?\b",
    "age after a name": (
        r"(?<=[a-z]),? \((?:1[01]\d|[1-9]\d)\)|(?<=[a-z]), (?:1[01]\d|[1-9]\d)(?=[,;)](?!\d)| of [A-Z]|\.? ?$)"
    ),
    "decade": rf"\b{_YEAR}s\b|['’]?\b\d0s\b|['’]\d\d\b|\b(?i:thirties|forties|fifties|sixties|seventies|eighties)\b",
    "years": rf"\b{_YEAR} ?[-–/] ?(?:{_YEAR}|\d\d)\b",
    "event of a year": rf"\b{_YEAR} (?:Winter |Summer |World )?(?:Olympic|Games|Cup)\w*",
    "ordinal": r"\b\d+(?:st|nd|rd|th)\b",
    "address": r"\bhttps?://\S+|\bwww\.\S+|\S+@\S+|[#@]\s?\w+",
    "phone": r"\+\d[\d ()-]{6,}\d|\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b|\b\d{3}-\d{4}\b|\b1-800\S*",
    "letters and digits": rf"(?!{_CODES}[ .-]?\d|to-\d)\b[A-Za-z]+[-–]?\d[\w-]*",
    "digits and letters": r"\b\d+(?!(?:[MKBCF]|[MGT][WBH]z?|KG|KM)\b)(?:[A-Z][A-Za-z]*|x\d+)\b|\b\d{4,}M\b",
    "model": r"\b\d{3}-\d{3}(?![,\d])\b",
    "id": rf"\b(?:{_ID_HEAD}) (?i:\d[\d,/.-]*\w?|{_WORD})\b(?! (?:percent|per cent|million|billion)\b|%)",
    "list number": r"^\W*\(?\d{1,2}[.)]\s(?=\w)|^\W*\d{1,2}\s?[-–:]\s(?=[A-Z])|\(\d{1,2}\)|^\W*\d{1,2}[.)]?\s*$",
    "list of numbers": (
        r"(?<![$€£\d.,])\b\d{1,3}(?:, \d{1,3}){2,},? (?:and|or) \d{1,3}\b"
        r"(?! [a-z]+s\b| people|,?\d| percent|%|, respectively)"
    ),
    "caption": r"\b\d{1,3} of \d{1,3} (?:Photos|Images|Slides)\b",
    "half of a period": r"\b(?i:first|second|latter|last) half\b",
    "banknote": r"[$€£]\d+ (?:bill|note)s?\b|\b\d+[- ]dollar (?:bill|note)s?\b",
    "calibre": rf"\b(?i:{_N})[- ](?:cali\w+|gauge|mm (?:pistol|gun))|\d*\.\s?\d+[- ]cali\w+",
    "dimensions": r"\b\d[\d,.]* ?(?:x|×|by) ?\d[\d,.]*\b",
    "idiom": rf"\b(?i:{_IDIOMS})\b",
    "time before or after": (
        rf"\b(?i:{_N}|a few|several|many|a couple of) (?:and a half )?{_UNIT} "
        r"(?:ago|later|earlier|before|after|hence|prior)\b"
    ),
    "window of time": (
        rf"\b(?i:past|last|next|previous|following|coming|preceding|first|recent) (?:{_N}|couple of|few|several|dozen)"
        rf"(?: (?:and a half|or so|to \w+))? {_UNIT}"
    ),
    "frequency": rf"\b(?i:every) {_N} {_UNIT}",
}
"""What a number can be that is no quantity, and the pattern that finds it."""

SCORE_WORD = re.compile(
    r"\b(?:won|wins?|winning|beat(?:s|en|ing)?|los[te]|loses|losing|defeat(?:s|ed|ing)?|victor\w+|drew|draws?|lead|led"
    r"|leading|scor\w+|vot\w+|rul(?:ed|ing)|pass(?:ed)?|match|games?|sets?|tie[ds]?|shutout|approv\w+|series|odds|margin)\b"
)
"""Words near which "3-1" is a score or a vote."""

YEAR = re.compile(
    rf"(?<![\d$€£¥.,/-])(?<![$€£] )\b{_YEAR}\b"
    r"(?![,.]\d|%| ?(?:percent|per cent|million|billion|thousand|m\b|km\b|kg\b))"
)
"""Four digits that can be a year."""
