"""JSON Lines and CSV: one article a line or row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from detector.read.dates import parse_date
from detector.read.decode import load_text, normalise_text
from detector.read.story import make_article, read_body
from detector.records import Article, Skipped

_TEXT_FIELDS = ("source", "title", "text", "url")
_DELIMITERS = ",;\t|"


def read_jsonl(path: Path) -> Iterator[Article | Skipped]:
    """Read JSON Lines: one object a line with `text` and, if known, `source`, `title`, `published` or `date`, `url`.

    Args:
        path: the file; other fields are ignored.

    Yields:
        An article or the reason why there is none, a line.
    """
    text = load_text(path)
    if isinstance(text, Skipped):
        yield text
    else:
        yield from parse_jsonl(text, where=str(path), name=path.stem)


def parse_jsonl(text: str, *, where: str, name: str) -> Iterator[Article | Skipped]:
    """Parse JSON Lines; see `read_jsonl`. `name` is the source of lines that state none."""
    for number, line in enumerate(text.split("\n"), start=1):
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
                yield _parse_row({_fold(key): value for key, value in reversed(row.items())}, place, name)
            else:
                yield Skipped(
                    place, f"not a JSON object but {_describe(row)}; each line holds one article as an object"
                )


def read_csv(path: Path) -> Iterator[Article | Skipped]:
    """Read CSV with a header row; columns as the fields of `read_jsonl`, between commas, semicolons, tabs or bars.

    Args:
        path: the file.

    Yields:
        An article or the reason why there is none, a row. The header is row 1, as a spreadsheet shows it.
    """
    text = load_text(path)
    if isinstance(text, Skipped):
        yield text
    else:
        yield from _parse_csv(text, where=str(path), name=path.stem)


def _parse_csv(text: str, *, where: str, name: str) -> Iterator[Article | Skipped]:
    text = text.lstrip("\ufeff")
    delimiter, header = _find_header(text)
    if "text" not in header:
        columns = ", ".join(column or "(unnamed)" for column in header)
        yield Skipped(where, f"no column text; the columns found are: {columns}")
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
            cells = dict(reversed([*zip(header, row, strict=False)]))
            yield _parse_row(cells, place, name)


def _find_header(text: str) -> tuple[str, list[str]]:
    """Return the delimiter under which the first row names a column "text", else the comma, and the row."""
    headers: list[tuple[str, list[str]]] = []
    for delimiter in _DELIMITERS:
        rows, _ = _split_rows(text, delimiter, most=1)
        headers.append((delimiter, [_fold(cell) for cell in rows[0]]))
    return next((found for found in headers if "text" in found[1]), headers[0])


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


def _parse_row(row: Mapping[str, Any], place: str, name: str) -> Article | Skipped:
    for field in _TEXT_FIELDS:
        value = row.get(field)
        if value is not None and not isinstance(value, str):
            return Skipped(place, f"{field} is {_describe(value)}, not a string")
    source, title, text, url = (_clean(row.get(field)) for field in _TEXT_FIELDS)
    if not text:
        return Skipped(place, "no text")
    cells = [(key, row[key]) for key in ("published", "date") if row.get(key) not in (None, "")]
    dates = [(when, f"{key}: {cell}") for key, cell in cells if isinstance(cell, str) and (when := parse_date(cell))]
    published, evidence = dates[0] if dates else (None, None)
    body = read_body(text, heading=title, hints=[str(cell) for _, cell in cells] + [url or ""])
    if not any(character.isalnum() for character in body.text):
        return Skipped(place, "no article text in it")
    if cells:  # a stated date that cannot be read is unknown, whatever the text says
        body = replace(body, published=None, evidence=None)
    # Of the source too, only what the table states counts.
    body = replace(body, source=None, url=url or body.url)
    return make_article(body, source=source, name=name, path=place, published=published, evidence=evidence)


def _clean(value: str | None) -> str | None:
    return normalise_text(value).strip() or None if value is not None else None


def _fold(key: str) -> str:
    return key.strip("\ufeff \t\n\"'").casefold()


def _describe(value: object) -> str:
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
