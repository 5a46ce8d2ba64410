"""Why a verdict was reached: the levels of the best finding as a waterfall, after splink's match-weight chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detector.records import Card, Evidence, Finding, Relation

_SMALL = 0.05
"""A weight that moves the odds by less than a twentieth is summed up with the others of its size."""


@dataclass(frozen=True, slots=True)
class Step:
    """One level's push for the verdict (`weight`, in log-odds), and its bar in percent of the chart's width."""

    comparison: str
    label: str
    weight: float
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The steps by size of their push, what abstained, and every relation's total."""

    relation: str
    steps: tuple[Step, ...]
    silent: str
    total: float
    others: str


def build_verdict(card: Card, findings: Mapping[str, Finding]) -> Verdict | None:
    """Explain the card's most confident finding of its own relation; None where there is no evidence."""
    own = [findings[one] for one in card.finding_ids if one in findings]
    best = max(own, key=lambda f: (f.relation is card.relation, f.confidence, f.id), default=None)
    if best is None or not best.evidence:
        return None
    relation = best.relation.value
    weighed = [(item, item.weights.get(relation, 0.0)) for item in best.evidence]
    strong = sorted(
        ((item, weight) for item, weight in weighed if abs(weight) >= _SMALL),
        key=lambda pair: (pair[0].comparison != "start", -abs(pair[1]), pair[0].comparison),
    )
    small = sum(weight for _, weight in weighed if abs(weight) < _SMALL)
    bars = [(item.comparison, item.label, weight) for item, weight in strong]
    if abs(small) >= _SMALL:
        bars.append(("others", "several small weights together", small))
    silent = sorted({item.comparison for item in best.evidence if not any(item.weights.values())})
    totals = {one.value: sum(item.weights.get(one.value, 0.0) for item in best.evidence) for one in Relation}
    rivals = sorted((one for one in totals if one != relation), key=lambda one: (-totals[one], one))
    return Verdict(
        relation=relation,
        steps=_place_bars(bars),
        silent=", ".join(silent),
        total=totals[relation],
        others=", ".join(f"{one} {format_weight(totals[one])}" for one in rivals if _is_weighed(best.evidence, one)),
    )


def format_weight(weight: float) -> str:
    """Return "+2.1" or "−0.3", with a real minus sign."""
    return f"{weight:+.1f}".replace("-", "−").replace("−0.0", "0.0").replace("+0.0", "0.0")


def _is_weighed(evidence: Iterable[Evidence], relation: str) -> bool:
    return any(item.weights.get(relation) for item in evidence)


def _place_bars(bars: list[tuple[str, str, float]]) -> tuple[Step, ...]:
    """Lay each bar from the running total before it to the one after it, scaled to the chart's width."""
    totals = [0.0]
    for _, _, weight in bars:
        totals.append(totals[-1] + weight)
    low, span = min(totals), (max(totals) - min(totals)) or 1.0
    return tuple(
        Step(
            comparison,
            label,
            weight,
            left=round(100 * (min(totals[i], totals[i + 1]) - low) / span, 1),
            width=round(100 * abs(weight) / span, 1),
        )
        for i, (comparison, label, weight) in enumerate(bars)
    )
