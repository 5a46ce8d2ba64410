"""The cache's one SQLite file: opened or made, set aside when it is damaged, given up when it cannot be used."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

FORMAT = 1
FILE = "cache.sqlite"
_DAMAGED = ".damaged"
_SIDES = ("", "-wal", "-shm")  # SQLite's own files beside the database
_WAIT_S = 20.0  # for another process's transaction, which takes a fraction of a second
_SCHEMA = """
CREATE TABLE IF NOT EXISTS models (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, model TEXT NOT NULL, UNIQUE (kind, model));
CREATE TABLE IF NOT EXISTS items (
  model_id INTEGER NOT NULL, hash BLOB NOT NULL, used INTEGER NOT NULL, value BLOB NOT NULL, PRIMARY KEY (model_id, hash)
);
CREATE INDEX IF NOT EXISTS items_used ON items (used);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, text TEXT NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
"""
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_Result = TypeVar("_Result")


class DamagedError(Exception):
    """The file is not what this version of the code wrote."""


class CacheFile:
    """The file of a folder, opened at the first use. Nothing that is wrong with it stops a run.

    Args:
        folder: made if it does not exist.
        warn: told what is wrong; once, if the file has to be given up.
        advice: what to do about a file that has to be given up.
    """

    def __init__(self, folder: Path, warn: Callable[[str], None], advice: str) -> None:
        self.path = folder / FILE
        self._warn, self._advice = warn, advice
        self._base: sqlite3.Connection | None = None
        self._inode = 0
        self._given_up = False

    def use(self, act: Callable[[sqlite3.Connection], _Result], otherwise: _Result) -> _Result:
        """Do something with the open file; set a damaged one aside and do it with a new one; else say why and go on without."""
        for _ in range(2):
            try:
                if self._base is None:
                    if self._given_up:
                        return otherwise
                    self._base = self._open()
                return act(self._base)
            except (DamagedError, UnicodeDecodeError) as error:
                self._set_aside(str(error))
            except sqlite3.DatabaseError as error:
                code = getattr(error, "sqlite_errorcode", None)
                if code is None and not isinstance(error, sqlite3.OperationalError):  # a wrong call, and a sound file
                    raise
                # Without a code it is Python that complains: of a text that is not UTF-8.
                if code is None or code & 0xFF in _DAMAGE or code == sqlite3.SQLITE_IOERR_SHORT_READ:
                    self._set_aside(str(error))
                else:
                    self._give_up(str(error))
            except OSError as error:
                self._give_up(error.strerror or str(error))
        return otherwise

    def measure_size(self) -> int:
        """Return the bytes on disk, SQLite's side files included."""
        return sum(path.stat().st_size for path in self._list_files() if path.is_file())

    def close(self) -> None:
        """Close the file; a later use opens it again."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(self.path, timeout=_WAIT_S, isolation_level=None)
        try:
            self._inode = self.path.stat().st_ino
            _prepare(base)
        except BaseException:
            base.close()
            raise
        return base

    def _set_aside(self, reason: str) -> None:
        """Rename the file and those beside it, unless another process has just done so, so that the next call makes a new one."""
        self.close()
        try:
            if self.path.stat().st_ino != self._inode:
                return
            for path in self._list_files():
                if path.exists():
                    path.replace(path.with_name(path.name.replace(FILE, FILE + _DAMAGED, 1)))
        except OSError as error:
            self._give_up(f"{reason}, and it cannot be renamed: {error.strerror}")
            return
        kept = self.path.with_name(FILE + _DAMAGED)
        self._warn(f"the cache {self.path} cannot be used ({reason}); it now lies in {kept}, and a new one is begun")

    def _give_up(self, reason: str) -> None:
        self.close()
        self._given_up = True
        self._warn(f"going on without the cache {self.path}: {reason}. {self._advice}")

    def _list_files(self) -> list[Path]:
        return [self.path.with_name(FILE + side) for side in _SIDES]


def _prepare(base: sqlite3.Connection) -> None:
    """Make the tables in a new file, and check that an old one has them."""
    version, tables = _read_state(base)
    if version != FORMAT and (version or tables):
        raise DamagedError(f"its format is {version}, and this version of detector uses {FORMAT}")
    if not tables:
        base.execute("PRAGMA auto_vacuum = INCREMENTAL")
    _begin_log(base)
    base.execute("PRAGMA synchronous = NORMAL")
    if not tables:
        with transaction(base):
            for statement in filter(str.strip, _SCHEMA.split(";")):
                base.execute(statement)
            base.execute(f"PRAGMA user_version = {FORMAT}")
    try:
        for table in ("models", "items", "notes"):
            base.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()  # noqa: S608 names of our own
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            raise DamagedError(str(error)) from error
        raise


def _read_state(base: sqlite3.Connection) -> tuple[int, int]:
    """Return the format and how many tables there are, both of one moment: another process may be making the tables just now."""
    base.execute("BEGIN")
    try:
        ((tables,),) = base.execute("SELECT COUNT(*) FROM sqlite_master")
        ((version,),) = base.execute("PRAGMA user_version")
    finally:
        if base.in_transaction:
            base.execute("ROLLBACK")
    return version, tables


def _begin_log(base: sqlite3.Connection) -> None:
    """Turn on the write-ahead log. SQLite does not wait here for another process that does the same."""
    for _ in range(100):
        try:
            base.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            time.sleep(0.05)
        else:
            return


@contextmanager
def transaction(base: sqlite3.Connection) -> Iterator[None]:
    """Write all of what happens inside, or nothing."""
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if base.in_transaction:
            base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")
