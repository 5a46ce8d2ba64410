"""Choose the layers that a student keeps of its teacher: drop, one by one, the layer whose loss is felt least.

    python models/recipe/prune.py build/nli/teacher build/nli/train.jsonl.gz --keep 9

Prints the layers to keep, as train.py's `--layers` takes them, and on the way the log loss on a sample of the training
pairs after each drop. Greedy, so a few dozen passes over the sample are enough.
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

import numpy as np
import torch
from scoring import open_model, score_logits, take_softmax
from sets import LABELS, read_lines


def measure_loss(model: torch.nn.Module, tokenizer: object, texts: list[tuple[str, str]], gold: np.ndarray) -> float:
    """Return the mean log loss of a model whose outputs stand in the order of LABELS."""
    shares = take_softmax(score_logits(model, tokenizer, texts))
    return float(-np.log(shares[np.arange(len(gold)), gold] + 1e-9).mean())


def main() -> None:
    """Read the command line, prune and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--keep", type=int, default=9)
    parser.add_argument("--sample", type=int, default=200)
    options = parser.parse_args()
    rows = list(itertools.islice(read_lines(options.pairs), options.sample))
    texts = [(row["premise"], row["hypothesis"]) for row in rows]
    gold = np.array([LABELS.index(row["label"]) for row in rows])
    model, tokenizer, _ = open_model(options.teacher, torch.bfloat16)
    model.eval()
    encoder = model.base_model.encoder
    layers = list(encoder.layer)
    kept = list(range(len(layers)))
    while len(kept) > options.keep:
        losses = {}
        for gone in kept:
            encoder.layer = torch.nn.ModuleList(layers[i] for i in kept if i != gone)
            losses[gone] = measure_loss(model, tokenizer, texts, gold)
        least = min(losses, key=lambda layer: losses[layer])
        kept.remove(least)
        print(f"# without layer {least}: log loss {losses[least]:.4f}", flush=True)
    print(",".join(map(str, kept)))


if __name__ == "__main__":
    main()
