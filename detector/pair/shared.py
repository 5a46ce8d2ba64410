"""What pairs across articles and within one have in common: the closest part of a claim, and the topic of a pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from detector.records import Claim, Span, Topic


def order_claim(claim: Claim, published: Mapping[str, date | None]) -> tuple[str, str]:
    """Sort key in time: by the article's day, undated ones last, then by id."""
    day = published[claim.article_id]
    return (day.isoformat() if day else "9999", claim.id)


def find_view(claim: Claim, view: int) -> Span:
    """Return where a view stands in its claim: a clause, or the whole for the text itself and for the text with context."""
    return claim.facts.clauses[view - 1] if 0 < view <= len(claim.facts.clauses) else (0, len(claim.text))


def share_topics(topics: Sequence[Topic]) -> Callable[[str, str], str]:
    """Return a look-up: the first topic that two claims share, else the first of either, else ""."""
    where: dict[str, list[str]] = {}
    for topic in topics:
        for claim_id in topic.claim_ids:
            where.setdefault(claim_id, []).append(topic.id)

    def find(first: str, second: str) -> str:
        left, right = where.get(first, []), where.get(second, [])
        return next((topic for topic in left if topic in right), (left + right + [""])[0])

    return find
