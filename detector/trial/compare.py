"""Cases + weights -> how good each comparison is by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from detector.judge.levels import COMPARISONS
from detector.judge.weigh import Weights, weigh_signals
from detector.records import Evidence, Relation
from detector.trial.measure import Case
from detector.trial.score import fold_relation


class ComparisonScore(TypedDict):
    """Shares between 0 and 1; None where the comparison never votes, so that there is no share."""

    coverage: float
    conflict: float | None
    accuracy: float | None


def score_comparisons(cases: Sequence[Case], weights: Weights) -> dict[str, ComparisonScore]:
    """Take each comparison for a voter, and say how often it votes, against whom, and how often it is right.

    A comparison votes for the relation that has the greatest weight in the row of the level that is reached. It abstains where its
    question cannot be asked, and where no single weight is the greatest. Coverage is the share of cases in which it votes; conflict
    the share of those in which another comparison votes for another relation; accuracy the share of those in which its vote is the
    label.

    These are the terms of data programming, where each voter is called a labelling function: Ratner, Bach, Ehrenberg, Fries, Wu and
    Ré, "Snorkel: Rapid Training Data Creation with Weak Supervision", VLDB 2017; `LFAnalysis.lf_summary` of the library snorkel.

    Args:
        cases: measured pairs with their labels.
        weights: the judge's weights.

    Returns:
        The shares by comparison, in the order in which evidence is listed.
    """
    ballots = [_collect_votes(case, weights) for case in cases]
    table: dict[str, ComparisonScore] = {}
    for comparison in COMPARISONS:
        name = comparison.name
        voted = [(case, ballot) for case, ballot in zip(cases, ballots, strict=True) if name in ballot]
        opposed = sum(len(set(ballot.values())) > 1 for _, ballot in voted)
        right = sum(ballot[name] is case.relation for case, ballot in voted)
        table[name] = {
            "coverage": len(voted) / max(1, len(cases)),
            "conflict": opposed / len(voted) if voted else None,
            "accuracy": right / len(voted) if voted else None,
        }
    return table


def _collect_votes(case: Case, weights: Weights) -> dict[str, Relation]:
    """Return the vote of each comparison that does not abstain; the start value is no comparison."""
    _, evidence = weigh_signals(case.signals, weights)
    known = {comparison.name for comparison in COMPARISONS}
    votes = {item.comparison: _find_vote(item) for item in evidence if item.comparison in known}
    return {name: fold_relation(vote, case) for name, vote in votes.items() if vote is not None}


def _find_vote(item: Evidence) -> Relation | None:
    """Return the relation of the greatest weight, or None where two share it."""
    best = max(item.weights.values())
    names = [name for name, weight in item.weights.items() if weight == best]
    return Relation(names[0]) if len(names) == 1 else None
