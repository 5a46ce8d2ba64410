"""The small pieces that every format shares: marked runs, cut texts, dates, links, the waterfall."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sample_report import make_report, make_versions_report

from detector.records import Evidence
from detector.render import render_report
from detector.render.dates import explain_published, format_moment, format_published_moment, format_range
from detector.render.lookup import build_lookup, list_alone, list_compared
from detector.render.marks import clip_text, cut_runs
from detector.render.texts import clean_url
from detector.render.verdict import build_verdict, format_weight
from detector.render.view import build_view


@pytest.mark.parametrize(
    ("text", "spans", "runs"),
    [
        ("one two", (), [("one two", False)]),
        ("one two", [(4, 7)], [("one ", False), ("two", True)]),
        ("one two", [(0, 3), (4, 7)], [("one two", True)]),
        ("one two", [(2, 5), (0, 3)], [("one t", True), ("wo", False)]),
        ("one two", [(3, 7)], [("one ", False), ("two", True)]),
        ("one two", [(4, 99), (-5, 1)], [("o", True), ("ne ", False), ("two", True)]),
        ("one two", [(5, 5), (6, 2), (90, 99)], [("one two", False)]),
        ("one\n two", [(0, 3)], [("one", True), (" two", False)]),
        ("", [(0, 1)], []),
    ],
)
def test_cut_runs(text, spans, runs):
    assert list(cut_runs(text, spans)) == runs


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("short", 9, "short"),
        ("a  b\nc", 9, "a b c"),
        ("one two three", 10, "one two…"),
        ("one, two three", 6, "one…"),
        ("unbreakable", 5, "unbr…"),
    ],
)
def test_clip_text(text, limit, cut):
    assert clip_text(text, limit) == cut
    assert len(cut) <= limit


def test_dates_stay_in_the_articles_own_time_zone():
    gazette, radio, post, wire = make_report().articles
    assert format_moment(gazette.published) == "3 May 2031, 18:30 UTC"
    assert format_moment(radio.published) == "4 May 2031"  # midnight at +02:00 is 3 May in UTC
    assert format_published_moment(gazette) == "3 May 2031, 18:30 UTC"
    assert [explain_published(a) for a in (gazette, radio, wire)] == ["", "from its text", ""]
    assert explain_published(post) == 'inferred: "six days after the grounding" counts from 3 May'
    assert format_range((wire, gazette, post)) == "3 May to 9 May 2031"
    assert format_range((gazette,)) == "3 May 2031"
    assert format_range((wire,)) == ""
    new_year = replace(gazette, published=datetime(2032, 1, 2, tzinfo=UTC))
    assert format_range((new_year, post)) == "9 May 2031 to 2 Jan 2032"


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_an_inferred_date_has_no_hour(hour):
    post = make_report().articles[2]
    inferred = replace(post, published=datetime(2025, 4, 10, hour, tzinfo=UTC))
    assert format_published_moment(inferred) == "about 10 Apr 2025"


@pytest.mark.parametrize("form", ["html", "md", "notebook"])
def test_no_format_shows_the_hour_of_an_inferred_date(form):
    assert "06:05" not in render_report(make_report(), form)


def test_midnight_is_shown_as_a_day():
    gazette = make_report().articles[0]
    midnight = replace(gazette, published=datetime(2025, 4, 10, tzinfo=UTC))
    assert format_published_moment(midnight) == "10 Apr 2025"


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://paper.example/a?b=1", "https://paper.example/a?b=1"),
        ("HTTP://paper.example/", "HTTP://paper.example/"),
        ("javascript:alert(1)", ""),
        ("ftp://paper.example/a", ""),
        ("https:///nowhere", ""),
        ("//paper.example/a", ""),
        ("http://[broken", ""),
        (None, ""),
    ],
)
def test_only_web_addresses_become_links(url, clean):
    assert clean_url(url) == clean


def test_waterfall_adds_up_and_stays_in_its_frame():
    report = make_report()
    verdict = build_verdict(report.cards[0], build_lookup(report).findings)
    assert verdict.steps[0].comparison == "start"
    assert sum(step.weight for step in verdict.steps) == pytest.approx(verdict.total)
    assert all(step.left >= 0 and step.left + step.width <= 100.1 for step in verdict.steps)
    assert verdict.silent == "time"
    assert "agree −0.7" in verdict.others


def test_waterfall_sums_small_weights_and_takes_the_best_finding():
    report = make_report()
    evidence = (
        *(Evidence(f"c{i}", "x", "x", {"agree": 0.04}) for i in range(3)),
        Evidence("big", "y", "y", {"agree": 1}),
    )
    weak, strong = replace(report.findings[3], confidence=0.5), replace(report.findings[4], evidence=evidence)
    verdict = build_verdict(report.cards[4], {"f4": weak, "f5": strong})
    assert [(step.comparison, round(step.weight, 2)) for step in verdict.steps] == [("big", 1), ("others", 0.12)]
    assert build_verdict(report.cards[4], {}) is None


@pytest.mark.parametrize(("weight", "text"), [(2.14, "+2.1"), (-0.31, "−0.3"), (0.01, "0.0"), (-0.01, "0.0")])
def test_weights_have_a_sign(weight, text):
    assert format_weight(weight) == text


def test_articles_alone_are_no_comparison():
    report = make_report()
    wire = report.articles[3]
    story = replace(report.stories[0], article_ids=(wire.id,))
    assert list_compared(replace(report, stories=(story,))) == ()
    assert list_alone(replace(report, stories=(story,))) == report.articles
    assert list_alone(report) == ()


def test_cards_to_check_by_hand_have_a_last_section_and_count_in_no_other():
    view = build_view(make_report())
    assert [(one.group.key, [card.anchor for card in one.cards]) for one in view.sections] == [
        ("differ", ["card-c1"]),
        ("develop", ["card-c3"]),
        ("agree", ["card-c4"]),
        ("check", ["card-c2", "card-c6"]),
    ]
    assert [(tag.key, tag.number) for tag in view.tags] == [
        ("differ", 1), ("develop", 1), ("agree", 1), ("check", 2), ("only", 4),
    ]  # fmt: skip
    assert [card.tag for card in view.sections[-1].cards] == ["may differ", "may have developed"]


def test_without_cards_to_check_by_hand_there_is_no_such_section():
    report = make_report()
    view = build_view(replace(report, cards=tuple(card for card in report.cards if not card.check)))
    assert [one.group.key for one in view.sections] == ["differ", "develop", "agree"]
    assert "check" not in [tag.key for tag in view.tags]


def test_outlets_are_told_with_their_origins_where_those_are_fewer():
    cards = {card.anchor: card.origins for section in build_view(make_report()).sections for card in section.cards}
    assert cards["card-c1"] == "2 outlets"
    assert cards["card-c4"] == "3 outlets, 2 origins"


@pytest.mark.parametrize(
    ("source", "credit", "shown"),
    [("wire", None, ""), ("wire", "Reuters", "credits Reuters"), ("reuters", "Reuters", "")],
)
def test_a_source_is_told_with_whom_it_credits(source, credit, shown):
    report = make_report()
    articles = (*report.articles[:3], replace(report.articles[3], source=source, credit=credit))
    assert build_view(replace(report, articles=articles)).stories[0].sources[3].credit == shown


def test_grid_says_who_differs_who_only_speaks_and_who_is_silent():
    grid = build_view(make_report()).stories[0].grid
    words = {row.label: [cell.word for cell in row.cells] for row in grid.rows}
    assert list(words) == ["Injured passengers", "Salvage", "The radar", "The grounding"]  # named first, then by weight
    assert words["Injured passengers"] == ["differs", "differs", "may have developed", "silent"]
    assert words["The radar"] == ["may differ", "may differ", "silent", "silent"]
    assert words["Salvage"] == ["developed", "says", "developed", "silent"]
    assert words["The grounding"] == ["agrees", "agrees", "says", "agrees"]
    assert grid.single == 1


def test_grid_shows_the_cards_of_other_topics_that_hold_a_topics_sentence():
    report = make_report()
    salvage, grounding = report.topics[3], report.topics[1]
    guest = replace(salvage, claim_ids=(*salvage.claim_ids, grounding.claim_ids[1]))  # "struck a reef", of Island Radio
    report = replace(report, topics=(*report.topics[:3], guest, report.topics[4], grounding))
    rows = {row.label: row for row in build_view(report).stories[0].grid.rows}
    cells = rows["Salvage"].cells
    assert [cell.word for cell in cells] == ["developed", "agrees", "developed", "silent"]
    assert (cells[1].value, cells[1].anchor) == ("struck a reef", "card-c4")
    assert cells[0].more == 0  # Harbour Gazette's sentence on that card is not of this topic
    assert rows["The grounding"].cells[1].anchor == "card-c4"


def test_grid_ranks_a_topic_by_the_cards_it_shows():
    report = make_report()
    injured, salvage = report.topics[0], report.topics[3]
    plain = replace(injured, id="plain", label="Hospitals", named=False)
    rows = build_view(replace(report, topics=(*report.topics, plain))).stories[0].grid.rows
    assert [row.label for row in rows][:4] == [injured.label, "Hospitals", salvage.label, "The radar"]
    assert [cell.word for cell in rows[1].cells] == [cell.word for cell in rows[0].cells]
    assert rows[1].cells[1].more == 1  # 52 stands on two cards


def test_cards_without_a_topic_have_a_row_of_their_own():
    report = make_report()
    cards = (replace(report.cards[0], topic_id=""), *report.cards[1:])
    rows = build_view(replace(report, cards=cards)).stories[0].grid.rows
    assert (rows[-1].label, rows[-1].cells[0].word) == ("Outside the topics", "differs")


def test_columns_stand_in_order_of_time_and_join_the_articles_of_a_source():
    report = make_report()
    last = replace(report.articles[2], source="Harbour Gazette")
    view = build_view(replace(report, articles=(*report.articles[:2], last, report.articles[3])))
    assert [column.label for column in view.columns] == ["Harbour Gazette", "Island Radio", "wire"]
    assert view.columns[0].days == "3 May – about 9 May"


def test_undated_versions_stand_in_the_order_of_their_findings():
    report = make_versions_report()
    old, new = (replace(a, published=None, published_basis=None) for a in report.articles)
    story = replace(report.stories[0], article_ids=(new.id, old.id))
    cards = tuple(replace(card, positions=card.positions[::-1]) for card in report.cards)
    view = build_view(replace(report, articles=(new, old), stories=(story,), cards=cards))
    assert [(c.label, c.articles[0].id) for c in view.columns] == [("Version 1", old.id), ("Version 2", new.id)]
    assert [p.source for p in view.sections[0].cards[0].positions] == ["Version 1", "Version 2"]


def test_claims_left_out_are_not_counted_as_compared():
    assert "15 claims" in build_view(make_report()).meta
    assert build_view(make_report()).left_out == ("1 question", "1 sentence that does not say who or what it is about")
    assert build_view(make_versions_report()).left_out == ()  # between versions every sentence takes part
