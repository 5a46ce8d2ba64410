"""A graph without weights and the weights -> something that computes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.errors import ModelMissing
from detector.runtime.silent import import_openvino
from detector.runtime.weights import IDS, MASK, Weights, feed_weights

GRAPH, CONSTANTS = "graph.xml", "graph.bin"
"""A graph of OpenVINO, in which each weight is an input with the weight's name, and what it needs beside weights."""
USE_TORCH = 'or run it through PyTorch: runtime = "torch" in detector.toml, --runtime torch'
_HINTS = {"float32": "f32", "bfloat16": "bf16", "int8": "f32"}  # what is no product of bytes stays in float32
_STEP = 8  # tokens; a text is padded up to a multiple of it, so that many go together and none depends on which
_PAD = (
    1  # what MPNet, whose graph counts positions by it, calls padding; to others it is any word, which the mask hides
)
_LEAST, _MOST = 256, 768  # tokens a call: each reads all weights once, and above a certain size no more is saved
_BLOCK = 128  # how many activations of a token share one scale; all of a token's with one moved probabilities ten times as far


class GraphSession:
    """A graph that is fed and asked, texts (or pairs) of about one length a call.

    How far a text is padded is told by its own length, so that what comes out depends on nothing else that is asked: not on the order,
    not on the number of processors, not on what a cache knew already. The calls run side by side, one a processor; a second thread that
    asks waits for its turn, since the queue of calls has one place for what comes out.

    Args:
        where: the folder or package that the files are from, to be named in errors.
        files: the bytes of `graph.xml` and `graph.bin`, as `models/recipe/graphs.py` writes them.
        stored: the weights as they are stored.
        precision: "float32"; "bfloat16"; or "int8", which multiplies rows stored as bytes by activations in bytes.

    Raises:
        ModelMissing: the graph is missing or damaged, or the weights are not those that it wants.
    """

    def __init__(self, where: str, files: Mapping[str, bytes], stored: Weights, precision: str) -> None:
        ov = import_openvino()
        core = ov.Core()
        threads = count_threads()
        options = {
            "INFERENCE_PRECISION_HINT": _HINTS[precision],
            "DYNAMIC_QUANTIZATION_GROUP_SIZE": str(_BLOCK if precision == "int8" else 0),
            "INFERENCE_NUM_THREADS": str(threads),
            "NUM_STREAMS": str(threads),
            "ENABLE_CPU_PINNING": "NO",  # another program may be on that very processor
        }
        try:
            model = core.read_model(files[GRAPH], ov.Tensor(np.frombuffer(files[CONSTANTS], dtype=np.uint8)))
            # The values are shared, not copied, so they are kept as long as the session.
            self._values = feed_weights(model, stored, in_bytes=precision == "int8")
            compiled = core.compile_model(model, "CPU", options)
        except KeyError as error:
            raise ModelMissing(f"{where}: OpenVINO needs {error}, which is missing. {say_remedy()}") from error
        except (RuntimeError, ValueError) as error:
            reason = (str(error).strip() or type(error).__name__).splitlines()[-1]
            raise ModelMissing(f"{where}: OpenVINO cannot load {GRAPH}: {reason}. {say_remedy()}") from error
        self._queue, self._busy, self._threads = ov.AsyncInferQueue(compiled, threads), Lock(), threads

    def run(self, texts: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """Return what the graph makes of each text.

        Args:
            texts: n lists of token ids, without padding.

        Returns:
            n vectors.
        """
        found: list[NDArray[np.float32]] = [np.empty(0, dtype=np.float32)] * len(texts)

        def keep(request: Any, places: list[int]) -> None:
            for place, row in zip(places, request.get_output_tensor().data, strict=True):
                found[place] = row.copy()

        with self._busy:
            self._queue.set_callback(keep)
            for length, places in _share_out([len(ids) for ids in texts], self._threads):
                rows = np.full((len(places), length), _PAD, dtype=np.int64)
                mask = np.zeros_like(rows)
                for row, place in enumerate(places):
                    rows[row, : len(texts[place])] = texts[place]
                    mask[row, : len(texts[place])] = 1
                self._queue.start_async({IDS: rows, MASK: mask}, places)
            self._queue.wait_all()
        return found


def _share_out(lengths: Sequence[int], threads: int) -> Iterator[tuple[int, list[int]]]:
    """Yield (length that all are padded to, places) of each call, the longest first so that no processor is left alone with one.

    Args:
        lengths: the tokens of each text.
        threads: how many calls run side by side; a small job is cut into some for each.
    """
    padded = [-(-length // _STEP) * _STEP for length in lengths]
    most = min(_MOST, max(_LEAST, sum(padded) // (2 * threads)))
    order = sorted(range(len(padded)), key=lambda place: -padded[place])
    for length, group in groupby(order, key=lambda place: padded[place]):
        alike = list(group)
        calls = -(-len(alike) // max(1, most // length))
        yield from ((length, alike[call::calls]) for call in range(calls))


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
