"""Tables: the columns promised, in order of importance, and no formula that a spreadsheet would run."""

import csv
import io
from dataclasses import replace

import pandas as pd
import pytest
from markupsafe import escape
from sample_report import FORMULA, HOSTILE, make_empty_report, make_report, make_two_level_report

from detector.records import Relation
from detector.render import render_report
from detector.render.frames import claims_frame, findings_frame, frame_to_csv, topics_frame


def test_findings_frame_is_in_order_of_importance():
    frame = findings_frame(make_report())
    assert list(frame.columns) == [
        *("id", "story", "topic", "relation", "kind", "confidence", "earlier_source", "earlier_date", "earlier_text"),
        *("later_source", "later_date", "later_text", "why", "rule", "closeness", "severity", "check"),
    ]
    assert list(frame["id"]) == ["f1", "f2", "f3", "f4", "f5", "f6"]
    first = frame.iloc[0]
    assert (first["topic"], first["relation"], first["kind"]) == ("Injured passengers", "differ", "number")
    assert first["earlier_date"] == "2031-05-03T18:30:00+00:00"
    assert first["later_date"] == "2031-05-04T00:00:00+02:00"
    assert first["story"] == "Ferry Aurelia aground off Port Velmar"
    assert frame["confidence"].dtype == frame["severity"].dtype == float
    assert list(frame["check"]) == [False, True, False, False, False, True]
    assert frame.set_index("id").loc["f3", "later_date"] == "2031-05-09"  # inferred: a day at best
    assert pd.isna(frame.set_index("id").loc["f5", "later_date"])


def test_findings_stand_in_the_order_of_the_report():
    report = make_report()
    order = [3, 0, 5, 1, 4, 2]
    mixed = replace(report, findings=tuple(replace(report.findings[i], check=False) for i in order))
    assert list(findings_frame(mixed)["id"]) == [f"f{i + 1}" for i in order]
    page = render_report(mixed, "notebook")
    whys = [page.index(escape(report.findings[i].why)) for i in order]
    assert whys == sorted(whys)


def test_abstentions_are_not_shown():
    report = make_report()
    findings = (replace(report.findings[0], relation=Relation.UNRELATED), *report.findings[1:])
    assert "f1" not in set(findings_frame(replace(report, findings=findings))["id"])


def test_claims_frame_is_in_order_of_article_and_place():
    report = make_report()
    frame = claims_frame(replace(report, claims=report.claims[::-1]))
    assert list(frame.columns) == [
        *("id", "source", "published", "text", "start", "end", "speaker", "stance", "as_of"),
        *("topics", "strength", "left_out"),
    ]
    assert list(frame["id"]) == [claim.id for claim in report.claims]
    denied = frame.iloc[8]
    assert (denied["speaker"], denied["stance"], denied["topics"]) == ("Captain Okoro", "denies", "The radar")
    assert frame.iloc[9]["left_out"] == "question"
    assert frame.iloc[0]["as_of"] == "2031-05-02"


def test_a_claim_of_two_topics_names_both():
    report = make_report()
    topic = replace(report.topics[4], claim_ids=(*report.topics[4].claim_ids, report.claims[1].id))
    frame = claims_frame(replace(report, topics=(*report.topics[:4], topic)))
    assert frame.iloc[1]["topics"] == "Injured passengers; The choir from Sund"
    assert frame.iloc[1]["strength"] == "0.90; "  # a report from elsewhere may lack some
    assert frame.iloc[5]["topics"] == frame.iloc[5]["strength"] == ""


def test_topics_frame_counts_what_the_page_shows():
    frame = topics_frame(make_report())
    assert list(frame.columns) == [
        *("id", "story", "parent", "label", "named", "terms", "sources", "source_names", "claims"),
        *("differ", "develop", "agree"),
    ]
    rows = frame.set_index("id")
    first = rows.loc["injured"]
    assert (first["label"], first["named"], first["terms"]) == ("Injured passengers", True, "injured; hospital")
    assert (first["sources"], first["claims"], first["parent"]) == (3, 3, "")
    assert first["source_names"] == "Harbour Gazette; Island Radio; The Meridian Post-Intelligencer"
    assert first["story"] == "Ferry Aurelia aground off Port Velmar"
    counts = {one: tuple(rows.loc[one, ["differ", "develop", "agree"]]) for one in rows.index}
    assert counts == {
        "injured": (1, 0, 0), "grounding": (0, 0, 1), "radar": (0, 0, 0), "salvage": (0, 1, 0), "choir": (0, 0, 0),
    }  # fmt: skip


def test_topics_frame_names_the_aspect_and_counts_the_cards_of_its_facts():
    rows = topics_frame(make_two_level_report()).set_index("id")
    assert rows.loc["radar", "parent"] == rows.loc["grounding", "parent"] == "accident"
    assert tuple(rows.loc["accident", ["claims", "differ", "agree"]]) == (7, 0, 1)


def test_abstentions_are_no_cards_of_a_topic():
    report = make_report()
    cards = tuple(replace(card, relation=Relation.UNRELATED) for card in report.cards)
    assert topics_frame(replace(report, cards=cards))[["differ", "develop", "agree"]].to_numpy().sum() == 0


def test_report_methods_give_the_same_frames():
    report = make_report()
    pd.testing.assert_frame_equal(report.findings_frame(), findings_frame(report))
    pd.testing.assert_frame_equal(report.claims_frame(), claims_frame(report))
    pd.testing.assert_frame_equal(report.topics_frame(), topics_frame(report))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_formulas_are_neutralised(start):
    frame = pd.DataFrame({"text": [f"{start}1+1", "plain = text", None], "number": [-1.5, 0.0, 2.0]})
    rows = list(csv.DictReader(io.StringIO(frame_to_csv(frame), newline="")))
    assert [row["text"] for row in rows] == [f"'{start}1+1", "plain = text", ""]
    assert [row["number"] for row in rows] == ["-1.5", "0.0", "2.0"]
    assert frame["text"][0] == f"{start}1+1"  # the frame itself is not touched


def test_csv_holds_the_sentences():
    report = make_report()
    rows = list(csv.DictReader(io.StringIO(render_report(report, "claims.csv"))))
    texts = [row["text"] for row in rows]
    assert HOSTILE in texts
    assert f"'{FORMULA}" in texts
    assert FORMULA not in texts
    assert len(rows) == len(report.claims)
    findings = list(csv.DictReader(io.StringIO(render_report(report, "findings.csv"))))
    topics = tuple(replace(topic, label=FORMULA) for topic in report.topics)
    labels = {
        row["label"] for row in csv.DictReader(io.StringIO(render_report(replace(report, topics=topics), "topics.csv")))
    }
    assert labels == {f"'{FORMULA}"}
    assert [row["id"] for row in findings] == ["f1", "f2", "f3", "f4", "f5", "f6"]
    assert float(findings[0]["confidence"]) == 0.86
    assert [row["check"] for row in findings] == ["False", "True", "False", "False", "False", "True"]


def test_empty_tables_keep_their_columns():
    assert render_report(make_empty_report(), "findings.csv").startswith(
        '"id","story","topic","relation","kind","confidence",'
    )
    assert render_report(make_empty_report(), "topics.csv").startswith('"id","story","parent","label",')
    assert render_report(make_empty_report(), "claims.csv").startswith('"id","source","published","text",')
