"""Stories' shares -> Report: put in order, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from detector.records import Article, Card, Claim, Finding, OnlyIn, Pair, Report, Skipped, Story, Topic

_NEAR = 0.6
"""Cosine from which another source says something close. Between sentences of one story 0.5 is nothing special: at 0.5
four of the sample articles' sentences were left as told by one source alone, where a reader counts about twenty."""


@dataclass(frozen=True, slots=True)
class StoryShare:
    """One story's share of the report; `pairs` counts by rule, `judged` by what became of the pairs."""

    story: Story
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    topics: tuple[Topic, ...] = ()
    findings: tuple[Finding, ...] = ()
    cards: tuple[Card, ...] = ()
    only_in: tuple[OnlyIn, ...] = ()
    pairs: Mapping[str, int] = field(default_factory=dict)
    judged: Mapping[str, int] = field(default_factory=dict)


def order_article(article: Article) -> tuple[str, str]:
    """Return a sort key in time: undated articles last, then by id."""
    return (article.published.astimezone(UTC).isoformat() if article.published else "9999", article.id)


def find_only_in(
    claims: Sequence[Claim], topics: Sequence[Topic], findings: Sequence[Finding], pairs: Sequence[Pair]
) -> tuple[OnlyIn, ...]:
    """Return the claims to which no other source says anything close.

    A sentence that tells of a dispute is alone where no other source tells that anybody denies it.

    Args:
        claims: the claims of one story, in the order wanted.
        topics: the story's topics; a claim goes with the first that has it.
        findings: what is shown; a claim in one of them with another article's is not alone.
        pairs: all pairs that were looked at.
    """
    told = {
        claim.id
        for finding in findings
        if finding.pair.earlier.article_id != finding.pair.later.article_id
        for claim in (finding.pair.earlier, finding.pair.later)
    }
    near = {
        claim.id
        for pair in pairs
        if pair.closeness >= _NEAR and pair.earlier.source != pair.later.source
        for claim, other in ((pair.earlier, pair.later), (pair.later, pair.earlier))
        if claim.dispute is None or other.dispute is not None or other.stance == "denies"
    }
    topic_of = {claim_id: topic.id for topic in reversed(topics) for claim_id in topic.claim_ids}
    return tuple(
        OnlyIn(claim.article_id, claim.id, topic_of.get(claim.id, ""))
        for claim in claims
        if claim.left_out is None and claim.id not in told | near
    )


def assemble_report(
    shares: Sequence[StoryShare],
    *,
    skipped: Sequence[Skipped],
    settings: Mapping[str, Any],
    rank: Callable[[Finding], Any],
) -> Report:
    """Put the stories' shares together and count what was done.

    Args:
        shares: in the order of the stories.
        skipped: what reading left out.
        settings: what the run used.
        rank: sort key that puts the most important finding first.
    """
    place = {article.id: i for i, article in enumerate(_list_in_time(shares))}
    articles = sorted((article for share in shares for article in share.articles), key=lambda one: place[one.id])
    claims = sorted(
        (claim for share in shares for claim in share.claims), key=lambda one: (place[one.article_id], one.start)
    )
    start = {claim.id: claim.start for claim in claims}
    findings = sorted((finding for share in shares for finding in share.findings), key=rank)
    rank_of = {finding.id: i for i, finding in enumerate(findings)}
    cards = sorted((card for share in shares for card in share.cards), key=lambda card: rank_of[card.finding_ids[0]])
    # Between versions what was dropped stands before what was added, as the stage has it.
    only_in = sorted(
        (item for share in shares for item in share.only_in),
        key=lambda one: (place[one.article_id], start[one.claim_id]),
    )
    stories = tuple(
        replace(share.story, article_ids=tuple(sorted(share.story.article_ids, key=place.__getitem__)))
        for share in shares
    )
    return Report(
        made_at=datetime.now(UTC).replace(microsecond=0),
        settings=settings,
        articles=tuple(articles),
        claims=tuple(claims),
        stories=stories,
        topics=tuple(topic for share in shares for topic in share.topics),
        findings=tuple(findings),
        cards=tuple(cards),
        only_in=tuple(only_in),
        skipped=tuple(skipped),
        counts=_count_all(shares, skipped),
    )


def _list_in_time(shares: Sequence[StoryShare]) -> list[Article]:
    """Return all articles in order of time; two of one moment (or of none) stay as their share has them."""
    return sorted((article for share in shares for article in share.articles), key=lambda one: order_article(one)[0])


def _count_all(shares: Sequence[StoryShare], skipped: Sequence[Skipped]) -> dict[str, Any]:
    articles = [article for share in shares for article in share.articles]
    claims = [claim for share in shares for claim in share.claims]
    return {
        "articles": len(articles),
        "sources": len({article.source for article in articles}),
        "claims": sum(claim.left_out is None for claim in claims),
        "left_out": dict(sorted(Counter(claim.left_out for claim in claims if claim.left_out).items())),
        "stories": len(shares),
        "topics": sum(len(share.topics) for share in shares),
        "pairs": _add_up(share.pairs for share in shares),
        "findings": _add_up(share.judged for share in shares),
        "only_in": sum(len(share.only_in) for share in shares),
        "skipped": len(skipped),
    }


def _add_up(tables: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for table in tables:
        total.update(table)
    return dict(sorted(total.items()))
