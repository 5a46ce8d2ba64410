"""Score pairs with a model's folder: one function for the table, for soft labels and for calibration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sets import LABELS
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from detector.judge.claim_files import CARD
from detector.judge.claim_nli import load_model, load_nli
from detector.judge.nli import find_label_order
from detector.progress import silence_loading

Texts = Sequence[tuple[str, str]]
Scorer = Callable[[Texts], np.ndarray]

MAX_TOKENS = 144
BATCH = 32


def load_scorer(folder: Path, dtype: torch.dtype = torch.float32) -> Scorer:
    """Return a function from n (premise, hypothesis) pairs to (n, 3) float32 probabilities, columns as in `sets.LABELS`.

    Args:
        folder: A Hugging Face folder of a sequence classifier with `id2label`, or a shipped one.
        dtype: What the model computes in; the softmax is always taken in float32.

    Raises:
        OSError: The folder or one of its files is missing.
        ModelMissing: The config does not name entailment and contradiction, or a shipped folder is damaged.
        ValueError: The config does not name a neutral class.
    """
    score = load_logits(folder, dtype)
    return lambda texts: take_softmax(score(texts))


def load_bytes_scorer(folder: Path) -> Scorer:
    """Return a function like `load_scorer`'s for a shipped folder that computes in bytes, as it runs where the processor can.

    Raises:
        OSError, ModelMissing: A file of the folder is missing or damaged.
    """
    model = load_nli(str(folder), "int8", "openvino")
    return lambda texts: np.array([row[: len(LABELS)] for row in model.score(texts)], np.float32)


def load_logits(folder: Path, dtype: torch.dtype = torch.float32) -> Scorer:
    """Return a function like `load_scorer`'s whose values are logits, divided by the temperature of a shipped folder.

    Raises:
        OSError, ModelMissing, ValueError: As for `load_scorer`.
    """
    model, tokenizer, card = open_model(folder, dtype)
    entailment, neutral, contradiction = find_label_order(model.config.id2label, str(folder))
    if neutral is None:
        raise ValueError(f"{folder}: the model has no neutral class")
    order = [entailment, neutral, contradiction]
    model = model.to("cuda" if torch.cuda.is_available() else "cpu").eval()
    temperature, most = card["temperature"], card["max_length"]
    return lambda texts: score_logits(model, tokenizer, texts, most)[:, order] / temperature


def open_model(folder: Path, dtype: torch.dtype) -> tuple[Any, Any, dict[str, Any]]:
    """Return a folder's model, tokenizer and card; a plain Hugging Face folder gets a card without temperature.

    Raises:
        OSError, ModelMissing: As for `load_scorer`.
    """
    # The card tells a shipped folder, whose weights are stored in one byte each, from a plain one.
    if (folder / CARD).is_file():
        return load_model(folder, dtype)
    if not folder.is_dir():
        raise FileNotFoundError(f"no model folder {folder}")
    with silence_loading():
        model = AutoModelForSequenceClassification.from_pretrained(folder, local_files_only=True)
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    return model.to(dtype), tokenizer, {"temperature": 1.0, "max_length": MAX_TOKENS}


def score_logits(model: Any, tokenizer: Any, texts: Texts, max_tokens: int = MAX_TOKENS) -> np.ndarray:
    """Return (n, classes) float32 logits of n (premise, hypothesis) pairs, columns in the model's own order.

    The longer text of a pair is cut first, so a hypothesis stays whole as long as it is the shorter one.
    """
    rows = np.zeros((len(texts), model.config.num_labels), np.float32)
    with torch.inference_mode():
        for places in split_by_length(texts, BATCH):
            chosen = [texts[i] for i in places]
            tokens = tokenizer(
                [premise for premise, _ in chosen],
                [hypothesis for _, hypothesis in chosen],
                truncation="longest_first",
                max_length=max_tokens,
                padding=True,
                return_tensors="pt",
            ).to(model.device)
            rows[places] = model(**tokens).logits.float().cpu().numpy()
    return rows


def split_by_length(texts: Texts, batch: int) -> Iterator[list[int]]:
    """Yield the places of `texts` in batches of like length, the longest first, so that little is padding."""
    order = sorted(range(len(texts)), key=lambda i: -len(texts[i][0]) - len(texts[i][1]))
    for start in range(0, len(order), batch):
        yield order[start : start + batch]


def take_softmax(logits: np.ndarray) -> np.ndarray:
    """Return probabilities along the last axis of an array of logits."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
