"""Models that look up first, and are loaded only for what is missing."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Sequence

import numpy as np

from detector.embed import Embedder, Matrix
from detector.judge.nli import Nli, Scores, Texts
from detector.runtime.choose import Choice
from detector.store import Store

VECTORS, SCORES = "vectors", "NLI scores"
_BATCH = 64  # texts or pairs between two writes: what a killed run can lose
_GIVEN = Choice("given", "")
_FLOAT = np.dtype("<f4")


class CachedEmbedder:
    """An embedder whose vectors are kept.

    Args:
        key: model, weights, precision and runtime in words: all that a vector depends on besides its text.
        load: gives the model; called at the first text that is missing.
        store: where the vectors are kept.
        name: the model's name.
        how: how the model is run, as the report states it.
    """

    def __init__(
        self, key: str, load: Callable[[], Embedder], store: Store, name: str = "", how: Choice = _GIVEN
    ) -> None:
        self.name, self.runtime, self.precision = name, how.runtime, how.precision
        self._key, self._load, self._store = key, load, store
        self._model: Embedder | None = None

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return an (n, d) matrix of unit-length float32 rows, row i for text i."""
        hashes = {text: _hash(text) for text in texts}
        found = self._store.load(VECTORS, self._key, hashes.values())
        rows = {text: np.frombuffer(found[key], _FLOAT) for text, key in hashes.items() if key in found}
        missing = sorted(hashes.keys() - rows.keys(), key=lambda text: (-len(text), text))
        for start in range(0, len(missing), _BATCH):
            part = missing[start : start + _BATCH]
            matrix = self._find_model().embed(part)
            made = {hashes[text]: row.astype(_FLOAT).tobytes() for text, row in zip(part, matrix, strict=True)}
            self._store.save(VECTORS, self._key, made)
            rows |= dict(zip(part, matrix, strict=True))
        if not rows:
            return np.zeros((0, 0), dtype=np.float32)
        return np.stack([rows[text] for text in texts]).astype(np.float32, copy=False)

    def _find_model(self) -> Embedder:
        self._model = self._model or self._load()
        return self._model


class CachedNli:
    """An NLI model whose scores are kept; arguments as for `CachedEmbedder`."""

    def __init__(self, key: str, load: Callable[[], Nli], store: Store, name: str = "", how: Choice = _GIVEN) -> None:
        self.name, self.runtime, self.precision = name, how.runtime, how.precision
        self._key, self._load, self._store = key, load, store
        self._model: Nli | None = None

    def score(self, pairs: Texts) -> Scores:
        """Return for each (premise, hypothesis) what the model returns."""
        hashes = {pair: _hash(*pair) for pair in pairs}
        found = self._store.load(SCORES, self._key, hashes.values())
        scores = {pair: _unpack(found[key]) for pair, key in hashes.items() if key in found}
        missing = sorted(hashes.keys() - scores.keys(), key=lambda pair: (-len(pair[0]) - len(pair[1]), pair))
        for start in range(0, len(missing), _BATCH):
            part = missing[start : start + _BATCH]
            made = dict(zip(part, self._find_model().score(part), strict=True))
            self._store.save(SCORES, self._key, {hashes[pair]: _pack(row) for pair, row in made.items()})
            scores |= made
        return [scores[pair] for pair in pairs]

    def _find_model(self) -> Nli:
        self._model = self._model or self._load()
        return self._model


def _pack(row: Sequence[float]) -> bytes:
    return struct.pack(f"<{len(row)}d", *row)


def _unpack(data: bytes) -> tuple[float, ...]:
    return struct.unpack(f"<{len(data) // 8}d", data)


def _hash(*texts: str) -> bytes:
    """Return 16 bytes that stand for the texts; each goes in with its length, so that no two pairs run together."""
    state = hashlib.blake2b(digest_size=16)
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "little") + data)
    return state.digest()
