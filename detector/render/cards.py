"""Cards as a page shows them: every source's sentence with its value, date, speaker and marked words."""

from __future__ import annotations

from dataclasses import dataclass

from detector.records import Card, Claim, Position, Relation
from detector.render.dates import format_date, format_published, format_published_moment
from detector.render.lookup import Lookup, make_anchor
from detector.render.marks import Run, cut_runs
from detector.render.verdict import Verdict, build_verdict
from detector.render.words import (
    CHECK,
    UNCHANGED,
    Group,
    count_kept,
    find_group,
    is_versions,
    phrase_number,
    phrase_speaker,
)


@dataclass(frozen=True, slots=True)
class PositionView:
    """One source's sentence. `anchor` names the place of the sentence in the article's text."""

    source: str
    column: str
    date: str
    value: str
    speaker: str
    about: str
    runs: tuple[Run, ...]
    anchor: str


_TOLD = 0.1  # a lower confidence says nothing to a reader


@dataclass(frozen=True, slots=True)
class CardView:
    """One card. `columns` are the keys of the sources that take part, `doubtful` asks for a check by hand.

    `origins` says how many outlets take part, and how many origins they have if those are fewer.
    """

    anchor: str
    group: Group
    relation: Relation
    kind: str
    question: str
    topic: str
    topic_id: str
    story: str
    story_id: str
    confidence: float
    doubtful: bool
    why: str
    origins: str
    first_reported: str
    positions: tuple[PositionView, ...]
    columns: tuple[str, ...]
    verdict: Verdict | None

    @property
    def tag(self) -> str:
        """The word on the card: "differ", or "may differ" on one to check by hand."""
        return self.group.doubt if self.doubtful else self.group.tag

    @property
    def sureness(self) -> str:
        """The confidence in words; a tension, which no weight can judge, has none to speak of."""
        return f"confidence {self.confidence:.2f}" if self.confidence >= _TOLD or not self.doubtful else ""

    @property
    def section(self) -> str:
        """The key of the section that it stands in."""
        return CHECK.key if self.doubtful else self.group.key


@dataclass(frozen=True, slots=True)
class Section:
    """The cards of one group, in the report's order; those to check by hand have a section of their own.

    `uncarded` counts what belongs here and has no card: sentences that two versions share.
    """

    group: Group
    cards: tuple[CardView, ...]
    uncarded: int = 0

    @property
    def is_check(self) -> bool:
        """Whether these are to be checked by hand."""
        return self.group is CHECK

    @property
    def number(self) -> int:
        """How many there are, with and without a card."""
        return len(self.cards) + self.uncarded

    @property
    def empty(self) -> str:
        """What to say where there are no cards."""
        if self.uncarded:
            return f"{phrase_number(self.uncarded, 'sentence')} taken over with no word or number changed; not listed."
        return self.group.empty


def build_sections(lookup: Lookup, groups: tuple[Group, ...]) -> tuple[Section, ...]:
    """Sort the report's cards into `groups`, and those to check by hand into a last section, if there are any."""
    cards = [view for card in lookup.report.cards if (view := build_card(lookup, card))]
    sections = []
    for group in groups:
        own = tuple(card for card in cards if card.group is group and not card.doubtful)
        uncarded = count_kept(lookup.report) if group.tag == UNCHANGED else 0
        sections.append(Section(group, own, uncarded))
    check = tuple(card for card in cards if card.doubtful)
    return (*sections, Section(CHECK, check)) if check else tuple(sections)


def build_card(lookup: Lookup, card: Card) -> CardView | None:
    """Return the card's view, or None for an abstention and a card whose sentences are all unknown."""
    group = find_group(lookup.report, card)
    known = [position for position in card.positions if position.claim_id in lookup.claims]
    if group is None or not known:
        return None
    positions = tuple(_build_position(lookup, position) for position in known)
    if is_versions(lookup.report):
        order = [column.key for column in lookup.columns]
        positions = tuple(sorted(positions, key=lambda position: order.index(position.column)))
    topic = lookup.topics.get(card.topic_id)
    story = lookup.story_of.get(lookup.claims[known[0].claim_id].article_id)
    return CardView(
        anchor=make_anchor("card", card.id),
        group=group,
        relation=card.relation,
        kind=card.kind,
        question=card.question or (topic.label if topic else "") or "One fact",
        topic=topic.label if topic else "",
        topic_id=topic.id if topic else "",
        story=story.title if story else "",
        story_id=story.id if story else "",
        confidence=card.confidence,
        doubtful=card.check,
        why=card.why,
        origins=_phrase_origins(lookup, card, positions),
        first_reported=_phrase_first(lookup, card.first_reported),
        positions=positions,
        columns=tuple(dict.fromkeys(position.column for position in positions)),
        verdict=build_verdict(card, lookup.findings),
    )


def _build_position(lookup: Lookup, position: Position) -> PositionView:
    claim = lookup.claims[position.claim_id]
    article = lookup.articles[claim.article_id]
    column = lookup.column_of[article.id]
    return PositionView(
        source=column.label if is_versions(lookup.report) else position.source,
        column=column.key,
        date=format_published_moment(article),
        value=" ".join(position.value.split()),
        speaker=phrase_speaker(claim),
        about=_phrase_about(lookup, claim),
        runs=cut_runs(claim.text, position.spans),
        anchor=make_anchor("claim", claim.id),
    )


def _phrase_about(lookup: Lookup, claim: Claim) -> str:
    """Say which day a sentence speaks of, where that is not the day of its article."""
    published = lookup.articles[claim.article_id].published
    if claim.as_of is None or (published and published.date() == claim.as_of):
        return ""
    return f"speaks of {format_date(claim.as_of)}"


def _phrase_origins(lookup: Lookup, card: Card, positions: tuple[PositionView, ...]) -> str:
    outlets = len({position.column for position in positions})
    if is_versions(lookup.report) or not card.origins:
        return ""
    told = phrase_number(outlets, "outlet")
    return f"{told}, {phrase_number(card.origins, 'origin')}" if card.origins < outlets else told


def _phrase_first(lookup: Lookup, first: str | None) -> str:
    """Return who had it first: `first` may be a claim's id, an article's id, or words."""
    if not first or is_versions(lookup.report):
        return ""
    claim = lookup.claims.get(first)
    article = lookup.articles.get(claim.article_id if claim else first)
    return f"{article.source}, {format_published(article)}" if article else first
