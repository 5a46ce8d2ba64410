"""The scores and rules of tests/bench that measure the judge, on values that are known."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from conftest import ROOT
from sklearn.metrics import balanced_accuracy_score, roc_auc_score

sys.path.append(str(ROOT / "tests" / "bench"))
from judge_methods import cut_nli, cut_twice, decide_by_nli, find_numbers, hold_gate, measure_overlap
from judge_scores import (
    AGREE,
    DEVELOP,
    DIFFER,
    UNRELATED,
    count_verdicts,
    draw_shares,
    find_split,
    measure_auc,
    measure_balanced,
    measure_share,
    measure_verdicts,
    merge_conflicts,
)
from measure_nanco import add, fit, leave_out, take
from nanco import Question, link_average

from detector.records import Relation


def table(gold, found):
    names = {"a": "agree", "d": "differ", "v": "develop", "u": "unrelated"}
    return count_verdicts(*([Relation(names[letter]) for letter in side] for side in (gold, found)))


def test_a_method_without_develop_loses_nothing_when_conflicts_are_merged():
    figures = measure_verdicts(table("aadvuu", "aadduu"))
    assert figures["accuracy"].value == pytest.approx(5 / 6)
    assert figures["macro_f1"].value == pytest.approx((1 + 2 / 3 + 0 + 1) / 4)
    assert figures["macro_f1_merged"].value == 1
    assert figures["conflict_precision"].value == figures["conflict_recall"].value == 1
    assert figures["differ_precision"].value == 0.5


def test_a_development_called_agreement_counts_as_a_conflict_called_agreement():
    assert measure_verdicts(table("dvvd", "aada"))["conflicts_called_agree"].value == 0.75
    assert measure_verdicts(table("au", "aa"))["conflicts_called_agree"].value == 0


def test_what_is_never_said_has_no_precision():
    assert np.isnan(measure_verdicts(table("adu", "auu"))["differ_precision"].value)


def test_merging_keeps_the_sum():
    merged = merge_conflicts(table("aadvvu", "advdua")[None])
    assert merged.shape == (1, 3, 3)
    assert merged.sum() == 6
    assert merged[0, 1].tolist() == [0, 2, 1]


@pytest.mark.parametrize("seed", range(4))
def test_area_under_the_curve_is_that_of_scikit_learn(seed):
    draw = np.random.default_rng(seed)
    truth, scores = draw.random(60) < 0.3, np.round(draw.random(60), 1)
    shares = draw.integers(0, 3, 60).astype(float)
    assert measure_auc(truth, scores) == pytest.approx(roc_auc_score(truth, scores))
    assert measure_auc(truth, scores, shares) == pytest.approx(roc_auc_score(truth, scores, sample_weight=shares))


def test_area_of_one_class_alone_is_not_defined():
    assert np.isnan(measure_auc(np.array([True, True]), np.array([0.1, 0.2])))


@pytest.mark.parametrize("seed", range(4))
def test_the_split_is_the_best_of_all(seed):
    draw = np.random.default_rng(seed)
    truth, scores = draw.random(50) < 0.4, np.round(draw.random(50), 1)
    split = find_split(truth, scores)
    tried = [balanced_accuracy_score(truth, scores >= step) for step in np.unique(scores)]
    assert split.balanced == pytest.approx(max(tried))
    assert measure_balanced(truth, scores >= split.threshold) == pytest.approx(split.balanced)


def test_balanced_accuracy_counts_by_share():
    truth, chosen = np.array([True, True, False]), np.array([True, False, False])
    assert measure_balanced(truth, chosen) == 0.75
    assert measure_balanced(truth, chosen, np.array([3.0, 1.0, 1.0])) == 0.875


def test_pairs_are_drawn_by_their_texts():
    keys = [("a", "b"), ("a", "c"), ("b", "c")]
    shares = draw_shares(keys, 500)
    assert shares.shape == (500, 3)
    # A text that was not drawn takes all of its pairs with it.
    assert ((shares[:, 0] > 0) & (shares[:, 1] > 0) <= (shares[:, 2] > 0)).all()
    assert (draw_shares(keys, 5) == draw_shares(keys, 5)).all()


def test_share_of_nothing_is_not_defined():
    assert np.isnan(measure_share(0, 0).value)


def test_share_of_a_few_is_never_certain():
    assert measure_share(3, 12).value == 0.25
    assert measure_share(5, 5).value == 1
    assert measure_share(5, 5).margin > 0.2
    assert measure_share(500, 1000).margin == pytest.approx(0.031, abs=0.001)


def test_cutting_twice():
    scores = np.array([0.1, 0.5, 0.9])
    assert cut_twice(scores, 0.3, 0.8, AGREE).tolist() == [UNRELATED, DIFFER, AGREE]
    assert cut_twice(scores, 0.3, 0.8, DIFFER).tolist() == [UNRELATED, AGREE, DIFFER]
    assert DEVELOP not in cut_twice(scores, 0, 1, AGREE)


def test_contradiction_comes_first_and_either_direction_counts():
    nli = np.array(
        [
            [[0.8, 0.1, 0.1], [0.1, 0.2, 0.7]],
            [[0.1, 0.8, 0.1], [0.6, 0.3, 0.1]],
            [[0.4, 0.5, 0.1], [0.1, 0.5, 0.4]],
        ]
    )
    assert decide_by_nli(nli).tolist() == [DIFFER, AGREE, UNRELATED]
    assert cut_nli(nli, 0.4, 0.4).tolist() == [DIFFER, AGREE, DIFFER]
    assert hold_gate(np.array([0.6, 0.7, 0.7]), decide_by_nli(nli)).tolist() == [UNRELATED, AGREE, UNRELATED]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Twelve of 1,400 were hurt", {"12", "1400"}),
        ("it grew 2.5 percent.", {"2.5"}),
        ("One of them left", set()),
    ],
)
def test_numbers_in_figures_and_words(text, numbers):
    assert find_numbers(text) == numbers


def test_overlap_leaves_out_small_words():
    assert measure_overlap("The dam broke", "A dam has broke") == 1
    assert measure_overlap("The", "") == 0


def ask(seed, n=6):
    """Return a question whose answers fall into two groups, and one signal that tells of them."""
    draw = np.random.default_rng(seed)
    group = np.arange(n) % 2
    rows, columns = np.triu_indices(n, 1)
    same = group[rows] == group[columns]
    noise = draw.random((n, n))
    question = Question(f"q{seed}", tuple(f"a{seed}{i}" for i in range(n)), rows, columns, same)
    return question, {"near": (group[:, None] == group[None, :]) + noise + noise.T, "noise": noise + noise.T}


def test_average_linkage_brings_far_members_of_one_group_together():
    matrix = np.array([[1, 0.9, 0.2, 0], [0.9, 1, 0.7, 0.1], [0.2, 0.7, 1, 0], [0, 0.1, 0, 1]])
    linked = link_average(matrix)
    assert linked[0, 1] == pytest.approx(0.9)
    assert linked[0, 2] == linked[1, 2] == pytest.approx((0.2 + 0.7) / 2)
    assert linked[0, 3] == pytest.approx((0 + 0.1 + 0) / 3)
    assert np.allclose(linked, linked.T)


@pytest.mark.parametrize("row", [take("near"), fit("near", "noise"), add(take("near"), fit("noise"), link=1.0)])
def test_labels_of_the_question_left_out_change_nothing_of_its_own(row):
    questions, signals = (list(side) for side in zip(*(ask(seed) for seed in range(3)), strict=True))
    held = leave_out(questions, signals, row)
    first = questions[0]
    questions[0] = Question(first.text, first.answers, first.left, first.right, ~first.same)
    other = leave_out(questions, signals, row)
    own = held.question == 0
    assert (held.scores[own] == other.scores[own]).all()
    assert (held.chosen[own] == other.chosen[own]).all()


def test_a_fitted_sum_finds_the_groups():
    questions, signals = (list(side) for side in zip(*(ask(seed, 10) for seed in range(4)), strict=True))
    held = leave_out(questions, signals, fit("near", "noise"))
    assert measure_balanced(held.truth, held.chosen) > 0.9
