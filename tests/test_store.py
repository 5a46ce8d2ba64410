"""The cache file: what is kept, shared, dropped, and what happens when it cannot be used."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from detector.errors import StoreError
from detector.store import find_folder, open_store
from detector.store.file import FILE, FORMAT, _read_state

KEY = b"0123456789abcdef"


@pytest.fixture
def warnings():
    return []


@pytest.fixture
def reopen(tmp_path, warnings):
    """Open the cache of this test; what it warns of is in `warnings`."""
    return lambda **options: open_store(tmp_path / "cache", warn=warnings.append, **options)


def test_what_is_saved_is_found_by_kind_model_and_hash(reopen, warnings):
    with reopen() as store:
        assert store.load("vectors", "m", [KEY]) == {}
        store.save("vectors", "m", {KEY: b"value", b"other": b""})
    with reopen() as store:
        assert store.load("vectors", "m", [KEY, b"other", b"missing"]) == {KEY: b"value", b"other": b""}
        assert store.load("vectors", "n", [KEY]) == store.load("scores", "m", [KEY]) == {}
    assert warnings == []


def test_more_hashes_than_one_query_takes(reopen):
    values = {number.to_bytes(4, "little"): bytes([number % 256]) for number in range(2500)}
    with reopen() as store:
        store.save("vectors", "m", values)
        assert store.load("vectors", "m", values) == values


def test_a_note_is_found_out_once(reopen):
    answers = iter(["first", "second"])
    with reopen() as store:
        assert store.recall("name", lambda: next(answers)) == "first"
    with reopen() as store:
        assert store.recall("name", lambda: next(answers)) == "first"
        assert store.recall("another", lambda: next(answers)) == "second"


def turn_bits(word):
    """Return what turns over the bits of the first place where a word stands."""

    def damage(path):
        data = path.read_bytes()
        at = data.index(word)
        path.write_bytes(data[:at] + bytes(byte ^ 255 for byte in word) + data[at + len(word) :])

    return damage


def change_format(path):
    with sqlite3.connect(path) as base:
        base.execute(f"PRAGMA user_version = {FORMAT + 6}")
    base.close()


def drop_table(path):
    with sqlite3.connect(path) as base:
        base.execute("DROP TABLE items")
    base.close()


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda path: path.write_bytes(b"no database at all " * 500), "file is not a database"),
        (lambda path: path.write_bytes(path.read_bytes()[:9000]), "malformed"),
        (lambda path: path.write_bytes(path.read_bytes()[:50]), "malformed"),
        (turn_bits(b"payload"), "checksum"),  # SQLite itself notices nothing
        (turn_bits(b"value BLOB"), "decode"),
        (turn_bits(b"CREATE TABLE items"), "malformed"),
        (change_format, f"its format is {FORMAT + 6}, and this version of detector uses {FORMAT}"),
        (drop_table, "no such table: items"),
    ],
)
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(damage, reason, reopen, warnings, tmp_path):
    with reopen() as store:
        store.save("vectors", "m", {KEY: b"payload"} | {bytes([n]): b"x" * 900 for n in range(40)})
    damage(tmp_path / "cache" / FILE)
    with reopen() as store:
        assert store.load("vectors", "m", [KEY]) == {}
        store.save("vectors", "m", {KEY: b"new"})
    with reopen() as store:
        assert store.load("vectors", "m", [KEY]) == {KEY: b"new"}
    (warning,) = warnings
    assert reason in warning
    assert "it now lies in" in warning
    assert (tmp_path / "cache" / f"{FILE}.damaged").is_file()


def test_a_folder_that_cannot_be_written_to_is_warned_of_once(tmp_path, warnings):
    (tmp_path / "file").write_text("")
    with open_store(tmp_path / "file" / "cache", warn=warnings.append) as store:
        store.save("vectors", "m", {KEY: b"value"})
        assert store.load("vectors", "m", [KEY]) == {}
        assert store.recall("name", lambda: "found") == "found"
        assert store.describe() == ()
        with pytest.raises(StoreError, match="could not be cleared"):
            store.clear()
    (warning,) = warnings
    assert "going on without the cache" in warning
    assert "DETECTOR_CACHE" in warning
    assert "--no-cache" in warning


def test_a_file_that_another_process_holds_is_not_waited_for_for_ever(reopen, warnings, tmp_path, monkeypatch):
    with reopen() as store:
        store.save("vectors", "m", {KEY: b"value"})
    monkeypatch.setattr("detector.store.file._WAIT_S", 0.1)
    holder = sqlite3.connect(tmp_path / "cache" / FILE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with reopen() as store:
        store.save("vectors", "m", {KEY: b"new"})
        assert store.load("vectors", "m", [KEY]) == {}  # without the cache from here on
    holder.execute("ROLLBACK")
    holder.close()
    assert "database is locked" in warnings[0]
    with reopen() as store:
        assert store.load("vectors", "m", [KEY]) == {KEY: b"value"}


WRITER = """
import sys, time
from detector.store import open_store
folder, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open_store(folder) as store:
    for number in range(first, first + count):
        store.save("vectors", "m", {number.to_bytes(4, "little"): b"v" * 1000})
        print(number, flush=True)
