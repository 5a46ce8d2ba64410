"""Table 5: is the judge as sure as it is right? What is shown with a confidence of so much, and the share of it that is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from judge_scores import measure_share
from judge_text import say_sample, show_percent
from judged import Item, Run, Verdict
from measure_side import load_own, make_item
from page import make_table  # models/recipe
from samples import ROOT
from sets import read_lines  # models/recipe

from detector.records import Relation
from detector.trial import is_held_out

REAL = ROOT / "build" / "nli"
STEPS = (0.5, 0.6, 0.7, 0.8, 0.9)
BY_HAND = "to be checked by hand"


def read_real() -> list[Item]:
    """Return the labelled pairs of real news that neither the model nor the weights have seen; none where real_pairs.py was not run."""
    rows = [row for path in sorted(REAL.glob("real_pairs_*.jsonl")) for row in read_lines(path)]
    return [make_item(row) for row in rows if is_held_out(row["event"]) and not row["learned"]]


def measure_sure(run: Run) -> dict[str, Any]:
    """Return for each set of held-out pairs, and each step of confidence, what is shown and how much of it is right."""
    found = {"written for the project": run.judge("own", load_own(run).held)}
    if real := run.draw(read_real()):
        found["real news"] = run.judge("real", real)
    return {"sets": {name: count_steps(verdicts) for name, verdicts in found.items()}, "sample": run.sample}


def count_steps(verdicts: Sequence[Verdict]) -> dict[str, dict[str, Any]]:
    """Return for each step of confidence the number of findings, their mean confidence, and how many have the label's relation."""
    steps: dict[str, list[Verdict]] = {name_step(start): [] for start in STEPS} | {BY_HAND: []}
    for verdict in verdicts:
        if verdict.relation is not Relation.UNRELATED:
            starts = [start for start in STEPS if start <= verdict.confidence]
            steps[BY_HAND if verdict.check or not starts else name_step(starts[-1])].append(verdict)
    return {name: count_right(found) for name, found in steps.items()}


def name_step(start: float) -> str:
    """Return a step's name: what it holds."""
    return f"{start:.1f} to {min([step for step in STEPS if step > start], default=1.0):.1f}"


def count_right(found: Sequence[Verdict]) -> dict[str, Any]:
    """Return the number of findings, their mean confidence, and the share that has the label's relation, with its margin."""
    hits = sum(verdict.relation == verdict.item.label for verdict in found)
    share = measure_share(hits, len(found))
    mean = sum(verdict.confidence for verdict in found) / max(1, len(found))
    return {"n": len(found), "hits": hits, "confidence": mean, "share": [share.value, share.margin]}


def render_sure(found: dict[str, Any]) -> str:
    """Return the table in Markdown."""
    lines = [
        [name, step, str(row["n"]), f"{100 * row['confidence']:.0f}%" if row["n"] else "–", show_percent(row["share"])]
        for name, steps in found["sets"].items()
        for step, row in steps.items()
    ]
    table = make_table(["Pairs", "Confidence", "Findings", "Mean confidence", "Right"], lines, texts=2)
    return f"{table}{say_sample(found)}"
