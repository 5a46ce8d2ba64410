"""The table of formats. Each entry imports what it needs when it is called: JSON alone needs no templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detector.errors import SettingsError
from detector.records import Report


def render_report(report: Report, format: str) -> str:  # noqa: A002  (the word a user would use)
    """Return the report as text in one of the formats of `RENDERERS`.

    Raises:
        SettingsError: There is no such format.
    """
    if format not in RENDERERS:
        raise SettingsError(f"no report format {format!r}: choose one of {', '.join(RENDERERS)}.")
    return RENDERERS[format](report)


def _render_html(report: Report) -> str:
    from detector.render.page import render_html

    return render_html(report)


def _render_markdown(report: Report) -> str:
    from detector.render.markdown import render_markdown

    return render_markdown(report)


def _render_json(report: Report) -> str:
    from detector.report_json import report_to_json

    return report_to_json(report)


def _render_notebook(report: Report) -> str:
    from detector.render.page import render_notebook

    return render_notebook(report)


def _render_findings_csv(report: Report) -> str:
    from detector.render.frames import findings_frame, frame_to_csv

    return frame_to_csv(findings_frame(report))


def _render_claims_csv(report: Report) -> str:
    from detector.render.frames import claims_frame, frame_to_csv

    return frame_to_csv(claims_frame(report))


def _render_topics_csv(report: Report) -> str:
    from detector.render.frames import frame_to_csv, topics_frame

    return frame_to_csv(topics_frame(report))


RENDERERS: Mapping[str, Callable[[Report], str]] = {
    "html": _render_html,
    "md": _render_markdown,
    "json": _render_json,
    "notebook": _render_notebook,
    "findings.csv": _render_findings_csv,
    "claims.csv": _render_claims_csv,
    "topics.csv": _render_topics_csv,
}
