"""Labelled pairs of sentences, and editors' verdicts on findings: files -> rows, each with its place.

A row holds `a`, `b` and `relation`; or, as sets for natural language inference do, `premise`, `hypothesis` and `label`; or
`report`, `finding` and `relation`. One file may hold all three. An error names the file and the line.
"""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from detector.errors import ReadError
from detector.read.dates import parse_date
from detector.read.decode import decode_bytes, normalise_text
from detector.read.rows import Row, describe_type, split_csv, split_jsonl
from detector.records import Relation, Skipped

_STANDARD_INPUT = "-"
_SUFFIXES = (".jsonl", ".jsonl.gz", ".csv")
_FORMS = "a, b and relation; premise, hypothesis and label; or report, finding and relation"
_RELATIONS = {relation.value: relation for relation in Relation}
_LABELS = {
    "entailment": Relation.AGREE, "e": Relation.AGREE, "neutral": Relation.UNRELATED, "n": Relation.UNRELATED,
    "contradiction": Relation.DIFFER, "c": Relation.DIFFER,
}  # fmt: skip
_NO_LABEL = ("-", "-1")  # how sets for natural language inference mark pairs on which their annotators did not agree


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two sentences and what they are to each other.

    `event` names what is held out together, or is "". `undated_set` is True for a row of a set for natural language inference,
    in which nothing can develop.
    """

    where: str
    a: str
    b: str
    relation: Relation
    a_date: datetime | None = None
    b_date: datetime | None = None
    event: str = ""
    undated_set: bool = False


@dataclass(frozen=True, slots=True)
class LabelledFinding:
    """An editor's verdict: what the two claims of a finding are to each other. `report` is a file or folder."""

    where: str
    report: Path
    finding: str
    relation: Relation
    event: str = ""


LabelledRow = LabelledPair | LabelledFinding


def read_labelled(paths: Sequence[str]) -> tuple[tuple[LabelledRow, ...], int]:
    """Read labelled pairs and verdicts.

    Args:
        paths: files that end in .jsonl, .jsonl.gz or .csv, or "-" for JSON Lines on standard input; each is read once.

    Returns:
        The rows in the order given, and how many rows were skipped because they have no label ("-" or -1).

    Raises:
        ReadError: a file cannot be read or holds no labelled row, or a row lacks a field or has an unknown label.
    """
    once: dict[str, str] = {}
    for path in paths:
        once.setdefault(path if path == _STANDARD_INPUT else os.path.realpath(path), path)
    rows: list[LabelledRow] = []
    skipped = 0
    for path in once.values():
        folder = Path() if path == _STANDARD_INPUT else Path(path).parent
        found = [parse_row(row, folder) for row in _split(path)]
        kept = [row for row in found if row is not None]
        if not kept:
            raise ReadError(f"{path}: no labelled row in it; a row holds {_FORMS}")
        rows += kept
        skipped += len(found) - len(kept)
    return tuple(rows), skipped


def parse_row(row: Row, folder: Path) -> LabelledRow | None:
    """Parse one row.

    Args:
        row: its place and its cells; unknown ones are ignored, empty ones count as missing.
        folder: what a relative path of a report is relative to.

    Returns:
        The labelled pair or verdict; None for a pair without a label.

    Raises:
        ReadError: a field is missing or is no text, or the relation, label or date is unknown.
    """
    cells = {key: value for key, value in row.cells.items() if not (value is None or str(value).strip() == "")}
    event = str(cells.get("event", ""))
    if cells.keys() & {"a", "b"}:
        a, b, relation = (_read_text(row.where, cells, name) for name in ("a", "b", "relation"))
        a_date, b_date = (_read_date(row.where, cells, name) for name in ("a_date", "b_date"))
        return LabelledPair(row.where, a, b, _find_relation(row.where, relation), a_date, b_date, event)
    if cells.keys() & {"premise", "hypothesis"}:
        a, b = (_read_text(row.where, cells, name) for name in ("premise", "hypothesis"))
        if str(cells.get("label", "")).strip() in _NO_LABEL:
            return None
        label = _read_text(row.where, cells, "label")
        if label.casefold() not in _LABELS:
            raise ReadError(
                f"{row.where}: unknown label {label!r}; use entailment, neutral or contradiction (or e, n, c), or - for none"
            )
        return LabelledPair(row.where, a, b, _LABELS[label.casefold()], event=event, undated_set=True)
    if cells.keys() & {"report", "finding"}:
        report, finding, relation = (_read_text(row.where, cells, name) for name in ("report", "finding", "relation"))
        return LabelledFinding(row.where, folder / report, finding, _find_relation(row.where, relation), event)
    names = ", ".join(row.cells) or "none"
    raise ReadError(f"{row.where}: not a labelled row: it needs {_FORMS}; its fields are: {names}")


def _split(path: str) -> Iterator[Row]:
    """Yield the rows of one file.

    Raises:
        ReadError: the file or a row cannot be read.
    """
    if path != _STANDARD_INPUT and not path.lower().endswith(_SUFFIXES):
        raise ReadError(
            f"{path}: not a file of labelled pairs by its name; give files that end in {', '.join(_SUFFIXES)}, "
            "or - for JSON Lines on standard input"
        )
    text = decode_bytes(_load(path), path)
    if isinstance(text, Skipped):
        raise ReadError(f"{path}: {text.reason}; give labelled pairs: {_FORMS}")
    if path.lower().endswith(".csv"):
        items = split_csv(text, where=path, wanted=("relation", "label"))
    else:
        items = split_jsonl(text.split("\n"), where=path, holds="labelled pair")
    for item in items:
        if isinstance(item, Skipped):
            raise ReadError(f"{item.where}: {item.reason}; correct it, or take it out")
        yield item


def _load(path: str) -> bytes:
    if path == _STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        data = Path(path).read_bytes()
        return gzip.decompress(data) if path.lower().endswith(".gz") else data
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _read_text(where: str, cells: Mapping[str, Any], name: str) -> str:
    if name not in cells:
        raise ReadError(f"{where}: no {name}; a row needs {_FORMS}")
    if not isinstance(cells[name], str):
        raise ReadError(f"{where}: {name} is {describe_type(cells[name])}, not a string; write it in words")
    return normalise_text(cells[name]).strip()


def _read_date(where: str, cells: Mapping[str, Any], name: str) -> datetime | None:
    if name not in cells:
        return None
    text = _read_text(where, cells, name)
    if (day := parse_date(text)) is None:
        raise ReadError(
            f"{where}: {name} {text!r} is no full, unambiguous date; write it as 2025-04-11, or leave it out"
        )
    return day


def _find_relation(where: str, text: str) -> Relation:
    if text.casefold() not in _RELATIONS:
        raise ReadError(f"{where}: unknown relation {text!r}; use {', '.join(_RELATIONS)}")
    return _RELATIONS[text.casefold()]
