"""A report as Markdown that also reads well as plain text. Marked words are bold; article text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from detector.records import Report
from detector.render.environment import load_environment
from detector.render.marks import Run
from detector.render.view import build_view

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)|\$(?=\S)(?=.*\$)")
_LINE_START = re.compile(r"^(\s*)(?:([-+=#>])|(\d+)([.)]))")


def render_markdown(report: Report) -> str:
    """Return the report as Markdown (GitHub's flavour for its tables), in the order of the HTML page."""
    return render_markdown_template("report.md", view=build_view(report))


def render_markdown_template(name: str, **values: object) -> str:
    """Render one of the Markdown templates, with at most one blank line between blocks."""
    environment = load_environment()
    text = environment.get_template(name).render(md=escape_markdown, bold=mark_markdown, **values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def escape_markdown(text: object) -> str:
    """Return `text` on one line so that Markdown shows it as it is, with no more backslashes than needed."""
    line = _SPECIAL.sub(r"\\\g<0>", " ".join(str(text).split()))
    return _LINE_START.sub(lambda m: m[1] + (f"\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}"), line)


def mark_markdown(runs: Iterable[Run]) -> str:
    """Return escaped text with the marked runs in bold.

    CommonMark sees bold only where the stars stand at the edge of a word, so a mark inside a word grows to all of it.
    """
    grown = _grow_marks(tuple(runs))
    parts = []
    for i, (text, marked) in enumerate(grown):
        safe = _SPECIAL.sub(r"\\\g<0>", text)
        if i == 0:
            safe = _LINE_START.sub(lambda m: m[1] + (f"\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}"), safe)
        parts.append(f"**{safe}**" if marked else safe)
    return "".join(parts).strip()


def _grow_marks(runs: tuple[Run, ...]) -> list[Run]:
    """Move letters that touch a mark, with no blank between, into the mark."""
    text = "".join(part for part, _ in runs)
    flags: list[bool] = [marked for part, marked in runs for _ in part]
    for match in re.finditer(r"\S+", text):
        start, end = match.span()
        if any(flags[start:end]):
            flags[start:end] = [True] * (end - start)
    grown: list[Run] = []
    for character, marked in zip(text, flags, strict=True):
        if grown and grown[-1][1] == marked:
            grown[-1] = (grown[-1][0] + character, marked)
        else:
            grown.append((character, marked))
    return grown
