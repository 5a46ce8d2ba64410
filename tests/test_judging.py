"""`detector check`, `learn` and `explain`: what they print and write, and how they end."""

from __future__ import annotations

import io
import json
import math
from dataclasses import replace

import pytest
from conftest import ROOT, make_pair
from rich.console import Console
from sample_report import make_report, make_versions_report

from detector.errors import ReportError
from detector.judge import judge_pairs
from detector.judge.measure import measure_pair
from detector.judge.weigh import load_weights, weigh_signals
from detector.judging.show import print_lesson
from detector.records import Relation
from detector.render.explanation import explain_as_json, print_explanation
from detector.render.waterfall import build_waterfall
from detector.report_json import report_to_json
from detector.saved import find_findings
from detector.trial import Lesson, score_relations

EXAMPLE = ROOT / "tests" / "data" / "example_pairs.jsonl"
SAMPLE = ROOT / "reports" / "sample"
AGREE, DIFFER, DEVELOP, UNRELATED = Relation


@pytest.fixture
def saved(tmp_path):
    """A folder with a report and 24 verdicts on it."""
    report = make_report()
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "report.json").write_text(report_to_json(report), encoding="utf-8")
    rows = [
        {"report": "one", "finding": finding.id, "relation": relation, "event": f"event {i}"}
        for i, relation in enumerate(("differ", "agree", "unrelated", "develop"))
        for finding in report.findings
    ]
    (tmp_path / "verdicts.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return report, folder, tmp_path / "verdicts.jsonl"


# --- check


def test_check_prints_all_figures_within_80_columns(run_cli, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    original = run_cli("check", EXAMPLE, "--nli", "")
    assert original.code == 0
    assert original.err == "skipped 1 of 24 rows: they have no label\n"
    assert original.out.startswith("23 labelled pairs: accuracy 0.")
    for name in ("Precision", "found develop", "Coverage", "Conflict", *Relation, "wording", "support"):
        assert name in original.out
    assert "of 6 conflicts called" in original.out
    assert "\x1b" not in original.out
    assert max(map(len, original.out.splitlines())) <= 80


def test_check_as_json_has_exactly_these_keys(run_cli, saved):
    _, _, verdicts = saved
    done = run_cli("check", verdicts, "--format", "json", "--quiet")
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    assert list(found) == [
        "n", "accuracy", "macro_f1", "conflicts_called_agree", "per_relation", "confusion", "comparisons",
    ]  # fmt: skip
    assert found["n"] == sum(found["confusion"].values()) == 24
    assert list(found["per_relation"]) == list(Relation)
    assert all(list(row) == ["precision", "recall", "f1", "n"] for row in found["per_relation"].values())
    assert found["comparisons"]["figures"]["coverage"] == 1
    assert found["comparisons"]["contradiction"] == {"coverage": 0, "conflict": None, "accuracy": None}


def test_check_judges_with_the_weights_that_it_is_given(run_cli, saved, tmp_path):
    _, _, verdicts = saved
    zero = {relation.value: 0.0 for relation in Relation}
    path = tmp_path / "w.json"
    body = {"format": "detector-weights/1", "start": {**zero, "unrelated": 9.0}, "levels": {}}
    path.write_text(json.dumps(body), encoding="utf-8")
    found = json.loads(run_cli("check", verdicts, "--format", "json", "--weights", path).out)
    assert found["per_relation"]["unrelated"]["recall"] == 1
    assert found["accuracy"] == 6 / 24
    (tmp_path / "own.toml").write_text(f'weights = "{path}"', encoding="utf-8")
    own = run_cli("check", verdicts, "--format", "json", "--settings", tmp_path / "own.toml")
    assert json.loads(own.out) == found


def test_skipped_rows_are_counted_in_json(run_cli, saved):
    _, _, verdicts = saved
    row = {"premise": "Rain fell.", "hypothesis": "It was dry.", "label": -1}
    verdicts.write_text(verdicts.read_text() + "\n" + json.dumps(row))
    done = run_cli("check", verdicts, "--format", "json")
    assert json.loads(done.out)["skipped"] == 1
    assert done.err == "skipped 1 of 25 rows: they have no label\n"


# --- learn


def test_learn_writes_weights_that_check_takes(run_cli, saved, tmp_path):
    _, _, verdicts = saved
    output = tmp_path / "new" / "w.json"
    done = run_cli("learn", verdicts, "--output", output, "--strength", "1")
    assert (done.code, done.err) == (0, "")
    assert "held out" in done.out
    assert "conflicts called agreement" in done.out
    assert "The held-out part " in done.out
    assert done.out.endswith(f'wrote {output}; to judge with it: weights = "{output}" in detector.toml\n')
    weights = load_weights(output)
    assert weights.note.startswith("fitted on ")
    assert "verdicts.jsonl" in weights.note
    assert str(tmp_path) not in weights.note
    assert weights.levels != load_weights().levels
    assert run_cli("check", verdicts, "--weights", output).code == 0


def make_score(macro_f1, conflicts):
    return {**score_relations([DIFFER], [AGREE]), "macro_f1": macro_f1, "conflicts_called_agree": conflicts}


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ((0.61, 2), "The held-out part got better: macro-F1 0.50 before, 0.61 after."),
        ((0.49, 1), "The held-out part did NOT get better: macro-F1 0.50 before, 0.49 after. Rather keep"),
        ((0.61, 3), "did NOT get better: more conflicts are called agreement: 2 before, 3 after. Rather keep"),
    ],
)
def test_a_lesson_says_whether_it_helped(after, words):
    file = io.StringIO()
    print_lesson(Lesson(load_weights(), 40, make_score(0.5, 2), make_score(*after)), Console(file=file, width=200))
    assert words in file.getvalue()


