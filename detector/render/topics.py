"""A story's topics as a page shows them: with their cards, ranked, and facts under their aspect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from detector.records import Claim, Story, Topic
from detector.render.cards import CardView, Section
from detector.render.lookup import Lookup, make_anchor
from detector.render.words import Group

_NO_CARD = 9  # more than the weight of any group


@dataclass(frozen=True, slots=True)
class TopicView:
    """One topic. `cards` are its own, and those of other topics that show one of its claims, in the page's order.

    `columns` are the keys of the sources that speak to it. `weight` is that of its weightiest group, or more where it has no
    card. `facts` are the topics inside it, ranked, and `rest` is what
    it has besides them, if anything.
    """

    topic: Topic
    claims: tuple[Claim, ...]
    columns: frozenset[str]
    cards: tuple[CardView, ...]
    weight: int
    facts: tuple[TopicView, ...] = ()
    rest: TopicView | None = None

    @property
    def own(self) -> tuple[CardView, ...]:
        """Its own cards."""
        return tuple(card for card in self.cards if card.topic_id == self.topic.id)

    @property
    def guests(self) -> tuple[CardView, ...]:
        """The cards of other topics."""
        return tuple(card for card in self.cards if card.topic_id != self.topic.id)

    @property
    def found(self) -> str:
        """What its cards are: "1 differs, 1 may differ, 13 agree", or ""."""
        doubts = Counter((card.group, card.doubtful) for card in self.cards)
        return ", ".join(f"{number} {_phrase_group(*one, number)}" for one, number in doubts.items())

    @property
    def shared(self) -> bool:
        """Whether there is something to set side by side: a card, several sources, or an editor's wish to see it."""
        return bool(self.own) or self.topic.named or len(self.columns) > 1

    @property
    def rank(self) -> tuple[bool, int, int, str, str]:
        """The sort key: an editor's own topics, then by weightiest card (its facts' too), by size, by label."""
        weight = min((self.weight, *(fact.weight for fact in self.facts)))
        return not self.topic.named, weight, -len(self.claims), self.topic.label, self.topic.id


def _phrase_group(group: Group, doubtful: bool, number: int) -> str:
    if doubtful:
        return group.doubt
    return group.cell if number == 1 else group.counted


def build_topics(lookup: Lookup, story: Story, sections: Sequence[Section]) -> tuple[TopicView, ...]:
    """Return the story's topics that stand in no other one, ranked; the others are their `facts`."""
    topics = {topic.id: topic for topic in lookup.report.topics if topic.story_id == story.id}
    shown = _index_cards(story, sections)
    views = {one: _make_view(lookup, topic, topic.claim_ids, shown) for one, topic in topics.items()}
    aspects = find_aspects(topics.values())
    top = []
    for one in (one for one, aspect in aspects.items() if not aspect):
        facts = tuple(sorted((views[two] for two, aspect in aspects.items() if aspect == one), key=lambda v: v.rank))
        inside = {claim.id for fact in facts for claim in fact.claims}
        left = [claim for claim in topics[one].claim_ids if claim not in inside]
        rest = _make_view(lookup, topics[one], left, shown, part=True) if facts and left else None
        top.append(replace(views[one], facts=facts, rest=rest))
    return tuple(sorted(top, key=lambda view: view.rank))


def find_aspects(topics: Iterable[Topic]) -> dict[str, str]:
    """Return the topic that each topic stands in, by id: "" for one at the top, or whose parent is unknown or a fact.

    So there are two levels at most, whatever a report from elsewhere says.
    """
    parents = {topic.id: topic.parent for topic in topics}
    return {one: parent if parents.get(parent) == "" else "" for one, parent in parents.items()}


@dataclass(frozen=True, slots=True)
class _Shown:
    """The cards of a story, those of the weightiest group first, with the weight of each, and the cards of each sentence."""

    cards: tuple[CardView, ...]
    weights: tuple[int, ...]
    by_anchor: Mapping[str, tuple[int, ...]]


def _index_cards(story: Story, sections: Sequence[Section]) -> _Shown:
    found = [(card, one.group.weight) for one in sections for card in one.cards if card.story_id == story.id]
    found.sort(key=lambda item: item[1])
    places: dict[str, dict[int, None]] = {}
    for i, (card, _) in enumerate(found):
        for position in card.positions:
            places.setdefault(position.anchor, {})[i] = None
    by_anchor = {anchor: tuple(own) for anchor, own in places.items()}
    return _Shown(tuple(card for card, _ in found), tuple(weight for _, weight in found), by_anchor)


def _make_view(
    lookup: Lookup, topic: Topic, claim_ids: Iterable[str], shown: _Shown, *, part: bool = False
) -> TopicView:
    """Return the view of a topic, or of a `part` of its claims: then without the cards that show none of them."""
    claims = tuple(lookup.claims[one] for one in claim_ids if one in lookup.claims)
    own = {i for i, card in enumerate(shown.cards) if card.topic_id == topic.id}
    said = {i for claim in claims for i in shown.by_anchor.get(make_anchor("claim", claim.id), ())}
    own = own & said if part else own
    return TopicView(
        topic=topic,
        claims=claims,
        columns=frozenset(lookup.column_of[claim.article_id].key for claim in claims),
        cards=tuple(shown.cards[i] for i in sorted(own | said)),
        weight=min((shown.weights[i] for i in own | said), default=_NO_CARD),
    )
