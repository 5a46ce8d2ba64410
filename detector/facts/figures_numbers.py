"""Numbers in a text, in digits and words, as bare values: no units, no bounds, no meaning."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from text_to_num import text2num

from detector.facts.units import read_sign

SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6,
    "mln": 1e6, "b": 1e9, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12, "dozen": 12.0, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
"""What a word or suffix after a number multiplies it by."""

_UNITS = "zero|one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SMALL = rf"(?:(?:{_TENS})(?:[- ](?:{_UNITS}))?|{_TEENS}|{_UNITS})"
_HUNDREDS = rf"(?:{_SMALL}(?:[- ]hundred(?:(?:[ ]and)?[ ]{_SMALL})?)?)"
_CARDINAL = rf"{_HUNDREDS}(?:[- ](?:thousand|million|billion|trillion)(?:,?[ ](?:and[ ])?{_HUNDREDS})?)*"
_BIG = "hundred|thousand|million|billion|trillion"
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_PART = r"(?:third|quarter|fifth|sixth|eighth|tenth)"
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_SPELL = r"(?:million|billion|games?|match|attempts|(?:second|minute|hour|day|week|month|year|decade)s?)\b"
_NOT_ORDINAL = r"(?!-?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b)"

_NUMBER = re.compile(
    rf"""
      (?P<half_scale>\bhalf[ -]an?[ -](?P<hs>{_BIG}|dozen)|\ba[ ]quarter[ ]of[ ]a[ ](?P<qs>{_BIG}))\b
    | (?P<half_unit>\bhalf[ -]an?(?=[ -](?:hour|mile|day|century|decade|inch|kilo|point|percent|pound|ton|acre)))
    | \b(?P<many>(?:tens|dozens|scores|hundreds|thousands|millions|billions)
        (?:[ ]of[ ](?:thousands|millions|billions)|(?=[ ](?!of\b)|[ ]of[ ]|\W|$)))\b
    | \b(?P<several>(?:several|a[ ]few|many|a[ ]couple[ ]of)[ ](?P<ss>{_BIG}|dozen))\b
    | \b(?P<couple>a[ ]couple[ ]of)\b
    | \b(?P<part>(?:(?:one|two|three|four|five|seven|nine)[ -]{_PART}s?)
        |a[ ]{_PART}(?=[ ]of\b)|(?<=by[ ])a[ ]{_PART}|(?<=\bby[ ])half|half(?=[ ](?:of|the|its|their|his|her|all)\b)
        |(?<=than[ ])half|(?<=than[ ])a[ ]{_PART})\b(?![ -](?:century|hour))
    | (?<![\w.,/$£€])(?P<ratio>(?:{_UNITS}|[1-9])(?:[ ]out[ ]of[ ]|[ ]in[ ])(?:every[ ])?
        (?:three|four|five|six|seven|eight|nine|ten|[3-9]|100?|1,?000))(?![\w,.%/:-]*\w)(?![ ]{_SPELL})
    | (?P<digits>(?<![\w/])(?<!\d[.,])(?<!\d\s-)(?:(?P<whole>(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?)
        (?:[ -]?(?P<num>[1-9])/(?P<den>[2-9])(?![\d/])|\s?(?P<glyph>[½¼¾⅓⅔]))?
        |(?<!\d)(?P<bare>[½¼¾⅓⅔])|(?P<point>\.\d+))
        (?:[ -]?(?P<scale>hundred|thousand|million|billion|trillion|dozen|lakh|crore|bn|mn|mln|bln|tn|trn)\b
          |[ ]?(?P<suffix>[kKmMbB])(?!\w))?)
    | \b(?P<words>an?[ -](?P<as>{_BIG}|dozen)|(?P<ds>{_SMALL}|\d+)[ -]dozen
        |(?P<hw>{_SMALL})(?:[- ]and[- ]a[- ](?P<hp>half|quarter))(?:[- ](?P<hwscale>{_BIG}))?
        |{_CARDINAL}){_NOT_ORDINAL}\b
    """,
    re.X | re.I,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written at text[start:end]: the interval of its value, and how it was put.

    `scale` is what its last word multiplied it by (1.0 without one). `percent` marks a share ("half", "two-thirds",
    "one in five"), whose value is a percentage. `approximate` is True for words that only name a size ("dozens").
    """

    start: int
    end: int
    low: float
    high: float
    scale: float = 1.0
    percent: bool = False
    approximate: bool = False


def find_numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of `text` in order. Ages, dates, names and ids are among them.

    Words are read by text2num. "dozens" is [24, inf) and approximate, as are all plurals and "several hundred":
    at least two of the unit named; "a couple of" is 2, approximate. Shares are percentages: "half" is 50.
    """
    found = []
    for match in _NUMBER.finditer(text):
        found.extend(_read_match(match, text))
    return tuple(found)


def _read_match(match: re.Match[str], text: str) -> list[Number]:
    start, end = match.span()
    kind = match.lastgroup
    if kind == "digits":
        return [_read_digits(match, text)]
    if kind == "half_scale":
        name = (match["hs"] or match["qs"]).lower()
        value = SCALES[name] * (0.5 if match["hs"] else 0.25)
        return [Number(start, end, value, value, SCALES[name])]
    if kind == "half_unit":
        return [Number(start, end, 0.5, 0.5)]
    if kind == "many":
        low = math.prod(
            {"tens": 10.0, "dozens": 12.0, "scores": 20.0}.get(word, SCALES.get(word[:-1], 1.0))
            for word in match["many"].lower().split(" of ")
        )
        return [Number(start, end, 2 * low, math.inf, low, approximate=True)]
    if kind == "several":
        scale = SCALES[match["ss"].lower()]
        high = 2 * scale if "couple" in match["several"].lower() else math.inf
        return [Number(start, end, 2 * scale, high, scale, approximate=True)]
    if kind == "couple":
        return [Number(start, end, 2.0, 2.0, approximate=True)]
    if kind in ("part", "ratio"):
        share = _read_part(match["part"]) if kind == "part" else _read_ratio(match["ratio"])
        return [Number(start, end, share, share, percent=True)] if share is not None else []
    return _read_words(match)


def _read_digits(match: re.Match[str], text: str) -> Number:
    value = float((match["whole"] or match["point"] or "0").replace(",", ""))
    if match["num"] and int(match["num"]) < int(match["den"]):
        value += int(match["num"]) / int(match["den"])
    value += _GLYPHS.get(match["glyph"] or match["bare"] or "", 0.0)
    number = Number(match.start(), match.end(), value, value)
    scale = (match["scale"] or match["suffix"] or "").lower()
    if not scale:
        return number
    if match["suffix"] and not _is_scale(match, text):
        return replace(number, end=match.start("suffix") - (text[match.start("suffix") - 1] == " "))
    return replace(number, low=value * SCALES[scale], high=value * SCALES[scale], scale=SCALES[scale])


def _is_scale(match: re.Match[str], text: str) -> bool:
    """Tell million from metre: "$37m", "37M" and "37m users" are millions, "37 m" and "a 37m wall" metres."""
    suffix = match["suffix"]
    if read_sign(text[: match.start()])[0]:
        return True
    close = text[match.start("suffix") - 1] != " "
    if suffix in "MK":
        return close
    return suffix in "mk" and close and bool(re.match(r" (?:people|[a-z]+[a-rt-z]s)\b", text[match.end() :]))


def _read_part(text: str) -> float | None:
    words = re.split(r"[ -]", text.lower())
    below = _PARTS[words[-1].rstrip("s") if words[-1] != "half" else "half"]
    above = 1 if words[0] in ("a", "half") else int(text2num(words[0], "en"))
    if words[0] not in ("a", "half", "one") and not words[-1].endswith("s"):
        return None
    return round(100 * above / below, 4) if above < below else None


def _read_ratio(text: str) -> float | None:
    above, below = (_read_value(part) for part in re.split(r" out of (?:every )?| in (?:every )?", text.lower()))
    return round(100 * above / below, 4) if 0 < above < below else None


def _read_value(text: str) -> float:
    text = text.strip().replace(",", "")
    return float(text) if text[0].isdigit() else float(text2num(text.replace("-", " "), "en"))


def _read_words(match: re.Match[str]) -> list[Number]:
    start, end = match.span()
    if match["as"]:
        scale = SCALES[match["as"].lower()]
        return [Number(start, end, scale, scale, scale)]
    if match["ds"]:
        value = 12 * _read_value(match["ds"])
        return [Number(start, end, value, value, 12.0)]
    if match["hw"]:
        scale = SCALES.get((match["hwscale"] or "").lower(), 1.0)
        value = (_read_value(match["hw"]) + (0.5 if match["hp"].lower() == "half" else 0.25)) * scale
        return [Number(start, end, value, value, scale)]
    words = match["words"].lower()
    scale = SCALES.get(re.split(r"[ -]", words)[-1], 1.0)
    try:
        value = _read_value(words)
    except ValueError:  # two numbers side by side ("twenty ten"): neither is certain
        return []
    return [Number(start, end, value, value, scale)]
