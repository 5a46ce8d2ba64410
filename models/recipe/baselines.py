"""What can be had without a trained judge: the rows that every model has to beat."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scoring import Scorer, Texts
from sets import LABELS, read_lines
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from detector.embed import SentenceTransformerEmbedder

SEED = 0
COSINE_SAMPLE = 5000
_NEGATIONS = frozenset(
    """no not nobody nothing none never neither nor nowhere without cannot hardly barely scarcely n't denied denies deny
    failed fails fail refused refuses refuse""".split()
)
_WORD = re.compile(r"n't\b|\w+(?=n't\b)|\w+(?:[.,]\d+)*")


def load_hypothesis_only(train: Path) -> Scorer:
    """Fit words and word pairs of the hypothesis alone: what style gives away of the label."""
    rows = read_train(train)
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True), LogisticRegression(max_iter=300)
    )
    model.fit([hypothesis for _, hypothesis, _ in rows], [label for _, _, label in rows])
    return lambda texts: _order(model, model.predict_proba([hypothesis for _, hypothesis in texts]))


def load_overlap(train: Path) -> Scorer:
    """Fit two features: the share of the hypothesis' content words in the premise, and a negation on one side only."""
    return _fit_features(read_train(train), measure_overlap)


def load_cosine(train: Path) -> Scorer:
    """Fit the cosine of the packaged sentence embeddings on a seeded sample: a threshold with a slope."""
    rows = read_train(train)
    embedder = SentenceTransformerEmbedder()

    def measure_cosine(texts: Texts) -> np.ndarray:
        left, right = (embedder.embed([pair[side] for pair in texts]) for side in (0, 1))
        cosine = (left * right).sum(axis=1)
        # The square lets "neutral" lie between the two others.
        return np.stack([cosine, cosine**2], axis=1)

    return _fit_features(random.Random(SEED).sample(rows, min(COSINE_SAMPLE, len(rows))), measure_cosine)  # noqa: S311


BASELINES: dict[str, Callable[[Path], Scorer]] = {
    "hypothesis only": load_hypothesis_only,
    "word overlap": load_overlap,
    "cosine": load_cosine,
}


def read_train(train: Path) -> list[tuple[str, str, str]]:
    """Return (premise, hypothesis, label) of the training pairs that have one of the three labels."""
    return [(o["premise"], o["hypothesis"], o["label"]) for o in read_lines(train) if o["label"] in LABELS]


def measure_overlap(texts: Texts) -> np.ndarray:
    """Return (n, 2): the share of content words found in the premise, and 1 where one side only is negated."""
    return np.array([_measure_pair(premise, hypothesis) for premise, hypothesis in texts])


def _measure_pair(premise: str, hypothesis: str) -> tuple[float, float]:
    """Return the two features of one pair."""
    left, right = (set(_WORD.findall(text.lower().replace("’", "'"))) for text in (premise, hypothesis))
    content = right - ENGLISH_STOP_WORDS - _NEGATIONS
    share = len(content & left) / len(content) if content else 1.0
    return share, float(left.isdisjoint(_NEGATIONS) != right.isdisjoint(_NEGATIONS))


def _fit_features(rows: list[tuple[str, str, str]], measure: Callable[[Texts], np.ndarray]) -> Scorer:
    """Return a scorer from a logistic regression over a few features of a pair."""
    model = LogisticRegression()
    model.fit(measure([(premise, hypothesis) for premise, hypothesis, _ in rows]), [label for _, _, label in rows])
    return lambda texts: _order(model, model.predict_proba(measure(texts)))


def _order(model: Any, probabilities: np.ndarray) -> np.ndarray:
    """Return the columns in the order of LABELS."""
    classes = list(model.classes_)
    return probabilities[:, [classes.index(label) for label in LABELS]].astype(np.float32)
