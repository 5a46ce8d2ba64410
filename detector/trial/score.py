"""Cases + weights -> figures: how often the verdict is the label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypedDict

from detector.judge import judge_pairs
from detector.judge.weigh import Weights
from detector.records import Relation
from detector.trial.measure import Case


class RelationScore(TypedDict):
    """How well one relation is found; `n` is how many pairs are labelled with it."""

    precision: float
    recall: float
    f1: float
    n: int


class Score(TypedDict):
    """The figures of one set, ready for JSON. `confusion` counts by "label->found"."""

    n: int
    accuracy: float
    macro_f1: float
    conflicts_called_agree: int
    per_relation: dict[str, RelationScore]
    confusion: dict[str, int]


def judge_cases(cases: Sequence[Case], weights: Weights) -> list[Relation]:
    """Judge each case by itself; what the judge abstains from, or leaves to be checked by hand, counts as unrelated."""
    found = []
    for case in cases:
        findings, _ = judge_pairs([case.pair], [case.signals], weights)
        sure = [finding.relation for finding in findings if not finding.check]
        found.append(fold_relation(sure[0] if sure else Relation.UNRELATED, case))
    return found


def fold_relation(relation: Relation, case: Case) -> Relation:
    """Return the relation that is compared with the label: without dates, develop says what differ says.

    Both say that the two texts cannot both hold; sets for natural language inference know no third answer.
    """
    return Relation.DIFFER if case.undated_set and relation is Relation.DEVELOP else relation


def score_cases(cases: Sequence[Case], weights: Weights) -> Score:
    """Judge cases and compare with their labels."""
    return score_relations([case.relation for case in cases], judge_cases(cases, weights))


def score_relations(labels: Sequence[Relation], found: Sequence[Relation]) -> Score:
    """Compare verdicts with labels.

    Args:
        labels: n labels.
        found: n verdicts.

    Returns:
        The figures. Macro-F1 is the mean over the relations that occur as a label or as a verdict.
    """
    table = Counter(zip(labels, found, strict=True))
    rows: dict[str, RelationScore] = {}
    for relation in Relation:
        hits = table[relation, relation]
        said, true = sum(table[r, relation] for r in Relation), sum(table[relation, r] for r in Relation)
        precision, recall = hits / said if said else 0.0, hits / true if true else 0.0
        f1 = 2 * precision * recall / (precision + recall or 1)
        rows[relation.value] = {"precision": precision, "recall": recall, "f1": f1, "n": true}
    occurring = sorted({*labels, *found})
    return {
        "n": len(labels),
        "accuracy": sum(table[r, r] for r in Relation) / max(1, len(labels)),
        "macro_f1": sum(rows[relation.value]["f1"] for relation in occurring) / max(1, len(occurring)),
        "conflicts_called_agree": table[Relation.DIFFER, Relation.AGREE],
        "per_relation": rows,
        "confusion": {f"{a.value}->{b.value}": n for (a, b), n in sorted(table.items()) if n},
    }
