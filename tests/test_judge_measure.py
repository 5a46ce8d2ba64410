"""Names, speakers, times and dates of a pair, and how much of the words it shares."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import make_pair

from detector.judge.batches import measure_pairs
from detector.judge.measure import measure_pair
from detector.progress import stay_silent

SAME_DAY = ("2025-04-10", "2025-04-10")


def measure(a, b, days=SAME_DAY, closeness=0.7):
    return measure_pair(make_pair(a, b, days=days, closeness=closeness))


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("Mayor Lena Ortiz resigned in Lima.", "In Lima, Lena Ortiz has resigned.", "same"),
        ("Britain sent aid to Kenya.", "The U.K. sent aid to Kenya.", "same"),
        ("Lena Ortiz and Juan Delgado spoke in Lima.", "Lena Ortiz and Carl Meyer spoke in Quito.", "shared"),
        ("The meeting in Oslo ended on Friday without a deal.", "The meeting in Bergen ended on Friday without a deal.",
         "replaced"),
        ("The prize went to Tom Hale of Norway.", "The prize went to Carl Meyer of Norway.", "replaced"),
        ("Germany beat Spain.", "Spain beat Germany.", "roles"),
        ("Lena Ortiz opened a school in Lima.", "Shares of Nordline fell in Frankfurt.", "disjoint"),
        ("Lena Ortiz opened a school.", "The school was opened.", None),
    ],
)  # fmt: skip
def test_names(first, second, outcome):
    for a, b in ((first, second), (second, first)):
        found = measure(a, b).names
        assert (found.outcome if found else None) == outcome


def test_a_swapped_name_points_at_the_names():
    a, b = (f"The meeting in {city} ended on Friday without a deal." for city in ("Oslo", "Bergen"))
    found = measure(a, b).names
    assert (a[slice(*found.earlier)], b[slice(*found.later)]) == ("Oslo", "Bergen")


def test_other_words_with_another_name_are_no_swap():
    assert (
        measure("The mill in Oslo burned down.", "Shoppers in Bergen enjoyed the spring sun.").names.outcome
        == "disjoint"
    )


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("Mayor Lena Ortiz said the dam is safe.", "The dam is safe, Ortiz said.", "echo"),
        ("British officials said the plan is vital.", "The U.K. prime minister said the plan is essential.", "needs"),
        ("British officials said the plan is safe.", "The U.K. prime minister said the plan is safe.", "echo"),
        ("Mayor Lena Ortiz said the dam is safe.", "Mayor Ortiz said the fair would open in May.", "same"),
        ("British officials said the plan is vital.", "The U.K. prime minister said the fair would open.", "side"),
        ("Lena Ortiz said the dam is safe.", "Juan Delgado said the dam is safe.", "different"),
        # The last word alone makes no one speaker.
        ("Maria Delgado said the dam is safe.", "Juan Delgado said the dam is safe.", "different"),
        ("British officials said the dam is safe.", "Russian officials said the dam is safe.", "different"),
        ("The foreign minister said the dam is safe.", "The finance minister said the dam is safe.", "different"),
        ("The company denied that it dumped waste.", "The company dumped waste, residents said.", "dispute"),
        ("The company denied that it dumped waste.", "The company dumped waste.", "dispute"),
        # Who says that it is not so contradicts nobody who denies that it is.
        ("The company denied that it dumped waste.", "The company did not dump waste, residents said.", "different"),
        # Nobody disputes with himself.
        ("Lena Ortiz denied that she had quit.", "Lena Ortiz said that she had quit.", "same"),
        ("The dam is safe.", "Juan Delgado said the dam is safe.", None),
    ],
)
def test_speakers(first, second, outcome):
    for a, b in ((first, second), (second, first)):
        found = measure(a, b).speaker
        assert (found.outcome if found else None) == outcome


def test_one_speaker_quoted_two_ways_is_opposite():
    first, second = "Lena Ortiz denied that she had quit.", "Lena Ortiz said that she had quit."
    for a, b in ((first, second), (second, first)):
        assert measure(a, b).polarity.outcome == "opposite"


@pytest.mark.parametrize(
    ("first", "second", "days", "outcome"),
    [
        ("The dam broke.", "The dam broke.", SAME_DAY, "same"),
        ("The dam broke.", "The dam broke.", ("2025-04-10", "2025-04-12"), "later"),
        ("The dam broke.", "The dam has now broken.", ("2025-04-10", "2025-04-12"), "update"),
        ("The dam is still holding.", "The dam broke.", ("2025-04-10", "2025-04-12"), "update"),
        ("The lake covers the road.", "The lake no longer covers the road.", ("2025-04-10", "2025-04-12"), "update"),
        # Each names a day, and a month holds them both: two times all the same.
        (
            "The heat hit 41 towns on Thursday, a record for April.",
            "The heat hit 12 towns on Saturday.",
            ("2025-04-10", "2025-04-12"),
            "later",
        ),
        (
            "Nine fires broke out since the beginning of the month.",
            "This month 12 fires broke out.",
            ("2025-04-10", "2025-04-12"),
            "later",
        ),
        # Two years are two matters, in whatever order they are told.
        ("Exports rose last year.", "In 2019 exports fell.", ("2025-04-10", "2025-04-12"), "apart"),
        # The same time, though printed later.
        ("The dam broke.", "The dam broke on Thursday.", ("2025-04-10", "2025-04-12"), "same"),
        # A missing date is no evidence of simultaneity.
        ("The dam broke.", "The dam broke.", (None, "2025-04-12"), "unknown"),
        ("The dam broke.", "The dam broke.", (None, None), "unknown"),
    ],
)
def test_time(first, second, days, outcome):
    assert measure(first, second, days).time.outcome == outcome


@pytest.mark.parametrize(
    ("first", "second", "closeness", "outcome"),
    [
        ("The vote took place on March 3.", "The vote took place on March 3.", 0.7, "same"),
        ("The vote took place on Thursday.", "The vote took place on April 10.", 0.7, "same"),
        ("The vote took place in March.", "The vote took place on March 5.", 0.7, "within"),
        ("The vote took place on March 3.", "The vote took place on March 5.", 0.7, "different"),
        ("The vote took place on March 3.", "The vote took place on March 5.", 0.1, "different"),
        ("The vote took place on March 3.", "Shares of Nordline fell on March 5.", 0.1, "other"),
        ("The vote took place on March 3.", "The vote was close.", 0.7, None),
    ],
)
def test_dates(first, second, closeness, outcome):
    for a, b in ((first, second), (second, first)):
        found = measure(a, b, closeness=closeness).dates
        assert (found.outcome if found else None) == outcome


def test_dates_point_at_the_days():
    a, b = "The vote took place on March 3.", "On March 5 the vote took place."
    found = measure(a, b).dates
    assert (a[slice(*found.earlier)], b[slice(*found.later)]) == ("March 3", "March 5")


def test_wording_and_shared_run_from_nothing_to_all():
    same = measure("The dam broke at noon.", "The dam broke at noon.")
    assert (same.wording, same.shared) == (1.0, 1.0)
    other = measure("The dam broke at noon.", "Shares of Nordline fell.")
    assert (other.wording, other.shared) == (0.0, 0.0)
    part = measure("The dam broke.", "The dam broke and two villages were flooded by the lake.")
    assert 0.3 < part.wording < 1.0
    assert part.shared == 1.0


def test_shared_looks_at_the_focus():
    pair = make_pair("The dam broke, and shares fell.", "Shares of Nordline rose, and the dam broke.")
    focused = replace(pair, focus=((0, 13), (29, 42)))
    assert measure_pair(focused).shared == 1.0
    assert measure_pair(pair).shared < 1.0


class FixedNli:
    name = "fixed"

    def score(self, pairs):
        return [(0.1, 0.0, 0.9)] * len(pairs)


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("“They're taking on all of us.”", "‘They’re taking on all of us,’", (1.0, 0.0)),
        ("The dam broke at noon", "The Dam broke at noon.", (1.0, 0.0)),
        (
            "Ministers said Simón was a “wannabe king”.",
            "Ministers claimed that Simon was as a 'wannabe king'.",
            (1.0, 0.0),
        ),
        ("Shares fell by 1.2 percent.", "Shares fell by 12 percent.", (0.1, 0.9)),
        ("It cost $5.", "It cost €5.", (0.1, 0.9)),
        ("It was -5 degrees.", "It was 5 degrees.", (0.1, 0.9)),
        ("The bridge was not open.", "The bridge was open.", (0.1, 0.9)),
        ("The bridge isn't open.", "The bridge is open.", (0.1, 0.9)),
        ("Belmar beat Torrin.", "Torrin beat Belmar.", (0.1, 0.9)),
    ],
)
def test_a_sentence_that_both_print_does_not_contradict_itself(first, second, says):
    (measured,) = measure_pairs([make_pair(first, second)], FixedNli(), stay_silent)
    assert (measured.entailment, measured.contradiction) == says


def test_meaning_is_passed_on_or_absent():
    pair = make_pair("The dam broke.", "The dam held.")
    (measured,) = measure_pairs([pair], FixedNli(), stay_silent)
    assert measured.contradiction == 0.9
    assert measured.entailment == 0.1
    assert measure_pair(pair).contradiction is None
    assert measure_pairs([pair], None, stay_silent) == [measure_pair(pair)]


def test_a_pair_that_is_not_put_to_the_model_counts_as_unrelated():
    pair = make_pair("The dam broke.", "The dam burst.")
    (measured,) = measure_pairs([pair], FixedNli(), stay_silent, lambda quick: False)
    assert (measured.entailment, measured.contradiction, measured.prediction) == (0.0, 0.0, (0.0, 0.0, 0.0, 1.0))
