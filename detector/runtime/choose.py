"""Which of two ways a model is run: ONNX Runtime, which starts at once, or PyTorch, which knows every model and the GPU."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detector.errors import SettingsError
from detector.precision import has_byte_products, has_matrix_unit

RUNTIMES = ("auto", "onnx", "torch")
LARGE = 200_000
"""Characters of text from which a job is large, about fifty articles. Loading PyTorch and its libraries takes 8 s, and a job of this size
minutes, in which the start no longer matters and a GPU or AMX does. Without those bytes in ONNX Runtime are as fast for pairs as bfloat16
in PyTorch (2.7 and 2.4 times float32), and for texts slower (1.4 and 2.3 times), which are the smaller part (`make bench-speed`)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a model is run.

    Attributes:
        runtime: "onnx" or "torch".
        precision: the number format: "float32" or "int8" with "onnx"; "auto", "float32" or "bfloat16" with "torch".
    """

    runtime: str
    precision: str


def choose_runtime(
    runtime: str, precision: str, name: str, has_graph: Callable[[str], bool], size: int, *, has_bytes: bool = False
) -> Choice:
    """Choose how a model is run. Nothing else decides this.

    Args:
        runtime: the setting: "auto", "onnx" or "torch". "auto" is ONNX Runtime wherever it can run the model, but for large jobs
            on a machine with a GPU or matrix instructions, which only PyTorch uses.
        precision: the setting: "auto", "float32" or "bfloat16". ONNX Runtime has no bfloat16 on processors.
        name: the model.
        has_graph: tells whether there is a graph of a model: those that come along have one.
        size: characters of text in the job.
        has_bytes: whether there is one that multiplies bytes, to be used where the processor has instructions for it.

    Raises:
        SettingsError: the runtime is unknown, or "onnx" is asked for what it cannot do.
    """
    if runtime not in RUNTIMES:
        raise SettingsError(f"runtime {runtime!r} is unknown; use one of: {', '.join(RUNTIMES)}")
    if runtime == "onnx" and not has_graph(name):
        raise SettingsError(
            f'runtime = "onnx" cannot run {name!r}: only the models that come along have graphs; use "auto"'
        )
    if runtime == "onnx" and precision == "bfloat16":
        raise SettingsError('runtime = "onnx" has no precision "bfloat16"; use "auto" for either')
    if runtime == "torch" or not has_graph(name) or precision == "bfloat16":
        return Choice("torch", precision)
    if runtime == "auto" and size >= LARGE and has_matrix_unit():
        return Choice("torch", precision)
    return Choice("onnx", "int8" if precision == "auto" and has_bytes and has_byte_products() else "float32")
