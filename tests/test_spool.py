"""Articles in a temporary file: they come back as they were, no text is held, and nothing is left of the file."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, make_article
from test_archive import NO_NLI, TEXTS, list_folder

from detector import shares
from detector.archive import write_archive
from detector.errors import ReadError, ReportError
from detector.group import group_stories
from detector.read import read_articles, spool_articles
from detector.records import Article
from detector.settings import Settings
from detector.spool import Spool, make_heading

resource = pytest.importorskip("resource", reason="limits are set as on POSIX")
nameless = pytest.mark.skipif(os.name != "posix", reason="files without a name are known to POSIX systems")

FULL = Article(
    id="a1",
    source="Coast Herald",
    title="Ferry “Marta” freed",
    text="Ferry “Marta” freed\n\nTugs pulled the ferry free on Sunday. " * 40,
    published=datetime(2024, 3, 3, 9, 30, tzinfo=timezone(timedelta(hours=2))),
    published_basis="text",
    published_evidence="Published: 3 March 2024 09:30",
    source_basis="text",
    url="https://example.org/ferry",
    path="news.jsonl:line 3",
    credit="AP",
)
ROOMS = pytest.mark.parametrize("room", [1, 1 << 20], ids=["on disk", "in memory"])


@pytest.fixture
def folder(tmp_path):
    """Three stories of five articles, one of them met twice, and what cannot be read."""
    place = tmp_path / "articles"
    place.mkdir()
    for name, text in {**TEXTS, "chess_again": TEXTS["chess"]}.items():
        (place / f"{name}.txt").write_text(text, encoding="utf-8")
    rows = [
        {"source": "Evening Post", "title": "Flood closes the bridge at Harrow", "text": TEXTS["flood"]},
        {"source": "Evening Post", "text": ""},
        {
            "source": "Daily Wire",
            "date": "2024-03-02",
            "title": "Owl in a chimney",
            "text": "An owl was found in Tarn.",
        },
    ]
    (place / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return place


@pytest.fixture
def on_disk(monkeypatch):
    """Let no spool hold anything in memory."""
    monkeypatch.setattr(Spool.__init__, "__defaults__", (1,))


def list_texts(place):
    """Return the ids of all articles of a folder whose texts are in memory."""
    gc.collect()  # what was shown of a story refers to itself, and is let go a little later
    return {one.id for one in gc.get_objects() if type(one) is Article and one.text and str(place) in str(one.path)}


@ROOMS
def test_articles_come_back_as_they_were(tmp_path, room):
    articles = [FULL, make_article("A barn owl was found in Tarn.", day="2024-05-05"), make_article("No date.")]
    with Spool(tmp_path, room) as spool:
        for article in articles:
            spool.add(article)
        assert list(spool) == [article.id for article in articles]
        assert len(spool) == 3
        assert [spool[article.id] for article in reversed(articles)] == articles[::-1]
        spool.add(replace(FULL, id="late"))  # after others were read
        assert list(spool.values()) == [*articles, replace(FULL, id="late")]
        assert spool.characters == sum(len(article.text) for article in spool.values())
        assert "a2" not in spool
        with pytest.raises(KeyError):
            spool["a2"]


def test_headings_have_what_orders_groups_and_lists_articles_and_no_text(tmp_path):
    with Spool(tmp_path) as spool:
        spool.add(FULL)
        (heading,) = spool.headings
    assert heading == make_heading(FULL) == replace(FULL, text="", published_evidence=None, credit=None)


def test_what_was_put_down_and_not_kept_is_none_of_its_articles(tmp_path):
    with Spool(tmp_path) as spool:
        spool.put(FULL)
        assert (len(spool), spool.characters, spool.headings) == (0, 0, ())


@nameless
def test_the_file_has_no_name_and_its_folder_is_not_made(tmp_path):
    with Spool(tmp_path / "not" / "there", 1) as spool:
        spool.add(FULL)
        assert spool._file._rolled
        assert list(tmp_path.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


@nameless
def test_a_killed_process_leaves_nothing(tmp_path):
    code = f"""
