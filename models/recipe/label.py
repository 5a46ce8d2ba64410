"""Let the teacher label pairs for the student.

    python models/recipe/label.py build/nli/teacher build/nli --news 13000 --gold 26000 --rest 40000

Reads WORK/news_pairs.jsonl.gz and WORK/train.jsonl.gz, and writes WORK/student.jsonl.gz:

* unlabelled pairs of real news claims in both directions, the kinds that are hardest to judge first, with the teacher's
  probabilities as `soft`;
* labelled pairs: `--gold` of them with `soft` beside their label, `--rest` more as they are.

Held-back news pairs are left out: on them the precision of the shipped model is read.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import torch
from scoring import load_scorer
from sets import read_lines, write_lines

# Other figures, a negation on one side and news of a later day are what a judge of claims must tell apart.
HARD_FIRST = ("figures", "negation", "update", "close", "loose")


def choose_news(path: Path, limit: int) -> list[dict[str, Any]]:
    """Return both directions of up to `limit` unlabelled pairs, the hard kinds first."""
    pairs = [pair for pair in read_lines(path) if not pair["held"]]
    pairs.sort(key=lambda pair: (HARD_FIRST.index(pair["kind"]), pair["id"]))
    return [
        {"premise": premise, "hypothesis": hypothesis, "set": f"news_{pair['kind']}"}
        for pair in pairs[:limit]
        for premise, hypothesis in (
            (pair["premise"], pair["hypothesis"]),
            (pair["hypothesis"], pair["premise"]),
        )
    ]


def add_soft(rows: list[dict[str, Any]], teacher: Path, dtype: torch.dtype) -> list[dict[str, Any]]:
    """Return the rows with the teacher's probabilities (entailment, neutral, contradiction) as `soft`."""
    shares = load_scorer(teacher, dtype)([(row["premise"], row["hypothesis"]) for row in rows])
    return [row | {"soft": [round(float(x), 4) for x in share]} for row, share in zip(rows, shares, strict=True)]


def main() -> None:
    """Read the command line and label."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("teacher", type=Path, help="folder that train.py wrote")
    parser.add_argument("work", type=Path, help="folder with the pairs")
    parser.add_argument("--news", type=int, default=13_000, help="unlabelled pairs to label, in both directions")
    parser.add_argument("--gold", type=int, default=26_000, help="labelled pairs that get soft labels as well")
    parser.add_argument("--rest", type=int, default=40_000, help="labelled pairs that keep their label alone")
    parser.add_argument("--float32", action="store_true", help="compute in float32 instead of bfloat16")
    options = parser.parse_args()
    news = choose_news(options.work / "news_pairs.jsonl.gz", options.news)
    gold = list(read_lines(options.work / "train.jsonl.gz"))[: options.gold + options.rest]
    soft = add_soft(news + gold[: options.gold], options.teacher, torch.float32 if options.float32 else torch.bfloat16)
    write_lines(options.work / "student.jsonl.gz", soft + gold[options.gold :])
    print(f"{len(news)} rows of news and {len(gold)} labelled ones, {options.gold} of them with soft labels")


if __name__ == "__main__":
    main()
