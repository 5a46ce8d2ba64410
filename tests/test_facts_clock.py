"""Times of day: how they are read, what their zones are, and how two of them compare."""

from __future__ import annotations

from datetime import date

import pytest

from detector.facts.clock import find_clocks, read_clocks, resolve_clocks
from detector.facts.clock_compare import compare_clocks
from detector.facts.zones import find_offset

WINTER, SUMMER = date(2025, 1, 13), date(2025, 7, 14)


def show(clock):
    """Return a time as "HH:MM" or "HH:MM-HH:MM", with what else is known of it."""
    ends = [f"{minute // 60:02}:{minute % 60:02}" for minute in (clock.first, clock.last)]
    when = ends[0] if clock.first == clock.last else "-".join(ends)
    grain = "h" if clock.grain == "hour" else "m"
    return " ".join(filter(None, (when, grain, clock.hedge, clock.zone, "?" if clock.either_half else "")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The quake struck at 3:20 a.m. on Monday.", ["03:20 m"]),
        ("The quake struck at 3.20am.", ["03:20 m"]),
        ("He gave up just after 6: 00 p.m. on Friday.", ["18:00 m shortly after"]),
        ("It struck at 03:20:15 local time.", ["03:20 m"]),
        ("Police came shortly after 10 p.m. ET.", ["22:00 h shortly after ET"]),
        ("Trading halted around noon.", ["12:00 h about"]),
        ("The talks began at 14:30 GMT.", ["14:30 m GMT"]),
        ("The talks began at 1900 GMT.", ["19:00 m GMT"]),
        ("The talks began at 9:30 UTC+5:30.", ["09:30 m UTC+5:30"]),
        ("The siren sounded at 6 o'clock.", ["06:00 h ?"]),
        ("The siren sounded at six o’clock in the evening.", ["18:00 h"]),
        ("The truce starts at midnight.", ["00:00 h"]),
        ("It opened at 12 noon and at 12:15 a.m.", ["12:00 h", "00:15 m"]),
        ("The match starts at 7 p.m. local time (1600 GMT).", ["19:00 h", "16:00 m GMT"]),
        ("The shop is open from 9 a.m. to 5 p.m.", ["09:00-17:00 h"]),
        ("The curfew runs from 10 p.m. until 5 a.m. Eastern.", ["22:00-29:00 h Eastern"]),
        ("Voting is open between 9 and 11 a.m. on Friday.", ["09:00-11:00 h"]),
        ("The office is open 11-2 p.m. today.", ["11:00-14:00 h"]),
        ("He spoke at 3:20 on Monday morning.", ["03:20 m"]),
        ("On Monday evening at 6 o'clock the bell rang.", ["18:00 h"]),
        ("He rose at six in the morning.", ["06:00 h"]),
        ("The blast hit at about 0400 hours.", ["04:00 m about"]),
        ("The fire was out by 8 p.m.", ["20:00 h by"]),
        ("The flight left at half past six this evening.", ["18:30 m"]),
        ("The flight left at a quarter to nine.", ["08:45 m ?"]),
        ("The train left just before 5:15 p.m. Central European Summer Time.",
         ["17:15 m shortly before Central European Summer Time"]),
        ("The vote was at 5 p.m. Moscow time.", ["17:00 h Moscow time"]),
        ("It was quiet until 9 p.m. and after 11 p.m.", ["21:00 h until", "23:00 h after"]),
        ("Ships have waited since 7:45 p.m. BST.", ["19:45 m from BST"]),
        ("They met before the 5 p.m. deadline.", ["17:00 h before"]),
        ("Rain fell at 11:40 at night.", ["11:40 m ?"]),
        ("At twenty past three the bridge fell.", ["03:20 m ?"]),
    ],
)  # fmt: skip
def test_readings(text, expected):
    assert [show(clock) for clock in read_clocks(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The clock showed 00 p.m. by mistake.",
        "He won in 4:32 and his team lost 3:20.",
        "More than 1900 people came in 2024.",
        "It is in John 3:16.",
        "Shares closed at 17.45 and rose by 3.20 dollars.",
        "The study took 1200 hours of work.",
        "He ran the marathon in 2:05:30.",
        "The ship carried 2000 MT of rice.",
        "Six of them, aged 9 to 11, am I told, were safe.",
        "He burned the midnight oil.",
        "About 2000 local residents and 30 soldiers were there at 25 places.",
        "The price fell from 10.30 to 9.15 a share.",
    ],
)
def test_no_time_of_day(text):
    assert read_clocks(text) == ()


@pytest.mark.parametrize("text", ["0735 GMT.", "The final train left at 2:35 a.m. local time (0735 GMT)."])
def test_a_time_at_the_root_of_its_sentence_is_read(text, read_sentence):
    assert find_clocks(read_sentence(text))[-1].text == "0735 GMT"


@pytest.mark.parametrize(
    ("text", "spans", "event"),
    [
        ("The quake struck Lima shortly after 3:20 a.m. on Monday.", "3:20 a.m.", "strike"),
        ("The 3:20 a.m. quake killed three people.", "3:20 a.m.", "quake"),
        ("Officials said at 9 p.m. that the fire was out.", "9 p.m.", ""),
        ("The match starts at 7 p.m. local time.", "7 p.m. local time", "start"),
        ("The bomb went off in the city (2140 GMT).", "2140 GMT", "go"),
    ],
)
def test_span_and_event(read_sentence, text, spans, event):
    (clock,) = find_clocks(read_sentence(text))
    assert (text[clock.start : clock.end], clock.text, clock.event) == (spans, spans, event)


