"""The logits of the project's own model -> probabilities: one softmax over the classes of NLI, one over the relations."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from detector.judge.nli import Scores, find_label_order
from detector.records import Relation


class Heads:
    """What the columns of a model's output stand for.

    Args:
        id2label: the model's labels by column: entailment, neutral and contradiction, and the four relations or none.
        name: what the model is called.
        temperature: what the logits of NLI are divided by.

    Raises:
        ModelMissing: the labels do not name entailment and contradiction.
    """

    def __init__(self, id2label: Mapping[int, str], name: str, temperature: float) -> None:
        entailment, neutral, contradiction = find_label_order(dict(id2label), name)
        self._triple = [entailment, contradiction] if neutral is None else [entailment, neutral, contradiction]
        places = {label.lower(): column for column, label in id2label.items()}
        self._relations = [places[r] for r in Relation] if all(r in places for r in Relation) else []
        self._temperature = temperature

    def read_logits(self, logits: NDArray[np.float32]) -> Scores:
        """Return (entailment, neutral, contradiction), calibrated, and the relations' shares, for each row of (n, labels) logits."""
        meant = _share(logits[:, self._triple] / self._temperature)
        if len(self._triple) == 2:
            meant = [(entailed, 0.0, denied) for entailed, denied in meant]
        if not self._relations:
            return meant
        return [(*triple, *row) for triple, row in zip(meant, _share(logits[:, self._relations]), strict=True)]


def _share(logits: NDArray[np.float32]) -> Scores:
    """Return the softmax of each row."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return [tuple(row) for row in (powers / powers.sum(axis=1, keepdims=True)).tolist()]
