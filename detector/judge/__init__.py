"""Pairs -> Findings. Measuring (what the claims say) is apart from weighing (what that means)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from detector.judge.backing import is_backed, is_foreseen
from detector.judge.explain import find_kind, find_spans
from detector.judge.forbidden import list_forbidden
from detector.judge.reason import write_reason
from detector.judge.weigh import Weights, list_outcomes, weigh_signals
from detector.records import Finding, Pair, Relation, Signals

_EXTREMES = (  # entailment, contradiction and prediction of a model that is sure
    (0.05, 0.95, (0.0, 1.0, 0.0, 0.0)), (0.9, 0.05, (1.0, 0.0, 0.0, 0.0)), (0.05, 0.6, (0.0, 0.0, 1.0, 0.0)),
)  # fmt: skip
_HOPE = 0.7  # how probable a finding must be then for the model to be asked
_LITTLE = 0.7  # closeness and shared words, added up, below which the model hardly ever is sure of anything,
_CASE = 0.995  # and how probable a finding must be there
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


def _drop_relations(probabilities: Mapping[Relation, float], forbidden: frozenset[Relation]) -> dict[Relation, float]:
    """Give the shares of what a pair cannot be to what it can be."""
    rest = 1.0 - sum(probabilities[relation] for relation in forbidden)
    return {relation: 0.0 if relation in forbidden else p / rest for relation, p in probabilities.items()}


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
