"""Labelled pairs as the judge sees them: measured as `detector check` measures them, what is slow to make kept in build/bench."""

from __future__ import annotations

import hashlib
import pickle
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from cached import CachedEmbedder, CachedNli
from numpy.typing import NDArray
from samples import ROOT, WORK, embed_texts

from detector.judge import judge_pairs
from detector.judge.batches import measure_pairs
from detector.judge.forbidden import forbids_agreement
from detector.judge.weigh import Weights, list_outcomes, weigh_signals
from detector.labelled import LabelledPair
from detector.progress import stay_silent
from detector.records import Pair, Relation, Signals
from detector.trial.measure import make_pairs

SEED = 0
JUDGE = "**this judge**"
# Pairs are made anew when one of these files changes.
_MAKERS = "facts/* sentences.py split.py antecedent.py dating.py records.py pair/* trial/measure.py".split()
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item:
    """Two texts, and what a set says of them: its own class. `event` names what is held out together."""

    a: str
    b: str
    label: str
    a_date: str | None = None
    b_date: str | None = None
    event: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge makes of a pair. `agree` is its probability of agreement, 0 where a plain conflict forbids it.

    `confidence` is the finding's; `check` whether it is only shown to be checked by hand. Both are empty where nothing is shown.
    """

    item: Item
    pair: Pair
    signals: Signals
    relation: Relation
    kind: str
    agree: float
    confidence: float = 0.0
    check: bool = False

    @property
    def outcomes(self) -> list[str]:
        """What the comparisons saw, as "comparison: outcome"."""
        return sorted(f"{name}: {outcome}" for name, outcome in list_outcomes(self.signals))


@dataclass(frozen=True, eq=False)
class Run:
    """What every table is made from: the folder of labelled sets, the models, and the most pairs to take of a set (None: the full run)."""

    data: Path
    nli: CachedNli
    weights: Weights
    sample: int | None = None

    def draw(self, items: Sequence[T], most: int | None = None) -> list[T]:
        """Return all items, or a seeded choice: `most` of them in the full run, fewer in a run on samples."""
        limits = [limit for limit in (most, self.sample) if limit is not None]
        return draw_items(items, min(limits, default=None))

    def judge(self, name: str, items: Sequence[Item]) -> list[Verdict]:
        """Return what the judge makes of each item."""
        return judge_items(name if self.sample is None else f"{name}-{self.sample}", items, self.nli, self.weights)


def draw_items(items: Sequence[T], most: int | None) -> list[T]:
    """Return all items, or a seeded choice of `most` of them in their order."""
    if most is None or len(items) <= most:
        return list(items)
    return [items[i] for i in sorted(random.Random(SEED).sample(range(len(items)), most))]


def judge_items(name: str, items: Sequence[Item], nli: CachedNli, weights: Weights) -> list[Verdict]:
    """Measure and judge each item by itself; what the judge does not show counts as unrelated.

    Args:
        name: names the file in which the pairs are kept.
        items: n labelled pairs of texts.
        nli: the model.
        weights: the judge's weights.

    Returns:
        n verdicts, in the same order.
    """
    pairs = _make_pairs(name, items)
    verdicts = []
    for item, pair, signals in zip(items, pairs, measure_pairs(pairs, nli, stay_silent), strict=True):
        findings, _ = judge_pairs([pair], [signals], weights)
        shown = findings[0] if findings else None
        agree = 0.0 if forbids_agreement(pair, signals) else weigh_signals(signals, weights)[0][Relation.AGREE]
        verdict = Verdict(item, pair, signals, Relation.UNRELATED, "", agree)
        if shown:
            verdict = replace(
                verdict, relation=shown.relation, kind=shown.kind, confidence=shown.confidence, check=shown.check
            )
        verdicts.append(verdict)
    return verdicts


def score_both_ways(items: Sequence[Item], nli: CachedNli) -> NDArray[np.float64]:
    """Return (n, 2, 7): for each item and direction the probabilities of entailment, neutral and contradiction, and of each relation.

    A model that tells no relations says unrelated.
    """
    both = nli.score([(x.a, x.b) for x in items]), nli.score([(x.b, x.a) for x in items])
    rows = [[(*row[:3], *(row[3:] or (0.0, 0.0, 0.0, 1.0))) for row in direction] for direction in both]
    return np.stack([np.array(direction).reshape(-1, 7) for direction in rows], axis=1)


def measure_cosine(items: Sequence[Item]) -> NDArray[np.float64]:
    """Return the cosine of the two texts of each of n items."""
    left, right = embed_texts([x.a for x in items]), embed_texts([x.b for x in items])
    return np.asarray((left * right).sum(axis=1), dtype=np.float64)


def _make_pairs(name: str, items: Sequence[Item]) -> list[Pair]:
    """Return a pair of claims for each item, made once for each state of the code that makes them."""
    rows = [
        LabelledPair(f"{name} {n}", x.a, x.b, Relation.UNRELATED, _read_day(x.a_date), _read_day(x.b_date))
        for n, x in enumerate(items)
    ]
    digest = hashlib.sha256(repr(rows).encode())
    for pattern in _MAKERS:
        for path in sorted((ROOT / "detector").glob(pattern)):
            digest.update(path.read_bytes() if path.is_file() else b"")
    path = WORK / f"pairs-{name}-{digest.hexdigest()[:12]}.pickle"
    if not path.exists():
        pairs = make_pairs(rows, CachedEmbedder())
        for stale in WORK.glob(f"pairs-{name}-*.pickle"):
            stale.unlink()
        WORK.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(pairs))
    made: Any = pickle.loads(path.read_bytes())
    return list(made)


def _read_day(day: str | None) -> datetime | None:
    return datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
