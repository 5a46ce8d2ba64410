import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from detector.read import read_articles
from detector.read.markup import strip_markdown

SEEDS = Path(__file__).parents[1] / "seeds"


def read_text(tmp_path, text, name="story.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    articles, skipped = read_articles([path])
    assert skipped == ()
    (article,) = articles
    return article


def test_the_seeds_are_read():
    articles, skipped = read_articles([SEEDS])

    assert skipped == ()
    found = {Path(article.path).name[:3]: article for article in articles}
    first, second, third = found["000"], found["001"], found["004"]
    assert (second.source, second.source_basis) == ("Qatar Tribune", "text")
    assert second.title == "Kiev's closest allies mull post-war mission amid US reluctance"
    assert second.published == datetime(2025, 4, 11, tzinfo=UTC)
    assert (second.published_basis, second.published_evidence) == ("text", "Apr 11, 2025")
    lines = second.text.split("\n")
    assert lines[0] == second.title
    assert lines[1].startswith("Brussels [Belgium], April 11: Defence ministers")
    assert lines[-1].endswith("to raise further military support for Ukraine.")
    assert len(lines) == 16
    assert (first.source, first.source_basis) == ("000_9d8f951b312b11b8", "file")
    assert first.text == (SEEDS / "000_9d8f951b312b11b8.txt").read_text(encoding="utf-8").strip()
    assert first.title.startswith("The effort of the British- and French-led")
    assert first.title.endswith("…")
    assert len(first.title) <= 100
    assert third.title == "UK-led ad hoc alliance to help Ukraine may struggle to materialise"
    assert third.text.endswith("30-day ceasefire proposal.")
    assert third.text.count("\n\n") == 5
    for undated in (first, third):
        assert (undated.published, undated.published_basis, undated.published_evidence) == (None, None, None)


def test_front_matter(tmp_path):
    text = """---
title: "Harbour: strike ends"
source: The Coast Herald
date: 2025-03-04 08:30 +0200
url: https://coast.example/harbour
tags:
  - ports
---
Dockers went back to work.

Read more: Prices rise
They had struck for a week.
"""
    article = read_text(tmp_path, text)

    assert article.title == "Harbour: strike ends"
    assert (article.source, article.source_basis) == ("The Coast Herald", "metadata")
    assert article.published == datetime(2025, 3, 4, 8, 30, tzinfo=timezone(timedelta(hours=2)))
    assert (article.published_basis, article.published_evidence) == ("metadata", "date: 2025-03-04 08:30 +0200")
    assert article.url == "https://coast.example/harbour"
    assert article.text == "Dockers went back to work.\n\nThey had struck for a week."


def test_an_unreadable_date_in_front_matter_leaves_the_date_line(tmp_path):
    article = read_text(
        tmp_path, "---\ndate: soon\n---\nHarbour strike ends\nMarch 4, 2025\nDockers went back to work.\n"
    )

    assert article.published == datetime(2025, 3, 4, tzinfo=UTC)
    assert (article.published_basis, article.published_evidence) == ("text", "March 4, 2025")


def test_rules_around_a_paragraph_are_no_front_matter(tmp_path):
    article = read_text(tmp_path, "---\nDockers went back to work.\n---\nThey had struck for a week.\n")

    assert article.text == "Dockers went back to work.\nThey had struck for a week."


def test_a_byline_and_a_published_line(tmp_path):
    text = """Home > Europe
Ferry sinks off island
By Jane Doe | The Guardian
Published: 3 May 2024 14:05 BST
Updated: 4 May 2024 10:00 BST
Share on Facebook

A ferry with 40 people aboard sank on Friday.
"May we never see this again," the mayor said.

Advertisement

Rescuers saved 38.
Related stories
Storm closes ports
© 2024 Guardian News & Media. All rights reserved.
"""
    article = read_text(tmp_path, text)

    assert article.title == "Ferry sinks off island"
    assert (article.source, article.source_basis) == ("The Guardian", "text")
    assert article.published == datetime(2024, 5, 3, 14, 5, tzinfo=timezone(timedelta(hours=1)))
    assert article.published_evidence == "Published: 3 May 2024 14:05 BST"
    assert article.text == (
        "Ferry sinks off island\n\nA ferry with 40 people aboard sank on Friday.\n"
        '"May we never see this again," the mayor said.\n\nRescuers saved 38.'
    )


def test_a_dateline_with_an_agency_and_no_year_is_not_guessed(tmp_path):
    text = "KYIV, March 3 (Reuters) — A drone hit a depot.\nNobody was hurt.\n"
    article = read_text(tmp_path, text)

    assert (article.source, article.source_basis) == ("Reuters", "text")
    assert article.published is None
    assert article.text == text.strip()
    assert article.title == "KYIV, March 3 (Reuters) — A drone hit a depot."


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("kyiv-2025.txt", ""),
        ("2025-03-04_kyiv.txt", ""),
        ("kyiv.txt", "https://news.example/2025/03/04/depot\n"),
        ("kyiv.txt", "---\nurl: https://news.example/2025/03/depot\n---\n"),
        ("kyiv.txt", "---\ndate: March 2025\n---\n"),
    ],
)
def test_a_dateline_takes_a_known_year(tmp_path, name, before):
    article = read_text(tmp_path, f"{before}KYIV, March 3 (Reuters) — A drone hit a depot.\nNobody was hurt.\n", name)

    assert article.published == datetime(2025, 3, 3, tzinfo=UTC)
    assert (article.published_basis, article.published_evidence) == ("text", "KYIV, March 3 (Reuters) —")
    assert article.text == "KYIV, March 3 (Reuters) — A drone hit a depot.\nNobody was hurt."


