"""What was not asked for, and what has no card of its own, must not read as "none was found"."""

import io
from dataclasses import replace

import pytest
from rich.console import Console
from sample_report import make_empty_report, make_report, make_versions_report

from detector.records import Relation
from detector.render import render_report, split_report
from detector.render.terminal import print_report

FORMATS = ("html", "md", "text")


def show(report, form):
    if form != "text":
        return render_report(report, form)
    file = io.StringIO()
    print_report(report, Console(file=file, width=200, force_terminal=False))
    return file.getvalue()


def ask(report, *relations):
    """Cut a report as `detector diff --only` does."""
    return replace(
        report,
        settings={**report.settings, "only": list(relations)},
        findings=tuple(f for f in report.findings if f.relation in relations),
        cards=tuple(card for card in report.cards if card.relation in relations),
        only_in=(),
    )


def keep_changed(report, unchanged):
    """Two versions as the pipeline reports them: sentences that stand as they were have no card."""
    cards = tuple(card for card in report.cards if card.kind != "repeated")
    return replace(report, cards=cards, counts={**report.counts, "findings": {"develop": 1, "unchanged": unchanged}})


@pytest.mark.parametrize("form", FORMATS)
def test_unchanged_sentences_are_counted(form):
    text = show(keep_changed(make_versions_report(), 4), form)
    assert "4 unchanged" in text.replace("</span> ", "")
    assert "0 unchanged" not in text
    assert "No sentence was taken over as it stood" not in text
    assert "not shown: 4" not in text
    if form != "text":  # the terminal counts them in its last line
        assert "4 sentences taken over with no word or number changed" in text


@pytest.mark.parametrize("form", ["html", "md"])
def test_no_sentence_unchanged(form):
    assert "No sentence was taken over as it stood" in show(keep_changed(make_versions_report(), 0), form)


def test_unchanged_sentences_have_no_filter_as_they_have_no_cards():
    button = 'data-relation="agree">= unchanged</button>'
    assert button in render_report(make_versions_report(), "html")
    assert button not in render_report(keep_changed(make_versions_report(), 4), "html")


def test_a_part_keeps_the_count_of_unchanged_sentences():
    (part,) = split_report(keep_changed(make_versions_report(), 4))
    assert part.counts["findings"]["unchanged"] == 4
    assert "unchanged" not in split_report(make_report())[0].counts["findings"]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("make", [make_report, make_empty_report])
@pytest.mark.parametrize("asked", [("differ",), ("develop",), ("agree", "differ")])
def test_only_what_was_asked_for(form, make, asked):
    text = show(ask(make(), *asked), form)
    words = {
        "differ": ("Where they differ", "No differences found", "</span> 0 differ", "≠ 0 differ", "≠ differ</button>"),
        "develop": ("What developed", "No developments found", "0 developed", "developed</button>"),
        "agree": ("Where they agree", "No agreement found", "0 agree", "agree</button>"),
        "only": ("n one source only", "No sentence was found that only", "◇"),
    }
    for relation in set(words) - set(asked):
        for one in words[relation]:
            assert one not in text, one


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_page_says_what_was_asked_for(form):
    text = show(ask(make_report(), "agree", "differ"), form)
    assert "Asked for these relations alone: differ, agree." in text
    assert text.index("Where they differ") < text.index("Where they agree")
    assert "No developments" not in text
    assert "No differences found" in show(ask(make_empty_report(), "differ"), form)
    assert "Asked for these relations" not in show(make_report(), form)


@pytest.mark.parametrize("form", FORMATS)
def test_versions_with_one_relation(form):
    report = keep_changed(make_versions_report(), 4)
    none = show(ask(report, "differ"), form)  # there is a change, of another relation
    assert "No findings of this kind: differ." in none
    for words in ("No changed sentences", "0 changed", "unchanged", "Added", "Dropped", "dropped", "No sentence"):
        assert words not in none, words
    found = show(ask(report, "develop"), form)
    assert "When will the wreck be towed?" in found
    assert "1 changed" in found.replace("</span> ", "")
    assert "unchanged" not in found
    same = show(ask(report, "agree"), form)
    assert "4 unchanged" in same.replace("</span> ", "")
    assert "No changed sentences" not in same
    assert "No findings of this kind" not in same


def test_terminal_takes_the_relations_from_the_report_or_the_call():
    report = make_report()
    file = io.StringIO()
    print_report(report, Console(file=file, width=200, force_terminal=False), frozenset({Relation.DEVELOP}))
    assert file.getvalue() == show(ask(report, "develop"), "text")
