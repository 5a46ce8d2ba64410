"""The lines of a file, read one by one, are those of the whole text."""

import random
import tracemalloc

import pytest

from detector.read.decode import load_lines, load_text
from detector.records import Skipped

PIECES = [
    "a",
    "é",
    "e\u0301",
    "\n",
    "\r\n",
    "\r",
    "\x0b",
    "\x0c",
    "\x85",
    "\u2028",
    "\ufeff",
    "{}",
    "\x01",
    "😀",
    " ",
    "“",
]


def list_lines(path):
    """Both ways; without blank lines at the end, which no reader looks at."""
    lines, text = load_lines(path), load_text(path)
    if isinstance(text, Skipped) or isinstance(lines, Skipped):
        return lines, text
    return "\n".join(lines).rstrip("\n"), text.rstrip("\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lines_are_those_of_the_text(tmp_path, monkeypatch, encoding):
    monkeypatch.setattr("detector.read.decode._CHUNK", 3)  # cuts characters in two
    rng = random.Random(7)
    for number in range(200):
        text = "word " * 600 + "".join(rng.choices(PIECES, k=rng.randrange(60)))
        path = tmp_path / f"{number}.jsonl"
        path.write_bytes(text.encode(encoding))
        one, other = list_lines(path)
        assert one.lstrip("\ufeff") == other.lstrip("\ufeff")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\xef\xbb\xbf\n",
        b"a\x00b",
        b"\x01\x02\x03abc",
        b"caf\xe9 au lait",
        b"\xff\xfe\xfd",
        b"abc\xe2\x80",
        b"a\nb\n\n",
    ],
)
def test_what_is_no_plain_text_is_read_or_refused_as_before(tmp_path, data):
    path = tmp_path / "some.jsonl"
    path.write_bytes(data)
    one, other = list_lines(path)
    assert one == other


def test_a_missing_file_is_told(tmp_path):
    assert "cannot be read" in load_lines(tmp_path / "none.jsonl").reason


def test_a_large_file_is_never_held(tmp_path):
    path = tmp_path / "large.jsonl"
    path.write_text(f'{{"text": "{"“One line of an archive.”" * 100}"}}\n' * 10_000, encoding="utf-8")
    tracemalloc.start()
    assert sum(1 for line in load_lines(path) if line) == 10_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < path.stat().st_size / 2