def test_a_date_line_beats_the_dateline(tmp_path):
    article = read_text(tmp_path, "Depot hit\nBRUSSELS, Jan 1: A drone hit a depot.\nUpdated January 2, 2025\n— AP")

    assert article.published == datetime(2025, 1, 2, tzinfo=UTC)
    assert article.published_evidence == "Updated January 2, 2025"
    assert article.source == "AP"


def test_days_as_headings_of_a_chronology_stay_and_date_nothing(tmp_path):
    text = "How the strike unfolded\nMarch 2, 2025\nIt began.\nMarch 3, 2025\nIt grew.\nMarch 9, 2025\nIt ended."
    article = read_text(tmp_path, text)

    assert article.text == text
    assert article.published is None


def test_the_source_line_of_a_picture_is_not_the_source_of_the_text(tmp_path):
    article = read_text(tmp_path, "Prices rise\nSource: World Bank\nBread costs more.\nMilk too.\nSource: Coast Herald")

    assert article.source == "Coast Herald"
    assert article.text == "Prices rise\nBread costs more.\nMilk too."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Will the truce hold?\nNobody knows.", "Will the truce hold?"),
        ("Allies wait for the U.S.\nNobody knows.", "Allies wait for the U.S."),
        ("Title: Truce holds\nGuns are silent.", "Truce holds"),
        ("# Truce holds\n\nGuns are silent.", "Truce holds"),
        ("The truce held on Monday. Guns were silent.\nMore soon.", "The truce held on Monday."),
        (
            "Mr. Orban met Gen. Smith in the U.S. Capitol on Monday. They ate.",
            "Mr. Orban met Gen. Smith in the U.S. Capitol on Monday.",
        ),
        ("The truce held", "The truce held"),
    ],
)
def test_the_title_is_the_headline_or_the_first_sentence(tmp_path, text, title):
    article = read_text(tmp_path, text)

    assert article.title == title
    assert article.text.startswith(title)


def test_markdown(tmp_path):
    text = """---
source: Coast Herald
---
<!-- draft 3 -->
![A ferry](ferry.png)

# Ferry *sinks* off [island](https://island.example)

Apr 11, 2025

A **ferry** with 40 people aboard sank &amp; burned.
Rescuers came `fast`.

- Two died.
- 38 live.

> "Never again," she said.

<div>The search goes on.</div>

[Back to list](/)
"""
    article = read_text(tmp_path, text, "ferry.md")

    assert article.title == "Ferry sinks off island"
    assert article.source == "Coast Herald"
    assert article.published_evidence == "Apr 11, 2025"
    assert article.text == (
        "Ferry sinks off island\n\nA ferry with 40 people aboard sank & burned.\nRescuers came fast.\n\n"
        'Two died.\n\n38 live.\n\n"Never again," she said.\n\nThe search goes on.'
    )


def test_a_markdown_table_keeps_its_rows():
    text, heading = strip_markdown("## Toll\n\n| Day | Dead |\n|---|---|\n| Monday | 3 |\n")

    assert text == "Toll\n\nDay | Dead\n\nMonday | 3"
    assert heading == "Toll"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_newlines_and_composition(tmp_path, encoding):
    path = tmp_path / "story.txt"
    accent = "é" if encoding == "cp1252" else "e\u0301"
    path.write_bytes(f"Café “opens”\r\nIt sells cr{accent}pes.\rMany come.".encode(encoding))
    (article,), _ = read_articles([path])

    assert article.text == "Café “opens”\nIt sells crépes.\nMany come."


@pytest.mark.parametrize(
    "line",
    [
        "Home > a " * 40 + ".",
        "," * 200_000,
        "By A, " * 40_000,
        "A-" * 60 + "(",
        "( " * 100_000,
        "[" * 50_000,
        "Mr. A. " * 30_000,
    ],
)
@pytest.mark.parametrize("name", ["story.txt", "story.md"])
def test_no_line_takes_long_to_read(tmp_path, line, name):
    path = tmp_path / name
    path.write_text(f"{line}\nDockers work.\n{line}", encoding="utf-8")
    start = time.process_time()
    read_articles([path])

    assert time.process_time() - start < 5
