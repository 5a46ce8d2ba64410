"""Which number format a model computes in on this machine."""

from __future__ import annotations

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
    has_amx = getattr(torch.cpu, "_is_amx_tile_supported", lambda: False)
    has_bf16 = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    return "bfloat16" if has_amx() or has_bf16() else "float32"
