"""What tells that an earlier report was wrong, and what only sounds like it."""

from __future__ import annotations

import pytest

from detector.judge.corrections import is_provisional, tells_correction, tells_movement


@pytest.mark.parametrize(
    "text",
    [
        "The ministry revised the toll down to nine on Tuesday.",
        "Police corrected the number of injured to 14.",
        "The agency issued a correction late on Monday.",
        "Two patients had been wrongly counted twice, the clinic said.",
        "The figure given on Sunday was wrong, the mayor admitted.",
        "Contrary to earlier reports, the bridge was open.",
        "The company, which initially said that no data was lost, spoke of a leak.",
        "The paper retracted its story on the minister.",
        "The driver was 41 and not 14, as first reported.",
        "The election office amended its result for the district.",
    ],
)
def test_corrections(text):
    assert tells_correction(text)


@pytest.mark.parametrize(
    "text",
    [
        "The president signed a revised travel ban.",
        "He revised that order and took one country from the list.",
        "The department was blamed for revising the original order.",
        "They believe that no woman would lie or be mistaken in alleging it.",
        "The senator was wrong to trust him, his rival said.",
        "An amended complaint was filed in the federal court.",
        "The officer works for the department of corrections.",
        "He was wrongly convicted of murder in 1994.",
        "An earlier version of the bill passed the lower house.",
        "Fifteen people are dead, the governor said.",
    ],
)
def test_what_only_sounds_like_one(text):
    assert not tells_correction(text)


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("The number of cases has risen to 40.", True),
        ("The find brings the number of dead to five.", True),
        ("The rail line is no longer blocked.", True),
        ("There were 40 cases.", False),
        ("The dam broke.", False),
    ],
)
def test_what_tells_that_something_has_moved(text, moved):
    assert tells_movement(text) is moved


@pytest.mark.parametrize(
    ("text", "provisional"),
    [
        ("The road is still closed.", True),
        ("The road is closed until further notice.", True),
        ("With half of the votes counted, the mayor was ahead.", True),
        ("The road is closed.", False),
        ("The first car drove across at noon.", False),
    ],
)
def test_what_holds_for_now(text, provisional):
    assert is_provisional(text) is provisional
