"""The default embedding model through OpenVINO: the packaged weights, and no PyTorch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detector.errors import ModelMissing
from detector.runtime.session import CONSTANTS, GRAPH, GraphSession, load_tokenizer, say_remedy

_FILES = ("model.safetensors", "tokenizer.json", "sentence_bert_config.json")


class OpenVinoEmbedder:
    """all-MiniLM-L6-v2, computed by OpenVINO.

    Args:
        name: what the report is to call the model.
        folder: where the model's own files lie, as sentence-transformers stores them.
        precision: "float32" or "bfloat16".

    Raises:
        ModelMissing: one of the files is missing or damaged, or the weights are those of another model.
    """

    runtime = "openvino"

    def __init__(self, name: str, folder: Path, precision: str = "float32") -> None:
        from safetensors import SafetensorError
        from safetensors.numpy import load

        self.name, self.precision = name, precision
        own = {file: _read_bytes(folder / file) for file in _FILES}
        graphs = {file: _read_bytes(find_graphs() / file) for file in (GRAPH, CONSTANTS)}
        try:
            stored = load(own["model.safetensors"])
            longest = int(json.loads(own["sentence_bert_config.json"])["max_seq_length"])
        except (SafetensorError, ValueError, KeyError) as error:
            raise ModelMissing(f"{folder} is damaged: {error}. {say_remedy()}") from error
        self._session = GraphSession(str(find_graphs()), graphs, stored, precision)
        self._tokenizer = load_tokenizer(str(folder), own["tokenizer.json"], longest)
        self._width = stored["embeddings.word_embeddings.weight"].shape[1]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an (n, d) matrix of unit-length float32 rows; a row depends on its text alone."""
        distinct = list(dict.fromkeys(texts))
        if not distinct:
            return np.zeros((0, self._width), dtype=np.float32)
        rows = self._session.run([item.ids for item in self._tokenizer.encode_batch(distinct)])
        matrix = np.stack(rows)
        matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
        place = {text: i for i, text in enumerate(distinct)}
        return np.ascontiguousarray(matrix[[place[text] for text in texts]], dtype=np.float32)


def find_graphs() -> Path:
    """Return the folder of the graph."""
    return Path(str(files("detector"))) / "runtime" / "all-MiniLM-L6-v2"


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelMissing(f"cannot read {path}: {error.strerror}. {say_remedy()}") from error
