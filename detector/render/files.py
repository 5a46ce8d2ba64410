"""Reports written to a folder: one set of files, or an index and one set a story."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from detector.errors import ReportError
from detector.records import Report, Story
from detector.render.formats import RENDERERS
from detector.render.lookup import list_compared
from detector.render.stories import split_report

FILES: Mapping[str, str] = {
    "report.html": "html",
    "report.md": "md",
    "report.json": "json",
    "findings.csv": "findings.csv",
    "claims.csv": "claims.csv",
    "topics.csv": "topics.csv",
}
"""The files of one report, and the format of each."""


def write_reports(report: Report, folder: Path | str) -> list[Path]:
    """Write the report's files into `folder`, which is made if it does not exist.

    With one story: report.html, report.md, report.json, findings.csv, claims.csv and topics.csv. With several: one
    sub-folder a story with those six, and index.html, index.md and the whole report.json at the top. Each file is written
    beside its place and then moved there, so that a reader never meets half a file.

    Returns:
        The paths written, the one to open first at the front.

    Raises:
        ReportError: The folder cannot be written to.
    """
    top = Path(folder)
    if len(list_compared(report)) < 2:
        return _write_set(report, top)
    from detector.render.index import IndexEntry, render_index_html, render_index_markdown

    parts = split_report(report)
    names = _name_folders([part.stories[0] for part in parts])
    entries = [IndexEntry(name, part) for name, part in zip(names, parts, strict=True)]
    written = [
        write_file(top / "index.html", render_index_html(report, entries)),
        write_file(top / "index.md", render_index_markdown(report, entries)),
        write_file(top / "report.json", RENDERERS["json"](report)),
    ]
    for entry in entries:
        written += _write_set(entry.report, top / entry.folder)
    return written


def slug_text(text: str, limit: int = 60) -> str:
    """Return `text` as lower-case ASCII words joined by hyphens, "story" where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    slug = ""
    for word in words:
        if len(slug) + len(word) + 1 > limit:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug or "story"


def _name_folders(stories: Sequence[Story]) -> list[str]:
    """Name each story's folder by its title and the start of its id, which grows where two would share a name."""
    for length in (8, 16, 200):
        names = [f"{slug_text(story.title)}-{slug_text(story.id, 200)[:length]}" for story in stories]
        if len(set(names)) == len(names):
            return names
    return [f"{name}-{i + 1}" for i, name in enumerate(names)]


def _write_set(report: Report, folder: Path) -> list[Path]:
    return [write_file(folder / name, RENDERERS[kind](report)) for name, kind in FILES.items()]


def write_file(path: Path, text: str) -> Path:
    """Write a file beside its place and move it there; folders on the way are made.

    Raises:
        ReportError: The folder cannot be written to.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_text(text, encoding="utf-8", newline="")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise ReportError(f"cannot write {path}: {reason}. Choose a folder that you may write to.") from error
    return path
