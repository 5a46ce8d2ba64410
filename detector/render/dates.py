"""Days and times as a reader meets them. Always in the article's own time zone: its day is never shifted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from detector.records import Article

NO_DATE = "no date"


def format_date(day: date, year: bool = True) -> str:
    """Return "10 Apr 2025", or "10 Apr"."""
    return f"{day.day} {day:%b %Y}" if year else f"{day.day} {day:%b}"


def format_moment(moment: datetime) -> str:
    """Return "10 Apr 2025, 14:30 UTC"; without the time where the article gives a day alone (midnight)."""
    if not (moment.hour or moment.minute):
        return format_date(moment)
    return f"{format_date(moment)}, {moment:%H:%M} {moment.tzname() or ''}".strip()


def format_published(article: Article, year: bool = True) -> str:
    """Return the article's day, "about" in front where it was inferred, or "no date"."""
    if article.published is None:
        return NO_DATE
    about = "about " if article.published_basis == "inferred" else ""
    return about + format_date(article.published, year)


def format_published_moment(article: Article) -> str:
    """Return the article's day and, where it is known, its time; an inferred date is a day at best."""
    if article.published is None or article.published_basis == "inferred":
        return format_published(article)
    return format_moment(article.published)


def explain_published(article: Article) -> str:
    """Return how the date is known: "from its text", "inferred: ...", or "" for metadata and no date."""
    if article.published is None or article.published_basis == "metadata":
        return ""
    evidence = " ".join((article.published_evidence or "").split())
    if article.published_basis == "inferred":
        return f"inferred: {evidence}" if evidence else "inferred from another article"
    return "from its text" if article.published_basis == "text" else "basis not recorded"


def format_range(articles: Iterable[Article]) -> str:
    """Return "16 Mar 2025 to 11 Apr 2025", "10 Apr 2025", or "" when no date is known."""
    days = sorted(article.published.date() for article in articles if article.published)
    if not days:
        return ""
    if days[0] == days[-1]:
        return format_date(days[0])
    return f"{format_date(days[0], year=days[0].year != days[-1].year)} to {format_date(days[-1])}"
