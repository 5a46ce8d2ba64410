"""The command line: parses, calls a plain function, prints."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detector.errors import DetectorError, ReadError, SettingsError

if TYPE_CHECKING:
    from rich.console import Console

    from detector.records import Article, Relation, Report, Skipped
    from detector.settings import Settings

app = typer.Typer(
    name="detector",
    help="Compare news articles from several sources, claim by claim: where they agree, differ, and develop over time.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

DIFFERENT = 1
WRONG = 2


class Format(StrEnum):
    """What `detector diff` prints."""

    TEXT = "text"
    JSON = "json"
    MD = "md"
    HTML = "html"


Paths = Annotated[
    list[str],
    typer.Argument(
        help="Files (.txt .md .jsonl .csv), folders, glob patterns, or - for standard input.", show_default=False
    ),
]
Source = Annotated[str | None, typer.Option(help="The source, for a single file.", show_default=False)]
Date = Annotated[str | None, typer.Option(help="The publishing date, for a single file.", show_default=False)]
Model = Annotated[
    str | None,
    typer.Option(help="Embedding model: a name or folder. Default: the packaged all-MiniLM-L6-v2.", show_default=False),
]
NliModel = Annotated[
    str | None,
    typer.Option(
        "--nli",
        help="NLI cross-encoder: a name or folder. Without one the meaning comparison abstains.",
        show_default=False,
    ),
]
TopicNames = Annotated[
    list[str] | None,
    typer.Option(
        "--topic",
        help='A topic of your own: "troop numbers", or "troop numbers: soldiers, deployment". May be repeated.',
        show_default=False,
    ),
]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings", help="Settings file. Default: detector.toml in this folder, if there is one.", show_default=False
    ),
]
MinConfidence = Annotated[
    float | None, typer.Option(help="Leave out findings below this confidence (0 to 1).", show_default=False)
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes on skipped input.")]


@app.callback()
def show_version(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    """Print the version when asked."""
    if version:
        from importlib.metadata import version as find_version

        typer.echo(f"detector {find_version('detector')}")
        raise typer.Exit


@app.command("report")
def report_command(
    paths: Paths,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder to write to; made if it does not exist.")
    ] = Path("reports/latest"),
    source: Source = None,
    date: Date = None,
    model: Model = None,
    nli: NliModel = None,
    topic: TopicNames = None,
    settings: SettingsFile = None,
    min_confidence: MinConfidence = None,
    max_findings: Annotated[int | None, typer.Option(help="Most findings shown a story.", show_default=False)] = None,
    quiet: Quiet = False,
) -> None:
    """Write a report: HTML, Markdown, JSON and two CSV files; one folder a story when there are several.

    Example: detector report seeds -o reports/seeds
    """
    chosen = _load_settings(
        settings, topic, model=model, nli=nli, min_confidence=min_confidence, max_findings=max_findings
    )
    articles, skipped = _read(paths, source, date, quiet)
    report = _compare(articles, skipped, chosen, one_story=False, quiet=quiet)
    from detector.render import write_reports

    written = write_reports(report, output)
    _summarise(report, written, output)


@app.command("diff")
def diff_command(
    paths: Paths,
    only: Annotated[
        str | None, typer.Option(help="Show only these relations, by comma: differ,develop,agree.", show_default=False)
    ] = None,
    output_format: Annotated[Format, typer.Option("--format", help="What to print.")] = Format.TEXT,
    model: Model = None,
    nli: NliModel = None,
    topic: TopicNames = None,
    settings: SettingsFile = None,
    min_confidence: MinConfidence = None,
    quiet: Quiet = False,
) -> None:
    """Compare two or more articles in the terminal.

    Two versions of one article are compared as versions: facts changed, added, dropped. Exit code 0: nothing differs; 1: something
    differs or has developed (among the relations shown); 2: error.

    Example: detector diff monday.txt tuesday.txt --only differ
    """
    from detector.records import Relation

    shown = _read_relations(only)
    chosen = _load_settings(settings, topic, model=model, nli=nli, min_confidence=min_confidence)
    articles, skipped = _read(paths, None, None, quiet)
    if len(articles) < 2:
        if any(item.reason.startswith("same text as") for item in skipped):
            typer.echo("The articles are the same; nothing differs.")
            return
        raise ReadError(
            f"diff needs two articles, and {len(articles)} could be read. Give two files, or a folder or JSONL file with several"
        )
    given = {path: i for i, path in enumerate(paths)}
    ordered = sorted(articles, key=lambda article: given.get(article.path or "", len(given)))
    report = _compare(ordered, skipped, chosen, one_story=True, quiet=quiet)
    report = _keep_relations(report, shown)
    _print_diff(report, shown, output_format)
    changed = any(finding.relation in (Relation.DIFFER, Relation.DEVELOP) for finding in report.findings)
    if changed or any(item.note for item in report.only_in):
        raise typer.Exit(DIFFERENT)


@app.command("topics")
def topics_command(
    paths: Paths,
    source: Source = None,
    date: Date = None,
    model: Model = None,
    topic: TopicNames = None,
    settings: SettingsFile = None,
    quiet: Quiet = False,
) -> None:
    """List the topics of each story and who speaks to them.

    Example: detector topics seeds --topic "troop numbers"
    """
    chosen = _load_settings(settings, topic, model=model)
    articles, skipped = _read(paths, source, date, quiet)
    report = _compare(articles, skipped, chosen, one_story=False, quiet=quiet)
    from detector.render.terminal import print_topics

    print_topics(report, _make_console())


def _load_settings(path: Path | None, topics: list[str] | None, **flags: Any) -> Settings:
    """Settings from file and flags."""
    from detector.settings import load_settings

    named = {}
    for text in topics or ():
        name, _, terms = text.partition(":")
        if not name.strip():
            raise SettingsError(
                f'--topic {text!r} has no name; write --topic "troop numbers" or --topic "name: term, term"'
            )
        named[name.strip()] = tuple(term.strip() for term in terms.split(",") if term.strip())
    return load_settings(path, topics=named or None, **flags)


def _read(
    paths: list[str], source: str | None, date: str | None, quiet: bool
) -> tuple[tuple[Article, ...], tuple[Skipped, ...]]:
    """Read articles, say what was skipped, and fail when nothing is left."""
    from detector.read import read_articles

    articles, skipped = read_articles(paths, source=source, published=date)
    if not quiet or not articles:
        for item in skipped:
            typer.echo(f"skipped {item.where}: {item.reason}", err=True)
    if not articles:
        raise ReadError(f"nothing to compare: no article could be read from {', '.join(paths)}")
    return articles, skipped


def _compare(
    articles: Any, skipped: tuple[Skipped, ...], settings: Settings, *, one_story: bool, quiet: bool
) -> Report:
    """Run the comparison with a progress bar on a terminal."""
    with _show_progress(quiet) as progress:
        from detector.pipeline import compare

        return compare(articles, settings=settings, skipped=skipped, one_story=one_story, progress=progress)


def _read_relations(only: str | None) -> frozenset[Relation] | None:
    """Parse --only.

    Raises:
        SettingsError: a name is no relation that can be shown.
    """
    from detector.records import Relation

    if only is None:
        return None
    known = {relation.value: relation for relation in Relation if relation is not Relation.UNRELATED}
    names = [name.strip().lower() for name in only.split(",") if name.strip()]
    wrong = [name for name in names if name not in known]
    if wrong or not names:
        raise SettingsError(f"--only {only!r}: use one or more of {', '.join(known)}, by comma")
    return frozenset(known[name] for name in names)


def _keep_relations(report: Report, shown: frozenset[Relation] | None) -> Report:
    """Leave the findings and cards of other relations out."""
    if shown is None:
        return report
    from dataclasses import replace

    return replace(
        report,
        findings=tuple(finding for finding in report.findings if finding.relation in shown),
        cards=tuple(card for card in report.cards if card.relation in shown),
    )


def _print_diff(report: Report, shown: frozenset[Relation] | None, output_format: Format) -> None:
    """Print the report in the wanted form."""
    if output_format is Format.TEXT:
        from detector.render.terminal import print_report

        print_report(report, _make_console(), shown)
        return
    from detector.render import render_report

    typer.echo(render_report(report, output_format.value), nl=False)


def _make_console() -> Console:
    """Return a console on standard output; colours only on a terminal."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


