"""What a run need not compute again: claims, vectors and NLI scores, kept in a `Store` by what they were made of."""

from detector.cached.claims import split_cached
from detector.cached.load import choose_cached_precision, load_cached_embedder, load_cached_nli
from detector.cached.models import CachedEmbedder, CachedNli

__all__ = [
    "CachedEmbedder",
    "CachedNli",
    "choose_cached_precision",
    "load_cached_embedder",
    "load_cached_nli",
    "split_cached",
]
