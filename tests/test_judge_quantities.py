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
    ("The train was travelling about 106 mph.", "The train was travelling at 102 mph.", "different", "about 106 mph", "102 mph"),
    # One who is named and so many others.
    ("California and 15 other states sued on Monday.", "A coalition of 16 states sued on Monday.", "same", "15", "16"),
    ("The mayor and three others were killed.", "Four people were killed.", "same", "three", "Four"),
    ("The mayor and three others were killed.", "Five people were killed.", "different", "three", "Five"),
    # "At least 12" does not conflict with 15.
    ("At least 12 people died in the fire.", "The fire killed 15 people.", "beyond", "At least 12", "15"),
    ("The quake killed more than 26,000 people.", "More than 31,000 people were killed by the quake.", "beyond", "more than 26,000",
     "More than 31,000"),
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
    # The same is said of two nouns.
    ("The hail damaged 140 cars in Brunnau.", "Sixty vehicles were damaged by the hail in Brunnau.", "apart", "140", "Sixty"),
    ("About 2,000 farmers marched to the gate.", "Some 3,500 people marched to the gate.", "apart", "About 2,000", "Some 3,500"),
    ("The museum drew 9,000 visitors last year.", "The museum counted 12,000 guests last year.", "near", "9,000", "12,000"),
    # Or one fate befell them.
    ("Police arrested 12 farmers at the gate.", "Police detained 17 activists at the gate.", "apart", "12", "17"),
    ("Twelve miners died in the shaft.", "The explosion killed 15 workers.", "near", "Twelve", "15"),
    ("The blaze claimed 12 lives.", "The blaze killed 23 guests.", "different", "12", "23"),
    # The same is counted, in clauses much alike, though with another verb.
    ("The governor declared an emergency for 30 counties.", "The governor's emergency declaration covers 50 counties.", "apart", "30",
     "50"),
    ("Vand won the seat by 1,386 votes.", "Vand took the seat with a margin of 2,128 votes.", "apart", "1,386", "2,128"),
    ("Three submarine cables to Ister were damaged on Monday.", "On Monday four submarine cables to Ister broke.", "near", "Three",
     "four"),
    # So are two values that are nearly equal: one count, not two.
    ("Brunnau opened 140 shelters for the storm.", "For the storm 126 shelters stand ready in Brunnau.", "different", "140", "126"),
    ("The jet to Lima had 16 children among its guests.", "Among the guests of the Lima jet there were 18 children.", "different", "16",
     "18"),
    ("Orvenia has 34 counties that allow early voting.", "Early voting in Orvenia takes place in 35 counties.", "different", "34",
     "35"),
    # Each is the only figure of its unit, in clauses much alike.
    ("Zarestan holds 210 kilograms of highly enriched uranium.", "Zarestan's stockpile of highly enriched material is 90 kilograms.",
     "apart", "210 kilograms", "90 kilograms"),
    ("A new mirror will cost the nine states 22 million euros.", "The nine states must find 58 million euros for a new mirror.",
     "apart", "22 million euros", "58 million euros"),
    ("The party won 41 percent of the vote in Luso.", "In Luso only 29 percent of voters chose the party.", "apart",
     "41 percent", "29 percent"),
    # Equal or fitting figures stand before what may be two counts.
    ("The raid killed 40 soldiers and two clerks of the fort.", "Forty soldiers died in the raid, and 12 visitors of the fort.", "same",
     "40", "Forty"),
    ("Vand applied for asylum in six more countries.", "Vand has put in asylum applications to six new countries.", "same", "six", "six"),
    ("Vand, 40, is in jail for five years.", "Vand was sentenced to five years.", "same", "five years", "five years"),
    # A sentence by its length, a distance by the place from which it is measured, a time by its parts.
    ("Odo Brandt got a three-year jail term.", "Odo Brandt was sentenced to five years.", "different", "three-year", "five years"),
    ("Rehn was jailed for ten years.", "The court sentenced Rehn to seven years.", "different", "ten years", "seven years"),
    ("The judge gave Vand four years in prison.", "Vand was sentenced to six years.", "different", "four years", "six years"),
    ("It struck 22 miles northeast of Brunnau.", "Ister, a village 31 miles north of Brunnau, was hit.", "different", "22 miles",
     "31 miles"),
    ("The plane came down seven km from the town of Dargan.", "It crashed 12 km outside Dargan.", "different", "seven km", "12 km"),
    ("The camp lies 40 kilometres off the coast.", "The camp is 25 kilometres from the coast.", "different", "40 kilometres",
     "25 kilometres"),
    ("Korin won the race in 14 minutes 36.2 seconds.", "Korin won in 14:41.9.", "different", "14 minutes 36.2 seconds", "14:41.9"),
    ("She finished in 2:05:11.", "She finished in two hours, five minutes and 11 seconds.", "same", "2:05:11",
     "two hours, five minutes and 11 seconds"),
    ("The speech lasted 12 hours and 52 minutes.", "The speech lasted almost 13 hours.", "rounds", "12 hours and 52 minutes",
     "almost 13 hours"),
    # "Initial" tells of an old value only close to it.
    ("The first offer carried a premium of 28 percent.", "The initial offer carried a premium of only 19 percent.", "different",
     "28 percent", "19 percent"),
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
        # One adds what the other takes away, or a trait is of another thing.
        ("The mining sector of Ister gained 300 jobs in May.", "The mining sector of Ister lost 700 jobs in June."),
        ("Brandt threw a 28-yard pass in the third quarter.", "Brandt kicked a 41-yard goal in the third quarter."),
        # What two name as theirs is two things; distances from two places are two distances.
        ("Maria Lopez scored 15 points for Leeds.", "Anna Kovacs scored 19 points for Leeds."),
        ("The village lies 22 miles from Brunnau.", "The village lies 31 miles from Dargan."),
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
