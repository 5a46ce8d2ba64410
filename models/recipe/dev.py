"""A small sample of held-out pairs, scored while a model trains: a curve to look at, never a choice of weights."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import torch
from scoring import score_logits
from sets import LABELS, SPLIT_SET, Row, is_held_back, read_set

_SAMPLE = 300


def read_dev(data: Path) -> dict[str, list[Row]]:
    """Return up to 300 seeded rows of each set that the log follows."""
    columns = {
        "mnli_half.dev": read_set(data, "mnli_half.dev"),
        "vania_base_news": [row for row in read_set(data, SPLIT_SET) if is_held_back(row.premise)],
        "lingnli_ling_in_loop.dev": read_set(data, "lingnli_ling_in_loop.dev"),
    }
    return {name: random.Random(0).sample(rows, min(_SAMPLE, len(rows))) for name, rows in columns.items()}  # noqa: S311


def score_dev(model: Any, tokenizer: Any, dev: dict[str, list[Row]], device: str) -> dict[str, float]:
    """Return the accuracy on every dev column."""
    model.eval()
    figures = {}
    for name, rows in dev.items():
        with torch.autocast(device, torch.bfloat16):
            logits = score_logits(model, tokenizer, [(row.premise, row.hypothesis) for row in rows])
        right = sum(
            LABELS[i] == row.label for i, row in zip(logits[:, : len(LABELS)].argmax(axis=1), rows, strict=True)
        )
        figures[name] = right / len(rows)
    model.train()
    return figures
