"""One report a story, cut from the report of a whole run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from detector.records import Report, Story
from detector.render.lookup import list_compared
from detector.render.words import CHECK, UNCHANGED, count_kept

_Item = TypeVar("_Item")


def split_report(report: Report) -> list[Report]:
    """Return one report for each story of two or more articles, in the report's order.

    Counts are recomputed from what a part holds; those that cannot be (pairs by rule) are left out of it, as are
    skipped files and articles that share no story: they belong to the run, and stay in the whole report.
    """
    stories = list_compared(report)
    home = {one: story.id for story in stories for one in story.article_ids}
    claims = {claim.id: home.get(claim.article_id) for claim in report.claims}
    tables = {
        "articles": _sort_by_story(report.articles, lambda article: home.get(article.id)),
        "claims": _sort_by_story(report.claims, lambda claim: home.get(claim.article_id)),
        "topics": _sort_by_story(report.topics, lambda topic: topic.story_id),
        "findings": _sort_by_story(report.findings, lambda finding: claims.get(finding.pair.earlier.id)),
        "cards": _sort_by_story(
            report.cards, lambda card: claims.get(card.positions[0].claim_id) if card.positions else None
        ),
        "only_in": _sort_by_story(report.only_in, lambda only: home.get(only.article_id)),
    }
    return [
        _make_part(report, story, {key: table.get(story.id, ()) for key, table in tables.items()}) for story in stories
    ]


def _sort_by_story(items: Iterable[_Item], find: Callable[[_Item], str | None]) -> Mapping[str, tuple[_Item, ...]]:
    found: dict[str, list[_Item]] = {}
    for item in items:
        if story := find(item):
            found.setdefault(story, []).append(item)
    return {story: tuple(own) for story, own in found.items()}


def _make_part(report: Report, story: Story, tables: dict[str, Any]) -> Report:
    counts: dict[str, Any] = {key: len(table) for key, table in tables.items()}
    counts["stories"] = 1
    counts["sources"] = len({article.source for article in tables["articles"]})
    counts["claims"] = sum(claim.left_out is None for claim in tables["claims"])
    counts["left_out"] = _count(claim.left_out for claim in tables["claims"] if claim.left_out)
    counts["findings"] = _count(CHECK.key if one.check else one.relation.value for one in tables["findings"])
    if kept := count_kept(report):  # versions are one story, so that all of them are this part's
        counts["findings"][UNCHANGED] = kept
    counts["cards"] = _count(CHECK.key if one.check else one.relation.value for one in tables["cards"])
    return replace(report, stories=(story,), skipped=(), counts=counts, **tables)


def _count(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
