"""Articles -> Report: the whole story, top to bottom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.cards import build_cards
from detector.dating import infer_dates, resolve_claims
from detector.embed import Embedder, SentenceTransformerEmbedder
from detector.group import article_texts, group_claims, group_stories, make_story
from detector.judge import judge_pairs, rank_finding
from detector.judge.measure import measure_pair
from detector.judge.nli import CrossEncoderNli, Nli, score_pairs
from detector.judge.support import add_support
from detector.judge.weigh import Weights, load_weights
from detector.pair import measure_closeness, pair_claims
from detector.progress import Progress, stay_silent
from detector.records import Article, Card, Claim, Finding, OnlyIn, Pair, Report, Skipped, Story, Topic
from detector.settings import Settings
from detector.split import list_views, split_claims
from detector.versions import are_versions, compare_versions

Matrix = NDArray[np.float32]
_SILENT = 0.5  # a claim with a nearer sentence than this in another source is not "only in" its own


@dataclass(frozen=True, slots=True)
class _Tools:
    """What a run works with; loaded once."""

    settings: Settings
    embedder: Embedder
    nli: Nli | None
    weights: Weights
    progress: Progress


@dataclass(frozen=True, slots=True)
class _Compared:
    """One story's share of the report."""

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    topics: tuple[Topic, ...] = ()
    findings: tuple[Finding, ...] = ()
    cards: tuple[Card, ...] = ()
    only_in: tuple[OnlyIn, ...] = ()
    pairs: Mapping[str, int] | None = None
    judged: Mapping[str, int] | None = None


def compare(
    articles: Sequence[Article],
    *,
    settings: Settings | None = None,
    skipped: Sequence[Skipped] = (),
    one_story: bool = False,
    embedder: Embedder | None = None,
    nli: Nli | None = None,
    progress: Progress = stay_silent,
) -> Report:
    """Compare articles claim by claim.

    Args:
        articles: from `read_articles`, or made by hand. Their order does not matter, except that two undated versions
            of one article are compared as old and new in the order given.
        settings: None means the defaults.
        skipped: what reading left out; kept in the report.
        one_story: take all articles for one story instead of grouping them.
        embedder: None means the model that the settings name.
        nli: None means the model that the settings name, if any.
        progress: called with (what, done, total) as the work goes on.

    Returns:
        The report, with findings in order of importance. The same input gives the same report apart from `made_at`.

    Raises:
        ModelMissing: a model that the settings name is not on this machine.
    """
    settings = settings or Settings()
    tools = _Tools(
        settings,
        embedder or SentenceTransformerEmbedder(settings.model, settings.precision),
        nli or (CrossEncoderNli(settings.nli) if settings.nli else None),
        load_weights(_as_path(settings.weights)),
        progress,
    )
    ordered = sorted(articles, key=_order_article)
    progress("reading claims", 0, len(ordered))
    claims = split_claims(ordered)
    progress("embedding claims", 0, len(claims))
    vectors = tools.embedder.embed([claim.text for claim in claims])
    stories = _make_stories(ordered, tools, one_story)
    mode = "sources"
    parts = []
    for done, story in enumerate(stories):
        progress("comparing stories", done, len(stories))
        members = [article for article in ordered if article.id in set(story.article_ids)]
        rows = [i for i, claim in enumerate(claims) if claim.article_id in set(story.article_ids)]
        own = [claims[i] for i in rows]
        if one_story and len(members) == 2:
            old, new = members if members[0].published else sorted(members, key=lambda a: _place(articles, a))
            if are_versions(old, new, own):
                mode = "versions"
                parts.append(_compare_versions(old, new, own))
                continue
        parts.append(_compare_story(story, members, own, vectors[rows], tools))
    progress("comparing stories", len(stories), len(stories))
    return _make_report(stories, parts, skipped, tools, mode)


def _as_path(name: str) -> Any:
    from pathlib import Path

    return Path(name) if name else None


def _order_article(article: Article) -> tuple[str, str]:
    """Sort key in time: undated articles last, then by id."""
    return (article.published.astimezone(UTC).isoformat() if article.published else "9999", article.id)


def _place(articles: Sequence[Article], article: Article) -> int:
    return next(i for i, other in enumerate(articles) if other.id == article.id)


def _make_stories(articles: Sequence[Article], tools: _Tools, one_story: bool) -> tuple[Story, ...]:
    """Group articles into stories, or take them all for one."""
    article_vectors = tools.embedder.embed(article_texts(articles))
    if one_story:
        return (make_story(articles, article_vectors),) if articles else ()
    return group_stories(articles, article_vectors, window_days=tools.settings.window_days)


