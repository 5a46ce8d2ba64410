"""The seam: a report goes out and comes back the same, and a broken one says what is broken."""

import json
import math
from copy import deepcopy
from dataclasses import fields, replace

import jsonschema
import numpy as np
import pytest
from sample_report import (
    HOSTILE,
    make_big_report,
    make_empty_report,
    make_report,
    make_two_story_report,
    make_versions_report,
)

from detector import records
from detector.errors import ReportError
from detector.report_json import load_schema, report_from_json, report_to_dict, report_to_json

ALL = (make_report, make_versions_report, make_two_story_report, make_empty_report)


def validate(data):
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(load_schema(), format_checker=checker).validate(data)


@pytest.mark.parametrize("make", ALL)
def test_round_trip_is_exact(make):
    report = make()
    text = report_to_json(report)
    again = report_from_json(text)
    assert again == report
    assert report_to_json(again) == text
    validate(json.loads(text))


def test_text_is_stable_readable_and_valid_json():
    report = make_report()
    text = report_to_json(report)
    assert text.endswith("}\n")
    assert text == json.dumps(json.loads(text), sort_keys=True, indent=1, ensure_ascii=False) + "\n"
    assert "Infinity" not in text
    accented = replace(report, stories=(replace(report.stories[0], title="Östra"),))
    assert "Östra" in report_to_json(accented)
    turned = replace(report, settings=dict(reversed(report.settings.items())))
    assert report_to_json(turned) == text


def test_contract_names():
    data = report_to_dict(make_report())
    assert set(data) == {
        *("format", "made_at", "articles", "claims", "stories", "topics", "findings", "cards", "only_in", "skipped"),
        *("counts", "settings"),
    }
    finding = data["findings"][0]
    assert finding["earlier"] == data["claims"][1]["id"]
    assert finding["rule"] == "close"
    assert finding["closeness"] == 0.72
    assert finding["spans"] == {"earlier": [[0, 11]], "later": [[23, 33]]}
    assert "pair" not in finding
    assert data["stories"][0]["articles"] == [a["id"] for a in data["articles"]]
    assert data["topics"][0]["claims"][0] == data["claims"][1]["id"]
    assert data["cards"][0]["findings"] == ["f1"]
    assert HOSTILE in [claim["text"] for claim in data["claims"]]


def test_open_ends_are_null_and_come_back():
    report = make_report()
    data = report_to_dict(report)
    assert data["claims"][1]["facts"]["figures"][0]["high"] is None
    lows = [f["low"] for c in data["claims"] for f in c["facts"]["figures"]]
    assert None in lows
    figures = [f for c in report_from_json(report_to_json(report)).claims for f in c.facts.figures]
    assert (figures[0].low, figures[0].high) == (37, math.inf)
    assert figures[1].low == -math.inf


def test_numbers_of_numpy_are_numbers():
    report = make_report()
    odd = replace(
        report, findings=(replace(report.findings[0], confidence=np.float32(0.5)),), counts={"n": np.int64(3)}
    )
    data = report_to_dict(odd)
    assert data["findings"][0]["confidence"] == 0.5
    assert json.loads(report_to_json(odd))["counts"] == {"n": 3}


def test_what_could_not_be_read_back_is_not_written():
    report = make_report()
    with pytest.raises(ReportError, match=r"report\.findings\[0\]\.confidence is not a number"):
        report_to_json(replace(report, findings=(replace(report.findings[0], confidence=math.nan),)))
    with pytest.raises(ReportError, match=r"report\.claims\[0\]\.article_id names 'gone'"):
        report_to_json(replace(report, claims=(replace(report.claims[0], article_id="gone"),)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[1]", "is a list and no JSON object"),
        ("{}", "format is None"),
        ('{"format": "detector-report/2"}', "'detector-report/2'.*reads 'detector-report/1'"),
        ('{"format": "detector-report/1"}', "lacks the key 'made_at'"),
        ('{"format": "detector-report/1", "x": NaN}', "NaN"),
    ],
)
def test_not_a_report(text, message):
    with pytest.raises(ReportError, match=message):
        report_from_json(text)


