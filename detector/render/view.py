"""The whole report as a page shows it: the one value that the HTML, Markdown and terminal renderers read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from detector.records import Article, Report, Story
from detector.render.cards import Section, build_sections
from detector.render.dates import explain_published, format_moment, format_published_moment, format_range
from detector.render.grid import Grid, build_grid
from detector.render.lookup import Column, Lookup, build_lookup, list_alone, list_compared
from detector.render.only_in import OnlyGroup, build_only_in
from detector.render.texts import ArticleText, build_texts
from detector.render.topic_map import TopicMap, build_topic_map
from detector.render.topics import build_topics
from detector.render.words import (
    NO_NLI,
    NOTES,
    ONLY_COUNTED,
    ONLY_SYMBOL,
    is_versions,
    list_asked,
    list_groups,
    list_unshown,
    phrase_left_out,
    phrase_number,
    phrase_setting,
)

_JUDGE = (
    ("model", "Model", "not recorded"),
    ("nli", "NLI", "none: the meaning comparison abstained"),
    ("weights", "Weights", "the packaged ones"),
)


@dataclass(frozen=True, slots=True)
class SourceView:
    """One article in the header."""

    label: str
    title: str
    date: str
    basis: str
    credit: str = ""


@dataclass(frozen=True, slots=True)
class StoryView:
    """One story: its title, its articles, its grid and its map."""

    title: str
    sources: tuple[SourceView, ...]
    grid: Grid
    map: TopicMap


@dataclass(frozen=True, slots=True)
class Tag:
    """A count in the header, in the colours of `key`."""

    key: str
    symbol: str
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything a page shows, in its order. `asked` names the relations asked for alone, "" for all of them."""

    title: str
    meta: str
    versions: bool
    asked: str
    stories: tuple[StoryView, ...]
    tags: tuple[Tag, ...]
    sections: tuple[Section, ...]
    only_in: tuple[OnlyGroup, ...]
    columns: tuple[Column, ...]
    texts: tuple[ArticleText, ...]
    alone: tuple[SourceView, ...]
    left_out: tuple[str, ...]
    unshown: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    judge: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...]
    made_at: str


def build_view(report: Report) -> View:
    """Turn a report into what a page shows of it. Pure; the order is the report's own."""
    stories, alone = list_compared(report), list_alone(report)
    # Where nothing was compared, "only one source has this" would say nothing.
    apart = {article.id for article in alone}
    report = replace(report, only_in=tuple(only for only in report.only_in if only.article_id not in apart))
    if asked := list_asked(report):
        cards = tuple(card for card in report.cards if card.relation in asked)
        report = replace(report, cards=cards, only_in=())
    lookup = build_lookup(report)
    sections = build_sections(lookup, list_groups(report))
    only_in = () if asked else build_only_in(lookup)
    return View(
        title=_make_title(stories),
        meta=_make_meta(report, stories),
        versions=is_versions(report),
        asked=", ".join(asked),
        stories=tuple(_build_story(lookup, story, sections) for story in stories),
        tags=_build_tags(report, sections),
        sections=sections,
        only_in=only_in,
        columns=tuple(c for c in lookup.columns if any(article.id not in apart for article in c.articles)),
        texts=build_texts(lookup, stories, sections, only_in),
        alone=tuple(view_article(lookup, article) for article in alone),
        left_out=_list_left_out(report),
        unshown=list_unshown(report),
        skipped=tuple((item.where, item.reason) for item in report.skipped),
        notes=() if report.settings.get("nli") else (NO_NLI,),
        judge=_list_judge(report),
        settings=_list_settings(report),
        made_at=format_moment(report.made_at),
    )


def view_article(lookup: Lookup, article: Article) -> SourceView:
    """Return an article's line in a list of sources."""
    label = lookup.column_of[article.id].label
    if is_versions(lookup.report):
        label += f": {article.source}"
    own = not article.credit or article.credit.casefold() == article.source.casefold()
    credit = "" if own else f"credits {article.credit}"
    return SourceView(label, article.title, format_published_moment(article), explain_published(article), credit)


def _build_story(lookup: Lookup, story: Story, sections: Sequence[Section]) -> StoryView:
    articles = [lookup.articles[one] for one in story.article_ids if one in lookup.articles]
    sources = tuple(view_article(lookup, article) for article in articles)
    topics = build_topics(lookup, story, sections)
    grid = build_grid(lookup, story, sections, topics)
    topic_map = build_topic_map(lookup, story, topics, {row.anchor for row in grid.rows})
    return StoryView(story.title or "Untitled story", sources, grid, topic_map)


def _make_title(stories: Sequence[Story]) -> str:
    if len(stories) == 1:
        return stories[0].title or "Untitled story"
    if stories:
        return f"{len(stories)} stories compared"
    return "Nothing to compare"


def _make_meta(report: Report, stories: Sequence[Story]) -> str:
    compared = {one for story in stories for one in story.article_ids}
    articles = [article for article in report.articles if article.id in compared]
    sources = len({article.source for article in articles})
    head = phrase_number(len(articles), "article")
    if not is_versions(report):
        head += f" from {phrase_number(sources, 'source')}"
    if days := format_range(articles):
        head += f", {days}"
    pairs = report.counts.get("pairs")
    looked = sum(pairs.values()) if isinstance(pairs, Mapping) else pairs
    parts = [head, phrase_number(_count_claims(report), "claim"), phrase_number(len(report.topics), "topic")]
    if isinstance(looked, int):
        parts.append(f"{phrase_number(looked, 'pair')} looked at")
    return " · ".join(parts)


def _build_tags(report: Report, sections: Sequence[Section]) -> tuple[Tag, ...]:
    tags = [_build_tag(section) for section in sections]
    if list_asked(report):
        return tuple(tags)
    if is_versions(report):
        notes = Counter(only.note for only in report.only_in)
        tags[1:1] = [Tag("only", symbol, notes[note], word.lower()) for note, (symbol, word) in NOTES.items()]
    else:
        tags.append(Tag("only", ONLY_SYMBOL, len(report.only_in), ONLY_COUNTED))
    return tuple(tags)


def _count_claims(report: Report) -> int:
    return sum(is_versions(report) or not claim.left_out for claim in report.claims)


def _build_tag(section: Section) -> Tag:
    group, number = section.group, section.number
    return Tag(group.key, group.symbol, number, group.cell if number == 1 else group.counted)


def _list_left_out(report: Report) -> tuple[str, ...]:
    if is_versions(report):  # there every sentence takes part
        return ()
    reasons = Counter(claim.left_out for claim in report.claims if claim.left_out)
    return tuple(phrase_left_out(reason, reasons[reason]) for reason in sorted(reasons))


def _list_judge(report: Report) -> tuple[tuple[str, str], ...]:
    values = {key: phrase_setting(report.settings.get(key) or other) for key, _, other in _JUDGE}
    if note := report.settings.get("weights_note"):
        values["weights"] += f" ({note})"
    return tuple((label, values[key]) for key, label, _ in _JUDGE)


def _list_settings(report: Report) -> tuple[tuple[str, str], ...]:
    shown = {key for key, _, _ in _JUDGE} | {"weights_note"}
    return tuple((key, phrase_setting(report.settings[key])) for key in sorted(set(report.settings) - shown))
