"""Who says it, and how."""

from __future__ import annotations

import pytest

from detector.facts.speech import find_speech

CASES = [
    ("Healey said 30 countries were represented at the gathering.", "Healey", "states"),
    ('"We will not give in," the union leader said.', "union leader", "states"),
    ("U.K. officials insist that the plan is vital, the Globe reported.", "U.K. officials", "states"),
    ("Ukraine denies claims that its forces are encircled.", "Ukraine", "denies"),
    ("The company denied that it had dumped waste.", "company", "denies"),
    ("The chief said he never denied knowledge of the leaks.", "chief", "states"),
    ("The minister did not deny that the bridge was unsafe.", None, "states"),
    ("Mayor Lena Ortiz rejected the allegation of fraud.", "Mayor Lena Ortiz", "denies"),
    ("Analysts doubt that the bank will survive.", "Analysts", "doubts"),
    ("Four people died, according to the fire department.", "fire department", "states"),
    ("The minister took a harder line, saying the tax would stay.", "minister", "states"),
    ('"It was a mistake," Defence Secretary Tom Hale, addressing the members.', "Defence Secretary Tom Hale", "states"),
    ("The suspect reportedly fled across the border.", None, "reports"),
    ("The bridge collapsed at dawn.", None, "states"),
    ("The council rejected the budget.", None, "states"),
    ("LIMA, Peru — The country's leader, Lena Ortiz, announced early Saturday that the port would close.", "country's leader",
     "states"),
    ("LIMA (Reuters) - President Lena Ortiz said on Thursday her lawyer was paid from the fund.", "President Lena Ortiz", "states"),
    ("Ortiz stressed that this was a personal payment and disputed any suggestion that it was a gift.", "Ortiz", "denies"),
    ("Novak said Ortiz’s statement strongly suggests the payment was a gift.", "Novak", "states"),
    ("The letter suggests that the payment was a gift.", "letter", "reports"),
    ("Contradicting past claims that he knew nothing about the payment, Hale said such deals “are very common.”", "Hale", "states"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "stance"), CASES)
def test_find_speech(read_sentence, text, speaker, stance):
    found = find_speech(read_sentence(text))
    assert (found.speaker, found.stance) == (speaker, stance)


def test_words_inside_a_quote_are_no_attribution(read_sentence):
    found = find_speech(
        read_sentence('"It will bring what President Novak has pledged," Foreign Minister Ida Holm said.')
    )
    assert found.speaker == "Foreign Minister Ida Holm"


def test_pronoun_is_marked(read_sentence):
    assert find_speech(read_sentence('"It is over," she said.')).pronoun
