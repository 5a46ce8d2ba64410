"""Levels and weights."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from detector.errors import ReportError
from detector.judge.fit import NEVER_AGREE
from detector.judge.levels import COMPARISONS
from detector.judge.weigh import WEIGHTS_FORMAT, load_weights, save_weights, weigh_signals
from detector.records import Contrast, Relation, Signals


def level_of(name, signals):
    comparison = next(c for c in COMPARISONS if c.name == name)
    level = comparison.find_level(signals)
    return level.name if level else None


@pytest.mark.parametrize(
    ("name", "signals", "level"),
    [
        ("wording", Signals(wording=0.9), "same"),
        ("wording", Signals(wording=0.0), "none"),
        ("closeness", Signals(closeness=0.7), "near"),
        ("figures", Signals(), None),
        ("figures", Signals(figures=Contrast("different")), "different"),
        ("dates", Signals(dates=Contrast("within")), "within"),
        ("contradiction", Signals(), None),
        ("contradiction", Signals(entailment=0.9, contradiction=0.85), "surely"),
        ("contradiction", Signals(entailment=0.9, contradiction=0.1), "no"),
        ("entailment", Signals(entailment=0.9, contradiction=0.1), "surely"),
        ("entailment", Signals(entailment=0.2, contradiction=0.1), "doubtful"),
        ("prediction", Signals(), None),
        ("prediction", Signals(prediction=(0.9, 0.05, 0.03, 0.02)), "agree surely"),
        ("prediction", Signals(prediction=(0.1, 0.75, 0.1, 0.05)), "differ likely"),
        ("prediction", Signals(prediction=(0.2, 0.3, 0.4, 0.1)), "develop perhaps"),
        ("prediction", Signals(prediction=(0.1, 0.1, 0.1, 0.7)), "unrelated likely"),
        ("prediction", Signals(prediction=(0.2, 0.2, 0.2, 0.4)), "unrelated perhaps"),
        ("time", Signals(time=Contrast("correction")), "correction"),
        ("time", Signals(time=Contrast("apart")), "apart"),
        ("figures", Signals(figures=Contrast("moved")), "moved"),
        ("stage", Signals(stage=Contrast("carried out")), "carried out"),
        ("stage", Signals(stage=Contrast("moved on")), "moved on"),
        ("stage", Signals(stage=Contrast("plan then done")), "plan then done"),
        ("speaker", Signals(speaker=Contrast("dispute")), "dispute"),
    ],
)
def test_find_level(name, signals, level):
    assert level_of(name, signals) == level


def test_every_comparison_ends_in_a_level_that_always_holds():
    for comparison in COMPARISONS:
        assert comparison.levels[-1].holds(Signals())
        assert len({level.name for level in comparison.levels}) == len(comparison.levels)


def test_packaged_weights_cover_every_level():
    weights = load_weights()
    missing = {
        (c.name, level.name)
        for c in COMPARISONS
        for level in c.levels
        if level.name not in weights.levels.get(c.name, {})
    }
    assert missing == set()


def test_packaged_weights_never_agree_on_a_conflict():
    weights = load_weights()
    for comparison, level in NEVER_AGREE:
        row = weights.levels[comparison][level]
        assert row["agree"] <= 0
        assert row["agree"] == min(row.values()) or row["agree"] < max(row["differ"], row["develop"])


def test_evidence_adds_up_to_the_score():
    signals = Signals(wording=0.6, closeness=0.8, shared=0.6, figures=Contrast("different"), time=Contrast("same"))
    weights = load_weights()
    probabilities, evidence = weigh_signals(signals, weights)
    import math

    scores = {r: sum(item.weights[r.value] for item in evidence) for r in Relation}
    total = sum(math.exp(score) for score in scores.values())
    assert probabilities == pytest.approx({r: math.exp(s) / total for r, s in scores.items()})
    assert {item.comparison for item in evidence} == {"start", "wording", "closeness", "shared", "figures", "time"}


@pytest.mark.parametrize("outcome", ["different", "open", "scope"])
def test_another_figure_never_raises_agreement(outcome):
    base = Signals(wording=0.7, closeness=0.85, shared=0.8, time=Contrast("same"))
    other = Signals(wording=0.7, closeness=0.85, shared=0.8, time=Contrast("same"), figures=Contrast(outcome))
    weights = load_weights()
    assert weigh_signals(other, weights)[0][Relation.AGREE] <= weigh_signals(base, weights)[0][Relation.AGREE]


def test_save_and_load_round_trip(tmp_path):
    weights = replace(load_weights(), note="made up")
    path = tmp_path / "folder" / "weights.json"
    save_weights(weights, path)
    assert load_weights(path) == weights


ROW = {relation.value: 0.0 for relation in Relation}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{", "cannot read the weights"),
        ("[]", "not a weights file"),
        (json.dumps({"format": WEIGHTS_FORMAT, "start": ROW}), "'levels' is no table of comparisons"),
        (json.dumps({"format": WEIGHTS_FORMAT, "start": ROW, "levels": {"dates": []}}), "'levels' is no table"),
        (
            json.dumps({"format": WEIGHTS_FORMAT, "start": ROW, "levels": {"smell": {}}}),
            "unknown comparison 'smell'; known are: wording",
        ),
        (
            json.dumps({"format": WEIGHTS_FORMAT, "start": ROW, "levels": {"dates": {"never": ROW}}}),
            "unknown level 'never' of 'dates'",
        ),
        (
            json.dumps({"format": WEIGHTS_FORMAT, "start": {"agree": 1}, "levels": {}}),
            "'start' needs one number for each of",
        ),
        (
            json.dumps({"format": WEIGHTS_FORMAT, "start": ROW, "levels": {"dates": {"same": {**ROW, "agree": "x"}}}}),
            "'dates / same' needs one number",
        ),
    ],
)
def test_damaged_weights_say_what_is_wrong(tmp_path, body, message):
    path = tmp_path / "weights.json"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(ReportError, match=message):
        load_weights(path)


def test_weights_that_cannot_be_written(tmp_path):
    with pytest.raises(ReportError, match=r"cannot write the weights to .*: Is a directory; name a file"):
        save_weights(load_weights(), tmp_path)


def test_missing_weights_file(tmp_path):
    with pytest.raises(ReportError, match=r"none\.json: cannot read"):
        load_weights(tmp_path / "none.json")
