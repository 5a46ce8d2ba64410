"""The same article met twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from detector.records import Article, Skipped
from detector.spool import Slot

_TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


@dataclass(frozen=True, slots=True)
class Met:
    """An article that was met: itself, or its heading and where it lies, and the digest of its text (`digest_text`)."""

    article: Article
    digest: bytes
    slot: Slot | None = None


def drop_duplicates(met: Iterable[Met]) -> tuple[list[Met], list[Skipped]]:
    """Keep one of the articles with the same text and source.

    Texts are the same if they differ at most in case, spaces, typographic signs or the headline above them. A file's
    name is no source of its own: such an article goes with any other of the same text. The same text from two stated
    sources stays two articles.

    Args:
        met: in any order.

    Returns:
        The articles kept: of each group the one with the best metadata, then the first by path; and the others.
    """
    kept: dict[bytes, list[Met]] = {}
    skipped: list[Skipped] = []
    for one in sorted(met, key=lambda one: _rank(one.article)):
        article, same_text = one.article, kept.setdefault(one.digest, [])
        original = next((other.article for other in same_text if _share_source(article, other.article)), None)
        if original is None:
            same_text.append(one)
        else:
            skipped.append(Skipped(article.path or article.id, f"same text as {original.path or original.id}"))
    return [one for group in kept.values() for one in group], skipped


def digest_text(article: Article) -> bytes:
    """Return a digest of the folded text without the headline above it: an archive's texts are not held."""
    text = _fold(article.text)
    return hashlib.sha256((text.removeprefix(_fold(article.title)).strip() or text).encode()).digest()


def _rank(article: Article) -> tuple[object, ...]:
    numbers = [(int(digits or -1), other) for digits, other in re.findall(r"(\d+)|(\D+)", article.path or "")]
    return (
        ("metadata", "text", "file").index(article.source_basis),
        ("metadata", "text", "inferred", None).index(article.published_basis),
        article.url is None,
        numbers,  # row 2 before row 10
        article.id,
    )


def _share_source(article: Article, other: Article) -> bool:
    return "file" in (article.source_basis, other.source_basis) or _fold(article.source) == _fold(other.source)


def _fold(text: str) -> str:
    return " ".join(text.translate(_TYPOGRAPHY).casefold().split())
