"""Find the temperature that makes a model's probabilities honest (Guo et al. 2017, On Calibration of Modern Neural Networks).

    python models/recipe/calibrate.py DATA build/nli/student

Prints the temperature that minimises the log loss on labelled pairs that were neither learned from nor are reported on.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import torch
from scipy.optimize import minimize_scalar
from scoring import load_logits, take_softmax
from sets import LABELS, Row, read_set

SETS = (
    "newprotocols_base.dev",
    "newprotocols_edit_other.dev",
    "vania_base_wiki.test",
    "vania_sim_wiki.test",
    "vania_translate_wiki.test",
)
_SAMPLE = 400


def read_rows(data: Path) -> list[Row]:
    """Return up to 400 seeded rows of each set."""
    parts = [read_set(data, name) for name in SETS]
    return [row for part in parts for row in random.Random(0).sample(part, min(_SAMPLE, len(part)))]  # noqa: S311


def find_temperature(logits: np.ndarray, gold: np.ndarray) -> tuple[float, float, float]:
    """Return (temperature, log loss before, log loss after) for logits (n, 3) and label places (n,)."""

    def measure_loss(temperature: float) -> float:
        return float(-np.log(take_softmax(logits / temperature)[np.arange(len(gold)), gold] + 1e-12).mean())

    best = minimize_scalar(measure_loss, bounds=(0.3, 5.0), method="bounded").x
    return float(best), measure_loss(1.0), measure_loss(best)


def main() -> None:
    """Read the command line and print the temperature."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with nli/")
    parser.add_argument("model", type=Path, help="folder that train.py wrote")
    options = parser.parse_args()
    rows = read_rows(options.data)
    logits = load_logits(options.model, torch.float32)([(row.premise, row.hypothesis) for row in rows])
    gold = np.array([LABELS.index(row.label) for row in rows])
    temperature, before, after = find_temperature(logits, gold)
    print(f"# {len(rows)} pairs, log loss {before:.4f} -> {after:.4f}")
    print(f"{temperature:.3f}")


if __name__ == "__main__":
    main()
