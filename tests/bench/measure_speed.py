"""Table 4: how long a very long story takes, and how much memory."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from page import make_table  # models/recipe
from samples import embed_views, make_article, split_articles
from sets import read_lines  # models/recipe

from detector.dating import resolve_claims
from detector.records import Article, Claim, Story

CLAIMS = 5000
_SUBJECT, _SINCE = "impeach", "2019-10-01"  # in the title: dozens of outlets on one subject for months


def measure_speed(data: Path) -> dict[str, Any]:
    """Return seconds and memory for CLAIMS claims of AllSides articles on one subject taken as one story."""
    articles, claims = load_long_story(data)
    matrix, sizes, vectors = embed_views(claims)
    story = Story("long", "long", tuple(article.id for article in articles))
    published = {article.id: article.published.date() if article.published else None for article in articles}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "story.pickle"
        path.write_bytes(pickle.dumps((story, claims, vectors, matrix, sizes, published)))
        worker = Path(__file__).with_name("speed_worker.py")
        run = subprocess.run([sys.executable, str(worker), str(path)], check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, Any] = json.loads(run.stdout)
    shape = {"claims": len(claims), "articles": len(articles), "views": len(matrix), "cores": os.cpu_count()}
    return figures | shape | {"load": os.getloadavg()[0]}


def load_long_story(data: Path) -> tuple[list[Article], tuple[Claim, ...]]:
    """Return AllSides articles on one subject in order of time, and the first CLAIMS claims of theirs that are compared."""
    rows = [
        row
        for row in read_lines(data / "news/allsides/articles.jsonl.gz")
        if _SUBJECT in (row["title"] or "").lower() and (row["date"] or "") >= _SINCE
    ]
    articles = [make_article(row) for row in sorted(rows, key=lambda row: (row["date"], row["id"]))]
    claims = [claim for claim in split_articles("long", articles) if claim.left_out is None][:CLAIMS]
    named = {claim.article_id for claim in claims}
    kept = [article for article in articles if article.id in named]
    return kept, resolve_claims(kept, claims)


def render_speed(found: dict[str, Any]) -> str:
    """Return the table in Markdown."""
    seconds = found["seconds"]
    shape = f"{found['claims']} claims of {found['articles']} articles, {found['views']} views; {found['cores']} cores"
    rows = [[name, f"{value:.1f}"] for name, value in seconds.items()]
    rows.append(["*together*", f"{sum(seconds.values()):.1f}"])
    return (
        f"{shape}; {found['load']:.1f} processes ran or waited when it ended.\n\n{make_table(['Stage', 'Seconds'], rows)}\n\n"
        f"Peak memory {found['peak']:.2f} GB, of which {found['before']:.2f} GB before the first stage: the libraries, the "
        f"claims and their vectors. {found['topics']} topics, {found['pairs']} pairs."
    )
