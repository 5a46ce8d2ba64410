"""Pairs -> Findings. Measuring (what the claims say) is apart from weighing (what that means)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from detector.judge.explain import find_kind, find_spans
from detector.judge.levels import UNLIKE_FIGURES
from detector.judge.reason import write_reason
from detector.judge.speakers import have_other_deniers, hold_one_dispute
from detector.judge.weigh import Weights, list_outcomes, weigh_signals
from detector.records import DateMention, Finding, Pair, Relation, Signals

_ALIKE = 0.6  # word overlap
_BUT_FOR, _OPPOSES = 0.7, 0.2  # apart from another day the same, and contradiction beside it
_DENIES = 0.7  # contradiction from which nothing else makes an agreement
_EXTREMES = (  # entailment, contradiction and prediction of a model that is sure
    (0.05, 0.95, (0.0, 1.0, 0.0, 0.0)), (0.9, 0.05, (1.0, 0.0, 0.0, 0.0)), (0.05, 0.6, (0.0, 0.0, 1.0, 0.0)),
)  # fmt: skip
_HOPE = 0.7  # how probable a finding must be then for the model to be asked
_LITTLE = 0.65  # closeness and shared words, added up, below which the model hardly ever is sure of anything,
_CASE = 0.995  # and how probable a finding must be there
_SURE = 0.7  # contradiction that is believed without anything beside it: more than one direction alone can say
_PREDICTED, _PREDICTED_CHANGE = (
    0.7,
    0.8,
)  # predictions of an agreement, and of a change, that are believed without anything beside them
# What no likeness of the rest makes an agreement.
_PLAIN = {
    *(("figures", outcome) for outcome in UNLIKE_FIGURES), ("polarity", "opposite"), ("polarity", "tension"), ("names", "roles"),
    ("speaker", "dispute"), ("support", "counted"),
}  # fmt: skip
# What shows a change by itself, and what does so from some contradiction on: of such pairs in real stories few were right without it.
_BACKING = {
    ("stage", "carried out"), ("stage", "moved on"), ("figures", "moved"),
    ("figures", "different"), ("figures", "near"), ("figures", "open"), ("figures", "scope"), ("speaker", "dispute"),
}  # fmt: skip
_TWO_VOICES = {("polarity", "opposite"), ("speaker", "different")}
_ONE_THING = {("polarity", "opposite"), ("figures", "same")}  # what is said of "a 30-day truce" in both
_DOUBTFUL = {
    ("names", "roles"): 0.3, ("names", "replaced"): 0.3, ("names", "swapped"): 0.3, ("time", "correction"): 0.3,
    ("polarity", "opposite"): 0.3, ("figures", "apart"): 0.5, ("dates", "different"): 0.7,
}  # fmt: skip
# Where nothing follows, what two sentences agree on must be seen: a figure, a day, that both deny it, or a third source between them.
_LEAST_FOLLOWS, _LEAST_UNNAMED, _LEAST_ECHOED = 0.1, 0.3, 0.3
_SEEN = {
    ("figures", "same"), ("figures", "rounds"), ("figures", "within"), ("polarity", "both denied"),
}  # fmt: skip
_VOUCHED = {
    ("speaker", "needs"),
    ("support", "agreed"),
}  # what the two sentences alone, which the model sees, may not show
_LEAST_PREDICTED = 0.2  # a relation that the model must at least think possible, whatever else is seen
_DAY = {("dates", "same"), ("dates", "within")}
_ONE_EVENT = 0.65  # closeness from which one day in both says that they tell of one event
_SPLIT = 0.8  # differ and develop together must be surer than either would have to be alone


def judge_pairs(
    pairs: Sequence[Pair],
    signals: Sequence[Signals],
    weights: Weights,
    *,
    min_confidence: float = 0.5,
    check_confidence: float = 1.0,
) -> tuple[tuple[Finding, ...], Mapping[str, int]]:
    """Weigh measured pairs.

    Args:
        pairs: candidate pairs.
        signals: what was measured of each, of the same length.
        weights: the judge's weights.
        min_confidence: findings below it are left out, and counted.
        check_confidence: those of them that differ or develop and are at least this sure are kept, marked to be checked by hand.
            At `min_confidence` or above it there are none.

    Returns:
        The findings in the order of the pairs, and how many pairs ended as what.
    """
    findings = []
    counts: Counter[str] = Counter({"unrelated": 0, "unsure": 0, "unexplained": 0})
    for pair, measured in zip(pairs, signals, strict=True):
        probabilities, evidence = weigh_signals(measured, weights)
        probabilities = _drop_relations(probabilities, list_forbidden(pair, measured))
        relation, sureness = choose_relation(probabilities)
        tense = ("polarity", "tension") in list_outcomes(measured) and check_confidence < min_confidence
        if tense and (relation is Relation.UNRELATED or not is_backed(relation, pair, measured)):
            # Who is ready and who is not may be two groups: no weight can tell, so a person is to look.
            relation, sureness = Relation.DIFFER, 0.0
        confidence = probabilities[relation]
        if relation is Relation.UNRELATED:
            counts["unrelated"] += 1
            continue
        if not tense and not is_foreseen(relation, pair, measured):
            counts["unsure"] += 1
            continue
        check = sureness < min_confidence or not is_backed(relation, pair, measured)
        if check and (relation is Relation.AGREE or (sureness < check_confidence and not tense)):
            counts["unsure"] += 1
            continue
        kind = find_kind(relation, pair, measured)
        if kind is None or (relation is Relation.AGREE and pair.earlier.source == pair.later.source):
            # A verdict that shows nothing to an editor is no verdict; one outlet agreeing with itself is no agreement.
            counts["unsure" if check else "unexplained" if kind is None else "same source"] += 1
            continue
        spans = find_spans(relation, kind, pair, measured)
        why = write_reason(relation, kind, pair, measured, spans)
        why = f"Perhaps: {why}" if check else why
        key = f"{pair.earlier.id}|{pair.later.id}"
        name = "f" + hashlib.sha256(key.encode()).hexdigest()[:10]
        sure = round(confidence, 4)
        findings.append(
            Finding(name, pair.topic_id, pair, relation, kind, sure, measured, evidence, spans, why, check=check)
        )
        counts["check" if check else relation.value] += 1
    return tuple(findings), dict(sorted(counts.items()))


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


def _drop_relations(probabilities: Mapping[Relation, float], forbidden: frozenset[Relation]) -> dict[Relation, float]:
    """Give the shares of what a pair cannot be to what it can be."""
    rest = 1.0 - sum(probabilities[relation] for relation in forbidden)
    return {relation: 0.0 if relation in forbidden else p / rest for relation, p in probabilities.items()}


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
    but_for_day = ("dates", "different") in outcomes and (signals.rest or 0.0) >= _BUT_FOR
    if but_for_day and ((signals.contradiction or 0.0) >= _OPPOSES or have_other_days(pair, signals)):
        return True  # the same but for the day, and the model doubts that both hold, or both name a day of the calendar
    if name_other_days(pair):
        return True
    alike = {("names", "replaced"), ("dates", "different")}
    return bool(outcomes & _PLAIN) or (signals.wording >= _ALIKE and bool(outcomes & alike))


def may_be_finding(signals: Signals, weights: Weights) -> bool:
    """Whether a pair may still become a finding, judged by its quick comparisons: if the model were sure, one way or the other.

    Of two claims that are not close and share few words the model hardly ever is sure; there the quick comparisons must make a
    case of their own. In twelve real stories this spared two fifths of the pairs the slow model, and 32 of 333 findings, 29 of
    them agreements.
    """
    if ("polarity", "tension") in list_outcomes(signals):
        return True  # shown to a person whatever the weights say
    best = (replace(signals, entailment=e, contradiction=c, prediction=p) for e, c, p in _EXTREMES)
    least = _CASE if signals.closeness + signals.wording < _LITTLE else _HOPE
    return any(weigh_signals(one, weights)[0][Relation.UNRELATED] <= 1.0 - least for one in best)


def is_backed(relation: Relation, pair: Pair, signals: Signals) -> bool:
    """Whether a finding rests on enough, what the model of meaning says included; without a model always.

    Of real pairs that the model alone took for a contradiction most were none; so was most of what rests on opposite words, or on figures
    far apart, where the model sees no contradiction. A person must read such a pair, but for two speakers whom one article sets against
    each other. Where neither sentence follows from the other, that one speaker uses the same verb in both is no agreement, unless both
    say what is needed or tell of one dispute.
    """
    if relation is Relation.UNRELATED or signals.contradiction is None:
        return True
    outcomes = list_outcomes(signals)
    if relation is Relation.AGREE:
        return _is_seen_agreement(pair, signals, outcomes)
    if ("time", "apart") in outcomes:  # what was so in one year is no answer to what was so in another
        return signals.contradiction >= _SURE
    if signals.contradiction >= _SURE or outcomes & _BACKING or outcomes >= _ONE_THING:
        return True
    if have_other_days(pair, signals):
        return True
    if signals.sum_predicted(Relation.DIFFER, Relation.DEVELOP) >= _PREDICTED_CHANGE:
        return True
    if outcomes >= _TWO_VOICES and pair.earlier.article_id == pair.later.article_id:
        return True
    steps = [step for outcome, step in _DOUBTFUL.items() if outcome in outcomes]
    return bool(steps) and signals.contradiction >= min(steps)


def is_foreseen(relation: Relation, pair: Pair, signals: Signals) -> bool:
    """Whether the model takes a change for possible, where it tells relations.

    Of 142 differences and developments of real stories, shown or to be checked by hand, to which it gave less than 0.2, 13 were right;
    of 326 others 109. What is left open is no change to it, nor who disagrees with whom in one article; opposites
    of what the same figure names ("the 30-day truce") need no word of its.
    """
    if relation not in (Relation.DIFFER, Relation.DEVELOP) or signals.prediction is None:
        return True
    outcomes = list_outcomes(signals)
    if ("figures", "open") in outcomes or outcomes >= _ONE_THING or pair.earlier.article_id == pair.later.article_id:
        return True
    if have_other_days(pair, signals):
        return True
    return signals.sum_predicted(Relation.DIFFER, Relation.DEVELOP) >= _LEAST_PREDICTED


def have_other_days(pair: Pair, signals: Signals) -> bool:
    """Whether the two are one statement but for the days of the calendar that they name: "by 27 June", "by 27 July".

    The model sees no conflict there. A weekday or "today" tells less: where it is counted from may be another day than the report's.
    """
    contrast = signals.dates
    if contrast is None or contrast.outcome != "different" or (signals.rest or 0.0) < _BUT_FOR:
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


def _is_seen_agreement(pair: Pair, signals: Signals, outcomes: frozenset[tuple[str, str]]) -> bool:
    """Whether one sentence follows from the other at least in part, or something else shows what they agree on."""
    follows = signals.entailment or 0.0
    predicted = signals.sum_predicted(Relation.AGREE)
    if predicted >= _PREDICTED or outcomes & _VOUCHED or hold_one_dispute(pair):
        return True
    if ("speaker", "echo") in outcomes:
        return follows >= _LEAST_ECHOED
    if signals.prediction is not None and predicted < _LEAST_PREDICTED:
        return False
    if outcomes & _SEEN or (outcomes & _DAY and signals.closeness >= _ONE_EVENT):
        return True
    named = any(comparison == "names" for comparison, _ in outcomes)
    return follows >= (_LEAST_FOLLOWS if named else _LEAST_UNNAMED)


def choose_relation(probabilities: Mapping[Relation, float]) -> tuple[Relation, float]:
    """Return the relation to report, and how sure it is that there is something to report.

    Differ and develop stand together against the others: that two values are not the same is one question, and whether time explains
    it is the next.
    """
    changed = {relation: probabilities[relation] for relation in (Relation.DIFFER, Relation.DEVELOP)}
    options = {
        max(changed, key=lambda r: (changed[r], r)): max(*changed.values(), _SPLIT * sum(changed.values())),
        Relation.AGREE: probabilities[Relation.AGREE],
        Relation.UNRELATED: probabilities[Relation.UNRELATED],
    }
    best = max(options, key=lambda r: (options[r], r))
    return best, options[best]
