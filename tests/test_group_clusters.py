"""How close claims and groups of claims are: by blocks and sums, as if each two were compared by themselves."""

import numpy as np
import pytest

from detector.group.closeness import measure_closeness, weigh_terms
from detector.group.clusters import measure_links
from detector.records import Claim, Facts


def make_claim(number: int) -> Claim:
    lemmas = ("bridge", f"word{number % 7}", f"term{number % 50}")
    return Claim(
        f"a{number:03d}", f"a{number % 4}", f"source {number % 4}", "Text.", "", 0, 5, facts=Facts(lemmas=lemmas)
    )


def test_closeness_is_half_meaning_and_half_words_over_all_blocks():
    claims = [make_claim(number) for number in range(600)]
    vectors = np.random.default_rng(4).normal(size=(600, 12)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[599] = vectors[0]  # a copy: the raw cosine counts, whatever the words are
    close = measure_closeness(claims, vectors)
    centred = vectors - vectors.mean(axis=0) * (600 / 608)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    words = weigh_terms(claims).toarray()
    for i, j in ((0, 50), (50, 0), (255, 256), (3, 590), (590, 3)):
        assert close[i, j] == pytest.approx((centred[i] @ centred[j] + words[i] @ words[j]) / 2, abs=1e-5)
    assert close[0, 599] == close[599, 0] == pytest.approx(1.0)
    assert (close.diagonal() == 1.0).all()


def test_links_are_the_mean_closeness_to_each_group():
    close = np.random.default_rng(5).random((9, 9)).astype(np.float32)
    group, others = np.array([0, 4]), [np.array([1]), np.array([2, 3, 8]), np.array([5, 6])]
    wanted = [close[np.ix_(group, other)].mean() for other in others]
    assert measure_links(close, group, others) == pytest.approx(wanted)
    assert measure_links(close, group, []) == []
