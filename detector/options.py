"""The command line's options: their names, their help, and the values that need more than a type."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detector.errors import SettingsError
from detector.records import Relation

LARGE = 1000
"""Articles from which a report is written story by story: one page of more is too large to be opened."""


class Format(StrEnum):
    """What `detector diff` prints."""

    TEXT = "text"
    JSON = "json"
    MD = "md"
    HTML = "html"


class TopicFormat(StrEnum):
    """What `detector topics` prints."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class PlainFormat(StrEnum):
    """What `detector check` and `detector explain` print."""

    TEXT = "text"
    JSON = "json"


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATHS",
        help="Files (.txt .md .jsonl .csv), folders, glob patterns, or - for standard input.",
        show_default=False,
    ),
]
Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder to write to; made if it does not exist.")
]
Source = Annotated[
    str | None, typer.Option(metavar="NAME", help="The source, for a single article.", show_default=False)
]
Date = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="The publishing date, for a single article, as 2025-04-11.", show_default=False),
]
Extend = Annotated[
    Path | None,
    typer.Option(
        metavar="REPORT",
        help="An earlier report, its folder or report.json: its articles keep their stories, and new ones join them.",
        show_default=False,
    ),
]
ByStory = Annotated[
    bool,
    typer.Option(
        "--by-story",
        help="Write each story as soon as it is compared, and no report on all of them. From 1,000 articles on this is done anyway.",
    ),
]
Resume = Annotated[
    bool,
    typer.Option("--resume", help="Go on with the run by story that was stopped in the output folder."),
]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="MODEL",
        help="Embedding model: a name or folder. Default: the packaged all-MiniLM-L6-v2.",
        show_default=False,
    ),
]
NliModel = Annotated[
    str | None,
    typer.Option(
        "--nli",
        metavar="MODEL",
        help='NLI cross-encoder: a name or folder; "" for none: the meaning comparison abstains. Default: the packaged claim-nli.',
        show_default=False,
    ),
]
Runtime = Annotated[
    str | None,
    typer.Option(
        metavar="RUNTIME",
        help="What runs the models: openvino, which starts at once, torch, or auto. Default: auto.",
        show_default=False,
    ),
]
EngineName = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="ENGINE",
        help="Where the work is done: local; ray, by workers on this machine; or ray://HOST:PORT, on a Ray cluster. Default: local.",
        show_default=False,
    ),
]
TopicNames = Annotated[
    list[str] | None,
    typer.Option(
        "--topic",
        metavar="TOPIC",
        help='A topic of your own: "troop numbers", or "troop numbers: soldiers, deployment". May be repeated.',
        show_default=False,
    ),
]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        metavar="FILE",
        help="Settings file. Default: detector.toml in this folder, if there is one.",
        show_default=False,
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(metavar="SHARE", help="Leave out findings below this confidence (0 to 1).", show_default=False),
]
MaxFindings = Annotated[
    int | None, typer.Option(metavar="NUMBER", help="Most findings shown a story.", show_default=False)
]
Only = Annotated[
    str | None,
    typer.Option(
        metavar="RELATIONS",
        help="Show these relations alone, by comma: differ,develop,agree. What one source alone has is then left out.",
        show_default=False,
    ),
]
OutputFormat = Annotated[
    Format, typer.Option("--format", metavar="FORM", help="What to print: text, json, md or html.")
]
TopicOutput = Annotated[
    TopicFormat,
    typer.Option(
        "--format", metavar="FORM", help="What to print: text; json, the whole report; or csv, one row a topic."
    ),
]
Claims = Annotated[
    bool,
    typer.Option(
        "--claims", help="Print the claims of each topic too, with how sure each is; in CSV, one row a claim."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes on skipped input.")]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Compute all anew, and keep nothing: neither read nor write the cache.")
]
Pairs = Annotated[
    list[str],
    typer.Argument(
        metavar="PAIRS",
        help="Labelled pairs or verdicts: files (.jsonl .jsonl.gz .csv), or - for standard input.",
        show_default=False,
    ),
]
WeightsFile = Annotated[
    Path | None,
    typer.Option(
        "--weights",
        metavar="FILE",
        help="The judge's weights. Default: those of the settings, else the packaged ones.",
        show_default=False,
    ),
]
WeightsOutput = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="The weights file to write.", show_default=False)
]
Strength = Annotated[
    float, typer.Option(metavar="NUMBER", help="How far the labels may move the weights; above 0, at most 100.")
]
SavedReport = Annotated[
    Path, typer.Argument(metavar="REPORT", help="A report.json, or the folder of a report.", show_default=False)
]
FindingName = Annotated[
    str,
    typer.Argument(
        metavar="FINDING",
        help="A finding's id, the start of one, or the id of a card: all its findings.",
        show_default=False,
    ),
]
PlainOutput = Annotated[PlainFormat, typer.Option("--format", metavar="FORM", help="What to print: text or json.")]


def parse_topics(texts: Sequence[str] | None) -> dict[str, tuple[str, ...]] | None:
    """Read `--topic` options: a name, or a name, a colon, and describing terms by comma.

    Returns:
        The terms by name, or None where no topic is given.

    Raises:
        SettingsError: a topic has no name, or two have the same one.
    """
    named: dict[str, tuple[str, ...]] = {}
    for text in texts or ():
        name, _, terms = text.partition(":")
        if not name.strip():
            raise SettingsError(
                f'--topic {text!r} has no name; write --topic "troop numbers" or --topic "name: term, term"'
            )
        if name.strip().casefold() in {other.casefold() for other in named}:
            raise SettingsError(f"--topic {name.strip()!r} is given twice; give it once, with all its terms")
        named[name.strip()] = tuple(term.strip() for term in terms.split(",") if term.strip())
    return named or None


def parse_relations(only: str | None) -> frozenset[Relation] | None:
    """Read `--only`: relations by comma; None where all are wanted.

    Raises:
        SettingsError: a name is no relation that can be shown.
    """
    if only is None:
        return None
    known = {relation.value: relation for relation in (Relation.DIFFER, Relation.DEVELOP, Relation.AGREE)}
    names = [name.strip().lower() for name in only.split(",") if name.strip()]
    if not names or not known.keys() >= set(names):
        raise SettingsError(f"--only {only!r}: use one or more of {', '.join(known)}, by comma")
    return frozenset(known[name] for name in names)
