from datetime import UTC, datetime, timedelta, timezone

import pytest

from detector.read.datelines import read_dateline
from detector.read.dates import complete_day, is_date, parse_date
from detector.read.stamps import read_stamp


def at(year, month, day, hour=0, minute=0, offset=0.0):
    return datetime(year, month, day, hour, minute, tzinfo=timezone(timedelta(hours=offset)) if offset else UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-04-11", at(2025, 4, 11)),
        ("20250411", at(2025, 4, 11)),
        ("2025/04/11 10:11", at(2025, 4, 11, 10, 11)),
        ("2025-04-11T14:05:00Z", at(2025, 4, 11, 14, 5)),
        ("2025-04-11 14:05:00+03:00", at(2025, 4, 11, 14, 5, 3)),
        ("Fri, 11 Apr 2025 14:05:00 +0000", at(2025, 4, 11, 14, 5)),
        ("Apr. 11, 2025", at(2025, 4, 11)),
        ("11th of April 2025", at(2025, 4, 11)),
        ("Sept 3, 2025", at(2025, 9, 3)),
        ("May 3, 2025", at(2025, 5, 3)),
        ("11 April 2025 14:05 GMT", at(2025, 4, 11, 14, 5)),
        ("11 April 2025\xa014.05 BST", at(2025, 4, 11, 14, 5, 1)),
        ("April 11, 2025 10:30 EEST (UTC+3)", at(2025, 4, 11, 10, 30, 3)),
        ("April 11, 2025 7:35 PM GMT+5:30", at(2025, 4, 11, 19, 35, 5.5)),
        ("11:05 a.m. EDT, Fri April 11, 2025", at(2025, 4, 11, 11, 5, -4)),
        ("April 11, 2025 1405 GMT", at(2025, 4, 11, 14, 5)),
        # ET is EDT in April and EST in January.
        ("April 11, 2025 at 7 p.m. ET", at(2025, 4, 11, 19, 0, -4)),
        ("January 11, 2025 at 7 p.m. ET", at(2025, 1, 11, 19, 0, -5)),
        # A zone that is unknown or stands for several: the day holds, the hour does not.
        ("April 11, 2025 10:30 AM IST", at(2025, 4, 11)),
        ("April 11, 2025 10:30 XYT", at(2025, 4, 11)),
        ("25/04/2025", at(2025, 4, 25)),
        ("04/25/2025", at(2025, 4, 25)),
        ("04/04/2025", at(2025, 4, 4)),
        ("11.04.2025 09:30", at(2025, 4, 11, 9, 30)),
    ],
)
def test_a_full_date_is_parsed(text, expected):
    parsed = parse_date(text)

    assert parsed == expected
    assert parsed.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "May",
        "Mon",
        "Second",
        "12",
        "2025",
        "1744300000",
        "20251399",
        "April 2025",
        "11 April",
        "April 11, 25",
        "03/04/2025",
        "2024-02-30",
        "31 February 2025",
        "yesterday",
        "now",
        "2 hours ago",
        "9999-12-31",
        "May we go",
    ],
)
def test_anything_else_is_no_date(text):
    assert parse_date(text) is None


def test_an_ambiguous_date_has_the_form_of_a_date():
    assert is_date("03/04/2025")
    assert not is_date("3 April")


@pytest.mark.parametrize(
    ("line", "when", "label"),
    [
        ("Apr 11, 2025", at(2025, 4, 11), ""),
        ("Published: 11 April 2025 14:05 GMT", at(2025, 4, 11, 14, 5), "published"),
        ("First published on Fri 11 Apr 2025 14.05 BST", at(2025, 4, 11, 14, 5, 1), "published"),
        ("Updated 6:34 PM EDT, Thu April 10, 2025", at(2025, 4, 10, 18, 34, -4), "updated"),
        (
            "PUBLISHED: 14:05 GMT, 11 April 2025 | UPDATED: 16:20 GMT, 11 April 2025",
            at(2025, 4, 11, 14, 5),
            "published",
        ),
        ("April 11, 2025, 10:05 AM UTC / Updated April 12, 2025", at(2025, 4, 11, 10, 5), ""),
        ("April 11, 20257:35 PM GMT+2Updated 3 hours ago", at(2025, 4, 11, 19, 35, 2), ""),
        ("*Dated 3 March 2025*", at(2025, 3, 3), "published"),
        ("Brussels, 11 April 2025", at(2025, 4, 11), ""),
        ("By Jane Doe | Apr 11, 2025 | 5 min read", at(2025, 4, 11), ""),
        ("Reuters • April 11, 2025", at(2025, 4, 11), ""),
        ("Updated 2 hours ago", None, "updated"),
        ("Issued on: 03/04/2025 - 14:05", None, "published"),
        ("April 2025", None, ""),
    ],
)
def test_a_line_that_only_dates_the_text(line, when, label):
    stamp = read_stamp(line)

    assert stamp is not None
    assert (stamp.when, stamp.label) == (when, label)


