"""Stories by blocks in time against the plain way: one square matrix of all articles, and one tree over it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster

from detector.group import article_texts, group_stories
from detector.group.changes import split_changed
from detector.group.edges import SLACK, _list_blocks, find_edges
from detector.group.nearness import Views, build_tree, find_days, measure_nearness
from detector.group.stories import DEFAULT_THRESHOLD
from detector.group.story_words import find_copies, weigh_words
from detector.records import Article

START = datetime(2025, 4, 1, tzinfo=UTC)
FILLER = [f"{a}{b}ing" for a in ("talk", "walk", "hold", "mark", "find", "rul") for b in "bcdfghjklmnpqrst"]
NAMES = [
    f"{a}{b}" for a in ("Arv", "Tolm", "Quess", "Norr", "Ombr", "Zelt", "Mor") for b in ("ela", "ark", "it", "and")
]


def make_archive(count, seed, *, days=300, width=24):
    """Articles like those of an archive: events of a few days with names of their own, copies, loners, an eighth without a date."""
    rng = np.random.default_rng(seed)
    events = rng.normal(size=(count // 4 + 1, width))
    moment = rng.uniform(0, days, len(events))
    names = [rng.choice(NAMES, 4, replace=False) for _ in events]
    articles, vectors = [], []
    for i in range(count):
        event = int(rng.integers(len(events)))
        words = list(rng.choice(FILLER, 25))
        for name in rng.choice(names[event], int(rng.integers(2, 7))):
            words.insert(int(rng.integers(1, len(words))), str(name))
        vector = events[event] + rng.normal(size=width) * rng.choice([0.3, 0.7, 1.1])
        text = f"the {' '.join(words)} {rng.integers(1000)}"
        if articles and rng.random() < 0.1:  # printed before; the date and the vector are another
            text = articles[int(rng.integers(len(articles)))].text
        basis = [None, "metadata", "text", "inferred", "metadata", "metadata", "text", "metadata"][int(rng.integers(8))]
        when = START + timedelta(days=float(moment[event] + rng.uniform(0, 20))) if basis else None
        articles.append(Article(f"a{i:04}", f"source {i % 9}", f"{text[:20]} {i}", text, when, basis))
        articles[-1] = replace(articles[-1], title="") if rng.random() < 0.5 else articles[-1]
        vectors.append(vector / np.linalg.norm(vector))
    return articles, np.array(vectors, dtype=np.float32)


def group_densely(articles, vectors, *, window=14, bar=DEFAULT_THRESHOLD, known=None):
    """Return the stories as sets of ids, by one (n, n) matrix: no window, no block, no part."""
    n = len(articles)
    views = Views(vectors, weigh_words(article_texts(articles)), find_days(articles), float(window))
    first = find_copies(views.words)
    homes = [(known or {}).get(article.id) for article in articles]
    stories = {}
    near = measure_nearness(views, np.arange(n), np.arange(n))
    printed = {}
    for i in range(n):
        if homes[i]:
            printed.setdefault(homes[i], set()).add(int(first[i]))
    for i in range(n):
        if homes[i]:
            stories.setdefault(homes[i], set()).add(articles[i].id)
            continue
        mean = {name: round(float(near[i, sorted(rows)].mean()), 5) for name, rows in sorted(printed.items())}
        same = [name for name, rows in sorted(printed.items()) if int(first[i]) in rows]
        best = max(mean, key=lambda name: (mean[name], [-ord(c) for c in name]), default=None)
        if same or (best is not None and mean[best] >= bar):
            stories.setdefault(same[0] if same else best, set()).add(articles[i].id)
            homes[i] = "joined"
    rest = [i for i in range(n) if not homes[i]]
    texts = sorted({int(first[i]) for i in rest})
    copies = {t: [i for i in rest if first[i] == t] for t in texts}
    days = [np.nanmin(views.days[copies[t]]) if np.isfinite(views.days[copies[t]]).any() else np.nan for t in texts]
    folded = replace(views.take_rows(np.array(texts)), days=np.array(days))
    whole = np.arange(len(texts))
    groups = fcluster(build_tree(measure_nearness(folded, whole, whole)), 1.0 - bar, "distance")
    found = [set(ids) for ids in stories.values()]
    for group in np.unique(groups):
        events = split_changed(folded, np.flatnonzero(groups == group))
        found.extend({articles[i].id for t in event for i in copies[texts[t]]} for event in events)
    return sorted(map(sorted, found))


def list_groups(stories):
    return sorted(sorted(story.article_ids) for story in stories)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("bar", [0.3, DEFAULT_THRESHOLD, 0.6])
def test_blocks_in_time_find_the_stories_of_one_square_matrix(monkeypatch, seed, bar):
    monkeypatch.setattr("detector.group.edges._BLOCK", 64)
    articles, vectors = make_archive(300, seed)
    stories = group_stories(articles, vectors, threshold=bar)
    assert list_groups(stories) == group_densely(articles, vectors, bar=bar)
    assert 10 < len(stories) < 290


@pytest.mark.parametrize("seed", range(4))
def test_an_archive_is_extended_as_by_one_square_matrix(monkeypatch, seed):
    monkeypatch.setattr("detector.group.nearness._BLOCK", 32)
    articles, vectors = make_archive(260, seed)
    known = {
        article: story.id for story in group_stories(articles[:180], vectors[:180]) for article in story.article_ids
    }
    stories = group_stories(articles, vectors, known=known)
    assert list_groups(stories) == group_densely(articles, vectors, known=known)
    assert any(len({a in known for a in story.article_ids}) == 2 for story in stories)  # some have joined


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("common", [0.0, 0.01, 1.0])
def test_no_pair_at_the_bar_is_lost_whatever_words_count_as_common(monkeypatch, seed, common):
    monkeypatch.setattr("detector.group.edges._COMMON", common)
    articles, vectors = make_archive(200, seed)
    articles = [replace(article, title="", text=".") if i % 11 == 0 else article for i, article in enumerate(articles)]
    views = Views(vectors, weigh_words(article_texts(articles)), find_days(articles), 14.0)
    near = np.triu(measure_nearness(views, np.arange(200), np.arange(200)), 1)
    edges = find_edges(views, 0.35).toarray()
    edges = np.triu(np.maximum(edges, edges.T), 1)
    assert np.allclose(edges[near >= 0.35], near[near >= 0.35], atol=1e-5)
    assert (near[edges > 0] >= 0.35 - 2 * SLACK).all()
    assert 50 < (near >= 0.35).sum() < 10_000


def test_only_what_lies_in_reach_is_measured(monkeypatch):
    """Ten times the days at the same density: ten times the cells, and not a hundred times."""
    cells = {}
    for days in (100, 1000):
        articles, vectors = make_archive(5 * days, 1, days=days)
        dated = [i for i, article in enumerate(articles) if article.published and article.published_basis != "inferred"]
        views = Views(
            vectors[dated],
            weigh_words(article_texts([articles[i] for i in dated])),
            find_days([articles[i] for i in dated]),
            7.0,
        )
        monkeypatch.setattr("detector.group.edges._BLOCK", 64)
        cells[days] = sum(len(here) * len(others) for here, others in _list_blocks(views)) / len(dated)
    assert cells[1000] < 1.15 * cells[100]
