"""Labels of real pairs, kept by ids, and the sets that hold their texts -> a file of labelled pairs.

    python models/judge/real_pairs.py DATA build/nli/real_pairs_1.jsonl

No text of the sets may lie in the project, so real_pairs.csv and real_pairs_2.csv to _5.csv, five rounds of reading, name each
pair by its id in the set `number_pairs`, or by the hashes of its two sentences among the claims of an event of `newswcl50` or `allsides`.
A label whose texts are not found any more is left out and counted. The files can be given to fit_weights.py and to `detector check`.
`learned` says that the NLI model learns from a pair (relation_mix.py): three events in four, but none on which the judge is measured.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1] / "recipe"))
from sets import is_taught, read_lines

from detector import read_articles
from detector.split import split_claims
from detector.trial import is_held_out

LABELS = tuple(
    Path(__file__).with_name(name) for name in ("real_pairs.csv", *(f"real_pairs_{n}.csv" for n in range(2, 6)))
)
_FIELDS = ("id", "source", "date", "title", "text")


def hash_text(text: str) -> str:
    """Return by what a sentence is known in the files of labels."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_labels(number: int) -> list[dict[str, str]]:
    """Return the rows of a round of reading, 1 to 5: set, event, a, b, relation, code."""
    with LABELS[number - 1].open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def find_claims(data: Path, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], dict[str, tuple[str, str]]]:
    """Return for each (set, event) its claims by their hash: the text, and the day of the article ("" where it has none)."""
    articles: dict[tuple[str, str], list[dict[str, Any]]] = {key: [] for key in wanted}
    for row in read_lines(data / "news" / "newswcl50" / "articles.jsonl.gz"):
        articles.get(("newswcl50", row["event"]), []).append(row)
    events = {
        row["event"]: row["ids"]
        for row in read_lines(data / "news" / "allsides" / "events_auto.jsonl")
        if ("allsides", row["event"]) in wanted
    }
    event_of = {name: event for event, names in events.items() for name in names}
    for row in read_lines(data / "news" / "allsides" / "articles.jsonl.gz"):
        if row["id"] in event_of:
            articles["allsides", event_of[row["id"]]].append(row)
    return {key: dict(_split_all(rows)) for key, rows in articles.items()}


def _split_all(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, tuple[str, str]]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        kept = [{name: row[name] for name in _FIELDS if row.get(name) is not None} for row in rows]
        path.write_text("\n".join(json.dumps(row) for row in kept), encoding="utf-8")
        articles, _ = read_articles([path])
    for article in articles:
        day = article.published.date().isoformat() if article.published else ""
        for claim in split_claims([article]):
            yield hash_text(claim.text), (claim.text, day)


def find_pairs(data: Path, number: int) -> Iterator[dict[str, Any]]:
    """Yield the labelled pairs of a round of reading with their texts, in the order of the labels."""
    labels = read_labels(number)
    folder = data / "news" / "number_pairs"
    numbers = {row["id"]: row for row in read_lines(folder / "unlabelled_differ.jsonl.gz")}
    measured = {row["event"] for row in read_lines(folder / "labelled.dev.jsonl.gz")}
    claims = find_claims(data, {(row["set"], row["event"]) for row in labels if row["set"] != "number_pairs"})
    for row in labels:
        if row["set"] == "number_pairs":
            if (found := numbers.get(row["a"])) is None:
                continue
            texts = found["sentence1"], found["sentence2"]
            days = found["date1"] or "", found["date2"] or ""
        else:
            own = claims[row["set"], row["event"]]
            if row["a"] not in own or row["b"] not in own:
                continue
            (first, first_day), (second, second_day) = own[row["a"]], own[row["b"]]
            texts, days = (first, second), (first_day, second_day)
        held = row["event"] in measured or (number == 1 and is_held_out(row["event"]))
        dates = {"a_date": days[0], "b_date": days[1]} if all(days) else {}
        yield {
            "event": row["event"], "a": texts[0], "b": texts[1], **dates, "relation": row["relation"], "set": row["set"],
            "code": row["code"], "learned": is_taught(row["event"]) and not held,
        }  # fmt: skip


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder that holds news/number_pairs, news/newswcl50 and news/allsides")
    parser.add_argument("out", type=Path, help="the file to write; it holds the texts, so keep it out of the project")
    parser.add_argument(
        "--round", type=int, choices=range(1, 6), default=1, help="the round of reading that it was labelled in"
    )
    options = parser.parse_args()
    pairs = list(find_pairs(options.data, options.round))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text("".join(json.dumps(pair) + "\n" for pair in pairs), encoding="utf-8")
    print(f"{len(pairs)} of {len(read_labels(options.round))} labelled pairs in {options.out}")


if __name__ == "__main__":
    main()
