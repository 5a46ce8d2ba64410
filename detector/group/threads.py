"""Topics that run across others: a rare word that three sources use, in claims that the clustering scattered."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.group.clusters import Rows
from detector.group.phrases import Wording
from detector.group.words import COMMON

Matrix = NDArray[np.float32]

_FEWEST = 3  # claims, and sources
_SHARE = 6  # a word in more than one claim in six is the story's own
_HELD = 0.6  # a topic that holds more of the claims than this is the thread already
_COHERENT = 0.5  # the thread's closeness, against that of the topics found


@dataclass(frozen=True, slots=True)
class Thread:
    """A word and the rows of the claims that have it."""

    lemma: str
    rows: Rows


def find_threads(wording: Wording, close: Matrix, topics: Sequence[Rows]) -> list[Thread]:
    """Return the words worth a topic of their own, best first: at most one for each six topics.

    A clustering gives each claim one place, but a claim may speak of the summit and of the backstop. Where a noun that
    is rare in the story is used by three sources in claims that no topic holds together, those claims are a topic too.
    """
    if not topics:
        return []
    usual = float(np.median([_measure_coherence(close, topic) for topic in topics]))
    member = np.zeros((len(close), len(topics)), dtype=bool)
    for number, topic in enumerate(topics):
        member[topic, number] = True
    found: list[tuple[float, str, Rows]] = []
    for lemma, rows, sources in _list_words(wording):
        if int(member[rows].sum(axis=0).max()) > _HELD * len(rows):
            continue
        coherence = _measure_coherence(close, rows)
        if coherence >= _COHERENT * usual:
            found.append((coherence * math.log(len(rows)) * math.log(sources), lemma, rows))
    found.sort(key=lambda item: (-round(item[0], 6), item[1]))
    kept: list[Thread] = []
    for _, lemma, rows in found:
        if len(kept) >= math.ceil(len(topics) / 6):
            break
        if all(len(np.intersect1d(rows, other.rows)) <= _HELD * len(rows) for other in kept):
            kept.append(Thread(lemma, rows))
    return kept


def _list_words(wording: Wording) -> Iterator[tuple[str, Rows, int]]:
    """Yield the nouns that are rare in the story and that several sources use, with their rows and number of sources."""
    users: dict[str, list[int]] = {}
    for row, nouns in enumerate(wording.nouns):
        for noun in nouns:
            users.setdefault(noun, []).append(row)
    for lemma in sorted(wording.heads - COMMON):
        rows = np.array(users.get(lemma, ()), dtype=np.intp)
        sources = len({wording.claims[row].source for row in rows})
        if len(rows) >= _FEWEST and sources >= _FEWEST and len(rows) * _SHARE <= len(wording.claims):
            yield lemma, rows, sources


def _measure_coherence(close: Matrix, rows: Rows) -> float:
    """Return the mean closeness between different rows."""
    count = len(rows)
    if count < 2:
        return 0.0
    part = close[np.ix_(rows, rows)]
    return float((part.sum() - np.trace(part)) / (count * (count - 1)))
