"""Labelled news sets of others, as pairs of texts with the sets' own classes. None of them was labelled for what the judge answers."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from judged import SEED, Item, Run
from samples import embed_texts
from sets import read_lines  # models/recipe

_SENTENCES = 12  # of an article, among which the one closest to a headline is looked for
_STS_SAME, _STS_APART = 4.0, 2.0


@dataclass(frozen=True, slots=True)
class NewsSet:
    """One set. Pairs of `same` should score higher by agreement than those of `other`; in `harmless` ones differ is a false alarm."""

    name: str
    title: str
    read: Callable[[Run], list[Item]]
    same: tuple[str, ...]
    other: tuple[str, ...]
    harmless: tuple[str, ...]
    size: int


def read_ecb(run: Run) -> list[Item]:
    """Sentences of two articles on one topic: on one event or not."""
    rows = read_lines(run.data / "news/ecbplus/sentence_pairs.jsonl.gz")
    return [Item(r["sentence1"], r["sentence2"], r["label"].replace("_", " "), event=r["event"]) for r in rows]


def read_msrp(run: Run) -> list[Item]:
    """Sentences of two news texts: a paraphrase or not."""
    rows = read_lines(run.data / "news/msrp/test.jsonl.gz")
    return [Item(r["sentence1"], r["sentence2"], "paraphrase" if r["paraphrase"] else "no paraphrase") for r in rows]


def read_sts(run: Run) -> list[Item]:
    """News sentences and headlines with a likeness from 0 to 5, in three classes."""
    return [
        Item(r["sentence1"], r["sentence2"], name_likeness(r["score"]), event=r["set"])
        for r in read_lines(run.data / "news/sts/pairs.jsonl.gz")
    ]


def name_likeness(score: float) -> str:
    """Return the class of a likeness."""
    return "4 or more" if score >= _STS_SAME else "2 to 4" if score >= _STS_APART else "below 2"


def read_claimdiff(run: Run) -> list[Item]:
    """Claims of two outlets on one topic: does one strengthen or weaken the other? Those that do both are left out."""
    folder = run.data / "news" / "claimdiff"
    weakens = {r["pair_id"]: bool(r["relation"]) for r in read_lines(folder / "weak.train.jsonl.gz")}
    items = []
    for row in read_lines(folder / "strength.train.jsonl.gz"):
        said = bool(row["relation"]), weakens.get(row["pair_id"], False)
        if said != (True, True):
            label = "strengthens" if said[0] else "weakens" if said[1] else "neither"
            items.append(Item(row["claim_a"], row["claim_b"], label, event=row["topic"]))
    return items


def read_fnc1(run: Run) -> list[Item]:
    """Headlines, each with the sentence of an article's first ones that is closest to it; as many of each class."""
    folder = run.data / "news" / "fnc1"
    bodies = {r["body_id"]: split_lines(r["text"])[:_SENTENCES] for r in read_lines(folder / "bodies.test.jsonl.gz")}
    rows = [r for r in read_lines(folder / "pairs.test.jsonl.gz") if bodies[r["body_id"]]]
    random.Random(SEED).shuffle(rows)
    share = (FNC1_SIZE if run.sample is None else min(FNC1_SIZE, run.sample)) // 4
    stances = sorted({row["stance"] for row in rows})
    chosen = [row for stance in stances for row in [r for r in rows if r["stance"] == stance][:share]]
    embed_texts(
        [text for row in chosen for text in (row["headline"], *bodies[row["body_id"]])]
    )  # all at once, and kept
    return [
        Item(r["headline"], find_closest(r["headline"], bodies[r["body_id"]]), r["stance"], event=r["body_id"])
        for r in chosen
    ]


def split_lines(text: str) -> list[str]:
    """Return the sentences of a text, split at stops and line ends; what has less than four words is no sentence."""
    parts = re.split(r"(?<=[.!?])[\"'”’]?\s+|\n+", text.strip())
    return [" ".join(part.split()) for part in parts if len(part.split()) > 3]


def find_closest(text: str, others: list[str]) -> str:
    """Return which of the other texts is closest to one; of equals the first."""
    vectors = embed_texts([text, *others])
    return others[int(np.argmax(np.round(vectors[1:] @ vectors[0], 4)))]


FNC1_SIZE = 400
NEWS_SETS = (
    NewsSet("ecbplus", "ECB+", read_ecb, ("same event",), ("different event",), ("different event",), 800),
    NewsSet("msrp", "msrp test", read_msrp, ("paraphrase",), ("no paraphrase",), ("paraphrase",), 600),
    NewsSet("sts", "STS, news", read_sts, ("4 or more",), ("2 to 4", "below 2"), ("4 or more", "below 2"), 600),
    NewsSet(
        "claimdiff",
        "ClaimDiff",
        read_claimdiff,
        ("strengthens",),
        ("weakens", "neither"),
        ("strengthens", "neither"),
        500,
    ),
    NewsSet("fnc1", "FNC-1 test", read_fnc1, ("agree",), ("disagree", "unrelated"), ("agree", "unrelated"), FNC1_SIZE),
)
