"""Units and currencies as news writes them, and their canonical names."""

from __future__ import annotations

import re

_WORDS: tuple[tuple[str, str], ...] = (
    ("percentage point", r"percentage[ -]points?"),
    ("basis point", r"basis[ -]points?"),
    ("percent", r"percent|per[ -]cent|pct\b\.?|%"),
    ("point", r"points?"),
    ("km/h", r"km/h|kmh|kph|(?:kilomet(?:re|er)s?|kms?) (?:per|an) hour"),
    ("mph", r"mph|m\.p\.h\.?|miles? (?:per|an) hour"),
    ("knot", r"knots?"),
    ("square km", r"square[ -](?:kilomet(?:re|er)s?|km)|sq\.? ?km|km²|km2"),
    ("square mile", r"square[ -]miles?|sq\.? ?mi(?:les?)?"),
    ("square m", r"square[ -](?:met(?:re|er)s?|m)|sq\.? ?m|m²"),
    ("square foot", r"square[ -](?:f[eo]{2}t)|sq\.? ?ft"),
    ("hectare", r"hectares?|ha"),
    ("acre", r"acres?"),
    ("cubic m", r"cubic[ -](?:met(?:re|er)s?|m)|m³"),
    ("nautical mile", r"nautical[ -]miles?"),
    ("km", r"kilomet(?:re|er)s?|kms?"),
    ("cm", r"centimet(?:re|er)s?|cms?"),
    ("mm", r"millimet(?:re|er)s?|mm"),
    ("m", r"met(?:re|er)s?|m"),
    ("mile", r"miles?"),
    ("yard", r"yards?"),
    ("foot", r"f[eo]{2}t|ft\b\.?"),
    ("inch", r"inch(?:es)?"),
    ("kg", r"kilograms?|kilos?|kgs?"),
    ("g", r"grams?|g"),
    ("tonne", r"(?:metric[ -])?tonn?es?|(?:metric[ -])?tons?"),
    ("lb", r"lbs?"),
    ("ounce", r"ounces?|oz"),
    ("litre", r"lit(?:re|er)s?"),
    ("gallon", r"gallons?"),
    ("barrel", r"barrels?"),
    ("celsius", r"degrees? (?:celsius|centigrade)|degrees? c\b|° ?c|c(?=\W|$)|celsius"),
    ("fahrenheit", r"degrees? fahrenheit|degrees? f\b|° ?f|f(?=\W|$)|fahrenheit"),
    ("degree", r"degrees?|°"),
    ("GW", r"gigawatts?|gw"),
    ("MW", r"megawatts?|mw"),
    ("second", r"seconds|second(?=-long)|(?<=-)second(?!-)"),
    ("minute", r"minutes?|mins?"),
    ("hour", r"hours?|hrs?"),
    ("day", r"days?"),
    ("week", r"weeks?"),
    ("month", r"months?"),
    ("year", r"years?|yrs?"),
    ("decade", r"decades?"),
    ("century", r"centur(?:y|ies)"),
    ("GB", r"gigabytes?|gb"),
    ("TB", r"terabytes?|tb"),
    ("MB", r"megabytes?|mb"),
    ("GHz", r"gigahertz|ghz"),
    ("MHz", r"megahertz|mhz"),
    ("times", r"times"),
    ("magnitude", r"magnitude|on the richter scale"),
)
_MONEY_WORDS: tuple[tuple[str, str], ...] = (
    ("AUD", r"australian dollars?"),
    ("CAD", r"canadian dollars?"),
    ("HKD", r"hong kong dollars?"),
    ("NZD", r"new zealand dollars?"),
    ("USD", r"(?:u\.?s\.? |american )?dollars?|usd|bucks"),
    ("EUR", r"euros?|eur"),
    ("GBP", r"pounds? sterling|(?:british )?pounds?|quid|gbp"),
    ("JPY", r"(?:japanese )?yen|jpy"),
    ("CNY", r"(?:chinese )?yuan|renminbi|rmb|cny"),
    ("INR", r"(?:indian )?rupees?|inr"),
    ("RUB", r"(?:russian )?r(?:o?u)bles?|rub"),
    ("CHF", r"swiss francs?|chf"),
    ("KRW", r"(?:south )?korean won"),
    ("TRY", r"(?:turkish )?liras?"),
    ("ILS", r"(?:israeli )?(?:new )?shekels?"),
    ("UAH", r"hryvni?as?"),
    ("PLN", r"zlot(?:y|ys|ych)"),
    ("SEK", r"swedish (?:kron[ao]r?|crowns?)"),
    ("NOK", r"norwegian (?:kron[ae]r?|crowns?)"),
    ("ZAR", r"(?:south african )?rand"),
    ("MXN", r"(?:mexican )?pesos?"),
    ("BRL", r"(?:brazilian )?reais|brazilian real"),
    ("THB", r"baht"),
    ("NGN", r"naira"),
    ("cent", r"cents?"),
)
_SIGNS: tuple[tuple[str, str], ...] = (
    ("USD", r"US ?\$|USD ?"),
    ("AUD", r"AU?\$|AUD ?"),
    ("CAD", r"CA?\$|CAD ?"),
    ("NZD", r"NZ\$|NZD ?"),
    ("HKD", r"HK\$|HKD ?"),
    ("SGD", r"S\$|SGD ?"),
    ("TWD", r"NT\$"),
    ("BRL", r"R\$"),
    ("USD", r"\$"),
    ("EUR", r"€|EUR ?"),
    ("GBP", r"£|GBP ?"),
    ("JPY", r"¥|JPY ?"),
    ("INR", r"₹|Rs\.?|INR ?"),
    ("CHF", r"CHF ?"),
    ("RUB", r"₽"),
    ("KRW", r"₩"),
    ("TRY", r"₺"),
    ("ILS", r"₪"),
    ("UAH", r"₴"),
    ("NGN", r"₦"),
)
_LETTERS = frozenset({"m", "g", "C", "F"})  # units of one letter, in the only case that news writes them in

