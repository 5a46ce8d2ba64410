"""A graph without weights and the weights -> something that computes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.errors import ModelMissing
from detector.runtime.weights import Weights, pick_weights

FLOAT_GRAPH, INT8_GRAPH = "graph.onnx", "graph_int8.onnx"
WANTED = "graph.json"
"""The file that lists, for each graph beside it, the weights that it wants."""
USE_TORCH = 'or run it through PyTorch: runtime = "torch" in detector.toml, --runtime torch'


class GraphSession:
    """A graph that is fed and asked, one text (or pair) a call.

    One text a call needs no padding, and what comes out depends on nothing else that is asked: not on the order, not on the
    number of processors, not on what a cache knew already. The calls run side by side, one a processor.

    Args:
        where: the folder or package that the files are from, to be named in errors.
        files: the bytes of `graph.json` and of the graphs, as `models/recipe/graphs.py` writes them.
        graph: which of the graphs.
        stored: the weights as they are stored.

    Raises:
        ModelMissing: the graph is missing or damaged, or the weights are not those that it wants.
    """

    def __init__(self, where: str, files: Mapping[str, bytes], graph: str, stored: Weights) -> None:
        import onnxruntime as ort

        try:
            wanted = json.loads(files[WANTED])[graph]
            self._weights = pick_weights(wanted, stored)
            data = files[graph]
        except KeyError as error:
            raise ModelMissing(f"{where}: ONNX Runtime needs {error}, which is missing. {say_remedy()}") from error
        except ValueError as error:
            raise ModelMissing(f"{where}: {WANTED} is damaged: {error}. {say_remedy()}") from error
        options = ort.SessionOptions()
        options.log_severity_level = 4  # what goes wrong is raised; what is warned of here is the machine
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # The values are shared, not copied, so they are kept as long as the session.
        self._values = [ort.OrtValue.ortvalue_from_numpy(value) for value in self._weights.values()]
        options.add_external_initializers(list(self._weights), self._values)
        try:
            self._session = ort.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # ONNX Runtime's errors have no base class of their own
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise ModelMissing(f"{where}: ONNX Runtime cannot load {graph}: {reason}. {say_remedy()}") from error

    def run(self, texts: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """Return what the graph makes of each text.

        Args:
            texts: n lists of token ids, without padding; the processors are busy to the end if the longest come first.

        Returns:
            n vectors.
        """
        with ThreadPoolExecutor(max_workers=count_threads()) as pool:
            return list(pool.map(self._run_one, texts))

    def _run_one(self, ids: Sequence[int]) -> NDArray[np.float32]:
        row = np.array([ids], dtype=np.int64)
        (output,) = self._session.run(None, {"input_ids": row, "attention_mask": np.ones_like(row)})
        values: NDArray[np.float32] = output[0]
        return values


def load_tokenizer(where: str, data: bytes, longest: int) -> Any:
    """Return a tokenizer that cuts at `longest` tokens, the longer text of a pair first, and never pads.

    Raises:
        ModelMissing: the file is damaged.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_buffer(data)
    except Exception as error:  # tokenizers raises plain Exception
        raise ModelMissing(f"{where}: tokenizer.json is damaged: {error}. {say_remedy()}") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest, strategy="longest_first")
    return tokenizer


def count_threads() -> int:
    """Return how many calls run side by side: the processors this process may use, or OMP_NUM_THREADS if that is fewer."""
    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    told = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, min(own, int(told))) if told.isdecimal() else own


def say_remedy() -> str:
    """Say what helps when a model cannot be run here."""
    return f"Install detector and its models again, {USE_TORCH}"
