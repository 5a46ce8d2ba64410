import io
import itertools
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detector.errors import ReadError
from detector.read import READERS, read_articles
from detector.records import Skipped

KNOWN = ".txt, .md, .jsonl, .csv"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in [
        ("b.txt", "Dockers work."),
        ("sub/deep/a.md", "Ferries sail."),
        ("sub/C.TXT", "Prices rise.\nApril 11, 2025"),
        ("sub/wire.jsonl", json.dumps({"source": "X", "text": "Bread costs more.", "date": "2025-04-10"})),
        (".hidden.txt", "Hidden."),
        (".git/config.txt", "Hidden too."),
        ("sub/page.html", "<p>Unknown.</p>"),
    ]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    return tmp_path


def test_a_folder_is_searched_for_known_suffixes_and_hidden_files_are_ignored(folder):
    articles, skipped = read_articles([folder])

    assert {article.text for article in articles} == {
        "Dockers work.",
        "Ferries sail.",
        "Prices rise.",
        "Bread costs more.",
    }
    assert skipped == ()


def test_articles_come_by_time_then_id_in_any_order_of_paths(folder):
    paths = ["b.txt", "sub", "sub/page.html", "missing.txt", "sub/C.TXT"]
    results = {read_articles(order) for order in itertools.permutations(paths)}

    assert len(results) == 1
    ((articles, skipped),) = results
    assert [article.text for article in articles[:2]] == ["Bread costs more.", "Prices rise."]
    assert [article.id for article in articles[2:]] == sorted(article.id for article in articles[2:])
    assert len(articles) == 4
    assert [item.where for item in skipped] == ["missing.txt", "sub/page.html"]


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("*.txt", {"Dockers work."}),
        ("sub/**/*.md", {"Ferries sail."}),
        ("su[b]", {"Ferries sail.", "Prices rise.", "Bread costs more."}),
    ],
)
def test_glob_patterns(folder, pattern, texts):
    articles, skipped = read_articles([pattern])

    assert {article.text for article in articles} == texts
    assert skipped == ()


