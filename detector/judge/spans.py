"""Words to mark: the runs that differ, and spans that touch made one."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from detector.records import Claim, Span

_TOKEN = re.compile(r"\w[\w'’.,-]*\w|\w")


def find_changed_words(a: str, b: str) -> tuple[list[Span], list[Span]]:
    """Return the runs of words that differ between two similar texts, as offsets into each."""
    left, right = list(_TOKEN.finditer(a)), list(_TOKEN.finditer(b))
    matcher = SequenceMatcher(
        None, [m.group().lower() for m in left], [m.group().lower() for m in right], autojunk=False
    )
    spans: tuple[list[Span], list[Span]] = ([], [])
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if i2 > i1:
            spans[0].append((left[i1].start(), left[i2 - 1].end()))
        if j2 > j1:
            spans[1].append((right[j1].start(), right[j2 - 1].end()))
    return spans


def merge_spans(spans: list[Span]) -> tuple[Span, ...]:
    """Sort spans and join those that overlap."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def find_clause(claim: Claim, span: Span) -> Span:
    """Return the shortest clause of a claim that holds a span, else the whole text."""
    holding = [(start, end) for start, end in claim.facts.clauses if start <= span[0] and span[1] <= end]
    return min(holding, key=lambda clause: clause[1] - clause[0], default=(0, len(claim.text)))
