"""What one source alone reports; between two versions of an article: what was added, and what was dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detector.records import OnlyIn
from detector.render.lookup import Lookup, make_anchor
from detector.render.words import NOTES, is_versions, phrase_speaker

ONLY_SHOWN = 8
"""So many sentences of a source stand open; the others are folded away."""
_MAX = 60


@dataclass(frozen=True, slots=True)
class OnlyItem:
    """One sentence that only one source has. `anchor` names its place in the article's text; `disputed`: it tells of a dispute."""

    text: str
    topic: str
    speaker: str
    anchor: str
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class OnlyGroup:
    """The sentences of one source (or the added, or the dropped ones): `lines` shown, `left` of them not."""

    column: str
    symbol: str
    label: str
    lines: tuple[OnlyItem, ...]
    left: int


def build_only_in(lookup: Lookup) -> tuple[OnlyGroup, ...]:
    """Group the report's lone sentences by source (by note between versions): those that tell of a dispute come first."""
    known = [only for only in lookup.report.only_in if only.claim_id in lookup.claims]
    groups = []
    if is_versions(lookup.report):
        for note, (symbol, word) in NOTES.items():
            own = [only for only in known if only.note == note]
            groups.append(_build_only_group(lookup, "", symbol, word, own))
        return tuple(groups)
    for column in lookup.columns:
        ids = {article.id for article in column.articles}
        own = [only for only in known if only.article_id in ids]
        if own:
            own.sort(key=lambda only: lookup.claims[only.claim_id].dispute is None)  # stable
            groups.append(_build_only_group(lookup, column.key, "", column.label, own))
    return tuple(groups)


def _build_only_group(lookup: Lookup, column: str, symbol: str, label: str, own: Sequence[OnlyIn]) -> OnlyGroup:
    lines = tuple(_build_only_item(lookup, only) for only in own[:_MAX])
    return OnlyGroup(column, symbol, label, lines, left=max(0, len(own) - _MAX))


def _build_only_item(lookup: Lookup, only: OnlyIn) -> OnlyItem:
    claim = lookup.claims[only.claim_id]
    topic = lookup.topics.get(only.topic_id)
    text = " ".join(claim.text.split())
    label = topic.label if topic else ""
    return OnlyItem(text, label, phrase_speaker(claim), make_anchor("claim", claim.id), claim.dispute is not None)