"""The canonical names that are money."""

DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})
"""The canonical names that are lengths of time."""


def _join(table: tuple[tuple[str, str], ...]) -> str:
    return "|".join(f"(?P<u{number}>{pattern})" for number, (_, pattern) in enumerate(table))


_ALL = _MONEY_WORDS + _WORDS
_COUNTED_OFF = (
    r"(?: (?:straight|consecutive|full|long|more|extra|additional|further|whole|business|working)(?= \w+s\b))?"
)
_UNIT_AFTER = re.compile(rf"{_COUNTED_OFF}(?:[\s-]|(?=[%°²³a-zA-Z]))(?:{_join(_ALL)})(?!\w)", re.I)
_SIGN_BEFORE = re.compile(rf"(?<![A-Za-z])(?:{_join(_SIGNS)})\s?-?$")
_RATES = re.compile(r"\b(?:polls?|polling|rates?|approval|inflation|unemployment|voters|margin|lead)\b", re.I)
_MARKETS = re.compile(r"\b(?:index|indexes|indices|stocks?|shares|markets?|dow|nasdaq|scor\w+|game|season)\b", re.I)
_WEIGHS = re.compile(r"\b(?:weigh\w*|heav\w*|explosive\w*|bomb|lift\w*|cargo|cocaine|heroin|marijuana|meat)\b", re.I)


def read_sign(before: str) -> tuple[str, int]:
    """Return the currency whose sign or code ends `before` and the sign's length, or ("", 0)."""
    match = _SIGN_BEFORE.search(before)
    if not match or not match.lastgroup:
        return "", 0
    return _SIGNS[int(match.lastgroup[1:])][0], len(match.group())


def read_unit(after: str, sentence: str) -> tuple[str, int]:
    """Return the canonical unit that opens `after` and how many characters it takes, or ("", 0).

    `sentence` decides what cannot be told from the unit: pounds are money unless the sentence weighs something,
    points are percentage points if it speaks of a poll or rate, not of a market or game. Letters that stand for a unit
    ("5 m", "35C") must be written in the usual case.
    """
    match = _UNIT_AFTER.match(after)
    if not match or not match.lastgroup:
        return "", 0
    name = _ALL[int(match.lastgroup[1:])][0]
    text = match.group().strip(" -").lower()
    if len(text) == 1 and text.isalpha() and (match.group().strip() not in _LETTERS):
        return "", 0
    if name == "GBP" and text in ("pound", "pounds") and (match.group()[0] == "-" or _WEIGHS.search(sentence)):
        return "lb", match.end()
    if name == "point" and _RATES.search(sentence) and not _MARKETS.search(sentence):
        return "percentage point", match.end()
    return name, match.end()