def drop(data, *path):
    for key in path[:-1]:
        data = data[key]
    del data[path[-1]]


def put(value, *path):
    def change(data):
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: drop(d, "findings"), "report lacks the key 'findings'"),
        (lambda d: drop(d, "skipped"), "report lacks the key 'skipped'"),
        (lambda d: drop(d, "claims", 2, "text"), r"report\.claims\[2\] lacks the key 'text'"),
        (lambda d: drop(d, "findings", 1, "rule"), r"report\.findings\[1\]\.pair lacks the key 'rule'"),
        (lambda d: drop(d, "findings", 1, "later"), r"findings\[1\]\.later names None"),
        (put("?", "cards", 0, "relation"), r"report\.cards\[0\]\.relation is '\?', which is no relation"),
        (put("soon", "made_at"), r"report\.made_at is 'soon', which is no datetime"),
        (put("0.5", "cards", 0, "confidence"), r"cards\[0\]\.confidence should be of type float, and is '0\.5'"),
        (put(True, "cards", 0, "confidence"), r"confidence should be of type float, and is True"),
        (put(1.5, "claims", 0, "start"), r"claims\[0\]\.start should be of type int, and is 1\.5"),
        (put(None, "claims", 0, "text"), r"claims\[0\]\.text should be of type str, and is None"),
        (put([[1, 2, 3]], "findings", 0, "spans", "later"), r"spans\.later\[0\] should be 2 values"),
        (put("none", "findings"), r"report\.findings should be of type list"),
        (put([3], "findings"), r"report\.findings\[0\] should be of type dict"),
        (put("gone", "cards", 0, "positions", 0, "claim_id"), r"cards\[0\]\.positions names 'gone'"),
        (put(["gone"], "stories", 0, "articles"), r"stories\[0\]\.articles names 'gone'"),
    ],
)
def test_broken_report_is_refused_and_fails_the_schema(change, message):
    data = report_to_dict(make_report())
    change(data)
    with pytest.raises(ReportError, match=message):
        report_from_json(json.dumps(data))
    if "names 'gone'" not in message:  # a schema cannot follow ids
        with pytest.raises(jsonschema.ValidationError):
            validate(data)


def test_added_keys_and_absent_defaults_are_read():
    data = report_to_dict(make_report())
    later = deepcopy(data)
    later["articles"][0]["new_in_a_later_version"] = 1
    del later["claims"][0]["left_out"]
    del later["findings"][0]["pair_topic_id"]
    assert report_from_json(json.dumps(later)) == make_report()


def test_schema_names_what_the_nouns_hold():
    definitions = load_schema()["$defs"] | {"report": load_schema()}
    nouns = {
        "report": records.Report,
        "article": records.Article,
        "claim": records.Claim,
        "facts": records.Facts,
        "figure": records.Figure,
        "date": records.DateMention,
        "clock": records.ClockTime,
        "name": records.Name,
        "story": records.Story,
        "predicate": records.Predicate,
        "topic": records.Topic,
        "contrast": records.Contrast,
        "signals": records.Signals,
        "evidence": records.Evidence,
        "position": records.Position,
        "card": records.Card,
        "only_in": records.OnlyIn,
        "skipped": records.Skipped,
    }
    renamed = {"article_ids": "articles", "claim_ids": "claims", "finding_ids": "findings"}
    for name, noun in nouns.items():
        keys = {renamed.get(f.name, f.name) for f in fields(noun)}
        assert set(definitions[name]["properties"]) == set(definitions[name]["required"]) == keys, name
    relations = {relation.value for relation in records.Relation}
    assert set(definitions["card"]["properties"]["relation"]["enum"]) == relations
    assert definitions["report"]["properties"]["format"]["const"] == records.FORMAT


def test_big_report_goes_through():
    report = make_big_report(300)
    assert report_from_json(report_to_json(report)) == report
