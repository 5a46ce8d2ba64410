"""Counts that run on: what a later report gives as where the count has come to."""

from __future__ import annotations

import pytest
from conftest import find_outcome

MONDAY, THURSDAY = "2025-04-07", "2025-04-10"


def figures(first, second, days=(MONDAY, THURSDAY), closeness=0.6):
    return find_outcome("figures", first, second, days=days, closeness=closeness)


RUNNING = [
    ("Police have detained 27 people in Port Elm.", "Police have detained 210 people in Port Elm since the unrest began."),
    ("Twelve runners were taken to hospital after the race.", "The number of runners treated in hospital after the race has reached 31."),
    ("About 3,200 people have stopped work so far.", "The number of people on strike has grown to 5,700."),
    ("The flood destroyed 40 homes by Monday evening.", "The flood has now destroyed 900 homes."),
    ("The landslide killed 12 people, police said.", "The landslide has killed 15 people, police said."),
    ("So far 120 traders have asked the city for help.", "Requests for help from traders have risen to 205."),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), RUNNING)
def test_a_count_that_says_that_it_runs_on_has_moved(first, second):
    assert figures(first, second) == "moved"
    assert figures(second, first, days=(MONDAY, MONDAY)) != "moved"  # two counts of one day contradict each other
    assert figures(first, second, closeness=0.3) != "moved"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The river rose by 27 centimetres.", "So far 210 people have left the valley."),
        ("Police have detained 27 people in Port Elm.", "So far 27 people have been detained in Port Elm, 40 in Dalby."),
        ("Some 27 people were hurt in Port Elm.", "So far 210 people have been arrested in Port Elm."),
        ("Two 2020 candidates have left the race.", "So far nine candidates have left the race, one of the 2020 field."),
        ("The landslide killed 15 people, police said.", "The landslide has killed 12 people, police said."),
        ("Germany expelled 4 diplomats.", "In total, Australia has expelled 60 diplomats."),
    ],
)  # fmt: skip
def test_what_counts_something_else_has_not_moved(first, second):
    assert figures(first, second) != "moved"
