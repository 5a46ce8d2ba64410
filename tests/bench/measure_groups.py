"""Measure stories and topics on labelled events. Usage: python tests/bench/measure_groups.py DATA_FOLDER [--topics]

DATA_FOLDER holds news/newswcl50, news/ecbplus, news/wikinews (and news/allsides), as gzip JSON Lines with `event`. The
sets are not part of the project.

Stories: pairs of articles put together against pairs of one event, for several article vectors. Topics: for pairs of
sentences of two ECB+ articles on one event, how often those of one action share a topic ("same"), against those of two
actions ("other") and against any two sentences of two articles ("any").
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from detector.embed import SentenceTransformerEmbedder
from detector.group import article_texts, group_claims, group_stories
from detector.group.stories import DEFAULT_THRESHOLD
from detector.records import Article, Story
from detector.split import split_claims

Matrix = np.ndarray
THRESHOLDS = (0.50, 0.55, 0.60, 0.625, 0.65, 0.675, 0.70, 0.75)


def load_rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def make_article(row: dict[str, Any]) -> Article:
    published = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC) if row.get("date") else None
    text = row["text"]
    title = row.get("title") or text.split(". ")[0][:100]
    return Article(row["id"], row.get("source") or row["id"], title, text, published, "metadata" if published else None)


def load_sets(data: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield (name, rows with `event`); of allsides, 600 consecutive events found automatically."""
    for name in ("newswcl50", "ecbplus", "wikinews"):
        yield name, load_rows(data / "news" / name / "articles.jsonl.gz")
    events = [json.loads(line) for line in (data / "news/allsides/events_auto.jsonl").read_text().splitlines()]
    events = sorted(events, key=lambda event: (event["dates"][0], event["event"]))[600:1200]
    event_of = {article: event["event"] for event in events for article in event["ids"]}
    rows = load_rows(data / "news/allsides/articles.jsonl.gz")
    yield "allsides", [row | {"event": event_of[row["id"]]} for row in rows if row["id"] in event_of]


def unit(matrix: Matrix) -> Matrix:
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)


def list_recipes(
    embedder: SentenceTransformerEmbedder, rows: Sequence[dict[str, Any]], articles: Sequence[Article]
) -> Iterator[tuple[str, Matrix]]:
    """Yield (name, article vectors) for each way to make them."""
    yield "article_texts", embedder.embed(article_texts(articles))
    yield "title + 600 characters", embedder.embed([text[:600] for text in article_texts(articles)])
    if "sentences" in rows[0]:
        for count in (3, 8):
            parts = [[article.title, *row["sentences"][:count]] for row, article in zip(rows, articles, strict=True)]
            flat = embedder.embed([text for part in parts for text in part])
            ends = np.cumsum([len(part) for part in parts])[:-1]
            yield f"mean of title, {count} sentences", unit(np.array([p.mean(axis=0) for p in np.split(flat, ends)]))


def score_pairs(
    events: Sequence[str], articles: Sequence[Article], stories: Sequence[Story]
) -> tuple[float, float, float]:
    """Return precision, recall and F1 over pairs of articles."""
    story_of = {article: story.id for story in stories for article in story.article_ids}
    found = np.array([story_of[article.id] for article in articles])
    wanted = np.array(events)
    above = np.triu_indices(len(articles), 1)
    one, same = (found[:, None] == found)[above], (wanted[:, None] == wanted)[above]
    hits = float((one & same).sum())
    precision, recall = hits / max(1, one.sum()), hits / max(1, same.sum())
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def count_exact(events: Sequence[str], articles: Sequence[Article], stories: Sequence[Story]) -> int:
    """Return how many events are one story exactly."""
    wanted: dict[str, set[str]] = {}
    for event, article in zip(events, articles, strict=True):
        wanted.setdefault(event, set()).add(article.id)
    got = {frozenset(story.article_ids) for story in stories}
    return sum(frozenset(ids) in got for ids in wanted.values())


def measure_stories(data: Path, embedder: SentenceTransformerEmbedder) -> None:
    print(f"{'set':<10} {'article vector':<26} {'best F1 @':<12} at {DEFAULT_THRESHOLD}: P    R    F1   events exact")
    for name, rows in load_sets(data):
        articles = [make_article(row) for row in rows]
        events = [str(row["event"]) for row in rows]
        for recipe, vectors in list_recipes(embedder, rows, articles):
            at: dict[float, tuple[float, float, float]] = {}
            for threshold in THRESHOLDS:
                at[threshold] = score_pairs(events, articles, group_stories(articles, vectors, threshold=threshold))
            best = max(at, key=lambda threshold: at[threshold][2])
            exact = count_exact(events, articles, group_stories(articles, vectors))
            p, r, f = at[DEFAULT_THRESHOLD]
            print(
                f"{name:<10} {recipe:<26} {at[best][2]:.2f} @ {best:<5}  "
                f"          {p:.2f} {r:.2f} {f:.2f} {exact:>4} of {len(set(events))}"
            )


def measure_topics(data: Path, embedder: SentenceTransformerEmbedder) -> None:
    rows = load_rows(data / "news/ecbplus/articles.jsonl.gz")
    pairs = load_rows(data / "news/ecbplus/sentence_pairs.jsonl.gz")
    together: dict[str, list[bool]] = {"same": [], "other": []}
    any_two: list[float] = []
    topics_per_root: list[float] = []
    for event in sorted({row["event"] for row in rows})[::4]:
        # One sentence a line: the splitter then keeps to the sentences of the set.
        articles = [
            Article(row["id"], row["id"], "", "\n".join(row["sentences"])) for row in rows if row["event"] == event
        ]
        claims = [claim for claim in split_claims(articles) if claim.left_out is None]
        story = Story(event, event, tuple(article.id for article in articles))
        topics = group_claims(story, claims, embedder.embed([claim.text for claim in claims]))
        homes: dict[str, set[str]] = {claim.id: set() for claim in claims}
        for topic in topics:
            for claim_id in topic.claim_ids:
                homes[claim_id].add(topic.id)
        place = {(claim.article_id, claim.text.strip()): claim.id for claim in claims}
        for pair in (pair for pair in pairs if pair["event"] == event):
            left = place.get((pair["doc1"], pair["sentence1"].strip()))
            right = place.get((pair["doc2"], pair["sentence2"].strip()))
            if left and right:
                kind = "same" if pair["label"] == "same_event" else "other"
                together[kind].append(bool(homes[left] & homes[right]))
        crossing = [(a.id, b.id) for i, a in enumerate(claims) for b in claims[:i] if a.article_id != b.article_id]
        any_two.append(float(np.mean([bool(homes[a] & homes[b]) for a, b in crossing])))
        topics_per_root.append(len(topics) / float(np.sqrt(len(claims))))
    print(
        f"topics of {len(any_two)} ECB+ events: same {np.mean(together['same']):.2f} ({len(together['same'])}), "
        f"other {np.mean(together['other']):.2f} ({len(together['other'])}), any {np.mean(any_two):.2f}; "
        f"{np.mean(topics_per_root):.1f} topics for each square root of the claims"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--topics", action="store_true", help="measure topics too (minutes)")
    options = parser.parse_args()
    embedder = SentenceTransformerEmbedder()
    measure_stories(options.data, embedder)
    if options.topics:
        measure_topics(options.data, embedder)


if __name__ == "__main__":
    main()