@contextmanager
def _show_progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a progress function: a bar on a terminal, silence elsewhere."""
    from detector.progress import stay_silent

    if quiet or not sys.stderr.isatty():
        yield stay_silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("loading", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total or None)


def _summarise(report: Report, written: list[Path], output: Path) -> None:
    """Say in a few lines what was found and where it lies."""
    from detector.records import Relation

    cards = {relation: sum(card.relation is relation for card in report.cards) for relation in Relation}
    typer.echo(
        f"{len(report.articles)} articles, {report.counts['claims']} claims, {len(report.stories)} "
        f"{'story' if len(report.stories) == 1 else 'stories'}: {cards[Relation.DIFFER]} differ, {cards[Relation.DEVELOP]} develop, "
        f"{cards[Relation.AGREE]} agree"
    )
    if len(report.articles) == 1:
        typer.echo("There is only one article, so there is nothing to compare it with.")
    first = next((path for path in written if path.name == "index.html"), None) or next(
        p for p in written if p.suffix == ".html"
    )
    typer.echo(f"wrote {len(written)} files to {output}; open {first}")


def main() -> None:
    """Run the command line; a known error is one line and exit code 2."""
    try:
        app()
    except DetectorError as error:
        typer.echo(f"detector: {error}", err=True)
        raise SystemExit(WRONG) from None


if __name__ == "__main__":
    main()
