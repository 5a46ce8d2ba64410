"""Articles and their vectors -> Stories: articles of one event, close in meaning and, where dated, in time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from detector.errors import DetectorError, SettingsError
from detector.records import Article, Story

Matrix = NDArray[np.float32]
Days = NDArray[np.float64]
Rows = NDArray[np.intp]

DEFAULT_THRESHOLD = 0.65
"""Mean cosine at which groups are one event; measured for all-MiniLM-L6-v2 by tests/bench/measure_groups.py."""

_TEXT_LENGTH = 1500  # characters: what fits into the 256 tokens that the model reads
_BLOCK = 1024
_LARGEST = 4000  # articles clustered at once: 128 MB
_STEP = 0.02
_DAY = 86400.0


def article_texts(articles: Sequence[Article]) -> tuple[str, ...]:
    """Return for each article the text whose vector `group_stories` expects: its title and the opening of its text.

    One vector of this text tells events apart better than the mean of the vectors of the title and the first sentences,
    which drifts with their number (tests/bench/measure_groups.py).
    """
    return tuple(
        (article.text if article.text.startswith(article.title) else f"{article.title}. {article.text}")[:_TEXT_LENGTH]
        for article in articles
    )


def group_stories(
    articles: Sequence[Article], vectors: Matrix, *, window_days: int = 14, threshold: float | None = None
) -> tuple[Story, ...]:
    """Group articles of one event by average linkage on cosine.

    Up to `window_days` apart, two articles are as close as their vectors; from there closeness fades to nothing at
    twice the window. An article without a date, or with one inferred from another article, is bound by no window.

    Args:
        articles: the n articles, in any order.
        vectors: (n, d), unit-length rows; row i is the vector of `article_texts(articles)[i]`.
        window_days: how many days an event's articles lie apart at most without losing closeness.
        threshold: mean cosine at which groups are joined; None takes the one measured for the default model.

    Returns:
        Stories, largest first, then by id; each with its articles in order of time (undated ones last), then id. An
        article like no other is a story of one.

    Raises:
        DetectorError: articles and vectors are not equally many.
        SettingsError: the window is shorter than a day, or the threshold is not between 0 and 1.
    """
    if len(articles) != len(vectors):
        raise DetectorError(
            f"{len(articles)} articles but {len(vectors)} vectors; embed each article once, in the same order"
        )
    bar = DEFAULT_THRESHOLD if threshold is None else threshold
    if not 0.0 < bar < 1.0:
        raise SettingsError(
            f"story threshold {bar} is out of range; give a cosine between 0 and 1, such as {DEFAULT_THRESHOLD}"
        )
    if window_days < 1:
        raise SettingsError(f"story window of {window_days} days is too short; give 1 or more")
    order = sorted(range(len(articles)), key=lambda i: articles[i].id)
    ordered = [articles[i] for i in order]
    rows = np.ascontiguousarray(np.asarray(vectors, dtype=np.float32)[order])
    days = _find_days(ordered)
    edges = _find_edges(rows, days, float(window_days), bar)
    stories = [
        make_story([ordered[i] for i in group], rows[group])
        for part in _find_parts(edges, np.arange(len(ordered)), bar)
        for group in _cluster(rows, days, part, float(window_days), bar)
    ]
    return tuple(sorted(stories, key=lambda story: (-len(story.article_ids), story.id)))


def _find_days(articles: Sequence[Article]) -> Days:
    """Return each article's date in days, NaN where none binds it."""
    return np.array(
        [
            a.published.timestamp() / _DAY if a.published is not None and a.published_basis != "inferred" else np.nan
            for a in articles
        ]
    )


def _measure_nearness(left: Matrix, right: Matrix, left_days: Days, right_days: Days, window: float) -> Matrix:
    """Return cosine, faded where two dates lie further apart than the window; (len(left), len(right))."""
    gap = np.abs(left_days[:, None] - right_days[None, :])
    fade = np.nan_to_num(np.clip(2.0 - gap / window, 0.0, 1.0), nan=1.0).astype(np.float32)
    near: Matrix = (left @ right.T) * fade
    return near


def _find_edges(rows: Matrix, days: Days, window: float, bar: float) -> csr_array:
    """Return the pairs of articles that reach the threshold, block by block in order of time."""
    n = len(rows)
    order = np.argsort(days, kind="stable")  # NaN, the undated, come last
    sorted_days = days[order]
    dated = int(np.isfinite(days).sum())
    found: list[tuple[Rows, Rows, Matrix]] = []
    for start in range(0, n, _BLOCK):
        here = order[start : start + _BLOCK]
        last = sorted_days[min(start + _BLOCK, dated) - 1] if start < dated else np.nan
        reach = n if start + _BLOCK > dated else int(np.searchsorted(sorted_days[:dated], last + 2 * window, "right"))
        for others in _list_blocks(order, start, reach, dated):
            near = _measure_nearness(rows[here], rows[others], days[here], days[others], window)
            i, j = np.nonzero(near >= bar)
            found.append((here[i], others[j], near[i, j]))
    if not found:
        return csr_array((n, n), dtype=np.float32)
    i, j, value = (np.concatenate(part) for part in zip(*found, strict=True))
    return csr_array(coo_array((value, (i, j)), shape=(n, n)))


def _list_blocks(order: Rows, start: int, reach: int, dated: int) -> Iterator[Rows]:
    """Yield the articles from `start` to `reach`, and the undated ones, in blocks."""
    for low in range(start, reach, _BLOCK):
        yield order[low : min(low + _BLOCK, reach)]
    for low in range(max(reach, dated), len(order), _BLOCK):
        yield order[low : low + _BLOCK]


def _find_parts(edges: csr_array, inside: Rows, bar: float) -> Iterator[Rows]:
    """Yield sets of articles that no story can cross: average linkage never joins groups without one pair at the bar.

    A set too large to cluster at once is taken apart at a higher bar; it then loses its weakest ties only.
    """
    part = edges[inside][:, inside]
    part.data[part.data < bar] = 0.0
    part.eliminate_zeros()
    count, member = connected_components(part, directed=False)
    order = np.argsort(member, kind="stable")
    for group in np.split(order, np.cumsum(np.bincount(member, minlength=count))[:-1]) if count else ():
        if len(group) > _LARGEST and bar < 1.0:
            yield from _find_parts(edges, inside[group], bar + _STEP)
        else:
            yield inside[group]


def _cluster(rows: Matrix, days: Days, part: Rows, window: float, bar: float) -> Iterator[Rows]:
    """Yield the stories of one part, each as sorted rows."""
    if len(part) < 2:
        yield part
        return
    far = 1.0 - _measure_nearness(rows[part], rows[part], days[part], days[part], window)
    far = np.clip((far + far.T) / 2, 0.0, 2.0)
    np.fill_diagonal(far, 0.0)
    groups = fcluster(linkage(squareform(far, checks=False), method="average"), 1.0 - bar, "distance")
    for group in np.unique(groups):
        yield part[groups == group]


def make_story(articles: Sequence[Article], rows: Matrix) -> Story:
    """Build the record: its id from its earliest article, its title from the one closest to all."""
    central = rows @ rows.sum(axis=0)
    best = min(range(len(articles)), key=lambda i: (-round(float(central[i]), 5), articles[i].id))
    inside = sorted(
        articles, key=lambda a: (a.published is None, a.published.timestamp() if a.published else 0.0, a.id)
    )
    digest = hashlib.sha256(inside[0].id.encode()).hexdigest()[:12]
    return Story(f"story-{digest}", articles[best].title, tuple(article.id for article in inside))