def test_a_file_with_the_signs_of_a_pattern_in_its_name(folder):
    Path("a[1].txt").write_text("Guns are silent.", encoding="utf-8")

    assert [article.text for article in read_articles(["a[1].txt"])[0]] == ["Guns are silent."]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("", "an empty path"),
        ("missing.txt", "no such file or folder"),
        ("*.pdf", "no such file or folder"),
        ("nul\0.txt", "no such file or folder"),
        ("empty", f"no articles in this folder; files that are read end in {KNOWN}"),
        ("sub/page.html", f"unknown kind of file .html; files that are read end in {KNOWN}"),
    ],
)
def test_paths_that_lead_to_nothing(folder, path, reason):
    assert read_articles([path]) == ((), (Skipped(path, reason),))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\xc2\xa0\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary file; save it as UTF-8 text"),
        (b"text \x00 text", "binary file; save it as UTF-8 text"),
        (b"\x01\x02\x03\x04 words", "binary file; save it as UTF-8 text"),
        (bytes(range(128, 256)), "not text in UTF-8, UTF-16 or Windows-1252; save it as UTF-8 text"),
        (
            "“Cut” \u2019".encode()[:-1] + b" and more words to come",
            "not text in UTF-8, UTF-16 or Windows-1252; save it as UTF-8 text",
        ),
        (b"Back to list\nAdvertisement\n----", "no article text in it"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_files_without_an_article(tmp_path, data, reason, suffix):
    path = tmp_path / f"story{suffix}"
    path.write_bytes(data)

    assert read_articles([path]) == ((), (Skipped(str(path), reason),))


@pytest.mark.parametrize("suffix", READERS)
def test_every_reader_skips_what_it_cannot_open(tmp_path, suffix):
    path = tmp_path / f"story{suffix}"
    path.mkdir()

    (item,) = READERS[suffix](path)

    assert isinstance(item, Skipped)
    assert item.where == str(path)
    assert item.reason.startswith("cannot be read: ")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and fails to read")
def test_a_file_that_fails_to_read_does_not_stop_the_rest(folder):
    (folder / "broken.txt").symlink_to("/proc/self/mem")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    articles, skipped = read_articles(["."])

    assert len(articles) == 4
    assert [item.where for item in skipped] == ["broken.txt", "gone.txt"]
    assert skipped[0].reason.startswith("cannot be read: ")


def test_the_same_file_named_twice_is_read_once(folder):
    articles, skipped = read_articles(["b.txt", "./b.txt", folder / "b.txt", "*.txt"])

    assert len(articles) == 1
    assert skipped == ()


def write_rows(path, *rows):
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_the_same_text_of_one_source_is_kept_once_with_the_better_metadata(tmp_path):
    text = "Dockers “work”.\nAll of them."
    rows = write_rows(
        tmp_path / "wire.jsonl",
        {"source": "Coast Herald", "title": "Strike ends", "text": text},
        {"source": "COAST HERALD", "title": "Strike over", "text": text, "date": "2025-03-04"},
        {"source": "The Times", "text": 'DOCKERS "work".  All of them.'},
    )
    plain = tmp_path / "copy.txt"
    plain.write_text(f"Strike ends\n{text}\n", encoding="utf-8")
    for paths in ([rows, plain], [plain, rows]):
        articles, skipped = read_articles(paths)

        assert [article.title for article in articles if article.source == "COAST HERALD"] == ["Strike over"]
        assert {article.source for article in articles} == {"COAST HERALD", "The Times"}
        assert skipped == (
            Skipped(str(plain), f"same text as {rows}:line 2"),
            Skipped(f"{rows}:line 1", f"same text as {rows}:line 2"),
        )


def test_of_equal_copies_the_first_path_is_kept(tmp_path):
    rows = write_rows(tmp_path / "wire.jsonl", *[{"text": "Dockers work."}] * 11)
    articles, skipped = read_articles([rows])

    assert [article.path for article in articles] == [f"{rows}:line 1"]
    assert len(skipped) == 10


def test_overrides_for_a_single_article(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text("Strike ends\nApr 11, 2025\nDockers work.\nSource: Coast Herald", encoding="utf-8")
    (plain,), _ = read_articles([path])
    (article,), _ = read_articles([path], source=" The Times ", published="12 April 2025 09:00")

    assert (article.source, article.source_basis) == ("The Times", "metadata")
    assert article.published == datetime(2025, 4, 12, 9, tzinfo=UTC)
    assert (article.published_basis, article.published_evidence) == ("metadata", "published: 12 April 2025 09:00")
    assert article.text == plain.text
    assert article.id != plain.id


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"source": "X"}, r"source \(--source\) is for a single article, and these paths hold 4"),
        ({"published": "2025-04-11"}, r"published \(--date\) is for a single article, and these paths hold 4"),
        ({"published": "soon"}, r"published \(--date\) 'soon' is no full, unambiguous date"),
        ({"published": "03/04/2025"}, r"published \(--date\) '03/04/2025' is no full, unambiguous date"),
        ({"source": " "}, r"source \(--source\) is empty"),
    ],
)
def test_wrong_overrides_raise(folder, options, words):
    with pytest.raises(ReadError, match=words):
        read_articles([folder], **options)


def test_a_single_string_is_a_wrong_call():
    with pytest.raises(ReadError, match="takes a list of paths"):
        read_articles("story.txt")


@pytest.mark.parametrize(
    ("data", "texts", "skipped"),
    [
        (b"Strike ends\nDockers work.", {"Strike ends\nDockers work."}, []),
        (b'\n {"text": "Dockers work."}\n{"text": 1}\n', {"Dockers work."}, ["-:line 3"]),
        (b"\xef\xbb\xbf" + '{"text": "Café opens."}'.encode(), {"Café opens."}, []),
        (b"", set(), ["-"]),
        (b"\x00\x01", set(), ["-"]),
    ],
)
def test_standard_input(monkeypatch, data, texts, skipped):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    articles, left_out = read_articles(["-"])

    assert {article.text for article in articles} == texts
    assert [item.where for item in left_out] == skipped
    assert all(article.path.startswith("-") and article.source == "standard input" for article in articles)


def test_a_plain_text_on_standard_input_has_the_path_of_its_argument(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Dockers work.")))
    (article,), _ = read_articles(["-"], source="Coast Herald")

    assert (article.path, article.source, article.source_basis) == ("-", "Coast Herald", "metadata")


def test_slow_libraries_are_loaded_only_when_a_text_needs_them():
    code = "import sys, detector.read; print([name for name in ('dateparser', 'markdown_it') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
