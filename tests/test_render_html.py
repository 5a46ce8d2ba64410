"""The HTML page: whole, self-contained, and safe against what article text may hold."""

import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sample_report import (
    FORMULA,
    HOSTILE,
    make_big_report,
    make_empty_report,
    make_long_report,
    make_report,
    make_two_level_report,
    make_two_story_report,
    make_versions_report,
)

from detector.errors import SettingsError
from detector.render import RENDERERS, render_report
from detector.report_json import report_from_json, report_to_json

ALL = (
    make_report,
    make_versions_report,
    make_two_story_report,
    make_two_level_report,
    make_long_report,
    make_empty_report,
)
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """Reads a page, holds its tags to be balanced, and keeps what a test asks about."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.ids, self.links, self.headings = [], [], [], [], []
        self.words = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag not in VOID:
            self.open.append(tag)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a":
            self.links.append(attributes["href"])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"script", "style"} & set(self.open):
            self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())


@pytest.mark.parametrize("make", ALL)
def test_page_is_well_formed_and_every_inner_link_leads_somewhere(make):
    page = Page(render_report(make(), "html"))
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert ("html", {"lang": "en"}) in page.tags
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")
    assert all(attributes.get("type") == "button" for tag, attributes in page.tags if tag == "button")


@pytest.mark.parametrize("make", ALL)
def test_page_asks_for_nothing_from_outside(make):
    text = render_report(make(), "html")
    page = Page(text)
    assert not {"img", "iframe", "object", "embed", "form", "base"} & {tag for tag, _ in page.tags}
    assert all("src" not in attributes for _, attributes in page.tags)
    assert [a["href"] for tag, a in page.tags if tag == "link"] == ["data:,"]
    assert not re.search(r"url\(|@import", text)
    outside = [link for link in page.links if not link.startswith("#")]
    assert all(link == "https://gazette.example/ferry?a=1&b=2" for link in outside)


def test_article_text_is_shown_as_it_is_and_never_run():
    text = render_report(make_report(), "html")
    assert HOSTILE not in text
    assert HOSTILE in unescape(text)
    assert '<script>alert("x")' not in text
    assert len(re.findall("<script", text)) == 1
    assert FORMULA in Page(text).text
    assert "ftp://" not in text  # no link but to the web
    assert "inbox/<b>.pdf" not in text


@pytest.mark.parametrize("field", ["title", "source", "published_evidence", "url"])
def test_article_fields_are_escaped(field):
    report = make_report()
    bad = '"><script>alert(1)</script>'
    articles = tuple(replace(a, **{field: bad}, published_basis="inferred") for a in report.articles)
    assert bad not in render_report(replace(report, articles=articles), "html")


@pytest.mark.parametrize("field", ["question", "why", "kind", "id", "first_reported"])
def test_card_fields_are_escaped(field):
    report = make_report()
    bad = '"><script>alert(1)</script>'
    assert bad not in render_report(replace(report, cards=(replace(report.cards[0], **{field: bad}),)), "html")


def test_page_tells_what_the_report_holds():
    text = Page(render_report(make_report(), "html")).text
    for words in (
        "Ferry Aurelia aground off Port Velmar",
        "Island Radio 4 May 2031 (from its text)",
        'about 9 May 2031 (inferred: "six days after the grounding" counts from 3 May)',
        "wire no date",
        "1 differs",
        "1 developed",
        "1 agrees",
        "2 to check by hand",
        "4 in one source only",
        "35 pairs looked at",
        "How many people were hurt?",
        "2 outlets · confidence 0.86",
        "3 outlets, 2 origins",
        "denied by Captain Okoro",
        "speaks of 8 May 2031",
        "First reported: Harbour Gazette",
        "numbers: different numbers of the same thing",
        "Check by hand The judge cannot tell whether these differ",
        "2 cards to check by hand",
        "may differ · disputed",
        "may have developed · count",
        "1 topic in one source alone",
        "1 question, 1 sentence that does not say who",
        "3 below the least confidence",
        "the file is empty",
        "The meaning comparison (NLI) had no model and abstained",
        "Sentences are shown as published; marked words are what the verdict rests on.",
        "Model: all-MiniLM-L6-v2 · NLI: none: the meaning comparison abstained · Weights: 2031-05",
        "made 1 Jun 2031, 12:00 UTC",
    ):
        assert words in text, words


def test_what_is_to_be_checked_by_hand_stands_folded_behind_all_other_cards():
    text = render_report(make_report(), "html")
    places = [text.index(part) for part in ('id="card-c4"', '<section id="check"', "<details class=\"fold\">", 'id="card-c2"',
                                            'id="card-c6"', '<section id="only"')]  # fmt: skip
    assert places == sorted(places)
    assert text.count('data-relation="check"') == 3  # two cards and the button that shows them
    report = make_report()
    without = render_report(replace(report, cards=tuple(card for card in report.cards if not card.check)), "html")
    assert "Check by hand" not in without
    assert 'class="fold"' not in without


def test_sources_are_told_with_whom_they_credit():
    report = make_report()
    articles = (replace(report.articles[0], credit="<b>Agence"), *report.articles[1:])
    assert "credits <b>Agence" in Page(render_report(replace(report, articles=articles), "html")).text
    assert "credits \\<b\\>Agence" in render_report(replace(report, articles=articles), "md")


def test_sentences_carry_their_marks():
    text = render_report(make_report(), "html")
    assert "<mark>At least 37</mark> people were taken to hospital." in text
    assert "Hospital staff counted <mark>52 injured</mark> passengers by noon." in text


def test_no_note_on_a_missing_model_where_there_was_one():
    report = make_report()
    text = render_report(replace(report, settings={**report.settings, "nli": "claim-nli"}), "html")
    assert "abstained" not in text
    assert "NLI: claim-nli" in text


def test_nothing_found_is_said_in_plain_words():
    text = Page(render_report(make_empty_report(), "html")).text
    assert "No differences found. That is not proof that there are none" in text
    assert "No developments found" in text
    assert "No agreement found" in text
    alone = replace(make_empty_report(), stories=())
    text = Page(render_report(alone, "html")).text
    assert "No two of the articles are about the same event" in text
    assert "Aurelia: what we know" in text


def test_versions_speak_of_changed_added_and_dropped():
    text = Page(render_report(make_versions_report(), "html")).text
    for words in ("1 changed", "1 added", "1 dropped", "1 unchanged", "Version 1", "Version 2", "Topic by topic"):
        assert words in text, words
    for words in ("Where they differ", "In one source only", "outlets", "First reported"):
        assert words not in text, words
    assert "Topic by topic" not in render_report(replace(make_versions_report(), topics=()), "html")


def test_several_stories_share_a_page_when_asked():
    text = Page(render_report(make_two_story_report(), "html")).text
    assert "2 stories compared" in text
    assert "Café blaze — Östra’s 2nd: who says what" in text
    assert "Harbour Gazette 3 May 2031, 18:30 UTC: Unrelated" in text


def test_long_lists_are_folded_and_capped():
    report = make_report()
    claims = tuple(replace(report.claims[4], id=f"x{i}", text=f"Lone sentence {i}.") for i in range(100))
    only = tuple(replace(report.only_in[0], claim_id=claim.id) for claim in claims)
    page = Page(render_report(replace(report, claims=report.claims + claims, only_in=only), "html"))
    assert "52 more in Harbour Gazette only" in page.text
    assert "Lone sentence 59." in page.text
    assert "Lone sentence 60." not in page.text
    assert "40 further sentences not shown here, but in report.json" in page.text


def test_long_articles_are_left_out_of_the_page():
    report = make_report()
    long = replace(report.articles[0], text=report.articles[0].text + " More." * 80_000)
    text = render_report(replace(report, articles=(long, *report.articles[1:])), "html")
    assert "Their texts would make this page slow to open" in text
    assert "in its article" not in text
    assert len(text) < 200_000


def test_page_of_500_findings_stays_small():
    assert len(render_report(make_big_report(500), "html").encode()) < 2_000_000


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("kind", list(RENDERERS))
def test_a_saved_report_renders_the_same(make, kind):
    report = make()
    assert render_report(report_from_json(report_to_json(report)), kind) == render_report(report, kind)


def test_unknown_format_lists_the_known_ones():
    with pytest.raises(SettingsError, match=r"no report format 'pdf': choose one of html, md, json, notebook"):
        render_report(make_report(), "pdf")


def test_notebook_shows_a_short_fragment():
    report = make_report()
    text = report._repr_html_()
    assert "<html" not in text
    assert "How" not in Page(text).text  # findings, not cards
    assert "differ · number" in text
    assert text.index("<h4>Check by hand</h4>") < text.index("differ? · disputed") < text.index("develop? · count")
    assert text.index("agree · repeated") < text.index("<h4>Check by hand</h4>")
    sure = replace(report, findings=tuple(finding for finding in report.findings if not finding.check))
    assert "Check by hand" not in render_report(sure, "notebook")
    assert '<script>alert("x")' not in text
    assert "The first 20 of 500 findings" in Page(render_report(make_big_report(500), "notebook")).text
    assert "No findings." in render_report(make_empty_report(), "notebook")


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import detector.render, detector.render.terminal", ("torch", "spacy", "sklearn", "pandas", "jinja2")),
        ("from detector.render import render_report; render_report(make_report(), 'json')", ("pandas", "jinja2")),
        (
            "from detector.render import render_report; render_report(make_report(), 'html')",
            ("torch", "spacy", "pandas"),
        ),
    ],
)
def test_light_imports(code, absent):
    script = (
        f"from sample_report import make_report\nimport sys\n{code}\nprint([m for m in {absent!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path(__file__).parent
    )
    assert done.stdout.strip() == "[]"
