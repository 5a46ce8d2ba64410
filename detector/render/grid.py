"""The table of topics by sources: who says what, and who is silent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from detector.records import Claim, Story, Topic
from detector.render.cards import CardView, PositionView, Section
from detector.render.lookup import Column, Lookup, make_anchor
from detector.render.marks import clip_text
from detector.render.words import NOTES

_CELL_CHARACTERS = 70
_MAX_ROWS = 40
_NO_TOPIC = Topic(id="", story_id="", label="Outside the topics", terms=(), claim_ids=())


@dataclass(frozen=True, slots=True)
class Cell:
    """One source on one topic. `status` is a group's key, "says" or "silent"; `anchor` names a card, or is ""."""

    status: str
    symbol: str
    word: str
    value: str
    anchor: str
    more: int


@dataclass(frozen=True, slots=True)
class Row:
    """One topic with a cell for each of the grid's columns."""

    label: str
    named: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows shown, the most telling first, and how many topics are not: too many, or in one source alone."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    hidden: int
    single: int


def build_grid(lookup: Lookup, story: Story, sections: Sequence[Section]) -> Grid:
    """Build the grid of one story: named topics first, then by their weightiest card, then by size.

    A card stands in the row of its own topic, and in that of any other topic that holds one of its sentences.
    """
    columns = lookup.list_columns(story)
    cards = [card for section in sections for card in section.cards if card.story_id == story.id]
    groups = [section.group for section in sections]
    ranked = []
    single = 0
    for topic in [topic for topic in lookup.report.topics if topic.story_id == story.id]:
        own = [card for card in cards if card.topic_id == topic.id]
        claims = [lookup.claims[one] for one in topic.claim_ids if one in lookup.claims]
        if own or topic.named or len({lookup.column_of[claim.article_id].key for claim in claims}) > 1:
            guests = _find_guests(topic, cards, claims)
            weight = min((groups.index(card.group) for card in (*own, *guests)), default=len(groups))
            row = _build_row(lookup, topic, columns, own, guests, claims)
            ranked.append(((not topic.named, weight, -len(claims), topic.label, topic.id), row))
        else:
            single += 1
    ranked.sort(key=lambda item: item[0])
    rows = [row for _, row in ranked[:_MAX_ROWS]]
    homeless = [card for card in cards if not card.topic_id]
    if rows and homeless:
        rows.append(_build_row(lookup, _NO_TOPIC, columns, homeless, (), ()))
    return Grid(columns, tuple(rows), hidden=max(0, len(ranked) - _MAX_ROWS), single=single)


def _find_guests(topic: Topic, cards: Sequence[CardView], claims: Sequence[Claim]) -> list[CardView]:
    """Return the cards of other topics that show a sentence of this one."""
    inside = {make_anchor("claim", claim.id) for claim in claims}
    others = (card for card in cards if card.topic_id != topic.id)
    return [card for card in others if any(position.anchor in inside for position in card.positions)]


def _pick_cards(
    cards: Sequence[CardView], column: str, anchors: Collection[str] | None = None
) -> list[tuple[CardView, PositionView]]:
    """Return each card with its first position of a column (of these anchors, if given); the sure cards stand first."""
    picked: dict[str, tuple[CardView, PositionView]] = {}
    for card in cards:
        for position in card.positions:
            if position.column == column and (anchors is None or position.anchor in anchors):
                picked.setdefault(card.anchor, (card, position))
    return sorted(picked.values(), key=lambda item: item[0].doubtful)


def _build_row(
    lookup: Lookup,
    topic: Topic,
    columns: Sequence[Column],
    cards: Sequence[CardView],
    guests: Sequence[CardView],
    claims: Sequence[Claim],
) -> Row:
    cells = []
    for column in columns:
        said = [claim for claim in claims if lookup.column_of[claim.article_id].key == column.key]
        anchors = {make_anchor("claim", claim.id) for claim in said}
        # Stable: of the sure cards, the first is that of the weightiest group. The topic's own stand before guests.
        shown = _pick_cards(cards, column.key) + _pick_cards(guests, column.key, anchors)
        cells.append(_build_card_cell(shown) if shown else _build_plain_cell(lookup, topic, said))
    return Row(topic.label, topic.named, tuple(cells))


def _build_card_cell(shown: Sequence[tuple[CardView, PositionView]]) -> Cell:
    card, position = shown[0]
    word = card.group.doubt if card.doubtful else card.group.cell
    value = clip_text(position.value, _CELL_CHARACTERS)
    return Cell(card.group.key, card.group.symbol, word, value, card.anchor, len(shown) - 1)


def _build_plain_cell(lookup: Lookup, topic: Topic, claims: Sequence[Claim]) -> Cell:
    if not claims:
        return Cell("silent", "", "silent", "", "", 0)
    strength = dict(zip(topic.claim_ids, topic.strength, strict=False))
    best = max(claims, key=lambda claim: (strength.get(claim.id, 0.0), -claim.start))
    notes = {only.claim_id: only.note for only in lookup.report.only_in if only.note in NOTES}
    symbol, word = NOTES.get(notes.get(best.id, ""), ("·", "says"))
    return Cell("says", symbol, word.lower(), clip_text(best.text, _CELL_CHARACTERS), "", len(claims) - 1)
