"""What a sentence says happens, and whether it is denied."""

from __future__ import annotations

import pytest

from detector.facts.denial import find_root_negation
from detector.facts.lexicon import are_opposites, are_synonyms, find_verb, has_opposite
from detector.facts.names import find_names
from detector.facts.predicates import find_predicates


def read(sentence):
    return {p.lemma: p for p in find_predicates(sentence, find_names(sentence))}


@pytest.mark.parametrize(
    ("text", "lemma", "negated"),
    [
        ("The court approved the merger.", "approve", False),
        ("The court has not approved the merger.", "approve", True),
        ("The court never approved the merger.", "approve", True),
        ("The court refused to approve the merger.", "approve", True),
        ("The court has yet to approve the merger.", "approve", True),
        ("The bank failed to publish the report.", "publish", True),
        ("The minister offered no guarantee to the farmers.", "offer", True),
        ("The court did not refuse to approve the merger.", "approve", False),
        ("Berlin ruled out participation in the mission.", "participate", True),
        ("The club is not only signing Ruiz but also Meyer.", "sign", False),
        ("Berlin refused to rule out participation in the mission.", "participate", False),
        ("The strike is not over.", "over", True),
        ("The crew left without closing the valve.", "close", True),
        ("The union will not negotiate without obtaining a guarantee.", "obtain", False),
    ],
)
def test_negation(read_sentence, text, lemma, negated):
    assert read(read_sentence(text))[lemma].negated is negated


def test_arguments_of_active_and_passive(read_sentence):
    active = read(read_sentence("Rovers beat Wanderers on Sunday."))["beat"]
    passive = read(read_sentence("The truce was rejected by Moscow."))["reject"]
    assert active.object
    assert (passive.subject, passive.object) == ("RU", "truce")


def test_verbal_noun_is_a_predicate(read_sentence):
    found = read(read_sentence("The general welcomed his cautious acceptance of the ceasefire proposal."))
    assert found["accept"].object == "ceasefire proposal"


def test_offsets_point_at_the_predicate(read_sentence):
    text = "On Friday the court approved the merger."
    predicate = read(read_sentence(text))["approve"]
    assert text[predicate.start : predicate.end] == "approved the merger"


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The strike is over.", False),
        ("The strike is not over.", True),
        ("Officials said the strike has not ended.", True),
        ("Officials said the strike has ended.", False),
        ("The firm has yet to pay the fine.", True),
        ("The union is unwilling to negotiate.", True),
        ("The city turned down the offer.", True),
        ("The city refused to rule out a merger.", False),
        ("The firm said it has yet to pay the fine.", True),
    ],
)
def test_root_negation(read_sentence, text, negated):
    assert find_root_negation(read_sentence(text)) is negated


@pytest.mark.parametrize(
    ("a", "b"),
    [("accept", "reject"), ("rise", "fall"), ("survive", "die"), ("acquit", "convict"), ("guilty", "innocent")],
)
def test_opposites_hold_both_ways(a, b):
    assert are_opposites(a, b)
    assert are_opposites(b, a)
    assert has_opposite(a)


def test_what_is_no_opposite():
    assert not are_opposites("accept", "agree")
    assert not are_opposites("table", "chair")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [("country", "nation", True), ("cease-fire", "truce", True), ("dead", "injured", False), ("x", "x", True)],
)
def test_synonyms(a, b, same):
    assert are_synonyms(a, b) is same


@pytest.mark.parametrize(("noun", "verb"), [("acceptance", "accept"), ("deployment", "deploy"), ("house", None)])
def test_find_verb(noun, verb):
    assert find_verb(noun) == verb or (verb is None and find_verb(noun) not in ("accept", "deploy"))


def test_what_was_found_guilty_is_the_subject(read_sentence):
    assert read(read_sentence("The suspect was found guilty."))["guilty"].subject == "suspect"


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Norway's efforts to broker a truce continued.", "broker"),
        ("The firm lied when it said it never sought a loan.", "seek"),
        ("If the union accepts the offer, the strike will end.", "accept"),
        ("Drivers who do not pass the test lose their licence.", "pass"),
        ("The talks about interviewing the minister went on.", "interview"),
    ],
)
def test_what_is_not_said_to_happen_is_no_predicate(read_sentence, text, lemma):
    assert lemma not in read(read_sentence(text))


def test_a_relative_clause_about_one_is_a_statement(read_sentence):
    found = read(read_sentence("Police arrested the man who robbed the bank."))
    assert found["rob"].object == "bank"


def test_the_words_of_a_verbal_noun_start_with_its_owner(read_sentence):
    text = "General Ida Holm's cautious acceptance of the truce surprised many."
    predicate = read(read_sentence(text))["accept"]
    assert text[predicate.start : predicate.end] == "General Ida Holm's cautious acceptance of the truce"
