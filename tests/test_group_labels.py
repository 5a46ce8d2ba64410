"""Labels: the phrase that an editor would use, in normal case, never twice in a story."""

import re

import numpy as np
import pytest

from detector.group.labels import are_alike, label_topics
from detector.group.phrases import Wording
from detector.group.words import fold, is_count, split_words
from detector.records import Claim, Facts, Name


def make_claim(number: int, source: str, text: str, phrases: str, names: str = "") -> Claim:
    """Phrases are given as "first phrase | second"; every word of them, and each verb in brackets, is a lemma."""
    parts = [part.strip() for part in phrases.split("|")]
    found = []
    for name in filter(None, names.split("|")):
        word, kind, country = name.split("/")
        found.append(Name(word, word.lower(), kind, text.index(word), text.index(word) + len(word), country))
    pieces = (piece for part in parts for word in split_words(part) for piece in fold(word).split("-"))
    lemmas = [{"countries": "country", "troops": "troop", "talks": "talk"}.get(piece, piece) for piece in pieces]
    return Claim(
        f"{source}-{number}",
        source,
        source,
        text,
        "",
        0,
        1,
        facts=Facts((), (), tuple(found), tuple(parts), tuple(lemmas)),
    )


REST = [
    make_claim(50, "a", "The ministers met in Brussels.", "ministers | Brussels", "Brussels/place/BE"),
    make_claim(51, "b", "A meeting of ministers was held.", "meeting | ministers"),
    make_claim(52, "c", "Ministers praised the meeting.", "ministers | meeting"),
    make_claim(53, "a", "Snow fell in the hills.", "snow | hills"),
]

CASES = [
    ("two words before one", ["full 30-day truce", "30-day truce", "truce"], "", "30-day truce"),
    ("lower case inside a sentence", ["Naval support", "naval support", "naval support"], "", "naval support"),
    ("no possessive at the end", ["border force's", "border force", "border force"], "", "border force"),
    ("a number of things counted", ["37 countries", "30 countries", "countries"], "", "number of countries"),
    ("a time is no label", ["Thursday", "Thursday", "grain talks"], "", "grain talks"),
    ("a bare name comes after what it is about", ["Healey", "air cover", "air cover"], "Healey/person/", "air cover"),
    ("a vague noun is no label", ["statement", "statement", "ferry talks"], "", "ferry talks"),
    (
        "a vague noun that is narrowed down is",
        ["joint statement", "joint statement", "statement"],
        "",
        "joint statement",
    ),
    ("a bland word says nothing", ["new ferry", "new ferry", "ferry"], "", "ferry"),
    ("capitals are no shout", ["NO TOLLBOOTHS", "TOLLBOOTHS", "TOLLBOOTHS"], "", "tollbooths"),
    ("an acronym is none", ["NATO talks", "NATO talks", "talks"], "NATO/org/", "NATO talks"),
    ("no owner is cut off", ["port master's report", "port master's report", "x"], "", "port master's report"),
    ("an honorific is left out", ["Mr. Healey's plan", "Mr. Healey's plan", "x"], "Healey/person/", "Healey's plan"),
    ("a newspaper is no subject", ["Daily Post", "Daily Post", "toll roads"], "Post/org/", "toll roads"),
    ("a country is no subject", ["France", "France", "toll roads"], "France/place/FR", "toll roads"),
    ("a name where nothing else is", ["Healey", "Healey", "Healey"], "Healey/person/", "Healey"),
    ("a name is not cut", ["North Korea talks", "North Korea talks", "talks"], "", "North Korea talks"),
    ("quotes are dropped", ['"reassurance force"', "reassurance force", "force"], "", "reassurance force"),
]


