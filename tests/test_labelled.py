"""Labelled rows: every form and file, and an error with file and line for whatever is wrong."""

from __future__ import annotations

import gzip
import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detector.errors import ReadError
from detector.labelled import LabelledFinding, LabelledPair, read_labelled
from detector.records import Relation

PAIR = {"a": "Rain fell.", "b": "It rained.", "relation": "agree"}
NLI = {"premise": "Rain fell.", "hypothesis": "It was dry.", "label": "contradiction"}
VERDICT = {"report": "reports/one", "finding": "f12ab", "relation": "unrelated"}


def write_lines(path, *rows):
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


def test_one_file_may_hold_all_three_forms(tmp_path):
    path = write_lines(tmp_path / "rows.jsonl", {**PAIR, "note": "ignored", "kind": "reworded"}, NLI, VERDICT)
    rows, skipped = read_labelled([path])
    assert rows == (
        LabelledPair(f"{path}:line 1", "Rain fell.", "It rained.", Relation.AGREE),
        LabelledPair(f"{path}:line 2", "Rain fell.", "It was dry.", Relation.DIFFER, undated_set=True),
        LabelledFinding(f"{path}:line 3", tmp_path / "reports" / "one", "f12ab", Relation.UNRELATED),
    )
    assert skipped == 0


def test_dates_and_events_are_read_and_empty_cells_are_none(tmp_path):
    row = {**PAIR, "a_date": "2031-05-03", "b_date": "", "event": "storm"}
    ((pair,), _) = read_labelled([write_lines(tmp_path / "rows.jsonl", row)])
    assert (pair.a_date, pair.b_date, pair.event) == (datetime(2031, 5, 3, tzinfo=UTC), None, "storm")


@pytest.mark.parametrize(
    ("label", "relation"),
    [
        ("entailment", Relation.AGREE),
        ("ENTAILMENT", Relation.AGREE),
        ("e", Relation.AGREE),
        ("neutral", Relation.UNRELATED),
        ("n", Relation.UNRELATED),
        ("contradiction", Relation.DIFFER),
        ("c", Relation.DIFFER),
    ],
)
def test_labels_of_inference_sets(tmp_path, label, relation):
    ((pair,), _) = read_labelled([write_lines(tmp_path / "rows.jsonl", {**NLI, "label": label})])
    assert pair.relation is relation


@pytest.mark.parametrize("label", ["-", -1, "-1"])
def test_pairs_without_a_label_are_counted(tmp_path, label):
    rows, skipped = read_labelled([write_lines(tmp_path / "rows.jsonl", NLI, {**NLI, "label": label})])
    assert (len(rows), skipped) == (1, 1)


def test_csv_with_another_delimiter_and_empty_cells(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(
        "A;b;relation;report;finding\nRain fell.;It rained.;Agree;;\n;;differ;one/report.json;f1\n", encoding="utf-8"
    )
    first, second = read_labelled([str(path)])[0]
    assert (first.a, first.relation, first.where) == ("Rain fell.", Relation.AGREE, f"{path}:row 2")
    assert (second.report, second.relation) == (tmp_path / "one" / "report.json", Relation.DIFFER)


def test_gzip_standard_input_and_a_file_given_twice(tmp_path, monkeypatch):
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(PAIR).encode()))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(VERDICT).encode())))
    rows, _ = read_labelled([str(path), "-", str(tmp_path / "." / "rows.jsonl.gz")])
    assert [row.where for row in rows] == [f"{path}:line 1", "-:line 1"]
    assert rows[1].report == Path("reports/one")


def lacking(row, name):
    return {key: value for key, value in row.items() if key != name}


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ({**PAIR, "relation": "same"}, "unknown relation 'same'; use agree, differ, develop, unrelated"),
        ({**PAIR, "relation": 1}, "relation is a number, not a string"),
        (lacking(PAIR, "relation"), "no relation; a row needs a, b and relation; premise"),
        (lacking(PAIR, "b"), "no b; a row needs"),
        ({**PAIR, "a": " "}, "no a; a row needs"),
        ({**PAIR, "a": ["x"]}, "a is a list, not a string"),
        ({**PAIR, "a_date": "Monday"}, "a_date 'Monday' is no full, unambiguous date; write it as 2025-04-11"),
        (
            {**NLI, "label": "not_entailment"},
            "unknown label 'not_entailment'; use entailment, neutral or contradiction",
        ),
        ({**NLI, "label": 0}, "label is a number, not a string"),
        (lacking(NLI, "hypothesis"), "no hypothesis"),
        (lacking(VERDICT, "finding"), "no finding"),
        ({"text": "x"}, "not a labelled row: it needs a, b and relation; .*; its fields are: text"),
        ([1], "not a JSON object but a list; each line holds one labelled pair"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, second, message):
    path = write_lines(tmp_path / "rows.jsonl", PAIR, second)
    with pytest.raises(ReadError, match=rf"^{path}:line 2: {message}"):
        read_labelled([path])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("rows.jsonl", b"", "rows.jsonl: empty; give labelled pairs"),
        ("rows.jsonl", b'{"a": \n', "rows.jsonl:line 1: broken JSON"),
        ("rows.jsonl", b'{"premise": "x", "hypothesis": "y", "label": "-"}', "rows.jsonl: no labelled row in it"),
        ("rows.jsonl", bytes(range(256)) * 8, "rows.jsonl: binary file"),
        ("rows.jsonl.gz", b"no gzip", "rows.jsonl.gz: cannot be read: Not a gzipped file"),
        ("rows.jsonl.gz", gzip.compress(b"x" * 999)[:-9], "rows.jsonl.gz: cannot be read"),
        ("rows.csv", b"a,b\nx,y\n", "rows.csv: no column relation or label; the columns found are: a, b"),
        ("rows.csv", b"a,b,relation\nx,y,agree\nx,,agree\n", "rows.csv:row 3: no b"),
        ("rows.txt", b"x", "rows.txt: not a file of labelled pairs by its name"),
        ("rows.jsonl", None, "rows.jsonl: cannot be read: No such file"),
    ],
)
def test_files_that_cannot_be_used(tmp_path, name, content, message):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReadError, match=message.replace(".", r"\.")):
        read_labelled([str(path)])