def _compare_story(
    story: Story, articles: Sequence[Article], claims: Sequence[Claim], vectors: Matrix, tools: _Tools
) -> _Compared:
    """Compare the sources of one story."""
    settings = tools.settings
    dated = infer_dates(articles, claims, vectors)
    resolved = resolve_claims(dated, claims)
    named = {name: tools.embedder.embed([name, *terms]) for name, terms in settings.topics.items()}
    topics = group_claims(story, resolved, vectors, named=named)
    if len(dated) < 2:
        return _Compared(dated, resolved, topics)
    order = {article.id: _order_article(article) for article in dated}
    views = [list_views(claim) for claim in resolved]
    closeness, chosen = measure_closeness(
        tools.embedder.embed([text for texts in views for text in texts]), [len(texts) for texts in views]
    )
    pairs = pair_claims(resolved, closeness, chosen, topics, order, gate=settings.gate, top_k=settings.top_k)
    meanings: Sequence[tuple[float, float] | None] = [None] * len(pairs)
    if tools.nli is not None:
        tools.progress(f"judging {len(pairs)} pairs", 0, len(pairs))
        meanings = score_pairs(pairs, tools.nli)
    signals = [measure_pair(pair, meaning) for pair, meaning in zip(pairs, meanings, strict=True)]
    findings, _ = judge_pairs(pairs, signals, tools.weights, min_confidence=settings.min_confidence)
    signals = add_support(pairs, signals, findings, topics)
    findings, judged = judge_pairs(pairs, signals, tools.weights, min_confidence=settings.min_confidence)
    shown = findings[: settings.max_findings]
    return _Compared(
        dated,
        resolved,
        topics,
        shown,
        build_cards(shown, dated, topics),
        _find_only_in(resolved, topics, shown, pairs),
        Counter(pair.rule for pair in pairs),
        {**judged, "over the cap": len(findings) - len(shown)},
    )


def _compare_versions(old: Article, new: Article, claims: Sequence[Claim]) -> _Compared:
    """Compare two versions of one article."""
    resolved = resolve_claims((old, new), claims)
    findings, only_in = compare_versions(old, new, resolved)
    ordered = tuple(sorted(findings, key=rank_finding))
    counts = Counter(finding.relation.value for finding in findings)
    return _Compared(
        (old, new),
        resolved,
        (),
        ordered,
        build_cards(ordered, (old, new), ()),
        only_in,
        {"versions": len(findings)},
        counts,
    )


def _find_only_in(
    claims: Sequence[Claim],
    topics: Sequence[Topic],
    findings: Sequence[Finding],
    pairs: Sequence[Pair],
) -> tuple[OnlyIn, ...]:
    """Return the claims to which no other source says anything close, in order of article and place."""
    told = {claim.id for finding in findings for claim in (finding.pair.earlier, finding.pair.later)}
    near = {claim.id for pair in pairs if pair.closeness >= _SILENT for claim in (pair.earlier, pair.later)}
    topic_of = {claim_id: topic.id for topic in reversed(topics) for claim_id in topic.claim_ids}
    return tuple(
        OnlyIn(claim.article_id, claim.id, topic_of.get(claim.id, ""))
        for claim in claims
        if claim.left_out is None and claim.id not in told | near
    )


def _make_report(
    stories: Sequence[Story], parts: Sequence[_Compared], skipped: Sequence[Skipped], tools: _Tools, mode: str
) -> Report:
    """Put the stories' shares together and count what was done."""
    articles = {article.id: article for part in parts for article in part.articles}
    claims = [claim for part in parts for claim in part.claims]
    findings = sorted((finding for part in parts for finding in part.findings), key=rank_finding)
    counts = {
        "articles": len(articles),
        "sources": len({article.source for article in articles.values()}),
        "claims": sum(claim.left_out is None for claim in claims),
        "left_out": _count(claim.left_out for claim in claims if claim.left_out),
        "stories": len(stories),
        "topics": sum(len(part.topics) for part in parts),
        "pairs": _add_up(part.pairs for part in parts),
        "findings": _add_up(part.judged for part in parts),
        "only_in": sum(len(part.only_in) for part in parts),
        "skipped": len(skipped),
    }
    used = {
        **tools.settings.as_dict(),
        "precision": getattr(tools.embedder, "precision", tools.settings.precision),
        "mode": mode,
        "weights_note": tools.weights.note,
    }
    timed = [
        replace(story, article_ids=tuple(sorted(story.article_ids, key=lambda i: _order_article(articles[i]))))
        for story in stories
    ]
    cards = sorted((card for part in parts for card in part.cards), key=_rank_card(findings))
    return Report(
        made_at=datetime.now(UTC).replace(microsecond=0),
        settings=used,
        articles=tuple(sorted(articles.values(), key=_order_article)),
        claims=tuple(sorted(claims, key=lambda claim: (_order_article(articles[claim.article_id]), claim.id))),
        stories=tuple(timed),
        topics=tuple(topic for part in parts for topic in part.topics),
        findings=tuple(findings),
        cards=tuple(cards),
        only_in=tuple(item for part in parts for item in part.only_in),
        skipped=tuple(skipped),
        counts=counts,
    )


def _rank_card(findings: Sequence[Finding]) -> Any:
    """Cards stand where their best finding stands."""
    place = {finding.id: i for i, finding in enumerate(findings)}
    return lambda card: place[card.finding_ids[0]]


def _count(items: Any) -> dict[str, int]:
    return dict(sorted(Counter(items).items()))


def _add_up(tables: Any) -> dict[str, int]:
    total: Counter[str] = Counter()
    for table in tables:
        total.update(table or {})
    return dict(sorted(total.items()))
