"""Times of day in the judge: when two of them are one question, and what is said of them."""

from __future__ import annotations

import pytest
from conftest import make_pair

from detector.judge.explain import find_spans
from detector.judge.measure import measure_pair
from detector.judge.reason import write_reason
from detector.records import Relation

SAME_DAY = ("2025-04-10", "2025-04-10")


def measure(a, b, days=SAME_DAY):
    found = measure_pair(make_pair(a, b, days=days)).dates
    return (found.outcome, a[slice(*found.earlier)], b[slice(*found.later)]) if found else None


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("The quake struck the coast at 3:20 a.m.", "The earthquake struck at 5:40 a.m. near the coast.",
         ("different", "3:20 a.m.", "5:40 a.m.")),
        ("The quake struck at 3:20 a.m. on Monday.", "A quake struck the town on Monday at 5:40 a.m.",
         ("different", "3:20 a.m.", "5:40 a.m.")),
        ("The bomb exploded in the station at 9:05 p.m.", "The bomb exploded at the station shortly after 11 p.m.",
         ("different", "9:05 p.m.", "11 p.m.")),
        ("The parliament will vote at noon ET on Friday.", "The parliament will vote at 2000 GMT on Friday.",
         ("different", "noon ET", "2000 GMT")),
        ("The parliament will vote at noon ET on Friday.", "On Friday the parliament is to vote at 1600 GMT.",
         ("same", "noon ET", "1600 GMT")),
        ("The rocket launched at 11 p.m. EDT on Monday.", "The rocket launched on Tuesday at 0300 GMT.",
         ("same", "11 p.m. EDT", "0300 GMT")),
        ("The quake struck at 3:20 a.m.", "The quake struck at about 3 a.m.", ("same", "3:20 a.m.", "3 a.m.")),
        ("The fire was contained by 8 p.m.", "Crews contained the fire at 7 p.m.", ("within", "8 p.m.", "7 p.m.")),
    ],
)  # fmt: skip
def test_times_of_one_event(first, second, expected):
    outcome, left, right = expected
    assert measure(first, second) == (outcome, left, right)
    assert measure(second, first) == (outcome, right, left)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The quake struck at 3:20 a.m.", "Rescue teams reached the village at 5:40 a.m."),
        ("The polls open at 7 a.m.", "The polls close at 8:30 p.m."),
        ("Officials said at 9 p.m. that the fire was out.", "Officials said at 11 p.m. that the fire was out."),
        ("A quake struck at 3:20 a.m.", "A second quake struck at 5:40 a.m."),
        ("The siren sounds every day at 7 a.m.", "The siren sounded at 9:30 a.m."),
        ("The polls close in Ohio at 7:30 p.m.", "The polls close in Iowa at 9 p.m."),
        ("The match starts at 7 p.m.", "The match starts at 1600 GMT."),
        ("The match will start at 7 p.m.", "The match started at 8:15 p.m."),
        ("The shop was open from 9 a.m. to 11 a.m.", "The shop was open from 1 p.m. to 3 p.m."),
        ("The mayor spoke to reporters at 3:20 p.m.", "The mayor spoke at 5:40 p.m. at the funeral of a firefighter."),
        ("The quake did not strike at 3:20 a.m.", "The quake struck at 5:40 a.m."),
        ("Police closed the bridge at 3 p.m. and the tunnel at 4 p.m.", "Police closed the bridge and the road at 6 p.m."),
        ("The index had fallen 3 percent at 14:58 UTC.", "The index had fallen 5 percent at 16:08 UTC."),
        ("The bridge had closed as of 2:10 p.m.", "The bridge had closed as of 4:45 p.m."),
        ("The river was above its banks at 2 p.m.", "The river was above its banks at 5 p.m."),
        ("The match was moved to 7 p.m.", "The match was moved to 9 p.m."),
    ],
)  # fmt: skip
def test_times_of_two_things_say_nothing(first, second):
    for a, b in ((first, second), (second, first)):
        assert measure(a, b) is None


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("The quake struck at 3:20 a.m. on Monday.", "The quake struck at 5:40 a.m. on Sunday.", SAME_DAY),
        ("The quake struck at 3:20 a.m. in April.", "The quake struck at 5:40 a.m. on April 7.", SAME_DAY),
    ],
)
def test_times_of_two_days_leave_it_to_the_days(first, second, days):
    without = [text.replace(" at 3:20 a.m.", "").replace(" at 5:40 a.m.", "") for text in (first, second)]
    outcome = measure(first, second, days)[0]
    assert outcome == measure(*without, days)[0] != "same"
    assert ":" not in "".join(measure(first, second, days))


def test_reports_days_apart_are_of_two_days():
    texts = "The quake struck at 3:20 a.m.", "The quake struck at 5:40 a.m."
    assert measure(*texts, days=("2025-04-10", "2025-04-11"))[0] == "different"
    assert measure(*texts, days=("2025-04-10", "2025-04-13")) is None
    assert measure(*texts, days=(None, None))[0] == "different"


def test_a_time_of_day_leaves_the_day_the_same():
    pair = make_pair(
        "The quake struck at 3:20 a.m. on Monday.",
        "The quake struck at 5:40 a.m. on Monday.",
        days=("2025-04-08", "2025-04-09"),
    )
    assert measure_pair(pair).time.outcome == "same"


def explain(a, b, relation, kind):
    pair = make_pair(a, b)
    signals = measure_pair(pair)
    spans = find_spans(relation, kind, pair, signals)
    marked = [
        [claim.text[slice(*span)] for span in spans[side]]
        for side, claim in (("earlier", pair.earlier), ("later", pair.later))
    ]
    return write_reason(relation, kind, pair, signals, spans), marked


def test_the_reason_names_both_times():
    why, marked = explain(
        "The quake struck the coast at about 3:20 a.m.",
        "The quake struck the coast at 5:40 a.m.",
        Relation.DIFFER,
        "date",
    )
    assert why == "The times for the same event differ: one says about 3:20 a.m., the other 5:40 a.m."
    assert marked == [["3:20 a.m."], ["5:40 a.m."]]


def test_the_reason_says_that_two_zones_name_one_moment():
    why, marked = explain(
        "The parliament will vote at noon ET on Friday.", "On Friday the parliament is to vote at 1600 GMT.",
        Relation.AGREE, "reworded",
    )  # fmt: skip
    assert why == "Both say it of the same moment, in two time zones: noon ET and 1600 GMT."
    assert "noon ET" in marked[0]
    assert "1600 GMT" in marked[1]
