"""Mix what the student learns of relations: pairs whose relation is labelled, pairs of different facts, and what it learned last.

    python models/recipe/relation_mix.py build/nli

models/judge/fit_pairs.jsonl and WORK/real_pairs_1.jsonl to _5.jsonl (the rounds of models/judge/real_pairs.py) say of two sentences
whether they agree, differ, develop or have nothing to do with each other. Three events in four are learned from here (`is_taught`, and
`learned` of a real pair); the judge's weights are fitted to the rest, so that they never see a sentence on which the model is surer than
it will be of the next story. The relation is learned as such, by classes of its own beside the three of NLI (train.py). Of the NLI classes
a real pair has its reader's code, and of a written pair the relation becomes a distribution: what agrees follows or adds something, as the
model itself divides it; what differs contradicts; what develops lies between (finish_mix.py). Two sentences of different pairs of one event
are about different facts, which is where the model was too sure of a contradiction. Shares: `[relations]` in mix.toml.
With --wide the same is mixed into a large part of the first mix, for a pass in which the model learns NLI anew without forgetting the rest.
Writes WORK/relations.jsonl.gz.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import torch
from finish_mix import BETWEEN, Judged, make_rows
from make_mix import CONFIG
from scoring import Scorer, load_scorer
from sets import ENTAILMENT, LABELS, NEUTRAL, is_taught, read_lines, write_lines

PAIRS = Path(__file__).parents[1] / "judge" / "fit_pairs.jsonl"
REAL = tuple(f"real_pairs_{number}.jsonl" for number in range(1, 6))
_AGREED = 0.8  # how far the one is believed to follow of two sentences that agree, before the model is asked
_DIFFERENT = (0.0, 0.08, 0.92)


def label_pairs(pairs: list[dict[str, Any]], score: Scorer) -> Iterator[dict[str, Any]]:
    """Yield both directions of each pair with its relation and the NLI distribution to learn."""
    for first, second in (("a", "b"), ("b", "a")):
        texts = [(pair[first], pair[second]) for pair in pairs]
        shares = iter(score([text for text, pair in zip(texts, pairs, strict=True) if pair["relation"] == "agree"]))
        for (premise, hypothesis), pair in zip(texts, pairs, strict=True):
            row = {"premise": premise, "hypothesis": hypothesis, "set": "relations", "relation": pair["relation"]}
            if pair["relation"] == "unrelated":
                yield row | {"label": LABELS[NEUTRAL]}
            elif pair["relation"] == "agree":
                share = next(shares)
                follows, open_ = float(share[ENTAILMENT]), float(share[NEUTRAL])
                own = follows / max(follows + open_, 1e-6)
                mean = (own + _AGREED) / 2
                yield row | {"soft": [round(mean, 4), round(1 - mean, 4), 0.0]}
            else:
                yield row | {"soft": _DIFFERENT if pair["relation"] == "differ" else BETWEEN["DD"]}


def label_real(pairs: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield both directions of each real pair with its relation and the reader's code; a tension has no relation."""
    for pair in pairs:
        relation = {} if pair["code"] == "TT" else {"relation": pair["relation"]}
        for row in make_rows([Judged(pair["event"], pair["a"], pair["b"], pair["code"])], "real_pairs"):
            yield row | relation


def pair_strangers(pairs: list[dict[str, Any]], an_event: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield up to `an_event` pairs of sentences of different pairs of each event, half of them those that share the most words."""
    events: dict[str, list[tuple[int, str]]] = {}
    for number, pair in enumerate(pairs):
        events.setdefault(pair["event"], []).extend((number, pair[side]) for side in "ab")
    for _, sentences in sorted(events.items()):
        strange = [(a, b) for (i, a), (j, b) in combinations(sentences, 2) if i != j]
        strange.sort(key=lambda texts: -_measure_overlap(*texts))
        near, far = strange[: an_event // 2], strange[an_event // 2 :]
        for texts in near + chance.sample(far, min(len(far), an_event - len(near))):
            premise, hypothesis = chance.sample(texts, 2)
            row = {"premise": premise, "hypothesis": hypothesis, "set": "strangers", "label": LABELS[NEUTRAL]}
            yield row | {"relation": "unrelated"}


def _measure_overlap(first: str, second: str) -> float:
    """Return the share of the words of both that are in each, 0 to 1."""
    one, other = set(first.lower().split()), set(second.lower().split())
    return len(one & other) / max(1, len(one | other))


def main() -> None:
    """Read the command line and write the mix."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "work", type=Path, help="folder with finish.jsonl.gz, real_pairs_1.jsonl to _5.jsonl and the model `averaged`"
    )
    parser.add_argument("--wide", action="store_true", help="write wide.jsonl.gz, most of it rows of train.jsonl.gz")
    options = parser.parse_args()
    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    shares, chance = config["relations"], random.Random(config["shape"]["seed"])  # noqa: S311
    pairs = [pair for pair in read_lines(PAIRS) if is_taught(pair["event"])]
    read = [pair for name in REAL for pair in read_lines(options.work / name) if pair["learned"]]
    scorer = load_scorer(options.work / "averaged", torch.bfloat16)
    # Of the pairs of this set the relation alone was read, as of the written ones.
    real = list(label_real([pair for pair in read if pair["set"] != "number_pairs"]))
    real += label_pairs([pair for pair in read if pair["set"] == "number_pairs"], scorer)
    strangers = list(pair_strangers(pairs, shares["strangers"], chance))
    labelled = list(label_pairs(pairs, scorer))
    again = chance.sample(list(read_lines(options.work / "finish.jsonl.gz")), shares["again"])
    rare = [row for row in real if row.get("relation") in ("differ", "develop")]
    rows = labelled * shares["times"] + real * shares["real"] + rare * shares["rare"] + strangers + again
    out = options.work / ("wide.jsonl.gz" if options.wide else "relations.jsonl.gz")
    if options.wide:
        for name, count in config["wide"].items():
            rows += chance.sample(list(read_lines(options.work / f"{name}.jsonl.gz")), count)
    chance.shuffle(rows)
    write_lines(out, rows)
    print(f"{len(rows)} pairs in {out}: {len(labelled)} written, {len(real)} real, {len(strangers)} strange")


if __name__ == "__main__":
    main()
