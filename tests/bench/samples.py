"""The labelled news sets as articles and claims, with what is slow to make of them kept in build/bench."""

from __future__ import annotations

import hashlib
import json
import pickle
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.records import Article, Claim, ClockTime, DateMention, Facts, Figure, Name, Predicate

sys.path.append(str(Path(__file__).parents[2] / "models" / "recipe"))
from sets import read_lines

Matrix = NDArray[np.float32]
ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "bench"

# A claim is parsed anew when one of these files changes, or the fields of one of these records.
_PARSERS = ("facts/*", "sentences.py", "split.py")
_PARSED = (Claim, Facts, Figure, DateMention, ClockTime, Name, Predicate)
_CHUNK = 512  # texts embedded between two writes


@dataclass(frozen=True, slots=True)
class Sample:
    """A set of articles, the sentences of each, and the true group of each by every way in which they are labelled."""

    name: str
    articles: tuple[Article, ...]
    sentences: tuple[tuple[str, ...], ...]
    truths: dict[str, tuple[str, ...]]


def load_sample(data: Path, name: str) -> Sample:
    """Load ecbplus (`topic` and `event`), newswcl50 or wikinews (`event`)."""
    rows = list(read_lines(data / "news" / name / "articles.jsonl.gz"))
    truths = {key: tuple(str(row[key]) for row in rows) for key in ("topic", "event") if key in rows[0]}
    return Sample(name, tuple(map(make_article, rows)), tuple(tuple(row["sentences"]) for row in rows), truths)


def load_allsides(data: Path, events: int = 600) -> Sample:
    """Load the articles of consecutive AllSides events, which were found automatically; the only dated sample."""
    lines = (data / "news/allsides/events_auto.jsonl").read_text(encoding="utf-8").splitlines()
    ordered = sorted((json.loads(line) for line in lines), key=lambda event: (event["dates"][0], event["event"]))
    event_of = {name: str(event["event"]) for event in ordered[events : 2 * events] for name in event["ids"]}
    rows = [row for row in read_lines(data / "news/allsides/articles.jsonl.gz") if row["id"] in event_of]
    truth = tuple(event_of[row["id"]] for row in rows)
    return Sample("allsides", tuple(map(make_article, rows)), tuple((row["text"],) for row in rows), {"event": truth})


def make_article(row: dict[str, Any]) -> Article:
    """Return a set's row as an article; one without a title takes the opening of its text, as in the first line of a file."""
    published = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC) if row.get("date") else None
    title = row.get("title") or row["text"].split(". ")[0][:100]
    basis = "metadata" if published else None
    return Article(row["id"], row.get("source") or row["id"], title, row["text"], published, basis)


def is_first_half(topic: str) -> bool:
    """Say in which half of the ECB+ topics one lies; what is chosen on one half is reported on the other."""
    return hashlib.sha256(f"topic {topic}".encode()).digest()[-1] % 2 == 0


def split_articles(name: str, articles: Sequence[Article]) -> tuple[Claim, ...]:
    """Return the articles' claims as `split_claims` does, parsed once for each state of the code that parses."""
    from detector.split import split_claims

    digest = hashlib.sha256(repr([(a.id, a.source, a.title, a.text) for a in articles]).encode())
    digest.update(repr([[item.name for item in fields(record)] for record in _PARSED]).encode())
    for pattern in _PARSERS:
        for path in sorted((ROOT / "detector").glob(pattern)):
            digest.update(path.read_bytes() if path.is_file() else b"")
    path = WORK / f"claims-{name}-{digest.hexdigest()[:12]}.pickle"
    if not path.exists():
        for stale in WORK.glob(f"claims-{name}-*.pickle"):
            stale.unlink()
        claims = split_claims(articles)
        WORK.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(claims))
    return tuple(pickle.loads(path.read_bytes()))


@cache
def _load_embedder() -> Any:
    from detector.embed import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder()


def embed_texts(texts: Sequence[str]) -> Matrix:
    """Return the (n, 384) unit-length vectors of texts by the project's default model, each text embedded once for good."""
    from detector.embed import DEFAULT_MODEL
    from detector.precision import choose_precision

    WORK.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(WORK / f"vectors-{DEFAULT_MODEL}-{choose_precision('auto')}.sqlite", timeout=120) as store:
        store.execute("create table if not exists v(k text primary key, x blob)")
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        known: dict[str, bytes] = {}
        for start in range(0, len(keys), _CHUNK):
            part = keys[start : start + _CHUNK]
            known.update(store.execute(f"select k, x from v where k in ({','.join('?' * len(part))})", part).fetchall())
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        ordered = sorted(missing, key=lambda key: (-len(missing[key]), key))
        for start in range(0, len(ordered), _CHUNK):
            part = ordered[start : start + _CHUNK]
            rows = _load_embedder().embed([missing[key] for key in part])
            made = [(key, row.tobytes()) for key, row in zip(part, rows, strict=True)]
            store.executemany("insert or replace into v values (?, ?)", made)
            store.commit()
            known.update(made)
    return np.stack([np.frombuffer(known[key], np.float32) for key in keys])


def embed_views(claims: Sequence[Claim]) -> tuple[Matrix, tuple[int, ...], Matrix]:
    """Return the vectors of all views of n claims, how many views each has, and the (n, 384) vectors of the claims' texts."""
    from detector.split import list_views

    views = [list_views(claim) for claim in claims]
    sizes = tuple(len(texts) for texts in views)
    matrix = embed_texts([text for texts in views for text in texts])
    return matrix, sizes, matrix[np.cumsum([0, *sizes[:-1]])]
