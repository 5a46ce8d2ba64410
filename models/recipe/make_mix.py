"""Mix the labelled sets into one training file, without anything that is measured on.

    python models/recipe/make_mix.py DATA build/nli

Reads mix.toml, drops rows that are (or nearly are) rows of a held-out set, evens out the labels of each set, adds
build/nli/perturbed.jsonl.gz when it is there, writes build/nli/train.jsonl.gz and prints what was taken and dropped.
"""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sets import HELD_OUT, SPLIT_SET, Row, is_held_back, read_lines, read_set, write_lines

CONFIG = Path(__file__).with_name("mix.toml")


def fold(text: str) -> str:
    """Return `text` in lower case, words and digits only."""
    return " ".join(re.findall(r"\w+", text.lower()))


class HeldOut:
    """The pairs that no training row may repeat: by premise exactly, by pair nearly."""

    def __init__(self, rows: list[Row], near: float) -> None:
        self._near = near
        self._premises = {fold(row.premise) for row in rows}
        self._hypotheses = {fold(row.hypothesis) for row in rows if len(row.hypothesis.split()) > 4}
        self._bags = [frozenset(fold(f"{row.premise} {row.hypothesis}").split()) for row in rows]
        self._spread = Counter(word for bag in self._bags for word in bag)
        self._index: dict[str, list[int]] = defaultdict(list)
        for number, bag in enumerate(self._bags):
            for word in self._rarest(bag):
                self._index[word].append(number)

    def _rarest(self, bag: frozenset[str]) -> list[str]:
        """Return the words by which a near copy would be found: the four rarest held-out ones."""
        return sorted((word for word in bag if word in self._spread), key=lambda w: (self._spread[w], w))[:4]

    def find_overlap(self, row: Row) -> str:
        """Return how a training row repeats a held-out one: 'premise', 'hypothesis', 'near' or ''."""
        premise, hypothesis = fold(row.premise), fold(row.hypothesis)
        if premise in self._premises or hypothesis in self._premises:
            return "premise"
        if hypothesis in self._hypotheses:
            return "hypothesis"
        bag = frozenset(f"{premise} {hypothesis}".split())
        numbers = {number for word in self._rarest(bag) for number in self._index.get(word, ())}
        if any(len(bag & self._bags[n]) >= self._near * len(bag | self._bags[n]) for n in numbers):
            return "near"
        return ""


def even_labels(rows: list[Row], limit: int, chance: random.Random) -> list[Row]:
    """Return at most `limit` rows (0: all), no label more than twice as often as the rarest one."""
    by_label: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_label[row.label].append(row)
    most = 2 * min(len(part) for part in by_label.values())
    share = limit // len(by_label) + 1 if limit else most
    kept = [row for part in by_label.values() for row in chance.sample(part, min(len(part), most, share))]
    return kept[:limit] if limit else kept


def take_sets(data: Path, config: dict[str, Any]) -> list[Row]:
    """Return the rows of every set that the config names, and print a line on each."""
    shape = config["shape"]
    held = [row for name in HELD_OUT for row in read_set(data, name)]
    held += [row for row in read_set(data, SPLIT_SET) if is_held_back(row.premise)]
    guard = HeldOut(held, shape["near"])
    chance = random.Random(shape["seed"])  # noqa: S311
    seen: set[tuple[str, str]] = set()
    mixed: list[Row] = []
    for name, choice in config["sets"].items():
        dropped: Counter[str] = Counter()
        kept = []
        for row in read_set(data, name):
            key = (fold(row.premise), fold(row.hypothesis))
            if len(row.premise.split()) + len(row.hypothesis.split()) > shape["max_words"]:
                reason = "long"
            elif key in seen:
                reason = "repeated"
            else:
                reason = guard.find_overlap(row)
            if reason:
                dropped[reason] += 1
            else:
                seen.add(key)
                kept.append(row)
        kept = even_labels(kept, choice.get("limit", 0), chance)
        mixed += kept * choice.get("repeat", 1)
        print(
            f"{name:34} {len(kept):6} x{choice.get('repeat', 1)}  {dict(Counter(r.label for r in kept))}  dropped {dict(dropped)}"
        )
    return mixed


def main() -> None:
    """Read the command line and write the mix."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with nli/ and news/")
    parser.add_argument("work", type=Path, help="folder for what the recipe makes")
    options = parser.parse_args()
    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    rows = take_sets(options.data, config)
    objects = [asdict(row) for row in rows]
    perturbed = options.work / "perturbed.jsonl.gz"
    if perturbed.exists():
        times = {f"perturbed_{rule}": number for rule, number in config["perturbed"].items()}
        objects += [row for row in read_lines(perturbed) for _ in range(times.get(row["set"], 1))]
    random.Random(config["shape"]["seed"]).shuffle(objects)  # noqa: S311
    write_lines(options.work / "train.jsonl.gz", objects)
    print(f"{len(objects)} pairs in {options.work / 'train.jsonl.gz'}: {dict(Counter(o['label'] for o in objects))}")


if __name__ == "__main__":
    main()
