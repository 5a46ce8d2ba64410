"""A run over an archive: grouped at once, then compared and written story by story, and resumed where it was stopped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from detector.assemble import assemble_report
from detector.engine import Engine
from detector.pipeline import compare_stories, describe_grouping
from detector.progress import Progress, stay_silent
from detector.rank import order_finding
from detector.records import Article, Skipped
from detector.render.archive import ArchiveWriter, Totals
from detector.render.journal import load_stories, make_key, save_stories
from detector.settings import Settings
from detector.spool import Spool
from detector.store import Store


def write_archive(
    articles: Sequence[Article] | Spool,
    folder: Path,
    *,
    settings: Settings,
    skipped: Sequence[Skipped] = (),
    known: Mapping[str, str] | None = None,
    resume: bool = False,
    store: Store | None = None,
    engine: Engine | None = None,
    progress: Progress = stay_silent,
) -> tuple[Totals, list[Path]]:
    """Compare articles and write each story's report into `folder` as soon as it is there.

    Of the stories, one at a time is held. The folder gets stories/NAME/report.html and report.json, findings.csv with the
    findings of all stories, apart.csv with the articles like no other, an index in pages, and run.jsonl, the journal.

    Args:
        articles: as `compare` takes them; or a spool of them, so that their texts, too, are held for one story at a time.
        folder: where to; made if it does not exist.
        settings: what the run is told.
        skipped: what reading left out, for the index.
        known: as for `compare`.
        resume: go on with the run that was stopped in this folder: what it wrote stays, and so do its stories (grouped.json).
        store: as for `compare`.
        engine: where articles are embedded and stories compared; None for this process. It makes no difference to what is found, so a
            run may be resumed with another.
        progress: called with (what, done, total) as the work goes on.

    Returns:
        What was found, and the files at the top of the folder, the one to open first at the front.

    Raises:
        ReportError: the folder cannot be written to; or there is no run to resume, or it had other articles or settings; or the
            spool cannot be read.
        ReadError: two articles have one id.
        ModelMissing: a model that the settings name is not on this machine.
    """
    told = {name: value for name, value in settings.as_dict().items() if name != "engine"}
    headings = articles.headings if isinstance(articles, Spool) else articles
    key = make_key(told, (heading.id for heading in headings), known or {})
    writer = ArchiveWriter(folder, key, resume=resume)
    kept = load_stories(folder, key, describe_grouping()) if resume else None
    run = compare_stories(
        articles,
        settings=settings,
        known=known,
        stories=kept,
        skip=lambda story: len(story.article_ids) < 2 or writer.is_written(story),
        store=store,
        engine=engine,
        progress=progress,
    )
    if kept is None:
        save_stories(folder, key, describe_grouping(), run.stories)
    for share in run.shares:
        writer.write_story(assemble_report([share], skipped=(), settings=run.settings, rank=order_finding))
        del share  # or it would be held while the next story is compared
    return writer.finish(run.stories, {heading.id: heading for heading in headings}, skipped, run.settings)
