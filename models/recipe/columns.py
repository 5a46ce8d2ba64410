"""The columns of the results table: which pairs are scored, and what is right."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from finish_mix import BETWEEN, Judged, read_news, read_written
from rules import CONFLICT, ENTAILED, PARAPHRASE, SAME_ANSWER, WITHOUT_NEUTRAL, Rule
from sets import LABELS, SPLIT_SET, Row, is_held_back, read_lines, read_set

LINGNLI = ("lingnli_baseline.dev", "lingnli_ling_in_loop.dev", "lingnli_ling_on_side.dev")
LEAD_SENTENCES = 3
SEED = 0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column:
    """One set of pairs to measure on; `rule` is None where the likeliest of three classes is the decision."""

    name: str
    pairs: tuple[tuple[str, str], ...]
    gold: tuple[str, ...]
    rule: Rule | None = None
    news: bool = False

    @property
    def classes(self) -> tuple[str, ...]:
        """The gold classes, in a fixed order."""
        return LABELS if self.rule is None else self.rule.classes

    @property
    def texts(self) -> list[tuple[str, str]]:
        """The (premise, hypothesis) pairs to score; for two directions all pairs, then all of them exchanged."""
        backward = [(b, a) for a, b in self.pairs] if self.rule and self.rule.directions > 1 else []
        return [*self.pairs, *backward]

    @property
    def digest(self) -> str:
        """A hash of the texts, by which stored scores are known to be of this column."""
        return hashlib.sha256("\0".join(f"{a}\n{b}" for a, b in self.texts).encode()).hexdigest()

    def find_scores(self, probabilities: np.ndarray) -> np.ndarray:
        """Return the n scores of a column with two classes, from the (n or 2n, 3) probabilities of `texts`."""
        assert self.rule is not None
        return self.rule.score(probabilities.reshape(self.rule.directions, -1, len(LABELS)))

    def decide(self, probabilities: np.ndarray) -> np.ndarray:
        """Return the n decisions, as places in `classes`, from the (n or 2n, 3) probabilities of `texts`."""
        if self.rule is None:
            return np.asarray(probabilities.argmax(axis=1))
        return np.where(self.find_scores(probabilities) >= 0.5, 0, 1)


def read_columns(data: Path, work: Path) -> list[Column]:
    """Return every column of the table, in the table's order; the seeded caps keep a CPU's time bearable."""
    return [
        *read_nli_columns(data),
        *read_own_columns(work),
        _read_number_pairs(data),
        _read_nanco(data),
        _read_msrp(data),
        _read_fnc1(data, 600),
    ]


def read_nli_columns(data: Path) -> list[Column]:
    """Return the columns that come from labelled NLI sets under `data`/nli."""

    def read(name: str) -> list[Row]:
        return read_set(data, name)

    held_back = [row for row in read(SPLIT_SET) if is_held_back(row.premise)]
    return [
        _make_column("mnli_half.dev", _sample(read("mnli_half.dev"), 3000)),
        _make_column("vania_base_news held back", held_back, news=True),
        _make_column("fever_symmetric.dev", read("fever_symmetric.dev"), WITHOUT_NEUTRAL),
        _make_column("cad_nli.dev", read("cad_nli.dev")),
        _make_column("lingnli dev (three)", _sample([row for name in LINGNLI for row in read(name)], 1500)),
        _make_column("scitail.dev", _sample(read("scitail.dev"), 1000), ENTAILED),
        _make_column("anli_r3.dev", read("anli_r3.dev")),
        _make_column("conjnli.dev", read("conjnli.dev")),
        _make_column("nan_nli", read("nan_nli.test")),
        _make_column("fracas", read("fracas.test")),
        _make_column("stresstest_numeric", _sample(read("equate_stresstest_numeric.test"), 900)),
    ]


def read_own_columns(work: Path) -> list[Column]:
    """Return what was written and read for this project, of the events that are kept out of training, in both directions."""
    own = (("written, held back", read_written()), ("read news pairs, held back", read_news(work)))
    return [_zip_column(name, list(_list_directions(pairs)), None, news=False) for name, pairs in own if pairs]


def _list_directions(pairs: Iterable[Judged]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield both directions of the measured pairs that have one of the three labels."""
    for pair in pairs:
        if pair.is_measured and pair.code not in BETWEEN:
            yield (pair.first, pair.second), pair.find_label(0)
            yield (pair.second, pair.first), pair.find_label(1)


def _make_column(name: str, rows: Iterable[Row], rule: Rule | None = None, news: bool = False) -> Column:
    """Return a column of labelled rows."""
    return _zip_column(name, [((row.premise, row.hypothesis), row.label) for row in rows], rule, news)


def _zip_column(name: str, items: list[tuple[tuple[str, str], str]], rule: Rule | None, news: bool = True) -> Column:
    """Return a column of ((premise, hypothesis), gold) items."""
    return Column(name, tuple(pair for pair, _ in items), tuple(gold for _, gold in items), rule, news)


def _read_number_pairs(data: Path) -> Column:
    """Sentences of two articles on one event whose numbers differ; broken or unclear ones left out."""
    gold = {"conflict": "contradiction"} | dict.fromkeys(
        ("development", "compatible", "different_quantity"), "not_contradiction"
    )
    rows = read_lines(data / "news" / "number_pairs" / "labelled.dev.jsonl.gz")
    items = [((o["sentence1"], o["sentence2"]), gold[o["label"]]) for o in rows if o["label"] in gold]
    return _zip_column("number_pairs dev", items, CONFLICT)


def _read_nanco(data: Path) -> Column:
    """Answers of two outlets to one question; an answer is a fragment, so the question goes with it."""

    def make_pair(o: dict[str, Any]) -> tuple[str, str]:
        return f"{o['question']} {o['answer1']}", f"{o['question']} {o['answer2']}"

    rows = read_lines(data / "news" / "nanco" / "pairs.dev.jsonl.gz")
    return _zip_column("nanco dev", _sample([(make_pair(o), o["label"]) for o in rows], 800), SAME_ANSWER)


def _read_msrp(data: Path) -> Column:
    """News sentences that say the same, or nearly."""
    rows = read_lines(data / "news" / "msrp" / "test.jsonl.gz")
    items = [((o["sentence1"], o["sentence2"]), PARAPHRASE.classes[0 if o["paraphrase"] else 1]) for o in rows]
    return _zip_column("msrp test", _sample(items, 800), PARAPHRASE)


def _read_fnc1(data: Path, most: int) -> Column:
    """Headlines (hypotheses) against the first sentences of an article that agrees or disagrees with them."""
    folder = data / "news" / "fnc1"
    leads = {o["body_id"]: take_lead(o["text"]) for o in read_lines(folder / "bodies.test.jsonl.gz")}
    gold = {"agree": "entailment", "disagree": "contradiction"}
    rows = [o for o in read_lines(folder / "pairs.test.jsonl.gz") if o["stance"] in gold]
    items = [((leads[o["body_id"]], o["headline"]), gold[o["stance"]]) for o in rows]
    return _zip_column("fnc1 test agree/disagree", _sample(items, most), WITHOUT_NEUTRAL)


def take_lead(text: str) -> str:
    """Return the first sentences of an article, split at stops and line ends."""
    sentences = re.split(r"(?<=[.!?])[\"'”’]?\s+|\n+", text.strip())
    return " ".join(" ".join(part.split()) for part in sentences[:LEAD_SENTENCES])


def _sample(items: list[T], most: int) -> list[T]:
    """Return all items, or a seeded choice of `most` of them."""
    return items if len(items) <= most else random.Random(SEED).sample(items, most)  # noqa: S311
