"""Labels that say only who acts, or one word: what of it is added, in the words of the claims."""

from dataclasses import replace

import numpy as np
import pytest
from test_group_labels import REST, make_claim

from detector.group.labels import Label
from detector.group.phrases import Wording
from detector.group.subjects import name_subjects
from detector.records import Predicate

HEALEY, MARTINS, TRIBUNE = "Healey/person/", "Martins/person/", "Tribune/org/"
OTHERS = [*REST, *(make_claim(60 + i, "abc"[i % 3], f"Hills {i} are white.", "hills") for i in range(12))]

CASES = [
    ("a name takes up the subject", "Healey", ["Healey | ferry strike"] * 3, "Healey: ferry strike"),
    ("a phrase that has the name stands alone", "Healey", ["Healey | Healey's trip"] * 3, "Healey's trip"),
    ("two names stand as equals", "Healey", ["Healey | Martins"] * 3, "Healey and Martins"),
    ("a role says nothing more of a name", "Healey", ["Healey | minister"] * 3, "Healey"),
    ("what one claim says is not added", "Healey", ["Healey | ferry strike", "Healey", "Healey"], "Healey"),
    ("what one source of three says is no subject", "Healey", ["Healey | truce", "Healey", "Healey"], "Healey"),
    ("a newspaper is not added", "Healey", ["Healey | Tribune"] * 3, "Healey"),
    ("one word takes up another", "injunction", ["injunction | dreamers"] * 3, "injunction: dreamers"),
    ("a role does not take up who has it", "mayor", ["mayor | Healey"] * 3, "mayor"),
    ("a subject stays as it is", "ferry strike", ["ferry strike | snow plough"] * 3, "ferry strike"),
    (
        "a person stands in front of what is his",
        "joint statement",
        ["joint statement | Healey", "Healey", "Healey | joint talks"],
        "Healey: joint statement",
    ),
]


def make_topic(phrases):
    """Return one claim a source, with those of the names that its phrases have."""
    found = [[name for name in (HEALEY, MARTINS, TRIBUNE) if name.split("/")[0] in phrase] for phrase in phrases]
    return [
        make_claim(i, "abc"[i], f"{phrase.replace(' | ', ' and ')} came up.", phrase, "|".join(names))
        for i, (phrase, names) in enumerate(zip(phrases, found, strict=True))
    ]


def name_topic(plain, phrases, taken=()):
    """Return what is made of the plain label of a topic."""
    wording = Wording([*make_topic(phrases), *OTHERS])
    label = Label(plain, *wording.find_name(plain), ())
    return name_subjects(wording, [np.arange(3)], [label], taken)[0]


@pytest.mark.parametrize(("plain", "phrases", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_made_of_a_label(plain, phrases, wanted):
    assert name_topic(plain, phrases).text == wanted


def test_no_other_label_of_the_story_says_nearly_the_same():
    phrases = ["Healey | Healey's trip"] * 3
    assert name_topic("Healey", phrases).text == "Healey's trip"
    assert name_topic("Healey", phrases, ["Healey's trip"]).text == "Healey"


def test_the_terms_do_not_say_again_what_the_label_says():
    label = name_topic("Healey", ["Healey | ferry strike | snow plough"] * 3)
    assert label.text in {"Healey: ferry strike", "Healey: snow plough"}
    assert label.key == {"healey"} | set(label.text.partition(": ")[2].split())
    assert not label.key & {word for term in label.terms for word in term.split()}


@pytest.mark.parametrize(
    ("text", "phrases", "unwanted"),
    [
        ("Healey cuts taxes.", "cuts taxes", "cuts taxes"),
        ("D-Calif spoke.", "D-Calif", "D-Calif"),
        ("A caravan of hundreds.", "caravan | hundreds", "caravan of hundreds"),
        ("The union of the bank's heirs.", "union | bank", "union of the bank"),
    ],
)
def test_what_names_no_thing_is_not_offered(text, phrases, unwanted):
    claim = make_claim(0, "a", text, phrases)
    verb = Predicate("cut", "healey", "tax", False, 0, 1)
    claim = replace(claim, facts=replace(claim.facts, predicates=(verb,)))
    forms = {offer.form for offer in Wording([claim, *OTHERS]).list_offers(0)}
    assert unwanted not in forms


def test_a_role_of_two_words_is_not_cut():
    claims = [
        make_claim(i, "abc"[i], "The inspector general referral.", "inspector general referral") for i in range(3)
    ]
    forms = {offer.form for offer in Wording([*claims, *OTHERS]).list_offers(0)}
    assert "inspector general referral" in forms
    assert "general referral" not in forms
