"""The figures of `detector check` and `detector learn` on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from detector.trial import ComparisonScore, Lesson, Score


def print_check(score: Score, comparisons: Mapping[str, ComparisonScore], console: Console) -> None:
    """Print the figures of one set: over all, by relation, what was found for each label, and by comparison."""
    _say(
        console,
        f"{score['n']} labelled pairs: accuracy {score['accuracy']:.2f}, macro-F1 {score['macro_f1']:.2f}, "
        f"{score['conflicts_called_agree']} of {score['per_relation']['differ']['n']} conflicts called agreement",
    )
    console.print()
    console.print(_make_relations(score))
    console.print()
    console.print(_make_confusion(score))
    console.print()
    table = _make_table("Comparison", "Coverage", "Conflict", "Accuracy")
    for name, shares in comparisons.items():
        table.add_row(name, *(_round(shares[key]) for key in ("coverage", "conflict", "accuracy")))
    console.print(table)


def print_lesson(lesson: Lesson, console: Console) -> None:
    """Print the figures on the held-out part before and after, and whether it got better."""
    before, after = lesson.before, lesson.after
    _say(console, f"fitted on {lesson.fitted} labelled pairs; on the {before['n']} held out:")
    console.print()
    table = _make_table("Held out", "Before", "After")
    table.add_row("accuracy", _round(before["accuracy"]), _round(after["accuracy"]))
    table.add_row("macro-F1", _round(before["macro_f1"]), _round(after["macro_f1"]))
    for name, row in before["per_relation"].items():
        table.add_row(f"F1 of {name}", _round(row["f1"]), _round(after["per_relation"][name]["f1"]))
    table.add_row("conflicts called agreement", *(str(score["conflicts_called_agree"]) for score in (before, after)))
    console.print(table)
    console.print()
    _say(console, _judge_lesson(lesson))


def _judge_lesson(lesson: Lesson) -> str:
    before, after = lesson.before, lesson.after
    if lesson.is_better:
        return f"The held-out part got better: macro-F1 {before['macro_f1']:.2f} before, {after['macro_f1']:.2f} after."
    if after["macro_f1"] > before["macro_f1"]:
        reason = f"more conflicts are called agreement: {before['conflicts_called_agree']} before, {after['conflicts_called_agree']} after"
    else:
        reason = f"macro-F1 {before['macro_f1']:.2f} before, {after['macro_f1']:.2f} after"
    return f"The held-out part did NOT get better: {reason}. Rather keep the weights that you have."


def _make_relations(score: Score) -> Table:
    table = _make_table("Relation", "Precision", "Recall", "F1", "Pairs")
    for name, row in score["per_relation"].items():
        table.add_row(name, _round(row["precision"]), _round(row["recall"]), _round(row["f1"]), str(row["n"]))
    return table


def _make_confusion(score: Score) -> Table:
    names = list(score["per_relation"])
    table = _make_table("Label", *(f"found {name}" for name in names))
    for label in names:
        table.add_row(label, *(str(score["confusion"].get(f"{label}->{found}", 0)) for found in names))
    return table


def _make_table(first: str, *others: str) -> Table:
    """Make a table that fits 80 columns: names on the left, numbers on the right."""
    table = Table(first, box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for other in others:
        table.add_column(other, justify="right")
    return table


def _round(share: float | None) -> str:
    return "-" if share is None else f"{share:.2f}"


def _say(console: Console, text: str) -> None:
    console.print(text, markup=False)
