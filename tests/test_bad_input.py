"""Bad input, through the command line: a clear message that says what and where, and the rest goes on."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

FLOOD = (
    "The bridge at Harrow was closed on Monday after the river rose. Police said 12 people were taken to hospital.\n"
)
OTHER = "The river rose and the bridge at Harrow was closed on Monday. Police said 15 people were taken to hospital.\n"
TROUBLE = Path("/proc/self/mem")  # opens, and gives an input/output error when it is read from its start


def make_unreadable(path):
    """Make a file that nobody may read; root may read anything, so for root one whose reading fails."""
    path.write_text(FLOOD)
    path.chmod(0)
    if os.access(path, os.R_OK):
        path.unlink()
        if not TROUBLE.exists():
            pytest.skip("root, and no /proc: every file can be read")
        path.symlink_to(TROUBLE)
    return path


def make_file(data, name="bad.txt"):
    def make(folder):
        path = folder / name
        path.write_bytes(data)
        return path

    return make


def make_folder(folder):
    path = folder / "notes"
    path.mkdir()
    (path / "readme.rst").write_text("no article")
    return path


def make_link(folder):
    path = folder / "bad.txt"
    path.symlink_to(folder / "gone.txt")
    return path


CSV = b"id,source,title\n1,Beta,Flood\n"
BROKEN = b'{"id": "1", "source": "Beta", broken\n'
NO_TEXT = b'{"id": "1", "source": "Beta", "title": "Flood"}\n'

BAD = {
    "empty file": (make_file(b""), "bad.txt", "empty"),
    "blank file": (make_file(b" \n\t\n"), "bad.txt", "empty"),
    "binary file": (make_file(bytes(range(256)) * 8), "bad.txt", "binary"),
    "folder without articles": (make_folder, "notes", "no articles in this folder; files that are read end in .txt"),
    "folder with the name of a file": (
        lambda folder: make_folder(folder).rename(folder / "b.txt"),
        "b.txt",
        "no articles",
    ),
    "missing path": (lambda folder: folder / "gone.txt", "gone.txt", "no such file or folder"),
    "pattern without a match": (lambda folder: folder / "*.nothing", "*.nothing", "no such file or folder"),
    "broken link": (make_link, "bad.txt", "no such file or folder"),
    "unreadable file": (lambda folder: make_unreadable(folder / "bad.txt"), "bad.txt", "cannot be read"),
    "unknown kind of file": (make_file(b"%PDF-1.7", "bad.pdf"), "bad.pdf", "unknown kind of file .pdf"),
    "CSV without a text column": (make_file(CSV, "bad.csv"), "bad.csv", "no column text; the columns found are: id"),
    "broken JSON line": (make_file(BROKEN, "bad.jsonl"), "bad.jsonl:line 1", "broken JSON"),
    "JSON line without text": (make_file(NO_TEXT, "bad.jsonl"), "bad.jsonl:line 1", "text"),
}


@pytest.fixture
def good(tmp_path):
    """Two articles that can be compared."""
    folder = tmp_path / "good"
    folder.mkdir()
    (folder / "a.txt").write_text(FLOOD)
    (folder / "b.txt").write_text(OTHER)
    return [folder / "a.txt", folder / "b.txt"]


@pytest.mark.parametrize(("make", "where", "reason"), BAD.values(), ids=BAD)
def test_alone_it_is_an_error_that_names_it(run_cli, tmp_path, make, where, reason):
    done = run_cli("report", make(tmp_path), "-o", tmp_path / "out", "-q")
    assert done.code == 2
    assert done.out == ""
    skipped, error = done.err.splitlines()
    assert skipped.startswith(f"skipped {tmp_path}/{where}: ")
    assert reason in skipped
    assert error.startswith("detector: nothing to compare: no article could be read from ")
    assert not (tmp_path / "out").exists()


def test_among_good_ones_all_are_named_and_the_rest_goes_on(run_cli, tmp_path, good):
    bad, wanted = [], []
    for number, (make, where, reason) in enumerate(BAD.values()):
        folder = tmp_path / str(number)
        folder.mkdir()
        bad.append(make(folder))
        wanted.append((f"{folder}/{where}", reason))
    done = run_cli("report", *bad, *good, "-o", tmp_path / "out")
    assert done.code == 0
    assert f"{len(BAD)} skipped; the page lists what and why" in done.out
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert len(report["articles"]) == 2
    assert [card["relation"] for card in report["cards"]].count("differ") == 1
    skipped = {item["where"]: item["reason"] for item in report["skipped"]}
    assert skipped.keys() == {where for where, _ in wanted}
    page, text = ((tmp_path / "out" / name).read_text() for name in ("report.html", "report.md"))
    for where, reason in wanted:
        assert reason in skipped[where]
        assert f"skipped {where}: {skipped[where]}\n" in done.err
        assert f"<code>{where}</code>" in page
        assert Path(where).name.split(".")[0].strip("*") in text


def test_one_broken_line_leaves_the_other_lines(run_cli, tmp_path):
    rows = [{"source": "Alpha", "text": FLOOD}, {"source": "Beta", "text": OTHER}]
    lines = [json.dumps(rows[0]), '{"source": "Gamma", "text":', json.dumps(rows[1])]
    (tmp_path / "all.jsonl").write_text("\n".join(lines))
    done = run_cli("diff", tmp_path / "all.jsonl")
    assert done.code == 1
    assert done.err.startswith(f"skipped {tmp_path}/all.jsonl:line 2: broken JSON")
    assert "«12»" in done.out or "«12 people»" in done.out


def test_another_encoding_is_read_as_what_it_is(run_cli, tmp_path, good):
    path = tmp_path / "latin.txt"
    path.write_bytes(
        "Die Straße\nThe café Größenwahn in Harrow was closed on Monday, and the señora who runs it was angry.\n".encode(
            "cp1252"
        )
    )
    done = run_cli("report", path, *good, "-o", tmp_path / "out")
    assert done.code == 0
    texts = [article["text"] for article in json.loads((tmp_path / "out/report.json").read_text())["articles"]]
    assert any("café Größenwahn" in text and "señora" in text for text in texts)


def test_the_same_article_twice_counts_once(run_cli, tmp_path, good):
    (tmp_path / "copy.txt").write_text(FLOOD)
    done = run_cli("report", tmp_path / "copy.txt", *good, "-o", tmp_path / "out")
    assert done.code == 0
    assert done.out.startswith("2 articles, ")
    assert "same text as" in done.err
    (skipped,) = json.loads((tmp_path / "out/report.json").read_text())["skipped"]
    assert skipped["reason"].startswith("same text as ")
    assert "same text as" in (tmp_path / "out/report.html").read_text()


def test_diff_needs_two(run_cli, good, tmp_path):
    done = run_cli("diff", good[0])
    assert done.code == 2
    assert done.err.startswith("detector: diff needs two articles, and 1 could be read. Give two files")
    missing = tmp_path / "gone.txt"
    done = run_cli("diff", good[0], missing, "-q")
    assert done.code == 2
    assert done.err.startswith(
        f"detector: diff needs two articles, and 1 could be read ({missing}: no such file or folder)."
    )
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("option", [("--source", "Harrow Post"), ("--date", "2031-05-03")])
def test_overrides_are_for_one_article(run_cli, tmp_path, good, option):
    done = run_cli("report", *good, *option, "-o", tmp_path / "out")
    assert done.code == 2
    assert "is for a single article, and these paths hold 2" in done.err
    assert done.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("date", ["soon", "10 April", "2031-02-30"])
def test_a_date_that_is_none(run_cli, tmp_path, good, date):
    done = run_cli("report", good[0], "--date", date, "-o", tmp_path / "out")
    assert done.code == 2
    assert f"{date!r} is no full, unambiguous date; write it as 2025-04-11" in done.err


def test_articles_of_one_sentence(run_cli, tmp_path):
    texts = {
        "a": "The bridge at Harrow was closed on Monday.",
        "b": "The bridge at Harrow was shut on Monday.",
        "c": "Is it over?",
        "d": "Flood",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text)
    done = run_cli("report", tmp_path, "-o", tmp_path / "out")
    assert done.code == 0
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert len(report["articles"]) + len(report["skipped"]) == 4
    diff = run_cli("diff", tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt")
    assert diff.code in (0, 1)
    assert "Why: " in diff.out


def test_standard_input(run_cli, tmp_path, monkeypatch):
    import io
    import sys

    lines = "\n".join(json.dumps({"source": s, "text": t}) for s, t in (("Alpha", FLOOD), ("Beta", OTHER)))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    assert run_cli("diff", "-").code == 1
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    done = run_cli("diff", "-")
    assert done.code == 2
    assert done.err.startswith("skipped -: empty\n")


def test_nothing_that_is_skipped_is_lost_with_several_stories(run_cli, tmp_path, good):
    (tmp_path / "c.txt").write_text("Anita Rao won the presidential election in Delmar on Sunday with 54 percent.\n")
    (tmp_path / "d.txt").write_text("Anita Rao won the presidential election in Delmar on Sunday with 51 percent.\n")
    (tmp_path / "empty.txt").write_text("")
    done = run_cli("report", tmp_path, "-o", tmp_path / "out")
    assert done.code == 0
    assert "2 stories" in done.out
    for name in ("index.html", "index.md", "report.json"):
        assert "empty.txt" in (tmp_path / "out" / name).read_text()
