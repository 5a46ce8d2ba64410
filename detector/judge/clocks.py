"""Comparing the times of day of two claims: only what tells when the same thing happened, on one day."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from detector.facts.clock_compare import compare_clocks, tell_moment
from detector.facts.names import match_names
from detector.judge.levels import UNLIKE_FIGURES
from detector.judge.quantities import compare_figures
from detector.judge.spans import find_clause
from detector.judge.words import count_matches, read_words, share_word
from detector.records import Claim, ClockTime, Contrast, Pair, Predicate

_ALIKE = 0.5  # share of a clause's words from which the two clauses are one statement
_ONE_STATEMENT = 0.6  # overlap of the words of two clauses, each of which says something that the other does not
_NEXT = 1  # days between two reports that still tell of one day, where not both name it
# What is so every day, or one of several, is no statement of one moment.
_HABIT = re.compile(
    r"\b(?:every|each|daily|nightly|weekly|weekdays?|weekends?|usually|normally|always|typically|often|hourly"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days)\b",
    re.IGNORECASE,
)
_ONE_OF_SEVERAL = re.compile(
    r"\b(?:second|third|fourth|another|again|aftershocks?|next|final|last|later|earlier|subsequent\w*|previous\w*|initial\w*|original\w*"
    r"|as (?:of|at)|resum\w+|reopen\w*|postpon\w+|delay\w*|reschedul\w+|instead|moved|extended|brought forward)\b",
    re.IGNORECASE,
)


def compare_days_and_clocks(pair: Pair, dates: Contrast | None) -> Contrast | None:
    """Return what the times of day add to the comparison of the two claims' dates.

    Args:
        pair: two claims.
        dates: how their dates compare, or None.

    Returns:
        `dates` where the times of day add nothing. Else "different" where on one day they exclude each other in the same statement, or
        "same" and "within" where they fit and the claims state no dates, or are one moment that two zones put on two days; with the
        two times as spans.
    """
    a, b = pair.earlier, pair.later
    if not a.facts.clocks or not b.facts.clocks:
        return dates
    if (moment := _find_one_moment(a, b)) is not None and (dates is None or dates.outcome != "within"):
        return moment
    if not _share_day(a, b, dates):
        return dates
    found = compare_clocks(a.facts.clocks, b.facts.clocks)
    if found is None:
        return dates
    outcome, x, y = found
    spans = ((x.start, x.end), (y.start, y.end))
    if outcome == "different":
        return Contrast("different", *spans) if _exclude_each_other(x, y, a, b) else dates
    return Contrast(outcome, *spans) if dates is None and _tell_of_one_event(x, y, a, b) else dates


def find_clock_words(pair: Pair, contrast: Contrast | None) -> tuple[ClockTime, ClockTime] | None:
    """Return the two times of day that a contrast rests on, or None where it rests on dates or on nothing."""
    if contrast is None:
        return None
    sides = ((pair.earlier, contrast.earlier), (pair.later, contrast.later))
    found = [
        next((clock for clock in claim.facts.clocks if (clock.start, clock.end) == span), None) for claim, span in sides
    ]
    return (found[0], found[1]) if found[0] and found[1] else None


def tell_two_zones(x: ClockTime, y: ClockTime) -> bool:
    """Whether two times are one moment that two zones name otherwise."""
    return x.zone.lower() != y.zone.lower() and x.offset is not None and y.offset is not None


def _find_one_moment(a: Claim, b: Claim) -> Contrast | None:
    """Return "same" where two zones name one moment of one event, on the days that the claims speak of."""
    for x in a.facts.clocks:
        for y in b.facts.clocks:
            if not (tell_two_zones(x, y) and tell_moment(x) and tell_moment(y)) or x.either_half or y.either_half:
                continue
            moments = [_find_instant(clock, claim) for clock, claim in ((x, a), (y, b))]
            if None not in moments and moments[0] == moments[1] and _tell_of_one_event(x, y, a, b):
                return Contrast("same", (x.start, x.end), (y.start, y.end))
    return None


def _find_instant(clock: ClockTime, claim: Claim) -> datetime | None:
    """Return the moment in UTC where the claim names one day."""
    days = {mention.first for mention in claim.facts.dates if mention.grain == "day"}
    day = days.pop() if len(days) == 1 else None
    if day is None or clock.offset is None:
        return None
    return datetime(day.year, day.month, day.day) + timedelta(minutes=clock.first - clock.offset)


def _share_day(a: Claim, b: Claim, dates: Contrast | None) -> bool:
    """Whether two claims speak of one day, as far as they say it; a report without a day may be of the day before."""
    if dates is not None:
        return dates.outcome == "same" and all(_name_one_day(claim) for claim in (a, b))
    if a.facts.dates and b.facts.dates:
        return False  # of periods that cannot be compared
    if any(claim.facts.dates and not _name_one_day(claim) for claim in (a, b)):
        return False
    return a.as_of is None or b.as_of is None or abs((a.as_of - b.as_of).days) <= _NEXT


def _name_one_day(claim: Claim) -> bool:
    mentions = {(mention.first, mention.last, mention.partial) for mention in claim.facts.dates}
    return len(mentions) == 1 and all(mention.grain == "day" for mention in claim.facts.dates)


def _exclude_each_other(x: ClockTime, y: ClockTime, a: Claim, b: Claim) -> bool:
    """Whether two times answer one question: when did this happen, on this day, once."""
    if not _tell_of_one_event(x, y, a, b) or (a.facts.modality == "planned") != (b.facts.modality == "planned"):
        return False
    if x.event == "be" or _give_two_readings(a, b):
        return False
    clauses = [_read_clause(clock, claim) for clock, claim in ((x, a), (y, b))]
    if any(_HABIT.search(claim.text) or _ONE_OF_SEVERAL.search(claim.text) for claim in (a, b)):
        return False
    if any(_is_one_of_several(clock, claim) for clock, claim in ((x, a), (y, b))):
        return False
    left, right = (read_words(text) for text in clauses)
    matched, sizes = count_matches(left, right), (len(left), len(right))
    # "The mayor spoke to reporters" and "the mayor spoke at the funeral" are two speeches; where one only says less, it is one.
    return matched >= max(1, min(sizes)) or 2 * matched >= _ONE_STATEMENT * sum(sizes)


def _give_two_readings(a: Claim, b: Claim) -> bool:
    """Whether both give another value of one figure: a toll or a price at two times of a day, each of which may be right."""
    figures = compare_figures(a, b)
    return figures is not None and figures.outcome in UNLIKE_FIGURES


def _tell_of_one_event(x: ClockTime, y: ClockTime, a: Claim, b: Claim) -> bool:
    """Whether the same thing is said to happen at both times, to or by the same, and not elsewhere."""
    if not x.event or not y.event or not share_word(frozenset([x.event]), frozenset([y.event])):
        return False
    if _are_placed_apart(x, y, a, b):
        return False
    left, right = _find_predicates(x, a), _find_predicates(y, b)
    if left and right:
        return any(p.negated == q.negated and _share_part(p, q) for p in left for q in right)
    words = [read_words(_read_clause(clock, claim)) - {clock.event} for clock, claim in ((x, a), (y, b))]
    return bool(words[0] and words[1]) and count_matches(*words) >= _ALIKE * min(map(len, words))


def _find_predicates(clock: ClockTime, claim: Claim) -> list[Predicate]:
    """Return the predicates of the verb that the time belongs to, those of its own clause first of all."""
    own = [p for p in claim.facts.predicates if p.lemma.split()[0] == clock.event and (p.subject or p.object)]
    start, end = find_clause(claim, (clock.start, clock.end))
    return [p for p in own if start <= p.start < end] or own


def _share_part(p: Predicate, q: Predicate) -> bool:
    parts = [frozenset((predicate.subject + " " + predicate.object).split()) for predicate in (p, q)]
    return share_word(*parts)


def _are_placed_apart(x: ClockTime, y: ClockTime, a: Claim, b: Claim) -> bool:
    """Whether names stand around both times, of one type and none in common: two places, two actors, two events."""
    sides = []
    for clock, claim in ((x, a), (y, b)):
        start, end = find_clause(claim, (clock.start, clock.end))
        sides.append([name for name in claim.facts.names if start <= name.start < end and name.text not in clock.text])
    for type_ in ("place", "person", "org", "other"):
        left, right = ([name for name in side if name.type == type_] for side in sides)
        if left and right and not any(match_names(n, m) for n in left for m in right):
            return True
    return False


def _is_one_of_several(clock: ClockTime, claim: Claim) -> bool:
    """Whether the clause gives further times of day, none of them the same moment in another zone."""
    start, end = find_clause(claim, (clock.start, clock.end))
    others = [c for c in claim.facts.clocks if start <= c.start < end and c.zone.lower() == clock.zone.lower()]
    return len(others) > 1


def _read_clause(clock: ClockTime, claim: Claim) -> str:
    """Return the text of the clause around a time, without the time."""
    start, end = find_clause(claim, (clock.start, clock.end))
    return claim.text[start : clock.start] + " " + claim.text[clock.end : end]
