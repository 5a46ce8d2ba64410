"""Compare news articles from several sources, claim by claim: where they agree, differ, and develop over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detector.errors import (
    DetectorError,
    EngineError,
    ExtraMissing,
    ModelMissing,
    ReadError,
    ReportError,
    SettingsError,
)
from detector.records import (
    Article,
    Card,
    Claim,
    Evidence,
    Finding,
    Relation,
    Report,
    Skipped,
    Story,
    Topic,
)

if TYPE_CHECKING:
    from detector.pipeline import compare
    from detector.read import read_articles
    from detector.render import render_report, write_reports
    from detector.report_json import report_from_json, report_to_json
    from detector.settings import Settings, load_settings

# Loaded on first use, so that `import detector` and `detector --help` need no model.
_LAZY = {
    "Settings": "detector.settings",
    "compare": "detector.pipeline",
    "load_settings": "detector.settings",
    "read_articles": "detector.read",
    "render_report": "detector.render",
    "report_from_json": "detector.report_json",
    "report_to_json": "detector.report_json",
    "write_reports": "detector.render",
}

__all__ = [
    "Article",
    "Card",
    "Claim",
    "DetectorError",
    "EngineError",
    "Evidence",
    "ExtraMissing",
    "Finding",
    "ModelMissing",
    "ReadError",
    "Relation",
    "Report",
    "ReportError",
    "Settings",
    "SettingsError",
    "Skipped",
    "Story",
    "Topic",
    "compare",
    "load_settings",
    "read_articles",
    "render_report",
    "report_from_json",
    "report_to_json",
    "write_reports",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _LAZY:
        raise AttributeError(f"module 'detector' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LAZY[name]), name)
