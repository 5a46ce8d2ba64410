"""A report as one self-contained HTML page, and as a short fragment for a notebook."""

from __future__ import annotations

from detector.records import Relation, Report
from detector.render.environment import load_environment, render_page
from detector.render.view import build_view

_NOTEBOOK_ROWS = 20


def render_html(report: Report) -> str:
    """Return the report as one HTML page: no outside script, font or image; readable without JavaScript."""
    return render_page("report.html", view=build_view(report))


def render_notebook(report: Report) -> str:
    """Return an HTML fragment: title, counts, a table of the most important findings, and one of those to check by hand."""
    topics = {topic.id: topic.label for topic in report.topics}
    known = [finding for finding in report.findings if finding.relation is not Relation.UNRELATED]
    findings = [finding for finding in known if not finding.check]
    check = [finding for finding in known if finding.check]
    template = load_environment().get_template("notebook.html")
    return template.render(
        view=build_view(report),
        findings=findings[:_NOTEBOOK_ROWS],
        total=len(findings),
        check=check[:_NOTEBOOK_ROWS],
        topics=topics,
    )
