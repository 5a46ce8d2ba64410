"""The project's own NLI model through OpenVINO: the same files, the same checks, and no PyTorch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.errors import ModelMissing
from detector.judge.claim_files import SHIPPED, WEIGHTS, find_model, read_folder, say_remedy
from detector.judge.claim_heads import Heads
from detector.judge.nli import Scores, Texts, score_distinct
from detector.runtime.session import GRAPH, GraphSession, load_tokenizer

_BATCH = 1024  # pairs that are turned into tokens at once: enough for full calls of each length


class OpenVinoClaimNli:
    """The shipped cross-encoder, or another folder that `ship.py` wrote with its graph, computed by OpenVINO.

    Args:
        folder: None means the shipped one.
        precision: "float32"; "bfloat16"; or "int8", which multiplies the stored bytes by activations in bytes.

    Raises:
        ModelMissing: the folder or one of its files is missing or damaged, or has no graph.
    """

    runtime = "openvino"

    def __init__(self, folder: Path | None = None, precision: str = "float32") -> None:
        from safetensors.numpy import load

        self.name = SHIPPED if folder is None else str(folder)
        self.precision = precision
        folder = folder or find_model()
        card, contents = read_folder(folder)
        if GRAPH not in contents:
            raise ModelMissing(
                f"{folder} has no graph for OpenVINO: its card does not list {GRAPH}. {say_remedy(folder)}"
            )
        stored: dict[str, NDArray[Any]] = {}
        for name in contents:
            if name.endswith(WEIGHTS):
                stored |= load(contents[name])
        self._session = GraphSession(str(folder), contents, stored, precision)
        self._tokenizer = load_tokenizer(str(folder), contents["tokenizer.json"], int(card["max_length"]))
        labels = {int(i): label for i, label in json.loads(contents["config.json"])["id2label"].items()}
        self._heads = Heads(labels, self.name, float(card["temperature"]))

    def score(self, pairs: Texts) -> Scores:
        """Return (entailment, neutral, contradiction, agree, differ, develop, unrelated) for each (premise, hypothesis), calibrated."""
        return score_distinct(pairs, self._score_sorted)

    def _score_sorted(self, pairs: Texts) -> Scores:
        scores: Scores = []
        for start in range(0, len(pairs), _BATCH):
            tokens = self._tokenizer.encode_batch(list(pairs[start : start + _BATCH]))
            scores += self._heads.read_logits(np.stack(self._session.run([item.ids for item in tokens])))
        return scores
