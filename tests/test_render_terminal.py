"""The terminal: cards in order, marks that survive a pipe, and no tricks from article text."""

import io
from dataclasses import replace

import pytest
from rich.console import Console
from sample_report import HOSTILE, make_empty_report, make_report, make_versions_report

from detector.records import Relation, Topic
from detector.render.terminal import print_report
from detector.render.topic_table import mark_sure, print_members, print_table


def show(report, only=None, **options):
    file = io.StringIO()
    print_report(report, Console(file=file, **{"width": 100, "force_terminal": False, **options}), only)
    return file.getvalue()


def test_cards_in_order_with_plain_marks():
    text = show(make_report())
    parts = (
        "≠ differ · number  How many people were hurt?  (Injured passengers)  confidence 0.86",
        "  Harbour Gazette, 3 May 2031, 18:30 UTC: at least 37",
        "    «At least 37» people were taken to hospital.",
        "  Island Radio, 4 May 2031: 52",
        "    Hospital staff counted «52 injured» passengers by noon.",
        "  Why: The reports give 'At least 37' and '52 injured' for the same matter.",
        "→ develop · plan-to-done",
        "= agree · reworded",
        "confidence 0.95,\n3 outlets, 2 origins",
        "? Check by hand\n  The judge cannot tell whether these differ: read both sentences",
        "≠ may differ · disputed  Did the radar fail?",
        "denied by Captain Okoro: denied",
        "→ may have developed · count",
        "◇ In one source only: Harbour Gazette",
        "The meaning comparison (NLI) had no model",
        "≠ 1 differs   → 1 developed   = 1 agrees   ? 2 to check by hand   ◇ 4 in one source only",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert text.rstrip().endswith("in one source only")
    assert "\x1b" not in text
    assert all(len(line) <= 100 and line == line.rstrip() for line in text.splitlines())


def test_every_position_of_a_card_is_shown():
    text = show(make_report(), frozenset({Relation.AGREE}))
    for words in ("«ran aground» off Port Velmar on Friday", "«struck a reef»", "The Aurelia «ran aground» off"):
        assert words in text


def test_only_some_relations():
    text = show(make_report(), frozenset({Relation.DEVELOP}))
    assert "When will the wreck be towed?" in text
    assert "How many people were hurt?" not in text
    assert "A choir from the island" not in text
    none = show(make_empty_report(), frozenset({Relation.DIFFER, Relation.AGREE}))
    assert "No findings of this kind: differ, agree." in none


def test_colours_on_a_terminal():
    text = show(make_report(), force_terminal=True, color_system="standard", legacy_windows=False, no_color=False)
    assert "«" not in text
    assert "\x1b[1;4;31mAt least 37\x1b[0m" in text
    plain = show(make_report(), force_terminal=True, color_system="standard", no_color=True)
    assert "«At least 37»" in plain


def test_wide_terminals_show_sentences_side_by_side():
    beside = show(make_report(), width=150)
    line = next(line for line in beside.splitlines() if "«At least 37»" in line)
    assert "«52 injured»" in line
    below = show(make_report(), width=139)
    assert "«52 injured»" not in next(line for line in below.splitlines() if "«At least 37»" in line)


def test_narrow_terminals_wrap():
    assert all(len(line) <= 40 for line in show(make_report(), width=40).splitlines())


@pytest.mark.parametrize("width", [100, 160])
def test_article_text_is_printed_as_it_is(width):
    report = make_report()
    tricky = "At least 37 [red]x[/red] :smile: [link=x]people[/]."
    claims = tuple(replace(c, text=tricky) if c.id == report.claims[1].id else c for c in report.claims)
    text = show(replace(report, claims=claims), width=width, force_terminal=True, color_system="standard")
    assert "[red]x[/red] :smile: [link=x]people[/]." in text
    assert HOSTILE in show(report, width=200)


def test_escape_sequences_cannot_reach_the_terminal():
    report = make_report()
    bad = "At least \x1b]0;owned\x07\x1b[2J37 \u202epeople\x9b31m"
    claims = tuple(replace(c, text=bad) if c.id == report.claims[1].id else c for c in report.claims)
    cards = (replace(report.cards[0], question="\x1b[2J?", why="\x1b[2J!"), *report.cards[1:])
    text = show(replace(report, claims=claims, cards=cards))
    assert not set("\x1b\x07\x9b\u202e") & set(text)
    assert "owned" in text


def test_terminals_without_unicode():
    file = io.TextIOWrapper(io.BytesIO(), encoding="cp1252", newline="")
    report = make_report()
    odd = replace(report, stories=(replace(report.stories[0], title="Złoty “x”"),))
    print_report(odd, Console(file=file, width=90, force_terminal=False))
    print_table(odd, Console(file=file, width=90, force_terminal=False))
    file.flush()
    text = file.buffer.getvalue().decode("cp1252")
    for words in ("!= differ | number", "[[At least 37]]", "-> develop", 'Z?oty "x"'):
        assert words in text


def test_versions():
    text = show(make_versions_report())
    places = [
        text.index(part) for part in ("≠ changed", "+ Added", "− Dropped", "= unchanged", "≠ 1 changed   + 1 added")
    ]
    assert places == sorted(places)
    assert "Version 1, 3 May 2031" in text


def test_nothing_found():
    text = show(make_empty_report())
    assert "No differences found. That is not proof" in text
    assert "≠ 0 differ" in text


def test_topics():
    file = io.StringIO()
    print_table(make_report(), Console(file=file, width=140, force_terminal=False))
    lines = [[cell.strip() for cell in line.split("│")[1:-1]] for line in file.getvalue().splitlines() if "│" in line]
    assert lines[0] == ["Injured passengers", "injured, hospital", "3", "3", "1", "1", "1", "-"]
    assert "Harbour Gazette" in file.getvalue().splitlines()[1]
    narrow = io.StringIO()
    print_table(make_report(), Console(file=narrow, width=90, force_terminal=False))
    assert "Harbour Gazette 1, Island" in narrow.getvalue()
    assert narrow.getvalue().rstrip().endswith("5 topics")
    none = io.StringIO()
    print_table(make_empty_report(), Console(file=none, width=80))
    assert none.getvalue().strip() == "0 topics"


@pytest.mark.parametrize(
    ("named", "strength", "sure"),
    [
        (True, (0.95, 0.9, 0.6), (True, True, False)),
        (False, (0.5, 0.4, 0.2), (True, True, False)),
        (False, (), (False, False, False)),
    ],
)
def test_sure_is_above_a_bar_of_its_own_for_each_kind(named, strength, sure):
    assert mark_sure(Topic("t", "s", "label", (), ("a", "b", "c"), named, strength)) == sure


def test_the_claims_of_a_topic_stand_with_the_surest_first():
    report = make_report()
    topic = replace(report.topics[0], named=True, strength=(0.6, 0.97, 0.7))
    file = io.StringIO()
    print_members(replace(report, topics=(topic,)), Console(file=file, width=300, force_terminal=False))
    lines = [line.strip() for line in file.getvalue().splitlines() if line]
    assert lines[0] == "Injured passengers (yours)"
    assert [line.split("  ")[0] for line in lines[1:]] == ["0.97 sure", "0.70 likely", "0.60 likely"]
    text = next(claim.text for claim in report.claims if claim.id == topic.claim_ids[1])
    assert lines[1].endswith(text)
