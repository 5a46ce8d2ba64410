"""Paths, folders and patterns -> the files to read."""

from __future__ import annotations

import glob
import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from detector.records import Skipped

STANDARD_INPUT = "-"


def find_files(paths: Sequence[str], suffixes: Collection[str]) -> tuple[list[Path], list[Skipped]]:
    """Find the files that paths name.

    Args:
        paths: files, folders (searched to the bottom for files with a known suffix; hidden ones and links to folders
            are passed over) and glob patterns ("**" for any depth).
        suffixes: the known suffixes, lower case, with the dot.

    Returns:
        The files, each once and in order, and what was left out.
    """
    found: dict[Path, Path] = {}
    skipped: list[Skipped] = []
    for path in sorted(set(paths)):
        for item in _expand_path(path, suffixes):
            if isinstance(item, Skipped):
                skipped.append(item)
            else:
                found.setdefault(Path(os.path.realpath(item)), item)
    return sorted(found.values()), sorted(set(skipped), key=lambda item: (item.where, item.reason))


def _expand_path(path: str, suffixes: Collection[str]) -> Iterator[Path | Skipped]:
    if not path:  # Path("") is the current folder, which nobody named
        yield Skipped(path, "an empty path")
        return
    try:
        exists = Path(path).exists()
    except (OSError, ValueError) as error:
        yield Skipped(path, f"cannot be read: {getattr(error, 'strerror', None) or error}")
        return
    if exists:
        yield from _list_files(Path(path), suffixes)
        return
    matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []  # noqa: PTH207
    for match in matches:
        yield from _list_files(Path(match), suffixes)
    if not matches:
        yield Skipped(path, "no such file or folder")


def _list_files(path: Path, suffixes: Collection[str]) -> Iterator[Path | Skipped]:
    known = ", ".join(suffixes)
    if path.is_dir():
        empty = True
        for item in _walk_folder(path, suffixes):
            empty = False
            yield item
        if empty:
            yield Skipped(str(path), f"no articles in this folder; files that are read end in {known}")
    elif not path.is_file():
        yield Skipped(str(path), "neither a file nor a folder")
    elif path.suffix.lower() not in suffixes:
        yield Skipped(
            str(path), f"unknown kind of file {path.suffix or '(no suffix)'}; files that are read end in {known}"
        )
    else:
        yield path


def _walk_folder(folder: Path, suffixes: Collection[str]) -> Iterator[Path | Skipped]:
    errors: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith(".") or path.suffix.lower() not in suffixes:
                continue
            if path.is_file():
                yield path
            elif not path.exists():
                yield Skipped(str(path), "a link to a file that is not there")
    for error in errors:
        yield Skipped(str(error.filename), f"cannot be read: {error.strerror}")
