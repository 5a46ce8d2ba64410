"""Plain text and Markdown: one article a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from detector.read.dates import parse_date
from detector.read.decode import load_text
from detector.read.front import split_front_matter
from detector.read.markup import strip_markdown
from detector.read.story import make_article, read_body
from detector.records import Article, Skipped


def read_plain(path: Path) -> Iterator[Article | Skipped]:
    """Read a text file as one article.

    Args:
        path: a file of text with or without front matter.

    Yields:
        The article, or the reason why there is none.
    """
    text = load_text(path)
    yield text if isinstance(text, Skipped) else parse_plain(text, where=str(path), name=path.stem)


def read_markdown(path: Path) -> Iterator[Article | Skipped]:
    """Read a Markdown file as one article; as `read_plain`, with the markup taken out."""
    text = load_text(path)
    yield text if isinstance(text, Skipped) else parse_plain(text, where=str(path), name=path.stem, markdown=True)


def parse_plain(text: str, *, where: str, name: str, markdown: bool = False) -> Article | Skipped:
    """Parse one article.

    Args:
        text: the whole text, normalised, with or without front matter.
        where: the article's `path`.
        name: the source if neither front matter nor text names one.
        markdown: the text is Markdown.

    Returns:
        The article, or the reason why there is none.
    """
    front, text = split_front_matter(text)
    values = front.values
    heading = None
    if markdown:
        text, heading = strip_markdown(text)
    else:
        start = text.lstrip()
        if start.startswith("# "):  # a heading mark is no part of a headline in any kind of file
            text = start[2:]
    keys = [key for key in ("published", "date") if key in values]
    dates = [(when, front.lines[key]) for key in keys if (when := parse_date(values[key]))]
    published, evidence = dates[0] if dates else (None, None)
    hints = [*(values[key] for key in keys), values.get("url", ""), name]
    body = read_body(text, heading=values.get("title") or heading, hints=hints)
    if not any(character.isalnum() for character in body.text):
        return Skipped(where, "no article text in it")
    body = replace(body, url=values.get("url") or body.url)
    return make_article(
        body, source=values.get("source"), name=name, path=where, published=published, evidence=evidence
    )
