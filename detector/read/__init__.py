"""Read articles: paths -> `Article` | `Skipped`.

A new kind of file is one function `Path -> Iterator[Article | Skipped]` and one line in `READERS`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from detector.errors import ReadError
from detector.read.dates import parse_date
from detector.read.decode import decode_bytes
from detector.read.duplicates import Met, digest_text, drop_duplicates
from detector.read.plain import parse_plain, read_markdown, read_plain
from detector.read.story import hash_content
from detector.read.tables import parse_jsonl, read_csv, read_jsonl
from detector.read.walk import STANDARD_INPUT, find_files
from detector.records import Article, Skipped
from detector.spool import Spool, make_heading

__all__ = ["READERS", "read_articles", "spool_articles"]

Reader = Callable[[Path], Iterator[Article | Skipped]]

READERS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
}
"""The reader of each suffix, lower case."""

_LAST = datetime.max.replace(tzinfo=UTC)


def read_articles(
    paths: Sequence[str | os.PathLike[str]], *, source: str | None = None, published: str | None = None
) -> tuple[tuple[Article, ...], tuple[Skipped, ...]]:
    """Read the articles in files, folders, glob patterns and "-" (standard input: JSON Lines or one plain text).

    What cannot be read never stops the rest: it is returned with the reason. The result does not depend on the order of
    `paths`.

    Args:
        paths: what to read; folders are searched to the bottom for the suffixes in `READERS`.
        source: the source to state for a single article.
        published: when a single article was published, as "2025-04-11" or "11 April 2025 14:05 GMT".

    Returns:
        The articles by time published (undated ones last) and id, each text of a source once; and what was left out.

    Raises:
        ReadError: `paths` is one string, `source` is empty, `published` is no full date, or one of the two is given
            and there is more than one article.
    """
    when = _check_overrides(source, published)
    items = list(_read_items(paths))
    articles = [item for item in items if isinstance(item, Article)]
    if source is not None or published is not None:
        articles = _override(articles, source, when, published)
    kept, repeated = drop_duplicates(Met(article, digest_text(article)) for article in articles)
    articles = [one.article for one in sorted(kept, key=_order)]
    return tuple(articles), _order_skipped([*(item for item in items if isinstance(item, Skipped)), *repeated])


def spool_articles(
    paths: Sequence[str | os.PathLike[str]], spool: Spool, *, source: str | None = None, published: str | None = None
) -> tuple[Skipped, ...]:
    """Read articles as `read_articles` does, in its order, into a spool: one text at a time is held, that of a file at most.

    Returns:
        What was left out.

    Raises:
        ReadError: as `read_articles`.
        ReportError: the spool has no room.
    """
    if source is not None or published is not None:  # for a single article
        articles, skipped = read_articles(paths, source=source, published=published)
        for article in articles:
            spool.add(article)
        return skipped
    met: list[Met] = []
    left: list[Skipped] = []
    for item in _read_items(paths):
        if isinstance(item, Skipped):
            left.append(item)
        else:
            met.append(Met(make_heading(item), digest_text(item), spool.put(item)))
    kept, repeated = drop_duplicates(met)
    for one in sorted(kept, key=_order):
        if one.slot is not None:
            spool.keep(one.article, one.slot)
    return _order_skipped([*left, *repeated])


def _read_items(paths: Sequence[str | os.PathLike[str]]) -> Iterator[Article | Skipped]:
    """Yield what is read, one after the other, and what cannot be read."""
    if isinstance(paths, str | bytes):
        raise ReadError(f"read_articles takes a list of paths, not the single path {paths!r}; write [{paths!r}]")
    names = [os.fspath(path) for path in paths]
    files, skipped = find_files([name for name in names if name != STANDARD_INPUT], READERS)
    yield from skipped
    for path in files:
        yield from READERS[path.suffix.lower()](path)
    if STANDARD_INPUT in names:
        yield from _read_standard_input()


def _order(one: Met) -> tuple[datetime, str]:
    return (one.article.published or _LAST, one.article.id)


def _order_skipped(skipped: Iterable[Skipped]) -> tuple[Skipped, ...]:
    return tuple(sorted(skipped, key=lambda item: (item.where, item.reason)))


def _check_overrides(source: str | None, published: str | None) -> datetime | None:
    if source is not None and not source.strip():
        raise ReadError("source (--source) is empty; name the outlet, or leave it out")
    when = parse_date(published) if published is not None else None
    if published is not None and when is None:
        raise ReadError(
            f"published (--date) {published!r} is no full, unambiguous date; write it as 2025-04-11 or "
            "2025-04-11T14:05:00+00:00"
        )
    return when


def _override(
    articles: Sequence[Article], source: str | None, when: datetime | None, published: str | None
) -> list[Article]:
    if len(articles) > 1:
        option = "source (--source)" if source is not None else "published (--date)"
        raise ReadError(
            f"{option} is for a single article, and these paths hold {len(articles)}; read each file by itself, or put "
            "source and published into the files (front matter or columns)"
        )
    result = []
    for article in articles:
        if source is not None:
            article = replace(article, source=source.strip(), source_basis="metadata")
        if when is not None:
            evidence = f"published: {published}"
            article = replace(article, published=when, published_basis="metadata", published_evidence=evidence)
        result.append(replace(article, id=hash_content(article)))
    return result


def _read_standard_input() -> list[Article | Skipped]:
    try:
        data = sys.stdin.buffer.read() if hasattr(sys.stdin, "buffer") else sys.stdin.read().encode()
    except OSError as error:
        return [Skipped(STANDARD_INPUT, f"cannot be read: {error.strerror or error}")]
    text = decode_bytes(data, STANDARD_INPUT)
    if isinstance(text, Skipped):
        return [text]
    if text.lstrip("\ufeff \t\n").startswith("{"):
        return list(parse_jsonl(text.split("\n"), where=STANDARD_INPUT, name="standard input"))
    return [parse_plain(text, where=STANDARD_INPUT, name="standard input")]
