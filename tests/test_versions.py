"""Two versions of one article: punctuation is silent, numbers never are."""

from __future__ import annotations

import pytest
from conftest import make_article

from detector.dating import resolve_claims
from detector.records import Relation
from detector.split import split_claims
from detector.versions import are_versions, compare_versions

BASE = (
    "Twelve hurt in ferry fire\n"
    "The fire broke out in the engine room of the ferry Alva on Monday, the coastguard said. "
    "Twelve people were taken to hospital in Bergen. "
    "The ferry had 184 passengers on board. "
    "The owner, Nordline, has not commented on the cause."
)


def compare(old, new, days=(None, None)):
    articles = [
        make_article(text, source="Post", day=day, name=name)
        for text, day, name in zip((old, new), days, ("aa", "bb"), strict=True)
    ]
    claims = resolve_claims(articles, split_claims(articles))
    assert are_versions(*articles, claims)
    return compare_versions(*articles, claims)


def test_nothing_changed():
    assert compare(BASE, BASE) == ((), ())


@pytest.mark.parametrize(
    "new",
    [
        BASE.replace(", the", " — the"),
        BASE.replace("Monday", "MONDAY"),
        BASE.replace(". ", ".  "),
        BASE.replace("Nordline, has", "Nordline has"),
    ],
)
def test_punctuation_case_and_spaces_are_silent(new):
    assert compare(BASE, new) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("184 passengers", "194 passengers", "number"),
        ("Twelve people", "Fifteen people", "number"),
        ("on Monday", "on Tuesday", "date"),
        ("has not commented", "has commented", "polarity"),
        ("Bergen", "Stavanger", "place"),
    ],
)
def test_changed_facts(old, new, kind):
    findings, only_in = compare(BASE, BASE.replace(old, new))
    assert [(finding.relation, finding.kind) for finding in findings] == [(Relation.DIFFER, kind)]
    assert only_in == ()
    left, right = findings[0].pair.earlier.text, findings[0].pair.later.text
    marked = [left[s:e] for s, e in findings[0].spans["earlier"]] + [right[s:e] for s, e in findings[0].spans["later"]]
    changed = set(old.split()) ^ set(new.split())
    assert all(any(word in mark for mark in marked) for word in changed)


def test_a_number_in_the_headline_counts():
    old = BASE.replace("Twelve hurt in ferry fire", "12 hurt in ferry fire")
    findings, _ = compare(old, old.replace("12 hurt", "15 hurt"))
    assert [(finding.relation, finding.kind) for finding in findings] == [(Relation.DIFFER, "number")]


def test_numbers_that_are_no_quantities_count_too():
    old = BASE + " Flight 370 was diverted to search for survivors."
    findings, _ = compare(old, old.replace("370", "371"))
    assert [finding.relation for finding in findings] == [Relation.DIFFER]


def test_thousands_separators_are_punctuation():
    old = BASE.replace("184", "1,184")
    assert compare(old, BASE.replace("184", "1184")) == ((), ())


def test_with_dates_a_changed_value_develops():
    findings, _ = compare(BASE, BASE.replace("Twelve people", "Fifteen people"), ("2025-03-03", "2025-03-04"))
    assert [(finding.relation, finding.kind) for finding in findings] == [(Relation.DEVELOP, "count")]


def test_added_and_dropped_sentences():
    extra = " Police opened an inquiry into the company's safety drills on Wednesday."
    findings, only_in = compare(BASE, BASE + extra)
    assert findings == ()
    assert [(item.article_id, item.note) for item in only_in] == [("bb", "added")]
    _, only_in = compare(BASE + extra, BASE)
    assert [(item.article_id, item.note) for item in only_in] == [("aa", "dropped")]


def test_other_words_for_the_same_are_no_change_of_fact():
    findings, _ = compare(BASE, BASE.replace("broke out in", "started in"))
    assert [(finding.relation, finding.kind) for finding in findings] == [(Relation.AGREE, "reworded")]


def test_two_outlets_are_no_versions():
    articles = [make_article(BASE, source="Post", name="aa"), make_article(BASE, source="Herald", name="bb")]
    assert not are_versions(*articles, split_claims(articles))


def test_two_articles_of_one_outlet_are_no_versions():
    other = "The council approved a new budget on Friday. Taxes will rise by two percent. The mayor welcomed the vote."
    articles = [make_article(BASE, source="Post", name="aa"), make_article(other, source="Post", name="bb")]
    assert not are_versions(*articles, split_claims(articles))
