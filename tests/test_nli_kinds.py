"""The labelled pairs by kind of difference: well formed, balanced, and with nothing to learn from one side alone."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import Any

import pytest
from conftest import ROOT

DATA = ROOT / "tests" / "data"
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (DATA / "nli_kinds.jsonl").read_text(encoding="utf-8").splitlines()
]
FIXED = (DATA / "nli_fixed_ids.txt").read_text(encoding="utf-8").split()
LABELS = ("entailment", "neutral", "contradiction")
# In the order of the file.
KINDS = "numbers dates names places negation roles antonyms scope modality attribution paraphrase".split()
SIDES = ("premise", "hypothesis")


def test_fields() -> None:
    for row in ROWS:
        assert list(row) == ["id", "kind", "premise", "hypothesis", "label"], row
        assert row["label"] in LABELS, row["id"]
        for side in SIDES:
            assert row[side] == " ".join(row[side].split()), row["id"]
            assert row[side].endswith((".", '"')), row["id"]


def test_kinds_and_numbering() -> None:
    assert list(dict.fromkeys(row["kind"] for row in ROWS)) == KINDS
    for kind in KINDS:
        ids = [row["id"] for row in ROWS if row["kind"] == kind]
        assert ids == [f"{kind}-{number:03d}" for number in range(1, len(ids) + 1)]
        assert 30 <= len(ids) <= 40, kind


def test_ids_are_unique() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("kind", KINDS)
def test_labels_are_balanced(kind: str) -> None:
    counts = Counter(row["label"] for row in ROWS if row["kind"] == kind)
    assert min(counts[label] for label in LABELS) >= counts.total() / 4, counts


def test_no_pair_is_there_twice() -> None:
    counts = Counter(tuple(row[side].casefold() for side in SIDES) for row in ROWS)
    assert [pair for pair, count in counts.items() if count > 1] == []


def test_sides_differ_and_have_the_length_of_news_claims() -> None:
    for row in ROWS:
        assert row["premise"].casefold() != row["hypothesis"].casefold(), row["id"]
        for side in SIDES:
            assert 8 <= len(row[side].split()) <= 35, row["id"]


@pytest.mark.parametrize("side", SIDES)
def test_a_text_in_several_pairs_does_not_tell_the_label(side: str) -> None:
    labels = defaultdict(list)
    for row in ROWS:
        labels[row[side]].append(row["label"])
    several = [found for found in labels.values() if len(found) > 1]
    assert several
    assert all(len(set(found)) == len(found) for found in several)


def test_hypotheses_of_each_label_are_equally_long() -> None:
    lengths = defaultdict(list)
    for row in ROWS:
        lengths[row["label"]].append(len(row["hypothesis"].split()))
    means = [sum(counts) / len(counts) for counts in lengths.values()]
    assert max(means) - min(means) < 1


def test_fixed_ids_name_varied_pairs() -> None:
    rows = {row["id"]: row for row in ROWS}
    assert len(FIXED) == len(set(FIXED)) == 20
    assert {rows[name]["kind"] for name in FIXED} == set(KINDS)
    assert {rows[name]["label"] for name in FIXED} == set(LABELS)
