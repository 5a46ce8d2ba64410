"""A large run's folder: a page a story as soon as it is compared, and at the end an index in pages that open at once."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from detector.errors import ReportError
from detector.records import Article, Report, Skipped, Story
from detector.render.files import slug_text, write_file
from detector.render.formats import RENDERERS
from detector.render.frames import neutralise_cell
from detector.render.index import find_top
from detector.render.journal import Journal, RunKey, digest_values
from detector.render.view import build_view

FINDINGS, APART, FOLDER = "findings.csv", "apart.csv", "stories"
STORY_FILES: Mapping[str, str] = {"report.html": "html", "report.json": "json"}
"""The files of one story in a large run."""
_PAGE = 100  # stories a page of the index
_COLUMNS = 12  # sources named a story


@dataclass(frozen=True, slots=True)
class Totals:
    """What a run found, over all stories: numbers by key, and of the cards by relation ("check": those to check by hand)."""

    counts: Mapping[str, int]
    cards: Mapping[str, int]
    stories: int
    apart: int


class ArchiveWriter:
    """Writes the stories of a run one by one, and knows which are written.

    Args:
        folder: where to; made if it does not exist.
        key: what the run rests on.
        resume: keep the stories that a stopped run with this key has written.

    Raises:
        ReportError: as `Journal`.
    """

    def __init__(self, folder: Path, key: RunKey, *, resume: bool = False) -> None:
        self.folder = folder
        self._journal = Journal(folder, key, resume=resume)
        end = max((entry["findings_end"] for entry in self._journal.entries.values()), default=0)
        try:
            with (folder / FINDINGS).open("ab") as file:
                file.truncate(end)  # what a stopped run wrote behind its last entry
        except OSError as error:
            raise ReportError(
                f"cannot write {folder / FINDINGS}: {error.strerror or error}. Choose a folder that you may write to."
            ) from error

    def is_written(self, story: Story) -> bool:
        """Whether the story is written already, with the same articles."""
        entry = self._journal.entries.get(story.id)
        return entry is not None and entry["members"] == digest_values(sorted(story.article_ids))

    def write_story(self, report: Report) -> None:
        """Write the report on one story: its page and JSON, its rows of findings.csv, and last its entry in the journal."""
        (story,) = report.stories
        name = f"{slug_text(story.title)}-{slug_text(story.id.removeprefix('story-'), 200)}"
        for file, kind in STORY_FILES.items():
            write_file(self.folder / FOLDER / name / file, RENDERERS[kind](report))
        header, _, rows = RENDERERS["findings.csv"](report).partition("\n")
        with (self.folder / FINDINGS).open("ab") as table:
            table.write((rows if table.tell() else f"{header}\n{rows}").encode())
            end = table.tell()
        members = digest_values(sorted(story.article_ids))
        self._journal.add(
            story.id, {"members": members, "findings_end": end, "row": _make_row(report, f"{FOLDER}/{name}")}
        )

    def finish(
        self,
        stories: Sequence[Story],
        articles: Mapping[str, Article],
        skipped: Sequence[Skipped],
        settings: Mapping[str, Any],
    ) -> tuple[Totals, list[Path]]:
        """Write the index and the list of articles apart.

        Args:
            stories: all stories of the run, in the index's order.
            articles: the articles by id; their texts are not needed.
            skipped: what reading left out.
            settings: what the run used.

        Returns:
            What was found, and the files at the top, the one to open first at the front.
        """
        rows = [self._journal.entries[story.id]["row"] for story in stories if story.id in self._journal.entries]
        alone = [articles[story.article_ids[0]] for story in stories if len(story.article_ids) == 1]
        counts, cards = Counter[str](), Counter[str]()
        for row in rows:
            counts.update(row["counts"])
            cards.update(row["cards"])
        totals = Totals(dict(counts), dict(cards), len(rows), len(alone))
        empty = Report(datetime.now(UTC).replace(microsecond=0), settings, *((),) * 7, tuple(skipped), {})
        pages = [rows[start : start + _PAGE] for start in range(0, len(rows), _PAGE)] or [[]]
        names = ["index.html", *(f"index-{number}.html" for number in range(2, len(pages) + 1))]
        from detector.render.environment import render_page

        written = [
            write_file(
                self.folder / names[i],
                render_page("archive.html", view=build_view(empty), rows=page, names=names, here=i, totals=totals),
            )
            for i, page in enumerate(pages)
        ]
        written.append(write_file(self.folder / APART, _list_apart(alone)))
        return totals, [*written, self.folder / FINDINGS]


def _make_row(report: Report, folder: str) -> dict[str, Any]:
    """Return what the index says of a story, as plain values."""
    view = build_view(report)
    top = find_top(view)
    pairs = report.counts["pairs"]
    return {
        "folder": folder,
        "title": view.title,
        "meta": view.meta,
        "columns": [[column.label, column.days] for column in view.columns[:_COLUMNS]],
        "more": max(0, len(view.columns) - _COLUMNS),
        "tags": [[tag.key, tag.symbol, tag.number, tag.words] for tag in view.tags],
        "cards": dict(Counter("check" if card.check else card.relation.value for card in report.cards)),
        "counts": {
            "articles": len(report.articles),
            "claims": report.counts["claims"],
            "pairs": sum(pairs.values()),
            "findings": len(report.findings),
        },
        "top": top
        and {
            "key": top.group.key,
            "symbol": top.group.symbol,
            "tag": top.tag,
            "kind": top.kind,
            "question": top.question,
            "why": top.why,
            "anchor": top.anchor,
            "doubt": f"{top.confidence:.2f}" if top.doubtful else "",
        },
    }


def _list_apart(articles: Sequence[Article]) -> str:
    """Return the articles that share no story with another as CSV, in order of time."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    table.writerow(["id", "source", "published", "title", "path"])
    for one in sorted(articles, key=lambda a: (a.published.isoformat() if a.published else "9999", a.id)):
        when = one.published.isoformat() if one.published else ""
        table.writerow([neutralise_cell(value) for value in (one.id, one.source, when, one.title, one.path or "")])
    return text.getvalue()
