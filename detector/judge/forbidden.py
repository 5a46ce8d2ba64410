"""What a pair cannot be, whatever the weights say."""

from __future__ import annotations

from detector.judge.levels import UNLIKE_FIGURES
from detector.judge.speakers import have_other_deniers, hold_one_dispute
from detector.judge.weigh import list_outcomes
from detector.records import DateMention, Pair, Relation, Signals

_ALIKE = 0.6  # word overlap
_BUT_FOR, _OPPOSES = 0.7, 0.2  # apart from another day the same, and contradiction beside it
_DENIES = 0.7  # contradiction from which nothing else makes an agreement
# What no likeness of the rest makes an agreement.
_PLAIN = {
    *(("figures", outcome) for outcome in UNLIKE_FIGURES), ("polarity", "opposite"), ("polarity", "tension"), ("names", "roles"),
    ("speaker", "dispute"), ("support", "counted"),
}  # fmt: skip


def list_forbidden(pair: Pair, signals: Signals) -> frozenset[Relation]:
    """Return what a pair cannot be, whatever the weights say.

    Two sentences of one article neither agree nor develop: they are one outlet's. Two that tell of one dispute do not differ, unless in
    a figure, a date or the like. Two that are one statement but for the day have to do with each other.
    """
    forbidden = {Relation.UNRELATED} if have_other_days(pair, signals) else set()
    if pair.earlier.article_id == pair.later.article_id:
        forbidden |= {Relation.AGREE, Relation.DEVELOP}
    if forbids_agreement(pair, signals):
        forbidden.add(Relation.AGREE)
    elif hold_one_dispute(pair):
        forbidden |= {Relation.DIFFER, Relation.DEVELOP}
    return frozenset(forbidden)


def forbids_agreement(pair: Pair, signals: Signals) -> bool:
    """Whether there is a conflict so plain that no likeness of the rest may make it an agreement.

    Another figure for the same thing or for a part of it, the opposite, readiness beside hesitation, exchanged parts, a denial, what
    the model surely takes for a contradiction, and two days of the calendar, each the only time of its sentence, always do; another
    name or date only where the two sentences are otherwise nearly the same, in words or, of a date, in meaning. One who denies agrees
    with nobody but those who deny or negate. Two that tell of one dispute agree that there is one; two of two disputes do not.
    """
    one_dispute = hold_one_dispute(pair)
    for denying, other in () if one_dispute else ((pair.earlier, pair.later), (pair.later, pair.earlier)):
        if denying.stance == "denies" and other.stance != "denies" and not other.facts.negated:
            return True
    if have_other_deniers(pair):
        return True
    outcomes = list_outcomes(signals)
    rounds = ("figures", "rounds") in outcomes  # "some 5,000" beside 4,900, which the model takes for a contradiction
    if (signals.contradiction or 0.0) >= _DENIES and not one_dispute and not rounds:
        return True
    if is_but_for_a_day(signals) and (signals.contradiction or 0.0) >= _OPPOSES:
        return True  # and the model doubts that both hold
    if have_other_days(pair, signals) or name_other_days(pair):
        return True
    alike = {("names", "replaced"), ("dates", "different")}
    return bool(outcomes & _PLAIN) or (signals.wording >= _ALIKE and bool(outcomes & alike))


def is_but_for_a_day(signals: Signals) -> bool:
    """Whether two dates differ, and the rest of the two is one statement."""
    return signals.dates is not None and signals.dates.outcome == "different" and (signals.rest or 0.0) >= _BUT_FOR


def have_other_days(pair: Pair, signals: Signals) -> bool:
    """Whether the two are one statement but for the days of the calendar that they name: "by 27 June", "by 27 July".

    The model sees no conflict there. A weekday or "today" tells less: where it is counted from may be another day than the report's.
    """
    contrast = signals.dates
    if contrast is None or not is_but_for_a_day(signals):
        return False
    sides = ((pair.earlier, contrast.earlier), (pair.later, contrast.later))
    days = [
        date
        for claim, span in sides
        for date in claim.facts.dates
        if (date.start, date.end) == span and _is_calendar_day(date)
    ]
    return len(days) == len(sides)


def name_other_days(pair: Pair) -> bool:
    """Whether each names one day of the calendar and no other time, and the two are not the same: they cannot be one fact."""
    left, right = pair.earlier.facts.dates, pair.later.facts.dates
    if len(left) != 1 or len(right) != 1 or not (_is_calendar_day(left[0]) and _is_calendar_day(right[0])):
        return False
    return left[0].first is not None and right[0].first is not None and left[0].first != right[0].first


def _is_calendar_day(date: DateMention) -> bool:
    return date.grain == "day" and any(letter.isdigit() for letter in date.text)
