"""Table 1: the project's own labelled pairs, one verdict each; settings chosen on the fit part, figures from the gate part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from judge_methods import Features, choose_setting, find_places, find_relations, list_methods, measure_features
from judge_scores import AGREE, DEVELOP, DIFFER, MEASURES, count_verdicts, measure_verdicts
from judge_text import say_sample, show, show_percent
from judged import JUDGE, Item, Run
from page import make_table  # models/recipe
from samples import ROOT
from sets import read_lines  # models/recipe

from detector.records import Relation
from detector.trial import is_held_out

FILES = tuple(ROOT / "tests" / "data" / name for name in ("relations.jsonl", "relations_more.jsonl"))
_HEADS = {
    "accuracy": "Accuracy",
    "macro_f1": "Macro-F1",
    "macro_f1_merged": "Macro-F1, conflict merged",
    "agree_precision": "Agree: P",
    "agree_recall": "R",
    "differ_precision": "Differ: P",
    "differ_recall": "R",
    "conflict_precision": "Conflict: P",
    "conflict_recall": "R",
    "conflicts_called_agree": "Conflicts called agree",
}


@dataclass(frozen=True, slots=True)
class Own:
    """The project's labelled pairs that are held out, and each method's setting, chosen on the others."""

    held: tuple[Item, ...]
    settings: Mapping[str, Any]
    fitted: int


def read_relations(path: Path) -> list[Item]:
    """Return the pairs of a file that are labelled with relations."""
    return [make_item(row) for row in read_lines(path)]


def make_item(row: dict[str, Any]) -> Item:
    """Return a labelled pair, as it is written in a file."""
    return Item(row["a"], row["b"], row["relation"], row.get("a_date"), row.get("b_date"), row["event"])


@cache
def load_own(run: Run) -> Own:
    """Read the pairs and choose the settings; in a run on samples as many pairs of both parts."""
    items = [item for path in FILES for item in read_relations(path)]
    fit, held = (run.draw([x for x in items if is_held_out(x.event) is side]) for side in (False, True))
    features = measure_features(fit, run.nli)
    gold = find_places([Relation(item.label) for item in fit])
    return Own(tuple(held), {m.name: choose_setting(m, features, gold) for m in list_methods()}, len(fit))


def decide_all(items: Sequence[Item], features: Features, settings: Mapping[str, Any]) -> dict[str, list[Relation]]:
    """Return what each baseline makes of each item."""
    return {m.name: find_relations(m.decide(features, settings[m.name])) for m in list_methods()}


def measure_side(run: Run) -> dict[str, Any]:
    """Return the figures of each row on the gate part."""
    own = load_own(run)
    gold = [Relation(item.label) for item in own.held]
    found = decide_all(own.held, measure_features(own.held, run.nli), own.settings)
    found[JUDGE] = [verdict.relation for verdict in run.judge("own", own.held)]
    rows = {}
    for name, relations in found.items():
        table = count_verdicts(gold, relations)
        rows[name] = {
            "figures": {key: [figure.value, figure.margin] for key, figure in measure_verdicts(table).items()},
            "table": table.tolist(),
            "setting": own.settings.get(name),
        }
    numbers = {relation.value: gold.count(relation) for relation in Relation}
    return {"rows": rows, "numbers": numbers, "fitted": own.fitted, "sample": run.sample}


def render_side(found: dict[str, Any]) -> str:
    """Return the table in Markdown."""
    lines = []
    for name, row in found["rows"].items():
        cells = [show(row["figures"][key]) for key in MEASURES if key != "conflicts_called_agree"]
        called = row["table"][DIFFER][AGREE] + row["table"][DEVELOP][AGREE]
        lines.append([name, *cells, f"{called} ({show_percent(row['figures']['conflicts_called_agree'])})"])
    numbers = ", ".join(f"{number} {relation}" for relation, number in found["numbers"].items())
    total = sum(found["numbers"].values())
    note = f"{total} pairs held out ({numbers}); settings chosen on {found['fitted']} others."
    return f"{make_table(['Method', *_HEADS.values()], lines)}\n\n{note}{say_sample(found)}"
