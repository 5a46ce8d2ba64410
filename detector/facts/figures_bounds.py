"""From the words around a number to its interval: bounds, approximations, ranges, changes."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from detector.facts.figures_numbers import Number
from detector.facts.units import DURATIONS, read_sign, read_unit

NEAR = 0.1
"""How far below X "nearly X" reaches, and above X "just over X", as a share of X."""

_LOWER = (
    r"at least|at minimum|(?:well |far |slightly |much |considerably )?more than|(?:well )?over|(?:well )?above"
    r"|(?:no|not) (?:fewer|less) than|upwards? of|in excess of|(?:a )?minimum(?: of)?|exceed(?:s|ed|ing)?"
    r"|greater than|longer than|beyond|top(?:s|ped|ping)|surpass(?:es|ed|ing)?"
    r"|as (?:few|little) as|older than|higher than|>"
)
_UPPER = (
    r"up to|at (?:the )?most|(?:no|not) (?:more|longer|higher|greater) than|(?:far |well )?(?:fewer|less) than"
    r"|(?:well )?under|(?:well )?below|(?:a )?maximum(?: of)?"
    r"|as (?:many|much) as|lower than|shorter than|short of|within|<"
)
_ABOUT = (
    r"about|around|some|roughly|approximately|approx\.?|(?:an )?estimated(?: at)?|circa|ca?\.|~|close to"
    r"|in the region of|(?:in|on|of) the order of|perhaps|maybe|an average of|more or less|something like|or so"
)
_NEARLY = (
    r"nearly|almost|just (?:under|below)|slightly (?:less|fewer) than|just short of"
    r"|a little (?:under|less than)|not quite|virtually|approach(?:es|ed|ing)|near(?:s|ed|ing)"
)
_JUST_OVER = r"just (?:over|above)|a little (?:over|more than)|slightly over"
_CUE = re.compile(
    rf"(?<!\w)(?:(?P<just>{_JUST_OVER})|(?P<nearly>{_NEARLY})|(?P<upper>{_UPPER})|(?P<lower>{_LOWER})|(?P<about>{_ABOUT}))"
    r"(?: (?:another|the|an?|its|their))?[ ]?$",
    re.I,
)
_BOUNDS = ("upper", "lower")
_AFTER = re.compile(
    r"\s?(?:(?P<lower>\+|-?plus\b|or (?:more|greater|above|higher)\b|and (?:over|above|up|more)\b)"
    r"|(?P<upper>or (?:fewer|less|under|below)\b|at (?:the )?most\b)"
    r"|(?P<about>-ish\b|-?odd\b|or so\b|or thereabouts\b))",
    re.I,
)
_AFTER_NOUN = re.compile(r" [a-z]+ or (?:(?P<lower>more)|(?P<upper>fewer|less))\b(?! [a-z])")
_OVER_SPAN = re.compile(
    r"\b(?:for|last\w*|took|takes?|taken|after|is|was|are|were|be|been|just|well|wait\w*|spent|of|with) over$", re.I
)
_CHANGE = re.compile(
    r"\b(?:r[io]se\w*|rising|fell|fall\w*|increas\w+|decreas\w+|drop\w*|grew|grow\w*|declin\w+|climb\w*|jump\w*|cut|raised?|raising"
    r"|lower\w*|reduc\w+|up|down|surg\w+|slip\w*|shr[aiu]nk|widen\w*|narrow\w*|slash\w*|chang\w+)\W*$",
    re.I,
)
_RANGING = re.compile(r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anywhere|anything) from\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Amount:
    """An interval with its unit as written at text[start:end] (with bounds); the bare number is text[core:stop]."""

    start: int
    end: int
    core: int
    stop: int
    low: float
    high: float
    unit: str
    approximate: bool
    scale: float = 1.0


def read_amounts(text: str, numbers: tuple[Number, ...]) -> tuple[Amount, ...]:
    """Join numbers to their units, signs and ranges, and apply bounds and approximations.

    An open end is infinite; an upper bound starts at 0, or at minus infinity for temperatures. "Fewer than 10" and
    "more than 10" include 10: news uses them with round figures. "nearly X" is [0.9 X, X] and "just over X" [X, 1.1 X],
    both approximate. "from 5 to 7 percent" is a change, two figures, unless the text says that it ranges.
    """
    amounts = [_attach_unit(text, number) for number in numbers]
    joined: list[Amount] = []
    while amounts:
        first = amounts.pop(0)
        if amounts and (link := _find_link(text, first, amounts[0])):
            left, right = _share_unit(first, amounts[0])
            if link == "range":
                amounts.pop(0)
                joined.append(replace(left, end=right.end, stop=right.stop, high=right.high, unit=right.unit))
                continue
            first, amounts[0] = left, right
        joined.append(first)
    return tuple(_apply_cues(text, amount) for amount in joined)


def _attach_unit(text: str, number: Number) -> Amount:
    start, end, unit = number.start, number.end, "percent" if number.percent else ""
    if not unit:
        unit, length = read_sign(text[:start])
        start -= length
        after, taken = read_unit(text[end:], text[:end].rpartition(";")[2] + text[end:].partition(";")[0])
        if not unit or (after == unit):
            unit, end = (after, end + taken) if after else (unit, end)
    low, high, approximate = number.low, number.high, number.approximate
    if not unit and re.search(r"\bmagnitude(?: of)?(?: about| around)? ?$", text[: number.start], re.I):
        unit = "magnitude"
    if (
        text[: number.start].endswith(("-", "−"))
        and unit in ("celsius", "fahrenheit", "degree")
        and start == number.start
    ):
        start, low, high = start - 1, -low, -high
    ish = re.match(r"-ish\b", text[end:])
    if ish:
        end, approximate = end + ish.end(), True
    return Amount(start, end, number.start, number.end, low, high, unit, approximate, number.scale)


def _find_link(text: str, left: Amount, right: Amount) -> str:
    """Return "range" or "change" if the two amounts are the ends of one, else ""."""
    between, before = text[left.end : right.start], text[: left.start]
    between = re.sub(r"(?:about|around|nearly|almost|perhaps|as (?:many|much) as|up to) $", "", between)
    if left.unit and right.unit and left.unit != right.unit:
        return ""
    if re.fullmatch(r"\s?(?:[-–—]|-?\s?to|-to-)\s?|-?,? (?:and|or) ", between) is None:
        return ""
    word = between.strip(" ,-")
    if word == "and":
        if re.search(r"\bbetween (?:about |around |roughly )?$", before, re.I):
            return "range"
        return "change" if right.unit == "percent" and not left.unit else ""  # "rose 5 and 7 percent"
    if word == "or":
        return "range" if right.low == left.high + 1 and not left.unit else ""
    if _RANGING.search(before) or left.high >= right.low * max(left.scale / right.scale, 1):
        return "range" if _RANGING.search(before) else "change"
    if word == "to" and (re.search(r"\bfrom(?: \w+)? $", before, re.I) or _CHANGE.search(before)):
        return "change"
    return "range"


def _share_unit(left: Amount, right: Amount) -> tuple[Amount, Amount]:
    """Give both ends the unit and the scale that only one of them was written with: "$1-2 billion"."""
    unit = left.unit or right.unit
    if left.scale == 1 and right.scale >= 1000 and left.high < 1000:
        left = replace(left, low=left.low * right.scale, high=left.high * right.scale, scale=right.scale)
    return replace(left, unit=unit), replace(right, unit=unit)


def _apply_cues(text: str, amount: Amount) -> Amount:
    start, end = amount.start, amount.end
    low, high, approximate = amount.low, amount.high, amount.approximate
    if between := re.search(r"\bbetween (?:about |around |roughly )?$", text[:start], re.I):
        start, approximate = between.start(), approximate or between.group().strip().lower() != "between"
        return replace(amount, start=start, approximate=approximate)
    floor = -math.inf if amount.unit in ("celsius", "fahrenheit", "degree") else 0.0
    bound = ""
    while (cue := _CUE.search(text[:start])) and not _is_other_use(text, cue, amount):
        kind = cue.lastgroup
        if kind in _BOUNDS and bound not in ("", kind):
            break  # "may be exceeded within 10 days": no number is both
        start, bound = cue.start(), kind if kind in _BOUNDS else bound
        if kind == "just":
            low, high, approximate = low, high * (1 + NEAR), True
        elif kind == "nearly":
            low, high, approximate = low * (1 - NEAR), high, True
        elif kind == "upper":
            low = floor
        elif kind == "lower":
            high = math.inf
        approximate = approximate or kind == "about"
    if after := _AFTER.match(text, end):
        end = after.end()
        low = floor if after["upper"] else low
        high = math.inf if after["lower"] else high
        approximate = approximate or bool(after["about"])
    elif after := _AFTER_NOUN.match(text, end):  # "60 votes or more": the figure stops before the noun
        low, high = (floor, high) if after["upper"] else (low, math.inf)
    return replace(amount, start=start, end=end, low=low, high=high, approximate=approximate)


def _is_other_use(text: str, cue: re.Match[str], amount: Amount) -> bool:
    """Tell "over three years" (during) from "over 300 people"; "within" and "beyond" bound durations only."""
    word = re.sub(r" (?:another|the|an?|its|their)? *$", "", cue.group().lower()).strip()
    if word == "over" and amount.unit in DURATIONS:
        return not _OVER_SPAN.search(text[: cue.start() + 4])
    if word in ("within", "beyond"):
        return amount.unit not in DURATIONS
    if word in ("below", "above", "under", "over") and cue.group().rstrip().endswith(("the", "its", "their")):
        return True
    return word == "maybe" and text[: cue.start()].rstrip().endswith(",")
