"""Draw real news pairs that the shipped model takes for contradictions, for a person to read.

    python models/recipe/sample_news.py DATA build/nli --threshold 0.8 --count 100

Only pairs of held-back events are drawn: neither model has seen a sentence of their pairs. Three times as many as in
training are looked at in each event, since contradictions are rare. Prints how many pairs reach
which probability, and writes WORK/to_read.tsv: id, probability (the greater of both directions), the two claims. The
texts are third-party and stay out of the repository; a verdict is noted by id.
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path

from news_pairs import make_pairs
from sets import CONTRADICTION

from detector.judge.claim_nli import ClaimNli

_TIMES = 3
STEPS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)


def main() -> None:
    """Read the command line, score, and write the sample."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with news/allsides")
    parser.add_argument("work", type=Path, help="folder that gets to_read.tsv")
    parser.add_argument("--threshold", type=float, default=0.8, help="least probability of contradiction")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pairs = make_pairs(options.data, seed=1, held_only=True, times=_TIMES)
    texts = [(pair.premise, pair.hypothesis) for pair in pairs]
    nli = ClaimNli()
    both = zip(nli.score(texts), nli.score([(b, a) for a, b in texts]), strict=True)
    found = sorted(
        (
            (max(there[CONTRADICTION], back[CONTRADICTION]), pair)
            for (there, back), pair in zip(both, pairs, strict=True)
        ),
        key=lambda item: item[1].id,
    )
    for step in STEPS:
        print(f"contradiction >= {step}: {sum(share >= step for share, _ in found)} of {len(found)} pairs")
    likely = [item for item in found if item[0] >= options.threshold]
    chosen = random.Random(options.seed).sample(likely, min(options.count, len(likely)))  # noqa: S311
    with (options.work / "to_read.tsv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t")
        for share, pair in sorted(chosen, key=lambda item: -item[0]):
            writer.writerow([pair.id, f"{share:.3f}", pair.premise, pair.hypothesis])
    print(f"{len(chosen)} pairs in {options.work / 'to_read.tsv'}")


if __name__ == "__main__":
    main()
