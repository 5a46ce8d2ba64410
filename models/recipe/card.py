"""Fill the model card's template, card.md, with the facts of one shipped folder."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tomllib
from collections.abc import Sequence
from pathlib import Path
from string import Template
from typing import Any

from page import make_table

from detector.judge.claim_files import CARD

HERE = Path(__file__).resolve().parent
README = "README.md"
NONE = "None were given to `ship.py`."


def write_card(out: Path, figures: dict[str, list[dict[str, Any]]], fixed: Sequence[dict[str, Any]]) -> None:
    """Write README.md into a shipped folder.

    Args:
        out: The folder, with `claim_nli.json` and the files that it names.
        figures: Heading -> rows, each a flat object; all rows of one heading have the same keys.
        fixed: Rows of the table of fixed pairs.
    """
    card = json.loads((out / CARD).read_text(encoding="utf-8"))
    config = json.loads((out / "config.json").read_text(encoding="utf-8"))
    files = [path for path in sorted(out.iterdir()) if path.name != README]
    facts = {
        **{key: card[key] for key in ("architecture", "max_length", "temperature", "transformers")},
        "layers": config["num_hidden_layers"],
        "width": config["hidden_size"],
        "parameters": f"{card['parameters'] / 1e6:.1f}",
        "megabytes": f"{sum(path.stat().st_size for path in files) / 1e6:.1f}",
        "labels": ", ".join(card["labels"]),
        "commit": find_commit(),
        "sets": list_sets(HERE / "mix.toml"),
        "figures": "\n\n".join(f"### {head}\n\n{make_rows(rows)}" for head, rows in figures.items()) or NONE,
        "fixed": make_rows(fixed) if fixed else NONE,
        "files": "\n".join(f"| `{path.name}` | {path.stat().st_size} | `{hash_file(path)}` |" for path in files),
    }
    text = Template((HERE / "card.md").read_text(encoding="utf-8")).substitute(facts)
    (out / README).write_bytes(text.encode())


def read_figures(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Read the figures for the card: a JSON object of heading -> list of flat objects.

    Raises:
        ValueError: The file holds something else.
    """
    figures: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    tables = figures.values() if isinstance(figures, dict) else [None]
    for rows in tables:
        if not (rows and isinstance(rows, list) and all(isinstance(row, dict) for row in rows)):
            raise ValueError(f"{path} must hold an object: heading -> list of objects, a row each")
        if any(row.keys() != rows[0].keys() for row in rows):
            raise ValueError(f"{path}: the rows of one heading must have the same keys")
    return figures


def make_rows(rows: Sequence[dict[str, Any]]) -> str:
    """Return a Markdown table with the keys of the first row as its head."""
    return make_table(list(rows[0]), [[show_value(value) for value in row.values()] for row in rows])


def show_value(value: Any) -> str:
    """Return a cell's text: three decimals for a fraction."""
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def list_sets(mix: Path) -> str:
    """Return the rows of the table of data sets."""
    sets = tomllib.loads(mix.read_text(encoding="utf-8"))["sets"]
    return "\n".join(
        f"| {name} | {facts['licence']} | {facts.get('limit', 'all')} | {facts.get('repeat', 1)} |"
        for name, facts in sorted(sets.items())
    )


def find_commit() -> str:
    """Return the last commit of the recipe, marked where files of it have changed since."""
    log = ["git", "-C", str(HERE), "log", "-1", "--format=%H", "--", "."]
    commit = subprocess.run(log, capture_output=True, text=True, check=True).stdout.strip()
    status = ["git", "-C", str(HERE), "status", "--porcelain", "--", "."]
    changed = subprocess.run(status, capture_output=True, text=True, check=True).stdout.strip()
    return f"{commit or 'none'}{' with changes' if changed else ''}"


def hash_file(path: Path) -> str:
    """Return a file's sha256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
