"""Comparing the figures of two claims: only what counts the same thing in the same unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detector.facts.figures_relation import figures_relation
from detector.judge.bases import (
    FARTHEST,
    NEAR,
    SMALL,
    find_basis,
    is_listed,
    measure_distance,
    tell_one_count,
    tell_two_fates,
)
from detector.judge.spans import find_clause
from detector.judge.words import read_words, share_word
from detector.records import Claim, Contrast, Figure

_OPEN = re.compile(
    r"\b(?:(?:will|would) (?:also )?depend|depends? on|h[au]ng on"
    r"|(?:is|are|was|were|remain\w*|be|left?|leav\w+\b.{0,40}) (?:still |as yet )?(?:unknown|unclear|undecided|open|uncertain)"
    r"|(?:not|n[’']t) (?:yet |be |been |yet been )*(?:known|clear|disclosed?|decided|specif\w+|given?|said|say|released?|established"
    r"|determined|predicted|estimated?|counted|settled|commit)"
    r"|(?:no|(?:not|n[’']t|without|declin\w+|refus\w+)\b[^.;]{0,30}\bany) (?:reliable |exact |official )?"
    r"(?:figures?|numbers?|estimates?|details?)\b"
    r"|(?:ha(?:s|ve|d)|is|are|was|were|remain\w*) (?:still |also )?yet to (?:be )?"
    r"(?:know|sa(?:y|id)|give|release|publish|disclose|decide how|determine|establish|count|confirm|estimate"
    r"|set|announce|specify|name|agree|reveal)\w*|unspecified|undisclosed"
    r"|declined to (?:say|give|put|offer|name)|(?:too|still) early to \w+|nobody (?:could|can|knows?)\b|no one (?:could|can|knows?)\b)",
    re.IGNORECASE,
)
_AMOUNT_OF = re.compile(
    r"\b(?:(?:number|amount|size|scale|costs?|price|toll|total|sum|strength|figures?|estimates?) (?:of|for)|how (?:many|much))"
    r" ((?:[\w’'-]+ ?){1,4})",
    re.IGNORECASE,
)
# What stands in front of an old value, or of one that is not claimed.
_PAST_VALUE = re.compile(
    r"\b(?:(?:up|down|revised|changed|increased|reduced|increase|drop|fall|rise) from|to [\w.,$€£%-]+(?: \w+)? from"
    r"|compared (?:with|to)|instead of|rather than|(?:earlier|(?:previous|initial|original)ly)\b[^.,;:\d]{0,40}"
    r"|(?:previous|initial|original)(?: [\w’'-]+){0,4})\s*$",
    re.IGNORECASE,
)
# One who is named, and so many others.
_AND, _OTHERS = re.compile(r"\b(?:and|with|plus) $"), re.compile(r"\s(?:others?|more)\b")
_MORE = 1.1  # up to this factor a number beyond a bound is what the bound meant ("at least 50", "53")
_FAR = 2.0  # beyond this factor two values of one thing are as often two things
_FITTING = ("same", "rounds", "within", "beyond")


def compare_figures(a: Claim, b: Claim) -> Contrast | None:
    """Compare the figures of two claims.

    Returns:
        None when neither or only one gives a figure (unless the other leaves it open). Else the outcome: "same", "rounds", "within",
        "beyond" (it lies well beyond the other's bound), "different" (the same thing counted, another value), "apart" (the same, but
        so far from each other that they may be two counts, or one of several figures of the kind), "near" (nearly equal, but it is
        not plain that they count the same), "open", "scope" (the same noun, counted on another basis), or "other".
    """
    if not a.facts.figures or not b.facts.figures:
        return _compare_open(a, b)
    left, right = ([figure for figure in claim.facts.figures if not _recalls(figure, claim)] for claim in (a, b))
    found = [match for f in left for g in right if (match := _match_figures(f, g, a, b))]
    if not found:
        return _compare_open(a, b) or Contrast("other")
    found.sort(key=lambda match: measure_distance(match[1], match[2]))  # of several the nearest are set side by side
    equal = {id(x) for f in left for g in right if _settle(f, g, left, right) for x in (f, g)}
    # A figure that has its equal on the other side is settled; what is left over decides.
    settled = equal | {id(x) for outcome, f, g in found if outcome in _FITTING for x in (f, g)}
    for wanted in ("different", "apart", "near", *_FITTING, "listed", "scope", "alike"):
        for outcome, f, g in found:
            if outcome == wanted and (outcome in _FITTING or not {id(f), id(g)} & settled):
                if outcome == "alike":
                    outcome = "near" if measure_distance(f, g) <= NEAR else "apart"
                return Contrast("apart" if outcome == "listed" else outcome, (f.start, f.end), (g.start, g.end))
    return Contrast("other")


def _match_figures(f: Figure, g: Figure, a: Claim, b: Claim) -> tuple[str, Figure, Figure] | None:
    """Return the outcome of two figures with the figures, or None when they cannot be compared.

    "listed" is one of several figures of a kind, "alike" another value in the same place of what is told; both stand back behind figures
    that fit.
    """
    basis = find_basis(f, g, a, b)
    if basis is None:
        return None
    if _adds_up(f, a, g) or _adds_up(g, b, f):
        return "same", f, g
    outcome, vague = figures_relation(f, g), _is_vague(f) or _is_vague(g)
    if outcome == "different" and vague:
        return None
    if outcome == "different" and basis in ("same", "near", "alike"):
        return _tell_apart(basis, f, g, a, b), f, g
    one_end = {f.low, f.high} & {g.low, g.high} - {float("inf")}
    fits = outcome in ("same", "rounds") or (outcome == "within" and bool(one_end))
    if basis == "alike" and min(f.high, g.high) <= SMALL:
        return None
    if basis == "same" or fits:
        beyond = outcome == "within" and not fits and not vague and measure_distance(f, g) > _MORE
        return "beyond" if beyond else outcome, f, g
    several = max(f.low, g.low) > SMALL and min(f.high, g.high) > 1
    return ("scope", f, g) if basis == "scope" and several and not vague else None


def _tell_apart(basis: str, f: Figure, g: Figure, a: Claim, b: Claim) -> str:
    """Return what two values are that do not fit, by what tells that they count the same."""
    if basis == "alike":
        return basis
    listed = any(
        is_listed(x, [y for y in claim.facts.figures if not _recalls(y, claim)]) for x, claim in ((f, a), (g, b))
    )
    if basis == "near":
        return "different" if not listed and tell_one_count(f, g, a, b) else "near"
    # Beyond the farther bound only a slip of the pen is left, in the same statement.
    return "listed" if listed else "apart" if _FAR < measure_distance(f, g) <= FARTHEST else "different"


def _settle(f: Figure, g: Figure, left: Sequence[Figure], right: Sequence[Figure]) -> bool:
    """Whether two figures are the same number in the same unit, no small one, and so settle each other, whatever they count.

    They do not where they count two fates of people, or where one of them has its own noun again on the other side.
    """
    if (f.low, f.high, f.unit) != (g.low, g.high, g.unit) or f.high <= SMALL or tell_two_fates(f, g):
        return False
    nouns = f.counted.split()[-1:], g.counted.split()[-1:]
    if not nouns[0] or not nouns[1] or nouns[0] == nouns[1]:
        return True
    again = (x.counted.split()[-1:] for x in right), (x.counted.split()[-1:] for x in left)
    return nouns[0] not in again[0] and nouns[1] not in again[1]


def _adds_up(part: Figure, claim: Claim, whole: Figure) -> bool:
    """Whether the figures of one claim add up to the other's ("48 officials and 12 officers", "60 in all"; "Oslo and 15 others", "16")."""
    parts = [x for x in claim.facts.figures if x.unit == part.unit and x.low == x.high]
    besides = _AND.search(claim.text[: part.start]) and _OTHERS.match(claim.text[part.end :])
    if len(parts) == 1 and besides and part.low == part.high and whole.low == whole.high == part.low + 1:
        return True
    return len(parts) > 1 and part in parts and whole.low == whole.high == sum(x.low for x in parts)


def _is_vague(figure: Figure) -> bool:
    """Whether it is no count at all ("dozens", "thousands of")."""
    return figure.approximate and figure.high == float("inf")


def _recalls(figure: Figure, claim: Claim) -> bool:
    """Whether it recalls an old value ("up from 12")."""
    return bool(_PAST_VALUE.search(claim.text[: figure.start]))


def _compare_open(a: Claim, b: Claim) -> Contrast | None:
    """Return "open" when one gives a figure for a thing whose number the other says is not known."""
    for given, vague, swap in ((a, b, False), (b, a, True)):
        if not given.facts.figures or not (opened := _OPEN.search(vague.text)):
            continue
        place = opened.start()
        around = vague.text[slice(*find_clause(vague, (place, place + 1)))]
        # "The number of soldiers will depend on ...": it is the soldiers that are left open, and nothing else in the clause.
        if not (named := _AMOUNT_OF.search(around)):
            continue
        words = read_words(named.group(1))
        for figure in given.facts.figures:
            # A share is not the number.
            if figure.unit != "percent" and share_word(frozenset(figure.counted.split()[-1:]), words):
                spans = ((figure.start, figure.end), opened.span())
                return Contrast("open", *(reversed(spans) if swap else spans))
    return None
