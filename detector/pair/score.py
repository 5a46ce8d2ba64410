"""How likely two claims are to tell of one thing: one score for every two claims of a story, and what it rests on.

A weighted sum of signals, and a second look. The signals compare the two sentences. The second look asks how close the claims
that are closest to the one are to the other: where many outlets tell of one event, two sentences that share few words are
both close to a third. (After the shared nearest neighbours of Jarvis and Patrick 1973, with degrees in place of counts.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from detector.pair.terms import TERMS, Matrix

Rows = NDArray[np.intp]

# Fitted on one half of the ECB+ topics: python tests/bench/fit_pairs.py DATA. Two are raised by hand, for less than a point of
# recall there: names (the fit says 0.6, for their words count once already) and counted things (the fit says -0.8: two
# sentences that count one thing tell more often of two events than of one, but a conflict of numbers is made of nothing else).
WEIGHTS: Mapping[str, float] = {
    "close": 4.4,
    "rare words": 2.7,
    "rare name": 1.0,
    "same thing counted": 2.0,
    "same figure": 1.8,
    "same time": 1.7,
    "same action": 1.0,
}
"""What one unit of each signal adds to the score of a pair, in log-odds, by the rule that it makes."""
SECOND_LOOK = "same neighbours"
_BASE = -6.0  # two below the fit: the second look then sees fewer neighbours, and sees them better
_DIRECT, _SECOND = 0.33, 3.0
_GATE = 0.5  # brings 98 of 100 labelled pairs of that half to a score of 0.5 or more

# What each signal is in a pair drawn at random.
_USUAL: Mapping[str, float] = {**dict.fromkeys(WEIGHTS, 0.0), "close": 0.3, "rare words": 0.2, "rare name": 0.07}

# The same for the direct sum alone, where no story is at hand to fit it to: of the labelled pairs of tests/data/relations.jsonl
# it lets 98 of 100 conflicts through and 93 of 100 agreements.
_GATE_ALONE = 3.0
_FEW = 20  # in a story of so many claims the second look has half its say

_NEIGHBOURS = 10
_LENGTH = 0.5  # added to a row's length: a claim whose neighbours are all far keeps a small second look
_BLOCK = 256  # rows of claims worked on at once


def score_pairs(direct: Matrix) -> Matrix:
    """Return an (n, n) matrix of scores from 0 to 1, where 0.5 is the default gate.

    Args:
        direct: (n, n), from `sum_signals`.
    """
    score = look_again(direct)
    on_direct, on_second, gate = _mix(len(direct))
    score *= np.float32(on_second)
    score += direct * np.float32(on_direct)
    score += np.float32(gate)
    return squash(score)


def _mix(n: int) -> tuple[float, float, float]:
    """Return what the direct sum and the second look count in a story of n claims, and what brings a pair at the gate to 0.

    A story of a few claims has no neighbours to look at: there the direct sum stands alone.
    """
    trust = n / (n + _FEW)
    return 1 + (_DIRECT - 1) * trust, _SECOND * trust, _GATE_ALONE + (_GATE - _GATE_ALONE) * trust


def sum_signals(closeness: Matrix, terms: Sequence[csr_matrix]) -> Matrix:
    """Return the (n, n) weighted sums of the signals, in log-odds."""
    total: Matrix = closeness * np.float32(WEIGHTS["close"]) + np.float32(_BASE)
    turned = [matrix.T.tocsr() for matrix in terms]
    for start in range(0, len(total), _BLOCK):
        block = slice(start, start + _BLOCK)
        for rule, matrix, columns in zip(TERMS, terms, turned, strict=True):
            shared = matrix[block] @ columns
            shared.data = np.log1p(shared.data) * np.float32(WEIGHTS[rule])
            total[block] += shared.toarray()
    return total


def measure_signals(closeness: Matrix, terms: Sequence[csr_matrix], rows: Rows, columns: Rows) -> Matrix:
    """Return (m, signals): each signal, in the order of WEIGHTS, of the pairs (rows[k], columns[k])."""
    shared = [np.asarray(matrix[rows].multiply(matrix[columns]).sum(axis=1)).ravel() for matrix in terms]
    return np.stack([closeness[rows, columns], *map(np.log1p, shared)], axis=1).astype(np.float32)


def look_again(direct: Matrix) -> Matrix:
    """Return (n, n): how close each claim's closest claims are to the other claim, the mean of both ways round."""
    near = squash(direct)
    np.fill_diagonal(near, 0.0)
    n = len(near)
    few = min(_NEIGHBOURS, n - 1)
    closest = find_best(near, few)
    degree = np.take_along_axis(near, closest, axis=1)
    degree /= np.linalg.norm(degree, axis=1, keepdims=True) + np.float32(_LENGTH)
    ends = np.arange(n + 1) * few
    seen: Matrix = csr_matrix((degree.ravel(), closest.ravel(), ends), shape=(n, n)) @ near
    del near, closest, degree  # matrices of this size are what a long story costs
    seen += seen.T
    seen *= np.float32(0.5)
    return seen


def find_best(matrix: Matrix, number: int) -> Rows:
    """Return (n, number): the places of each row's greatest values, in no order; `number` is less than a row's length."""
    best = np.zeros((len(matrix), number), dtype=np.intp)
    for start in range(0, len(matrix), _BLOCK):
        block = slice(start, start + _BLOCK)
        best[block] = np.argpartition(-matrix[block], number, axis=1)[:, :number]
    return best


def squash(x: Matrix) -> Matrix:
    """Return the logistic function of a matrix."""
    squashed: Matrix = np.negative(x)
    np.exp(squashed, out=squashed)
    squashed += 1
    np.reciprocal(squashed, out=squashed)
    return squashed


def find_reasons(
    closeness: Matrix, terms: Sequence[csr_matrix], direct: Matrix, rows: Rows, columns: Rows
) -> list[str]:
    """Return the rule of each pair (rows[k], columns[k]): the signal that lifts it furthest above a pair drawn at random.

    A pair that its signals alone would not have brought through the gate owes it to its neighbours.
    """
    usual = np.array([_USUAL[rule] for rule in WEIGHTS], np.float32)
    weights = np.array(list(WEIGHTS.values()), np.float32)
    best = ((measure_signals(closeness, terms, rows, columns) - usual) * weights).argmax(axis=1)
    best[direct[rows, columns] < -_GATE_ALONE] = len(WEIGHTS)
    return [(*WEIGHTS, SECOND_LOOK)[place] for place in best.tolist()]
