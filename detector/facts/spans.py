"""Spans made whole, so that nothing stops inside a word, a quotation or a bracket."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detector.records import Span

_PARTNERS = {"“": "”", "(": ")", "[": "]", '"': '"'}
_MARKS = re.compile(r"[“”()\[\]\"]")
_EDGES = " ,;:"
_OTHER_HALF = 40  # characters within which a mark's other half still belongs to the phrase


def complete_span(text: str, span: Span) -> Span:
    """Return a span of whole words that holds both or neither of each pair of quotation marks and brackets."""
    start, end = span
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    pairs = list(_pair_marks(text))
    for first, last in pairs:
        if start <= first < end <= last:
            if last + 1 - end <= _OTHER_HALF:
                end = last + 1
            else:
                start, end = max((start, first), (first + 1, end), key=lambda part: part[1] - part[0])
        elif first < start <= last < end:
            if start - first <= _OTHER_HALF:
                start = first
            else:
                start, end = max((start, last), (last + 1, end), key=lambda part: part[1] - part[0])
    paired = {place for pair in pairs for place in pair}
    while start < end and (text[start] in _EDGES or (_MARKS.match(text[start]) and start not in paired)):
        start += 1
    while end > start and (text[end - 1] in _EDGES or (_MARKS.match(text[end - 1]) and end - 1 not in paired)):
        end -= 1
    return (start, end) if start < end else span


def _pair_marks(text: str) -> Iterator[Span]:
    """Yield where quotations and brackets open and close; a straight mark opens before a word and closes behind one."""
    opened: dict[str, int] = {}
    for match in _MARKS.finditer(text):
        mark, place = match.group(), match.start()
        if mark == '"':
            free_left = place == 0 or text[place - 1].isspace() or text[place - 1] in "([—–-"
            free_right = place + 1 == len(text) or text[place + 1].isspace()
            opens = free_left if free_left != free_right else mark not in opened
        else:
            opens = mark in _PARTNERS
        if opens:
            opened[_PARTNERS[mark]] = place
        elif mark in opened:
            yield opened.pop(mark), place
