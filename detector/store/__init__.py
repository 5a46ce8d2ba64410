"""SQLite: what was computed once and need not be again. One file that several processes may share.

A row is a value under (kind, model, hash of the input); what a value means is the caller's business. Each call of `save` is
one transaction in the write-ahead log, so a process that is killed loses only the batch at hand. Each value carries a
checksum: a file that was damaged anywhere is found out, set aside and begun anew. Nothing here stops a run: where the
cache cannot be used, that is said once, and the run goes on without.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from detector.errors import StoreError
from detector.store.file import CacheFile, DamagedError, transaction

VARIABLE = "DETECTOR_CACHE"
DEFAULT_MB = 2048
_CHUNK = 500  # hashes asked for at once: older SQLite takes 999 parameters
_TRIM_TO = 0.9  # of the limit, so that not every run has to drop rows
Warn = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Holding:
    """What the cache holds of one kind and model: rows, bytes of their values, and the days of first and last use."""

    kind: str
    model: str
    rows: int
    size: int
    oldest: int
    newest: int


def find_folder(setting: str = "") -> Path:
    """Return the cache's folder: the environment variable `DETECTOR_CACHE`, else the setting, else the user's cache folder."""
    if chosen := os.environ.get(VARIABLE) or setting:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("detector", appauthor=False)


def count_days() -> int:
    """Return today as a number of days (UTC). Rows remember the day of their last use, no finer, so that a hit seldom writes."""
    return int(time.time() // 86400)


def open_store(folder: Path | str | None = None, *, limit_mb: int = DEFAULT_MB, warn: Warn | None = None) -> Store:
    """Return the cache in a folder, made if it does not exist.

    Args:
        folder: None means `find_folder()`.
        limit_mb: megabytes that `close` keeps the file to; what was not used for longest goes first.
        warn: told once what is wrong with the cache; None prints to standard error.

    Returns:
        A store. Where the folder cannot be written to, it keeps nothing.
    """
    return Store(Path(folder) if folder is not None else find_folder(), limit_mb, warn or _print_warning)


class Store:
    """An open cache; see `open_store`. To be closed, or used in a `with` statement; one thread at a time."""

    def __init__(self, folder: Path, limit_mb: int = DEFAULT_MB, warn: Warn | None = None) -> None:
        self._file = CacheFile(
            folder, warn or _print_warning, f"Name another folder with {VARIABLE}, or give --no-cache"
        )
        self._limit = limit_mb * 1_000_000
        self._wrote = False

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def load(self, kind: str, model: str, hashes: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the values that there are, by hash."""
        wanted = list(hashes)
        return self._file.use(lambda base: self._load(base, kind, model, wanted), {}) if wanted else {}

    def save(self, kind: str, model: str, values: Mapping[bytes, bytes]) -> None:
        """Keep values by hash, in one transaction."""
        if values:
            self._file.use(lambda base: self._save(base, kind, model, values), None)

    def recall(self, name: str, find: Callable[[], str]) -> str:
        """Return the note of a name; where there is none, find it out and keep it."""
        query = "SELECT text FROM notes WHERE name = ?"
        rows: list[tuple[str]] = self._file.use(lambda base: base.execute(query, (name,)).fetchall(), [])
        if rows:
            return str(rows[0][0])
        text, row = find(), "INSERT OR REPLACE INTO notes VALUES (?, ?, ?)"
        self._file.use(lambda base: base.execute(row, (name, text, count_days())), None)
        return text

    def describe(self) -> tuple[Holding, ...]:
        """Return what the cache holds, by kind and model."""
        query = (
            "SELECT kind, model, COUNT(*), SUM(LENGTH(value)), MIN(used), MAX(used) FROM items JOIN models ON id = model_id "
            "GROUP BY kind, model ORDER BY kind, model"
        )
        rows: list[tuple[str, str, int, int, int, int]] = self._file.use(
            lambda base: base.execute(query).fetchall(), []
        )
        return tuple(Holding(*row) for row in rows)

    def measure_size(self) -> int:
        """Return the bytes on disk, SQLite's side files included."""
        return self._file.measure_size()

    def clear(self, older_than: int = 0) -> int:
        """Drop the rows that were not used for `older_than` days (0: all), give the space back, and return how many they were.

        Raises:
            StoreError: the file cannot be written to.
        """

        def drop(base: sqlite3.Connection) -> int:
            last = count_days() - older_than
            gone = base.execute("DELETE FROM items WHERE used <= ?", (last,)).rowcount
            base.execute("DELETE FROM notes WHERE used <= ?", (last,))
            base.execute("DELETE FROM models WHERE id NOT IN (SELECT model_id FROM items)")
            _shrink(base)
            return gone

        gone = self._file.use(drop, -1)
        if gone < 0:
            raise StoreError(f"the cache {self.path} could not be cleared; see why above, or delete the file")
        return gone

    def close(self) -> None:
        """Drop what is over the limit, and close the file."""
        if self._wrote and self.measure_size() > self._limit:
            self._file.use(self._trim, None)
        self._wrote = False
        self._file.close()

    def _load(self, base: sqlite3.Connection, kind: str, model: str, wanted: list[bytes]) -> dict[bytes, bytes]:
        row = base.execute("SELECT id FROM models WHERE kind = ? AND model = ?", (kind, model)).fetchone()
        number, today = row[0] if row else 0, count_days()
        found: dict[bytes, bytes] = {}
        stale: list[bytes] = []
        for at in range(0, len(wanted) if number else 0, _CHUNK):
            part = wanted[at : at + _CHUNK]
            marks = ",".join("?" * len(part))
            query = f"SELECT hash, used, value FROM items WHERE model_id = ? AND hash IN ({marks})"  # noqa: S608 only marks
            for key, used, value in base.execute(query, (number, *part)):
                found[key] = _unseal(key, value)
                if used < today:
                    stale.append(key)
        if stale:
            with transaction(base):
                rows = ((today, number, key) for key in stale)
                base.executemany("UPDATE items SET used = ? WHERE model_id = ? AND hash = ?", rows)
        return found

    def _save(self, base: sqlite3.Connection, kind: str, model: str, values: Mapping[bytes, bytes]) -> None:
        today = count_days()
        with transaction(base):
            base.execute("INSERT OR IGNORE INTO models (kind, model) VALUES (?, ?)", (kind, model))
            # Asked for anew: another process may have cleared the cache since.
            ((number,),) = base.execute("SELECT id FROM models WHERE kind = ? AND model = ?", (kind, model))
            rows = ((number, key, today, _seal(key, value)) for key, value in values.items())
            base.executemany("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)", rows)
        self._wrote = True

    def _trim(self, base: sqlite3.Connection) -> None:
        """Drop what was not used for longest until the file is somewhat smaller than its limit."""
        wanted = self._limit * _TRIM_TO
        _shrink(base)  # the log is counted too, and is mostly pages written twice
        for _ in range(10):  # rows differ in size, so that one share of them need not be that share of the bytes
            ((rows,),), size = base.execute("SELECT COUNT(*) FROM items"), self.measure_size()
            if not rows or size <= wanted:
                return
            oldest = "SELECT rowid FROM items ORDER BY used LIMIT ?"
            share = max(1, int(rows * (1 - wanted / size)))
            base.execute(f"DELETE FROM items WHERE rowid IN ({oldest})", (share,))  # noqa: S608 a constant
            _shrink(base)


def _shrink(base: sqlite3.Connection) -> None:
    """Give free pages back to the disk."""
    base.executescript("PRAGMA incremental_vacuum")  # execute() would free one page and stop
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _seal(key: bytes, value: bytes) -> bytes:
    return value + zlib.crc32(key + value).to_bytes(4, "little")


def _unseal(key: bytes, sealed: bytes) -> bytes:
    """Return the value, if it is what was once written under this key."""
    value = sealed[:-4]
    if zlib.crc32(key + value).to_bytes(4, "little") != sealed[-4:]:
        raise DamagedError("a value does not fit its checksum")
    return value


def _print_warning(text: str) -> None:
    print(f"detector: {text}", file=sys.stderr)  # noqa: T201 whoever calls from Python can hand in another `warn`
