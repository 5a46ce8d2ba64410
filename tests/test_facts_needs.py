"""What a sentence says is needed, and what it says one can do without."""

from __future__ import annotations

import pytest

from detector.facts import parse_facts
from detector.facts.names import build_name_book
from detector.facts.needs import NEEDED


def read(sentence):
    facts = parse_facts(sentence, build_name_book([sentence]))
    return [(p.subject, p.negated) for p in facts.predicates if p.lemma == NEEDED]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Doctors say the new drug is vital.", "drug"),
        ("The port remains indispensable for the economy.", "port"),
        ("Ministers called the subsidy essential to farmers.", "subsidy"),
        ("The new bridge is a necessary part of the plan.", "bridge"),
        ("The euro is seen as essential to the recovery.", "euro"),
        ("Approval by the council is required for the sale.", "approval"),
        ("The hotel needs a new roof.", "roof"),
        ("The rescue depends on German funding.", "DE funding"),
        ("The U.S. contribution is crucial, they insist.", "US contribution"),
        ("The team cannot win the league without its striker.", "striker"),
        ("There can be no deal without the unions.", "union"),
        ("A large deposit is a precondition for the loan.", "deposit"),
    ],
)
def test_what_is_needed(read_sentence, text, what):
    assert read(read_sentence(text)) == [(what, False)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The plan would go ahead with or without the U.S.", "US"),
        ("The harvest will go ahead even without foreign workers.", "worker"),
        ("The club can do without its injured captain.", "captain"),
        ("Schools can manage without extra teachers.", "teacher"),
        ("The vote will be held regardless of the boycott.", "boycott"),
        ("The treaty will be signed irrespective of Hungarian approval.", "HU approval"),
        ("A new runway is not needed, the residents said.", "runway"),
        ("Residents said the bypass is unnecessary.", "bypass"),
        ("Masks are no longer necessary, the ministry said.", "mask"),
        ("Masks are optional on trains.", "mask"),
        ("There is no need for a second inquiry.", "inquiry"),
        ("The club does not need a new stadium.", "stadium"),
    ],
)
def test_what_one_can_do_without(read_sentence, text, what):
    assert read(read_sentence(text)) == [(what, True)]


@pytest.mark.parametrize(
    "text",
    [
        "The walkers left without a map.",
        "The thieves escaped without the painting.",
        "He was freed without charge.",
        "The deal will go ahead without delay.",
        "If a vaccine is necessary, the state will pay.",
        "Union members asked whether the closure was necessary.",
        "The workers need to leave by noon.",
        "The minister visited the vital port.",
        "They can do without it.",
        "The price depends on when you book.",
        "The mayor said the reform is important.",
    ],
)
def test_what_says_nothing_of_need(read_sentence, text):
    assert read(read_sentence(text)) == []


def test_what_is_only_pointed_at_is_left_open(read_sentence):
    (need,) = read(read_sentence("Such a reform is vital, she said."))
    assert need[0] == ""


def test_offsets_point_at_the_words(read_sentence):
    text = "On Friday he said the plan would go ahead with or without the unions."
    (need,) = (p for p in parse_facts(read_sentence(text), build_name_book([])).predicates if p.lemma == NEEDED)
    assert text[need.start : need.end] == "with or without the unions"
