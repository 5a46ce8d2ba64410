"""The command line: parses, calls a plain function, prints."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.exceptions import TyperException

from detector.caching import cache_app
from detector.console import (
    has_differences,
    keep_relations,
    open_cache,
    print_diff,
    print_summary,
    print_topics,
    print_totals,
    show_progress,
    start_engine,
    warn_unmatched,
)
from detector.errors import DetectorError, ReadError
from detector.judging import check_command, explain_command, learn_command
from detector.options import (
    LARGE,
    ByStory,
    Claims,
    Date,
    EngineName,
    Extend,
    Format,
    MaxFindings,
    MinConfidence,
    Model,
    NliModel,
    NoCache,
    Only,
    Output,
    OutputFormat,
    Paths,
    Quiet,
    Resume,
    Runtime,
    SettingsFile,
    Source,
    TopicFormat,
    TopicNames,
    TopicOutput,
    parse_relations,
    parse_topics,
)

if TYPE_CHECKING:
    from detector.records import Article, Report, Skipped
    from detector.settings import Settings
    from detector.spool import Spool

app = typer.Typer(
    name="detector",
    help="Compare news articles from several sources, claim by claim: where they agree, differ, and develop over time.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

DIFFERENT, WRONG, STOPPED = 1, 2, 130


def _show_version(wanted: bool) -> None:
    """Print the version and stop, when asked."""
    if wanted:
        from importlib.metadata import version

        typer.echo(f"detector {version('detector')}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Hold the option that belongs to no command."""


