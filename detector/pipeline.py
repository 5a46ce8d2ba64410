"""Articles -> Report: the whole story, top to bottom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from detector.assemble import StoryShare, assemble_report, find_only_in, order_article
from detector.cached import split_cached
from detector.cards import build_cards
from detector.dating import infer_dates, resolve_claims
from detector.embed import Embedder, embed_texts
from detector.errors import ReadError
from detector.group import (
    DEFAULT_THRESHOLD,
    Wish,
    add_aspects,
    article_texts,
    embed_wishes,
    group_claims,
    group_stories,
    make_story,
    measure_wishes,
    order_topics,
)
from detector.judge import judge_pairs
from detector.judge.batches import measure_pairs
from detector.judge.measure import oppose_each_other
from detector.judge.nli import Nli
from detector.judge.polarity import are_in_tension, speaks_of_will
from detector.judge.support import add_support
from detector.judge.weigh import Weights, load_weights
from detector.loading import find_embedder, find_nli_model
from detector.pair import measure_closeness, pair_claims, pair_speakers, pair_tensions
from detector.progress import Progress, add_heading, count_steps, stay_silent
from detector.rank import keep_most, order_finding, rank_findings
from detector.records import Article, Claim, Report, Skipped, Story, Topic
from detector.settings import Settings
from detector.split import list_views, split_claims
from detector.store import Store
from detector.versions import are_versions, compare_versions


@dataclass(frozen=True, slots=True)
class _Tools:
    """What a run works with; loaded once."""

    settings: Settings
    embedder: Embedder
    nli: Nli | None
    weights: Weights
    wishes: tuple[Wish, ...]


def compare(
    articles: Sequence[Article],
    *,
    settings: Settings | None = None,
    skipped: Sequence[Skipped] = (),
    one_story: bool = False,
    known: Mapping[str, str] | None = None,
    embedder: Embedder | None = None,
    nli: Nli | None = None,
    store: Store | None = None,
    progress: Progress = stay_silent,
) -> Report:
    """Compare articles claim by claim.

    Args:
        articles: from `read_articles`, or made by hand. Their order does not matter, except that two versions of one
            article whose dates do not tell which came first are compared as old and new in the order given.
        settings: None means the defaults.
        skipped: what reading left out; kept in the report.
        one_story: take all articles for one story instead of grouping them; two of them may be versions of one article.
        known: article id -> story id of an earlier report: these articles stay in their stories, which keep their ids,
            and the others join them where they are near enough.
        embedder: None means the model that the settings name.
        nli: None means the model that the settings name, if any.
        store: a cache from `open_store`: what it holds is not computed again, and what it lacks is added to it, unless an
            `embedder` or `nli` is handed in. None means that all is computed.
        progress: called with (what, done, total) as the work goes on.

    Returns:
        The report, with findings in order of importance. The same input gives the same report apart from `made_at`.

    Raises:
        ReadError: two articles have one id.
        ModelMissing: a model that the settings name is not on this machine.
        ReportError: the weights file that the settings name is damaged.
    """
    settings = settings or Settings()
    _check_ids(articles)
    ordered = sorted(articles, key=order_article)
    claims = _split_all(ordered, store, progress)

    if one_story and (versions := _find_versions(articles, claims)):
        used = _list_settings(settings, load_weights(_find_weights(settings)), mode="versions")
        return assemble_report(
            [_compare_versions(*versions, claims)], skipped=skipped, settings=used, rank=order_finding
        )

    size = sum(len(article.text) for article in articles)
    tools = _load_tools(settings, embedder, nli, size, store, progress)
    stories = _make_stories(ordered, tools, one_story, known, progress)
    by_id = {article.id: article for article in ordered}
    claims_of = {name: list(group) for name, group in groupby(claims, key=lambda claim: claim.article_id)}
    shares = []
    for number, story in enumerate(stories, 1):
        members = [by_id[name] for name in story.article_ids]
        own = [claim for name in story.article_ids for claim in claims_of.get(name, ())]
        heading = f"story {number} of {len(stories)}: " if len(stories) > 1 else ""
        shares.append(_compare_story(story, members, own, tools, add_heading(progress, heading)))

    more = {"mode": "sources", "story_threshold": None if one_story else DEFAULT_THRESHOLD, **_list_runtimes(tools)}
    used = _list_settings(settings, tools.weights, **more)
    return assemble_report(shares, skipped=skipped, settings=used, rank=order_finding)


def _check_ids(articles: Sequence[Article]) -> None:
    """Raise ReadError for an id that two articles have: every claim is found by its article's id."""
    twice = sorted(name for name, number in Counter(article.id for article in articles).items() if number > 1)
    if twice:
        raise ReadError(
            f"two articles have the id {twice[0]!r}; give each article an id of its own, and each article once"
        )


def _split_all(articles: Sequence[Article], store: Store | None, progress: Progress) -> tuple[Claim, ...]:
    """Split all articles into claims, one article after the other."""
    steps = count_steps(progress, "reading claims", articles)
    if store is None:
        return tuple(claim for article in steps for claim in split_claims([article]))
    return tuple(claim for article in steps for claim in split_cached(article, split_claims, store))


def _load_tools(
    settings: Settings, embedder: Embedder | None, nli: Nli | None, size: int, store: Store | None, progress: Progress
) -> _Tools:
    """Load the models and weights that were not handed in, for a job of `size` characters; with a store, when something is missing."""
    progress("loading models", 0, 0)
    embedder = embedder or find_embedder(settings, size, store)
    nli = nli or find_nli_model(settings, size, store)
    return _Tools(
        settings,
        embedder,
        nli,
        load_weights(_find_weights(settings)),
        embed_wishes(settings.topics, settings.examples, embedder.embed),
    )


