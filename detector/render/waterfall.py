"""A finding's evidence as a waterfall: what each comparison weighed, and how likely the verdict was after it.

The running probability is the softmax of the weights added up so far, one sum a relation. The form is that of splink's
match-weight chart. Needs the saved report alone, and no model.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from detector.records import Finding, Relation

_ROUNDING = 0.0006
"""Confidences are kept to four places, weights to three."""


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison: the level that was reached, its weight for each relation, and the verdict's probability after it."""

    comparison: str
    level: str
    label: str
    weights: Mapping[str, float]
    probability: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The steps in the order of the evidence, the sum and the probability of each relation, and what the sum does not say.

    `taken_out` are the relations that were left out of the probabilities: agreement where there is a plain conflict, for one.
    """

    steps: tuple[Step, ...]
    total: Mapping[str, float]
    probabilities: Mapping[str, float]
    taken_out: tuple[str, ...]
    notes: tuple[str, ...]


def build_waterfall(finding: Finding) -> Waterfall | None:
    """Add up a finding's evidence, step by step; None where there is none, as between two versions of one article."""
    if not finding.evidence:
        return None
    relation = finding.relation.value
    sums = {one.value: 0.0 for one in Relation}
    steps = []
    for item in finding.evidence:
        weights = {name: item.weights.get(name, 0.0) for name in sums}
        sums = {name: sums[name] + weights[name] for name in sums}
        steps.append(Step(item.comparison, item.level, item.label, weights, _soften(sums)[relation]))
    probabilities = _soften(sums)
    taken_out, notes = _explain_confidence(finding, probabilities)
    total = {name: round(value, 3) for name, value in sums.items()}
    return Waterfall(tuple(steps), total, probabilities, taken_out, notes)


def _explain_confidence(
    finding: Finding, probabilities: Mapping[str, float]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which relations were taken out, and what else the sum does not tell of the verdict, in words."""
    relation = finding.relation.value
    notes = []
    taken_out: tuple[str, ...] = ()
    left = dict(probabilities)
    if abs(probabilities[relation] - finding.confidence) > _ROUNDING:
        for words, out in _list_taken_out(finding):
            rest = 1.0 - sum(probabilities[name] for name in out)
            if rest > 0 and abs(probabilities[relation] / rest - finding.confidence) <= _ROUNDING:
                taken_out = tuple(out)
                left = {name: 0.0 if name in out else value / rest for name, value in probabilities.items()}
                gone = " − ".join(f"{probabilities[name]:.2f}" for name in out)
                notes.append(
                    f"The confidence is not this probability: {words}, and the others were scaled up: "
                    f"{probabilities[relation]:.2f} / (1 − {gone}) = {finding.confidence:.2f}."
                )
                break
        else:
            notes.append(
                f"The report states a confidence of {finding.confidence:.2f}, which is not what this evidence adds up to."
            )
    best = max(left, key=lambda name: left[name])
    polarity = finding.signals.polarity
    if best == Relation.UNRELATED.value and polarity is not None and polarity.outcome == "tension":
        notes.append(
            f"By itself {best} is likelier ({left[best]:.2f}); readiness beside hesitation is left to a person all the same."
        )
    elif best != relation and finding.relation in (Relation.DIFFER, Relation.DEVELOP):
        notes.append(
            f"By itself {best} is likelier ({left[best]:.2f}); differ and develop stand together against the others, and then "
            f"{relation} is the likelier of the two."
        )
    return taken_out, tuple(notes)


def _list_taken_out(finding: Finding) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what may have been taken out of the probabilities, each with why in words, other than the finding's own relation."""
    agree, differ, develop = Relation.AGREE.value, Relation.DIFFER.value, Relation.DEVELOP.value
    if finding.pair.earlier.article_id == finding.pair.later.article_id:
        yield "two sentences of one article neither agree nor develop, so both were taken out", (agree, develop)
    if finding.relation is Relation.AGREE:
        yield "both tell of one dispute, so that differ and develop were taken out", (differ, develop)
    else:
        yield "the conflict is so plain that agreement was taken out, however alike the rest is", (agree,)


def _soften(sums: Mapping[str, float]) -> dict[str, float]:
    """Return the softmax of sums."""
    top = max(sums.values())
    exponents = {name: math.exp(value - top) for name, value in sums.items()}
    return {name: value / sum(exponents.values()) for name, value in exponents.items()}
