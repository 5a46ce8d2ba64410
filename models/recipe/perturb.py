"""Labelled pairs made from news sentences by rule: python models/recipe/perturb.py DATA WORK [--seed N]."""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from overlap import is_measured, read_measured_runs
from perturb_edits import Pair, apply_edits, find_droppable
from perturb_facts import change_all, change_day, change_place, swap_roles
from perturb_figures import change_amounts, change_counts
from perturb_names import move_adjunct, swap_names
from perturb_rules import change_outcome, change_saying, change_verb, drop_part, negate_verb
from perturb_sentences import read_parsed
from sets import LABELS, Row, write_lines

ROOT = Path(__file__).resolve().parents[2]
RULES = (
    drop_part, negate_verb, change_outcome, change_saying, change_verb, change_day, change_place, change_all, swap_roles,
    change_counts, change_amounts, swap_names, move_adjunct,
)  # fmt: skip
SENTENCES = (46_000, 6_000)
# Rows at most of one rule and label, so that the frequent rules leave room for the rare ones; dropping makes no contradictions.
MOST = 1_500
MOST_DROPPED = 900


def make_rows(docs: Sequence[Any], chance: random.Random) -> list[Row]:
    """Return the labelled rows of all rules, no rule above MOST a label, in random order."""
    counts: Counter[tuple[str, str]] = Counter()
    seen: set[tuple[str, str]] = set()
    rows: list[Row] = []
    for doc in docs:
        for pair in _list_pairs(doc, chance):
            row = _write_row(doc, pair, chance)
            if (
                row is None
                or (row.premise, row.hypothesis) in seen
                or counts[pair.rule, pair.label] >= (MOST_DROPPED if pair.rule == "drop" else MOST)
            ):
                continue
            seen.add((row.premise, row.hypothesis))
            counts[pair.rule, pair.label] += 1
            rows.append(row)
    chance.shuffle(rows)
    return rows


def _list_pairs(doc: Any, chance: random.Random) -> Iterator[Pair]:
    """Yield the pairs of every rule on one sentence."""
    for rule in RULES:
        yield from rule(doc, chance)


def _write_row(doc: Any, pair: Pair, chance: random.Random) -> Row | None:
    """Apply a pair's edits; four hypotheses in ten lose one further part, so that length says nothing of the label.

    What is lost never holds the edit, so an entailed claim stays entailed, a denied one denied and an open one open.
    """
    edits = pair.hypothesis
    fixed = (*pair.premise, *pair.hypothesis)
    if chance.random() < 0.4 and pair.rule != "drop":
        parts = find_droppable(doc, negated=pair.rule in ("negation", "outcome", "all", "saying"))
        free = [part for part in parts if all(part[1] <= start or part[0] >= end for start, end, _ in fixed)]
        edits = (*edits, chance.choice(free)) if free else edits
    premise, hypothesis = apply_edits(doc.text, pair.premise), apply_edits(doc.text, edits)
    if premise == hypothesis or min(len(premise.split()), len(hypothesis.split())) < 4:
        return None
    return Row(premise, hypothesis, pair.label, f"perturbed_{pair.rule}")


def main() -> None:
    """Write WORK/perturbed.jsonl.gz and print how many rows each rule gave of each label."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    measured = read_measured_runs(options.data, ROOT / "seeds")
    docs = [
        doc
        for doc in read_parsed(options.data, options.work, SENTENCES, options.seed)
        if not is_measured(doc.text, measured)
    ]
    rows = make_rows(docs, random.Random(options.seed))  # noqa: S311
    write_lines(options.work / "perturbed.jsonl.gz", map(asdict, rows))
    table = Counter((row.set, row.label) for row in rows)
    for name in sorted({row.set for row in rows}):
        print(f"{name:22}", *(f"{label} {table[name, label]:5}" for label in LABELS))
    print(f"{'all':22}", *(f"{label} {sum(row.label == label for row in rows):5}" for label in LABELS))


if __name__ == "__main__":
    main()
