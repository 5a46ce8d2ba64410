"""Findings explained, on a terminal or as JSON: the two claims, the verdict, and the waterfall of its evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from detector.records import Claim, Finding, Relation, Report, Span
from detector.render.dates import format_published
from detector.render.lookup import Lookup, build_lookup
from detector.render.marks import cut_runs
from detector.render.screen import COLOURS, Screen
from detector.render.waterfall import Step, Waterfall, build_waterfall
from detector.render.words import phrase_speaker

_BAR = 6  # characters
_SIDES = ("earlier", "later")
UNWEIGHED = (
    "Nothing was weighed, so that there is no sum: the two articles are versions of one article, between which wording alone "
    "decides."
)


def print_explanation(report: Report, findings: Sequence[Finding], console: Console) -> None:
    """Print each finding with its waterfall.

    Args:
        report: the report that the findings are of.
        findings: what to explain.
        console: where to; the table fits 80 columns, and marked words stand in «…» where there are no colours.
    """
    page, lookup = Screen(console), build_lookup(report)
    for number, finding in enumerate(findings):
        if number:
            page.say()
        _print_finding(finding, lookup, page)


def explain_as_json(report: Report, findings: Sequence[Finding]) -> str:
    """Return the same as JSON text: {"findings": [...]}, each with its claims, steps, total and probabilities."""
    lookup = build_lookup(report)
    found = [_describe(finding, lookup) for finding in findings]
    return json.dumps({"findings": found}, indent=1, ensure_ascii=False) + "\n"


def _print_finding(finding: Finding, lookup: Lookup, page: Screen) -> None:
    relation, colour = finding.relation.value, COLOURS.get(finding.relation.value, "")
    page.say(
        (f"{relation} · {finding.kind}" if finding.kind else relation, f"bold {colour}"),
        (
            f"  confidence {finding.confidence:.2f}{', to check by hand' if finding.check else ''}  finding {finding.id}",
            "",
        ),
    )
    for side, claim in zip(_SIDES, (finding.pair.earlier, finding.pair.later), strict=True):
        speaker = phrase_speaker(claim)
        details = "".join(f", {one}" for one in (_date(claim, lookup), speaker) if one)
        page.say((_name_source(claim, lookup), "bold"), (details, ""), indent=2)
        page.put(page.mark(cut_runs(claim.text, _spans(finding, side)), colour), indent=4)
    page.say((f"Why: {finding.why}", ""), indent=2)
    page.say()
    waterfall = build_waterfall(finding)
    if waterfall is None:
        page.say((UNWEIGHED, ""))
        return
    page.console.print(_build_table(waterfall, relation, page))
    final = waterfall.probabilities[relation]
    likely = ", ".join(f"{name} {value:.2f}" for name, value in waterfall.probabilities.items() if name != relation)
    page.say((f"The softmax of the sums gives {relation} {final:.2f}", "bold"), (f" ({likely}).", ""))
    for note in waterfall.notes:
        page.say((note, ""))


def _build_table(waterfall: Waterfall, relation: str, page: Screen) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Comparison", no_wrap=True)
    table.add_column("Answer")
    for one in Relation:
        table.add_column(one.value, justify="right", no_wrap=True, style="bold" if one.value == relation else "")
    table.add_column(f"{relation} so far", no_wrap=True, min_width=5 + _BAR)
    for place, step in enumerate(waterfall.steps, start=1):
        table.add_row(*_write_row(step, relation, page), end_section=place == len(waterfall.steps))
    sums = [page.make((_sign(waterfall.total[one.value]), "")) for one in Relation]
    table.add_row("total", "", *sums, _draw(waterfall.probabilities[relation], relation, page), style="bold")
    return table


def _write_row(step: Step, relation: str, page: Screen) -> list[Text]:
    weights = [(_sign(step.weights[one.value]), "") for one in Relation]
    words = [page.make(part) for part in ((step.comparison, ""), (step.label, ""), *weights)]
    return [*words, _draw(step.probability, relation, page)]


def _draw(probability: float, relation: str, page: Screen) -> Text:
    """Return a probability and its bar."""
    full = round(probability * _BAR)
    block, blank = ("#", ".") if page.console.options.ascii_only else ("█", "░")
    bar = Text(block * full, style=COLOURS.get(relation, "")) + Text(blank * (_BAR - full), style="dim")
    return Text(f"{probability:.2f} ") + bar


def _sign(weight: float) -> str:
    """Return "+2.13" or "−0.30", with a real minus sign."""
    return f"{weight:+.2f}".replace("-", "−") if abs(weight) >= 0.005 else "0.00"


def _describe(finding: Finding, lookup: Lookup) -> dict[str, Any]:
    """Return one finding as plain values."""
    waterfall = build_waterfall(finding)
    summed: Mapping[str, Any] = {"steps": [], "total": None, "probabilities": None, "notes": [UNWEIGHED]}
    if waterfall is not None:
        summed = {
            "steps": [
                {
                    "comparison": step.comparison,
                    "level": step.level,
                    "label": step.label,
                    "weights": dict(step.weights),
                    "probability": round(step.probability, 4),
                }
                for step in waterfall.steps
            ],
            "total": dict(waterfall.total),
            "probabilities": {name: round(value, 4) for name, value in waterfall.probabilities.items()},
            "notes": list(waterfall.notes),
        }
    claims = {
        side: {
            "id": claim.id,
            "source": claim.source,
            "date": published.isoformat() if (published := lookup.articles[claim.article_id].published) else None,
            "speaker": claim.speaker,
            "stance": claim.stance,
            "text": claim.text,
            "spans": [list(span) for span in _spans(finding, side)],
        }
        for side, claim in zip(_SIDES, (finding.pair.earlier, finding.pair.later), strict=True)
    }
    return {
        "id": finding.id,
        "relation": finding.relation.value,
        "kind": finding.kind,
        "confidence": finding.confidence,
        "check": finding.check,
        "why": finding.why,
        **claims,
        **summed,
        "taken_out": list(waterfall.taken_out) if waterfall is not None else [],
    }


def _spans(finding: Finding, side: str) -> tuple[Span, ...]:
    return finding.spans.get(side, ())


def _date(claim: Claim, lookup: Lookup) -> str:
    return format_published(lookup.articles[claim.article_id])


def _name_source(claim: Claim, lookup: Lookup) -> str:
    return lookup.column_of[claim.article_id].label