@app.command("report", short_help="Write a report on articles: HTML, Markdown, JSON and CSV.")
def report_command(
    paths: Paths,
    output: Output = Path("reports/latest"),
    source: Source = None,
    date: Date = None,
    model: Model = None,
    nli: NliModel = None,
    runtime: Runtime = None,
    engine: EngineName = None,
    topic: TopicNames = None,
    settings: SettingsFile = None,
    min_confidence: MinConfidence = None,
    max_findings: MaxFindings = None,
    extend: Extend = None,
    by_story: ByStory = False,
    resume: Resume = False,
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> None:
    """Write a report: HTML, Markdown, JSON and three CSV files; one folder a story when there are several.

    A run of 1,000 articles and more is written story by story, and goes on with --resume where it was stopped.

    Example: detector report seeds -o reports/seeds
    """
    from detector.settings import load_settings

    chosen = load_settings(
        settings,
        topics=parse_topics(topic),
        model=model,
        nli=nli,
        runtime=runtime,
        engine=engine,
        min_confidence=min_confidence,
        max_findings=max_findings,
    )
    from detector.extend import list_known, list_missing, read_earlier
    from detector.spool import Spool

    earlier = read_earlier(extend) if extend else None
    known = list_known(earlier) if earlier else None
    # How many articles there are, and so whether their texts can all be held, is known when they are read.
    with Spool(output) as spool:
        skipped = _spool(paths, spool, source, date, quiet)
        for article in list_missing(earlier, spool) if earlier else ():
            spool.add(article)
        if by_story or resume or len(spool) >= LARGE:
            with start_engine(chosen) as place, show_progress(quiet) as progress, open_cache(chosen, no_cache) as store:
                from detector.archive import write_archive

                totals, written = write_archive(
                    spool,
                    output,
                    settings=chosen,
                    skipped=skipped,
                    known=known,
                    resume=resume,
                    store=store,
                    engine=place,
                    progress=progress,
                )
            print_totals(totals, skipped, written, output)
            return
        articles = tuple(spool.values())
    report = _compare(articles, skipped, chosen, known=known, no_cache=no_cache, quiet=quiet)
    from detector.render import write_reports

    print_summary(report, write_reports(report, output), output)


@app.command("diff", short_help="Compare two or more articles in the terminal.")
def diff_command(
    paths: Paths,
    only: Only = None,
    output_format: OutputFormat = Format.TEXT,
    model: Model = None,
    nli: NliModel = None,
    runtime: Runtime = None,
    topic: TopicNames = None,
    settings: SettingsFile = None,
    min_confidence: MinConfidence = None,
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> None:
    """Compare two or more articles in the terminal.

    Two versions of one article are compared as versions: sentences changed, added, dropped; older first by their dates, else in
    the order given. Exit code 0: nothing differs; 1: something that is shown differs, developed, or changed (what is to be
    checked by hand does not count); 2: error.

    Example: detector diff monday.txt tuesday.txt --only differ
    """
    from detector.settings import load_settings

    shown = parse_relations(only)
    chosen = load_settings(
        settings, topics=parse_topics(topic), model=model, nli=nli, runtime=runtime, min_confidence=min_confidence
    )
    articles, skipped = _read(paths, None, None, quiet)
    if len(articles) < 2:
        _check_same(paths, skipped)
    given = {path: i for i, path in enumerate(paths)}
    ordered = sorted(articles, key=lambda article: given.get(article.path or "", len(given)))
    report = keep_relations(_compare(ordered, skipped, chosen, one_story=True, no_cache=no_cache, quiet=quiet), shown)
    print_diff(report, shown, output_format)
    if has_differences(report):
        raise typer.Exit(DIFFERENT)


@app.command("topics", short_help="List the topics of each story and who speaks to them.")
def topics_command(
    paths: Paths,
    source: Source = None,
    date: Date = None,
    model: Model = None,
    runtime: Runtime = None,
    topic: TopicNames = None,
    claims: Claims = False,
    output_format: TopicOutput = TopicFormat.TEXT,
    settings: SettingsFile = None,
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> None:
    """List the topics of each story, who speaks to them, and how many of their claims are sure: yours, then those found.

    Example: detector topics seeds --topic "troop numbers: soldiers, deployment"
    """
    from detector.settings import load_settings

    # The table shows no verdicts, so that no pair need be read for its meaning, which takes most of the time.
    nli = "" if output_format is TopicFormat.TEXT else None
    chosen = load_settings(settings, topics=parse_topics(topic), model=model, nli=nli, runtime=runtime)
    articles, skipped = _read(paths, source, date, quiet)
    print_topics(_compare(articles, skipped, chosen, no_cache=no_cache, quiet=quiet), output_format, claims=claims)


app.command("check", short_help="Say how well the judge does on labelled pairs.")(check_command)
app.command("learn", short_help="Fit the judge's weights to labelled pairs or verdicts.")(learn_command)
app.add_typer(cache_app, name="cache", short_help="Say what the cache holds, or empty it.")
app.command("explain", short_help="Show what a finding's verdict adds up from.")(explain_command)


def _read(
    paths: list[str], source: str | None, date: str | None, quiet: bool
) -> tuple[tuple[Article, ...], tuple[Skipped, ...]]:
    """Read articles, say what was skipped, and fail when nothing is left."""
    from detector.read import read_articles

    articles, skipped = read_articles(paths, source=source, published=date)
    _check_read(paths, len(articles), skipped, quiet)
    return articles, skipped


def _spool(paths: list[str], spool: Spool, source: str | None, date: str | None, quiet: bool) -> tuple[Skipped, ...]:
    """As `_read`, into a spool."""
    from detector.read import spool_articles

    skipped = spool_articles(paths, spool, source=source, published=date)
    _check_read(paths, len(spool), skipped, quiet)
    return skipped


def _check_read(paths: list[str], number: int, skipped: Sequence[Skipped], quiet: bool) -> None:
    if not quiet or not number:
        for item in skipped:
            typer.echo(f"skipped {item.where}: {item.reason}", err=True)
    if not number:
        raise ReadError(f"nothing to compare: no article could be read from {', '.join(paths)}")


def _check_same(paths: Sequence[str], skipped: Sequence[Skipped]) -> None:
    """Let one article pass for two only where the others were the same file or the same text.

    Raises:
        ReadError: there was nothing to compare it with.
    """
    unread = [item for item in skipped if not item.reason.startswith("same text as")]
    repeated = len({os.path.realpath(path) for path in paths}) < len(paths) or len(skipped) > len(unread)
    if unread or not repeated:
        reasons = "; ".join(f"{item.where}: {item.reason}" for item in unread)
        raise ReadError(
            f"diff needs two articles, and 1 could be read{f' ({reasons})' if reasons else ''}. Give two files, or a folder or "
            "JSONL file with several"
        )


def _compare(
    articles: Sequence[Article],
    skipped: Sequence[Skipped],
    settings: Settings,
    *,
    one_story: bool = False,
    known: Mapping[str, str] | None = None,
    no_cache: bool = False,
    quiet: bool = False,
) -> Report:
    """Run the comparison with a progress bar on a terminal."""
    where = nullcontext() if one_story else start_engine(settings)
    with where as engine, open_cache(settings, no_cache) as store, show_progress(quiet) as progress:
        from detector.pipeline import compare

        report = compare(
            articles,
            settings=settings,
            skipped=skipped,
            one_story=one_story,
            known=known,
            store=store,
            engine=engine,
            progress=progress,
        )
    if not quiet:
        warn_unmatched(report, settings.topics)
    return report


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; a known error is one line and exit code 2.

    Args:
        arguments: what stands behind the command's name; None means those of the process.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without "≠" shows "?" and not a traceback
    given = list(sys.argv[1:] if arguments is None else arguments)
    raise SystemExit(_run(given or ["--help"]))


def _run(arguments: list[str]) -> int:
    """Run one command and return the exit code."""
    try:
        code: Any = app(arguments, prog_name="detector", standalone_mode=False)
        sys.stdout.flush()
    except DetectorError as error:
        typer.echo(f"detector: {error}", err=True)
    except TyperException as error:
        context = getattr(error, "ctx", None)
        words = " ".join(error.format_message().replace("Value error, ", "").split()).rstrip(".")
        command = context.command_path if context else "detector"
        typer.echo(f"detector: {words}; see {command} --help", err=True)
    except BrokenPipeError:
        # The reader (head, less) has left. Python would complain once more when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("detector: stopped", err=True)
        return STOPPED
    else:
        return code if isinstance(code, int) else 0
    return WRONG


if __name__ == "__main__":
    main()
