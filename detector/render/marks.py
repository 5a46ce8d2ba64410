"""Sentences cut into plain and marked runs, and long texts cut short. Knows nothing of any output format."""

from __future__ import annotations

import re
from collections.abc import Iterable

from detector.records import Span

Run = tuple[str, bool]
"""A stretch of text, and whether it is marked."""


def join_spans(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, inside the text, without overlaps, and without blanks at their ends."""
    joined: list[Span] = []
    inside = ((max(0, start), min(len(text), end)) for start, end in spans)
    for start, end in sorted(trimmed for span in inside if (trimmed := _trim(text, span))[0] < trimmed[1]):
        # Two spans with only blanks between them read as one.
        if joined and (start <= joined[-1][1] or not text[joined[-1][1] : start].strip()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def cut_runs(text: str, spans: Iterable[Span]) -> tuple[Run, ...]:
    """Cut `text` at `spans` (character offsets). Runs joined give back the text, with each blank stretch one space."""
    runs: list[Run] = []
    place = 0
    for start, end in join_spans(text, spans):
        runs += [(text[place:start], False), (text[start:end], True)]
        place = end
    runs.append((text[place:], False))
    return tuple((re.sub(r"\s+", " ", part), marked) for part, marked in runs if part)


def clip_text(text: str, limit: int) -> str:
    """Return `text` on one line, cut at a word with "…" where it is longer than `limit` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1].rsplit(" ", 1)[0] if " " in line[: limit - 1] else line[: limit - 1]
    return cut.rstrip(" ,;:.–—-") + "…"


def _trim(text: str, span: Span) -> Span:
    part = text[span[0] : span[1]]
    return span[0] + len(part) - len(part.lstrip()), span[1] - len(part) + len(part.rstrip())
