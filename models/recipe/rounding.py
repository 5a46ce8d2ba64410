"""Round a model's matrices to int8 so that their outputs, not their values, stay near (GPTQ, Frantar et al. 2023).

Rounding each value to its nearest forgets what was learned last: a pass that began from rounded weights moves most of them by less
than half a step, and the nearest value is the old one. Here each column's error is made up for in the columns still to come, by
how the inputs of the matrix go together in real pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from scoring import score_logits

_DAMP = 0.01  # of the mean square of the inputs, added to each: keeps the inverse stable
_BLOCK = 128  # columns whose errors are carried over together

Moments = dict[str, torch.Tensor]


def collect_moments(model: Any, tokenizer: Any, texts: Sequence[tuple[str, str]]) -> Moments:
    """Return the sums of the products of the inputs of each linear layer, over all tokens of some pairs.

    Args:
        model: A sequence classifier in float32, which is left as it was.
        tokenizer: Its tokenizer.
        texts: Pairs like those that it will be asked about; some hundreds are enough.

    Returns:
        Name of a weight -> (columns, columns) float32.
    """
    moments: Moments = {}

    def watch(name: str) -> Callable[[Any, tuple[torch.Tensor, ...]], None]:
        def add(_: Any, inputs: tuple[torch.Tensor, ...]) -> None:
            rows = inputs[0].flatten(0, -2)
            moments[name] = moments.get(name, 0) + rows.T @ rows

        return add

    layers = [(name, layer) for name, layer in model.named_modules() if isinstance(layer, torch.nn.Linear)]
    hooks = [layer.register_forward_pre_hook(watch(f"{name}.weight")) for name, layer in layers]
    try:
        score_logits(model.eval(), tokenizer, texts)
    finally:
        for hook in hooks:
            hook.remove()
    return moments


def round_rows(weight: torch.Tensor, scale: torch.Tensor, moment: torch.Tensor) -> torch.Tensor:
    """Return int8 values (rows, columns) whose product with `scale` (rows,) gives nearly the outputs of `weight`.

    Args:
        weight: Float32, (rows, columns).
        scale: What one step is worth, a row each.
        moment: The sum of the products of its inputs, (columns, columns).
    """
    left, steps = weight.clone(), scale.unsqueeze(1)
    values = torch.empty_like(weight, dtype=torch.int8)
    spread = _invert(moment)
    for start in range(0, weight.shape[1], _BLOCK):
        end = min(start + _BLOCK, weight.shape[1])
        errors = torch.zeros(weight.shape[0], end - start)
        for column in range(start, end):
            rounded = (left[:, column : column + 1] / steps).round().clamp(-127, 127)
            values[:, column] = rounded.squeeze(1).to(torch.int8)
            error = (left[:, column] - (rounded * steps).squeeze(1)) / spread[column, column]
            left[:, column:end] -= torch.outer(error, spread[column, column:end])
            errors[:, column - start] = error
        left[:, end:] -= errors @ spread[start:end, end:]
    return values


def _invert(moment: torch.Tensor) -> torch.Tensor:
    """Return the upper Cholesky factor of the inverse of the inputs' products."""
    wide = moment.double()
    dead = wide.diagonal() == 0
    wide = wide + torch.diag(dead.double() + _DAMP * wide.diagonal().mean())
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(wide))
    return torch.linalg.cholesky(inverse, upper=True).float()
