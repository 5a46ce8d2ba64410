"""A model's weights -> what is stored of them, in files of a limited size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import torch
from rounding import round_rows

from detector.runtime.weights import SCALE

SMALL = 4096  # values; the head and the table of relative positions have fewer
_HEAD = 128  # bytes that the head of a file spends on one weight, besides its name, and on itself


def store_weights(
    weights: dict[str, torch.Tensor], moments: Mapping[str, torch.Tensor] | None = None
) -> dict[str, torch.Tensor]:
    """Return what is stored of a model's weights: int8 rows and their float32 scales, or float32 as it is.

    Args:
        weights: Name -> weight.
        moments: Of the matrices whose inputs are known, what `collect_moments` gives: they are rounded by it.

    Raises:
        ValueError: A weight is not finite.
    """
    stored = {}
    for name, given in sorted(weights.items()):
        weight = given.detach().float().contiguous()
        if not weight.isfinite().all():
            raise ValueError(f"{name} is not finite")
        if weight.dim() == 2 and weight.numel() >= SMALL:
            stored[name], stored[name + SCALE] = quantise_rows(weight)
            if moments and name in moments:
                stored[name] = round_rows(weight, stored[name + SCALE], moments[name])
        else:
            stored[name] = weight.clone()  # tied weights share memory, which a safetensors file must not
    return stored


def quantise_rows(weight: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return int8 values (rows, columns) and float32 scales (rows,) whose product is within half a scale of `weight`."""
    scale = weight.abs().amax(dim=1) / 127
    scale[scale == 0] = 1.0
    return (weight / scale.unsqueeze(1)).round().clamp(-127, 127).to(torch.int8), scale


def pack_shards(stored: dict[str, torch.Tensor], most: int) -> Iterator[dict[str, torch.Tensor]]:
    """Yield the stored weights, by name, in as few files of at most `most` bytes as their order allows.

    Raises:
        ValueError: One weight alone is larger.
    """
    shard: dict[str, torch.Tensor] = {}
    size = 0
    for name, weight in sorted(stored.items()):
        more = weight.nbytes + len(name) + _HEAD
        if more > most - _HEAD:
            raise ValueError(f"{name} alone has {weight.nbytes} bytes, more than the {most} of a shard")
        if shard and size + more > most - _HEAD:
            yield shard
            shard, size = {}, 0
        shard[name] = weight
        size += more
    yield shard
