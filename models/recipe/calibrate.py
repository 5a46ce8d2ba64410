"""Find the temperature that makes a model's probabilities honest (Guo et al. 2017, On Calibration of Modern Neural Networks).

    python models/recipe/calibrate.py build/nli build/nli/averaged

Prints the temperature that minimises the log loss on pairs of news claims that were not learned from: those written and read for
this project whose events are held back. They are what the judge asks about; on crowd workers' sentences, which are foreign to
it, the model is surer than it should be. A temperature changes no figure that rests on the likeliest class.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from columns import read_own_columns
from scipy.optimize import minimize_scalar
from scoring import load_logits, take_softmax
from sets import LABELS


def find_temperature(logits: np.ndarray, gold: np.ndarray) -> tuple[float, float, float]:
    """Return (temperature, log loss before, log loss after) for logits (n, 3) and label places (n,)."""

    def measure_loss(temperature: float) -> float:
        return float(-np.log(take_softmax(logits / temperature)[np.arange(len(gold)), gold] + 1e-12).mean())

    best = minimize_scalar(measure_loss, bounds=(0.3, 5.0), method="bounded").x
    return float(best), measure_loss(1.0), measure_loss(best)


def main() -> None:
    """Read the command line and print the temperature."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "work", type=Path, help="folder with news_pairs.jsonl.gz; without it the written pairs alone are used"
    )
    parser.add_argument("model", type=Path, help="folder that train.py wrote")
    options = parser.parse_args()
    columns = read_own_columns(options.work)
    logits = load_logits(options.model, torch.float32)([pair for column in columns for pair in column.pairs])
    gold = np.array([LABELS.index(label) for column in columns for label in column.gold])
    temperature, before, after = find_temperature(logits, gold)
    print(f"# {len(gold)} pairs, log loss {before:.4f} -> {after:.4f}")
    print(f"{temperature:.3f}")


if __name__ == "__main__":
    main()
