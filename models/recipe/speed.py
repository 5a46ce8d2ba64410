"""Pairs a second of the shipped model, one direction, two claims of 40 tokens each.

    python models/recipe/speed.py [FOLDER]

Absolute figures vary between machines and days; the last column is the ratio to a row of the same run: all-MiniLM-L6-v2
as a cross-encoder in float32, the smallest model that this could have been.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import torch
from page import make_table
from transformers import AutoModelForSequenceClassification

from detector.embed import DEFAULT_MODEL, find_model
from detector.judge.claim_files import find_model as find_nli
from detector.judge.claim_nli import load_model
from detector.progress import silence_loading

CLAIM = 40
BATCH = 32
SECONDS = 6.0


def measure_speed(model: Any, device: str) -> float:
    """Return pairs a second of a model on full batches of one length, the better of the halves of a few seconds."""
    model = model.eval().to(device)
    ids = torch.randint(1000, 20_000, (BATCH, 2 * CLAIM + 4), device=device)
    mask = torch.ones_like(ids)
    best = 0.0
    with torch.inference_mode():
        for _ in range(3):
            started, done = time.perf_counter(), 0
            while time.perf_counter() - started < SECONDS / 2:
                model(input_ids=ids, attention_mask=mask).logits.sum().item()
                done += BATCH
            best = max(best, done / (time.perf_counter() - started))
    return best


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=find_nli(), help="a folder that ship.py wrote")
    folder = parser.parse_args().folder
    devices = ["cpu", *(["cuda"] if torch.cuda.is_available() else [])]
    with silence_loading():
        small = AutoModelForSequenceClassification.from_pretrained(find_model(DEFAULT_MODEL), num_labels=3)
    base = measure_speed(small, "cpu")
    rows = [
        [
            "all-MiniLM-L6-v2 as a cross-encoder",
            f"cpu, {torch.get_num_threads()} threads",
            "float32",
            f"{base:.0f}",
            "1.00",
        ]
    ]
    for device in devices:
        for dtype in (torch.float32, torch.bfloat16):
            speed = measure_speed(load_model(folder, dtype)[0], device)
            place = device if device != "cpu" else f"cpu, {torch.get_num_threads()} threads"
            rows.append([folder.name, place, str(dtype).removeprefix("torch."), f"{speed:.0f}", f"{speed / base:.2f}"])
    print(make_table(["model", "on", "precision", "pairs a second", "ratio"], rows, texts=3))


if __name__ == "__main__":
    main()
