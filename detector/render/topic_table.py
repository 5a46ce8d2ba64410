"""The topics of a report on a terminal: a table with who speaks to each, and their claims with how sure each one is."""

from __future__ import annotations

from collections import Counter
from statistics import median

from rich.console import Console
from rich.table import Table

from detector.records import Report, Topic
from detector.render.lookup import Lookup, build_lookup
from detector.render.screen import Screen
from detector.render.words import phrase_number

_SURE = 0.9
"""From this strength on a claim is surely on an editor's own topic."""
_USUAL = 0.75
"""... and on a topic that was found, from this share of the strength that is usual in it."""


def print_table(report: Report, console: Console) -> None:
    """Print a table of the report's topics: label, terms, claims, how many of them are sure, and claims by source."""
    page, lookup = Screen(console), build_lookup(report)
    wide = console.width >= 60 + 12 * len(lookup.columns)
    table = Table("Topic", "Terms")
    table.add_column("Claims", justify="right")
    table.add_column("Sure", justify="right")
    for column in lookup.columns if wide else ():
        table.add_column(page.make((column.label, "")), justify="right")
    if not wide:
        table.add_column("Sources", overflow="fold")
    for topic in report.topics:
        known = (lookup.claims[one] for one in topic.claim_ids if one in lookup.claims)
        numbers = Counter(lookup.column_of[claim.article_id].key for claim in known)
        sure = str(sum(mark_sure(topic))) if topic.strength else "-"
        cells = [_write_label(topic, lookup), ", ".join(topic.terms), str(len(topic.claim_ids)), sure]
        if wide:
            cells += [str(numbers[column.key] or "-") for column in lookup.columns]
        else:
            cells.append(", ".join(f"{c.label} {numbers[c.key]}" for c in lookup.columns if numbers[c.key]))
        table.add_row(*(page.make((cell, "")) for cell in cells))
    if report.topics:
        console.print(table)
    page.say((phrase_number(len(report.topics), "topic"), ""))


def print_members(report: Report, console: Console) -> None:
    """Print the claims of each topic, the surest first, each with its strength and its source."""
    page, lookup = Screen(console), build_lookup(report)
    for topic in report.topics:
        page.say()
        page.say((topic.label, "bold"), (" (yours)" if topic.named else "", ""))
        strength = topic.strength or (0.0,) * len(topic.claim_ids)
        members = zip(strength, mark_sure(topic), topic.claim_ids, strict=True)
        for value, sure, one in sorted(members, key=lambda member: (-member[0], member[2])):
            if one in lookup.claims:
                claim = lookup.claims[one]
                head = f"{value:.2f} {'sure' if sure else 'likely'}  " if topic.strength else ""
                page.say(
                    (head, "dim"), (f"{lookup.column_of[claim.article_id].label}: ", "bold"), (claim.text, ""), indent=2
                )


def mark_sure(topic: Topic) -> tuple[bool, ...]:
    """Return for each claim whether it is surely on the topic; the others are likely to be."""
    if not topic.strength:
        return (False,) * len(topic.claim_ids)
    bar = _SURE if topic.named else _USUAL * median(topic.strength)
    return tuple(value >= bar for value in topic.strength)


def _write_label(topic: Topic, lookup: Lookup) -> str:
    """Return the label, indented where the topic is a part of another one."""
    return f"  {topic.label}" if topic.parent in lookup.topics else topic.label
