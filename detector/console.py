"""What the command line prints, and its progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from detector.options import Format, TopicFormat
from detector.records import Relation, Report

if TYPE_CHECKING:
    from rich.console import Console

    from detector.engine import Engine
    from detector.records import Skipped
    from detector.render.archive import Totals
    from detector.settings import Settings
    from detector.store import Store

_SHOWN = (Relation.DIFFER, Relation.DEVELOP, Relation.AGREE)
_LISTED = 10  # articles that are like no other, named one by one


def keep_relations(report: Report, wanted: frozenset[Relation] | None) -> Report:
    """Leave out the findings and cards of other relations, and what one source alone has; the settings say so."""
    if wanted is None:
        return report
    return replace(
        report,
        settings={**report.settings, "only": [relation.value for relation in _SHOWN if relation in wanted]},
        findings=tuple(finding for finding in report.findings if finding.relation in wanted),
        cards=tuple(card for card in report.cards if card.relation in wanted),
        only_in=(),
    )


def has_differences(report: Report) -> bool:
    """Whether anything in the report differs; between versions every changed, added or dropped sentence does.

    What is to be checked by hand is no proof of a difference, and two speakers whom one article quotes are none between articles.
    """
    if _is_versions(report):
        return bool(report.findings or report.only_in)
    changed = (Relation.DIFFER, Relation.DEVELOP)
    return any(
        finding.relation in changed
        and not finding.check
        and finding.pair.earlier.article_id != finding.pair.later.article_id
        for finding in report.findings
    )


def print_diff(report: Report, wanted: frozenset[Relation] | None, form: Format) -> None:
    """Print a comparison; as text, articles of which there is nothing to say take one line."""
    if form is not Format.TEXT:
        from detector.render import render_report

        # Always UTF-8, whatever the terminal's encoding: the page itself says so.
        typer.echo(render_report(report, form.value).encode(), nl=False)
    elif len(report.articles) < 2:
        typer.echo("The articles are the same; nothing differs.")
    elif _is_versions(report) and wanted is None and not has_differences(report):
        typer.echo("The two versions say the same; they differ in punctuation, spaces or capitals alone.")
    else:
        from detector.render.terminal import print_report

        print_report(report, make_console(), wanted)


def print_topics(report: Report, form: TopicFormat, *, claims: bool) -> None:
    """Print the topics of each story, under its title where there are several; with their claims if wanted."""
    from detector.render import render_report, split_report
    from detector.render.topic_table import print_members, print_table

    if form is not TopicFormat.TEXT:
        name = {TopicFormat.JSON: "json", TopicFormat.CSV: "claims.csv" if claims else "topics.csv"}[form]
        typer.echo(render_report(report, name).encode(), nl=False)
        return
    console, parts = make_console(), split_report(report)
    parts = parts if len(parts) > 1 else [report]
    for number, part in enumerate(parts):
        if number:
            console.print()
        if len(parts) > 1:
            console.print(part.stories[0].title or "Untitled story", style="bold", markup=False)
        print_table(part, console)
        if claims:
            print_members(part, console)


def warn_unmatched(report: Report, wanted: Iterable[str]) -> None:
    """Say which of an editor's own topics no claim is on; between two versions there are no topics."""
    found = {topic.label for topic in report.topics if topic.named}
    lost = [] if _is_versions(report) else [repr(name) for name in wanted if name not in found]
    if lost:
        more = f" and {len(lost) - _LISTED} more" if len(lost) > _LISTED else ""
        typer.echo(
            f"no claim is on your topic {', '.join(lost[:_LISTED])}{more}: left out; describe it with terms "
            '(--topic "name: term, term") or with examples in the settings',
            err=True,
        )


def print_summary(report: Report, written: Sequence[Path], output: Path) -> None:
    """Say in a few lines what was found, what was left aside, and where it lies."""
    from detector.render.lookup import list_alone
    from detector.render.words import phrase_number

    sure = [card for card in report.cards if not card.check]
    cards = ", ".join(f"{sum(card.relation is one for card in sure)} {one.value}" for one in _SHOWN)
    if left := len(report.cards) - len(sure):
        cards += f", {left} to check by hand"
    articles, claims = phrase_number(len(report.articles), "article"), phrase_number(report.counts["claims"], "claim")
    typer.echo(f"{articles}, {claims}, {phrase_number(len(report.stories), 'story', 'stories')}: {cards}")
    alone = list_alone(report)
    if len(report.articles) == 1:
        typer.echo("There is only one article, so there is nothing to compare it with.")
    elif alone:
        typer.echo(f"{phrase_number(len(alone), 'article')} of a story that no other tells, compared with nothing:")
        for article in alone[:_LISTED]:
            typer.echo(f"  {article.source}: {article.title or article.path or article.id}")
        if len(alone) > _LISTED:
            typer.echo(f"  and {len(alone) - _LISTED} more; the page lists them")
    if report.skipped:
        typer.echo(f"{len(report.skipped)} skipped; the page lists what and why")
    # The first page written is the one to open first.
    first = next(path for path in written if path.suffix == ".html")
    typer.echo(f"wrote {phrase_number(len(written), 'file')} to {output}; open {first}")


def print_totals(totals: Totals, skipped: Sequence[Skipped], written: Sequence[Path], output: Path) -> None:
    """Say in a few lines what a run by story found, and where it lies."""
    from detector.render.words import phrase_number

    cards = ", ".join(f"{totals.cards.get(one.value, 0)} {one.value}" for one in _SHOWN)
    if left := totals.cards.get("check", 0):
        cards += f", {left} to check by hand"
    articles, claims = (phrase_number(totals.counts.get(f"{word}s", 0), word) for word in ("article", "claim"))
    typer.echo(f"{articles}, {claims}, {phrase_number(totals.stories, 'story', 'stories')}: {cards}")
    if totals.apart:
        typer.echo(
            f"{phrase_number(totals.apart, 'article')} of a story that no other tells, compared with nothing; apart.csv lists them"
        )
    if skipped:
        typer.echo(f"{len(skipped)} skipped; the page lists what and why")
    typer.echo(f"wrote {phrase_number(totals.stories, 'story', 'stories')} to {output}; open {written[0]}")


def make_console() -> Console:
    """Return a console on standard output; colours only on a terminal."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


@contextmanager
def show_progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a progress function: a bar on a terminal, silence elsewhere."""
    from detector.progress import stay_silent

    if quiet or not sys.stderr.isatty():
        yield stay_silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total or None)


@contextmanager
def open_cache(settings: Settings, no_cache: bool) -> Iterator[Store | None]:
    """Yield the cache that the settings name, or None where there is to be none; what is wrong with it goes to standard error."""
    if no_cache:
        yield None
        return
    from detector.store import find_folder, open_store

    def warn(text: str) -> None:
        typer.echo(f"detector: {text}", err=True)

    with open_store(find_folder(settings.cache), limit_mb=settings.cache_mb, warn=warn) as store:
        yield store


@contextmanager
def start_engine(settings: Settings) -> Iterator[Engine]:
    """Yield the engine that the settings name; that a worker of it died goes to standard error."""
    from detector.engine import open_engine

    with open_engine(settings.engine, lambda text: typer.echo(f"detector: {text}", err=True)) as engine:
        yield engine


def _is_versions(report: Report) -> bool:
    return report.settings.get("mode") == "versions"