# --- explain


def test_explain_the_sample_report(run_cli, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    report = json.loads((SAMPLE / "report.json").read_text(encoding="utf-8"))
    finding = report["findings"][0]
    done = run_cli("explain", SAMPLE, finding["id"])
    assert (done.code, done.err) == (0, "")
    assert max(map(len, done.out.splitlines())) <= 80
    assert "\x1b" not in done.out
    head, *lines = done.out.splitlines()
    assert head.startswith(f"{finding['relation']} · {finding['kind']}  confidence {finding['confidence']:.2f}")
    assert "  Why: " in done.out
    assert "«" in done.out
    first_words = [line.split()[0] for line in lines if line and not line.startswith(" ")]
    names = [item["comparison"] for item in finding["evidence"]]
    assert [word for word in first_words if word in (*names, "total")] == [*names, "total"]
    assert run_cli("explain", SAMPLE / "report.json", finding["id"][:6]).out == done.out


def test_explain_as_json_adds_up(run_cli):
    report = json.loads((SAMPLE / "report.json").read_text(encoding="utf-8"))
    for finding in report["findings"]:
        done = run_cli("explain", SAMPLE, finding["id"], "--format", "json")
        (found,) = json.loads(done.out)["findings"]
        steps = found["steps"]
        assert [step["comparison"] for step in steps] == [item["comparison"] for item in finding["evidence"]]
        for relation, total in found["total"].items():
            assert total == pytest.approx(sum(step["weights"][relation] for step in steps), abs=0.001)
        exponents = {name: math.exp(value) for name, value in found["total"].items()}
        final = exponents[found["relation"]] / sum(exponents.values())
        assert steps[-1]["probability"] == pytest.approx(final, abs=0.001)
        assert found["probabilities"][found["relation"]] == pytest.approx(final, abs=0.001)
        final /= 1 - sum(exponents[name] for name in found["taken_out"]) / sum(exponents.values())
        assert final == pytest.approx(finding["confidence"], abs=0.002)
        assert found["earlier"]["id"] == finding["earlier"]


def test_a_card_explains_all_of_its_findings(run_cli):
    report = json.loads((SAMPLE / "report.json").read_text(encoding="utf-8"))
    card = max(report["cards"], key=lambda card: len(card["findings"]))
    assert len(card["findings"]) > 1
    done = run_cli("explain", SAMPLE, card["id"], "--format", "json")
    assert {finding["id"] for finding in json.loads(done.out)["findings"]} == set(card["findings"])
    text = run_cli("explain", SAMPLE, card["id"][:8]).out
    assert all(f"finding {one}" in text for one in card["findings"])


def make_finding(**changes):
    """A finding that the real judge makes of two figures, so plainly at odds that agreement is taken out."""
    pair = make_pair("Fourteen barges were waiting above the lock.", "Thirty barges were waiting above the lock.")
    signals = replace(measure_pair(pair), entailment=0.5, contradiction=0.6)
    ((finding,), _) = judge_pairs([pair], [signals], load_weights())
    assert finding.relation is DIFFER
    return replace(finding, **changes)


def test_agreement_that_was_taken_out_is_told():
    finding = make_finding()
    probabilities, _ = weigh_signals(finding.signals, load_weights())
    waterfall = build_waterfall(finding)
    assert waterfall.steps[-1].probability == pytest.approx(probabilities[DIFFER])
    assert waterfall.taken_out == ("agree",)
    assert finding.confidence == pytest.approx(probabilities[DIFFER] / (1 - probabilities[AGREE]), abs=1e-4)
    assert "agreement was taken out" in waterfall.notes[0]
    plain = build_waterfall(replace(finding, confidence=round(probabilities[DIFFER], 4)))
    assert not plain.taken_out
    assert not any("confidence" in note for note in plain.notes)
    other = build_waterfall(replace(finding, confidence=0.123))
    assert not other.taken_out
    assert "which is not what this evidence adds up to" in other.notes[0]


def test_differ_and_develop_together_against_the_others():
    from detector.records import Evidence

    weights = {"agree": -5.0, "differ": 1.0, "develop": 0.9, "unrelated": 1.1}
    total = sum(math.exp(value) for value in weights.values())
    finding = make_finding(
        evidence=(Evidence("start", "start", "before", weights),), confidence=round(math.exp(1.0) / total, 4)
    )
    waterfall = build_waterfall(finding)
    assert "By itself unrelated is likelier" in waterfall.notes[0]
    assert not waterfall.taken_out


def show(report, findings, **options):
    file = io.StringIO()
    print_explanation(report, findings, Console(file=file, **{"width": 80, "force_terminal": False, **options}))
    return file.getvalue()


def test_marks_are_coloured_on_a_terminal_and_quoted_elsewhere():
    report = make_report()
    plain = show(report, report.findings[:1])
    assert "«At least 37» people" in plain
    coloured = show(report, report.findings[:1], force_terminal=True, color_system="standard", legacy_windows=False)
    assert "«" not in coloured
    assert "\x1b[" in coloured


def test_a_finding_to_check_says_so():
    report = make_report()
    finding = replace(report.findings[0], check=True)
    assert "confidence 0.86, to check by hand  finding f1" in show(report, [finding])
    assert json.loads(explain_as_json(report, [finding]))["findings"][0]["check"] is True


def test_versions_have_no_sum():
    report = make_versions_report()
    bare = tuple(replace(one, evidence=()) for one in report.findings)
    assert "Nothing was weighed" in show(report, bare[:1])
    (found,) = json.loads(explain_as_json(report, bare[:1]))["findings"]
    assert (found["steps"], found["total"]) == ([], None)


def test_ids_their_starts_and_the_nearest():
    report = make_report()
    assert find_findings(report, "f3")[0].id == "f3"
    assert [one.id for one in find_findings(report, "c1")] == list(report.cards[0].finding_ids)
    with pytest.raises(ReportError, match=r"no finding 'f9' in the report; the nearest ids are f\d"):
        find_findings(report, "f9")
    with pytest.raises(ReportError, match="6 findings start with 'f': f1, f2"):
        find_findings(report, "f")
    with pytest.raises(ReportError, match="no finding '' in the report"):
        find_findings(report, "")
    with pytest.raises(ReportError, match="the report has no findings"):
        find_findings(replace(report, findings=(), cards=()), "f1")


# --- wrong calls


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check"], "Missing argument 'PAIRS'; see detector check --help"),
        (["check", "gone.jsonl"], "gone.jsonl: cannot be read: No such file or directory"),
        (["check", "rows.jsonl"], "rows.jsonl:line 2: unknown relation 'maybe'; use agree, differ, develop, unrelated"),
        (["check", "rows.jsonl", "--format", "md"], "'md' is not one of 'text', 'json'; see detector check --help"),
        (["check", "rows.jsonl", "--weights", "rows.jsonl"], "rows.jsonl: cannot read the weights"),
        (["check", "rows.jsonl", "--weights", "smell.json"], "smell.json: unknown comparison 'smell'; known are: wording"),
        (["check", "verdict.jsonl"], "verdict.jsonl:line 1: gone: no report to take a verdict from: gone: No such file"),
        (["learn", "pair.jsonl"], "Missing option '--output'"),
        (["learn", "pair.jsonl", "-o", "w.json"], "too few labelled pairs to learn from: 1; give at least 20"),
        (["learn", "pair.jsonl", "-o", "."], "--output . is a folder; name a file, as in weights.json"),
        (["learn", "pair.jsonl", "-o", "./pair.jsonl"], "--output pair.jsonl is one of the files of labelled pairs"),
        (["learn", "pair.jsonl", "-o", "w.json", "--strength", "0"], "--strength 0.0 is out of range; it must be above 0"),
        (["learn", "pair.jsonl", "-o", "w.json", "--strength", "nan"], "--strength nan is out of range"),
        (["explain", "gone", "f1"], "gone: no report to explain: gone: No such file or directory; give the folder"),
        (["explain", "pair.jsonl", "f1"], "pair.jsonl: no report to explain: the report's format is None"),
        (["explain", str(SAMPLE)], "Missing argument 'FINDING'"),
        (["explain", str(SAMPLE), "nonsense"], "no finding 'nonsense' in the report; the nearest ids are "),
    ],
)  # fmt: skip
def test_wrong_calls_are_one_line_and_exit_code_2(run_cli, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    pair = json.dumps({"a": "Rain fell.", "b": "It rained.", "relation": "agree"})
    files = {
        "pair.jsonl": pair,
        "rows.jsonl": pair + "\n" + pair.replace("agree", "maybe"),
        "verdict.jsonl": json.dumps({"report": "gone", "finding": "f1", "relation": "agree"}),
        "smell.json": json.dumps({"format": "detector-weights/1", "start": {}, "levels": {"smell": {}}}),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run_cli(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("detector: ")
    assert message in done.err
    assert done.err.count("\n") == 1
    assert {path.name for path in tmp_path.iterdir()} == files.keys()
