"""A report on a terminal: cards with each source's sentence under (or beside) the other."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from detector.records import Relation, Report
from detector.render.cards import CardView, PositionView, Section
from detector.render.only_in import ONLY_SHOWN, OnlyGroup
from detector.render.screen import COLOURS, Screen
from detector.render.view import View, build_view
from detector.render.words import CHECK_NOTE, ONLY_HEADING, ONLY_SYMBOL, phrase_number

_SIDE_BY_SIDE = 140
"""From this width on (in characters) sentences stand beside each other, each in a column of at least 60."""
_COLUMN = 60


def print_report(report: Report, console: Console, only: frozenset[Relation] | None = None) -> None:
    """Print the report's cards in order of importance, what one source alone has, and a summary line.

    Args:
        report: What to print.
        console: Where to. Marked words are coloured on a terminal with colours, and stand in «…» elsewhere.
        only: Print cards of these relations alone, and nothing of what one source alone has. None: as the report's
            settings say.
    """
    if only is not None:
        report = replace(report, settings={**report.settings, "only": sorted(only)})
    view, page = build_view(report), Screen(console)
    page.say((view.title, "bold"))
    page.say((view.meta, "dim"))
    if not view.asked:
        first = 1 if view.versions else len(view.sections)
        for section in view.sections[:first]:
            _print_section(section, page)
        _print_only_in(view, page)
        for section in view.sections[first:]:
            if section.cards or not view.versions:  # unchanged sentences are counted, not listed
                _print_section(section, page)
    else:
        for section in view.sections:
            if section.cards:
                _print_section(section, page)
        if not any(section.number for section in view.sections):
            page.say()
            page.say((f"No findings of this kind: {view.asked}.", ""))
    page.say()
    for note in view.notes:
        page.say((note, "dim"))
    spaced = ((f"{tag.symbol} {tag.number} {tag.words}   ", f"bold {COLOURS[tag.key]}") for tag in view.tags)
    page.say(*spaced)


def _print_section(section: Section, page: Screen) -> None:
    if section.is_check:
        page.say()
        page.say((f"{section.group.symbol} {section.group.heading}", f"bold {COLOURS['check']}"))
        page.say((CHECK_NOTE, ""), indent=2)
    for card in section.cards:
        _print_card(card, page)
    if not section.cards:
        page.say()
        page.say((section.empty, ""))


def _print_card(card: CardView, page: Screen) -> None:
    colour = COLOURS[card.group.key]
    kind = f" · {card.kind}" if card.kind else ""
    topic = f"  ({card.topic})" if card.topic and card.topic != card.question else ""
    origins = f", {card.origins}" if "origin" in card.origins else ""
    sure = f"  {card.sureness}" if card.sureness else ""
    page.say()
    page.say(
        (f"{card.group.symbol} {card.tag}{kind}", f"bold {colour}"),
        (f"  {card.question}", "bold"),
        (f"{topic}{sure}{origins}", ""),
    )
    if page.console.width >= _SIDE_BY_SIDE:
        _print_beside(card, page)
    else:
        for position in card.positions:
            page.put(_build_head(position, colour, page), indent=2)
            page.put(page.mark(position.runs, colour), indent=4)
    if card.why:
        page.say((f"Why: {card.why}", ""), indent=2)


def _print_beside(card: CardView, page: Screen) -> None:
    """Print the positions in as many columns as fit, row after row, without blanks at the ends of lines."""
    number = min(len(card.positions), max(2, page.console.width // _COLUMN))
    width = (page.console.width - 2) // number - 2
    colour = COLOURS[card.group.key]
    for start in range(0, len(card.positions), number):
        cells = [
            [
                *_build_head(one, colour, page).wrap(page.console, width),
                *page.mark(one.runs, colour).wrap(page.console, width),
            ]
            for one in card.positions[start : start + number]
        ]
        for parts in zip_longest(*cells, fillvalue=Text()):
            line = Text("  ").join(_fill(part, width) for part in parts)
            line.rstrip()
            page.console.print(Text("  ").append_text(line), soft_wrap=True)


def _fill(text: Text, width: int) -> Text:
    """Return a line of exactly `width` cells."""
    line = text.copy()
    line.rstrip()
    line.pad_right(width - line.cell_len)
    return line


def _build_head(position: PositionView, colour: str, page: Screen) -> Text:
    details = "".join(f", {one}" for one in (position.date, position.speaker, position.about) if one)
    value = f": {position.value}" if position.value else ""
    return page.make((position.source, "bold"), (details, ""), (value, colour))


def _print_only_in(view: View, page: Screen) -> None:
    for group in view.only_in:
        heading = group.label if view.versions else f"{ONLY_HEADING}: {group.label}"
        page.say()
        page.say((f"{group.symbol or ONLY_SYMBOL} {heading}", f"bold {COLOURS['only']}"))
        _print_lone(group, page)


def _print_lone(group: OnlyGroup, page: Screen) -> None:
    for line in group.lines[:ONLY_SHOWN]:
        page.say((f"- {line.text}", ""), (f" ({line.speaker})" if line.disputed else "", "dim"), indent=2)
    left = len(group.lines) - ONLY_SHOWN + group.left
    if left > 0:
        page.say((f"and {phrase_number(left, 'more sentence')}", "dim"), indent=2)
    if not group.lines:
        page.say(("no sentence", "dim"), indent=2)
