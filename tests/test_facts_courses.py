"""The stages of the usual courses of news: which are reached, and which are only spoken of."""

from __future__ import annotations

import pytest

from detector.facts.courses import find_stages


def read(text):
    """Return the words of the furthest stage of each course, with whether it is reached."""
    return {(text[slice(*span)].lower(), reached >= 0) for reached, _, span in find_stages(text).values()}


@pytest.mark.parametrize(
    ("text", "words", "is_reached"),
    [
        ("The jury found Mara Venn guilty on Monday.", "found mara venn guilty", True),
        ("Mara Venn could be sentenced to life.", "sentenced", False),
        ("The walkout was called off late on Sunday.", "called off", True),
        ("The walkout was not called off.", "called off", False),
        ("The port wasn't reopened on Monday.", "reopened", False),
        ("Villagers fear the climbers have died.", "died", False),
        ("The captain is still missing.", "missing", True),
        ("They kept a signed copy.", "signed", False),
    ],
)
def test_a_stage_is_reached_or_only_spoken_of(text, words, is_reached):
    assert (words, is_reached) in read(text)


def test_a_later_stage_has_the_greater_number():
    before, after = (
        find_stages("The trial opened; he is on trial for fraud."),
        find_stages("He was sentenced for fraud."),
    )
    assert any(after[course][0] > before[course][0] >= 0 for course in before.keys() & after.keys())


def test_a_sentence_without_a_stage_has_none():
    assert find_stages("The lake is blue.") == {}
