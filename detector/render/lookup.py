"""A report's ids resolved, and its columns: what stands for "a source" on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from detector.records import Article, Claim, Finding, Report, Story, Topic
from detector.render.dates import format_published
from detector.render.words import is_versions


@dataclass(frozen=True, slots=True)
class Column:
    """One source and its articles; one article where two versions are compared. `key` is short and unique."""

    key: str
    label: str
    articles: tuple[Article, ...]

    @property
    def days(self) -> str:
        """The day of the first article, and that of the last one if it is another."""
        first, last = (format_published(article, year=False) for article in (self.articles[0], self.articles[-1]))
        return first if first == last else f"{first} – {last}"


@dataclass(frozen=True, slots=True)
class Lookup:
    """The nouns of one report by id, and its columns in order of time."""

    report: Report
    articles: Mapping[str, Article]
    claims: Mapping[str, Claim]
    topics: Mapping[str, Topic]
    findings: Mapping[str, Finding]
    columns: tuple[Column, ...]
    column_of: Mapping[str, Column]
    story_of: Mapping[str, Story]

    def list_columns(self, story: Story) -> tuple[Column, ...]:
        """Return the columns of one story, each with that story's articles only."""
        inside = set(story.article_ids)
        cut = ((column, tuple(a for a in column.articles if a.id in inside)) for column in self.columns)
        return tuple(Column(column.key, column.label, articles) for column, articles in cut if articles)


def build_lookup(report: Report) -> Lookup:
    """Index a report. Articles stand in the order of their stories (which is that of time), then the others."""
    by_id = {article.id: article for article in report.articles}
    order = dict.fromkeys(one for story in report.stories for one in story.article_ids if one in by_id)
    order |= dict.fromkeys(by_id)
    if is_versions(report):
        order = dict.fromkeys(sorted(order, key=_find_newer(report).__contains__))
    columns = _build_columns(tuple(by_id[one] for one in order), is_versions(report))
    return Lookup(
        report=report,
        articles={one: by_id[one] for one in order},
        claims={claim.id: claim for claim in report.claims},
        topics={topic.id: topic for topic in report.topics},
        findings={finding.id: finding for finding in report.findings},
        columns=columns,
        column_of={article.id: column for column in columns for article in column.articles},
        story_of={one: story for story in report.stories for one in story.article_ids},
    )


def list_compared(report: Report) -> tuple[Story, ...]:
    """Return the stories that hold at least two articles: only there was something to compare."""
    known = {article.id for article in report.articles}
    return tuple(story for story in report.stories if len(known & set(story.article_ids)) > 1)


def list_alone(report: Report) -> tuple[Article, ...]:
    """Return the articles that share no story with another one."""
    inside = {one for story in list_compared(report) for one in story.article_ids}
    return tuple(article for article in report.articles if article.id not in inside)


def make_anchor(kind: str, identifier: str) -> str:
    """Return an id for an element of a page, in characters that need no escaping in a link."""
    return f"{kind}-{re.sub(r'[^A-Za-z0-9_-]', '-', identifier)}"


def _find_newer(report: Report) -> set[str]:
    """Return the ids of later versions. Versions may have no dates: then only the findings know which came first."""
    later = {finding.pair.later.article_id for finding in report.findings}
    return later | {only.article_id for only in report.only_in if only.note == "added"}


def _build_columns(articles: tuple[Article, ...], versions: bool) -> tuple[Column, ...]:
    if versions:
        return tuple(Column(f"s{i}", f"Version {i + 1}", (article,)) for i, article in enumerate(articles))
    sources: dict[str, list[Article]] = {}
    for article in articles:
        sources.setdefault(article.source, []).append(article)
    return tuple(Column(f"s{i}", source, tuple(group)) for i, (source, group) in enumerate(sources.items()))
