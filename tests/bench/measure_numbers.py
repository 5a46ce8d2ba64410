"""Table 3: sentences of two outlets on one event whose numbers differ. What is shown as a conflict, and rightly?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from judge_methods import measure_features
from judge_scores import measure_share
from judge_text import say_sample, show_percent
from judged import JUDGE, Item, Run, Verdict
from measure_side import decide_all, load_own
from page import make_table  # models/recipe
from samples import WORK
from sets import read_lines  # models/recipe

from detector.records import Relation

MISSES = WORK / "number_misses.jsonl"
HARMLESS = ("different_quantity", "compatible")
_CONFLICT = {Relation.DIFFER, Relation.DEVELOP}
# What is counted: the labels, and the relations that the pairs are shown as.
COUNTS = {
    "Harmless, shown as differ": (HARMLESS, {Relation.DIFFER}),
    "Different quantity, as differ": (HARMLESS[:1], {Relation.DIFFER}),
    "Compatible, as differ": (HARMLESS[1:], {Relation.DIFFER}),
    "Compatible, as agree": (HARMLESS[1:], {Relation.AGREE}),
    "Conflicts found": (("conflict",), _CONFLICT),
    "Conflicts called agree": (("conflict",), {Relation.AGREE}),
    "Developments found": (("development",), _CONFLICT),
}


def read_items(run: Run) -> list[Item]:
    """Return the pairs whose text is whole and whose label is clear."""
    known = {*HARMLESS, "conflict", "development"}
    rows = read_lines(run.data / "news" / "number_pairs" / "labelled.dev.jsonl.gz")
    return [
        Item(r["sentence1"], r["sentence2"], r["label"], r["date1"], r["date2"], r["event"])
        for r in rows
        if r["label"] in known
    ]


def measure_numbers(run: Run) -> dict[str, Any]:
    """Return the figures of each row, and write the judge's misses to build/bench."""
    items = run.draw(read_items(run))
    found = decide_all(items, measure_features(items, run.nli), load_own(run).settings)
    verdicts = run.judge("numbers", items)
    found[JUDGE] = [verdict.relation for verdict in verdicts]
    misses = [verdict for verdict in verdicts if is_miss(verdict.item.label, verdict.relation)]
    WORK.mkdir(parents=True, exist_ok=True)
    MISSES.write_text("".join(json.dumps(list_facts(miss), ensure_ascii=False) + "\n" for miss in misses), "utf-8")
    return {
        "rows": {name: count_shown([x.label for x in items], relations) for name, relations in found.items()},
        "labels": Counter(item.label for item in items),
        "misses": count_misses(misses),
        "sample": run.sample,
    }


def count_shown(labels: Sequence[str], found: Sequence[Relation]) -> dict[str, Any]:
    """Return for each of COUNTS the number of pairs, how many of them are shown so, and the share with its margin."""
    counts: dict[str, Any] = {}
    for name, (wanted, relations) in COUNTS.items():
        of = [relation for label, relation in zip(labels, found, strict=True) if label in wanted]
        hits = sum(relation in relations for relation in of)
        share = measure_share(hits, len(of))
        counts[name] = {"hits": hits, "n": len(of), "share": [share.value, share.margin]}
    return counts


def is_miss(label: str, relation: Relation) -> bool:
    """Whether a verdict is wrong: a conflict or development not found, or another pair shown as one."""
    return (label in HARMLESS) == (relation in _CONFLICT)


def count_misses(misses: Sequence[Verdict]) -> dict[str, dict[str, int]]:
    """Count the judge's misses by what it showed, and what the comparisons of figures and dates saw, for each label."""
    table: dict[str, Counter[str]] = {}
    for miss in misses:
        seen = [outcome for outcome in miss.outcomes if outcome.startswith(("figures", "dates"))]
        shown = f"{miss.relation.value} {miss.kind}".strip()
        table.setdefault(miss.item.label, Counter())[f"{shown} ({', '.join(seen) or 'no figure compared'})"] += 1
    return {label: dict(counter.most_common()) for label, counter in sorted(table.items())}


def list_facts(miss: Verdict) -> dict[str, Any]:
    """Return what is worth knowing about a miss, ready for JSON."""
    return {
        "label": miss.item.label,
        "shown": miss.relation.value,
        "kind": miss.kind,
        "outcomes": miss.outcomes,
        "meaning": [miss.signals.entailment, miss.signals.contradiction],
        "wording": miss.signals.wording,
        "closeness": miss.signals.closeness,
        "a": miss.pair.earlier.text,
        "b": miss.pair.later.text,
    }


def render_numbers(found: dict[str, Any]) -> str:
    """Return the table in Markdown, and a line on the misses."""
    lines = [
        [name, *(f"{row[key]['hits']} of {row[key]['n']} ({show_percent(row[key]['share'])})" for key in COUNTS)]
        for name, row in found["rows"].items()
    ]
    labels = ", ".join(f"{number} {label}" for label, number in sorted(found["labels"].items()))
    parts = [
        f"{label}: {', '.join(f'{number} as {what}' for what, number in list(counts.items())[:3])}"
        for label, counts in found["misses"].items()
    ]
    said = f"{sum(found['labels'].values())} pairs ({labels}).{say_sample(found)}"
    return f"{make_table(['Method', *COUNTS], lines)}\n\n{said} The judge's most frequent misses: {'; '.join(parts) or 'none'}."
