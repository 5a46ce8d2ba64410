"""A run written story by story: what lies in the folder, and what a stopped run leaves to be done."""

import csv
import json
import shutil
from dataclasses import replace

import pytest
from sample_report import make_report
from test_cli import CHESS, ELECTION, FLOOD, OTHER_ELECTION, OTHER_FLOOD, read_report

from detector.errors import ReportError
from detector.records import Story
from detector.render.archive import ArchiveWriter
from detector.render.journal import Journal, load_stories, make_key, save_stories

TEXTS = {"flood": FLOOD, "flood2": OTHER_FLOOD, "election": ELECTION, "election2": OTHER_ELECTION, "chess": CHESS}
NO_NLI = ("--nli", "")


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def list_folder(folder):
    """Return the files with their content, made_at left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".json":
            found[path.relative_to(folder)] = {**json.loads(path.read_text()), "made_at": ""}
        elif path.is_file() and path.suffix != ".html":
            found[path.relative_to(folder)] = path.read_text()
        elif path.is_file():
            found[path.relative_to(folder)] = path.read_text().split("<footer>")[0]
    return found


def test_a_run_by_story_finds_what_one_report_finds(run_cli, articles, tmp_path):
    whole = run_cli("report", articles, "-o", tmp_path / "whole", *NO_NLI)
    parts = run_cli("report", articles, "-o", tmp_path / "parts", "--by-story", *NO_NLI)
    assert (whole.code, parts.code) == (0, 0)
    assert parts.out.splitlines()[0].split(": ")[1] == whole.out.splitlines()[0].split(": ")[1]
    assert "1 article of a story that no other tells" in parts.out
    report = read_report(tmp_path / "whole")
    folders = sorted((tmp_path / "parts/stories").iterdir())
    assert len(folders) == 2
    found = [finding for folder in folders for finding in read_report(folder)["findings"]]
    assert sorted(map(str, found)) == sorted(map(str, report["findings"]))
    assert len(found) > 0
    with (tmp_path / "parts/findings.csv").open(newline="") as file:
        assert sorted(row["id"] for row in csv.DictReader(file)) == sorted(one["id"] for one in found)
    with (tmp_path / "parts/apart.csv").open(newline="") as file:
        assert [row["title"] for row in csv.DictReader(file)] == ["Chess champion retires at 40"]
    index = (tmp_path / "parts/index.html").read_text()
    assert all(f'href="stories/{folder.name}/report.html"' in index for folder in folders)
    assert all((tmp_path / "parts/stories" / folder.name / "report.html").is_file() for folder in folders)


def test_a_lone_article_has_no_claims_and_is_named(run_cli, articles, tmp_path):
    run_cli("report", articles, "-o", tmp_path / "out", *NO_NLI)
    report = read_report(tmp_path / "out")
    lone = next(one["id"] for one in report["articles"] if one["title"] == "Chess champion retires at 40")
    assert lone not in {claim["article_id"] for claim in report["claims"]}
    assert lone not in {only["article_id"] for only in report["only_in"]}
    assert [lone] in [story["articles"] for story in report["stories"]]
    assert {claim["article_id"] for claim in report["claims"]} == {one["id"] for one in report["articles"]} - {lone}


def test_a_stopped_run_goes_on_where_it_was(run_cli, articles, tmp_path, monkeypatch):
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    run_cli("report", articles, "-o", whole, "--by-story", *NO_NLI)
    from detector import shares

    seen = []
    compare_story = shares.compare_story

    def stop_at_second(story, *rest):
        seen.append(story.id)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return compare_story(story, *rest)

    monkeypatch.setattr(shares, "compare_story", stop_at_second)
    assert run_cli("report", articles, "-o", stopped, "--by-story", *NO_NLI).code == 130
    assert not (stopped / "index.html").exists()
    assert len(list((stopped / "stories").iterdir())) == 1
    # What a power cut leaves: rows without an entry, and half an entry.
    with (stopped / "findings.csv").open("a") as file:
        file.write('"half a ro')
    with (stopped / "run.jsonl").open("a") as file:
        file.write('{"story": "story-0')
    done = run_cli("report", articles, "-o", stopped, "--resume", *NO_NLI)
    assert done.code == 0
    assert len(seen) == 3  # the first story is not compared again
    assert list_folder(stopped) == list_folder(whole)
    shutil.rmtree(stopped / "stories")
    assert run_cli("report", articles, "-o", stopped, "--resume", *NO_NLI).out == done.out
    assert len(seen) == 3
    assert run_cli("report", articles, "-o", stopped, "--by-story", *NO_NLI).code == 0
    assert len(seen) == 5  # anew


def test_a_resumed_run_does_not_group_again(run_cli, articles, tmp_path, monkeypatch):
    from detector import pipeline

    whole, out, grouped = tmp_path / "whole", tmp_path / "out", []
    group = pipeline.group_stories
    monkeypatch.setattr(pipeline, "group_stories", lambda *a, **named: grouped.append(1) or group(*a, **named))
    for folder in (whole, out):
        run_cli("report", articles, "-o", folder, "--by-story", *NO_NLI)
    journal = out / "run.jsonl"
    journal.write_text("".join(journal.read_text().splitlines(keepends=True)[:2]))  # stopped after one story
    assert run_cli("report", articles, "-o", out, "--resume", *NO_NLI).code == 0
    assert len(grouped) == 2
    assert list_folder(out) == list_folder(whole)
    (out / "grouped.json").write_text('{"stories": [')
    assert run_cli("report", articles, "-o", out, "--resume", *NO_NLI).code == 0
    assert len(grouped) == 3
    assert list_folder(out) == list_folder(whole)


def test_stories_are_kept_for_the_same_run_only(tmp_path):
    stories = (Story("s1", "A flood", ("a", "b")), Story("s2", "A vote", ("c",)))
    key = make_key({"gate": 0.5}, ["a", "b", "c"], {})
    assert load_stories(tmp_path, key, "v1") is None
    save_stories(tmp_path, key, "v1", stories)
    assert load_stories(tmp_path, key, "v1") == stories
    assert load_stories(tmp_path, key, "v2") is None
    assert load_stories(tmp_path, make_key({"gate": 0.6}, ["a", "b", "c"], {}), "v1") is None
    assert load_stories(tmp_path, make_key({"gate": 0.5}, ["a", "b", "d"], {}), "v1") is None


def test_a_run_with_other_articles_or_settings_is_not_resumed(run_cli, articles, tmp_path):
    out = tmp_path / "out"
    done = run_cli("report", articles, "-o", out, "--resume", *NO_NLI)
    assert (done.code, "no run to resume" in done.err) == (2, True)
    assert run_cli("report", articles, "-o", out, "--by-story", *NO_NLI).code == 0
    done = run_cli("report", articles, "-o", out, "--resume", "--max-findings", "7", *NO_NLI)
    assert done.code == 2
    assert "max_findings was 200 and is 7" in done.err
    (articles / "chess.txt").unlink()
    done = run_cli("report", articles, "-o", out, "--resume", *NO_NLI)
    assert "its 5 articles are not the 4 of this run" in done.err


def test_the_index_comes_in_pages(run_cli, articles, tmp_path, monkeypatch):
    monkeypatch.setattr("detector.render.archive._PAGE", 1)
    assert run_cli("report", articles, "-o", tmp_path / "out", "--by-story", *NO_NLI).code == 0
    first, second = ((tmp_path / "out" / name).read_text() for name in ("index.html", "index-2.html"))
    assert 'href="index-2.html"' in first
    assert 'href="index.html"' in second
    assert first.count("story-box") == second.count("story-box")


def test_a_large_run_is_written_by_story_unasked(run_cli, articles, tmp_path, monkeypatch):
    monkeypatch.setattr("detector.cli.LARGE", 5)
    assert run_cli("report", articles, "-o", tmp_path / "out", *NO_NLI).code == 0
    assert (tmp_path / "out/run.jsonl").is_file()
    assert not (tmp_path / "out/report.json").exists()


@pytest.mark.parametrize("text", ["{}\n", "[1]\n", "not JSON\n", '{"format": "detector-run/9"}\n', ""])
def test_a_damaged_journal_is_told(tmp_path, text):
    (tmp_path / "run.jsonl").write_text(text)
    with pytest.raises(ReportError, match=r"run.jsonl is damaged: .* Run without --resume"):
        Journal(tmp_path, make_key({}, ["a"], {}), resume=True)


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError, match="cannot write"):
        Journal(tmp_path / "file" / "out", make_key({}, ["a"], {}), resume=False)


def test_the_key_rests_on_articles_settings_and_known_stories():
    key = make_key({"gate": 0.5}, ["a", "b"], {"a": "s"})
    assert key == make_key({"gate": 0.5}, ["b", "a"], {"a": "s"})
    assert len({key.articles, make_key({}, ["a"], {"a": "s"}).articles, make_key({}, ["a", "b"], {}).articles}) == 3


def test_a_written_story_is_known_by_its_articles_in_any_order(tmp_path):
    report = make_report()
    (story,) = report.stories
    key = make_key({}, story.article_ids, {})
    ArchiveWriter(tmp_path, key).write_story(report)
    resumed = ArchiveWriter(tmp_path, key, resume=True)
    # Dates that are inferred while a story is compared can change the order that grouping gave it.
    assert resumed.is_written(replace(story, article_ids=story.article_ids[::-1]))
    assert not resumed.is_written(replace(story, article_ids=story.article_ids[1:]))
