"""The map of topics: what a tile tells, tiles that fill the frame, words that stay inside, neighbours that are related."""

import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from sample_report import (
    HOSTILE,
    make_empty_report,
    make_long_report,
    make_report,
    make_two_level_report,
    make_two_story_report,
    make_versions_report,
)

from detector.records import Facts, Name, Topic
from detector.render import render_report
from detector.render.related import list_nearest, measure_related, order_related
from detector.render.tile_text import LINE, cut_text, fit_text, measure_text, pick_text
from detector.render.topic_map import MAX_TILES
from detector.render.topic_svg import WIDTHS, draw_map
from detector.render.topics import TopicView, find_aspects
from detector.render.treemap import Box, place_tiles
from detector.render.view import build_view

WIDTH_NAMES = list(WIDTHS)


def make_map(report):
    return build_view(report).stories[0].map


def list_tiles(tiles):
    return [one for tile in tiles for one in (tile, *list_tiles(tile.tiles))]


def tell_tiles(report):
    """Return label -> (state, doubtful, claims) of each tile."""
    return {tile.label: (tile.state.key, tile.doubtful, tile.size) for tile in list_tiles(make_map(report).tiles)}


# --- what a tile tells


def test_a_tile_shows_the_weightiest_of_what_its_sources_do():
    assert tell_tiles(make_report()) == {
        "Injured passengers": ("differ", False, 3),  # a sure conflict, and a development to check
        "The radar": ("differ", True, 2),
        "Salvage": ("develop", False, 3),
        "The grounding": ("agree", False, 4),
        "The choir from Sund": ("only", False, 1),
    }


def test_a_conflict_to_check_by_hand_is_never_shown_as_agreement():
    report = make_report()
    doubtful = replace(report.cards[1], topic_id="grounding")
    tile = next(one for one in make_map(replace(report, cards=(*report.cards, doubtful))).tiles if "gro" in one.label)
    assert (tile.state.key, tile.doubtful) == ("differ", True)
    assert tile.found == ("1 may differ, 1 agrees", "≠ 1 = 1")


def test_a_conflict_to_check_by_hand_does_not_hide_a_sure_development():
    report = make_report()
    doubtful = replace(report.cards[1], topic_id="salvage")
    assert tell_tiles(replace(report, cards=(*report.cards, doubtful)))["Salvage"] == ("develop", False, 3)


def test_a_topic_of_several_sources_without_a_card_is_no_agreement():
    report = make_report()
    tile = tell_tiles(replace(report, cards=(), only_in=()))
    assert tile["The grounding"] == ("says", False, 4)
    assert tile["The choir from Sund"] == ("only", False, 1)


def test_a_tile_says_in_words_what_it_shows():
    tiles = {tile.label: tile for tile in make_map(make_report()).tiles}
    assert tiles["Injured passengers"].told == (
        "Injured passengers: 1 differs, 1 may have developed. 3 claims from 3 of 4 sources."
    )
    assert tiles["Injured passengers"].asked == (
        "≠\u00a0How many people were hurt?",
        "→\u00a0How many are in hospital?",
    )
    assert tiles["The grounding"].asked == ()
    assert tiles["The choir from Sund"].told.endswith("one source only. 1 claim from 1 of 4 sources.")


def test_tiles_lead_to_the_rows_of_the_grid_or_to_what_one_source_has():
    tiles = {tile.label: tile.anchor for tile in make_map(make_report()).tiles}
    assert tiles["The radar"] == "topic-radar"
    assert tiles["The choir from Sund"] == "only"
    page = render_report(make_report(), "html")
    assert page.count('href="#topic-radar"') == len(WIDTHS)
    assert page.count('id="topic-radar"') == 1


def test_the_legend_explains_what_is_there_and_no_more():
    topics = make_map(make_report())
    assert [state.key for state in topics.states] == ["differ", "develop", "agree", "only"]
    assert (topics.doubtful, topics.hidden, topics.outside) == (True, 0, 2)
    sure = replace(make_report(), cards=make_report().cards[-1:])
    assert [state.key for state in make_map(sure).states] == ["agree", "says", "only"]
    assert not make_map(sure).doubtful


def test_versions_have_versions_and_not_sources():
    told = " ".join(tile.told for tile in make_map(make_versions_report()).tiles)
    assert "2 versions" in told
    assert "source" not in told


