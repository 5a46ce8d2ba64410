"""Articles and their vectors -> Stories: articles of one event, close in meaning, in names and, where dated, in time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from detector.errors import DetectorError, SettingsError
from detector.group.changes import split_changed
from detector.group.edges import SLACK, find_edges
from detector.group.known import join_known
from detector.group.nearness import Views, build_tree, find_days, measure_nearness
from detector.group.story_words import find_copies, weigh_words
from detector.records import Article, Story

Matrix = NDArray[np.float32]
Rows = NDArray[np.intp]

DEFAULT_THRESHOLD = 0.44
"""Mean nearness at which groups are one event; measured for all-MiniLM-L6-v2 on ECB+, newswcl50 and AllSides."""

_TEXT_LENGTH = 1500  # characters: what fits into the 256 tokens that the model reads
_LARGEST = 4000  # articles clustered at once: 128 MB
_STEP = 0.02


def article_texts(articles: Iterable[Article]) -> tuple[str, ...]:
    """Return for each article the text whose vector `group_stories` expects: its title and the opening of its text.

    One vector of this text tells events apart better than the mean of the vectors of the title and the first sentences,
    which drifts with their number (docs/topics.md).
    """
    return tuple(map(_read_opening, articles))


def _read_opening(article: Article) -> str:
    text = article.text if article.text.startswith(article.title) else f"{article.title}. {article.text}"
    return text[:_TEXT_LENGTH]


def group_stories(
    articles: Sequence[Article],
    vectors: Matrix,
    *,
    window_days: int = 14,
    threshold: float | None = None,
    known: Mapping[str, str] | None = None,
    part_long: bool = True,
    load: Callable[[Article], Article] | None = None,
) -> tuple[Story, ...]:
    """Group articles of one event by average linkage on nearness: half cosine, half shared words, names most of all.

    Up to `window_days` apart, two articles are as near as their texts; from there nearness fades to nothing at twice
    the window. An article without a date, or with one inferred from another article, is bound by no window. Articles of
    the very same words are one article to the grouping, whatever their dates.

    Args:
        articles: the n articles, in any order.
        vectors: (n, d), unit-length rows; row i is the vector of `article_texts(articles)[i]`.
        window_days: how many days an event's articles lie apart at most without losing nearness.
        threshold: mean nearness at which groups are joined; None takes the one measured for the default model.
        known: article id -> story id of an earlier grouping. These articles stay where they were. Another one joins the
            known story that it is nearest to on average, if that reaches the threshold; the rest are grouped as ever.
        part_long: part stories of a dozen articles and more where their events change; without it a lower threshold
            finds subjects.
        load: gives an article with its text, where those given have none (`detector.spool`); asked for one at a time.

    Returns:
        Stories, largest first, then by id; each with its articles in order of time (undated ones last), then id. An
        article like no other is a story of one. The id of a story that is not known rests on its earliest article.

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
            f"story threshold {bar} is out of range; give a nearness between 0 and 1, such as {DEFAULT_THRESHOLD}"
        )
    if window_days < 1:
        raise SettingsError(f"story window of {window_days} days is too short; give 1 or more")
    order = sorted(range(len(articles)), key=lambda i: articles[i].id)
    ordered = [articles[i] for i in order]
    rows = np.ascontiguousarray(np.asarray(vectors, dtype=np.float32)[order])
    texts = map(load, ordered) if load else ordered
    views = Views(rows, weigh_words(map(_read_opening, texts)), find_days(ordered), float(window_days))
    firsts = find_copies(views.words)
    homes = join_known(views, firsts, [(known or {}).get(article.id) for article in ordered], bar)
    held: dict[str, list[int]] = {}
    for row, home in enumerate(homes):
        if home is not None:
            held.setdefault(home, []).append(row)
    rest = np.array([row for row, home in enumerate(homes) if home is None], dtype=np.intp)
    stories = [replace(make_story([ordered[i] for i in group], rows[group]), id=name) for name, group in held.items()]
    for group in _group_rows(views, firsts, rest, bar, part_long):
        story = make_story([ordered[i] for i in group], rows[group])
        stories.append(replace(story, id=_name_story(story.id)) if story.id in held else story)
    return tuple(sorted(stories, key=lambda story: (-len(story.article_ids), story.id)))


def make_story(articles: Sequence[Article], rows: Matrix) -> Story:
    """Build the record: its id from its earliest article, its title from the one closest to all."""
    central = rows @ rows.sum(axis=0)
    best = min(range(len(articles)), key=lambda i: (-round(float(central[i]), 5), articles[i].id))
    inside = sorted(
        articles, key=lambda a: (a.published is None, a.published.timestamp() if a.published else 0.0, a.id)
    )
    return Story(_name_story(inside[0].id), articles[best].title, tuple(article.id for article in inside))


def _name_story(seed: str) -> str:
    """Return a story's id."""
    return f"story-{hashlib.sha256(seed.encode()).hexdigest()[:12]}"


def _group_rows(views: Views, firsts: Rows, rest: Rows, bar: float, part_long: bool) -> Iterator[Rows]:
    """Yield the stories of some rows, each as sorted rows. Copies are folded first: one text, at its earliest date."""
    texts, place = np.unique(firsts[rest], return_inverse=True)
    days = np.full(len(texts), np.inf)
    np.fmin.at(days, place, views.days[rest])
    days[np.isinf(days)] = np.nan
    folded = replace(views.take_rows(texts), days=days)
    printed = np.split(rest[np.argsort(place, kind="stable")], np.cumsum(np.bincount(place))[:-1]) if len(rest) else []
    for part in _find_parts(find_edges(folded, bar), np.arange(len(texts)), bar):
        for story in _cluster_part(folded, part, bar):
            for event in split_changed(folded, story) if part_long else (story,):
                yield np.sort(np.concatenate([printed[i] for i in event]))


def _find_parts(edges: csr_array, inside: Rows, bar: float) -> Iterator[Rows]:
    """Yield sets of articles that no story can cross: average linkage never joins groups without one pair at the bar.

    A set too large to cluster at once is taken apart at a higher bar; it then loses its weakest ties only.
    """
    part = edges[inside][:, inside]
    part.data[part.data < bar - SLACK] = 0.0
    part.eliminate_zeros()
    count, member = connected_components(part, directed=False)
    order = np.argsort(member, kind="stable")
    for group in np.split(order, np.cumsum(np.bincount(member, minlength=count))[:-1]) if count else ():
        if len(group) > _LARGEST and bar < 1.0:
            yield from _find_parts(edges, inside[group], bar + _STEP)
        else:
            yield inside[group]


def _cluster_part(views: Views, part: Rows, bar: float) -> Iterator[Rows]:
    """Yield the stories of one part, each as sorted rows."""
    if len(part) < 2:
        yield part
        return
    groups = fcluster(build_tree(measure_nearness(views, part, part)), 1.0 - bar, "distance")
    for group in np.unique(groups):
        yield part[groups == group]
