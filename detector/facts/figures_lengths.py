"""Measures that are written in more than one part, or as on a stopwatch, and distances from a place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace

from detector.facts.figures_bounds import Amount
from detector.facts.units_convert import convert

_JOINT = re.compile(r",? (?:and )?")
_BETWEEN = re.compile(r"\bbetween\s*$", re.I)
_STOPWATCH = re.compile(
    r"(?<![\d:.])(?:(?:(?P<h>\d{1,2}):)?(?P<m>[0-5]?\d):(?P<s>[0-5]\d\.\d{1,3})"
    r"|(?<=\bin )(?P<h2>\d{1,2}):(?P<m2>[0-5]\d):(?P<s2>[0-5]\d)|(?<=time of )(?P<h3>\d{1,2}):(?P<m3>[0-5]\d):(?P<s3>[0-5]\d))"
    r"(?![\d:]| ?(?:[AaPp]\.?[Mm]\b|[A-Z]{3,4}\b))"
)
_WAYS = frozenset({"m", "km", "mile", "nautical mile", "yard", "foot"})
_COMPASS = r"(?:north|south|east|west)[a-z-]*"
_FROM = re.compile(
    rf"\)?(?: \([^()]{{1,25}}\))?,? (?P<where>(?:(?:to )?(?:the )?(?:due )?{_COMPASS}(?: {_COMPASS})? (?:of|from)"
    r"|(?:away )?from|off|outside) (?P<place>(?:[\w’'-]+ ?){1,6}))",
    re.I,
)
_ENDS = re.compile(
    r" (?:and|or|but|where|when|while|as|that|which|who|after|before|because|to|in|on|at|by|with|is|are|was|were|has|have|had)\b.*"
)


def join_parts(text: str, amounts: Iterable[Amount]) -> list[Amount]:
    """Join what is one measure in two units: "12 hours and 52 minutes" is 772 minutes, "5 feet 10 inches" 70 inches.

    The second part must be less than one of the first; neither may be a range. A bound stays one.
    """
    joined: list[Amount] = []
    for part in amounts:
        whole = _add(text, joined[-1], part) if joined else None
        if whole is not None:
            joined[-1] = whole
        else:
            joined.append(part)
    return joined


def _add(text: str, first: Amount, second: Amount) -> Amount | None:
    one = convert(1.0, first.unit, second.unit) if first.unit and second.unit else None
    if one is None or one <= 1.0 or not 0 < second.low == second.high < one:
        return None
    is_range = first.low != first.high and first.low > 0 and not math.isinf(first.high)
    if is_range or not _JOINT.fullmatch(text[first.end : second.start]) or _BETWEEN.search(text[: first.core]):
        return None
    low, high = (round(end * one + second.low, 6) if 0 < end < math.inf else end for end in (first.low, first.high))
    return replace(first, end=second.end, stop=second.stop, low=low, high=high, unit=second.unit, scale=1.0)


def find_stopwatch_times(text: str) -> list[Amount]:
    """Return times as a stopwatch gives them, in seconds: "14:41.9", "in 2:05:11"; times of day have no such form."""
    found = []
    for match in _STOPWATCH.finditer(text):
        hours, minutes, seconds = (next((match[k] for k in (n, n + "2", n + "3") if match[k]), "0") for n in "hms")
        value = round(3600 * int(hours) + 60 * int(minutes) + float(seconds), 3)
        found.append(
            Amount(match.start(), match.end(), match.start(), match.end(), value, value, "second", approximate=False)
        )
    return found


def read_place(text: str, amount: Amount) -> str:
    """Return from where a distance is measured ("southeast of Moscow", "from the border"), "" for any other measure."""
    match = _FROM.match(text, amount.end) if amount.unit in _WAYS else None
    if match is None:
        return ""
    place = _ENDS.sub("", match["place"]).strip()
    return f"{text[match.start('where') : match.start('place')]}{place}" if place else ""
