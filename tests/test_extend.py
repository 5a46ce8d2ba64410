"""Adding articles to an earlier report: what was grouped stays, under the same ids."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sample_report import make_report, make_two_story_report
from test_cli import CHESS, ELECTION, FLOOD, OTHER_ELECTION, OTHER_FLOOD, read_report

from detector.errors import ReportError
from detector.extend import list_known, list_missing, read_earlier
from detector.records import Article
from detector.report_json import report_to_json


def list_stories(folder):
    """Return the titles' files by story id."""
    report = read_report(folder)
    name = {article["id"]: article["path"].rsplit("/", 1)[-1] for article in report["articles"]}
    return {story["id"]: {name[article] for article in story["articles"]} for story in report["stories"]}


def test_new_articles_join_their_stories_and_no_other_moves(run_cli, tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, texts in (
        (old, {"flood": FLOOD, "election": ELECTION}),
        (new, {"flood2": OTHER_FLOOD, "election2": OTHER_ELECTION, "chess": CHESS}),
    ):
        folder.mkdir()
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run_cli("report", old, "-o", tmp_path / "first").code == 0
    before = list_stories(tmp_path / "first")
    for earlier in (tmp_path / "first", tmp_path / "first" / "report.json"):
        done = run_cli("report", new, "-o", tmp_path / "second", "--extend", earlier)
        assert done.code == 0
        assert done.out.startswith("5 articles,")
        after = list_stories(tmp_path / "second")
        assert {name: next(iter(files)) for name, files in before.items()} == {
            name: next(file for file in files if "2" not in file) for name, files in after.items() if name in before
        }
        assert sorted(sorted(files) for files in after.values()) == [
            ["chess.txt"],
            ["election.txt", "election2.txt"],
            ["flood.txt", "flood2.txt"],
        ]
    assert run_cli("report", old, new, "-o", tmp_path / "third", "--extend", tmp_path / "second").code == 0
    assert list_stories(tmp_path / "third") == list_stories(tmp_path / "second")


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("missing.json", None, "no report to extend: missing.json: No such file"),
        ("folder", "", "no report to extend: report.json: No such file"),
        ("notes.txt", "Just notes.", "the report is not JSON"),
        ("data.json", '{"articles": []}', "the report's format is None"),
        ("list.json", "[]", "is this the right file"),
        ("bytes.json", b"\xff\xfe\xff", "no report to extend"),
    ],
)
def test_what_is_no_report_is_told(tmp_path, name, text, wanted):
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    elif text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ReportError, match="no report to extend") as error:
        read_earlier(path)
    assert wanted in str(error.value)
    assert str(path) in str(error.value)


def test_the_command_line_names_a_wrong_report(run_cli, seeds, tmp_path):
    done = run_cli("report", seeds, "-o", tmp_path / "out", "--extend", tmp_path / "none")
    assert done.code == 2
    assert done.err.startswith(f"detector: {tmp_path}/none: no report to extend")
    assert not (tmp_path / "out").exists()


def test_a_report_is_read_from_its_folder_or_its_file(tmp_path):
    report = make_two_story_report()
    (tmp_path / "report.json").write_text(report_to_json(report), encoding="utf-8")
    assert read_earlier(tmp_path) == read_earlier(tmp_path / "report.json") == report
    assert list_known(report) == {article: story.id for story in report.stories for article in story.article_ids}


def test_articles_are_joined_by_id_and_inferred_dates_taken_back():
    report = make_report()
    first, *rest = (replace(article, published_basis="metadata") for article in report.articles)
    inferred = replace(first, published=datetime(2025, 4, 1, tzinfo=UTC), published_basis="inferred")
    earlier = replace(report, articles=(inferred, *rest))
    new = Article("new", "Source", "Title", "Text.")
    assert list(list_missing(earlier, [new.id, first.id])) == rest
    back = next(list_missing(earlier, [new.id]))
    assert (back.id, back.published, back.published_basis, back.published_evidence) == (first.id, None, None, None)
