"""How three probabilities become a decision where a set has two classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sets import CONTRADICTION, ENTAILMENT


@dataclass(frozen=True, slots=True)
class Rule:
    """How a column with two classes is decided: the first class where the score is at least a half.

    Attributes:
        classes: The two gold classes, the one that a high score stands for first.
        score: From probabilities, shape (directions, n, 3), to n scores between 0 and 1.
        directions: 2 where every pair is also scored with its texts exchanged, else 1.
        says: The rule in words, for the page.
    """

    classes: tuple[str, str]
    score: Callable[[np.ndarray], np.ndarray]
    directions: int
    says: str


def _weigh_entailment(p: np.ndarray) -> np.ndarray:
    """Return P(entailment) as a share of it and P(contradiction)."""
    return np.asarray(p[0, :, ENTAILMENT] / (p[0, :, ENTAILMENT] + p[0, :, CONTRADICTION] + 1e-12))


WITHOUT_NEUTRAL = Rule(
    ("entailment", "contradiction"),
    _weigh_entailment,
    1,
    "the likelier of entailment and contradiction; neutral is ignored",
)
ENTAILED = Rule(
    ("entailment", "not_entailment"),
    lambda p: p[0, :, ENTAILMENT],
    1,
    "entailment where its probability is at least 0.5",
)
CONFLICT = Rule(
    ("contradiction", "not_contradiction"),
    lambda p: p[:, :, CONTRADICTION].max(axis=0),
    2,
    "contradiction where its probability is at least 0.5 in either direction",
)
SAME_ANSWER = Rule(
    ("same_answer", "different_answer"),
    lambda p: p[:, :, ENTAILMENT].max(axis=0),
    2,
    "same answer where entailment is at least 0.5 in either direction; each text is the question with one answer",
)
PARAPHRASE = Rule(
    ("paraphrase", "not_paraphrase"),
    lambda p: p[:, :, ENTAILMENT].min(axis=0),
    2,
    "paraphrase where entailment is at least 0.5 in both directions",
)