"""


def start_writer(folder, first, count):
    command = [sys.executable, "-c", WRITER, str(folder), str(first), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_write_at_once(tmp_path):
    folder = tmp_path / "cache"
    writers = [start_writer(folder, 0, 200), start_writer(folder, 1000, 200)]
    assert [writer.communicate(timeout=120)[1] for writer in writers] == ["", ""]
    with open_store(folder) as store:
        assert [holding.rows for holding in store.describe()] == [400]


class Overtaken:
    """A connection to a new file, in which another process makes the tables as soon as something was read."""

    def __init__(self, path):
        self.base = sqlite3.connect(path, isolation_level=None)
        self.other = sqlite3.connect(path, isolation_level=None, timeout=0)

    in_transaction = property(lambda self: self.base.in_transaction)

    def execute(self, statement):
        rows = self.base.execute(statement).fetchall()
        if rows:
            with suppress(sqlite3.OperationalError):  # it must wait
                self.other.executescript("BEGIN; CREATE TABLE models (id); PRAGMA user_version = 1; COMMIT")
        return rows


def test_a_file_that_another_process_is_making_is_not_taken_for_a_damaged_one(tmp_path):
    assert _read_state(Overtaken(tmp_path / "new.sqlite")) in ((0, 0), (1, 1))


def test_what_was_saved_outlives_a_kill(tmp_path):
    folder = tmp_path / "cache"
    writer = start_writer(folder, 0, 1_000_000)
    for line in writer.stdout:
        if int(line) >= 20:
            break
    os.kill(writer.pid, signal.SIGKILL)
    rest = writer.communicate(timeout=60)[0].split()
    last = int(rest[-1]) if rest else 20
    with open_store(folder) as store:
        hashes = [number.to_bytes(4, "little") for number in range(last + 1)]
        assert set(store.load("vectors", "m", hashes)) == set(hashes)


def test_the_least_recently_used_goes_first(reopen, monkeypatch):
    now = time.time()
    with reopen() as store:
        for day, name in enumerate(("old", "middle", "new")):
            monkeypatch.setattr("detector.store.time.time", lambda day=day: now + 86400 * day)
            store.save("vectors", name, {bytes([n]): b"x" * 1000 for n in range(250)} | {KEY: b"y"})
        store.load("vectors", "old", [KEY])  # used again on the last day
        size = store.measure_size()
    with reopen(limit_mb=1) as store:
        store.save("vectors", "new", {b"one more": os.urandom(250_000)})
        assert size > 500_000
    with reopen() as store:
        assert store.measure_size() <= 1_000_000
        assert store.load("vectors", "old", [KEY]) == {KEY: b"y"}
        rows = {holding.model: holding.rows for holding in store.describe()}
    assert rows["new"] == 252
    assert rows["old"] < 250


def test_clear_drops_all_or_what_was_long_not_used(reopen, monkeypatch):
    now = time.time()
    with reopen() as store:
        store.save("vectors", "m", {KEY: b"old"})
        monkeypatch.setattr("detector.store.time.time", lambda: now + 10 * 86400)
        store.save("vectors", "m", {b"new": b"new"})
        assert store.clear(11) == 0
        assert store.clear(10) == 1
        assert store.load("vectors", "m", [KEY, b"new"]) == {b"new": b"new"}
        assert store.clear() == 1
        assert store.describe() == ()


def test_the_folder_is_the_variable_else_the_setting_else_the_users(monkeypatch, tmp_path):
    monkeypatch.setenv("DETECTOR_CACHE", str(tmp_path / "variable"))
    assert find_folder("setting") == tmp_path / "variable"
    monkeypatch.delenv("DETECTOR_CACHE")
    assert str(find_folder("setting")) == "setting"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert find_folder().name == "detector"