def _list_runtimes(tools: _Tools) -> dict[str, Any]:
    """Return what the models were run by and in, as the report states it."""
    models = {"model": tools.embedder, "nli": tools.nli}
    own = {name: model for name, model in models.items() if model is not None}
    return {
        "precision": getattr(tools.embedder, "precision", tools.settings.precision),
        "runtimes": {
            name: f"{getattr(model, 'runtime', 'given')} {getattr(model, 'precision', '')}".strip()
            for name, model in own.items()
        },
    }


def _find_weights(settings: Settings) -> Path | None:
    return Path(settings.weights) if settings.weights else None


def _list_settings(settings: Settings, weights: Weights, **more: Any) -> dict[str, Any]:
    """Return the settings as the report states them."""
    return {**settings.as_dict(), "weights_note": weights.note, **more}


def _find_versions(given: Sequence[Article], claims: Sequence[Claim]) -> tuple[Article, Article] | None:
    """Return (old, new) if there are two articles and they are versions of one: by date, else in the order given."""
    if len(given) != 2:
        return None
    first, second = given
    if first.published and second.published and second.published < first.published:
        first, second = second, first
    return (first, second) if are_versions(first, second, claims) else None


def _compare_versions(old: Article, new: Article, claims: Sequence[Claim]) -> StoryShare:
    """Compare two versions of one article. Wording alone decides, so no model is needed."""
    # The newer version's title; where the two vectors would stand, nothing tells the articles apart.
    story = replace(make_story((old, new), np.ones((2, 1), dtype=np.float32)), title=new.title)
    resolved = resolve_claims((old, new), claims)
    findings, only_in = compare_versions(old, new, resolved)
    ordered = rank_findings(findings, (), (old, new))
    gone = sum(item.article_id == old.id for item in only_in)
    same = sum(claim.article_id == old.id for claim in claims) - gone - len(ordered)
    return StoryShare(
        story,
        (old, new),
        resolved,
        findings=ordered,
        cards=build_cards(ordered, (old, new), ()),
        only_in=only_in,
        pairs={"versions": len(ordered) + same},
        judged={**Counter(finding.relation.value for finding in ordered), "unchanged": same},
    )


def _make_stories(
    articles: Sequence[Article], tools: _Tools, one_story: bool, known: Mapping[str, str] | None, progress: Progress
) -> tuple[Story, ...]:
    """Group articles into stories, or take them all for one."""
    vectors = embed_texts(article_texts(articles), tools.embedder, progress, "grouping articles")
    if one_story:
        return (make_story(articles, vectors),) if articles else ()
    return group_stories(articles, vectors, window_days=tools.settings.window_days, known=known)


def _compare_story(
    story: Story, articles: Sequence[Article], claims: Sequence[Claim], tools: _Tools, progress: Progress
) -> StoryShare:
    """Compare the sources of one story: views -> dates -> topics -> pairs -> findings -> cards."""
    views = [list_views(claim) for claim in claims]
    sizes = [len(texts) for texts in views]
    matrix = embed_texts([text for texts in views for text in texts], tools.embedder, progress, "embedding claims")
    vectors = matrix[np.cumsum([0, *sizes[:-1]])] if claims else matrix  # each claim's own text comes first

    dated = sorted(infer_dates(articles, claims, vectors), key=order_article)
    resolved = resolve_claims(dated, claims)
    named = measure_wishes(
        tools.wishes,
        claims,
        matrix,
        sizes,
        lambda texts: embed_texts(texts, tools.embedder, progress, "embedding phrases"),
    )
    topics = _add_terms(group_claims(story, resolved, vectors, named=named), tools.settings)
    arranged = add_aspects(story, resolved, vectors, topics)
    if len(dated) < 2:
        return StoryShare(story, tuple(dated), resolved, order_topics(arranged, resolved))

    closeness, chosen = measure_closeness(matrix, sizes)
    published = {article.id: article.published.date() if article.published else None for article in dated}
    gate, top_k = tools.settings.gate, tools.settings.top_k
    pairs = pair_claims(resolved, closeness, chosen, topics, published, gate=gate, top_k=top_k)
    pairs += pair_speakers(resolved, closeness, chosen, topics, oppose_each_other)
    pairs += pair_tensions(resolved, closeness, chosen, topics, published, pairs, speaks_of_will, are_in_tension)
    signals = measure_pairs(pairs, tools.nli, progress)

    least = tools.settings.min_confidence
    findings, _ = judge_pairs(pairs, signals, tools.weights, min_confidence=least)
    signals = add_support(pairs, signals, findings, topics)
    check = tools.settings.check_confidence
    findings, judged = judge_pairs(pairs, signals, tools.weights, min_confidence=least, check_confidence=check)
    shown, judged = keep_most(rank_findings(findings, pairs, dated), judged, tools.settings.max_findings)
    return StoryShare(
        story,
        tuple(dated),
        resolved,
        order_topics(arranged, resolved, [finding for finding in shown if not finding.check]),
        shown,
        build_cards(shown, dated, topics),
        find_only_in(resolved, topics, shown, pairs),
        Counter(pair.rule for pair in pairs),
        judged,
    )


def _add_terms(topics: Sequence[Topic], settings: Settings) -> tuple[Topic, ...]:
    """Give an editor's own topics the terms that the editor gave."""
    return tuple(
        replace(topic, terms=settings.topics.get(topic.label, topic.terms)) if topic.named else topic
        for topic in topics
    )