def test_nothing_to_map_is_no_map():
    lone = replace(make_report(), topics=make_report().topics[:1])
    for report in (make_empty_report(), lone):
        assert "Topic map" not in render_report(report, "html")
    asked = make_report()
    asked = replace(asked, settings={**asked.settings, "only": ["differ"]})
    assert "Topic map" not in render_report(asked, "html")


def test_topics_without_claims_have_no_tile():
    report = make_report()
    named = Topic("empty", report.stories[0].id, "Nothing matches", (), (), True)
    topics = make_map(replace(report, topics=(named, *report.topics)))
    assert "Nothing matches" not in [tile.label for tile in topics.tiles]
    assert topics.hidden == 0


def test_every_story_has_its_own_map():
    page = render_report(make_two_story_report(), "html")
    assert "Café blaze — Östra’s 2nd: topic map" in page
    assert page.count("<figure") == 2


def test_a_topic_that_the_grid_has_no_room_for_leads_to_its_card_or_nowhere():
    report = make_long_report(8, 60)
    view = build_view(report)
    rows = {row.anchor for row in view.stories[0].grid.rows}
    tiles = list_tiles(view.stories[0].map.tiles)
    without = [tile for tile in tiles if tile.anchor not in rows]
    assert {tile.anchor.split("-")[0] for tile in without} <= {"card", "only", ""}
    assert all(tile.state.key == "only" for tile in without if tile.anchor == "only")
    assert len(without) > 3


# --- two levels


def test_an_aspect_is_a_frame_around_its_facts_and_the_rest():
    aspect = next(tile for tile in make_map(make_two_level_report()).tiles if tile.label == "The accident")
    assert {(tile.label, tile.size) for tile in aspect.tiles} == {
        ("The grounding", 4), ("The radar", 2), ("Other claims", 1),
    }  # fmt: skip
    assert (aspect.state.key, aspect.doubtful) == ("differ", True)
    assert aspect.tiles[-1].state.key == "only"
    assert aspect.tiles[-1].told == "The accident, other claims: one source only. 1 claim from 1 of 4 sources."


def test_an_aspect_that_is_all_facts_has_no_rest():
    report = make_two_level_report()
    whole = replace(report.topics[1], claim_ids=report.topics[1].claim_ids[:-1])
    report = replace(report, topics=(report.topics[0], whole, *report.topics[2:]))
    assert "Other claims" not in tell_tiles(report)


def test_facts_stand_under_their_aspect_in_the_grid():
    report = make_two_level_report()
    grid = build_view(report).stories[0].grid
    assert [(row.label, row.fact) for row in grid.rows] == [
        ("Injured passengers", False),
        ("Salvage", False),
        ("The accident", False),  # what is to be checked by hand weighs less than a sure development
        ("The radar", True),
        ("The grounding", True),
    ]
    assert grid.single == 1
    assert [row.found for row in grid.rows][2:] == ["1 may differ, 1 agrees", "1 may differ", "1 agrees"]
    assert "| ↳ The radar |" in render_report(report, "md")


@pytest.mark.parametrize(
    ("parents", "aspects"),
    [
        ({"a": "", "b": "a"}, {"a": "", "b": "a"}),
        ({"a": "", "b": "gone"}, {"a": "", "b": ""}),
        ({"a": "a"}, {"a": ""}),
        ({"a": "b", "b": "a"}, {"a": "", "b": ""}),
        ({"a": "", "b": "a", "c": "b"}, {"a": "", "b": "a", "c": ""}),
    ],
)
def test_there_are_two_levels_at_most(parents, aspects):
    topics = [Topic(one, "s", one, (), (), parent=parent) for one, parent in parents.items()]
    assert find_aspects(topics) == aspects


def test_a_long_story_is_cut_to_what_can_be_read():
    view = build_view(make_long_report(8, 80))
    topics, grid = view.stories[0].map, view.stories[0].grid
    leaves = [tile for tile in list_tiles(topics.tiles) if not tile.tiles]
    assert len(leaves) <= MAX_TILES
    assert len({tile.label for tile in leaves}) > 10
    assert topics.hidden > 0
    assert (len(grid.rows), grid.look) == (40, "long dense")
    assert grid.hidden + len(grid.rows) + grid.single == 80
    assert max(len(cell.value) for row in grid.rows for cell in row.cells) <= 36
    assert build_view(make_report()).stories[0].grid.look == ""


