"""The table of topics by sources: who says what, and who is silent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from detector.records import Claim, Story, Topic
from detector.render.cards import CardView, PositionView, Section
from detector.render.lookup import Column, Lookup, make_anchor
from detector.render.marks import clip_text
from detector.render.topics import TopicView
from detector.render.words import NOTES

_CELL_CHARACTERS, _DENSE_CHARACTERS = 70, 36
_MAX_ROWS = 40
_LONG, _DENSE = 12, 5  # with more rows the head stays in sight, with more columns all are narrow
_NO_TOPIC = Topic(id="", story_id="", label="Outside the topics", terms=(), claim_ids=())


@dataclass(frozen=True, slots=True)
class Cell:
    """One source on one topic. `status` is a group's key, "says" or "silent"; `anchor` names a card, or is "".

    `doubtful` is that card to be checked by hand.
    """

    status: str
    symbol: str
    word: str
    value: str
    anchor: str
    more: int
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One topic with a cell for each of the grid's columns. `anchor` names the row, if it is a topic's; a `fact` stands under its aspect.

    `found` counts its cards by what they find.
    """

    anchor: str
    label: str
    found: str
    named: bool
    fact: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows shown, the most telling first, and how many topics are not: too many, or in one source alone."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    hidden: int
    single: int

    @property
    def look(self) -> str:
        """The style classes of a table that is larger than usual: "long", "dense", both or none."""
        return " ".join(("long",) * (len(self.rows) > _LONG) + ("dense",) * (len(self.columns) > _DENSE))


def build_grid(lookup: Lookup, story: Story, sections: Sequence[Section], topics: Sequence[TopicView]) -> Grid:
    """Build the grid of one story from its ranked topics; facts stand right under their aspect.

    A card stands in the row of its own topic, and in that of any other topic that holds one of its sentences.
    """
    columns = lookup.list_columns(story)
    shown = []
    for view in topics:
        facts = [(fact, True) for fact in view.facts if fact.shared]
        if view.shared or facts:
            shown += [(view, False), *facts]
    rows = [_build_row(lookup, columns, view, fact=fact) for view, fact in shown[:_MAX_ROWS]]
    cards = [card for section in sections for card in section.cards if card.story_id == story.id]
    homeless = tuple(card for card in cards if not card.topic_id)
    if rows and homeless:
        rows.append(_build_row(lookup, columns, TopicView(_NO_TOPIC, (), frozenset(), homeless, 0)))
    number = sum(1 + len(view.facts) for view in topics)
    return Grid(columns, tuple(rows), hidden=max(0, len(shown) - _MAX_ROWS), single=number - len(shown))


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


def _build_row(lookup: Lookup, columns: Sequence[Column], view: TopicView, *, fact: bool = False) -> Row:
    cells = []
    limit = _DENSE_CHARACTERS if len(columns) > _DENSE else _CELL_CHARACTERS
    for column in columns:
        said = [claim for claim in view.claims if lookup.column_of[claim.article_id].key == column.key]
        anchors = {make_anchor("claim", claim.id) for claim in said}
        # Stable: of the sure cards, the first is that of the weightiest group. The topic's own stand before guests.
        shown = _pick_cards(view.own, column.key) + _pick_cards(view.guests, column.key, anchors)
        cells.append(_build_card_cell(shown, limit) if shown else _build_plain_cell(lookup, view.topic, said, limit))
    topic = view.topic
    anchor = make_anchor("topic", topic.id) if topic.id else ""
    return Row(anchor, topic.label, view.found, topic.named, fact, tuple(cells))


def _build_card_cell(shown: Sequence[tuple[CardView, PositionView]], limit: int) -> Cell:
    card, position = shown[0]
    word = card.group.doubt if card.doubtful else card.group.cell
    value = clip_text(position.value, limit)
    return Cell(card.group.key, card.group.symbol, word, value, card.anchor, len(shown) - 1, card.doubtful)


def _build_plain_cell(lookup: Lookup, topic: Topic, claims: Sequence[Claim], limit: int) -> Cell:
    if not claims:
        return Cell("silent", "", "silent", "", "", 0)
    strength = dict(zip(topic.claim_ids, topic.strength, strict=False))
    best = max(claims, key=lambda claim: (strength.get(claim.id, 0.0), -claim.start))
    notes = {only.claim_id: only.note for only in lookup.report.only_in if only.note in NOTES}
    symbol, word = NOTES.get(notes.get(best.id, ""), ("·", "says"))
    return Cell("says", symbol, word.lower(), clip_text(best.text, limit), "", len(claims) - 1)
