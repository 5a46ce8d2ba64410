"""A long story -> its events: parted where, beside what the whole story shares, two halves have nothing in common."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster

from detector.group.closeness import unit_rows
from detector.group.nearness import COPY, Views, build_tree, measure_nearness

Matrix = NDArray[np.float32]
Rows = NDArray[np.intp]

_LONG = 12  # articles, from which a story may hold two events
_LEAST = 4  # articles of an event; fewer are a story's outliers
_APART = 0.045  # halves nearer than this are one event; read off ECB+, where 0.02 to 0.05 find its sub-events alike
_ALIKE = 0.6  # ... and so are halves whose texts are so near: printings of one text differ in trifles only
_MEAN_PRIOR = 8.0  # the mean of n articles is trusted n / (n + 8)
_WORD_PRIOR = 10.0  # imagined articles beside the story's own, when its words are weighed


def split_changed(views: Views, story: Rows) -> Iterator[Rows]:
    """Yield the events of a story, each as sorted rows; a story of one event is yielded whole.

    Over a corpus the names and words of a story hold its articles together. Weighed inside the story alone, what all of
    it shares is worth nothing, and what remains shows two events of one kind, or a story that has moved on.
    """
    if len(story) < _LONG:
        yield story
        return
    inside, every = views.take_rows(story), np.arange(len(story))
    raw = measure_nearness(inside, every, every)
    near = np.where(raw >= COPY, raw, measure_nearness(_centre_views(inside), every, every))
    tree = build_tree(near)
    halves = fcluster(tree, 2, "maxclust")
    parts = [story[halves == half] for half in np.unique(halves)]
    first = halves == halves[0]
    apart = 1.0 - tree[-1, 2] < _APART and float(raw[first][:, ~first].mean()) < _ALIKE
    if apart and min(map(len, parts)) >= _LEAST:
        for part in parts:
            yield from split_changed(views, part)
    else:
        yield story


def _centre_views(views: Views) -> Views:
    """Return the views with what all articles share taken out: the mean of vectors, the weight of common words."""
    from sklearn.preprocessing import normalize  # imported here: it loads slowly, and only long stories need it

    n = len(views.days)
    vectors = views.vectors - views.vectors.mean(axis=0) * np.float32(n / (n + _MEAN_PRIOR))
    held = np.bincount(views.words.indices, minlength=views.words.shape[1])
    words = views.words.multiply(np.log((_WORD_PRIOR + n) / (_WORD_PRIOR * 0.01 + held))).tocsr()
    return Views(unit_rows(vectors), normalize(words).astype(np.float32), views.days, views.window)
