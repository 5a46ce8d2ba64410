"""JSON Lines and CSV: one article a line or row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from detector.read.dates import parse_date
from detector.read.decode import load_lines, load_text, normalise_text
from detector.read.rows import describe_type, split_csv, split_jsonl
from detector.read.story import make_article, read_body
from detector.records import Article, Skipped

_TEXT_FIELDS = ("source", "title", "text", "url")


def read_jsonl(path: Path) -> Iterator[Article | Skipped]:
    """Read JSON Lines: one object a line with `text` and, if known, `source`, `title`, `published` or `date`, `url`.

    Args:
        path: the file; other fields are ignored.

    Yields:
        An article or the reason why there is none, a line.
    """
    lines = load_lines(path)
    if isinstance(lines, Skipped):
        yield lines
    else:
        yield from parse_jsonl(lines, where=str(path), name=path.stem)


def parse_jsonl(lines: Iterable[str], *, where: str, name: str) -> Iterator[Article | Skipped]:
    """Parse JSON Lines; see `read_jsonl`. `name` is the source of lines that state none."""
    for item in split_jsonl(lines, where=where, holds="article"):
        yield item if isinstance(item, Skipped) else _parse_row(item.cells, item.where, name)


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
        return
    for item in split_csv(text, where=str(path), wanted=("text",)):
        yield item if isinstance(item, Skipped) else _parse_row(item.cells, item.where, path.stem)


def _parse_row(row: Mapping[str, Any], place: str, name: str) -> Article | Skipped:
    for field in _TEXT_FIELDS:
        value = row.get(field)
        if value is not None and not isinstance(value, str):
            return Skipped(place, f"{field} is {describe_type(value)}, not a string")
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
