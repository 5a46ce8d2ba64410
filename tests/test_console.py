"""What the command line makes of a report: its exit code, its summary, and what `--only` keeps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sample_report import make_report, make_versions_report

from detector.console import has_differences, keep_relations, print_summary
from detector.records import Relation

DIFFER, DEVELOP, AGREE = Relation.DIFFER, Relation.DEVELOP, Relation.AGREE


def keep(report, *names):
    """Return the report with these findings and their cards alone."""
    return replace(
        report,
        findings=tuple(finding for finding in report.findings if finding.id in names),
        cards=tuple(card for card in report.cards if set(card.finding_ids) & set(names)),
    )


@pytest.mark.parametrize(
    ("names", "differs"),
    [
        (("f1",), True),
        (("f3",), True),
        (("f4", "f5"), False),
        (("f2",), False),
        (("f2", "f4", "f6"), False),
        ((), False),
    ],
)
def test_what_is_to_be_checked_by_hand_is_no_difference(names, differs):
    assert has_differences(keep(make_report(), *names)) is differs


def test_versions_differ_by_any_sentence():
    assert has_differences(make_versions_report())


def test_only_keeps_the_cards_to_check_by_hand_of_its_relation():
    kept = keep_relations(make_report(), frozenset({DIFFER}))
    assert [(card.id, card.check) for card in kept.cards] == [("c1", False), ("c2", True)]
    assert [finding.id for finding in kept.findings] == ["f1", "f2"]
    assert [card.id for card in keep_relations(make_report(), frozenset({AGREE})).cards] == ["c4"]


def test_the_summary_counts_them_apart(capsys):
    print_summary(make_report(), [Path("out/report.html")], Path("out"))
    assert ": 1 differ, 1 develop, 1 agree, 2 to check by hand\n" in capsys.readouterr().out
    print_summary(keep(make_report(), "f1"), [Path("out/report.html")], Path("out"))
    assert ": 1 differ, 0 develop, 0 agree\n" in capsys.readouterr().out
