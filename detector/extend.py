"""An earlier report -> its articles and stories, for a run that adds articles to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from detector.errors import ReportError
from detector.records import Article, Report
from detector.report_json import report_from_json


def read_earlier(path: Path | str) -> Report:
    """Read the report at `path`: a report.json, or the folder that `detector report` wrote.

    Raises:
        ReportError: there is no report, or it cannot be understood.
    """
    given = Path(path)
    file = given / "report.json" if given.is_dir() else given
    try:
        return report_from_json(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReportError(
            f"{given}: no report to extend: {file.name}: {error.strerror or error}; give the folder that "
            "'detector report' wrote, or its report.json"
        ) from error
    except (ReportError, UnicodeDecodeError) as error:
        raise ReportError(f"{file}: no report to extend: {error}") from error


def join_articles(articles: Sequence[Article], earlier: Report) -> tuple[Article, ...]:
    """Return the articles, and the earlier report's that are not among them; dates that it inferred are taken back."""
    given = {article.id for article in articles}
    return (*articles, *(_take_back_date(article) for article in earlier.articles if article.id not in given))


def list_known(earlier: Report) -> dict[str, str]:
    """Return the story of each article of the earlier report: story ids by article id."""
    return {article: story.id for story in earlier.stories for article in story.article_ids}


def _take_back_date(article: Article) -> Article:
    """Return the article as it was read: an inferred date rests on the other articles, and may now come out otherwise."""
    if article.published_basis != "inferred":
        return article
    return replace(article, published=None, published_basis=None, published_evidence=None)
