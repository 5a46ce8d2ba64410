"""Dates for articles without one, inferred only from what the story says; and the day that a claim speaks of."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from conftest import make_article, make_claim

from detector.dating import infer_dates
from detector.split import split_claims

OPENED = "Mayor Lena Ortiz opened the new harbour line on March 2."
SINCE = "Mayor Lena Ortiz has praised the crews since she opened the harbour line two weeks ago."


def infer(*articles, near=True):
    """Date the articles of one story whose sentences are all close, or all far apart."""
    claims = split_claims(articles)
    vectors = np.ones((len(claims), 1)) if near else np.eye(len(claims))
    return {article.id: article for article in infer_dates(articles, claims, vectors.astype(np.float32))}


def dated(text=OPENED, day="2025-03-09", name="aa"):
    return make_article(text, source="Alpha", day=day, name=name)


def undated(text, name="bb"):
    return make_article(text, source="Beta", name=name)


def test_own_date_takes_the_year_of_the_story():
    sentence = "Lena Ortiz praised the crews on the harbour line on March 12."
    found = infer(dated(), undated(sentence))["bb"]
    assert (found.published.date(), found.published_basis) == (date(2025, 3, 12), "inferred")
    assert found.published_evidence == f"“{sentence}”"
    assert found.published.utcoffset().total_seconds() == 0


def test_the_year_turns_between_two_reports():
    found = infer(
        dated("The line was opened on January 4.", "2025-01-05"), undated("Ortiz praised the crews on December 30.")
    )
    assert found["bb"].published.date() == date(2024, 12, 30)


def test_the_latest_own_date_counts():
    text = "The vote was on March 3. Lena Ortiz praised the crews on the harbour line on March 12."
    assert infer(dated(), undated(text))["bb"].published.date() == date(2025, 3, 12)


def test_two_weeks_after_what_another_dates():
    found = infer(dated(), undated(SINCE))["bb"]
    assert (found.published.date(), found.published_basis) == (date(2025, 3, 16), "inferred")
    assert found.published_evidence == f"“{SINCE}” and, in Alpha, “{OPENED}”"


def test_one_inferred_date_leads_to_the_next():
    found = infer(
        dated("The harbour line in town is busy.", "2025-03-04", "zz"), undated(OPENED, "aa"), undated(SINCE, "bb")
    )
    assert found["aa"].published.date() == date(2025, 3, 2)
    assert found["bb"].published.date() == date(2025, 3, 16)


@pytest.mark.parametrize(
    "text",
    [
        "Lena Ortiz was born on May 3, 1961.",
        "Lena Ortiz opened the old harbour line on January 20.",  # an old date says when something was
        "The line will carry freight from March 28.",  # a plan says nothing about today
        "The trains of the line were full on Thursday.",
        "The trains of the line were full.",
        "The harbour line opened two weeks ago.",  # no name in common, so perhaps another line
    ],
)
def test_what_dates_nothing(text):
    found = infer(dated(), undated(text))["bb"]
    assert (found.published, found.published_basis, found.published_evidence) == (None, None, None)


def test_two_weeks_ago_needs_the_same_event():
    assert infer(dated(), undated(SINCE), near=False)["bb"].published is None


def test_where_nothing_is_dated_nothing_is_inferred():
    assert all(article.published is None for article in infer(undated(OPENED, "aa"), undated(SINCE, "bb")).values())


def test_a_known_date_stays():
    article = dated("Lena Ortiz praised the crews on March 12.")
    assert infer(article, dated(name="cc"))["aa"] == article


def test_the_order_of_the_articles_does_not_matter():
    articles = [
        dated("The harbour line in town is busy.", "2025-03-04", "zz"),
        undated(OPENED, "aa"),
        undated(SINCE, "bb"),
    ]
    assert infer(*articles) == infer(*reversed(articles))


@pytest.mark.parametrize(
    ("text", "day", "as_of"),
    [
        ("The dam broke on Thursday.", "2025-04-12", date(2025, 4, 10)),
        ("The dam broke on March 2.", "2025-04-12", date(2025, 3, 2)),
        ("The dam broke.", "2025-04-12", date(2025, 4, 12)),
        ("The dam broke.", None, None),
        # A plan is news of its own day; two days are no one day.
        ("The council will vote on April 20.", "2025-04-12", date(2025, 4, 12)),
        ("The vote moved from April 3 to April 7.", "2025-04-12", date(2025, 4, 12)),
    ],
)
def test_the_day_that_a_claim_speaks_of(text, day, as_of):
    assert make_claim(text, day=day).as_of == as_of
