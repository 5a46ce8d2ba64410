"""Which number format a model computes in on this machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from detector.errors import SettingsError

PRECISIONS = ("auto", "float32", "bfloat16")


def choose_precision(precision: str) -> str:
    """Return "float32" or "bfloat16"; "auto" becomes bfloat16 where the processor has matrix instructions for it.

    Raises:
        SettingsError: the precision is unknown.
    """
    if precision not in PRECISIONS:
        raise SettingsError(f"precision {precision!r} is unknown; use one of: {', '.join(PRECISIONS)}")
    if precision != "auto":
        return precision
    import torch

    if torch.cuda.is_available():
        return "bfloat16" if torch.cuda.is_bf16_supported() else "float32"
    return "bfloat16" if _has("_is_amx_tile_supported") or _has("_is_avx512_bf16_supported") else "float32"


def has_byte_products() -> bool:
    """Return whether the processor multiplies and adds bytes in one instruction, without cutting off what is too large (VNNI)."""
    return not {"avx512_vnni", "avx_vnni"}.isdisjoint(_read_flags())


def has_bfloat16_products() -> bool:
    """Return whether the processor multiplies and adds bfloat16 in one instruction."""
    return not {"avx512_bf16", "amx_bf16"}.isdisjoint(_read_flags())


def has_matrix_units() -> bool:
    """Return whether the processor has units that multiply whole tiles of bfloat16 (AMX)."""
    return "amx_bf16" in _read_flags()


def has_gpu() -> bool:
    """Return whether PyTorch has a GPU here. Loads PyTorch, which takes seconds."""
    import torch

    return bool(torch.cuda.is_available())


@cache
def _read_flags() -> frozenset[str]:
    """Return what the processor can do: known on Linux alone, from what the kernel tells; elsewhere nothing."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return frozenset()
    return frozenset(next((line.split() for line in told.splitlines() if line.startswith("flags")), ()))


def _has(question: str) -> bool:
    """Ask PyTorch what the processor can do; a version that does not know the question answers no."""
    import torch

    return bool(getattr(torch.cpu, question, lambda: False)())
