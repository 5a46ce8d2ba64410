"""One size of the archive in a process of its own. Usage: python scale_worker.py JSONL VECTORS STORIES TEXTS PAIRS.

Prints JSON. JSONL holds the articles, VECTORS an .npz of article ids and vectors. Reading and grouping are measured on all articles; what
costs too much for that on a sample: TEXTS articles embedded, and STORIES stories drawn at random, split, embedded, compared
and written. The model for the comparisons of meaning is not asked there: what it would be asked is counted, with "neutral" for
an answer, and of these questions PAIRS drawn at random are put to it afterwards, which gives the seconds of one and how
often the second direction is asked. Seconds are those of the processor, on one thread.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from peak import read_peak

from detector import shares
from detector.assemble import assemble_report
from detector.embed import Matrix
from detector.group import article_texts, group_stories
from detector.judge.nli import Scores, Texts, needs_second
from detector.judge.weigh import load_weights
from detector.loading import find_embedder, find_nli_model
from detector.progress import stay_silent
from detector.rank import order_finding
from detector.read import spool_articles
from detector.render.archive import ArchiveWriter
from detector.render.journal import make_key
from detector.settings import Settings
from detector.spool import Spool

_SEED = 5
SECONDS: dict[str, float] = {}


class TimedEmbedder:
    """The default model, run as in a job of `size` characters, with the seconds that it took."""

    def __init__(self, size: int) -> None:
        self._inner = find_embedder(Settings(), size)
        self.name = self._inner.name
        self.seconds, self.texts = 0.0, 0

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Embed, and count."""
        start = time.process_time()
        rows = self._inner.embed(texts)
        self.seconds, self.texts = self.seconds + time.process_time() - start, self.texts + len(texts)
        return rows


class CountingNli:
    """Notes what it is asked, and says that nothing follows and nothing is denied."""

    name = "counting"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def score(self, pairs: Texts) -> Scores:
        """Return "neutral"."""
        self.asked.extend(set(pairs))
        return [(0.0, 1.0, 0.0)] * len(pairs)


def measure_judge(asked: Sequence[tuple[str, str]], wanted: int, rng: random.Random) -> dict[str, float]:
    """Return what a question costs in seconds, how often a second one follows it, and how many were put for that."""
    model = find_nli_model(Settings(), 0)
    sample = rng.sample(asked, min(wanted, len(asked)))
    if model is None or not sample:
        return {"seconds": 0.0, "again": 0.0, "sample": 0}
    model.score(sample[:4])
    start = time.process_time()
    scores = model.score(sample)
    seconds = time.process_time() - start
    again = sum(needs_second(row) for row in scores)
    return {"seconds": seconds / len(sample), "again": again / len(sample), "sample": len(sample)}


@contextmanager
def measure(stage: str) -> Iterator[None]:
    """Add the seconds of a stage."""
    start = time.process_time()
    yield
    SECONDS[stage] = SECONDS.get(stage, 0.0) + time.process_time() - start


def main() -> None:
    """Measure each stage; the texts are in a temporary file, as in a run."""
    with Spool(Path(tempfile.gettempdir())) as spool:
        measure_run(spool)


def measure_run(spool: Spool) -> None:
    """Read into the spool, go through the stages, and print what each took."""
    source, vectors = sys.argv[1:3]
    stories_wanted, texts_wanted, pairs_wanted = map(int, sys.argv[3:6])
    libraries = read_peak()
    with measure("read"):
        skipped = spool_articles([source], spool)
    articles = spool.headings
    after_reading = read_peak()
    with np.load(vectors) as held:
        place = {name: i for i, name in enumerate(held["ids"].tolist())}
        rows = held["vectors"][[place[article.id] for article in articles]]
    with measure("group"):
        stories = group_stories(articles, rows, load=lambda heading: spool[heading.id])
    after_grouping = read_peak()
    embedder = TimedEmbedder(spool.characters)
    rng = random.Random(_SEED)
    with measure("vectors"):
        embedder.embed(article_texts(spool[one.id] for one in rng.sample(articles, min(texts_wanted, len(articles)))))
    embedder.seconds, embedder.texts = 0.0, 0
    told = [story for story in stories if len(story.article_ids) > 1]
    sample = rng.sample(told, min(stories_wanted, len(told)))
    nli = CountingNli()
    tools = shares.Tools(Settings(), embedder, nli, load_weights(), ())
    found = dict.fromkeys(("articles", "claims", "pairs", "findings"), 0)
    with tempfile.TemporaryDirectory() as folder:
        writer = ArchiveWriter(Path(folder), make_key({}, spool, {}))
        for story in sample:
            members = [spool[name] for name in story.article_ids]
            with measure("split"):
                claims = shares.split_story(members, None, stay_silent)
            with measure("compare"):
                share = shares.compare_story(story, members, claims, tools, stay_silent)
            with measure("write"):
                report = assemble_report([share], skipped=(), settings={}, rank=order_finding)
                writer.write_story(report)
            for key, number in (
                ("articles", len(members)),
                ("claims", report.counts["claims"]),
                ("pairs", sum(share.pairs.values())),
                ("findings", len(report.findings)),
            ):
                found[key] += number
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    held = read_peak()
    judge = measure_judge(nli.asked, pairs_wanted, rng)
    SECONDS["compare"] -= embedder.seconds
    SECONDS["embed"] = embedder.seconds
    print(
        json.dumps(
            {
                "articles": len(articles),
                "skipped": len(skipped),
                "undated": sum(article.published is None for article in articles),
                "characters": spool.characters,
                "stories": len(told),
                "apart": len(stories) - len(told),
                "in_stories": sum(len(story.article_ids) for story in told),
                "largest": len(stories[0].article_ids),
                "sample": {
                    **found,
                    "stories": len(sample),
                    "texts": embedder.texts,
                    "bytes": size,
                    "questions": len(nli.asked),
                },
                "judge": judge,
                "vectors": min(texts_wanted, len(articles)),
                "seconds": SECONDS,
                "peak": {"libraries": libraries, "read": after_reading, "group": after_grouping, "all": held},
            }
        )
    )


if __name__ == "__main__":
    main()
