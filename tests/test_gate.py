"""The judge's quality on labelled pairs that it was not fitted on may not fall.

The floors are pinned together with the hash of the labelled set: whoever changes the set measures again and pins again.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "models" / "judge"))
PAIRS = [ROOT / "tests" / "data" / name for name in ("relations.jsonl", "relations_more.jsonl")]
PAIRS_SHA256 = "de5bacc1bd68d2b0c39ce1f179c197925a70d9643c87217d38bc5f9322abf74d"


@pytest.fixture(scope="module")
def nli():
    from detector.judge.claim_nli import ClaimNli

    return ClaimNli()


@pytest.fixture(scope="module")
def measured(nli):
    """The recipe, the rows of the gate part, and what is measured of them."""
    import fit_weights as recipe

    rows = [row for row in recipe.read_rows(PAIRS) if recipe.is_gate(row["event"])]
    return recipe, rows, recipe.measure_rows(rows, nli)


@pytest.fixture(scope="module")
def gate(measured):
    """The gate part's score under the packaged weights."""
    from detector.judge.weigh import load_weights
    from detector.records import Relation

    recipe, rows, pairs = measured
    return recipe.score(pairs, [Relation(row["relation"]) for row in rows], load_weights())


def test_the_labelled_set_is_the_one_that_the_floors_were_measured_on():
    assert hashlib.sha256(b"".join(path.read_bytes() for path in PAIRS)).hexdigest() == PAIRS_SHA256


def test_labelled_pairs_are_well_formed():
    import fit_weights as recipe

    from detector.records import KINDS, Relation

    rows = recipe.read_rows(PAIRS)
    for row in rows:
        relation = Relation(row["relation"])
        assert row["kind"] in KINDS[relation] or (relation is Relation.UNRELATED and row["kind"] == "")
        assert row["a"] != row["b"]
        assert not (row["a_date"] and row["b_date"]) or row["a_date"] <= row["b_date"]
    assert len({(row["a"], row["b"]) for row in rows}) == len(rows) == 700
    kinds = Counter(row["kind"] for row in rows)
    assert all(kinds[kind] >= 15 for relation in Relation for kind in KINDS.get(relation, ()))
    assert kinds[""] >= len(rows) / 4  # the same topic, another fact
    events = {row["event"] for row in rows}
    assert 0.2 < sum(recipe.is_gate(event) for event in events) / len(events) < 0.45


@pytest.mark.parametrize(
    ("relation", "figure", "floor"),
    [
        ("agree", "precision", 0.95),
        ("agree", "recall", 0.79),
        ("differ", "precision", 0.91),
        ("differ", "recall", 0.81),
        ("develop", "precision", 0.93),
        ("develop", "recall", 0.77),
        ("unrelated", "recall", 0.95),
    ],
)
def test_floors(gate, relation, figure, floor):
    assert gate["per_relation"][relation][figure] >= floor


def test_conflicts_called_agreement(gate):
    # The worst error for an editor.
    assert gate["conflicts_called_agree"] <= 1


def test_macro_f1(gate):
    assert gate["macro_f1"] >= 0.86


def test_different_facts_of_one_event_are_left_alone(measured, nli):
    from detector.judge import judge_pairs
    from detector.judge.batches import measure_pairs
    from detector.judge.weigh import load_weights
    from detector.progress import stay_silent

    recipe, rows, pairs = measured
    events = sorted({row["event"] for row in rows})[::3]  # a third of them, for the time that it takes
    chosen = [i for i, row in enumerate(rows) if row["event"] in events]
    others = [pair for _, pair in recipe.pair_strangers([rows[i] for i in chosen], [pairs[i][0] for i in chosen])]
    findings, _ = judge_pairs(others, measure_pairs(others, nli, stay_silent), load_weights())
    shown = [finding for finding in findings if not finding.check]
    assert len(others) > 300
    assert len(shown) / len(others) <= 0.045
