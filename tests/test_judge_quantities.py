"""Figures of two claims: what is compared, what is rounding, what is another value."""

from __future__ import annotations

import pytest
from conftest import make_pair

from detector.judge.quantities import compare_figures

# two sentences, the outcome, and the figures that it rests on
CASES = [
    ("The ferry carried 184 passengers.", "There were 184 passengers on the ferry.", "same", "184", "184"),
    ("The quake killed 12 people.", "Twelve people were killed by the quake.", "same", "12", "Twelve"),
    # Rounding is agreement, a factor of ten is not.
    ("The fair drew 4,900 visitors.", "Some 5,000 visitors came to the fair.", "rounds", "4,900", "Some 5,000"),
    ("The trench is 10 kilometres long.", "The trench is about 6 miles long.", "rounds", "10 kilometres", "about 6 miles"),
    ("The ship carried 40,000 tonnes of grain.", "The ship carried 4,000 tonnes of grain.", "different", "40,000 tonnes",
     "4,000 tonnes"),
    # "At least 12" does not conflict with 15.
    ("At least 12 people died in the fire.", "The fire killed 15 people.", "beyond", "At least 12", "15"),
    ("The fire destroyed dozens of homes.", "The fire destroyed 64 homes.", "within", "dozens", "64"),
    ("The panel sent almost four dozen letters to the owners.", "There are at least four dozen letters on the list.", "within",
     "almost four dozen", "at least four dozen"),
    ("The quake killed 12 people.", "The quake killed 47 people.", "apart", "12", "47"),
    ("The firms added 73,000 jobs in services and 43,000 jobs in hotels.", "Hotels added 38,000 jobs.", "apart", "43,000", "38,000"),
    ("Workers at 34 depots are on strike, the union said.", "Drivers walked out of 35 depots on Monday.", "near", "34", "35"),
    ("At least 50 people died in the fire.", "The fire killed 53 people.", "within", "At least 50", "53"),
    ("Unemployment rose to 7.2 percent.", "Unemployment rose to 6.1 percent.", "different", "7.2 percent", "6.1 percent"),
    ("The minister promised 200 million euros.", "The minister promised a billion euros.", "apart", "200 million euros",
     "a billion euros"),
    ("34 people were hurt in the train crash.", "41 passengers were hurt in the train crash.", "different", "34", "41"),
    # What has its equal on the other side is settled; what is left over decides.
    ("The fire killed 12 people and hurt 30.", "The fire killed 12 people and hurt 45.", "different", "30", "45"),
    # What somebody says in a film is not said of the film.
    ("The captain is seen on the 27-minute film, obtained by Kestrel Press, saying the crew has left for Lima.",
     "In the 17-minute film the captain, Odo Brandt, says the crew has left for Lima.", "different", "27-minute", "17-minute"),
    # An old value is recalled, not claimed.
    ("Police said 12 people died.", "The death toll rose to 15 from 12.", "different", "12", "15"),
    ("Police put the toll at 12 people.", "The toll was 10 people, police said; an earlier report put it at 12.", "different",
     "12", "10"),
    ("The village sent 300 rescuers.", "It is not known how many rescuers the village sent.", "open", "300", "not known"),
    ("Some 300 engineers will be needed.", "The number of engineers will depend on the weather.", "open", "Some 300",
     "will depend"),
    ("Forty soldiers were killed in the raid.", "Officials declined to say how many soldiers were killed.", "open", "Forty",
     "declined to say"),
    ("The museum counted 9,000 visitors.", "The museum has no figures for visitors yet.", "open", "9,000", "no figures"),
    ("The fire hurt 40 guests.", "It is yet to be established how many guests were hurt.", "open", "40",
     "is yet to be established"),
    ("At least 37 countries joined the pact.", "Nineteen countries were represented at Monday's hearing.", "scope",
     "At least 37", "Nineteen"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "outcome", "left", "right"), CASES)
def test_outcomes_both_ways(first, second, outcome, left, right):
    for a, b, marks in ((first, second, (left, right)), (second, first, (right, left))):
        pair = make_pair(a, b)
        found = compare_figures(pair.earlier, pair.later)
        assert found.outcome == outcome
        assert (a[slice(*found.earlier)], b[slice(*found.later)]) == marks


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Nine people died in the crash.", "Thirty people were injured in the crash."),
        ("The plan costs 30 million euros.", "The plan runs for 12 years."),
        ("The panel asked one question about the mill.", "The minister answered at least 40 questions in the hearing."),
        ("Two men were arrested.", "Three men were seen near the bank."),
        ("The two countries signed the pact.", "Five countries signed the pact."),
        # Some of a group, hit, are not the group.
        ("Sunday's fire killed 19 members of the crew.", "Only one of the crew's 20 members survived."),
        ("The blast killed 14 passengers.", "The 15-passenger van left at noon."),
        # "People" are anyone: two crowds are not one count.
        ("Roughly 400 people in the convoy reached the town.", "More than a dozen people climbed the fence."),
    ],
)
def test_different_things_are_only_other(first, second):
    for a, b in ((first, second), (second, first)):
        pair = make_pair(a, b)
        assert compare_figures(pair.earlier, pair.later).outcome == "other"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Years, ages, flight and list numbers count nothing.
        ("In 2019 the mill closed.", "In 2021 the mill closed."),
        ("The 45-year-old driver was arrested.", "The 54-year-old driver was arrested."),
        ("Flight 370 left at noon.", "Flight 371 left at noon."),
        ("The plan costs 30 million euros.", "The plan is popular."),
        # Only a statement about the number itself leaves it open.
        ("About 130 nurses came to the square.", "Nurses can work in any number of clinics."),
        ("About 130 nurses came to the square.", "Nurses have yet to decide whether to strike."),
        ("Ortiz leads by 2,100 votes.", "The number of votes behind her may grow with the ballots yet to be counted."),
        ("The mill closed.", "The dam broke."),
    ],
)
def test_nothing_to_compare(first, second):
    for a, b in ((first, second), (second, first)):
        pair = make_pair(a, b)
        assert compare_figures(pair.earlier, pair.later) is None


def test_a_claim_that_counts_the_same_does_not_leave_it_open():
    pair = make_pair(
        "More than 150 nurses were ready to strike.",
        "Between 150 and 200 nurses plan to strike, while another 150 have yet to decide.",
    )
    assert compare_figures(pair.earlier, pair.later).outcome == "within"