# --- the same report, the same map


def test_the_order_of_topics_and_cards_does_not_matter():
    report = make_long_report()
    turned = replace(report, topics=report.topics[::-1], articles=report.articles)
    assert make_map(turned) == make_map(report)


def test_hash_seeds_do_not_matter():
    code = "from sample_report import *; from detector.render import render_report; import hashlib; "
    code += "print(hashlib.sha256(render_report(make_long_report(), 'html').encode()).hexdigest())"
    done = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
            cwd=Path(__file__).parent,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert done[0] == done[1]


# --- related topics


def make_view(one, claims=(), names=(), terms=()):
    base = make_report().claims[0]
    facts = Facts(names=tuple(Name(name, name, "person", 0, 1) for name in names))
    made = tuple(replace(base, id=claim, facts=facts if i == 0 else Facts()) for i, claim in enumerate(claims))
    return TopicView(Topic(one, "s", one, tuple(terms), tuple(claims)), made, frozenset(), (), 0)


def test_shared_claims_names_and_terms_make_topics_related():
    views = [
        make_view("first", ["1", "2"], ["everywhere"]),
        make_view("apart", ["3"], ["everywhere"]),
        make_view("by claim", ["2", "4"], ["everywhere"]),
        make_view("by name", ["5"], ["everywhere", "ada"]),
        make_view("by name too", ["6"], ["everywhere", "ada"]),
        make_view("by term", ["7"], ["everywhere"], ["Tow"]),
        make_view("by term too", ["8"], ["everywhere"], ["tow"]),
    ]
    related = measure_related(views)
    assert related[0][2] == pytest.approx(1)
    assert related[3][4] == related[5][6] == pytest.approx(1)
    assert related[0][1] == 0  # a name that all have tells nothing
    assert [views[i].topic.id for i in order_related(related)] == [
        "first", "by claim", "apart", "by name", "by name too", "by term", "by term too",
    ]  # fmt: skip
    assert list_nearest(related, 0, 2, 0.1) == [2]


@pytest.mark.parametrize(
    ("related", "order"),
    [([], []), ([[1]], [0]), ([[1, 0], [0, 1]], [0, 1]), ([[1, 0.1, 0.9], [0.1, 1, 0.5], [0.9, 0.5, 1]], [0, 2, 1])],
)
def test_a_chain_goes_on_with_what_is_nearest(related, order):
    assert order_related(related) == order


# --- tiles in a frame


@pytest.mark.parametrize(
    "weights",
    [[1], [1, 1], [5, 1], [1] * 40, list(range(1, 41)), [100, *[1] * 39], [3, 1, 4, 1, 5, 9, 2, 6], [0.01, 1000]],
    ids=len,
)
@pytest.mark.parametrize("frame", [Box(0, 0, 1040, 600), Box(10, 20, 360, 1400)])
def test_tiles_fill_the_frame_by_their_weight_and_do_not_overlap(weights, frame):
    boxes = place_tiles(weights, frame)
    area = frame.width * frame.height
    for weight, box in zip(weights, boxes, strict=True):
        assert box.width * box.height == pytest.approx(area * weight / sum(weights))
        assert box.left >= frame.left - 1e-6
        assert box.left + box.width <= frame.left + frame.width + 1e-6
        assert box.top >= frame.top - 1e-6
        assert box.top + box.height <= frame.top + frame.height + 1e-6
    for i, one in enumerate(boxes):
        for two in boxes[:i]:
            apart_x = min(one.left + one.width, two.left + two.width) - max(one.left, two.left) < 1e-6
            apart_y = min(one.top + one.height, two.top + two.height) - max(one.top, two.top) < 1e-6
            assert apart_x or apart_y


def test_every_tile_has_a_box_whatever_the_weights():
    for number in (9, 18, 22, 25, 27):
        weights = [(i * 11) % 17 + 0.1 for i in range(number)]
        assert len(place_tiles(weights, Box(0, 0, 1040, 600.3))) == number


