"""The models that the settings name, each behind its cache."""

from __future__ import annotations

from pathlib import Path

from detector.cached.keys import describe_folder, describe_runtime
from detector.cached.models import CachedEmbedder, CachedNli
from detector.embed import Embedder, SentenceTransformerEmbedder, find_model
from detector.judge.claim_nli import SHIPPED, load_nli
from detector.judge.claim_nli import find_model as find_nli
from detector.judge.nli import Nli
from detector.precision import choose_precision
from detector.store import Store


def choose_cached_precision(precision: str, store: Store) -> str:
    """Return "float32" or "bfloat16" as `choose_precision` does, which need be asked only once on a machine.

    Raises:
        SettingsError: the precision is unknown.
    """
    if precision != "auto":
        return choose_precision(precision)
    return store.recall(f"precision with {describe_runtime()}", lambda: choose_precision(precision))


def load_cached_embedder(name: str, precision: str, store: Store) -> Embedder:
    """Return the embedder of a name; the model itself is loaded when a text is new.

    A name from the hub, which can stand for another model tomorrow, is not cached.

    Raises:
        ModelMissing: the model is not on this machine, and not all that is asked of it may be in the cache.
        SettingsError: the precision is unknown.
    """
    exact = choose_cached_precision(precision, store)
    weights = describe_folder(Path(find_model(name)), store)
    if weights is None:
        return SentenceTransformerEmbedder(name, exact)
    key = f"{Path(name).name} {weights[:16]}, {exact}, {describe_runtime()}"
    return CachedEmbedder(key, lambda: SentenceTransformerEmbedder(name, exact), store, name=name, precision=exact)


def load_cached_nli(name: str, precision: str, store: Store) -> Nli:
    """Return the NLI model of a name; as `load_cached_embedder`."""
    exact = choose_cached_precision(precision, store)
    weights = describe_folder(find_nli() if name == SHIPPED else Path(name), store)
    if weights is None:
        return load_nli(name, exact)
    key = f"{Path(name).name} {weights[:16]}, {exact}, {describe_runtime()}"
    return CachedNli(key, lambda: load_nli(name, exact), store, name=name)
