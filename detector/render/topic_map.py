"""The map of a story: each topic a tile, sized by its claims, marked by what its sources do, beside what is related."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from detector.records import Story
from detector.render.lookup import Lookup, make_anchor
from detector.render.related import list_nearest, measure_related, order_related
from detector.render.topics import TopicView
from detector.render.words import ONLY_SYMBOL, Group, is_versions, phrase_number

MAX_TILES = 40
_NEAREST, _RELATED = 2, 0.1  # so many related topics are named, if they have that much in common
_QUESTIONS = 4
_REST = "Other claims"
_LONE = "only"  # the id of the section on what one source alone has
_ORDER = ("differ", "develop", "agree", "says", "only")


@dataclass(frozen=True, slots=True)
class State:
    """What the sources do in a topic: `key` names colour and edge, `word` stands in a tile, `legend` explains it."""

    key: str
    symbol: str
    word: str
    legend: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One topic, or what an aspect has besides its facts; with `tiles` inside it, the frame around an aspect.

    `found` tells its cards and `who` its claims and sources, each from the longest form to the shortest; `asked` are the
    questions of its cards that are no agreement, the weightiest first. `told` is all of it in words, and `anchor` is
    where it leads to, or "".
    """

    label: str
    size: int
    state: State
    doubtful: bool
    anchor: str
    found: tuple[str, ...]
    who: tuple[str, ...]
    asked: tuple[str, ...]
    terms: tuple[str, ...]
    told: str
    tiles: tuple[Tile, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicMap:
    """The tiles, related ones beside each other where that can be; `states` are those to explain.

    `hidden` topics are not shown, `outside` claims are in no topic.
    """

    tiles: tuple[Tile, ...]
    states: tuple[State, ...]
    doubtful: bool
    hidden: int
    outside: int


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all tiles of a map need to know: how many sources there are, and which rows the grid has."""

    columns: int
    versions: bool
    rows: frozenset[str]


def build_topic_map(lookup: Lookup, story: Story, topics: Sequence[TopicView], rows: Collection[str]) -> TopicMap:
    """Build the map of one story.

    Args:
        lookup: The report.
        story: The story.
        topics: Its topics from `build_topics`, ranked.
        rows: The anchors of the rows of its grid, where a tile leads to. Without a row, it leads to its first card, or
            to the section on what one source alone has.
    """
    ground = _Ground(len(lookup.list_columns(story)), is_versions(lookup.report), frozenset(rows))
    shown = _choose_topics(topics)
    tiles = _make_tiles(shown, ground)
    flat = [one for tile in tiles for one in (tile.tiles or (tile,))]
    used = [_make_state(card.group) for view in shown for one in (view, *view.facts) for card in one.cards]
    states = {state.key: state for state in (*used, *(tile.state for tile in flat))}
    inside = {claim.id for view in topics for one in (view, *view.facts) for claim in one.claims}
    members = set(story.article_ids)
    free = (claim for claim in lookup.report.claims if claim.article_id in members and not claim.left_out)
    return TopicMap(
        tiles=tiles,
        states=tuple(states[key] for key in _ORDER if key in states),
        doubtful=any(tile.doubtful for tile in flat),
        hidden=_count_topics(topics) - _count_topics(shown),
        outside=sum(claim.id not in inside for claim in free),
    )


def _choose_topics(topics: Sequence[TopicView]) -> list[TopicView]:
    """Return the first topics that have claims, with as many facts as there is room for."""
    shown: list[TopicView] = []
    room = MAX_TILES
    for view in topics:
        facts = tuple(fact for fact in view.facts if fact.claims)[: max(0, room - 1)]
        if room > 0 and (view.claims or facts):
            shown.append(replace(view, facts=facts))
            room -= max(1, len(facts) + (view.rest is not None))
    return shown


def _count_topics(topics: Sequence[TopicView]) -> int:
    """Return how many topics with claims there are, facts among them."""
    return sum(bool(one.claims) for view in topics for one in (view, *view.facts))


def _make_tiles(views: Sequence[TopicView], ground: _Ground) -> tuple[Tile, ...]:
    related = measure_related(views)
    tiles = []
    for i in order_related(related):
        near = [views[j].topic.label for j in list_nearest(related, i, _NEAREST, _RELATED)]
        tiles.append(_make_tile(views[i], near, ground))
    return tuple(tiles)


def _make_tile(view: TopicView, near: Sequence[str], ground: _Ground, name: str = "") -> Tile:
    state, doubtful = _find_state(view, ground)
    symbols = Counter(card.group.symbol for card in view.cards)
    short = " ".join(f"{symbol} {number}" for symbol, number in symbols.items())
    claims = phrase_number(len(view.claims), "claim")
    outlet = "version" if ground.versions else "source"
    outlets = f"{len(view.columns)} of {phrase_number(ground.columns, outlet)}"
    asked = [f"{card.group.symbol}\u00a0{card.question}" for card in view.cards if card.group.key != "agree"]
    told = [f"{name or view.topic.label}: {view.found or state.word}", f"{claims} from {outlets}"]
    told += [f"Shares most with: {', '.join(near)}"] if near else []
    inside = _make_tiles(view.facts, ground)
    if inside and view.rest:
        inside += (replace(_make_tile(view.rest, (), ground, f"{view.topic.label}, other claims"), label=_REST),)
    return Tile(
        label=" ".join(view.topic.label.split()),
        size=len(view.claims),
        state=state,
        doubtful=doubtful,
        anchor=_find_anchor(view, ground),
        found=(view.found, short) if short else (state.word,),
        who=(f"{claims} · {outlets}", f"{claims} · {phrase_number(len(view.columns), outlet)}", claims),
        asked=tuple(dict.fromkeys(asked))[:_QUESTIONS],
        terms=view.topic.terms,
        told=". ".join(told) + ".",
        tiles=inside,
    )


def _find_anchor(view: TopicView, ground: _Ground) -> str:
    row = make_anchor("topic", view.topic.id)
    if row in ground.rows:
        return row
    if view.cards:
        return view.cards[0].anchor
    return "" if view.shared else _LONE


def _find_state(view: TopicView, ground: _Ground) -> tuple[State, bool]:
    """Return the weightiest that is found, and whether all cards that find it are to be checked by hand."""
    if view.cards:
        first = view.cards[0]
        return _make_state(first.group), first.doubtful
    if len(view.columns) > 1:
        many = "both versions" if ground.versions else "several sources"
        return State("says", "", "no finding shown", f"{many}, no finding shown"), False
    one = "one version only" if ground.versions else "one source only"
    return State("only", ONLY_SYMBOL, one, one), False


def _make_state(group: Group) -> State:
    return State(group.key, group.symbol, group.cell, group.counted)
