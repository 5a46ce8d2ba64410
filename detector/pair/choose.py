"""Scores of all pairs of a story -> the pairs worth judging: a gate, a budget for the story, a few pairs for every claim."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detector.pair.score import find_best
from detector.pair.terms import Matrix

Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

SAME_WORDS, EDITOR, NEAREST = "same words", "editor's topic", "nearest"
SPEAKERS, TENSION = "two speakers", "ready and hesitant"

_COPY = 0.85  # closeness from which two claims are nearly the same text
_FAR = 0.4  # a nearest claim below this closeness is about something else


def choose_pairs(
    score: Matrix,
    closeness: Matrix,
    crossing: Flags,
    together: Flags | None,
    *,
    gate: float,
    limit: float,
    own: int = 3,
) -> tuple[Places, Places, dict[str, Flags]]:
    """Return the pairs to judge as rows and columns (row < column), and what those are that the scores do not name.

    Of the pairs that pass the gate, those stay that are among the story's best `n * limit / 2`, or among the `own` closest of
    either claim: what the whole story tells takes most of the budget, an aside keeps its partners, and so does a clause of
    a long sentence, which `closeness` sees and `score` does not. (A cap for each claim alone does far worse: the lead of a
    story has many partners, most sentences have none.) An editor's topic brings each of its claims together with the best
    `limit` others, whatever their scores. A claim that is left with no pair takes its nearest.

    Args:
        score: (n, n), symmetric.
        closeness: (n, n), symmetric: the greatest cosine over the views of both.
        crossing: (n, n), True where two claims are of two articles.
        together: (n, n), True where an editor's own topic holds both claims; None where there is no such topic.
        gate: least score.
        limit: pairs a claim, on average over the story.
        own: pairs that each claim keeps, whatever the rest of the story has.
    """
    passed = crossing & (score >= gate)
    kept = _take_best(score, passed, int(len(score) * limit / 2))
    kept |= _take_own(closeness, passed, own)
    stamps = {SAME_WORDS: kept & (closeness >= _COPY)}
    if together is not None:
        stamps[EDITOR] = _take_own(score, crossing & together, int(limit)) & ~kept
        kept |= stamps[EDITOR]
    stamps[NEAREST] = _take_nearest(closeness, crossing, np.flatnonzero(~kept.any(axis=1)))
    kept |= stamps[NEAREST]
    rows, columns = np.nonzero(np.triu(kept, 1))
    return rows, columns, {rule: mask[rows, columns] for rule, mask in stamps.items()}


def _take_best(score: Matrix, allowed: Flags, number: int) -> Flags:
    """Return the allowed pairs with the highest scores, `number` of them, both ways round."""
    rows, columns = np.nonzero(np.triu(allowed, 1))
    if len(rows) > number:
        best = np.argpartition(-score[rows, columns], number)[:number]
        rows, columns = rows[best], columns[best]
    taken = np.zeros_like(allowed)
    taken[rows, columns] = taken[columns, rows] = True
    return taken


def _take_own(score: Matrix, allowed: Flags, number: int) -> Flags:
    """Return for each claim its allowed pairs with the highest scores, `number` of them, both ways round."""
    if number >= len(score):
        return allowed.copy()
    ranked = np.where(allowed, score, np.float32(-np.inf))
    taken = np.zeros_like(allowed)
    np.put_along_axis(taken, find_best(ranked, number), values=True, axis=1)
    taken &= allowed
    return taken | taken.T


def _take_nearest(closeness: Matrix, crossing: Flags, places: Places) -> Flags:
    """Return for the claims at these places the pair with the nearest claim, if that is not far, both ways round."""
    taken = np.zeros_like(crossing)
    if len(places):
        near = np.where(crossing[places], closeness[places], np.float32(-1))
        nearest = near.argmax(axis=1)
        close = near[np.arange(len(places)), nearest] >= _FAR
        taken[places[close], nearest[close]] = True
    return taken | taken.T
