"""Mix what the student learns last: pairs written and read for this project, and a part of what it has learned before.

    python models/recipe/finish_mix.py build/nli

written*.jsonl hold invented pairs, read_pairs*.csv labels of real news pairs by their ids in WORK/news_pairs.jsonl.gz, whose
texts stay out of the repository. Both directions of every pair are learned; one event in eight is only measured
on. Rows of WORK/train.jsonl.gz are learned again so that nothing is forgotten. Shares: `[finish]` in mix.toml.
Writes WORK/finish.jsonl.gz.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import random
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from make_mix import CONFIG
from sets import CONTRADICTION, ENTAILMENT, LABELS, NEUTRAL, RELATION_OF, read_lines, write_lines

WRITTEN = ("written.jsonl", "written_2.jsonl")
READ = ("read_pairs.csv", "read_pairs_2.csv")
FOLDER = Path(__file__).parent
PLACES = {"E": ENTAILMENT, "N": NEUTRAL, "C": CONTRADICTION}
# What a reader saw that is none of the three classes: tension between two claims, and two moments of one fact.
BETWEEN = {"TT": (0.05, 0.75, 0.2), "DD": (0.0, 0.4, 0.6)}
_MEASURED = 8  # one event in so many


@dataclass(frozen=True, slots=True)
class Judged:
    """Two claims and a code of two letters, E, N or C: what the first says of the second, and the other way round."""

    event: str
    first: str
    second: str
    code: str

    @property
    def is_measured(self) -> bool:
        """Whether its event is kept out of training."""
        return hashlib.sha256(self.event.encode()).digest()[4] % _MEASURED == 0

    def find_label(self, direction: int) -> str:
        """Return the NLI label of a direction: 0, the first as premise; 1, the second."""
        return LABELS[PLACES[self.code[direction]]]


def read_written(names: Sequence[str] = WRITTEN) -> list[Judged]:
    """Return the invented pairs of the files of these names."""
    return [Judged(o["event"], o["a"], o["b"], o["nli"]) for name in names for o in read_lines(FOLDER / name)]


def read_news(work: Path, names: Sequence[str] = READ) -> list[Judged]:
    """Return the real news pairs whose labels are in the files of these names; those that news_pairs.py no longer makes are left out.

    None where WORK has no news pairs.
    """
    if not (work / "news_pairs.jsonl.gz").exists():
        return []
    codes: dict[str, str] = {}
    for name in names:
        with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
            codes |= {row["id"]: row["code"] for row in csv.DictReader(lines)}
    pairs = (o for o in read_lines(work / "news_pairs.jsonl.gz") if o["id"] in codes)
    return [Judged(o["event"], o["premise"], o["hypothesis"], codes[o["id"]]) for o in pairs]


def make_rows(pairs: list[Judged], name: str) -> Iterator[dict[str, Any]]:
    """Yield both directions of each pair, with a label or, in between, a distribution, and with its relation where the code tells it."""
    for pair in pairs:
        for direction, (premise, hypothesis) in enumerate(((pair.first, pair.second), (pair.second, pair.first))):
            row: dict[str, Any] = {"premise": premise, "hypothesis": hypothesis, "set": name}
            if pair.code in RELATION_OF:
                row["relation"] = RELATION_OF[pair.code]
            if pair.code in BETWEEN:
                yield row | {"soft": BETWEEN[pair.code]}
            else:
                yield row | {"label": pair.find_label(direction)}


def main() -> None:
    """Read the command line and write the mix."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path, help="folder with train.jsonl.gz and news_pairs.jsonl.gz")
    options = parser.parse_args()
    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    shares, chance = config["finish"], random.Random(config["shape"]["seed"])  # noqa: S311
    rows: list[dict[str, Any]] = []
    for name, times in shares["files"].items():
        pairs = read_written([name]) if name in WRITTEN else read_news(options.work, [name])
        rows += list(make_rows([pair for pair in pairs if not pair.is_measured], name)) * times
    rows += chance.sample(list(read_lines(options.work / "train.jsonl.gz")), shares["again"])
    chance.shuffle(rows)
    write_lines(options.work / "finish.jsonl.gz", rows)
    names = Counter("again" if row["set"] not in shares["files"] else row["set"] for row in rows)
    print(f"{len(rows)} pairs in {options.work / 'finish.jsonl.gz'}: {dict(names)}")


if __name__ == "__main__":
    main()
