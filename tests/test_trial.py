"""The judge on trial: measuring as the pipeline does, figures, comparisons, and learning with a part held out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import make_pair
from sample_report import make_report, make_versions_report

from detector.errors import ReadError, ReportError
from detector.judge.measure import measure_pair
from detector.judge.weigh import load_weights
from detector.labelled import LabelledFinding, LabelledPair, read_labelled
from detector.records import Contrast, Relation, Signals
from detector.report_json import report_to_json
from detector.settings import Settings
from detector.trial import (
    Case,
    Lesson,
    check_enough,
    is_held_out,
    learn_weights,
    measure_cases,
    score_cases,
    score_comparisons,
    score_relations,
)
from detector.trial.learn import choose_held_out

AGREE, DIFFER, DEVELOP, UNRELATED = Relation
EXAMPLE = Path(__file__).parent / "data" / "example_pairs.jsonl"


class FakeNli:
    """An NLI model that takes every pair with "not" for a contradiction, and counts its calls."""

    name = "fake"

    def __init__(self):
        self.calls = 0

    def score(self, pairs):
        self.calls += 1
        return [(0.05, 0.05, 0.9) if "not" in f"{a} {b}".split() else (0.9, 0.05, 0.05) for a, b in pairs]


@pytest.fixture(scope="module")
def pair():
    return make_pair("The lock at Ferran broke on Monday.", "Police found two men in the museum.")


def make_case(pair, relation, event="", *, undated_set=False, **signals):
    return Case(pair, Signals(**signals), relation, event, undated_set)


# --- figures


def test_figures_of_known_verdicts():
    labels = [AGREE, AGREE, DIFFER, DIFFER, DIFFER, UNRELATED]
    found = [AGREE, DIFFER, DIFFER, AGREE, UNRELATED, UNRELATED]
    score = score_relations(labels, found)
    assert score["n"] == 6
    assert score["accuracy"] == pytest.approx(3 / 6)
    assert score["conflicts_called_agree"] == 1
    assert score["per_relation"]["agree"] == {"precision": 1 / 2, "recall": 1 / 2, "f1": 1 / 2, "n": 2}
    assert score["per_relation"]["differ"] == pytest.approx({"precision": 1 / 2, "recall": 1 / 3, "f1": 2 / 5, "n": 3})
    assert score["per_relation"]["develop"]["n"] == 0
    # The mean is over the relations that occur; develop does not.
    assert score["macro_f1"] == pytest.approx((1 / 2 + 2 / 5 + 2 / 3) / 3)
    assert score["confusion"] == {
        "agree->agree": 1, "agree->differ": 1, "differ->agree": 1, "differ->differ": 1, "differ->unrelated": 1,
        "unrelated->unrelated": 1,
    }  # fmt: skip


def test_nothing_is_no_division_by_zero():
    assert score_relations([], [])["macro_f1"] == 0
    assert score_comparisons([], load_weights())["wording"] == {"coverage": 0, "conflict": None, "accuracy": None}


def test_in_an_inference_set_develop_counts_as_differ():
    two = make_pair(
        "At least 12 people died in the fire, police said.",
        "The toll has now risen to 15 people dead, police said.",
        days=("2025-04-10", "2025-04-12"),
    )
    signals = replace(measure_pair(two), entailment=0.01, contradiction=0.95)
    row = {"agree": 0.0, "differ": 0.0, "develop": 9.0, "unrelated": 0.0}
    weights = replace(load_weights(), start=row)
    assert score_cases([Case(two, signals, DIFFER, "")], weights)["confusion"] == {"differ->develop": 1}
    assert score_cases([Case(two, signals, DIFFER, "", True)], weights)["confusion"] == {"differ->differ": 1}


def test_comparisons_are_voters_that_abstain_conflict_and_err(pair):
    weights = load_weights()
    zero = dict.fromkeys((relation.value for relation in Relation), 0.0)
    levels = {name: dict.fromkeys(rows, zero) for name, rows in weights.levels.items()}
    levels["figures"] = {**levels["figures"], "different": {**zero, "differ": 2.0}, "same": {**zero, "agree": 1.0}}
    levels["time"] = {**levels["time"], "later": {**zero, "develop": 1.0}, "same": {**zero, "agree": 1, "differ": 1}}
    weights = replace(weights, levels=levels)
    different, later = Contrast("different"), Contrast("later")
    cases = [
        make_case(pair, DIFFER, figures=different, time=Contrast("same")),
        make_case(pair, DEVELOP, figures=different, time=later),
        make_case(pair, AGREE, figures=Contrast("same")),
        make_case(pair, DIFFER, time=later),
        make_case(pair, DIFFER, time=later, figures=different, undated_set=True),
    ]
    table = score_comparisons(cases, weights)
    assert table["figures"] == pytest.approx({"coverage": 4 / 5, "conflict": 1 / 4, "accuracy": 3 / 4})
    # Level "same" weighs two relations alike, which is no vote; without dates, develop is differ.
    assert table["time"] == pytest.approx({"coverage": 3 / 5, "conflict": 1 / 3, "accuracy": 2 / 3})
    assert table["wording"] == {"coverage": 0, "conflict": None, "accuracy": None}


# --- measuring


def test_labelled_pairs_are_measured_in_one_go_and_come_back_in_order(embedder):
    nli = FakeNli()
    rows = [
        LabelledPair("x:line 1", "The lock broke on Monday.", "The lock did not break on Monday.", DIFFER),
        LabelledPair("x:line 2", "Frost hit the orchards.", "The orchards were hit by frost.", AGREE, event="frost"),
    ]
    first, second = measure_cases(rows, Settings(nli=""), embedder=embedder, nli=nli)
    assert nli.calls == 2, "one call a direction"
    assert (first.signals.contradiction, second.signals.entailment) == (0.9, 0.9)
    assert (first.relation, second.relation) == (DIFFER, AGREE)
    assert (first.pair.earlier.text, second.pair.earlier.text) == (rows[0].a, rows[1].a)
    assert second.event == "frost"
    assert "did not break" in first.event
    assert second.signals.wording > 0.5


def test_a_pair_stands_in_order_of_time_whatever_side_is_later(embedder):
    rows = [{"a": "It rained.", "b": "Rain fell.", "relation": "agree", "a_date": "2031-05-04", "b_date": "2031-05-03"}]
    from detector.labelled import parse_row
    from detector.read.rows import Row

    (case,) = measure_cases([parse_row(Row("x", rows[0]), Path())], Settings(nli=""), embedder=embedder)
    assert (case.pair.earlier.text, case.pair.days) == ("Rain fell.", 1)
    assert case.signals.contradiction is None


@pytest.fixture
def saved(tmp_path):
    report = make_report()
    (tmp_path / "report.json").write_text(report_to_json(report), encoding="utf-8")
    return report, tmp_path


def test_verdicts_take_the_signals_of_their_report_and_need_no_model(saved):
    report, folder = saved
    rows = [
        LabelledFinding("v:line 1", folder, report.findings[0].id, AGREE),
        LabelledFinding("v:line 2", folder / "report.json", report.findings[1].id, DIFFER, "radar"),
    ]
    first, second = measure_cases(rows, Settings(model="/no/such/model", nli="/no/such/model"))
    assert (first.signals, first.pair.earlier.id) == (report.findings[0].signals, report.findings[0].pair.earlier.id)
    assert (first.relation, second.event) == (AGREE, "radar")


@pytest.mark.parametrize(
    ("name", "finding", "message"),
    [
        ("gone", "f1", "v:line 7: .*gone: no report to take a verdict from: .*No such file"),
        ("", "zzz", "v:line 7: no finding 'zzz' in the report; the nearest ids are f"),
        ("", "f", "v:line 7: 6 findings start with 'f': f1, f2, f3, f4, f5, ...; give more of the id"),
    ],
)
def test_verdicts_on_nothing_name_their_line(saved, name, finding, message):
    _, folder = saved
    with pytest.raises(ReportError, match=message.replace("...", r"\.\.\.")):
        measure_cases([LabelledFinding("v:line 7", folder / name, finding, AGREE)], Settings())


def test_a_verdict_on_two_versions_is_refused(tmp_path):
    report = make_versions_report()
    bare = replace(report, findings=tuple(replace(one, evidence=()) for one in report.findings))
    (tmp_path / "report.json").write_text(report_to_json(bare), encoding="utf-8")
    with pytest.raises(ReportError, match=r"v:line 1: finding .* was not weighed: between two versions"):
        measure_cases([LabelledFinding("v:line 1", tmp_path, bare.findings[0].id, AGREE)], Settings())


def test_the_example_pairs_with_the_real_models(embedder):
    rows, skipped = read_labelled([str(EXAMPLE)])
    assert skipped == 1
    cases = measure_cases(rows[:12], Settings(), embedder=embedder)
    score = score_cases(cases, load_weights())
    assert score["n"] == 12
    assert score["accuracy"] > 0.5
    assert score["conflicts_called_agree"] == 0
    table = score_comparisons(cases, load_weights())
    assert table["contradiction"]["coverage"] == 1
    assert table["wording"]["coverage"] > 0.5  # where two relations share the greatest weight it has no vote
    assert table["support"]["coverage"] == 0


# --- learning


def make_cases(pair, number=60):
    """Cases in which the comparison of figures says the wrong thing for agreement, in events of three."""
    labels = (AGREE, DIFFER, UNRELATED)
    figures = {AGREE: "rounds", DIFFER: "different", UNRELATED: "other"}
    return [
        make_case(pair, labels[i % 3], f"event {i // 3}", wording=0.3, figures=Contrast(figures[labels[i % 3]]))
        for i in range(number)
    ]


def test_learning_sees_nothing_of_the_held_out_events(pair):
    cases = make_cases(pair)
    lesson = learn_weights(cases, load_weights(), strength=1.0, note="{fitted} and {held}")
    held = [case for case in cases if is_held_out(case.event)]
    assert 0 < len(held) < len(cases)
    assert lesson.before["n"] == lesson.after["n"] == len(held)
    assert lesson.weights.note == f"{len(cases) - len(held)} and {len(held)}"
    wrong = [replace(case, relation=DEVELOP) if is_held_out(case.event) else case for case in cases]
    assert learn_weights(wrong, load_weights(), strength=1.0).weights.levels == lesson.weights.levels
    assert lesson.weights.levels["figures"]["rounds"] != load_weights().levels["figures"]["rounds"]


def make_score(macro_f1, conflicts):
    return {**score_relations([], []), "macro_f1": macro_f1, "conflicts_called_agree": conflicts}


@pytest.mark.parametrize(
    ("after", "better"), [((0.6, 2), True), ((0.5, 2), False), ((0.4, 0), False), ((0.6, 3), False)]
)
def test_better_is_a_greater_f1_at_no_cost_in_false_agreement(after, better):
    assert Lesson(load_weights(), 40, make_score(0.5, 2), make_score(*after)).is_better is better


def test_what_cannot_teach_is_refused(pair):
    cases = make_cases(pair)
    with pytest.raises(ReadError, match="too few labelled pairs to learn from: 19; give at least 20"):
        check_enough(cases[:19])
    with pytest.raises(ReadError, match="all 60 labelled pairs are 'differ'"):
        check_enough([replace(case, relation=DIFFER) for case in cases])
    with pytest.raises(ReadError, match="all labelled pairs are of one event"):
        learn_weights([replace(case, event="one") for case in cases], load_weights(), strength=1.0)
    one_sided = [replace(case, relation=AGREE if is_held_out(case.event) else DIFFER) for case in cases]
    with pytest.raises(ReadError, match="that are not held out are all 'differ'"):
        learn_weights(one_sided, load_weights(), strength=1.0)


def test_some_events_are_always_held_out_and_some_are_not():
    names = [f"event {i}" for i in range(200)]
    inside = [name for name in names if is_held_out(name)]
    assert 0.2 < len(inside) / len(names) < 0.45
    outside = [name for name in names if not is_held_out(name)]
    assert choose_held_out([*inside[:2], *outside[:2]]) == frozenset(inside[:2])
    for few in (inside[:4], outside[:4]):
        held = choose_held_out(few)
        assert len(held) == 1
        assert held == choose_held_out(reversed(few))


def test_example_pairs_hold_every_form():
    rows = [json.loads(line) for line in EXAMPLE.read_text(encoding="utf-8").splitlines()]
    assert {row.get("relation") for row in rows} == {*(relation.value for relation in Relation), None}
    assert {row.get("label") for row in rows} == {None, "entailment", "neutral", "contradiction", "-"}
