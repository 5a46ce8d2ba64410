"""JSON Lines and CSV -> rows of cells, each with its place, whatever the rows are about."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from detector.records import Skipped

_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """One line or row: where it stands, and its cells by the names of its fields, lower case."""

    where: str
    cells: Mapping[str, Any]


def split_jsonl(lines: Iterable[str], *, where: str, holds: str) -> Iterator[Row | Skipped]:
    """Split JSON Lines.

    Args:
        lines: its lines, normalised.
        where: what places are to name.
        holds: what a line is to hold, for messages ("article").

    Yields:
        A row or the reason why there is none, a line that is not blank.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip("\ufeff \t"):
            continue
        place = f"{where}:line {number}"
        try:
            row = json.loads(line.lstrip("\ufeff"))
        except RecursionError:
            yield Skipped(place, "broken JSON: nested too deeply")
        except ValueError as error:
            yield Skipped(place, f"broken JSON: {error}")
        else:
            if isinstance(row, dict):
                yield Row(place, {_fold(key): value for key, value in reversed(row.items())})
            else:
                reason = f"not a JSON object but {describe_type(row)}; each line holds one {holds} as an object"
                yield Skipped(place, reason)


def split_csv(text: str, *, where: str, wanted: Collection[str]) -> Iterator[Row | Skipped]:
    """Split CSV with a header row, between commas, semicolons, tabs or bars.

    Args:
        text: the text, normalised.
        where: what places are to name.
        wanted: columns of which one must be there, lower case.

    Yields:
        A row or the reason why there is none, a row. The header is row 1, as a spreadsheet shows it.
    """
    text = text.lstrip("\ufeff")
    delimiter, header = _find_header(text, wanted)
    if not set(wanted) & set(header):
        columns = ", ".join(column or "(unnamed)" for column in header)
        yield Skipped(where, f"no column {' or '.join(wanted)}; the columns found are: {columns}")
        return
    rows, closed = _split_rows(text, delimiter)
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    if len(numbered) < 2:
        yield Skipped(where, "no rows below the header")
    for number, row in numbered[1:]:
        place = f"{where}:row {number}"
        if number == len(rows) and not closed:
            yield Skipped(
                place, "a quotation mark is opened in this row and never closed; close it, or double it inside a cell"
            )
        elif any(cell.strip() for cell in row[len(header) :]):
            yield Skipped(
                place, f"{len(row)} cells where the header names {len(header)}; quote cells that hold a delimiter"
            )
        else:
            yield Row(place, dict(reversed([*zip(header, row, strict=False)])))


def describe_type(value: object) -> str:
    """Return "a number", "a list" and so on: what a JSON value is, in words."""
    match value:
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case dict():
            return "an object"
        case str():
            return "a string"
        case _:
            return "null"


def _find_header(text: str, wanted: Collection[str]) -> tuple[str, list[str]]:
    """Return the delimiter under which the first row names a wanted column, else the comma, and the row."""
    headers: list[tuple[str, list[str]]] = []
    for delimiter in _DELIMITERS:
        rows, _ = _split_rows(text, delimiter, most=1)
        headers.append((delimiter, [_fold(cell) for cell in rows[0]]))
    return next((found for found in headers if set(wanted) & set(found[1])), headers[0])


def _split_rows(text: str, delimiter: str, most: int | None = None) -> tuple[list[list[str]], bool]:
    """Split CSV into rows, and tell whether its last quotation mark is closed."""
    rows: list[list[str]] = []
    limit = csv.field_size_limit(max(len(text), 1))  # a process-wide setting: no cell is larger, and it is put back
    try:
        for row in csv.reader(io.StringIO(text.lstrip("\n"), newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) == most:
                return rows, True
        try:
            for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
                pass
        except csv.Error as error:
            return rows, "unexpected end of data" not in str(error)
    finally:
        csv.field_size_limit(limit)
    return rows, True


def _fold(key: str) -> str:
    return key.strip("\ufeff \t\n\"'").casefold()
