"""Origins: what makes two reports one."""

from __future__ import annotations

from itertools import permutations

import pytest
from conftest import make_article, make_claim

from detector.agencies import AGENCIES, find_agency, fold_name
from detector.origins import Origins, count_origins, find_origin

WIRE = (
    "The river rose by two metres on Monday and the old bridge at Harrow was closed to all cars and lorries. Police said that "
    "twelve people were taken to hospital, three of them with broken bones, after a bus slid into the water near the mill."
)
OWN = (
    "Harrow woke to sirens. A coach left the road beside the mill before dawn and came to rest in the flood, with a dozen "
    "passengers hurt; engineers have since shut the crossing, and nobody can tell when the traffic will be let back."
)


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("AP", "Associated Press"),
        ("The Associated Press", "Associated Press"),
        ("AP News", "Associated Press"),
        ("www.apnews.com", "Associated Press"),
        ("reuters staff", "Reuters"),
        ("AFP.", "Agence France-Presse"),
        ("Harrow Post", None),
        ("", None),
    ],
)
def test_an_agency_has_one_name(name, agency):
    assert find_agency(name) == agency


def test_the_table_gives_no_name_to_two_agencies():
    from detector.agencies import _TABLE

    names = [
        name.strip().casefold() for line in _TABLE.strip().splitlines() for name in line.replace(": ", "; ").split(";")
    ]
    assert len(names) == len(set(names)) == len(AGENCIES)


@pytest.mark.parametrize(
    ("one", "two"), [("The Harrow Post", "harrow  post"), ("Guardian", "The Guardian"), ("AP", "AP News")]
)
def test_names_of_one_outlet_fold_to_one(one, two):
    assert fold_name(one) == fold_name(two)


def make_three(*rows):
    """Return articles "a", "b", ... of (source, credit, text)."""
    return [
        make_article(text, source=source, credit=credit, name="abcdef"[i])
        for i, (source, credit, text) in enumerate(rows)
    ]


def test_articles_that_credit_one_agency_are_one_and_so_are_the_agencys_own():
    articles = make_three(
        ("Planet", "Associated Press", "x"), ("Post", "AP", "y"), ("AP News", None, "z"), ("Mail", None, "w")
    )
    origins = Origins(articles)
    assert [find_origin(one) for one in articles] == ["associated press"] * 3 + ["mail"]
    assert all(origins.are_one(one, two) for one in "abc" for two in "abc")
    assert not any(origins.are_one(one, "d") for one in "abc")


def test_an_outlet_that_is_credited_is_the_origin():
    articles = make_three(("Planet", "The Guardian", "x"), ("Guardian", None, "y"))
    assert Origins(articles).are_one("a", "b")


def test_near_copies_are_one_origin():
    copy = WIRE.replace("Police said", "Officers said").replace("lorries", "trucks")
    articles = make_three(
        ("Planet", None, WIRE), ("Post", None, f"Flood news. {copy} More rain is to come."), ("Mail", None, OWN)
    )
    origins = Origins(articles)
    assert origins.are_one("a", "b")
    assert origins.are_one("b", "a")
    assert not origins.are_one("a", "c")


def test_two_short_texts_are_no_near_copies():
    short = "The river rose by two metres on Monday and the bridge was closed."
    articles = make_three(("Planet", None, short), ("Post", None, short))
    assert not Origins(articles).are_one("a", "b")


def test_origins_of_sentences_do_not_depend_on_their_order():
    articles = make_three(
        ("Planet", "Reuters", "x"), ("Reuters", None, "y"), ("Post", None, "z"), ("Mail", None, "v"), ("Sun", None, "w")
    )
    texts = (
        "Twelve people were hurt.",
        "A dozen passengers were injured in the flood.",  # the agency's own words
        "Twelve people were hurt",  # Post prints Planet's sentence
        "Police counted twelve injured.",
        "Hospitals took in twelve patients on Monday.",
    )
    claims = [
        make_claim(text, source=article.source, name=article.id) for text, article in zip(texts, articles, strict=True)
    ]
    origins = Origins(articles)
    assert {count_origins(order, origins) for order in permutations(claims)} == {3}
    assert count_origins(claims[:2], origins) == 1
    assert count_origins([], origins) == 0
