# ruff: noqa: E501 - sentences of news are long
"""How far two reports see one matter to have come: plans that were carried out, stages that have moved on."""

from __future__ import annotations

import pytest
from conftest import find_outcome, make_pair

from detector.judge.backing import is_backed
from detector.judge.explain import find_kind
from detector.judge.measure import measure_pair
from detector.records import Contrast, Relation, Signals

MONDAY, THURSDAY = "2025-04-07", "2025-04-10"


def stage(first, second, days=(MONDAY, THURSDAY), closeness=0.6):
    return find_outcome("stage", first, second, days=days, closeness=closeness)


MOVED = [
    ("The three robbers of the Belmar bank are still at large, police said.", "Police arrested two of the robbers of the Belmar bank on Wednesday."),
    ("Two hikers have been missing on Mount Orrel since Sunday.", "Rescuers found the two hikers on Mount Orrel on Wednesday."),
    ("The factory in Dalby has been closed since the fire.", "Work at the factory in Dalby resumed on Wednesday."),
    ("A judge put the former mayor of Lund on trial for fraud.", "The former mayor of Lund was convicted of fraud."),
    ("The Senate passed the housing bill on Monday.", "The president signed the housing bill on Wednesday."),
    ("The council was considering two designs for the bridge.", "The council approved a design for the bridge on Wednesday."),
    ("The singer is in hospital in critical condition.", "The singer died on Wednesday."),
    ("The brush fire near Alta was burning out of control.", "The brush fire near Alta was contained on Wednesday."),
    ("The festival will go ahead despite the storm, the mayor said.", "The festival was called off on Wednesday because of the storm."),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), MOVED)
def test_a_later_stage_in_a_later_report_has_moved_on(first, second):
    assert stage(first, second) == "moved on"
    assert stage(second, first) != "moved on"  # nobody who was found on Monday is missing on Thursday by that
    assert (
        stage(first, second, days=(THURSDAY, THURSDAY)) != "moved on"
    )  # two reports of one day may contradict each other
    assert stage(first, second, closeness=0.42) != "moved on"  # two matters


def test_a_stage_that_is_not_reached_has_not_moved_on():
    missing = "Two hikers have been missing on Mount Orrel since Sunday."
    assert stage(missing, "The two hikers on Mount Orrel have not been found.") != "moved on"
    assert stage(missing, "Rescuers hope to find the two hikers on Mount Orrel.") != "moved on"
    assert stage(missing, "In 2018 two hikers were found dead on Mount Orrel.") != "moved on"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("So far this year six councils have introduced limits on short lets.", "The governor of Torrin signed a ban on plastic bags on Wednesday."),
        ("Harlow's lawyer said the talks with the insurers will be negotiating a fee.", "Most of the firms in the port have signed the safety pledge."),
        ("The dean resigned over the exam papers on Monday.", "A clerk who had been fired was charged with selling a laptop on Wednesday."),
    ],
)  # fmt: skip
def test_of_two_matters_of_one_story_neither_has_moved_on(first, second):
    assert stage(first, second) not in ("moved on", "carried out")


def test_what_has_moved_on_points_at_the_two_stages():
    first, second = MOVED[0]
    found = measure_pair(make_pair(first, second, days=(MONDAY, THURSDAY), closeness=0.6)).stage
    assert (first[slice(*found.earlier)], second[slice(*found.later)]) == ("at large", "arrested")


def test_what_was_carried_out_points_at_the_plan_and_the_deed():
    first, second = (
        "The airline plans to cut 400 jobs in Dalby, it said.",
        "On Wednesday the airline cut 400 jobs in Dalby.",
    )
    found = measure_pair(make_pair(first, second, days=(MONDAY, THURSDAY), closeness=0.6)).stage
    assert (first[slice(*found.earlier)], second[slice(*found.later)]) == (
        "plans to cut 400 jobs in Dalby",
        "cut 400 jobs",
    )


CARRIED = [
    ("The city will open the new tram line to the harbour on Wednesday, the mayor said.", "Passengers boarded the new tram to the harbour on Wednesday."),
    ("The airline plans to cut 400 jobs in Dalby, it said.", "The airline has cut 400 jobs in Dalby."),
    ("Farmers are to receive the first grain from the reserve by Thursday.", "The first trucks with grain reached farmers on Wednesday."),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), CARRIED)
def test_a_plan_that_a_later_report_tells_as_done_is_carried_out(first, second):
    assert stage(first, second) == "carried out"
    assert stage(second, first) != "carried out"
    assert stage(first, second, days=(MONDAY, MONDAY)) != "carried out"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Another deed, a statement about it, a denial, a further plan, and a guess about the past are no fulfilment.
        ("The airline plans to cut 400 jobs in Dalby, it said.", "The airline carried two million passengers last year."),
        ("The airline plans to cut 400 jobs in Dalby, it said.", '"The airline cut 400 jobs in Dalby before," the union said.'),
        ("The airline plans to cut 400 jobs in Dalby, it said.", "The airline has not cut 400 jobs in Dalby."),
        ("The airline plans to cut 400 jobs in Dalby, it said.", "The airline will cut 400 jobs in Dalby."),
        ("The bridge will be a landmark of the harbour city.", "The landmark of the harbour city was repainted."),
        ("The minister may have sold the shares in May.", "The minister sold the shares."),
    ],
)  # fmt: skip
def test_what_is_no_fulfilment(first, second):
    assert stage(first, second) != "carried out"


def test_a_guess_about_the_past_is_no_plan():
    assert stage("The minister may have sold the shares in May.", "The minister sold the shares.") == "done"


def test_a_plan_and_its_day_are_no_one_time():
    first, second = CARRIED[0]
    assert measure_pair(make_pair(first, second, days=(MONDAY, THURSDAY), closeness=0.6)).time.outcome == "later"


@pytest.mark.parametrize(("pair", "kind"), [(MOVED[1], "status"), (CARRIED[1], "plan-to-done")])
def test_the_stage_gives_the_kind(pair, kind):
    made = make_pair(*pair, days=(MONDAY, THURSDAY), closeness=0.6)
    assert find_kind(Relation.DEVELOP, made, measure_pair(made)) == kind


@pytest.mark.parametrize(
    ("signals", "backed"),
    [
        (Signals(contradiction=0.1, stage=Contrast("carried out")), True),
        (Signals(contradiction=0.1, stage=Contrast("moved on")), True),
        (Signals(contradiction=0.1, figures=Contrast("moved")), True),
        # One plan and one report of what is so: many a pair of one story is that.
        (Signals(contradiction=0.6, stage=Contrast("plan then done")), False),
        # "Rose last year" and "in 2017 it fell".
        (Signals(contradiction=0.5, polarity=Contrast("opposite"), time=Contrast("later")), True),
        (Signals(contradiction=0.5, polarity=Contrast("opposite"), time=Contrast("apart")), False),
    ],
)
def test_what_bears_a_development_out(signals, backed):
    pair = make_pair("The hall is to close.", "The hall is closed.", days=(MONDAY, THURSDAY), closeness=0.6)
    assert is_backed(Relation.DEVELOP, pair, signals) is backed