@pytest.mark.parametrize(
    ("zone", "day", "offset"),
    [
        ("GMT", None, 0), ("UTC+3", None, 180), ("UTC-5:30", None, -330), ("UTC–4", None, -240),
        ("ET", WINTER, -300), ("ET", SUMMER, -240), ("ET", None, None), ("PT", SUMMER, -420),
        ("Eastern", WINTER, -300), ("Eastern time", SUMMER, -240), ("Moscow time", None, 180), ("EDT", None, -240),
        ("Central European Summer Time", None, 120), ("CET", WINTER, 60), ("JST", None, 540),
        ("New York time", SUMMER, -240), ("IST", WINTER, None), ("Beijing time", WINTER, None),
    ],
)  # fmt: skip
def test_offsets(zone, day, offset):
    assert find_offset(zone, day) == offset


def compare(first, second, day):
    left, right = (resolve_clocks(read_clocks(f"It began {text}."), day) for text in (first, second))
    assert left
    assert right
    found = compare_clocks(left, right)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("at 3:20 a.m.", "at 5:40 a.m.", "different"),
        ("at 3:20 a.m.", "at 3:20 p.m.", "different"),
        ("at 3:20 a.m.", "at 3:20 a.m. local time", "same"),
        ("at 3:20 a.m.", "about 3 a.m.", "same"),
        ("at 3:20 a.m.", "at 3 a.m.", "same"),
        ("at 3:50 a.m.", "at 3 a.m.", "within"),
        ("at 3:20 a.m.", "at 3:22 a.m.", "within"),
        ("at 3:18 a.m.", "at 3:22 a.m.", None),
        ("at 3:20 a.m.", "about 6 a.m.", "different"),
        ("at 7 p.m.", "at 8 p.m.", "different"),
        ("about 7 p.m.", "at 8 p.m.", "within"),
        ("about 7 p.m.", "about 9 p.m.", "within"),
        ("about 7 p.m.", "about 11 p.m.", "different"),
        ("shortly after 10 p.m.", "at 10:12 p.m.", "same"),
        ("shortly after 10 p.m.", "at 11:40 p.m.", "different"),
        ("shortly before 10 p.m.", "at 10:45 p.m.", "different"),
        ("by 8 p.m.", "at 7 p.m.", "within"),
        ("by 8 p.m.", "at 9 p.m.", None),
        ("after 10 p.m.", "at 11:30 p.m.", "within"),
        ("after 10 p.m.", "at 8 p.m.", "different"),
        ("before 3 a.m.", "at 5:40 a.m.", "different"),
        ("at midnight", "at 11:58 p.m.", "same"),
        ("at noon ET", "at 1700 GMT", "same"),
        ("at noon ET", "at 9 a.m. PT", "same"),
        ("at 10 p.m. ET", "at 0300 GMT", "same"),
        ("at noon ET", "at 2000 GMT", "different"),
        ("at 5 p.m. Moscow time", "at 3 p.m. CET", "same"),
        ("at 6 o'clock", "at 6 p.m.", "same"),
        ("at 6 o'clock", "at 9 p.m.", "different"),
        ("from 9 a.m. to 5 p.m.", "at 3 p.m.", "within"),
        ("from 9 a.m. to 5 p.m.", "from 9 a.m. to 5 p.m.", "same"),
        ("from 10 p.m. to 5 a.m.", "at 3 a.m.", "within"),
        ("at 3:20 a.m.", "at 0042 GMT", "different"),
        ("at 9:30 a.m. and at 3:20 a.m.", "at 3:20 a.m. and at 5 p.m.", "same"),
    ],
)
def test_comparisons(first, second, outcome):
    assert compare(first, second, WINTER) == compare(second, first, WINTER) == outcome


@pytest.mark.parametrize(
    ("first", "second", "day"),
    [
        ("at 7 p.m.", "at 1600 GMT", WINTER),  # a zone on one side alone
        ("at 3:20 a.m.", "at 0020 GMT", WINTER),
        ("at 3:20 a.m.", "at 0850 GMT", WINTER),  # of half hours, too
        ("at 7 p.m. IST", "at 1600 GMT", WINTER),  # which of the zones is meant is not known
        ("at 7 p.m. IST", "at 9 p.m.", WINTER),
        ("at noon ET", "at 2000 GMT", None),  # nobody knows whether it is summer
        ("at 7 p.m. EST", "at 2300 GMT", SUMMER),  # a slip: EDT is meant
        ("from 9 a.m. to 11 a.m.", "from 1 p.m. to 3 p.m.", WINTER),
        ("from 9 a.m. to 11 a.m.", "at 3 p.m.", WINTER),
        ("from 9 a.m.", "at 3 a.m.", WINTER),
        ("until 9 p.m.", "until 11 p.m. Moscow time", WINTER),
        ("after 9 p.m.", "before 11 p.m.", WINTER),
        ("until 9 p.m.", "at 11 p.m.", WINTER),
    ],
)
def test_abstentions(first, second, day):
    assert compare(first, second, day) is None
    assert compare(second, first, day) is None


def test_one_abbreviation_with_several_offsets_compares_with_itself():
    assert compare("at 7 p.m. IST", "at 9:10 p.m. IST", WINTER) == "different"


def test_of_several_the_best_match_is_named():
    left, right = read_clocks("It began at 3:20 a.m. and ended at 9 p.m."), read_clocks("It ended at 9 p.m.")
    found = compare_clocks(left, right)
    assert found is not None
    assert (found[1].text, found[2].text) == ("9 p.m.", "9 p.m.")
