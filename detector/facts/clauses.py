"""The statements inside a long sentence: its clauses with a subject and a finite verb of their own."""

from __future__ import annotations

from typing import Any

from detector.facts.spans import complete_span
from detector.facts.speech import is_speech_verb
from detector.records import Span

_CLAUSES = {"advcl", "ccomp", "conj", "relcl", "parataxis", "acl"}
_FINITE = {"VBD", "VBP", "VBZ", "MD"}
_SHORTEST = 5  # words
_LONGEST = 0.85  # a clause that is nearly the whole sentence says nothing new


def find_clauses(sentence: Any) -> tuple[Span, ...]:
    """Return the clauses of a spaCy sentence as offsets from its start, in order; none for a simple sentence.

    The main clause is what stands before or after the longest of them, if that can stand alone.
    """
    length = len(sentence)
    found: list[Span] = []
    for token in sentence:
        if token.dep_ not in _CLAUSES or token.pos_ not in ("VERB", "AUX") or not _has_subject(token):
            continue
        words = [t for t in token.subtree if sentence.start <= t.i < sentence.end]
        if words and words[-1].i - words[0].i + 1 == len(words):
            found += _cut(sentence, words[0].i, words[-1].i + 1, length)
    root = sentence.root
    first = [child for child in root.children if child.dep_ in _CLAUSES and _has_subject(child) and child.i > root.i]
    if first and not is_speech_verb(root):
        found += _cut(sentence, sentence.start, min(child.left_edge.i for child in first), length)
    return tuple(sorted(set(found)))


def _has_subject(token: Any) -> bool:
    """Whether the verb is finite, by itself or its auxiliary, and has a subject."""
    children = list(token.children)
    finite = token.tag_ in _FINITE or any(
        child.dep_ in ("aux", "auxpass") and child.tag_ in _FINITE for child in children
    )
    return finite and any(child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for child in children)


def _cut(sentence: Any, start: int, end: int, length: int) -> list[Span]:
    """Return the words from start to end as a span without marks and conjunctions at its edges, or nothing."""
    doc = sentence.doc
    while start < end and (doc[start].is_punct or doc[start].dep_ in ("mark", "cc") or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].dep_ in ("mark", "cc") or doc[end - 1].is_space):
        end -= 1
    if not _SHORTEST <= end - start <= _LONGEST * length:
        return []
    base = sentence.start_char
    return [complete_span(sentence.text, (doc[start].idx - base, doc[end - 1].idx + len(doc[end - 1].text) - base))]
