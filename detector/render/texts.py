"""The articles' own texts, with a place to jump to at each sentence that the report shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from detector.records import Article, Claim, Story
from detector.render.cards import Section
from detector.render.dates import explain_published, format_published_moment
from detector.render.lookup import Lookup, make_anchor
from detector.render.only_in import OnlyGroup

_MAX_CHARACTERS = 400_000
"""Beyond this sum the page would get slow: then the texts stay in report.json."""

Piece = tuple[str, str]
"""A stretch of text and the anchor of its sentence, or ""."""


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article: `url` is "" unless it is a web address; `paragraphs` is empty where the text is left out."""

    source: str
    title: str
    date: str
    basis: str
    url: str
    paragraphs: tuple[tuple[Piece, ...], ...]


def build_texts(
    lookup: Lookup, stories: Iterable[Story], sections: Iterable[Section], only_in: Iterable[OnlyGroup]
) -> tuple[ArticleText, ...]:
    """Return the texts of the stories' articles, cut into paragraphs and at the sentences shown elsewhere."""
    shown = {position.anchor for section in sections for card in section.cards for position in card.positions}
    shown |= {item.anchor for group in only_in for item in group.lines}
    articles = [lookup.articles[one] for story in stories for one in story.article_ids if one in lookup.articles]
    small = sum(len(article.text) for article in articles) <= _MAX_CHARACTERS
    claims: dict[str, list[Claim]] = {article.id: [] for article in articles}
    for claim in lookup.report.claims:
        if claim.article_id in claims and make_anchor("claim", claim.id) in shown:
            claims[claim.article_id].append(claim)
    return tuple(
        ArticleText(
            source=lookup.column_of[article.id].label,
            title=article.title,
            date=format_published_moment(article),
            basis=explain_published(article),
            url=clean_url(article.url),
            paragraphs=_cut_paragraphs(article, claims[article.id]) if small else (),
        )
        for article in articles
    )


def clean_url(url: str | None) -> str:
    """Return `url` if it is a web address that is safe to link to, else ""."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return (url or "") if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def _cut_paragraphs(article: Article, claims: Sequence[Claim]) -> tuple[tuple[Piece, ...], ...]:
    paragraphs = []
    for match in re.finditer(r"[^\n]+", article.text):
        pieces: list[Piece] = []
        place, end = match.span()
        for claim in sorted(claims, key=lambda one: one.start):
            # A sentence may run over a line break: its anchor stands where it starts.
            if place <= claim.start < end:
                pieces.append((article.text[place : claim.start], ""))
                place = min(claim.end, end)
                pieces.append((article.text[claim.start : place], make_anchor("claim", claim.id)))
        pieces.append((article.text[place:end], ""))
        if match.group().strip():
            paragraphs.append(tuple(piece for piece in pieces if piece[0]))
    return tuple(paragraphs)
