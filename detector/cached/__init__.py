"""What a run need not compute again: claims, vectors and NLI scores, kept in a `Store` by what they were made of."""

from detector.cached.claims import split_cached
from detector.cached.keys import describe_folder, describe_runtime
from detector.cached.models import CachedEmbedder, CachedNli

__all__ = ["CachedEmbedder", "CachedNli", "describe_folder", "describe_runtime", "split_cached"]
