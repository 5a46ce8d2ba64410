"""The statements inside a long sentence, and spans that are whole."""

from __future__ import annotations

import pytest

from detector.facts.clauses import find_clauses
from detector.facts.spans import complete_span


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("The dam broke at noon.", []),
        (
            "The dam broke at noon on Friday, and two villages were flooded by the water.",
            ["The dam broke at noon on Friday", "two villages were flooded by the water"],
        ),
        (
            "The minister said the harbour line will open in the spring.",
            ["the harbour line will open in the spring"],
        ),
        # A clause without a subject of its own, or of a few words only, says nothing alone.
        ("The council met on Friday to discuss the budget for the next year.", []),
        ("The dam broke at noon on Friday and he left.", ["The dam broke at noon on Friday"]),
    ],
)
def test_find_clauses(read_sentence, text, clauses):
    assert [text[start:end] for start, end in find_clauses(read_sentence(text))] == clauses


def test_clauses_are_in_order_and_shorter_than_the_sentence(read_sentence):
    text = (
        "The mayor said the dam is safe because engineers checked it last week, but villagers doubt that it will hold."
    )
    spans = find_clauses(read_sentence(text))
    assert len(spans) >= 2
    assert list(spans) == sorted(set(spans))
    for start, end in spans:
        assert len(text[start:end].split()) >= 4
        assert end - start < len(text)
        assert {text[start], text[end - 1]} & set(" ,.;") == set()


def test_a_clause_keeps_its_quotation_whole(read_sentence):
    text = 'The mayor, who spoke in Lima on Friday, said the old dam by the lake is "as safe as a house" and rejected calls to close it.'
    for start, end in find_clauses(read_sentence(text)):
        assert text[start:end].count('"') % 2 == 0


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("The dam broke at noon.", "broke", "broke"),
        ("The dam broke at noon.", "rok", "broke"),
        ('She built a "wall of the willing" there.', 'built a "wall', 'built a "wall of the willing"'),
        ("She built a “wall of the willing” there.", "built a “wall", "built a “wall of the willing”"),
        ('It is "based" on facts.', '"based', '"based"'),
        ('It is "based" on facts.', 'is "based', 'is "based"'),
        ('It is "based" on facts.', 'based" on', '"based" on'),
        ("The march began on April 29 (UPI) at dawn.", "on April 29 (UPI", "on April 29 (UPI)"),
        ('He said it ended." It', 'it ended."', "it ended."),
        # The other half is too far away: the longer part without the mark stays.
        (
            'He told them "never to come back to this town of ours, whatever may happen" today.',
            'He told them "never',
            "He told them",
        ),
        ("The dam broke, ", "dam broke, ", "dam broke"),
    ],
)
def test_complete_span(text, words, whole):
    start = text.index(words)
    found = complete_span(text, (start, start + len(words)))
    assert text[slice(*found)] == whole
