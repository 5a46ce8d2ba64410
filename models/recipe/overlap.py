"""Texts that are measured on, as word runs, so that no text to train on shares one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sets import read_lines

RUN = 8
_WORD = re.compile(r"[a-z0-9]+")
_TRAINED_ON = "allsides"


def list_runs(text: str) -> list[int]:
    """Return the hash of each run of RUN words; case and marks do not count, a shorter text has none."""
    words = _WORD.findall(text.lower())
    return [hash(tuple(words[i : i + RUN])) for i in range(len(words) - RUN + 1)]


def read_measured_runs(data: Path, seeds: Path) -> frozenset[int]:
    """Return the word runs of every news set under `data`/news but the one trained on, and of the sample articles in `seeds`.

    The hashes hold within one process only.
    """
    runs: set[int] = set()
    for path in sorted((data / "news").glob("*/*.jsonl*")):
        if path.parent.name == _TRAINED_ON:
            continue
        for row in read_lines(path):
            for text in _list_texts(row):
                runs.update(list_runs(text))
    for path in sorted(seeds.glob("*.txt")):
        runs.update(list_runs(path.read_text(encoding="utf-8")))
    return frozenset(runs)


def is_measured(text: str, runs: frozenset[int]) -> bool:
    """Whether a text shares a run of words with what is measured on."""
    return any(run in runs for run in list_runs(text))


def _list_texts(value: Any) -> Iterator[str]:
    """Yield the strings of a JSON value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _list_texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _list_texts(part)
