"""The journal of a run that is written story by story: what was done, so that a stopped run goes on where it was."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detector.errors import ReportError
from detector.records import Story

JOURNAL, GROUPED = "run.jsonl", "grouped.json"
_FORMAT = "detector-run/1"
_NAMED = 3  # settings named in a message


@dataclass(frozen=True, slots=True)
class RunKey:
    """What a run rests on: the settings that it uses, and a digest over the articles and the stories they were known in."""

    settings: Mapping[str, Any]
    articles: str
    count: int


def make_key(settings: Mapping[str, Any], articles: Iterable[str], known: Mapping[str, str]) -> RunKey:
    """Return the key of a run; the ids of articles are hashes of their content, and their order does not matter."""
    names = sorted(articles)
    plain = json.loads(json.dumps(dict(settings), sort_keys=True))
    return RunKey(plain, digest_values([names, sorted(known.items())]), len(names))


def digest_values(values: object) -> str:
    """Return a digest of plain values."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


class Journal:
    """A file of JSON Lines in the output folder: the run's key, and below it one entry a story that is written.

    Args:
        folder: the output folder; made if it does not exist.
        key: what the run rests on.
        resume: go on with the journal that lies there; without it a new one is begun.

    Raises:
        ReportError: the folder cannot be written to; or a run is to be resumed and there is none, or it rests on other
            articles or settings.
    """

    def __init__(self, folder: Path, key: RunKey, *, resume: bool) -> None:
        self.path = folder / JOURNAL
        self.entries: dict[str, dict[str, Any]] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if resume:
                self._read(key)
            else:
                head = {"format": _FORMAT, "settings": key.settings, "articles": key.articles, "count": key.count}
                self.path.write_text(_encode(head), encoding="utf-8")
        except OSError as error:
            raise ReportError(
                f"cannot write {self.path}: {error.strerror or error}. Choose a folder that you may write to."
            ) from error

    def add(self, story: str, entry: Mapping[str, Any]) -> None:
        """Note that a story is written. The line is on the disk when this returns."""
        self.entries[story] = dict(entry)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(_encode({"story": story, **entry}))
            file.flush()
            os.fsync(file.fileno())

    def _read(self, key: RunKey) -> None:
        """Read the entries of a stopped run, and cut off a line that was broken off."""
        if not self.path.exists():
            raise ReportError(f"no run to resume in {self.path.parent}: there is no {JOURNAL}; run without --resume")
        data = self.path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        try:
            head, *entries = [json.loads(line) for line in whole.splitlines()] or [{}]
            if head.get("format") != _FORMAT:
                raise ValueError(f"its format is {head.get('format')!r}, not {_FORMAT!r}")
            self.entries = {entry.pop("story"): entry for entry in entries}
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise ReportError(f"{self.path} is damaged: {error}. Run without --resume to begin anew.") from error
        if changes := list(_list_changes(head, key)):
            raise ReportError(
                f"{self.path} is of another run: {'; '.join(changes)}. Give what that run was given, or run without --resume to "
                "begin anew."
            )
        with self.path.open("r+b") as file:
            file.truncate(len(whole))


def save_stories(folder: Path, key: RunKey, made_by: str, stories: Sequence[Story]) -> None:
    """Keep a run's stories in its folder, so that the run need not group its articles again when it is resumed.

    Args:
        folder: the output folder.
        key: what the run rests on.
        made_by: what groups articles, in words; what another one has made is not taken up.
        stories: the stories, before any is compared.

    Raises:
        ReportError: the folder cannot be written to.
    """
    path = folder / GROUPED
    part = path.with_suffix(".part")
    rows = [[story.id, story.title, list(story.article_ids)] for story in stories]
    try:
        part.write_text(_encode({**_describe(key, made_by), "stories": rows}), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise ReportError(f"cannot write {path}: {error.strerror or error}") from error


def load_stories(folder: Path, key: RunKey, made_by: str) -> tuple[Story, ...] | None:
    """Return the stories that `save_stories` kept, or None if there are none of this run: they are then found anew."""
    try:
        found = json.loads((folder / GROUPED).read_text(encoding="utf-8"))
        if {name: found.get(name) for name in _describe(key, made_by)} != _describe(key, made_by):
            return None
        stories = tuple(Story(name, title, tuple(members)) for name, title, members in found["stories"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return stories if sum(len(story.article_ids) for story in stories) == key.count else None


def _describe(key: RunKey, made_by: str) -> dict[str, Any]:
    return {"settings": key.settings, "articles": key.articles, "made_by": made_by}


def _list_changes(head: Mapping[str, Any], key: RunKey) -> Iterable[str]:
    """Yield what has changed since the run began, in words."""
    old = head["settings"]
    changed = [name for name in sorted({*old, *key.settings}) if old.get(name) != key.settings.get(name)]
    for name in changed[:_NAMED]:
        yield f"{name} was {old.get(name)!r} and is {key.settings.get(name)!r}"
    if len(changed) > _NAMED:
        yield f"{len(changed) - _NAMED} more settings have changed"
    if head["articles"] != key.articles:
        yield f"its {head['count']} articles are not the {key.count} of this run"


def _encode(entry: Mapping[str, Any]) -> str:
    return json.dumps(entry, sort_keys=True, ensure_ascii=False) + "\n"
