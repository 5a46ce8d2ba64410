"""What a finding must rest on beside its weights: the model's word for it, or something that can be seen."""

from __future__ import annotations

from detector.judge.forbidden import have_other_days
from detector.judge.levels import are_opposites_of_one
from detector.judge.speakers import hold_one_dispute
from detector.judge.weigh import list_outcomes
from detector.records import Pair, Relation, Signals

_SURE = 0.7  # contradiction that is believed without anything beside it: more than one direction alone can say
# Predictions of an agreement, and of a change, that are believed without anything beside them.
_PREDICTED, _PREDICTED_CHANGE = 0.7, 0.8
# What shows a change by itself, and what does so from some contradiction on: of such pairs in real stories few were right without it.
_BACKING = {
    ("stage", "carried out"), ("stage", "moved on"), ("figures", "moved"),
    ("figures", "different"), ("figures", "near"), ("figures", "open"), ("figures", "scope"), ("speaker", "dispute"),
}  # fmt: skip
_TWO_VOICES = {("polarity", "opposite"), ("speaker", "different")}
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
    if signals.contradiction >= _SURE or outcomes & _BACKING or are_opposites_of_one(signals):
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
    if ("figures", "open") in list_outcomes(signals) or pair.earlier.article_id == pair.later.article_id:
        return True
    if are_opposites_of_one(signals) or have_other_days(pair, signals):
        return True
    return signals.sum_predicted(Relation.DIFFER, Relation.DEVELOP) >= _LEAST_PREDICTED


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
