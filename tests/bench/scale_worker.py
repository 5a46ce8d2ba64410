"""One size of the archive in a process of its own. Usage: python scale_worker.py JSONL VECTORS STORIES TEXTS; prints JSON.

JSONL holds the articles, VECTORS an .npz of article ids and vectors. Reading and grouping are measured on all articles; what
costs too much for that on a sample: TEXTS articles embedded, and STORIES stories drawn at random, split, embedded, compared
and written, without the model for the comparisons of meaning. Seconds are those of the processor, on one thread.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from detector import shares
from detector.assemble import assemble_report
from detector.embed import Matrix, SentenceTransformerEmbedder
from detector.group import article_texts, group_stories
from detector.judge.weigh import load_weights
from detector.progress import stay_silent
from detector.rank import order_finding
from detector.read import read_articles
from detector.render.archive import ArchiveWriter
from detector.render.journal import make_key
from detector.settings import Settings

_SEED = 5
SECONDS: dict[str, float] = {}


class TimedEmbedder:
    """The default model, with the seconds that it took."""

    def __init__(self) -> None:
        self._inner = SentenceTransformerEmbedder()
        self.name, self.precision = self._inner.name, self._inner.precision
        self.seconds, self.texts = 0.0, 0

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Embed, and count."""
        start = time.process_time()
        rows = self._inner.embed(texts)
        self.seconds, self.texts = self.seconds + time.process_time() - start, self.texts + len(texts)
        return rows


@contextmanager
def measure(stage: str) -> Iterator[None]:
    """Add the seconds of a stage."""
    start = time.process_time()
    yield
    SECONDS[stage] = SECONDS.get(stage, 0.0) + time.process_time() - start


def main() -> None:
    """Measure each stage."""
    source, vectors, stories_wanted, texts_wanted = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    libraries = read_peak()
    with measure("read"):
        articles, skipped = read_articles([source])
    after_reading = read_peak()
    with np.load(vectors) as held:
        place = {name: i for i, name in enumerate(held["ids"].tolist())}
        rows = held["vectors"][[place[article.id] for article in articles]]
    with measure("group"):
        stories = group_stories(articles, rows)
    after_grouping = read_peak()
    embedder = TimedEmbedder()
    rng = random.Random(_SEED)
    with measure("vectors"):
        embedder.embed(article_texts(rng.sample(articles, min(texts_wanted, len(articles)))))
    embedder.seconds, embedder.texts = 0.0, 0
    told = [story for story in stories if len(story.article_ids) > 1]
    sample = rng.sample(told, min(stories_wanted, len(told)))
    tools = shares.Tools(Settings(nli=""), embedder, None, load_weights(), ())
    by_id = {article.id: article for article in articles}
    found = dict.fromkeys(("articles", "claims", "pairs", "findings"), 0)
    with tempfile.TemporaryDirectory() as folder:
        writer = ArchiveWriter(Path(folder), make_key({}, by_id, {}))
        for story in sample:
            members = [by_id[name] for name in story.article_ids]
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
    SECONDS["compare"] -= embedder.seconds
    SECONDS["embed"] = embedder.seconds
    print(
        json.dumps(
            {
                "articles": len(articles),
                "skipped": len(skipped),
                "undated": sum(article.published is None for article in articles),
                "characters": sum(len(article.text) for article in articles),
                "stories": len(told),
                "apart": len(stories) - len(told),
                "in_stories": sum(len(story.article_ids) for story in told),
                "largest": len(stories[0].article_ids),
                "sample": {**found, "stories": len(sample), "texts": embedder.texts, "bytes": size},
                "vectors": min(texts_wanted, len(articles)),
                "seconds": SECONDS,
                "peak": {"libraries": libraries, "read": after_reading, "group": after_grouping, "all": read_peak()},
            }
        )
    )


def read_peak() -> float:
    """Return the most memory that the process has held, in GB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9


if __name__ == "__main__":
    main()