@pytest.mark.parametrize(("phrases", "names", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_label(phrases, names, wanted):
    claims = [
        make_claim(i, "abc"[i], f"{phrase} was discussed.", phrase, names if names.split("/")[0] in phrase else "")
        for i, phrase in enumerate(phrases)
    ]
    (label,) = label_topics(Wording([*claims, *REST]), [np.arange(3)], [])
    assert label.text == wanted


def test_a_one_word_label_takes_the_country_whose_thing_it_is():
    text = "The US stance on the backstop is unchanged."
    claims = [make_claim(i, "abc"[i], text, "backstop", "US/place/US") for i in range(3)]
    (label,) = label_topics(Wording([*claims, *REST]), [np.arange(3)], [])
    assert label.text == "US backstop"


def test_phrases_that_of_joins_are_one_label():
    text = 'The "coalition of the willing" met.'
    claims = [make_claim(i, "abc"[i], text, "coalition | willing") for i in range(3)]
    (label,) = label_topics(Wording([*claims, *REST]), [np.arange(3)], [])
    assert label.text == "coalition of the willing"


def test_a_phrase_that_several_sources_use_beats_one_of_a_single_source():
    claims = [
        make_claim(0, "a", "The gas deal and the pipeline row.", "gas deal | pipeline row"),
        make_claim(1, "a", "A pipeline row.", "pipeline row"),
        make_claim(2, "b", "The gas deal.", "gas deal"),
    ]
    (label,) = label_topics(Wording([*claims, *REST]), [np.arange(3)], [])
    assert label.text == "gas deal"


def test_no_two_labels_say_nearly_the_same():
    claims = [make_claim(i, "abc"[i % 3], "Military support is due.", "military support") for i in range(6)]
    claims += [make_claim(9, "a", "Support and air power.", "support | air power")]
    wording = Wording([*claims, *REST])
    labels = label_topics(wording, [np.arange(3), np.array([3, 4, 5, 6])], [])
    assert len({label.text for label in labels}) == 2
    first, second = (set(label.text.lower().split()) for label in labels)
    assert not first <= second
    assert not second <= first
    (free,) = label_topics(wording, [np.arange(3)], ["support"])
    assert "support" not in free.text or len(free.text.split()) > 1


def test_labels_and_terms_hold_without_any_phrase():
    claims = [Claim(f"a-{i}", "a", "a", f"It rained hard {i}.", "", 0, 1, facts=Facts()) for i in range(4)]
    labels = label_topics(Wording(claims), [np.array([0, 1]), np.array([2, 3])], [])
    assert len({label.text for label in labels}) == 2
    for label in labels:
        assert 1 <= len(label.text.split()) <= 5
        assert label.terms == ()


def test_terms_tell_apart_and_say_nothing_twice():
    phrases = "grain ships | grain harbour | Black Sea | ships"
    claims = [make_claim(i, "abc"[i], "Grain ships sail the Black Sea.", phrases) for i in range(3)]
    (label,) = label_topics(Wording([*claims, *REST]), [np.arange(3)], [])
    words = [label.text, *label.terms]
    assert len(label.terms) == 2
    assert sorted(word for text in words for word in text.lower().split()) == [
        "black",
        "grain",
        "harbour",
        "sea",
        "ships",
    ]


ALIKE = [
    (("missile tests", "ballistic missile tests"), True),
    (("nuclear test site", "nuclear tests"), False),
    (("special counsel", "counsel probe"), True),
    (("trump campaign", "clinton campaign"), False),
    (("coalition", "coalition of the willing"), True),
    (("port of entry", "port of entry"), True),
    (("peace treaty", "trade deal"), False),
]


@pytest.mark.parametrize(("pair", "wanted"), ALIKE)
def test_labels_that_say_nearly_the_same(pair, wanted):
    wording = Wording(REST)
    assert are_alike(*(wording.find_name(label) for label in pair)) is wanted
    assert are_alike(*(wording.find_name(label) for label in reversed(pair))) is wanted


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ('"U.S. troops,"', ["U.S.", "troops"]),
        ("Ukraine's army's", ["Ukraine's", "army"]),
        ("protesters’ demands", ["protesters’", "demands"]),
        ("the so-called ‘deal’.", ["the", "so-called", "deal"]),
        ("–", []),
    ],
)
def test_split_words(phrase, words):
    assert split_words(phrase) == tuple(words)  # shared by all who ask: nobody may change it


@pytest.mark.parametrize(
    ("word", "wanted"), [("37", True), ("1,200", True), ("dozens", True), ("30-day", False), ("G7", False)]
)
def test_is_count(word, wanted):
    assert is_count(word) is wanted


def test_rows_of_a_key_have_all_its_lemmas_however_often_they_are_asked_for():
    claims = [
        make_claim(0, "a", "Rescue teams reached the valley.", "rescue teams | valley"),
        make_claim(1, "b", "Rescue dogs reached the lake.", "rescue dogs | lake"),
    ]
    wording = Wording([*claims, *REST])
    for _ in range(2):
        assert wording.find_rows(("rescue",)) == {0, 1}
        assert wording.find_rows(("valley", "rescue")) == wording.find_rows(("rescue", "valley")) == {0}
        assert wording.find_rows(("rescue", "volcano")) == wording.find_rows(()) == set()


def test_labels_are_words_of_the_articles():
    claims = [make_claim(i, "abc"[i], "Rescue teams reached the valley.", "Rescue teams | valley") for i in range(3)]
    (label,) = label_topics(Wording([*claims, *REST]), [np.arange(3)], [])
    assert re.search(label.text, claims[0].text, re.IGNORECASE)
    assert label.text == "rescue teams"