@pytest.mark.parametrize(
    "line",
    [
        "May",
        "Mon",
        "2025",
        "12",
        "In 2025",
        "May 2025 was hot",
        "March on Rome",
        "Update: Kyiv hit again",
        "The 3 March 2025 deal",
        "Updated plans for Ukraine",
        "Talks began on April 11, 2025",
        "Sun, 3",
    ],
)
def test_a_line_with_words_is_no_date_line(line):
    assert read_stamp(line) is None


@pytest.mark.parametrize(
    ("day", "hints", "expected"),
    [
        ("April 3, 2024", [], at(2024, 4, 3)),
        ("March 3", [], None),
        ("March 3", ["001_18bda291530f8a17", "chapter 12"], None),
        ("March 3", ["April 2025"], at(2025, 3, 3)),
        ("3 March", ["", "kyiv-2025"], at(2025, 3, 3)),
        ("April 3", ["https://news.example/2025/04/04/story-1999"], at(2025, 4, 3)),
        ("April 3", ["from-1999-to-2025"], None),
        ("April 3", ["20250403_kyiv"], at(2025, 4, 3)),
        # The year that brings the two dates closest.
        ("December 31", ["2025-01-02"], at(2024, 12, 31)),
        ("January 1", ["31 December 2024"], at(2025, 1, 1)),
        ("February 29", ["2025"], None),
    ],
)
def test_a_day_takes_its_year_from_a_hint_or_stays_unknown(day, hints, expected):
    assert complete_day(day, hints) == expected


@pytest.mark.parametrize(
    ("line", "text", "day", "agency"),
    [
        ("LONDON (Reuters) - Britain said", "LONDON (Reuters) -", None, "Reuters"),
        ("Brussels [Belgium], April 11: Ministers met", "Brussels [Belgium], April 11:", "April 11", None),
        ("New Delhi [India], April 11 (ANI): The", "New Delhi [India], April 11 (ANI):", "April 11", "ANI"),
        ("KYIV, March 3 (Reuters) — The", "KYIV, March 3 (Reuters) —", "March 3", "Reuters"),
        ("KYIV, Ukraine (AP) — The", "KYIV, Ukraine (AP) —", None, "AP"),
        ("WASHINGTON, D.C. (AP) — The", "WASHINGTON, D.C. (AP) —", None, "AP"),
        ("PARIS, April 3, 2025 (AFP) – The", "PARIS, April 3, 2025 (AFP) –", "April 3, 2025", "AFP"),
        ("MOSCOW, April 11. /TASS/. Russia", "MOSCOW, April 11. /TASS/.", "April 11", "TASS"),
        ("New Delhi, April 11 (IANS) The", "New Delhi, April 11 (IANS)", "April 11", "IANS"),
        ("GENEVA (25 March 2025) – Experts", "GENEVA (25 March 2025) –", "25 March 2025", None),
        ("April 11 (UPI) -- The", "April 11 (UPI) --", "April 11", "UPI"),
        ("London CNN — The", "London CNN —", None, "CNN"),
        ("ŁÓDŹ, May 4 (PAP) - The", "ŁÓDŹ, May 4 (PAP) -", "May 4", "PAP"),
    ],
)
def test_a_dateline_opens_a_report(line, text, day, agency):
    dateline = read_dateline(line)

    assert dateline is not None
    assert (dateline.text, dateline.day, dateline.agency) == (text, day, agency)


@pytest.mark.parametrize(
    "line",
    [
        "Kyiv — the city",
        "RIYADH: The",
        "On March 3 - a Monday - it rained",
        "Plan March 3: what is next",
        "March 3 - the day",
        "PARIS (France) — The",
        "The Associated Press (AP) — an agency",
        "Kyiv May Fall: ten days",
    ],
)
def test_no_dateline(line):
    assert read_dateline(line) is None