def test_equal_tiles_have_a_shape_that_holds_words():
    for frame in (Box(0, 0, 1040, 600), Box(0, 0, 360, 1400)):
        for number in (2, 3, 7, 16, 40):
            assert all(0.5 < box.width / box.height < 6 for box in place_tiles([1] * number, frame)), number


@pytest.mark.parametrize("weights", [[0], [1, 0], [1, -1]])
def test_a_tile_without_weight_is_refused(weights):
    with pytest.raises(ValueError, match="above 0"):
        place_tiles(weights, Box(0, 0, 10, 10))


def test_no_tiles_are_no_boxes():
    assert place_tiles([], Box(0, 0, 10, 10)) == ()


# --- words in a box


@pytest.mark.parametrize(
    ("text", "width", "height", "lines"),
    [
        ("one two", 200, 100, ("one two",)),
        ("one two", 45, 100, ("one", "two")),
        ("one two three four", 45, 30, ("one", "two…")),
        ("=\u00a0one two", 45, 100, ("=\u00a0one", "two")),
        ("hydrometeorological", 60, 100, ("hydrom-", "eteorol-", "ogical")),
        ("concessions", 88, 100, ("concessi-", "ons")),
        ("one", 200, 5, ()),
        ("one", 3, 100, ()),
        ("港口火災造成四人受傷", 50, 100, None),
    ],
)
def test_fit_text(text, width, height, lines):
    fitted = fit_text(text, width, height, (12,))
    if lines is not None:
        assert fitted.lines == lines
    assert fitted.lines or lines == ()
    assert all(measure_text(line, 12) <= width for line in fitted.lines)
    assert len(fitted.lines) * 12 * LINE <= height
    assert fitted.whole == (bool(fitted.lines) and "…" not in fitted.lines[-1])


def test_text_is_as_large_as_fits():
    assert [fit_text("one two three", 120, high, (20, 16, 12)).size for high in (60, 40, 20)] == [20, 16, 12]
    assert fit_text("one two three", 120, 60, (20,)).height == pytest.approx(2 * 20 * LINE)


def test_one_line_is_picked_or_cut():
    assert pick_text(["a long form of it", "short"], 60, 12) == "short"
    assert pick_text(["a long form of it"], 10, 12) == ""
    assert cut_text("one, two", 46, 12) == "one…"
    assert cut_text("one", 46, 12) == "one"
    assert cut_text("one", 5, 12) == ""
    assert measure_text("e\u0301", 10) == measure_text("e", 10)  # an accent of its own takes no room


@pytest.mark.parametrize("name", WIDTH_NAMES)
@pytest.mark.parametrize("make", [make_report, make_two_level_report, make_long_report, make_versions_report])
def test_lines_stay_in_their_tiles(make, name):
    drawing = draw_map(make_map(make()), name)
    assert drawing.drawn
    for one in drawing.drawn:
        assert one.box.left >= 0
        assert one.box.left + one.box.width <= drawing.width
        assert one.box.top + one.box.height <= drawing.height
        for above, line in pairwise(one.lines):
            assert line.base - above.base >= line.size * 1.05
        for line in one.lines:
            bold = line.part in ("label", "found")
            assert line.left + measure_text(line.text, line.size, bold=bold) <= one.box.width, line
            assert line.size <= line.base <= one.box.height - 3, line
            assert line.size >= 11


@pytest.mark.parametrize("name", WIDTH_NAMES)
def test_every_tile_of_a_long_story_has_the_start_of_its_label(name):
    drawing = draw_map(make_map(make_long_report()), name)
    assert all(one.lines and one.lines[0].part == "label" for one in drawing.drawn)


# --- the page


@pytest.mark.parametrize("make", [make_report, make_two_level_report])
def test_the_picture_is_whole_in_itself_and_names_every_tile(make):
    page = render_report(make(), "html")
    pictures = re.findall(r'<svg class="map.*?</figure>', page, re.DOTALL)
    assert len(pictures) == 1
    assert not re.search(r"url\(|<image|<use|<script|<style|http", pictures[0])
    tiles = list_tiles(make_map(make()).tiles)
    assert pictures[0].count("<title>") == len(tiles) * len(WIDTHS)


def test_labels_are_escaped_in_the_picture():
    report = make_report()
    topics = tuple(replace(topic, label=HOSTILE, terms=(HOSTILE,)) for topic in report.topics)
    page = render_report(replace(report, topics=topics), "html")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
