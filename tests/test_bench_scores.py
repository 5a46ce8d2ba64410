"""The scores of tests/bench: known values of B-cubed, V-measure and pairs."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from conftest import ROOT
from sklearn.metrics import v_measure_score

sys.path.append(str(ROOT / "tests" / "bench"))
from scores import count_exact, score_bcubed, score_overlapping, score_pairs, score_v, separate_left_out


@pytest.mark.parametrize(
    ("found", "wanted", "precision", "recall"),
    [
        ("aabb", "xxyy", 1, 1),
        ("aaaa", "xxyy", 1 / 2, 1),
        ("abcd", "xxyy", 1, 1 / 2),
        ("aaab", "xxyy", (2 * 2 / 3 + 1 / 3 + 1) / 4, (1 + 1 + 1 / 2 + 1 / 2) / 4),
        # Bagga and Baldwin's example: of two false merges the one of large groups costs more
        ("aaaaabbbbbbb", "xxxxxyyzzzzz", (5 + 2 * 2 / 7 + 5 * 5 / 7) / 12, 1),
        ("aaaaabbaaaaa", "xxxxxyyzzzzz", (5 * 5 / 10 * 2 + 2) / 12, 1),
    ],
)
def test_bcubed(found, wanted, precision, recall):
    score = score_bcubed(list(found), list(wanted))
    assert score == pytest.approx((precision, recall, 2 * precision * recall / (precision + recall)))


@pytest.mark.parametrize("found", ["aabb", "aaaa", "abcd", "aaab", "abab", "abbb"])
def test_v_measure_is_that_of_scikit_learn(found):
    wanted = list("xxyy")
    assert score_v(list(found), wanted).f1 == pytest.approx(v_measure_score(wanted, list(found)), abs=1e-12)


def test_a_group_counts_whole_where_half_of_the_things_are_scored():
    found, wanted, inside = list("aaab"), list("xxyy"), np.array([True, True, False, False])
    assert score_bcubed(found, wanted, inside) == pytest.approx((2 / 3, 1, 0.8))
    assert score_v(found, wanted, inside).precision < 1
    assert score_v(found, wanted, inside).recall == 1


def test_halves_average_to_the_whole():
    found, wanted, inside = list("aaabbc"), list("xxyyzz"), np.array([True, False, True, False, True, False])
    whole, halves = score_bcubed(found, wanted), [score_bcubed(found, wanted, part) for part in (inside, ~inside)]
    assert whole[:2] == pytest.approx(np.mean([half[:2] for half in halves], axis=0))


def test_what_is_left_out_stands_alone():
    assert separate_left_out(np.array([0, -1, 0, -1, 1])).tolist() == [0, 3, 0, 4, 1]
    assert separate_left_out(np.array([-1, -1])).tolist() == [2, 3]


@pytest.mark.parametrize(
    ("found", "wanted", "precision", "recall"),
    [
        (["a", "a", "b"], ["x", "x", "y"], 1, 1),
        (["a", "a", "a"], ["x", "x", "y"], (2 / 3 + 2 / 3 + 1 / 3) / 3, 1),
        (["", "", ""], ["x", "x", "x"], 1, 1 / 3),  # in no group: alone
        (["ab", "ab"], ["x", "x"], 1 / 2, 1),  # sharing two groups where one is right
        (["a", "a"], ["xy", "xy"], 1, 1 / 2),
    ],
)
def test_bcubed_of_overlapping_groups(found, wanted, precision, recall):
    score = score_overlapping([set(names) for names in found], [set(names) for names in wanted])
    assert score == pytest.approx((precision, recall, 2 * precision * recall / (precision + recall)))


def test_overlapping_agrees_with_plain_bcubed_where_nothing_overlaps():
    found, wanted = "aabbbc", "xxxyyy"
    assert score_overlapping(list(map(set, found)), list(map(set, wanted))) == pytest.approx(
        score_bcubed(list(found), list(wanted))
    )


@pytest.mark.parametrize(
    ("together", "same", "expected"),
    [
        ([1, 1, 0, 0], [1, 0, 1, 0], (0.5, 0.5, 0.5)),
        ([1, 1, 1, 1], [1, 0, 0, 0], (0.25, 1, 0.4)),
        ([0, 0], [1, 1], (0, 0, 0)),
        ([0, 0], [0, 0], (0, 0, 0)),
    ],
)
def test_pairs(together, same, expected):
    assert score_pairs(np.array(together, bool), np.array(same, bool)) == pytest.approx(expected)


def test_exact_groups_and_the_things_in_them():
    assert count_exact(list("aaabcc"), list("xxxyyz")) == (1, 3)
    assert count_exact(list("aab"), list("xxy")) == (2, 3)
