"""Measure an editor's own topics against marks by hand. Usage: python tests/bench/measure_own_topics.py [DATA_FOLDER]

The topics and the marks are in tests/data/own_topics.toml and .jsonl. Without DATA_FOLDER only those of the seeds are
measured; it holds news/newswcl50 and news/allsides, which are not part of the project.

Three rounds: each topic by its name alone, with its terms, and with its examples too. For each: precision and recall by
topic, pooled over the topics on which constants may be chosen and over those that are for the report; how often a claim is
rightly there, by how sure the program says it is; and how many names of the other stories' topics found a claim, though
their subject is foreign to the story.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from samples import ROOT, embed_views
from sets import read_lines  # models/recipe

from detector.embed import SentenceTransformerEmbedder
from detector.group.named import embed_wishes, fill_named, measure_wishes
from detector.group.phrases import Wording
from detector.read import read_articles
from detector.records import Claim
from detector.split import split_claims

MARKS = ROOT / "tests" / "data"
FIELDS = ("source", "title", "text", "date", "url")
EVENTS = {"newswcl50-5": ("newswcl50", 5), "newswcl50-9": ("newswcl50", 9), "allsides-00844": ("allsides", None)}
ROUNDS = ("name", "terms", "examples")
SURE = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True)
class Case:
    """One story: its claims and their views' vectors, and for each of its topics the ids of the claims marked."""

    claims: Sequence[Claim]
    sizes: Sequence[int]
    views: np.ndarray
    marked: dict[str, set[str]]


def list_rows(data: Path, set_name: str, event: int | None) -> list[dict[str, Any]]:
    """Return the articles of one event as the program reads them: one object a line of JSON Lines."""
    rows = read_lines(data / "news" / set_name / "articles.jsonl.gz")
    if event is not None:
        found = [row for row in rows if str(row["event"]) == str(event)]
    else:
        events = read_lines(data / "news/allsides/events_auto.jsonl")
        ids = next(one["ids"] for one in events if one["event"] == "abp_event_00844")
        found = [row for row in rows if row["id"] in ids]
    return [{key: row[key] for key in FIELDS if row.get(key)} for row in found]


def load_case(name: str, paths: Sequence[str], marks: Sequence[dict[str, Any]]) -> Case:
    articles, _ = read_articles(paths)
    claims = [claim for claim in split_claims(articles) if claim.left_out is None]
    views, sizes, _ = embed_views(claims)
    place = {(claim.article_id, claim.start, claim.end): claim.id for claim in claims}
    marked: dict[str, set[str]] = defaultdict(set)
    lost = 0
    for mark in marks:
        one = place.get((mark["article"], mark["start"], mark["end"]))
        lost += one is None
        for topic in mark["topics"] if one else ():
            marked[topic].add(one)
    if lost or len(claims) != len(marks):
        print(f"{name}: {lost} of {len(marks)} marked claims are not where they were; {len(claims)} claims now")
    return Case(claims, sizes, views, marked)


def load_cases(data: Path | None) -> dict[str, Case]:
    marks: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for mark in read_lines(MARKS / "own_topics.jsonl"):
        marks[mark["story"]].append(mark)
    cases = {"seeds": load_case("seeds", [str(ROOT / "seeds")], marks["seeds"])}
    with tempfile.TemporaryDirectory() as folder:
        for name, (set_name, event) in EVENTS.items() if data else ():
            path = Path(folder) / f"{name}.jsonl"
            path.write_text("\n".join(map(json.dumps, list_rows(data, set_name, event))), encoding="utf-8")
            cases[name] = load_case(name, [str(path)], marks[name])
    return cases


def fill(case: Case, topics: Sequence[dict[str, Any]], given: str, embedder: Any) -> dict[str, dict[str, float]]:
    """Return for each topic the claims it gets and how sure they are."""
    terms = {topic["name"]: [] if given == "name" else topic["terms"] for topic in topics}
    examples = {topic["name"]: topic["examples"] if given == "examples" else [] for topic in topics}
    wishes = embed_wishes(terms, examples, embedder.embed)
    own = measure_wishes(wishes, case.claims, case.views, case.sizes, embedder.embed)
    filled = fill_named(Wording(case.claims), own, range(len(case.claims)))
    return {
        name: {case.claims[row].id: sure for row, sure in filled.get(name, {}).items()}
        for name in (topic["name"] for topic in topics)
    }


def measure(cases: dict[str, Case], topics: Sequence[dict[str, Any]], given: str, embedder: Any) -> None:
    print(f"by {given}" if given == "name" else f"with {given}")
    pooled: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    right: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    foreign, filled, strays = 0, 0, 0
    for name, case in cases.items():
        got = fill(case, topics, given, embedder)
        for topic in topics:
            claims = got[topic["name"]]
            if topic["story"] != name:
                foreign, filled, strays = foreign + 1, filled + bool(claims), strays + len(claims)
                continue
            marked = case.marked[topic["name"]]
            hits = len(marked & claims.keys())
            for i, number in enumerate((hits, len(claims), len(marked))):
                pooled[topic["use"]][i] += number
            right[topic["use"]] += [(sure, one in marked) for one, sure in claims.items()]
            print(f"  {topic['use']:7} {name:15} {topic['name']:22} {phrase(hits, len(claims), len(marked))}")
    for use, (hits, found, marked) in pooled.items():
        bins = [[ok for sure, ok in right[use] if low <= sure < high] for low, high in pairwise(SURE)]
        shown = ", ".join(f"{low}: {np.mean(b):.2f} of {len(b)}" for low, b in zip(SURE, bins, strict=False) if b)
        print(f"  {use:7} all: {phrase(hits, found, marked)}; right by how sure, from {shown}")
    print(f"  foreign names that found a claim: {filled} of {foreign}, with {strays} claims")


def phrase(hits: int, found: int, marked: int) -> str:
    return f"precision {hits / max(1, found):.2f} recall {hits / max(1, marked):.2f} ({found} found, {marked} marked)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?")
    data = parser.parse_args().data
    embedder = SentenceTransformerEmbedder()
    topics = tomllib.loads((MARKS / "own_topics.toml").read_text(encoding="utf-8"))["topic"]
    cases = load_cases(data)
    for given in ROUNDS:
        measure(cases, topics, given, embedder)


if __name__ == "__main__":
    main()
