"""The results table: baselines and models on every held-out set, from one command.

    python models/recipe/evaluate.py DATA build/nli

Rows are the baselines and the models of rows.toml (see entries.py). The tables go into docs/quality.md and, as one
long list of figures, into docs/quality.csv. With `--only ROW` just these rows are scored. A row that is not scored, or
whose model is not on this machine, keeps its figures from there.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from pathlib import Path

from bootstrap import Figure, measure_column
from columns import Column, read_columns
from entries import Entry, read_entries, score_columns
from figures import Results, read_figures, write_figures
from page import make_table, put_block

PAGE = Path(__file__).parents[2] / "docs" / "quality.md"
NEWS_MEAN = "*mean of the news sets*"


def make_blocks(columns: list[Column], results: Results) -> str:
    """Return the tables as Markdown: what the columns are, then the figures, sets downwards and rows across."""
    parts = [
        "### The sets\n\nNews sets are marked with *.\n\n" + make_sets_table(columns),
        "### Accuracy\n\n" + make_figures_table(columns, results, "accuracy"),
        "### Macro-F1\n\n" + make_figures_table(columns, results, "macro_f1"),
        "### Precision / recall of contradiction\n\n" + make_contradiction_table(columns, results),
        "### Sets with two classes: balanced accuracy (area under the ROC curve)\n\n"
        + make_two_class_table(columns, results),
    ]
    return "\n\n".join(parts)


def make_sets_table(columns: list[Column]) -> str:
    """Return what each column holds and how it is decided."""
    rows = []
    for column in columns:
        label, most = Counter(column.gold).most_common(1)[0]
        rule = column.rule.says if column.rule else "the likeliest of three classes"
        rows.append([_mark(column), rule, label, f"{most / len(column.gold):.3f}", str(len(column.gold))])
    return make_table(["Set", "Decided by", "Largest class", "Its share", "Pairs"], rows, texts=3)


def make_figures_table(columns: list[Column], results: Results, measure: str) -> str:
    """Return one measure with its intervals, and its mean over the news sets."""
    lines = [
        [_mark(column), *(_show(getattr(row.get(column.name), measure, None)) for row in results.values())]
        for column in columns
    ]
    news = [column.name for column in columns if column.news]
    means = []
    for row in results.values():
        values = [getattr(row[name], measure).value for name in news if name in row]
        means.append(f"{sum(values) / len(values):.3f}" if len(values) == len(news) else "–")
    return make_table(["Set", *results], [*lines, [NEWS_MEAN, *means]])


def make_contradiction_table(columns: list[Column], results: Results) -> str:
    """Return precision / recall of contradiction for the sets that have it."""
    chosen = [column for column in columns if "contradiction" in column.classes]
    lines = []
    for column in chosen:
        found = [row.get(column.name) for row in results.values()]
        cells = ["–" if r is None else f"{_show(r.precision, False)} / {_show(r.recall, False)}" for r in found]
        lines.append([_mark(column), *cells])
    return make_table(["Set", *results], lines)


def make_two_class_table(columns: list[Column], results: Results) -> str:
    """Return balanced accuracy and the area under the ROC curve, which needs no threshold."""
    lines = []
    for column in columns:
        if column.rule:
            found = [row.get(column.name) for row in results.values()]
            cells = ["–" if r is None else f"{_show(r.balanced)} ({r.auc:.3f})" for r in found]
            lines.append([_mark(column), *cells])
    return make_table(["Set", *results], lines)


def _mark(column: Column) -> str:
    """Return a set's name, news sets with a star."""
    return f"{column.name} \\*" if column.news else column.name


def _show(figure: Figure | None, with_margin: bool = True) -> str:
    """Return a figure as text."""
    if figure is None or math.isnan(figure.value):
        return "–"
    return f"{figure.value:.3f} ±{figure.margin:.3f}" if with_margin else f"{figure.value:.3f}"


def measure_entries(entries: list[Entry], columns: list[Column], work: Path, only: list[str], kept: Results) -> Results:
    """Return the results of every row that has any: scored now, scored before, or kept from the page's figures."""
    results: Results = {}
    for entry in entries:
        here = bool(entry.files) and (not only or entry.name in only)
        scores = score_columns(entry, columns, work, stored_only=not here)
        found = {c.name: measure_column(c, scores[c.name]) for c in columns if c.name in scores}
        if both := kept.get(entry.name, {}) | found:
            results[entry.name] = both
    return results


def main() -> None:
    """Read the command line, score what is missing and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with nli/ and news/")
    parser.add_argument("work", type=Path, help="folder with train.jsonl.gz, which the models of rows.toml lie in")
    parser.add_argument("--only", nargs="+", default=[], metavar="ROW", help="score these rows only")
    parser.add_argument("--out", type=Path, default=PAGE, help="page that gets the tables")
    options = parser.parse_args()
    entries = read_entries(options.work)
    unknown = set(options.only) - {entry.name for entry in entries}
    if unknown:
        parser.error(f"no such row: {', '.join(sorted(unknown))}; there are: {', '.join(e.name for e in entries)}")
    columns = read_columns(options.data, options.work)
    figures = options.out.with_suffix(".csv")
    results = measure_entries(entries, columns, options.work, options.only, read_figures(figures))
    write_figures(figures, results)
    put_block(options.out, "results", make_blocks(columns, results))
    print(f"{len(results)} rows on {len(columns)} sets in {options.out}")


if __name__ == "__main__":
    main()
