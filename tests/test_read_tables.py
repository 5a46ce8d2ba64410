import csv
import json
from datetime import UTC, datetime

import pytest

from detector.read import read_articles


def write(tmp_path, name, text, encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def by_text(articles):
    return {article.text: article for article in articles}


def reasons(path, skipped):
    return {item.where.removeprefix(str(path)): item.reason for item in skipped}


ROWS = [
    {
        "id": "7",
        "source": "Coast Herald",
        "title": "Strike ends",
        "text": "Dockers work.",
        "published": "2025-03-04T08:30:00",
    },
    {
        "id": "8",
        "title": None,
        "text": "Ferries sail.\nAll of them.",
        "date": "4 March 2025",
        "url": "https://x.example/8",
    },
    {"id": "9", "source": "Coast Herald", "text": "Prices rise.", "published": "soon", "mood": ["grim"]},
]


def test_jsonl(tmp_path):
    path = write(tmp_path, "wire.jsonl", "\n".join(json.dumps(row) for row in ROWS), "utf-8-sig")
    articles, skipped = read_articles([path])

    assert skipped == ()
    found = by_text(articles)
    first = found["Dockers work."]
    assert (first.source, first.source_basis, first.title) == ("Coast Herald", "metadata", "Strike ends")
    assert first.published == datetime(2025, 3, 4, 8, 30, tzinfo=UTC)
    assert (first.published_basis, first.published_evidence) == ("metadata", "published: 2025-03-04T08:30:00")
    assert first.path == f"{path}:line 1"
    assert len(first.id) == 12
    assert int(first.id, 16) >= 0
    second = found["Ferries sail.\nAll of them."]
    assert (second.source, second.source_basis, second.url) == ("wire", "file", "https://x.example/8")
    assert second.published == datetime(2025, 3, 4, tzinfo=UTC)
    assert second.title == "Ferries sail."
    third = found["Prices rise."]
    assert (third.published, third.published_basis, third.published_evidence) == (None, None, None)


def test_csv_gives_the_same_articles_as_jsonl(tmp_path):
    path = tmp_path / "wire.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(
            file, ["id", "Source", "TITLE", "text", "published", "date", "url", "mood"], delimiter=";"
        )
        writer.writeheader()
        for row in ROWS:
            writer.writerow({{"source": "Source", "title": "TITLE"}.get(key, key): value for key, value in row.items()})
    lines = write(tmp_path, "other.jsonl", "\n".join(json.dumps({"source": "wire"} | row) for row in ROWS))

    def contents(paths):
        return [
            (article.id, article.source, article.title, article.text, article.published)
            for article in read_articles(paths)[0]
        ]

    assert contents([path]) == contents([lines])
    assert {article.path for article in read_articles([path])[0]} == {f"{path}:row {row}" for row in (2, 3, 4)}


def test_the_id_is_of_the_content_alone(tmp_path):
    def get_id(name, **fields):
        path = write(
            tmp_path, name, json.dumps({"source": "A", "title": "T", "text": "Words.", "date": "2025-03-04"} | fields)
        )
        (article,), _ = read_articles([path])
        return article.id

    original = get_id("a.jsonl", id="1")
    assert get_id("b.jsonl", id="2", url="https://x.example", mood="grim") == original
    assert get_id("c.jsonl", date="4 March 2025") == original
    changed = [
        get_id("d.jsonl", **{key: value})
        for key, value in [("source", "B"), ("title", "U"), ("text", "More."), ("date", "")]
    ]
    assert len({original, *changed}) == 5


def test_bad_lines_of_jsonl_are_named_and_the_rest_goes_on(tmp_path):
    lines = [
        '{"text": "Dockers work."}',
        "",
        '{"text": "broken',
        "[1, 2]",
        '"Ferries sail."',
        "null",
        '{"title": "no text"}',
        '{"text": "  "}',
        '{"text": 5}',
        '{"text": "Fine.", "source": {"name": "X"}}',
        '{"text": "Advertisement"}',
        "[" * 200_000,
        '{"text": "Prices rise \\ud83d.", "published": 20250411}',
    ]
    path = write(tmp_path, "wire.jsonl", "\n".join(lines))
    articles, skipped = read_articles([path])

    assert sorted(article.text for article in articles) == ["Dockers work.", "Prices rise \ufffd."]
    assert [article.published for article in articles] == [None, None]
    found = reasons(path, skipped)
    assert found.pop(":line 3").startswith("broken JSON")
    assert found.pop(":line 12").startswith("broken JSON")
    assert found == {
        ":line 4": "not a JSON object but a list; each line holds one article as an object",
        ":line 5": "not a JSON object but a string; each line holds one article as an object",
        ":line 6": "not a JSON object but null; each line holds one article as an object",
        ":line 7": "no text",
        ":line 8": "no text",
        ":line 9": "text is a number, not a string",
        ":line 10": "source is an object, not a string",
        ":line 11": "no article text in it",
    }


def test_bad_rows_of_csv_are_named_and_the_rest_goes_on(tmp_path):
    big = "word " * 60_000
    rows = ["source,text", 'A,"Dockers\r\nwork ""hard""."', "", "B,", "C,Ferries, all of them, sail.", f"D,{big}"]
    text = "\r\n".join([*rows, 'E,"never closed', "F,lost"])
    path = write(tmp_path, "wire.csv", text)
    before = csv.field_size_limit()
    articles, skipped = read_articles([path])

    assert sorted(article.text for article in articles) == ['Dockers\nwork "hard".', big.strip()]
    assert reasons(path, skipped) == {
        ":row 4": "no text",
        ":row 5": "4 cells where the header names 2; quote cells that hold a delimiter",
        ":row 7": "a quotation mark is opened in this row and never closed; close it, or double it inside a cell",
    }
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id,headline,body\n1,A,B\n", "no column text; the columns found are: id, headline, body"),
        ("source,text\n", "no rows below the header"),
    ],
)
def test_a_csv_without_text(tmp_path, text, reason):
    path = write(tmp_path, "wire.csv", text)

    assert reasons(path, read_articles([path])[1]) == {"": reason}


def test_a_row_without_a_date_column_is_dated_by_its_text(tmp_path):
    path = write(tmp_path, "wire.csv", 'source,text\nA,"PARIS, April 3, 2025 (AFP) – Prices rise."\n')
    (article,), _ = read_articles([path])

    assert (article.published_basis, article.published_evidence) == ("text", "PARIS, April 3, 2025 (AFP) –")
    assert article.source == "A"


def test_an_unreadable_date_cell_is_not_replaced_by_the_text(tmp_path):
    path = write(tmp_path, "wire.csv", 'date,text\nsoon,"PARIS, April 3, 2025 (AFP) – Prices rise."\n')
    (article,), _ = read_articles([path])

    assert (article.published, article.published_basis) == (None, None)
    assert (article.source, article.source_basis) == ("wire", "file")
