"""The judge's quality on labelled pairs that it was not fitted on may not fall.

The floors are pinned together with the hash of the labelled set: whoever changes the set measures again and pins again.
"""

from __future__ import annotations

import hashlib
import sys

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "models" / "judge"))
PAIRS = ROOT / "tests" / "data" / "relations.jsonl"
# Written since, not yet fitted or gated on: the next fit takes both files.
MORE_PAIRS = PAIRS.with_name("relations_more.jsonl")
PAIRS_SHA256 = "5b8f816a1f529a40c965f44a49bb2fe4b4585593385c42f94067f47fc08bde53"


@pytest.fixture(scope="module")
def nli():
    from detector.judge.claim_nli import ClaimNli

    return ClaimNli()


@pytest.fixture(scope="module")
def measured(nli):
    """The recipe, the rows of the gate part, and what is measured of them."""
    import fit_weights as recipe

    rows = [row for row in recipe.read_rows([PAIRS]) if recipe.is_gate(row["event"])]
    return recipe, rows, recipe.measure_rows(rows, nli)


@pytest.fixture(scope="module")
def gate(measured):
    """The gate part's score under the packaged weights."""
    from detector.judge.weigh import load_weights
    from detector.records import Relation

    recipe, rows, pairs = measured
    return recipe.score(pairs, [Relation(row["relation"]) for row in rows], load_weights())


def test_the_labelled_set_is_the_one_that_the_floors_were_measured_on():
    assert hashlib.sha256(PAIRS.read_bytes()).hexdigest() == PAIRS_SHA256


def test_labelled_pairs_are_well_formed():
    import fit_weights as recipe

    from detector.records import KINDS, Relation

    rows = recipe.read_rows([PAIRS, MORE_PAIRS])
    for row in rows:
        relation = Relation(row["relation"])
        assert row["kind"] in KINDS[relation] or (relation is Relation.UNRELATED and row["kind"] == "")
        assert row["a"] != row["b"]
        assert not (row["a_date"] and row["b_date"]) or row["a_date"] <= row["b_date"]
    assert len({(row["a"], row["b"]) for row in rows}) == len(rows) == 700
    events = {row["event"] for row in rows}
    assert 0.2 < sum(recipe.is_gate(event) for event in events) / len(events) < 0.45


@pytest.mark.parametrize(
    ("relation", "figure", "floor"),
    [
        ("agree", "precision", 0.60),
        ("agree", "recall", 0.28),
        ("differ", "precision", 0.60),
        ("differ", "recall", 0.13),
        ("develop", "precision", 0.90),
        ("develop", "recall", 0.13),
        ("unrelated", "recall", 0.85),
    ],
)
def test_floors(gate, relation, figure, floor):
    assert gate["per_relation"][relation][figure] >= floor


def test_conflicts_called_agreement(gate):
    # The worst error for an editor; six without the NLI model.
    assert gate["conflicts_called_agree"] <= 4


def test_different_facts_of_one_event_are_left_alone(measured, nli):
    from detector.judge import choose_relation
    from detector.judge.weigh import load_weights, weigh_signals
    from detector.records import Relation

    recipe, rows, pairs = measured
    weights = load_weights()
    events = sorted({row["event"] for row in rows})[::2]  # half of them, for the time that it takes
    chosen = [i for i, row in enumerate(rows) if row["event"] in events]
    negatives = recipe.make_negatives([rows[i] for i in chosen], [pairs[i][0] for i in chosen], nli)
    others = [signals for _, signals in negatives]
    judged = [choose_relation(weigh_signals(signals, weights)[0]) for signals in others]
    taken = sum(relation is not Relation.UNRELATED and sure >= 0.5 for relation, sure in judged)
    assert len(others) > 300
    assert taken / len(others) <= 0.02
