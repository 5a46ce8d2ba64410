"""Whether two claims say the same apart from a value: the value of one is put into the other, and the model asked again.

A cross-encoder sees two numbers, dates or names as unlike and says "neutral", whether they stand in the same statement or in two. With
the value made equal, what follows from what tells the two apart: "12 people died in the fire" and "the fire killed [12] people" are one
statement, "12 people died" and "[12] people were rescued" are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detector.judge.nli import Nli, Texts
from detector.judge.spans import find_clause
from detector.records import Pair, Signals, Span

_DIFFERENT = {
    "figures": ("different", "apart", "near", "scope"),
    "dates": ("different",),
    "names": ("replaced", "swapped"),
}


def add_rest(pairs: Sequence[Pair], signals: Sequence[Signals], nli: Nli) -> list[Signals]:
    """Measure `rest` where a value differs: the greatest probability that, with it made equal, one claim follows from the other.

    Args:
        pairs: n pairs.
        signals: what was measured of each so far.
        nli: the model.

    Returns:
        n signals in the same order; those of pairs in which no value differs are as they were.
    """
    asked = [list_equalised(pair, measured) for pair, measured in zip(pairs, signals, strict=True)]
    if not any(asked):
        return list(signals)
    scores = iter(nli.score([texts for own in asked for texts in own]))
    return [
        replace(measured, rest=round(max(next(scores)[0] for _ in own), 4)) if own else measured
        for measured, own in zip(signals, asked, strict=True)
    ]


def list_equalised(pair: Pair, signals: Signals) -> Texts:
    """Return the (premise, hypothesis) texts in which the values that differ are made equal; empty where no value differs.

    Each claim as it stands is the premise for the other's shortest clause that holds a differing value, and the two clauses stand
    against each other in both directions: a sentence seldom says all that another does, a clause often does.
    """
    spans = _find_values(signals)
    if not spans:
        return []
    a, b = pair.earlier, pair.later
    left, right = [first for first, _ in spans], [second for _, second in spans]
    instead = [a.text[start:end] for start, end in left]
    whole_a, whole_b = a.text, _put(b.text, right, instead)
    clause_a = a.text[slice(*find_clause(a, left[0]))]
    start, end = find_clause(b, right[0])
    inside = [(span, text) for span, text in zip(right, instead, strict=True) if start <= span[0] and span[1] <= end]
    clause_b = _put(b.text[start:end], [(s - start, e - start) for (s, e), _ in inside], [text for _, text in inside])
    return [(whole_a, clause_b), (whole_b, clause_a), (clause_a, clause_b), (clause_b, clause_a)]


def _find_values(signals: Signals) -> list[tuple[Span, Span]]:
    """Return where the values stand that differ, those of one kind after the other, none inside another."""
    found: list[tuple[Span, Span]] = []
    for name, outcomes in _DIFFERENT.items():
        contrast = getattr(signals, name)
        if contrast is None or contrast.outcome not in outcomes or not (contrast.earlier and contrast.later):
            continue
        if not any(_overlap(contrast.earlier, x) or _overlap(contrast.later, y) for x, y in found):
            found.append((contrast.earlier, contrast.later))
    return found


def _overlap(x: Span, y: Span) -> bool:
    return x[0] < y[1] and y[0] < x[1]


def _put(text: str, spans: Sequence[Span], instead: Sequence[str]) -> str:
    """Return the text with other words in place of the spans."""
    for (start, end), words in sorted(zip(spans, instead, strict=True), reverse=True):
        text = text[:start] + words + text[end:]
    return text
