"""Dates for articles that carry none, inferred from what other articles of the story say; and dates resolved in claims.

An inferred date always names the sentences that it rests on. Where nothing fits, the date stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from detector.facts.clock import resolve_clocks
from detector.facts.names import match_names
from detector.facts.times import resolve_times
from detector.records import Article, Claim, DateMention

_SAME_EVENT = 0.45  # cosine at which two sentences can tell of one event; shared words must bear it out
_NEAR_PRESENT = 60  # days: a mention further from the story's dated articles is history, not news
_SHARED_WORDS = 2


def infer_dates(
    articles: Sequence[Article], claims: Sequence[Claim], vectors: NDArray[np.float32]
) -> tuple[Article, ...]:
    """Date the undated articles of one story as far as the dated ones allow.

    First by their own dates without a year ("is meeting on April 10"), which the story's year completes; then by their relative
    words ("a summit two weeks ago") beside another article's dated mention of the same event ("a London summit on March 2").

    Args:
        articles: the story's articles.
        claims: their claims, dates not yet resolved.
        vectors: (n, d) unit-length rows, row i for claim i.

    Returns:
        The articles in the same order; newly dated ones have `published_basis` "inferred" and the sentences in `published_evidence`.
    """
    known = {article.id: article for article in articles}
    for infer in (_infer_from_own_dates, _infer_from_shared_event):
        # Each newly dated article can date another, so go on until nothing moves.
        while True:
            found = {
                a.id: new for a in known.values() if a.published is None and (new := infer(a, known, claims, vectors))
            }
            if not found:
                break
            known.update(found)
    return tuple(known[article.id] for article in articles)


def resolve_claims(articles: Sequence[Article], claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Resolve the dates and time zones in claims against their articles' dates, and say what day each claim speaks of.

    A claim that names one day speaks of that day; any other speaks of its article's day, if that is known.
    """
    published = {article.id: article.published for article in articles}
    return tuple(_resolve_claim(claim, published[claim.article_id]) for claim in claims)


def _resolve_claim(claim: Claim, published: datetime | None) -> Claim:
    tense = "future" if claim.facts.modality == "planned" else "past"
    dates = resolve_times(claim.facts.dates, published, tense=tense)
    days = {
        mention.first for mention in dates if mention.grain == "day" and mention.first == mention.last and mention.first
    }
    as_of: date | None = published.date() if published else None
    day = days.pop() if len(days) == 1 else as_of
    if claim.facts.modality != "planned":
        as_of = day
    clocks = resolve_clocks(claim.facts.clocks, day)
    return replace(claim, facts=replace(claim.facts, dates=dates, clocks=clocks), as_of=as_of)


def _infer_from_own_dates(
    article: Article, known: Mapping[str, Article], claims: Sequence[Claim], _: NDArray[np.float32]
) -> Article | None:
    """Take the latest day that the article itself names as past or present, with the year of its story."""
    anchors = sorted(other.published for other in known.values() if other.published)
    if not anchors:
        return None
    middle = anchors[len(anchors) // 2]
    best: tuple[date, Claim] | None = None
    for claim in claims:
        if claim.article_id != article.id or claim.facts.modality not in ("done", "planned"):
            continue
        for mention in resolve_times([m for m in claim.facts.dates if not _needs_base(m)], middle):
            day = mention.first
            if mention.grain != "day" or day is None or abs((day - middle.date()).days) > _NEAR_PRESENT:
                continue
            if claim.facts.modality == "planned" and day > middle.date():
                continue
            if best is None or day > best[0]:
                best = (day, claim)
    # One old date says when something was, not when the article was written.
    if best is None or abs((best[0] - middle.date()).days) > _NEAR_PRESENT // 4:
        return None
    return _date_article(article, best[0], f"“{best[1].text}”")


def _infer_from_shared_event(
    article: Article, known: Mapping[str, Article], claims: Sequence[Claim], vectors: NDArray[np.float32]
) -> Article | None:
    """Reckon from "two weeks ago" and another article's date for the same event."""
    best: tuple[float, date, str] | None = None
    for i, mine in enumerate(claims):
        if mine.article_id != article.id:
            continue
        for mention in mine.facts.dates:
            offset = _find_offset(mention)
            if offset is None:
                continue
            for j, theirs in enumerate(claims):
                other = known[theirs.article_id]
                if other.id == article.id or other.published is None:
                    continue
                day = _find_day(theirs, other.published)
                score = float(vectors[i] @ vectors[j])
                if day is None or score < _SAME_EVENT or not _tell_of_one_event(mine, theirs):
                    continue
                evidence = f"“{mine.text}” and, in {other.source}, “{theirs.text}”"
                candidate = (round(score, 6), day + offset, evidence)
                best = max(best, candidate) if best else candidate
    return _date_article(article, best[1], best[2]) if best else None


def _needs_base(mention: DateMention) -> bool:
    """Whether the mention can only be reckoned from the article's own date ("Thursday", "two weeks ago")."""
    return mention.relative and not (mention.partial and mention.partial[0].isdigit())


def _find_offset(mention: DateMention) -> timedelta | None:
    """Return how long before the article a relative mention lies ("two weeks ago"), for mentions in days and weeks only."""
    if not mention.relative or not mention.text.lower().endswith(("ago", "yesterday", "today")):
        return None
    base = datetime(2001, 6, 15, 12, tzinfo=UTC)
    resolved = resolve_times([mention], base)[0]
    if resolved.first is None or resolved.last is None:
        return None
    middle = resolved.first + (resolved.last - resolved.first) / 2
    offset = base.date() - middle
    return offset if timedelta(0) <= offset <= timedelta(days=_NEAR_PRESENT) else None


def _find_day(claim: Claim, published: datetime) -> date | None:
    """Return the one past day that a claim names, or None."""
    days = {
        m.first
        for m in resolve_times(claim.facts.dates, published)
        if m.grain == "day" and m.first == m.last and m.first
    }
    return days.pop() if len(days) == 1 else None


def _tell_of_one_event(a: Claim, b: Claim) -> bool:
    """Whether two sentences share a name and at least two other content words."""
    if not any(match_names(x, y) for x in a.facts.names for y in b.facts.names):
        return False
    names = {part for claim in (a, b) for name in claim.facts.names for part in name.text.lower().split()}
    return len((set(a.facts.lemmas) & set(b.facts.lemmas)) - names) >= _SHARED_WORDS


def _date_article(article: Article, day: date, evidence: str) -> Article:
    """Return the article with an inferred date, at midnight UTC, which stands for a day without an hour."""
    published = datetime.combine(day, time(), tzinfo=UTC)
    return replace(article, published=published, published_basis="inferred", published_evidence=evidence)
