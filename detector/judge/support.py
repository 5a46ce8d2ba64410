"""A second look at pairs whose one claim is already in a finding: a fact that the story turns on, not one outlet's aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detector.judge.fit import NEVER_AGREE
from detector.judge.weigh import list_outcomes
from detector.records import Contrast, Finding, Pair, Relation, Signals, Topic

_CLOSE = 0.55
_NEAR = 0.5
_FOLLOWS = 0.4  # entailment
_BOTH_NOT = {("polarity", "both negative"), ("polarity", "both denied")}


def add_support(
    pairs: Sequence[Pair], signals: Sequence[Signals], findings: Sequence[Finding], topics: Sequence[Topic]
) -> list[Signals]:
    """Mark the pairs that may bring a further sentence to a fact that is already found.

    "agreed": one of the claims agrees with a third article's, both claims sit in one topic, they are close, name the same, say both
    that something is not so (or one may follow from the other), and nothing speaks against agreement. Without a sign of that kind
    three of four such pairs of real stories were of two facts. "counted": one of the claims has a figure that is already set beside
    another count of the same noun, and the pair brings a further count.

    Returns:
        The signals in the same order, those of marked pairs with `support` set.
    """
    partners: dict[str, set[str]] = {}
    for finding in findings:
        if finding.relation is Relation.AGREE:
            first, second = finding.pair.earlier, finding.pair.later
            partners.setdefault(first.id, set()).add(second.article_id)
            partners.setdefault(second.id, set()).add(first.article_id)
    counted = [
        {finding.pair.earlier.id, finding.pair.later.id}
        for finding in findings
        if finding.relation is Relation.DIFFER and finding.kind in ("number", "scope")
    ]
    together = [frozenset(topic.claim_ids) for topic in topics]
    marked = []
    for pair, measured in zip(pairs, signals, strict=True):
        first, second = pair.earlier, pair.later
        outside = partners.get(first.id, set()) - {second.article_id} or partners.get(second.id, set()) - {
            first.article_id
        }
        in_topic = any(first.id in claims and second.id in claims for claims in together)
        fits = outside and in_topic and pair.closeness >= _CLOSE and _may_agree(measured)
        outcome = measured.figures.outcome if measured.figures else ""
        if fits:
            marked.append(replace(measured, support=Contrast("agreed")))
        elif (
            outcome == "scope"
            and pair.closeness >= _NEAR
            and any(len(ends & {first.id, second.id}) == 1 for ends in counted)
        ):
            marked.append(replace(measured, support=Contrast("counted")))
        else:
            marked.append(measured)
    return marked


def _may_agree(signals: Signals) -> bool:
    """Whether both name the same, something speaks for agreement, and no comparison came out in a way that never goes with it."""
    outcomes = list_outcomes(signals)
    alike = bool(outcomes & _BOTH_NOT) or (signals.entailment or 0.0) >= _FOLLOWS
    return alike and ("names", "same") in outcomes and not outcomes & NEVER_AGREE
