"""The index over several stories: each with its counts, its top finding, and where its report is."""

from __future__ import annotations

from dataclasses import dataclass

from detector.records import Report
from detector.render.cards import CardView
from detector.render.environment import render_page
from detector.render.markdown import render_markdown_template
from detector.render.view import View, build_view


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One story's report and the name of its folder."""

    folder: str
    report: Report


@dataclass(frozen=True, slots=True)
class _Row:
    folder: str
    view: View
    top: CardView | None


def render_index_html(report: Report, entries: list[IndexEntry]) -> str:
    """Return the index page of a run; links are relative to the folder that holds it."""
    return render_page("index.html", view=build_view(report), rows=_build_rows(entries))


def render_index_markdown(report: Report, entries: list[IndexEntry]) -> str:
    """Return the same index as Markdown."""
    return render_markdown_template("index.md", view=build_view(report), rows=_build_rows(entries))


def _build_rows(entries: list[IndexEntry]) -> list[_Row]:
    views = [(entry.folder, build_view(entry.report)) for entry in entries]
    return [_Row(folder, view, find_top(view)) for folder, view in views]


def find_top(view: View) -> CardView | None:
    """Return the first card of the weightiest section; one to check by hand only where there is no other."""
    cards = [card for section in view.sections for card in section.cards]
    return min(cards, key=lambda card: card.doubtful, default=None)
