"""Fitting the weights, and what no data may teach them."""

from __future__ import annotations

import random

import pytest

from detector.judge.fit import fit_weights
from detector.judge.weigh import load_weights
from detector.records import Contrast, Relation, Signals


def make_labelled():
    """Pairs in which a different figure wrongly goes with agreement."""
    rng = random.Random(7)
    rows = []
    for _ in range(200):
        relation = rng.choice(list(Relation))
        outcome = "different" if relation is Relation.AGREE else "same"
        rows.append(
            (
                Signals(wording=rng.random(), closeness=rng.random(), figures=Contrast(outcome), time=Contrast("same")),
                relation,
            )
        )
    return rows


def test_fitting_holds_the_monotone_rule_against_the_data():
    rows = make_labelled()
    weights = fit_weights([s for s, _ in rows], [r for _, r in rows], load_weights(), strength=10.0)
    assert weights.levels["figures"]["different"]["agree"] <= 0


def test_a_level_without_labelled_pairs_keeps_its_prior_weight():
    prior = load_weights()
    rows = make_labelled()
    weights = fit_weights([s for s, _ in rows], [r for _, r in rows], prior, strength=10.0)
    assert weights.levels["speaker"]["dispute"] == pytest.approx(prior.levels["speaker"]["dispute"], abs=0.002)
    assert weights.levels["figures"]["same"] != prior.levels["figures"]["same"]