import sys, time
sys.path.insert(0, {str(ROOT / "tests")!r})
from pathlib import Path
from detector.spool import Spool
from test_spool import FULL
spool = Spool(Path({str(tmp_path)!r}), 1)
spool.add(FULL)
print(spool["a1"].id, spool._file._rolled, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout.readline() == "a1 True\n"
        process.send_signal(signal.SIGKILL)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_room_is_told(tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    signs = np.random.default_rng(5).integers(0x4E00, 0x9FFF, 50_000)  # what cannot be compressed to less than 64 kB
    with Spool(tmp_path, 1) as spool:
        spool.add(FULL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (32_768, hard))
        try:
            with pytest.raises(ReportError) as caught:
                spool.add(replace(FULL, text="".join(map(chr, signs))))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert spool["a1"] == FULL
    assert f"cannot keep the articles that were read in a temporary file in {tmp_path}, 0 MB so far: File" in str(
        caught.value
    )
    assert "make room there, or write the report to a folder on a disk that has it" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_told(tmp_path):
    (tmp_path / "out").mkdir()
    with Spool(tmp_path / "out", 1) as spool:
        (tmp_path / "out").rmdir()
        with pytest.raises(ReportError, match="cannot keep the articles that were read in a temporary file in"):
            spool.add(FULL)


@ROOMS
def test_reading_into_a_spool_is_reading(folder, tmp_path, room):
    articles, skipped = read_articles([folder])
    with Spool(tmp_path, room) as spool:
        assert spool_articles([folder], spool) == skipped
        assert tuple(spool.values()) == articles
        assert spool.headings == tuple(map(make_heading, articles))
    assert {item.reason.split(" /")[0] for item in skipped} == {"same text as", "no text"}


def test_reading_into_a_spool_holds_no_text(folder, tmp_path):
    with Spool(tmp_path) as spool:
        spool_articles([folder], spool)
        assert len(spool) == 6
        assert list_texts(folder) == set()


def test_a_single_article_is_spooled_under_the_source_that_is_stated(folder, tmp_path):
    path = folder / "chess.txt"
    with Spool(tmp_path) as spool:
        spool_articles([path], spool, source="The Board", published="2024-05-06")
        assert tuple(spool.values()) == read_articles([path], source="The Board", published="2024-05-06")[0]
        with pytest.raises(ReadError, match="for a single article"):
            spool_articles([folder], spool, source="The Board")


def test_grouping_loads_the_texts_that_headings_lack():
    texts = "The river Orrin rose at Pell.", "At Pell the river Orrin rose.", "Chess champion Ilse Maar retires."
    articles = [make_article(text, source=f"s{i}", day="2024-03-02") for i, text in enumerate(texts)]
    rows = np.array([[1, 0], [0.6, 0.8], [0, 1]], dtype=np.float32)
    by_id = {article.id: article for article in articles}
    stories = group_stories(articles, rows)
    headings = [make_heading(article) for article in articles]
    assert [len(story.article_ids) for story in stories] == [2, 1]
    assert group_stories(headings, rows, load=lambda heading: by_id[heading.id]) == stories
    assert group_stories(headings, rows) != stories


@ROOMS
def test_an_archive_from_a_spool_is_that_of_its_articles(folder, tmp_path, room):
    articles, skipped = read_articles([folder])
    plain, spooled = tmp_path / "plain", tmp_path / "spooled"
    totals, _ = write_archive(articles, plain, settings=Settings(nli=""), skipped=skipped)
    with Spool(spooled, room) as spool:
        assert spool_articles([folder], spool) == skipped
        assert write_archive(spool, spooled, settings=Settings(nli=""), skipped=skipped)[0] == totals
    assert (totals.stories, totals.apart) == (2, 2)
    assert list_folder(spooled) == list_folder(plain)


def test_a_run_by_story_holds_the_texts_of_one_story(folder, tmp_path, run_cli, monkeypatch):
    seen = []
    compare_story = shares.compare_story

    def look(story, members, *rest):
        seen.append((set(story.article_ids), list_texts(folder)))
        return compare_story(story, members, *rest)

    monkeypatch.setattr(shares, "compare_story", look)
    assert run_cli("report", folder, "-o", tmp_path / "out", "--by-story", *NO_NLI).code == 0
    assert len(seen) == 2
    assert all(texts == story for story, texts in seen)


def test_openings_are_embedded_in_parts(folder, tmp_path, run_cli, monkeypatch):
    from detector import pipeline

    told, whole, parts = [], tmp_path / "whole", tmp_path / "parts"
    assert run_cli("report", folder, "-o", whole, "--by-story", *NO_NLI).code == 0
    embed = pipeline.embed_texts
    monkeypatch.setattr(pipeline, "embed_texts", lambda texts, *rest: told.append(len(texts)) or embed(texts, *rest))
    monkeypatch.setattr(pipeline, "_PART", 4)
    assert run_cli("report", folder, "-o", parts, "--by-story", *NO_NLI, "--no-cache").code == 0
    assert told == [4, 2]
    assert list_folder(parts) == list_folder(whole)


def test_steps_are_told_over_all_parts(monkeypatch):
    from detector import pipeline

    steps = []
    monkeypatch.setattr(pipeline, "_PART", 4)
    pipeline._tell_part(lambda *step: steps.append(step), 4, 6, "grouping articles", 1, 2)
    pipeline._tell_part(lambda *step: steps.append(step), 0, 4, "grouping articles", 1, 3)
    assert steps == [("grouping articles", 5, 6), ("grouping articles", 1, 3)]


@nameless
def test_the_command_keeps_its_file_beside_the_report_and_leaves_none(folder, tmp_path, run_cli, monkeypatch, on_disk):
    from detector.engine import LocalEngine

    out, folders = tmp_path / "new" / "out", []
    begin = Spool.__init__

    def note(self, place, *rest):
        folders.append(place)
        begin(self, place, *rest)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Spool, "__init__", note)
    assert run_cli("report", folder, "-o", out, *NO_NLI).code == 0
    assert folders == [out]
    before = {path.name for path in out.iterdir()}
    assert run_cli("report", folder, "-o", out, "--by-story", *NO_NLI).code == 0
    added = {"apart.csv", "findings.csv", "grouped.json", "run.jsonl", "stories"}
    assert {path.name for path in out.iterdir()} == before | added
    monkeypatch.setattr(LocalEngine, "map", stop)
    assert run_cli("report", folder, "-o", tmp_path / "stopped", "--by-story", *NO_NLI, "--no-cache").code == 130
    assert {path.name for path in (tmp_path / "stopped").iterdir()} == {"findings.csv", "run.jsonl"}
    assert not [path for path in Path(tmp_path).iterdir() if path.is_file()]


def test_an_earlier_reports_articles_are_spooled_too(folder, tmp_path, run_cli):
    assert run_cli("report", folder, "-o", tmp_path / "first", *NO_NLI).code == 0
    new = tmp_path / "new.jsonl"
    new.write_text(json.dumps({"source": "Late News", "title": "Owl freed", "text": "The owl of Tarn is free."}) + "\n")
    options = ("--extend", tmp_path / "first", *NO_NLI)
    assert run_cli("report", new, "-o", tmp_path / "whole", *options).out.startswith("7 articles,")
    assert run_cli("report", new, "-o", tmp_path / "parts", "--by-story", *options).code == 0
    entry = json.loads((tmp_path / "parts/run.jsonl").read_text().splitlines()[0])
    assert entry["count"] == 7
    whole = json.loads((tmp_path / "whole/report.json").read_text())
    assert {one["id"] for one in whole["articles"]} >= {article.id for article in read_articles([folder, new])[0]}
    assert datetime.fromisoformat(whole["made_at"]).tzinfo == UTC
