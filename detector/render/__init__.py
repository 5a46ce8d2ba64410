"""A Report as text and files: HTML, Markdown, JSON, CSV, a notebook, a terminal. Needs no model."""

from detector.render.files import write_reports
from detector.render.formats import RENDERERS, render_report
from detector.render.stories import split_report

__all__ = ["RENDERERS", "render_report", "split_report", "write_reports"]
