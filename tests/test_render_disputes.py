"""How a dispute that one source tells of is shown, and what it counts for."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console
from sample_report import make_report

from detector.console import has_differences
from detector.records import Relation
from detector.render import render_report
from detector.render.terminal import print_report

MARK = "disputed: denied by port authority, said by Okoro"


def make_disputed():
    """The sample report with a dispute in the second of the sentences that one source alone has."""
    report = make_report()
    own = report.only_in[1].claim_id
    claims = tuple(
        replace(claim, dispute=("port authority", "Okoro")) if claim.id == own else claim for claim in report.claims
    )
    return replace(report, claims=claims), own


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_lone_sentence_says_that_it_is_disputed_and_stands_first(form):
    report, _ = make_disputed()
    text = render_report(report, form)
    lone = text[text.rindex("In one source only") :]
    assert MARK in lone
    assert lone.index(MARK) < lone.index("A choir from the island")


def test_the_terminal_says_it_too():
    page = Console(file=StringIO(), width=200)
    print_report(make_disputed()[0], page)
    assert f"({MARK})" in page.file.getvalue()


def test_a_dispute_within_one_article_is_no_difference_between_articles():
    report = make_report()
    finding = next(one for one in report.findings if one.relation is Relation.DIFFER and not one.check)
    within = replace(finding.pair, later=replace(finding.pair.later, article_id=finding.pair.earlier.article_id))
    assert has_differences(replace(report, findings=(finding,)))
    assert not has_differences(replace(report, findings=(replace(finding, pair=within),)))
