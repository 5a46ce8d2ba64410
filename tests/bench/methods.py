"""Ways to group articles into stories: each takes a sample and a setting and returns a group number an article."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from samples import Matrix, Sample, embed_texts
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from detector.group import article_texts, group_stories

Labels = NDArray[np.intp]
TRUE_K = "true k"
_SENTENCES = 8  # of an article, for the mean of sentence vectors


@dataclass(frozen=True, slots=True)
class Method:
    """A row of the table.

    `settings` are tried on one part of the data; where there is one alone, nothing is chosen. `prepare` is not timed: it
    makes the vectors that are handed to `group`.
    """

    name: str
    settings: tuple[Any, ...]
    prepare: Callable[[Sample], Any]
    group: Callable[[Sample, Any, Any], Labels]


def list_methods() -> list[Method]:
    """Return the rows in the order of the table; BERTopic's only where it is installed."""
    cosines = tuple(round(float(value), 3) for value in np.arange(0.30, 0.86, 0.025))
    bars = tuple(round(float(value), 3) for value in np.arange(0.15, 0.61, 0.025))
    sizes = [(size, samples, how) for size in (2, 3, 4, 5, 8) for samples in (1, 2, 5) for how in ("eom", "leaf")]
    bertopic = [
        Method("BERTopic, defaults", (10,), prepare_bertopic, group_bertopic),
        Method("BERTopic, small topics", (2, 3, 4, 5, 7), prepare_bertopic, group_bertopic),
    ]
    return [
        Method("TF-IDF, average linkage", tuple(np.arange(2, 41, 2) / 100), list_texts, group_tfidf),
        Method("MiniLM, average linkage", cosines, embed_openings, group_average),
        Method(f"MiniLM of {_SENTENCES} sentences, average linkage", cosines, embed_sentences, group_average),
        Method("HDBSCAN", tuple(sizes), embed_openings, group_hdbscan),
        *(bertopic if importlib.util.find_spec("bertopic") else []),
        Method("k-means, true k", (TRUE_K,), embed_openings, group_kmeans),
        Method("this project, setting chosen", tuple(product(bars, (True, False))), embed_articles, group_project),
        Method("**this project, as shipped**", ((None, True),), embed_articles, group_project),
    ]


def list_texts(sample: Sample) -> list[str]:
    """Return title and text of each article, the title once."""
    return [
        article.text if article.text.startswith(article.title) else f"{article.title}. {article.text}"
        for article in sample.articles
    ]


def embed_openings(sample: Sample) -> Matrix:
    """Return a vector an article: of its title and as much of its text as the model reads."""
    return embed_texts([text[:1500] for text in list_texts(sample)])


def embed_articles(sample: Sample) -> Matrix:
    """Return a vector an article as the project makes it."""
    return embed_texts(article_texts(sample.articles))


def embed_sentences(sample: Sample) -> Matrix:
    """Return a vector an article: the mean of the vectors of its title and first sentences."""
    parts = [
        [article.title, *sentences[:_SENTENCES]]
        for article, sentences in zip(sample.articles, sample.sentences, strict=True)
    ]
    rows = embed_texts([text for part in parts for text in part])
    means = np.array([part.mean(axis=0) for part in np.split(rows, np.cumsum([len(part) for part in parts])[:-1])])
    unit: Matrix = means / np.linalg.norm(means, axis=1, keepdims=True)
    return unit


def group_average(sample: Sample, vectors: Matrix, threshold: float) -> Labels:
    """Average linkage on the cosine of vectors."""
    return cut_average(vectors @ vectors.T, threshold)


def group_tfidf(sample: Sample, texts: list[str], threshold: float) -> Labels:
    """Average linkage on the cosine of tf-idf rows, making the rows included."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = TfidfVectorizer(stop_words="english", sublinear_tf=True, min_df=2).fit_transform(texts)
    return cut_average((rows @ rows.T).toarray(), threshold)


def cut_average(cosine: NDArray[Any], threshold: float) -> Labels:
    """Cut the average-linkage tree at a mean cosine."""
    far = np.clip(1.0 - cosine, 0.0, 2.0)
    np.fill_diagonal(far, 0.0)
    tree = linkage(squareform(far, checks=False), "average")
    return np.asarray(fcluster(tree, 1.0 - threshold, "distance"), dtype=np.intp)


def group_hdbscan(sample: Sample, vectors: Matrix, setting: tuple[int, int, str]) -> Labels:
    """HDBSCAN of scikit-learn on unit-length vectors, where Euclidean distance orders pairs as cosine does."""
    from sklearn.cluster import HDBSCAN

    size, samples, how = setting
    model = HDBSCAN(min_cluster_size=size, min_samples=samples, cluster_selection_method=how, copy=True)
    return np.asarray(model.fit_predict(vectors.astype(np.float64)), dtype=np.intp)


def group_kmeans(sample: Sample, vectors: Matrix, k: int) -> Labels:
    """k-means, ten seeded starts."""
    from sklearn.cluster import KMeans

    return np.asarray(KMeans(k, n_init=10, random_state=0).fit_predict(vectors), dtype=np.intp)


def prepare_bertopic(sample: Sample) -> Matrix:
    """Return a vector an article; UMAP runs once before anything is timed, since it compiles itself."""
    from umap import UMAP

    vectors = embed_openings(sample)
    UMAP(n_components=5, min_dist=0.0, metric="cosine", random_state=0).fit(vectors)
    return vectors


def group_bertopic(sample: Sample, vectors: Matrix, size: int) -> Labels:
    """BERTopic with the same vectors; its defaults, but for a seed and the smallest size of a topic (10 by default)."""
    from bertopic import BERTopic
    from umap import UMAP

    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=0)
    model = BERTopic(umap_model=umap, min_topic_size=size)
    return np.asarray(model.fit_transform(list_texts(sample), vectors)[0], dtype=np.intp)


def group_project(sample: Sample, vectors: Matrix, setting: tuple[float | None, bool]) -> Labels:
    """`group_stories`, with a threshold (None: the shipped one), and with or without parting long stories."""
    threshold, part_long = setting
    stories = group_stories(sample.articles, vectors, threshold=threshold, part_long=part_long)
    number = {article: i for i, story in enumerate(stories) for article in story.article_ids}
    return np.array([number[article.id] for article in sample.articles], dtype=np.intp)
