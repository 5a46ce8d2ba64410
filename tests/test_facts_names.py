"""Names, places and who is meant."""

from __future__ import annotations

import pytest

from detector.facts.names import build_name_book, find_names, find_title_names, is_title, match_names
from detector.facts.places import find_capital, find_country
from detector.records import Name


@pytest.mark.parametrize(
    ("text", "code"),
    [("U.S.", "US"), ("the United States", "US"), ("British", "GB"), ("UK", "GB"), ("Ukrainian", "UA"), ("Kremlin", "RU"),
     ("Swedish", "SE"), ("Springfield", ""), ("it", ""), ("", "")],
)  # fmt: skip
def test_find_country(text, code):
    assert find_country(text) == code


def test_kiev_and_kyiv_are_one_capital():
    assert find_capital("Kiev") == find_capital("Kyiv") == "UA"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Moscow has rejected the truce.", {"RU"}),
        ("The ministers met in Moscow.", {"moscow"}),
        ("London and Paris sent aid.", {"GB", "FR"}),
        ("Prime Minister Anna Bergqvist resigned.", {"anna bergqvist"}),
        ("The talks failed.", set()),
        ("The E.U. and NATO met.", {"EU", "nato"}),
        ("Twelve people were taken to hospital in Stavanger.", {"stavanger"}),
        ("The talks failed on Thursday.", set()),
    ],
)
def test_find_names_tells_a_government_from_a_place(read_sentence, text, keys):
    assert {name.key for name in find_names(read_sentence(text))} == keys


def test_offsets_point_at_the_name(read_sentence):
    text = "On Monday Anna Bergqvist flew to Oslo."
    for name in find_names(read_sentence(text)):
        assert text[name.start : name.end] == name.text


def test_surname_gets_the_full_name(read_sentence):
    book = build_name_book([read_sentence("Finance Minister Maria Delgado spoke first.")])
    (name,) = find_names(read_sentence("Reporters asked Delgado about it."))
    assert book.resolve(name).key == "maria delgado"


def test_surname_of_two_people_stays_open(read_sentence):
    book = build_name_book([read_sentence("Maria Delgado met Juan Delgado.")])
    assert book.people["delgado"] == {"maria delgado", "juan delgado"}
    name = Name("Delgado", "delgado", "person", 0, 7)
    assert book.resolve(name) == name


def test_title_stands_for_its_one_holder(read_sentence):
    book = build_name_book([read_sentence("Yesterday Prime Minister Anna Bergqvist resigned.")])
    found = find_title_names(read_sentence("Later the prime minister left the building."), book)
    assert [name.key for name in found] == ["anna bergqvist"]


def test_a_known_surname_that_opens_the_sentence(read_sentence):
    book = build_name_book([read_sentence("On Monday Lena Ortiz resigned.")])
    found = find_names(read_sentence("Ortiz resigned.")) + find_title_names(read_sentence("Ortiz resigned."), book)
    assert [(book.resolve(name).key, name.start, name.end) for name in found] == [("lena ortiz", 0, 5)]


@pytest.mark.parametrize(
    ("word", "title"), [("Mayor", True), ("minister", True), ("Coach", True), ("Lena", False), ("Juan", False)]
)
def test_is_title(word, title):
    assert is_title(word) is title


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (("keir starmer", "person", ""), ("starmer", "person", ""), True),
        (("robert mueller", "person", ""), ("robert s. mueller iii", "person", ""), True),
        (("carl berg", "person", ""), ("carl berg jr.", "person", ""), False),
        (("petra lane-fox", "person", ""), ("lane fox", "person", ""), True),
        (("anna berg", "person", ""), ("carl berg", "person", ""), False),
        (("US", "place", "US"), ("US", "place", "US"), True),
        (("US", "place", "US"), ("GB", "place", "GB"), False),
        (("world health organization", "org", ""), ("who", "org", ""), True),
        (("acme steel", "org", ""), ("acme foods", "org", ""), False),
        (("oslo", "place", ""), ("bergen", "place", ""), False),
    ],
)
def test_match_names(a, b, same):
    left, right = (Name(key, key, kind, 0, 1, country) for key, kind, country in (a, b))
    assert match_names(left, right) is same
    assert match_names(right, left) is same
