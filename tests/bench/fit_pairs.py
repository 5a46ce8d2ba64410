"""Fit the weights in `detector/pair/score.py` to half of the ECB+ topics. Usage: python tests/bench/fit_pairs.py DATA

DATA holds news/ecbplus, which is not part of the project. A labelled pair of sentences on one event counts for, random
pairs of two articles count against; every topic counts the same. Prints the constants; nothing is written.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ecb import EcbStory, load_stories
from numpy.typing import NDArray
from samples import is_first_half
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from detector.pair import measure_closeness
from detector.pair.score import SECOND_LOOK, WEIGHTS, look_again, measure_signals, sum_signals
from detector.pair.terms import weigh_terms

Matrix = NDArray[np.float32]
DRAWN = 6000


@dataclass(frozen=True, slots=True)
class Sample:
    """One topic's claims, the labelled pairs on one event, and pairs drawn from all."""

    closeness: Matrix
    terms: tuple[csr_matrix, ...]
    same: NDArray[np.intp]
    drawn: NDArray[np.intp]


def draw_sample(story: EcbStory) -> Sample:
    """Return what the weights are fitted to; pairs are (2, m) places among the claims that are used."""
    place = {int(row): i for i, row in enumerate(story.used)}
    claims = [story.claims[row] for row in story.used]
    closeness = measure_closeness(story.views, story.sizes)[0][np.ix_(story.used, story.used)]
    same = sorted(
        {
            (place[i], place[j])
            for pair in story.labelled
            if pair.same and pair.chains
            for i in pair.left[:1]
            for j in pair.right[:1]
            if i in place and j in place
        }
    )
    crossing = np.argwhere(story.crossing[np.ix_(story.used, story.used)])
    some = np.random.default_rng(0).permutation(len(crossing))[:DRAWN]
    return Sample(closeness, weigh_terms(claims), np.array(same, np.intp).reshape(-1, 2).T, crossing[some].T)


def fit(parts: Sequence[tuple[Matrix, Matrix]]) -> tuple[NDArray[np.float64], float]:
    """Return (coefficients, intercept) for (signals of the pairs on one event, signals of the drawn pairs) of each topic."""
    rows = np.concatenate([matrix for pair in parts for matrix in pair])
    truth = np.concatenate(
        [np.full(len(matrix), side) for pair in parts for side, matrix in zip((1, 0), pair, strict=True)]
    )
    share = np.concatenate([np.full(len(matrix), 1 / max(1, len(matrix))) for pair in parts for matrix in pair])
    spread = rows.std(axis=0)
    model = LogisticRegression(C=10, max_iter=1000).fit(
        rows / spread, truth, sample_weight=share * len(share) / share.sum()
    )
    return model.coef_[0] / spread, float(model.intercept_[0])


def main() -> None:
    """Print the fitted constants."""
    samples = [draw_sample(story) for story in load_stories(Path(sys.argv[1])) if is_first_half(story.story.id)]
    samples = [sample for sample in samples if sample.same.size]
    parts = [
        (measure_signals(s.closeness, s.terms, *s.same), measure_signals(s.closeness, s.terms, *s.drawn))
        for s in samples
    ]
    weights, base = fit(parts)
    usual = np.mean([drawn.mean(axis=0) for _, drawn in parts], axis=0)
    for rule, weight, value in zip(WEIGHTS, weights, usual, strict=True):
        print(f"{rule:20} weight {weight:6.2f}   usual {value:.2f}")
    print(f"base {base:.2f}")

    second = []
    for s in samples:
        direct = sum_signals(s.closeness, s.terms)
        again = look_again(direct)
        second.append(tuple(np.stack([m[tuple(p)] for m in (direct, again)], axis=1) for p in (s.same, s.drawn)))
    (on_direct, on_second), gate = fit(second)
    usual = float(np.mean([drawn[:, 1].mean() for _, drawn in second]))
    print(f"{SECOND_LOOK}: direct {on_direct:.2f}, second {on_second:.2f}, intercept {gate:.2f}, usual {usual:.2f}")


if __name__ == "__main__":
    main()
