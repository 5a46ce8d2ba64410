"""A text -> its sentences: lines first, then what the parser finds in each, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from detector.facts.language import load_language

END_MARKS = ".!?:;…\"”’'"
_LINE = re.compile(r"[^\n]+")
# What a page puts between sentences, and a copy of its text keeps: no sentence begins before it and ends behind it.
_FURNITURE = re.compile(
    r"\(?\bHide Caption \d+ of \d+(?: Photos?)?\)?|\bStory [Cc]ontinue[sd] [Bb]elow\b"
    r"|\bADVERTISEMENT\b|\bAdvertisement\b(?=\s+[A-Z“\"]|\s*$)"
    r"|\bImage copyright(?: [A-Z]\w*){1,4}|\b(?:Image|Media) caption\b|\bFILE PHOTO:",
)
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]\.){1,}$|\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its spaCy span, its place in the article, and whether it is a line by itself."""

    span: Any
    start: int
    end: int
    alone: bool
    line: int


def find_sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of each line, in order."""
    lines = [(start, end) for start, end in _find_lines(text) if text[start:end].strip()]
    docs = load_language().pipe((text[start:end] for start, end in lines), batch_size=64)
    for number, ((first, _), doc) in enumerate(zip(lines, docs, strict=True)):
        spans = list(_join_spans(doc))
        for span in spans:
            words = span.text
            left = len(words) - len(words.lstrip())
            start = first + span.start_char + left
            yield Sentence(span, start, start + len(words.strip()), len(spans) == 1, number)


def _find_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a text lie, cut at what the page has put into them."""
    for line in _LINE.finditer(text):
        start = line.start()
        for mark in _FURNITURE.finditer(text, line.start(), line.end()):
            yield start, mark.start()
            start = mark.end()
        yield start, line.end()


def _join_spans(doc: Any) -> Iterator[Any]:
    """Yield the parser's sentences, with those it broke in the middle put together again."""
    spans = [span for span in doc.sents if span.text.strip()]
    at = 0
    while at < len(spans):
        first = last = at
        while last + 1 < len(spans) and _is_broken(doc[spans[first].start : spans[last].end], spans[last + 1]):
            last += 1
        whole = doc[spans[first].start : spans[last].end]
        yield _trim(whole)
        at = last + 1


def _trim(span: Any) -> Any:
    """Drop white-space tokens at both ends, so that offsets begin with a word."""
    start, end = span.start, span.end
    while end - start > 1 and span.doc[start].is_space:
        start += 1
    while end - start > 1 and span.doc[end - 1].is_space:
        end -= 1
    return span.doc[start:end]


def _is_broken(left: Any, right: Any) -> bool:
    """Whether the parser split inside a sentence: no end mark, a lower-case start, or a closing quote alone."""
    text, following = left.text.rstrip(), right.text.strip()
    if not any(char.isalnum() for char in following):
        return True
    if not any(char.isalnum() for char in text):
        return True
    if following[0].islower():
        return True
    ended = text[-1] in END_MARKS
    # "... the U.S. Congress": an abbreviation, not an end, when what is left of it has no verb of its own.
    if _ABBREVIATED.search(text):
        return not any(token.pos_ in ("VERB", "AUX") and token.tag_ not in ("VBG", "TO") for token in left)
    return not ended
