"""What a model is, said without loading it: its files' hashes, and the libraries and the machine that it runs on."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from detector.store import Store

_MODEL_FILES = {".safetensors", ".bin", ".pt", ".json", ".txt", ".model", ".xml"}
_RUNTIME = ("torch", "transformers", "sentence-transformers", "tokenizers", "openvino")
_CARD = "claim_nli.json"
_ACCELERATORS = ("CUDA_VISIBLE_DEVICES", "ATEN_CPU_CAPABILITY", "DNNL_MAX_CPU_ISA", "ONEDNN_MAX_CPU_ISA")


def describe_folder(folder: Path, store: Store) -> str | None:
    """Return what identifies the model in a folder, or None where there is none.

    A folder that `models/recipe/ship.py` wrote has a card with the hash of every file. In another one each file of a model is
    hashed; the store remembers a hash by the file's path, size and time of change.
    """
    if (folder / _CARD).is_file():
        return _describe_card(folder)
    files = sorted(path for path in folder.rglob("*") if path.suffix in _MODEL_FILES and path.is_file())
    if not files:
        return None
    state = hashlib.sha256()
    for path in files:
        state.update(f"{path.relative_to(folder).as_posix()} {_hash_file(path, store)}\n".encode())
    return state.hexdigest()


def describe_packages(names: tuple[str, ...]) -> str:
    """Return names and installed versions of packages."""
    return " ".join(f"{name} {_find_version(name)}" for name in names)


def describe_runtime() -> str:
    """Return what else numbers depend on: the libraries' versions and the machine. Imports none of the libraries."""
    return f"{describe_packages(_RUNTIME)}; {describe_machine()}"


def describe_machine() -> str:
    """Return a short hash of the processor and of what steers its use; another one may round otherwise."""
    parts = [platform.machine(), sys.platform, *(f"{name}={os.environ.get(name)}" for name in _ACCELERATORS)]
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if line.startswith(("model name", "flags", "Features")):
                    parts.append(line)
                if not line.strip():
                    break
    except OSError:
        parts.append(platform.processor())
    # Whether a GPU computes; the driver's devices say so without asking the driver.
    parts += sorted(path.name for path in Path("/dev").glob("nvidia*"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _describe_card(folder: Path) -> str | None:
    """Return the hash of a card, or None if a file that it names is not there at its full size: loading says what is wrong."""
    data = (folder / _CARD).read_bytes()
    try:
        sizes = {name: facts["bytes"] for name, facts in json.loads(data)["files"].items()}
        whole = all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return hashlib.sha256(data).hexdigest() if whole else None


def _hash_file(path: Path, store: Store) -> str:
    facts = path.stat()

    def read() -> str:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    return store.recall(f"sha256 of {path.resolve()}, {facts.st_size} bytes, {facts.st_mtime_ns}", read)


def _find_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
