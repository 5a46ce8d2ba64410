"""Reports on disk: which files, where, whole or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest
from sample_report import make_empty_report, make_report, make_two_story_report

from detector.errors import ReportError
from detector.render import render_report, split_report, write_reports
from detector.render.files import slug_text
from detector.report_json import report_from_json

SET = {"report.html", "report.md", "report.json", "findings.csv", "claims.csv", "topics.csv"}


def list_files(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_one_story_is_one_set_of_files(tmp_path):
    report = make_report()
    written = write_reports(report, tmp_path / "new" / "folder")
    assert list_files(tmp_path / "new" / "folder") == SET
    assert written[0].name == "report.html"
    assert report_from_json((tmp_path / "new/folder/report.json").read_text("utf-8")) == report
    assert (tmp_path / "new/folder/report.md").read_text("utf-8") == render_report(report, "md")


def test_no_story_is_one_set_of_files(tmp_path):
    write_reports(replace(make_empty_report(), stories=()), str(tmp_path))
    assert list_files(tmp_path) == SET


def test_several_stories_are_an_index_and_a_folder_each(tmp_path):
    report = make_two_story_report()
    written = write_reports(report, tmp_path)
    folders = ["ferry-aurelia-aground-off-port-velmar-story-au", "cafe-blaze-ostras-2nd-story-au"]
    assert list_files(tmp_path) == {
        *("index.html", "index.md", "report.json"),
        *(f"{folder}/{name}" for folder in folders for name in SET),
    }
    assert written[0] == tmp_path / "index.html"
    assert set(written) == {tmp_path / name for name in list_files(tmp_path)}
    assert report_from_json((tmp_path / "report.json").read_text("utf-8")) == report


def test_index_links_to_each_story_with_counts_and_top_finding(tmp_path):
    write_reports(make_two_story_report(), tmp_path)
    page, text = ((tmp_path / name).read_text("utf-8") for name in ("index.html", "index.md"))
    for folder in (path.name for path in tmp_path.iterdir() if path.is_dir()):
        assert f'href="{folder}/report.html"' in page
        assert f"]({folder}/report.md)" in text
        anchor = page.split(f'href="{folder}/report.html#card-')[1].split('"')[0]
        assert f'id="card-{anchor}"' in (tmp_path / folder / "report.html").read_text("utf-8")
    for words in (
        "How many people were hurt?",
        "1 developed",
        "2 to check by hand",
        "Café blaze — Östra’s 2nd",
        "Unrelated",
        "A loner",
    ):
        assert words in page, words
        assert words in text, words
    assert "inbox/empty.txt" in page
    assert page.count("<h1") == 1


def test_a_doubtful_card_tops_a_story_only_where_there_is_no_other(tmp_path):
    report = make_two_story_report()
    kept = ("c2", "c3", "c2b")  # a conflict to check and a sure development; a conflict to check alone
    write_reports(replace(report, cards=tuple(card for card in report.cards if card.id in kept)), tmp_path)
    page = (tmp_path / "index.html").read_text("utf-8")
    first, second = page.split('<article class="story-box">')[1:]
    assert "When will the wreck be towed?" in first
    assert "Did the radar fail?" not in first
    assert "Did the radar fail?" in second
    assert "Check by hand: confidence 0.45" in second


def test_split_keeps_each_story_whole_and_loses_nothing():
    whole = make_two_story_report()
    one, two = split_report(whole)
    assert one.stories[0].title == "Ferry Aurelia aground off Port Velmar"
    assert one.articles + two.articles == whole.articles[:8]
    for table in ("claims", "topics", "findings", "cards", "only_in"):
        assert getattr(one, table) + getattr(two, table) == getattr(whole, table), table
    assert one.skipped == ()
    assert one.counts["claims"] == 15
    assert one.counts["sources"] == 4
    assert one.counts["findings"] == {"agree": 2, "check": 2, "develop": 1, "differ": 1}
    assert one.counts["left_out"] == {"question": 1, "unclear": 1}
    assert "pairs" not in one.counts
    assert (one.made_at, one.settings) == (whole.made_at, whole.settings)


def test_split_of_one_story_leaves_articles_alone_out():
    report = make_two_story_report()
    (only,) = split_report(replace(report, stories=report.stories[:1]))
    assert len(only.articles) == 4
    assert split_report(replace(report, stories=())) == []


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Café blaze — Östra’s 2nd!", "cafe-blaze-ostras-2nd"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "story"),
        ("火事", "story"),
        ("word " * 30, "-".join(["word"] * 12)),
    ],
)
def test_slugs_are_safe_names(title, slug):
    assert slug_text(title) == slug
    assert len(slug) <= 60


def test_stories_of_one_title_get_folders_of_their_own(tmp_path):
    report = make_two_story_report()
    write_reports(replace(report, stories=tuple(replace(story, title="Same") for story in report.stories)), tmp_path)
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 2


def test_a_second_run_replaces_the_files_and_leaves_no_rest(tmp_path):
    write_reports(make_empty_report(), tmp_path)
    before = (tmp_path / "report.html").stat().st_ino
    write_reports(make_report(), tmp_path)
    assert list_files(tmp_path) == SET
    assert (tmp_path / "report.html").stat().st_ino != before  # moved into place, not written over
    assert "How many people" in (tmp_path / "report.html").read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ReportError, match=r"cannot write .*file.*Choose a folder"):
        write_reports(make_report(), tmp_path / "file")
    assert list_files(tmp_path) == {"file"}


def test_same_report_same_bytes(tmp_path):
    write_reports(make_two_story_report(), tmp_path / "a")
    write_reports(make_two_story_report(), tmp_path / "b")
    for name in list_files(tmp_path / "a"):
        assert Path(tmp_path / "a" / name).read_bytes() == Path(tmp_path / "b" / name).read_bytes()
