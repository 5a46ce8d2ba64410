"""An earlier report -> its articles and stories, for a run that adds articles to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from detector.records import Article, Report
from detector.saved import read_saved


def read_earlier(path: Path | str) -> Report:
    """Read the report at `path`: a report.json, or the folder that `detector report` wrote.

    Raises:
        ReportError: there is no report, or it cannot be understood.
    """
    return read_saved(path, "extend")


def list_missing(earlier: Report, given: Collection[str]) -> Iterator[Article]:
    """Yield the earlier report's articles whose ids are not among those given; dates that it inferred are taken back."""
    return (_take_back_date(article) for article in earlier.articles if article.id not in given)


def list_known(earlier: Report) -> dict[str, str]:
    """Return the story of each article of the earlier report: story ids by article id."""
    return {article: story.id for story in earlier.stories for article in story.article_ids}


def _take_back_date(article: Article) -> Article:
    """Return the article as it was read: an inferred date rests on the other articles, and may now come out otherwise."""
    if article.published_basis != "inferred":
        return article
    return replace(article, published=None, published_basis=None, published_evidence=None)
