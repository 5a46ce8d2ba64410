"""Counts that go on: a later report that says how far a count has come, which the earlier one gave as it stood."""

from __future__ import annotations

import re

from detector.facts.figures_relation import figures_relation
from detector.judge.bases import (
    are_convertible,
    are_placed_apart,
    find_fates,
    is_forecast,
    is_listed,
    is_reference,
    measure_distance,
    name_two_actors,
    tell_of_two_times,
    tell_two_fates,
)  # fmt: skip
from detector.judge.spans import find_clause
from detector.judge.words import read_words, share_word
from detector.records import Claim, Contrast, Figure, Pair

_ONE_MATTER = 0.45  # cosine from which two counts are taken to be of one matter
_NEXT = 12  # characters behind a clause in which the next one begins, with "since"
_FARTHEST = 100.0  # a count of one thing seldom grows by more than this factor between two reports
_TIME = r"(?:noon|midday|midnight|dawn|dusk|(?:early|late|mid)?[ -]?(?:morning|afternoon|evening|night)|\w+day"
_TIME += r"|\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m)"
_MOVED_TO = re.compile(
    r"\b(?:(?:rose|risen|rises|grew|grown|climbed|jumped|increased|up|swollen|swelled|spread|extended|widened|raised|fell|fallen|dropped|slipped"
    r"|shrunk|shrank|decreased|declined|narrowed|down|cut|reduced"
    r"|(?:br(?:ings?|inging|ought)|tak(?:es?|ing)|push(?:ed|ing)) [^.;]{3,80})\b(?: \w+ly)? (?:to|at)"
    r"|reached|passed|exceeded|topped|numbered|numbers|totall?ed|stood at|stands at|stand at|(?:is|are|was|were) now(?: put)?(?: at)?)"
    r"(?: (?:about|around|some|over|nearly|almost|only|just|more than|at least|a total of))*\s*$",
    re.IGNORECASE,
)
_RUNNING = re.compile(
    rf"\b(?:so far|now|to date|already|in total|in all|altogether|since|still|remain(?:s|ed)?|as of|by (?:\w+ )?{_TIME})\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(r"\b(?:has|have)\b(?! (?:to|no|not)\b)", re.IGNORECASE)
_EARLY = re.compile(r"\b(?:so far|still|counted|initial(?:ly)?|first count|by \w+day)\b", re.IGNORECASE)


def find_running_count(pair: Pair) -> Contrast | None:
    """Return "moved" where the report of a later day gives another value of a count that runs on, with the two figures as spans.

    The words must say so: "has risen to", "so far", "by Thursday", "now"; and the later figure must count what the earlier one counts, or
    the one sentence must name what the other counts. How far the two are apart says little there.
    """
    a, b = pair.earlier, pair.later
    if not (pair.days or 0) > 0 or a.as_of == b.as_of or pair.closeness < _ONE_MATTER or tell_of_two_times(a, b):
        return None
    for g in b.facts.figures:
        for f in a.facts.figures:
            if _runs_on(f, a, g, b) and not _stands_again(g, a) and not _stands_again(f, b):
                return Contrast("moved", (f.start, f.end), (g.start, g.end))
    return None


def _runs_on(f: Figure, a: Claim, g: Figure, b: Claim) -> bool:
    if (f.unit != g.unit and not are_convertible(f, g)) or figures_relation(f, g) != "different":
        return False
    if measure_distance(f, g) > _FARTHEST or 0 in (f.high, g.high) or tell_two_fates(f, g):
        return False
    for x, claim in ((f, a), (g, b)):
        if (
            is_reference(x, claim)
            or is_forecast(x, claim)
            or is_listed(x, claim.facts.figures)
            or _may_be_year(x, claim)
        ):
            return False
    if are_placed_apart(f, g, a, b) or name_two_actors(f, g, a, b) or not _says_so(f, a, g, b):
        return False
    return _count_one_thing(f, a, g, b)


def _says_so(f: Figure, a: Claim, g: Figure, b: Claim) -> bool:
    """Whether the later figure is said to be where a count has come to, or both are said to be of their time."""
    if _MOVED_TO.search(b.text[: g.start]):
        return True
    clauses = [find_clause(claim, (x.start, x.end)) for claim, x in ((a, f), (b, g))]
    early, late = (claim.text[start : end + _NEXT] for claim, (start, end) in zip((a, b), clauses, strict=True))
    if find_fates(g) and g.low > f.high and _PERFECT.search(late):
        return True  # "has killed 15": a toll in the perfect tense runs to the day of its report
    return bool(_RUNNING.search(late) or _EARLY.search(early))


def _count_one_thing(f: Figure, a: Claim, g: Figure, b: Claim) -> bool:
    """Whether one fate is counted, or one noun, or each counts what the other's sentence names."""
    nouns = frozenset(f.counted.split()[-1:]), frozenset(g.counted.split()[-1:])
    if find_fates(f) & find_fates(g):
        return True
    if f.unit:
        return bool(nouns[0] and nouns[1]) and share_word(*nouns)
    if not nouns[0] or not nouns[1]:
        return False
    if share_word(*nouns):
        return True
    named = share_word(nouns[0], read_words(b.text)) or share_word(nouns[1], read_words(a.text))
    return named and _MOVED_TO.search(b.text[: g.start]) is not None


def _may_be_year(figure: Figure, claim: Claim) -> bool:
    """Whether a bare number can be a year ("2020 Democrats")."""
    return not figure.unit and bool(re.fullmatch(r"(?:19|20)\d\d", claim.text[figure.start : figure.end]))


def _stands_again(figure: Figure, other: Claim) -> bool:
    """Whether the other claim gives the same value, too: then it has not moved."""
    return any(figures_relation(figure, x) in ("same", "rounds") for x in other.facts.figures if x.unit == figure.unit)
