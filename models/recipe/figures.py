"""The results table as a file: one figure a line, kept beside the page, so that rows of models that are gone stay."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from bootstrap import Figure, Result

MEASURES = ("accuracy", "macro_f1", "precision", "recall", "balanced")
HEAD = ("row", "set", "pairs", "measure", "value", "margin")
# Results of all rows on all columns; a row may lack some.
Results = dict[str, dict[str, Result]]


def write_figures(path: Path, results: Results) -> None:
    """Write every figure on a line of its own, to four places."""
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEAD)
        for row, sets in results.items():
            for name, result in sets.items():
                for measure in MEASURES:
                    figure: Figure | None = getattr(result, measure)
                    if figure is not None:
                        writer.writerow([row, name, result.n, measure, f"{figure.value:.4f}", f"{figure.margin:.4f}"])
                if result.auc is not None:
                    writer.writerow([row, name, result.n, "auc", f"{result.auc:.4f}", ""])


def read_figures(path: Path) -> Results:
    """Read what `write_figures` wrote; nothing where there is no such file."""
    if not path.exists():
        return {}
    found: dict[tuple[str, str, int], dict[str, Figure]] = defaultdict(dict)
    with path.open(newline="", encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            figure = Figure(float(line["value"]), float(line["margin"] or "nan"))
            found[line["row"], line["set"], int(line["pairs"])][line["measure"]] = figure
    results: Results = defaultdict(dict)
    for (row, name, n), figures in found.items():
        auc = figures.pop("auc", None)
        results[row][name] = Result(
            n,
            figures["accuracy"],
            figures["macro_f1"],
            figures.get("precision"),
            figures.get("recall"),
            figures.get("balanced"),
            auc.value if auc else None,
        )
    return dict(results)
