"""The labelled sets: where they lie, what is held out for measuring, and how a row looks."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LABELS = ("entailment", "neutral", "contradiction")
ENTAILMENT, NEUTRAL, CONTRADICTION = range(len(LABELS))
RELATIONS = ("agree", "differ", "develop", "unrelated")
# What a reader's code says of a pair's relation, E, N or C in both directions, or DD for two moments of one fact; NN and TT leave it open.
RELATION_OF = {"EE": "agree", "EN": "agree", "NE": "agree", "CC": "differ", "DD": "develop"}

# Sets that are only ever measured on; make_mix drops every training row that is, or nearly is, one of theirs.
HELD_OUT = (
    "mnli_half.dev",
    "fever_symmetric.dev",
    "cad_nli.dev",
    "lingnli_baseline.dev",
    "lingnli_ling_in_loop.dev",
    "lingnli_ling_on_side.dev",
    "scitail.dev",
    "anli_r1.dev",
    "anli_r2.dev",
    "anli_r3.dev",
    "conjnli.dev",
    "nan_nli.test",
    "fracas.test",
    "equate_stresstest_numeric.test",
    "rte3_3way.dev",
    "wice_oracle.dev",
    "wice_oracle.test",
)
# One premise in five of this set is held back, since it is the only hand-written set on newswire.
SPLIT_SET = "vania_base_news.train"
_SHARED_OUT = (
    4  # events of pairs whose relation is labelled; one in so many is the judge's, the model learns from the others
)


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled pair; `label` is one of LABELS, or `not_entailment` where a set has two classes."""

    premise: str
    hypothesis: str
    label: str
    set: str


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def write_lines(path: Path, objects: Iterable[dict[str, Any]]) -> None:
    """Write gzipped JSON Lines, and make the folder if it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=3) as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in objects)


def read_set(data: Path, name: str) -> list[Row]:
    """Return the rows of one set under `data`/nli, blank texts and unknown labels left out."""
    known = (*LABELS, "not_entailment")
    rows = (
        Row(" ".join(o["premise"].split()), " ".join(o["hypothesis"].split()), o["label"], name)
        for o in read_lines(data / "nli" / f"{name}.jsonl.gz")
    )
    return [row for row in rows if row.premise and row.hypothesis and row.label in known]


def is_held_back(premise: str) -> bool:
    """Say whether a premise of SPLIT_SET belongs to the fifth that is only measured on."""
    return hashlib.sha256(premise.encode()).digest()[0] % 5 == 0


def is_taught(event: str) -> bool:
    """Say whether the model learns from an event's pairs whose relation is labelled; the judge's weights are fitted to the others."""
    return hashlib.sha256(event.encode()).digest()[5] % _SHARED_OUT != 0
