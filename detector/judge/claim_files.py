"""The files of the project's own NLI model: found, and checked against the hashes in their card.

`models/recipe/ship.py` writes such a folder: weights in one byte each with one scale a row, a tokenizer, and the graph that
OpenVINO computes. No model library is needed to read it.
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from detector.errors import ModelMissing

SHIPPED = "claim-nli"
CARD = "claim_nli.json"
FORMAT = 1
WEIGHTS = ".safetensors"
_KEYS = {"format", "architecture", "transformers", "temperature", "max_length", "files"}


def find_model() -> Path:
    """Return where the shipped model belongs: in the wheel inside the package, in a source checkout beside it."""
    root = _find_checkout()
    return (root or Path(str(files("detector")))) / "models" / SHIPPED


def read_folder(folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Read a folder that `ship.py` wrote, and check the sha256 of every file.

    Returns:
        (the card: `temperature`, `max_length`, `labels`, `files` ...; the files' bytes by name).

    Raises:
        ModelMissing: the folder or one of its files is missing or damaged.
    """
    card = _read_card(folder)
    return card, {name: _read_file(folder, name, facts) for name, facts in sorted(card["files"].items())}


def _read_card(folder: Path) -> dict[str, Any]:
    """Read `claim_nli.json` and check that this version of the code understands it."""
    if not folder.is_dir():
        raise ModelMissing(f"the NLI model's folder {folder} is missing. {say_remedy(folder)}")
    path = folder / CARD
    try:
        card: dict[str, Any] = json.loads(_read_bytes(folder, CARD))
        lacking = _KEYS - card.keys()
    except (ValueError, AttributeError) as error:
        raise ModelMissing(f"{path} is damaged: {error}. {say_remedy(folder)}") from error
    if lacking:
        raise ModelMissing(f"{path} is damaged: it lacks {', '.join(sorted(lacking))}. {say_remedy(folder)}")
    if card["format"] != FORMAT:
        raise ModelMissing(f"{path} has format {card['format']}; this detector reads {FORMAT}. {say_remedy(folder)}")
    return card


def _read_bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise ModelMissing(f"{folder / name} is missing. {say_remedy(folder)}") from error
    except OSError as error:
        raise ModelMissing(f"cannot read {folder / name}: {error.strerror}") from error


def _read_file(folder: Path, name: str, facts: dict[str, Any]) -> bytes:
    """Return a file's bytes if they are those that the card tells of."""
    path, data = folder / name, _read_bytes(folder, name)
    if len(data) != facts["bytes"]:
        raise ModelMissing(f"{path} has {len(data)} bytes instead of {facts['bytes']}. {say_remedy(folder)}")
    if (found := hashlib.sha256(data).hexdigest()) != facts["sha256"]:
        raise ModelMissing(
            f"{path} is damaged: its sha256 is {found[:12]}… instead of {facts['sha256'][:12]}…. {say_remedy(folder)}"
        )
    return data


def _find_checkout() -> Path | None:
    """Return the root of the source checkout that this code runs from, or None where it is installed from a wheel."""
    root = Path(str(files("detector"))).parent
    return root if (root / "pyproject.toml").is_file() else None


def say_remedy(folder: Path) -> str:
    """Say what brings a folder's files back."""
    if folder != find_model():
        return "Make it again with models/recipe/ship.py, or name another model with --nli"
    if (root := _find_checkout()) is not None:
        return f"Bring it back with: git -C {root} checkout -- models/{SHIPPED}"
    return (
        "Bring it back with: pip install --force-reinstall --no-deps WHEEL, the file that detector was installed from"
    )
