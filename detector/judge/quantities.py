"""Comparing the figures of two claims: only what counts the same thing in the same unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detector.facts.figures_relation import figures_relation
from detector.facts.units_convert import convert
from detector.judge.words import count_matches, match_words, read_words, share_word
from detector.records import Claim, Contrast, Figure

_OPEN = re.compile(
    r"\b(?:(?:will|would) (?:also )?depend|depends? on|h[au]ng on"
    r"|(?:is|are|was|were|remain\w*|be|left?|leav\w+\b.{0,40}) (?:still |as yet )?(?:unknown|unclear|undecided|open|uncertain)"
    r"|(?:not|n[’']t) (?:yet |be |been |yet been )*(?:known|clear|disclosed?|decided|specif\w+|given?|said|say|released?|established"
    r"|determined|predicted|estimated?|counted|settled|commit)"
    r"|(?:no|any) (?:reliable |exact |official )?(?:figures?|numbers?|estimates?|details?)|yet to (?:be )?\w+|unspecified|undisclosed"
    r"|declined to (?:say|give|put|offer|name)|(?:too|still) early to \w+|nobody (?:could|can|knows?)\b|no one (?:could|can|knows?)\b)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\b(?:number|amount|size|scale|costs?|price|toll|total|sum|strength|figures?|estimates?|how (?:many|much|far|long|big|large))\b",
    re.IGNORECASE,
)
_SMALL = 3  # "two men" here and "three men" there are seldom one count
_MOVES = frozenset(
    "stood stands rose risen rises climbed grew grown fell fallen dropped reached reaches reach extended "
    "increased narrowed passed put puts said says number numbered totalled total now least still only far "
    "so speaking counted reported known".split()
)
# What can befall people: counts of two different fates are two facts, not one fact counted in two ways.
_FATES = tuple(
    frozenset(words.split())
    for words in (
        "killed died dead death deaths toll dying kill lives",
        "injured wounded hurt injuring hospital hospitalised hospitalized treated burns",
        "missing unaccounted disappeared",
        "arrested detained custody jailed charged", "evacuated displaced homeless fled sheltering shelter",
        "rescued saved freed released survived survivors", "infected tested sick ill cases", "born", "vaccinated",
    )
)  # fmt: skip
_PEOPLE = frozenset({"people", "person", "man", "woman", "dead", "toll", "victim"})


def compare_figures(a: Claim, b: Claim) -> Contrast | None:
    """Compare the figures of two claims.

    Returns:
        None when neither or only one gives a figure (unless the other leaves it open). Else the outcome: "same", "rounds", "within",
        "different" (the same thing counted, another value), "open", "scope" (the same noun, counted on another basis), or "other".
    """
    if not a.facts.figures or not b.facts.figures:
        return _compare_open(a, b)
    found = list(_match_figures(a, b))
    if not found:
        return _compare_open(a, b) or Contrast("other")
    # A figure that has its equal on the other side is settled; what is left over decides.
    settled = {id(f) for outcome, f, g in found if outcome in ("same", "rounds", "within") for f in (f, g)}
    for wanted in ("different", "same", "rounds", "within", "scope"):
        for outcome, f, g in found:
            if outcome == wanted and (outcome in ("same", "rounds", "within") or not {id(f), id(g)} & settled):
                return Contrast(outcome, (f.start, f.end), (g.start, g.end))
    return Contrast("other")


def _match_figures(a: Claim, b: Claim) -> Iterator[tuple[str, Figure, Figure]]:
    """Yield the outcome of each pair of figures that can be compared."""
    for f in a.facts.figures:
        for g in b.facts.figures:
            basis = _find_basis(f, g)
            if basis is None or _is_reference(f, a) or _is_reference(g, b):
                continue
            outcome = figures_relation(f, g)
            if basis == "scope":
                # Equal values are taken for the same count, whatever the words around them.
                if (outcome in ("same", "rounds") and f.high > _SMALL) or (
                    outcome == "within" and (f.low == g.low or f.high == g.high)
                ):
                    yield outcome, f, g
                elif max(f.low, g.low) > _SMALL and not _is_vague(f) and not _is_vague(g):
                    yield "scope", f, g
            else:
                yield outcome, f, g


def _read_scope(figure: Figure) -> frozenset[str]:
    """The scope's content words without those that only say that a number stands or moves."""
    return frozenset(word for word in read_words(figure.scope) if word not in _MOVES)


def _find_fates(figure: Figure) -> frozenset[int]:
    """Return which fates a figure counts."""
    words = read_words(f"{figure.scope} {figure.counted}")
    return frozenset(i for i, fate in enumerate(_FATES) if words & fate)


def _match_nouns(a: str, b: str) -> bool:
    """Whether two counted nouns can be the same things; "people" can be any that are hurt, counted, or gone."""
    return match_words(a, b) or bool({a, b} & _PEOPLE)


def _find_basis(f: Figure, g: Figure) -> str | None:
    """Return "same" or "scope" for two figures of the same unit and noun, or None when they count different things."""
    if f.unit != g.unit and not _convertible(f, g):
        return None
    left, right = f.counted.split(), g.counted.split()
    if f.unit and left and right and share_word(frozenset(left), frozenset(right)):
        return "same"
    if left and right and not _match_nouns(left[-1], right[-1]):
        return None
    fates = _find_fates(f), _find_fates(g)
    if fates[0] and fates[1] and not fates[0] & fates[1]:
        return None
    scopes = _read_scope(f), _read_scope(g)
    if left and right and not match_words(left[-1], right[-1]):
        # Only what is said of them can tell whether "34 people" and "41 passengers" are one count.
        return "same" if share_word(scopes[0] | frozenset(left), scopes[1] | frozenset(right)) else None
    modifiers = frozenset(left[:-1]), frozenset(right[:-1])
    if left and right:
        if modifiers[0] and modifiers[1] and not share_word(*modifiers):
            return None
        return "same" if not scopes[0] or not scopes[1] or share_word(*scopes) else "scope"
    # One noun is missing: the predicates must speak for it ("12 were killed", "killing 15 people").
    joint = share_word(scopes[0] | frozenset(left), scopes[1] | frozenset(right))
    return "same" if joint else None


def _is_vague(figure: Figure) -> bool:
    """Whether it is no count at all ("dozens", "thousands of")."""
    return figure.approximate and figure.high == float("inf")


def _is_reference(figure: Figure, claim: Claim) -> bool:
    """Whether it only points at things that are known already ("the two countries", "both men")."""
    return figure.high <= _SMALL and bool(
        re.search(r"\b(?:the|these|those|all|both|other)\s*$", claim.text[: figure.start], re.IGNORECASE)
    )


def _convertible(f: Figure, g: Figure) -> bool:
    """Whether two different units measure the same (kilometres and miles)."""
    return bool(f.unit and g.unit) and convert(1.0, f.unit, g.unit) is not None


def _compare_open(a: Claim, b: Claim) -> Contrast | None:
    """Return "open" when one gives a figure for a thing whose number the other says is not known."""
    for given, vague, swap in ((a, b, False), (b, a, True)):
        if not given.facts.figures or not (opened := _OPEN.search(vague.text)):
            continue
        words = read_words(vague.text) | frozenset(vague.facts.lemmas)
        about_amount = bool(_AMOUNT.search(vague.text))
        for figure in given.facts.figures:
            things = frozenset(figure.counted.split()[-1:]) or _read_scope(figure)
            if share_word(things, words) and (about_amount or count_matches(_read_scope(figure), words) > 1):
                spans = ((figure.start, figure.end), opened.span())
                return Contrast("open", *(reversed(spans) if swap else spans))
    return None
