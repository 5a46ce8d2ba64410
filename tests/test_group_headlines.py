"""Clauses of a claim as headlines, and noun phrases that a preposition joins."""

from dataclasses import replace

import pytest
from test_group_labels import make_claim

from detector.group.headlines import LONGEST, list_clauses, list_joined
from detector.records import Predicate


def tell(text, phrases, verb, subject, target, names="", **changes):
    """Return a claim with one predicate; `verb` is where it stands, words to the object's end."""
    claim = make_claim(0, "a", text, phrases, names)
    start = text.index(verb)
    one = Predicate(verb.split()[0].removesuffix("d"), subject, target, False, start, start + len(verb))
    return replace(claim, facts=replace(claim.facts, predicates=(one,)), **changes)


CLAUSES = [
    (
        "articles and what makes a tense go",
        ("The council has closed the old ferry.", "council | old ferry", "closed the old ferry", "council", "ferry"),
        ["council closed old ferry"],
    ),
    (
        "the object of a preposition is an object",
        ("The mayor resigned over the ferry.", "mayor | ferry", "resigned", "mayor", "ferry"),
        ["mayor resigned over ferry"],
    ),
    ("no object", ("The mayor resigned.", "mayor", "resigned", "mayor", ""), []),
    ("a pointer is no object", ("The council closed it.", "council", "closed it", "council", "it"), []),
    (
        "another noun than the subject before the verb",
        ("Owners of the ferry closed the pier.", "Owners | ferry | pier", "closed the pier", "owner", "pier"),
        [],
    ),
    (
        "what a condition leaves open",
        ("If the council closed the pier, all win.", "council | pier", "closed the pier", "council", "pier"),
        [],
    ),
    (
        "what is denied",
        ("She denied that the council closed the pier.", "council | pier", "closed the pier", "council", "pier"),
        [],
    ),
    (
        "an object that is not over",
        ("The council closed the pier of the east.", "council | pier | east", "closed the pier", "council", "pier"),
        [],
    ),
    (
        "half of the subject",
        ("The mayor and the council closed the pier.", "mayor | council | pier", "closed the pier", "council", "pier"),
        ["council closed pier"],
    ),
    (
        "half of a subject without an article",
        ("Mayors and councils closed the pier.", "Mayors | councils | pier", "closed the pier", "council", "pier"),
        [],
    ),
]


@pytest.mark.parametrize(("parts", "wanted"), [case[1:] for case in CLAUSES], ids=[case[0] for case in CLAUSES])
def test_clauses(parts, wanted):
    assert [text for text, _ in list_clauses(tell(*parts))] == wanted


PLAIN = ("The council closed the pier.", "council | pier", "closed the pier", "council", "pier")


def test_what_somebody_says_is_no_headline():
    assert list(list_clauses(tell(*PLAIN))) == [("council closed pier", False)]
    assert not list(list_clauses(tell(*PLAIN, speaker="Healey")))
    assert not list(list_clauses(tell(*PLAIN, stance="denies")))


def test_a_person_goes_by_the_last_name():
    claim = tell(
        "Anna Healey closed the pier.", "Anna Healey | pier", "closed the pier", "healey", "pier", "Healey/person/"
    )
    assert [text for text, _ in list_clauses(claim)] == ["Healey closed pier"]


def test_a_passive_is_told_apart_and_must_be_over():
    whole = tell("The old pier was closed by night.", "old pier | night", "was closed", "", "pier")
    assert list(list_clauses(whole)) == [("old pier was closed", True)]
    more = tell("The old pier was ruled unsafe.", "old pier", "was ruled", "", "pier")
    assert not list(list_clauses(more))


def test_a_long_clause_is_no_headline():
    text = "The old council finally closed the very long wooden northern pier."
    claim = tell(text, "old council | long wooden northern pier", text[24:-1], "council", "pier")
    assert all(len(text.split()) <= LONGEST for text, _ in list_clauses(claim))


@pytest.mark.parametrize(
    ("text", "phrases", "wanted"),
    [
        ("The payment to the keeper is due.", "payment | keeper", [(1, "payment to the keeper")]),
        ("A debate about her plan.", "debate | plan", [(1, "debate about plan")]),
        ("A lot of money.", "lot | money", []),
        ("The right thing for ferries.", "right thing | ferries", []),
        ("Storms on Monday.", "Storms | Monday", []),
        ("A treaty between the north and the south.", "treaty | north | south", []),
        ("The row over the pier's owner.", "row | pier", []),
    ],
)
def test_joined_phrases(text, phrases, wanted):
    assert list(list_joined(make_claim(0, "a", text, phrases))) == wanted
