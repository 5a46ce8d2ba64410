"""Times that a sentence names: found, placed against the article's date, and compared."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from detector.facts.times import compare_times, find_times, resolve_times
from detector.records import DateMention

FRIDAY = datetime(2025, 4, 11, 9, 30, tzinfo=UTC)

# text -> (words, grain, relative, partial, first, last), for an article of Friday, 11 April 2025
PLACED = [
    # the seeds
    ("Bloomberg reported on April 9, citing sources.", [("April 9", "day", True, "04-09", "2025-04-09", "2025-04-09")]),
    ("Defence ministers met on Thursday.", [("Thursday", "day", True, "thursday", "2025-04-10", "2025-04-10")]),
    ("He presented it during a summit on March 2.", [("March 2", "day", True, "03-02", "2025-03-02", "2025-03-02")]),
    ("It has been defending itself for over three years.", []),
    ("They agreed on a 30-day ceasefire.", []),
    ("He proposed it at a summit two weeks ago.", [("two weeks ago", "week", True, "", "2025-03-25", "2025-03-31")]),
    (
        "They have held the territory since August 2024.",
        [("since August 2024", "period", False, "2024-08", "2024-08-01", "2025-04-11")],
    ),
    ("Soldiers said so late last year.", [("late last year", "period", True, "", "2024-10-01", "2024-12-31")]),
    # days
    ("The mine closed on April 10, 2024.", [("April 10, 2024", "day", False, "04-10", "2024-04-10", "2024-04-10")]),
    ("The mine closed on 10 April 2024.", [("10 April 2024", "day", False, "04-10", "2024-04-10", "2024-04-10")]),
    ("The mine closed on the 21st of May.", [("21st of May", "day", True, "05-21", "2025-05-21", "2025-05-21")]),
    ("The mine closed on December 28.", [("December 28", "day", True, "12-28", "2024-12-28", "2024-12-28")]),
    (
        "The mine closed on Thursday, April 10.",
        [("Thursday, April 10", "day", True, "04-10", "2025-04-10", "2025-04-10")],
    ),
    ("The file is dated 2024-02-29.", [("2024-02-29", "day", False, "02-29", "2024-02-29", "2024-02-29")]),
    ("The file is dated 13/4/2025.", [("13/4/2025", "day", False, "04-13", "2025-04-13", "2025-04-13")]),
    ("The file is dated 3/4/2025.", [("3/4/2025", "day", False, "", None, None)]),
    ("They met today.", [("today", "day", True, "", "2025-04-11", "2025-04-11")]),
    ("Today they meet.", [("Today", "day", True, "", "2025-04-11", "2025-04-11")]),
    ("He said: “Today’s vote is the last.”", [("Today", "day", True, "", "2025-04-11", "2025-04-11")]),
    ("She spoke on ABN’s “Today” at length.", []),
    ("She spoke on ABN's Today program.", []),
    ("The mine is closed, Mining Today reported.", []),
    ("They met yesterday.", [("yesterday", "day", True, "", "2025-04-10", "2025-04-10")]),
    ("They met the day before yesterday.", [("the day before yesterday", "day", True, "", "2025-04-09", "2025-04-09")]),
    ("They met last night.", [("last night", "day", True, "", "2025-04-10", "2025-04-10")]),
    ("They met on Friday.", [("Friday", "day", True, "friday", "2025-04-11", "2025-04-11")]),
    ("They met last Friday.", [("last Friday", "day", True, "friday", "2025-04-04", "2025-04-04")]),
    ("They met on Monday evening.", [("Monday evening", "day", True, "monday", "2025-04-07", "2025-04-07")]),
    ("The vault was sealed on Christmas Eve.", [("Christmas Eve", "day", True, "12-24", "2024-12-24", "2024-12-24")]),
    ("The fair runs April 9-10.", [("April 9-10", "period", True, "", "2025-04-09", "2025-04-10")]),
    (
        "It ran from 3 March to 5 March 2025.",
        [("from 3 March to 5 March 2025", "period", False, "", "2025-03-03", "2025-03-05")],
    ),
    # weeks, months, seasons, years
    ("It rained last week.", [("last week", "week", True, "", "2025-03-31", "2025-04-06")]),
    ("It rained over the weekend.", [("over the weekend", "period", True, "", "2025-04-05", "2025-04-06")]),
    ("Earlier this month it rained.", [("Earlier this month", "period", True, "", "2025-04-01", "2025-04-11")]),
    ("It rained in March.", [("March", "month", True, "03", "2025-03-01", "2025-03-31")]),
    ("It rained in May.", [("May", "month", True, "05", "2024-05-01", "2024-05-31")]),
    ("It rained in September last year.", [("September last year", "month", True, "09", "2024-09-01", "2024-09-30")]),
    (
        "It rained between May and June of 2007.",
        [("between May and June of 2007", "period", False, "", "2007-05-01", "2007-06-30")],
    ),
    (
        "It rained from November to January.",
        [("from November to January", "period", True, "", "2024-11-01", "2025-01-31")],
    ),
    ("The dam is due around 2020, not sooner.", [("2020", "year", False, "", "2020-01-01", "2020-12-31")]),
    ("It rained in mid-March.", [("mid-March", "period", True, "", "2025-03-11", "2025-03-20")]),
    ("It rained in August 2024.", [("August 2024", "month", False, "08", "2024-08-01", "2024-08-31")]),
    ("It rained in the spring of 2023.", [("the spring of 2023", "season", False, "", "2023-03-01", "2023-05-31")]),
    ("It rained last summer.", [("last summer", "season", True, "season 06", "2024-06-01", "2024-08-31")]),
    ("The mill opened in 2019.", [("2019", "year", False, "", "2019-01-01", "2019-12-31")]),
    ("The mill opened early in 2019.", [("early in 2019", "period", False, "", "2019-01-01", "2019-03-31")]),
    ("The mill opened last year.", [("last year", "year", True, "", "2024-01-01", "2024-12-31")]),
    (
        "It was shut between 2021 and 2023.",
        [("between 2021 and 2023", "period", False, "", "2021-01-01", "2023-12-31")],
    ),
    ("It was new in the 1990s.", [("the 1990s", "period", False, "", "1990-01-01", "1999-12-31")]),
    (
        "Sales fell in the first quarter of 2024.",
        [("the first quarter of 2024", "period", False, "", "2024-01-01", "2024-03-31")],
    ),
    # counted back, open, unknown
    ("He died three years ago.", [("three years ago", "year", True, "", "2022-01-01", "2022-12-31")]),
    ("She called five hours ago.", [("five hours ago", "day", True, "", "2025-04-11", "2025-04-11")]),
    ("It shut several months ago.", [("several months ago", "month", True, "", None, None)]),
    ("It shut more than two weeks ago.", [("more than two weeks ago", "week", True, "", None, None)]),
    ("He left a week later.", [("a week later", "week", True, "", None, None)]),
    (
        "The border has been shut since Monday.",
        [("since Monday", "period", True, "monday", "2025-04-07", "2025-04-11")],
    ),
    ("Crime fell in the past three years.", [("the past three years", "period", True, "", "2022-04-11", "2025-04-11")]),
    # no times
    ("Every Friday they meet, and Fridays are busy.", []),
    ("Black Friday sales rose, said the Sunday Times.", []),
    ("The hangar holds 2000 people.", []),
    ("They may march on the palace.", []),
    ("The flight took 12 hours.", []),
]

FUTURE = [
    ("Ministers will meet on Monday.", "2025-04-14", "2025-04-14"),
    ("Ministers will meet on Friday.", "2025-04-11", "2025-04-11"),
    ("Leaders are set to convene next Thursday.", "2025-04-17", "2025-04-17"),
    ("The court will rule tomorrow.", "2025-04-12", "2025-04-12"),
    ("The law will take effect in January.", "2026-01-01", "2026-01-31"),
    ("The law will take effect next month.", "2025-05-01", "2025-05-31"),
    ("The law will take effect by the end of the year.", "2025-10-01", "2025-12-31"),
    ("The vote will be held in two weeks' time.", "2025-04-22", "2025-04-28"),
    ("The race will be held over the weekend.", "2025-04-12", "2025-04-13"),
]


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "expected"), PLACED, ids=[text[:40] for text, _ in PLACED])
def test_find_and_resolve_times(read_sentence, text, expected):
    mentions = find_times(read_sentence(text))
    assert all(m.first is None and m.last is None for m in mentions)
    placed = resolve_times(mentions, FRIDAY)
    assert [(m.text, m.grain, m.relative, m.partial, m.first, m.last) for m in placed] == [
        (words, grain, relative, partial, day(first), day(last))
        for words, grain, relative, partial, first, last in expected
    ]
    assert [text[m.start : m.end] for m in placed] == [m.text for m in placed]


@pytest.mark.parametrize(("text", "first", "last"), FUTURE)
def test_future_times_lie_ahead(read_sentence, text, first, last):
    (mention,) = resolve_times(find_times(read_sentence(text)), FRIDAY, tense="future")
    assert (mention.first, mention.last) == (day(first), day(last))


@pytest.mark.parametrize(
    ("text", "first", "partial"),
    [
        ("They met on Thursday.", None, "thursday"),
        ("They met on April 10.", None, "04-10"),
        ("They met two weeks ago.", None, ""),
        ("They met on April 10, 2024.", "2024-04-10", "04-10"),
        ("They have met since August 2024.", None, "2024-08"),
        ("They met in March.", None, "03"),
    ],
)
def test_without_a_publishing_date_only_what_carries_a_year_resolves(read_sentence, text, first, partial):
    (mention,) = resolve_times(find_times(read_sentence(text)), None)
    assert mention.first == day(first)
    assert mention.partial == partial


def test_the_article_day_is_that_of_its_own_time_zone(read_sentence):
    late = datetime(2025, 4, 11, 0, 30, tzinfo=timezone(timedelta(hours=9)))
    (mention,) = resolve_times(find_times(read_sentence("They met today.")), late)
    assert mention.first == date(2025, 4, 11)


def test_a_day_that_the_calendar_lacks_is_no_time(read_sentence):
    assert find_times(read_sentence("The file is marked February 31.")) == ()


COMPARED = [
    ("They met on Thursday.", "They met on April 10.", "same"),
    ("They met on Thursday.", "They met on April 9.", "different"),
    ("They met on April 10.", "They met in April.", "within"),
    ("They met on April 10.", "They met in March.", "different"),
    ("They met yesterday.", "They met last week.", "different"),
    ("They met in August 2024.", "They met last year.", "within"),
    ("They met in August 2024.", "They met in 2023.", "different"),
    ("They met in the spring of 2023.", "They met in May 2023.", "within"),
    ("They met on Thursday.", "They first met in 2014.", None),
    ("They met on Thursday.", "They met.", None),
    ("They met on Thursday.", "They met a day earlier.", None),
    ("They have fought since August 2024.", "They have fought since August 2024.", "same"),
    ("They have fought since August 2024.", "They have fought since 2024.", "within"),
    ("They have fought since August 2024.", "They have fought since March 2024.", "different"),
    ("They have fought since March.", "They have fought since April 2.", "different"),
    ("They met on Tuesday and on Thursday.", "They met on Thursday and on Friday.", "same"),
    ("They met on April 9-10.", "They met on Thursday.", "within"),
    ("They met last year.", "They met for the ninth time this century.", None),
]


@pytest.mark.parametrize(("a", "b", "outcome"), COMPARED)
def test_compare_times(read_sentence, a, b, outcome):
    left, right = (resolve_times(find_times(read_sentence(text)), FRIDAY) for text in (a, b))
    found, back = compare_times(left, right), compare_times(right, left)
    assert (found[0] if found else None) == outcome
    assert (back[0] if back else None) == outcome


@pytest.mark.parametrize(
    ("a", "b", "outcome"),
    [
        ("They met on April 10.", "They met on April 10.", "same"),
        ("They met on April 10.", "They met on April 12.", "different"),
        ("They met on April 10.", "They met in April.", "within"),
        ("They met on Monday.", "They met on Tuesday.", "different"),
        ("They met on Monday.", "They met on Monday.", "same"),
        ("They met on Monday.", "They met on April 10.", None),
        ("They met in March.", "They met in May.", "different"),
    ],
)
def test_compare_times_by_partials(read_sentence, a, b, outcome):
    found = compare_times(find_times(read_sentence(a)), find_times(read_sentence(b)))
    assert (found[0] if found else None) == outcome


def test_a_resolved_day_is_held_against_an_unresolved_one(read_sentence):
    known = resolve_times(find_times(read_sentence("They met on Thursday.")), FRIDAY)
    for text, outcome in (("They met on April 10.", "same"), ("They met on April 12.", "different")):
        found = compare_times(known, find_times(read_sentence(text)))
        assert found is not None
        assert found[0] == outcome


def test_the_closest_mismatch_is_the_witness():
    def mention(text, first):
        return DateMention(text, 0, 1, "day", relative=False, first=day(first), last=day(first))

    near, far, other = mention("a", "2025-04-09"), mention("b", "2025-03-01"), mention("c", "2025-04-10")
    assert compare_times([far, near], [other]) == ("different", near, other)
    assert compare_times([other], [near, far]) == ("different", other, near)
    assert compare_times([], [other]) is None
