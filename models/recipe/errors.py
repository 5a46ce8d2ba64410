"""What a model gets wrong, by kind: the table that rules for a judge are built on.

    python models/recipe/errors.py DATA build/nli ROW

ROW is a row of the results table (see entries.py). Kinds come from the project's own pairs in tests/data/nli_kinds.jsonl
and from three public probes. The table goes into docs/quality.md; every decision, by id and without its text, into
WORK/errors.csv.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from bootstrap import count_confusions, estimate, measure_accuracy, resample
from columns import Column, read_nli_columns
from entries import read_entries, score_columns
from page import make_table, put_block
from sets import CONTRADICTION, ENTAILMENT, LABELS, NEUTRAL, read_lines

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "data" / "nli_kinds.jsonl"
PAGE = ROOT / "docs" / "quality.md"
PROBES = ("fracas", "nan_nli", "stresstest_numeric")
_BOUND = re.compile(r"\b(?:more|less) than \d")


@dataclass(frozen=True, slots=True)
class Decision:
    """One scored pair: its kind, gold label and the model's probabilities (3,)."""

    id: str
    kind: str
    gold: int
    probabilities: np.ndarray

    @property
    def chosen(self) -> int:
        """The likeliest label's place in LABELS."""
        return int(self.probabilities.argmax())


def read_own() -> tuple[Column, list[tuple[str, str]]]:
    """Return the project's own pairs as a column, and the (id, kind) of each."""
    rows = list(read_lines(OWN))
    pairs = tuple((row["premise"], row["hypothesis"]) for row in rows)
    column = Column("nli_kinds", pairs, tuple(row["label"] for row in rows))
    return column, [(row["id"], row["kind"]) for row in rows]


def name_kinds(column: Column) -> list[tuple[str, str]]:
    """Return the (id, kind) of each pair of a probe; only the numeric one tells kinds apart, by its wording."""
    kinds = []
    for number, (premise, hypothesis) in enumerate(column.pairs):
        kind = column.name
        if column.name == "stresstest_numeric":
            sides = (bool(_BOUND.search(premise)), bool(_BOUND.search(hypothesis)))
            wording = {(False, True): "bound in hypothesis", (True, False): "bound in premise"}
            kind = f"{kind}, {wording.get(sides, 'two figures')}"
        kinds.append((f"{column.name}.{number}", kind))
    return kinds


def make_kinds_table(decisions: list[Decision]) -> str:
    """Return a Markdown table of the errors of each kind, in the order in which the kinds come."""
    by_kind: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        by_kind[decision.kind].append(decision)
    rows = []
    for kind, part in by_kind.items():
        gold = np.array([decision.gold for decision in part])
        counts = count_confusions(gold, np.array([decision.chosen for decision in part]), len(LABELS))
        accuracy = estimate(measure_accuracy, counts, resample(counts))
        conflicts, others = int(counts[CONTRADICTION].sum()), int(counts[:CONTRADICTION].sum())
        missed = conflicts - int(counts[CONTRADICTION, CONTRADICTION])
        cells = [
            f"{accuracy.value:.3f} ±{accuracy.margin:.3f}",
            f"{missed} of {conflicts}",
            str(counts[CONTRADICTION, ENTAILMENT]),
            f"{counts[:CONTRADICTION, CONTRADICTION].sum()} of {others}",
            f"{counts[ENTAILMENT, NEUTRAL:].sum()} of {counts[ENTAILMENT].sum()}",
        ]
        rows.append([kind, str(len(part)), *cells])
    head = ["Kind", "Pairs", "Accuracy", "Contradictions missed", "of these called entailment"]
    return make_table([*head, "False contradictions", "Entailments missed"], rows)


def write_csv(path: Path, decisions: list[Decision]) -> None:
    """Write every decision by id, without its text."""
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "kind", "gold", "chosen", *LABELS])
        for d in decisions:
            writer.writerow([d.id, d.kind, LABELS[d.gold], LABELS[d.chosen], *(f"{p:.4f}" for p in d.probabilities)])


def main() -> None:
    """Read the command line, score the pairs and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with nli/")
    parser.add_argument("work", type=Path, help="folder that the models of rows.toml lie in")
    parser.add_argument("row", help="name of a row of the results table")
    parser.add_argument("--out", type=Path, default=PAGE, help="page that gets the table")
    options = parser.parse_args()
    entries = {entry.name: entry for entry in read_entries(options.work)}
    if options.row not in entries:
        parser.error(f"no such row: {options.row}; there are: {', '.join(entries)}")
    probes = [column for column in read_nli_columns(options.data) if column.name in PROBES]
    own, own_kinds = read_own()
    scores = score_columns(entries[options.row], [own, *probes], options.work)
    decisions = [
        Decision(name, kind, LABELS.index(gold), probabilities)
        for column, kinds in [(own, own_kinds), *((probe, name_kinds(probe)) for probe in probes)]
        for (name, kind), gold, probabilities in zip(kinds, column.gold, scores[column.name], strict=True)
    ]
    write_csv(options.work / "errors.csv", decisions)
    put_block(options.out, "errors", f"Row: {options.row}.\n\n{make_kinds_table(decisions)}")


if __name__ == "__main__":
    main()
