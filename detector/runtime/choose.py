"""Which of two ways a model is run: OpenVINO, which starts at once, or PyTorch, which knows every model and the GPU."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detector.errors import SettingsError
from detector.precision import has_bfloat16_products, has_byte_products, has_gpu, has_matrix_units

RUNTIMES = ("auto", "openvino", "torch")
LARGE = 200_000
"""Characters of text from which a job is large, about fifty articles. Loading PyTorch and its libraries takes 8 s, and a job of this size
minutes, in which the start no longer matters and a GPU does."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a model is run.

    Attributes:
        runtime: "openvino" or "torch".
        precision: the number format: "float32", "bfloat16" or "int8" with "openvino"; "auto", "float32" or "bfloat16" with "torch".
    """

    runtime: str
    precision: str


def choose_runtime(
    runtime: str, precision: str, name: str, has_graph: Callable[[str], bool], size: int, *, has_bytes: bool = False
) -> Choice:
    """Choose how a model is run. Nothing else decides this.

    Args:
        runtime: the setting: "auto", "openvino" or "torch". "auto" is OpenVINO wherever it can run the model, but for large jobs on a
            machine with a GPU, which only PyTorch uses.
        precision: the setting: "auto", "float32" or "bfloat16". "auto" is the quickest that the processor has instructions for.
        name: the model.
        has_graph: tells whether there is a graph of a model: those that come along have one.
        size: characters of text in the job.
        has_bytes: whether the model is stored in bytes, to be multiplied as they are where no matrix units are quicker.

    Raises:
        SettingsError: the runtime is unknown, or "openvino" is asked for what it cannot do here.
    """
    if runtime not in RUNTIMES:
        raise SettingsError(f"runtime {runtime!r} is unknown; use one of: {', '.join(RUNTIMES)}")
    if runtime == "openvino" and not has_graph(name):
        raise SettingsError(
            f'runtime = "openvino" cannot run {name!r}: only the models that come along have graphs; use "auto"'
        )
    lacking = precision == "bfloat16" and not has_bfloat16_products()
    if runtime == "openvino" and lacking:
        raise SettingsError(
            'runtime = "openvino" has no precision "bfloat16" here, since the processor has no instructions for it; use "auto" for either'
        )
    if runtime == "torch" or not has_graph(name) or lacking:
        return Choice("torch", precision)
    if runtime == "auto" and size >= LARGE and has_gpu():
        return Choice("torch", precision)
    if precision != "auto":
        return Choice("openvino", precision)
    # OpenVINO multiplies bytes with scales of their own by VNNI alone, never by matrix units: there bfloat16 is quicker.
    if has_bytes and has_byte_products() and not has_matrix_units():
        return Choice("openvino", "int8")
    return Choice("openvino", "bfloat16" if has_bfloat16_products() else "float32")
