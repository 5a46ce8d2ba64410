"""The map of topics laid out for a width: boxes and lines of text in the units of an SVG, ready for its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detector.render.tile_text import LINE, Fitted, cut_text, fit_text, pick_text
from detector.render.topic_map import Tile, TopicMap
from detector.render.treemap import Box, place_tiles

WIDTHS = {"wide": 1040, "medium": 680, "narrow": 360}
"""The pictures of one map, and their widths in units: for a desk, for a tablet and paper, for a phone."""

_LEAST = 1 / 80  # no tile is drawn smaller than if it had this part of all claims
_ROOM = {"wide": 118.0 * 62, "medium": 98.0 * 46, "narrow": 104.0 * 56}  # the area of the smallest tile
_TALLEST = {"wide": 760.0, "medium": 880.0, "narrow": 1500.0}
_SIZES = (20.0, 17.0, 15.0, 13.5, 12.0, 11.0)
_AREAS = {20.0: 40_000, 17.0: 20_000, 15.0: 11_000}  # a small tile does not shout
_SMALL, _HEADING = 12.0, 13.0
_GAP, _PAD, _HEAD = 2.0, 8.0, 24.0


Row = tuple[str, str]
"""A part of a tile and its text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in a tile: `base` is its base line, `part` is "label", "found", "who", "asked" or "terms"."""

    part: str
    left: float
    base: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One tile in its box, with the lines that fit. A `frame` goes around the tiles that follow it."""

    tile: Tile
    box: Box
    lines: tuple[Line, ...]
    frame: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture of a map; `name` is a key of `WIDTHS`."""

    name: str
    width: int
    height: int
    drawn: tuple[Drawn, ...]


def draw_map(topics: TopicMap, name: str) -> Drawing:
    """Lay out a map for one of `WIDTHS`. The height grows with what the smallest tile needs for its words."""
    width = WIDTHS[name]
    flat = [one.size for tile in topics.tiles for one in (tile.tiles or (tile,))]
    least = sum(flat) * _LEAST
    weights = [_weigh(tile, least) for tile in topics.tiles]
    smallest = min((max(size, least) for size in flat), default=1.0)
    needed = _ROOM[name] * sum(weights) / smallest / width
    height = round(min(max(needed, 100.0 + 20 * len(flat)), _TALLEST[name])) if flat else 0
    boxes = place_tiles(weights, Box(0, 0, width, height))
    drawn = [one for tile, box in zip(topics.tiles, boxes, strict=True) for one in _draw_tile(tile, box, least)]
    return Drawing(name, width, height, tuple(drawn))


def _weigh(tile: Tile, least: float) -> float:
    """Return a tile's share of the picture; a frame needs some for its head."""
    if tile.tiles:
        return sum(_weigh(one, least) for one in tile.tiles) + least / 2
    return max(float(tile.size), least)


def _draw_tile(tile: Tile, box: Box, least: float) -> list[Drawn]:
    inner = box.shrink(_GAP)
    if not tile.tiles:
        return [Drawn(tile, inner, _write_lines(tile, inner), frame=False)]
    boxes = place_tiles([_weigh(one, least) for one in tile.tiles], inner.shrink(_GAP, _HEAD))
    inside = [one for part, own in zip(tile.tiles, boxes, strict=True) for one in _draw_tile(part, own, least)]
    return [Drawn(tile, inner, _write_head(tile, inner), frame=True), *inside]


def _write_head(tile: Tile, box: Box) -> tuple[Line, ...]:
    """Write a frame's name on one line, and its claims and sources behind it where there is room."""
    room, name = box.width - 2 * _PAD, _name_tile(tile)
    long = pick_text([f"{name} · {who}" for who in tile.who], room, _HEADING) or cut_text(name, room, _HEADING)
    return (Line("label", _PAD, 18, _HEADING, long),) if long else ()


def _write_lines(tile: Tile, box: Box) -> tuple[Line, ...]:
    """Write the label as large as fits, then its cards, its claims and sources, and more as far as there is room."""
    wide, high = box.width - 2 * _PAD, box.height - 2 * _PAD + 4
    rows = [
        ("found", pick_text(tile.found, wide, _SMALL)),
        ("who", pick_text(tile.who, wide, _SMALL, bold=False)),
    ]
    sizes = [size for size in _SIZES if box.width * box.height >= _AREAS.get(size, 0)]
    label, rows = _fit_label(_name_tile(tile), [row for row in rows if row[1]], sizes, wide, high)
    stack = [("label", label.size, text) for text in label.lines] + [(part, _SMALL, text) for part, text in rows]
    if len(rows) == 2:
        left = high - sum(size * LINE for _, size, _ in stack) - _SMALL / 2
        stack += [(part, _SMALL, text) for part, text in _fit_more(tile, wide, left)]
    lines: list[Line] = []
    place = _PAD - 3
    for part, size, text in stack:
        place += size * LINE + (_SMALL / 2 if part in ("asked", "terms") and lines[-1].part in ("found", "who") else 0)
        lines.append(Line(part, _PAD + 5, place - size / 4, size, text))
    return tuple(lines)


def _fit_label(
    name: str, rows: list[Row], sizes: Sequence[float], wide: float, high: float
) -> tuple[Fitted, list[Row]]:
    """Return the label as large as fits above as many of `rows` as it leaves room for: a whole label goes before them."""
    for number in range(len(rows), -1, -1):
        fitted = fit_text(name, wide, high - number * _SMALL * LINE, sizes)
        if fitted.whole:
            return fitted, rows[:number]
    return fitted, []


def _fit_more(tile: Tile, wide: float, high: float) -> list[Row]:
    """Return as many questions as there is room for, and then the terms, each on two lines at most."""
    lines: list[Row] = []
    for part, text in (*(("asked", question) for question in tile.asked), ("terms", ", ".join(tile.terms))):
        left = min(2.0, high / (_SMALL * LINE) - len(lines))
        if text and left >= 1:
            lines += [(part, line) for line in fit_text(text, wide, left * _SMALL * LINE, (_SMALL,), bold=False).lines]
    return lines


def _name_tile(tile: Tile) -> str:
    """Return the label behind its symbol; a no-break space keeps the symbol from standing alone on a line."""
    return f"{tile.state.symbol}\u00a0{tile.label}" if tile.state.symbol else tile.label
