"""The rows of the results table, and their stored probabilities.

rows.toml beside this file names the models, in the order of the table; a folder is relative to WORK:

    ["plain student"]
    folder = "student_plain"
    dtype = "bfloat16"      # what it computes in; float32 where left out; int8: a shipped folder through OpenVINO

Probabilities are kept in WORK/scores/ROW/COLUMN.npz with a hash of what they were made from, so a table is rebuilt in
seconds and only what changed is scored again.
"""

from __future__ import annotations

import hashlib
import re
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import numpy as np
import torch
from baselines import BASELINES
from columns import Column
from scoring import Scorer, load_bytes_scorer, load_scorer

LOADERS: dict[str, Callable[[Path], Scorer]] = {
    "float32": partial(load_scorer, dtype=torch.float32),
    "bfloat16": partial(load_scorer, dtype=torch.bfloat16),
    "int8": load_bytes_scorer,
}
# Files of a model's folder that decide its scores; a training log or a checkpoint beside them does not.
_DECISIVE = re.compile(r"\.(safetensors|json)$|^vocab\.txt$")


@dataclass(frozen=True)
class Entry:
    """One row: its name, the files that it is made from, and how to load it."""

    name: str
    files: tuple[Path, ...]
    dtype: str
    load: Callable[[], Scorer] = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """A hash of the row's files and dtype; empty where the files are not on this machine."""
        if not self.files:
            return ""
        total = hashlib.sha256(self.dtype.encode())
        for path in self.files:
            with path.open("rb") as data:
                total.update(hashlib.file_digest(data, "sha256").digest())
        return total.hexdigest()


def read_entries(work: Path) -> list[Entry]:
    """Return the baselines and the models of rows.toml.

    Raises:
        ValueError: A row has an unknown key or dtype, or no folder.
    """
    train = work / "train.jsonl.gz"
    files = (train,) if train.exists() else ()
    entries = [Entry(name, files, "float32", partial(load, train)) for name, load in BASELINES.items()]
    table = Path(__file__).with_name("rows.toml")
    for name, row in tomllib.loads(table.read_text(encoding="utf-8")).items():
        dtype = row.get("dtype", "float32")
        if "folder" not in row or set(row) - {"folder", "dtype"} or dtype not in LOADERS:
            raise ValueError(f"{table}: row {name!r} needs `folder` and may have `dtype`, one of: {', '.join(LOADERS)}")
        folder = work / row["folder"]
        # Sorted, since the order of a folder's files differs between machines.
        parts = tuple(sorted(path for path in folder.glob("*") if _DECISIVE.search(path.name)))
        entries.append(Entry(name, parts, dtype, partial(LOADERS[dtype], folder)))
    return entries


def score_columns(entry: Entry, columns: list[Column], work: Path, stored_only: bool = False) -> dict[str, np.ndarray]:
    """Return the (m, 3) probabilities of every column's texts, from the store where it has them.

    A row whose files are not here keeps what is stored: its scores may come from another machine.

    Args:
        entry: The row.
        columns: What to score.
        work: The folder with the store.
        stored_only: Load nothing, and leave out columns without fitting stored scores.

    Raises:
        OSError: Nothing fitting is stored and the row's files are missing.
    """
    paths = {c.name: work / "scores" / _make_name(entry.name) / f"{_make_name(c.name)}.npz" for c in columns}
    found = {c.name: read_scores(paths[c.name], entry, c) for c in columns}
    missing = [column for column in columns if found[column.name] is None]
    if missing and not stored_only:
        scorer = entry.load()
        for column in missing:
            started = time.monotonic()
            found[column.name] = probabilities = scorer(column.texts).astype(np.float32)
            path = paths[column.name]
            path.parent.mkdir(parents=True, exist_ok=True)
            np.savez_compressed(path, probabilities=probabilities, column=column.digest, entry=entry.digest)
            seconds = time.monotonic() - started
            print(f"{entry.name}: {column.name}: {len(probabilities)} pairs in {seconds:.0f} s", flush=True)
    return {name: probabilities for name, probabilities in found.items() if probabilities is not None}


def read_scores(path: Path, entry: Entry, column: Column) -> np.ndarray | None:
    """Return stored probabilities, or None where there are none of this row's files and this column's texts."""
    if not path.exists():
        return None
    with np.load(path) as stored:
        fits = str(stored["column"]) == column.digest and entry.digest in ("", str(stored["entry"]))
        return np.asarray(stored["probabilities"]) if fits else None


def _make_name(name: str) -> str:
    """Return a row's or column's name as a file name."""
    return re.sub(r"[^\w.-]+", "_", name)
