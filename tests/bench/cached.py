"""The two models of the judgement, asked about each text once for good: what they say is kept in build/bench."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from samples import WORK, Matrix, embed_texts

from detector.embed import DEFAULT_MODEL
from detector.judge.claim_files import CARD, SHIPPED, find_model
from detector.judge.claim_nli import load_nli
from detector.judge.nli import Scores, Texts
from detector.precision import choose_precision

_CHUNK = 256  # pairs scored between two writes


class CachedEmbedder:
    """The project's default embedding model, with its vectors kept."""

    name = DEFAULT_MODEL

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return one unit-length row for each text."""
        return embed_texts(texts)


class CachedNli:
    """An NLI model whose scores are kept in a file of its own: named by the model's card, which has its files' hashes, and the precision.

    The model is loaded only if a score is missing.

    Args:
        name: `claim-nli` for the shipped model, or the folder of another that `ship.py` wrote.
    """

    def __init__(self, name: str = SHIPPED) -> None:
        self.name = name
        folder = find_model() if name == SHIPPED else Path(name)
        self.digest = hashlib.sha256((folder / CARD).read_bytes()).hexdigest()[:12]
        self.path = WORK / f"nli-{self.digest}-{choose_precision('auto')}.sqlite"

    def score(self, pairs: Texts) -> Scores:
        """Return what the model says of each (premise, hypothesis)."""
        WORK.mkdir(parents=True, exist_ok=True)
        keys = {pair: hashlib.sha256("\0".join(pair).encode()).hexdigest() for pair in set(pairs)}
        with closing(sqlite3.connect(self.path, timeout=120)) as store:
            store.execute("create table if not exists scored(k text primary key, row text)")
            known = {key: row for key in keys.values() if (row := _find(store, key)) is not None}
            missing = sorted(
                (pair for pair, key in keys.items() if key not in known), key=lambda p: (-len(p[0]) - len(p[1]), p)
            )
            for start in range(0, len(missing), _CHUNK):
                part = missing[start : start + _CHUNK]
                made = {keys[pair]: row for pair, row in zip(part, load_nli(self.name).score(part), strict=True)}
                lines = [(k, json.dumps(row)) for k, row in made.items()]
                store.executemany("insert or replace into scored values (?, ?)", lines)
                store.commit()
                known.update(made)
        return [known[keys[pair]] for pair in pairs]


def _find(store: sqlite3.Connection, key: str) -> tuple[float, ...] | None:
    found: tuple[str] | None = store.execute("select row from scored where k = ?", (key,)).fetchone()
    return None if found is None else tuple(json.loads(found[0]))
