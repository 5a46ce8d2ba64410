"""One topic -> what it could be called: its label as it is, phrases that its claims share, clauses of its claims."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detector.group.clusters import Rows
from detector.group.headlines import list_clauses, list_joined
from detector.group.labels import Candidate, Label, Name, choose_form, collect_candidates, measure_rates
from detector.group.phrases import PERSONS, Wording
from detector.group.words import split_words

_LEAST_WORTH = 0.2
# What the kind of a label is worth beside others, in the log-odds of `fitting`.
_CLAUSE, _PASSIVE = 0.4, 0.0  # it says what happens,
_LINKED = 0.25  # is two phrases that a preposition joins,
_SHARED = 0.3  # a phrase that several sources have,
_LENGTH = {1: -0.6, 2: -0.4, 3: 0.0}  # so many words,
_LONG = 0.4  # more of them,
_JOINED = -0.4  # two things with a colon,
_COUNT = -0.8  # a number of things,
_ROLE = -0.4  # a role, a vague or broad noun,
_NAME, _BODY = -1.5, -0.6  # the bare name of a person, or of something else


@dataclass(frozen=True, slots=True)
class Offered:
    """A text that could be a topic's label, the lemmas of it, its head's lemma, and what its kind is worth."""

    text: str
    key: frozenset[str]
    head: str
    worth: float

    @property
    def name(self) -> Name:
        """Its lemmas and its head."""
        return self.key, self.head


def gather_offers(
    wording: Wording, rows: Rows, label: Label | None, told: Iterable[Offered], most: int
) -> list[Offered]:
    """Return what a topic could be called, at most so much: the label that it has, if any, then those whose words tell it apart.

    Args:
        wording: the words of the story's claims.
        rows: those of the topic.
        label: the one that the topic has, if any.
        told: what the topic's central claims say, from `list_told`; a side remark may not name it.
        most: offers.
    """
    candidates = [(choose_form(one), one) for one in collect_candidates(wording, rows)]
    low = {form: _weigh_kind(one) for form, one in candidates}
    found: dict[str, Offered] = {}
    if label is not None:
        kind = _NAME if " and " in label.text else low.get(label.text, 0.0)
        found[label.text] = Offered(label.text, label.key, label.head, kind + _weigh_text(label.text))
    sources = {wording.claims[row].source for row in rows.tolist()}
    for form, one in candidates:
        if _may_name(form, one):
            users = {wording.claims[row].source for row in one.rows}
            shared = _SHARED if len(users) >= min(2, len(sources)) else 0.0
            worth = shared + low[form] + _weigh_text(form)
            found.setdefault(form, Offered(form, frozenset(one.key), one.head, worth))
    for said in told:
        found.setdefault(said.text, said)
    gains = _measure_gains(wording, rows)

    def rank(one: Offered) -> tuple[bool, float, str]:
        gain = sum(gains.get(lemma, 0.0) for lemma in sorted(one.key)) / math.sqrt(1 + len(one.key))
        return label is None or one.text != label.text, -round(gain, 9), one.text

    return sorted(found.values(), key=rank)[:most]


def list_told(wording: Wording, row: int) -> Iterator[Offered]:
    """Yield the clauses of a claim, and the phrases that a preposition joins in it, as labels."""
    claim = wording.claims[row]
    clauses = [(0, _PASSIVE if passive else _CLAUSE, text) for text, passive in list_clauses(claim)]
    for many, worth, text in [*clauses, *((many, _LINKED, text) for many, text in list_joined(claim))]:
        words = text.split()
        written = " ".join([wording.write_inside(row, *words[:2]), *words[1:]])
        head = wording.find_name(" ".join(words[: many or len(words)]))[1]
        yield Offered(written, wording.find_content(written), head, worth + _weigh_text(written))


def _may_name(form: str, one: Candidate) -> bool:
    """Whether a phrase can be a label: several claims have it, or it is narrowed down by a second word."""
    narrow = one.worth >= 1.0 and " " in form
    return one.worth >= _LEAST_WORTH and (narrow or len(one.rows) > 1)


def _weigh_kind(one: Candidate) -> float:
    """Return what it costs that a phrase is a bare name, a role, or a noun that says little."""
    if one.worth >= 1.0:
        return 0.0
    if one.named:
        return _NAME if one.worth in PERSONS else _BODY
    return _ROLE


def _weigh_text(text: str) -> float:
    """Return what the shape of a label is worth."""
    length = _LENGTH.get(len(split_words(text)), _LONG)
    return length + (_JOINED if ":" in text else 0.0) + (_COUNT if text.startswith("number of ") else 0.0)


def _measure_gains(wording: Wording, rows: Rows) -> dict[str, float]:
    """Return how well each lemma of the topic's claims tells it apart."""
    inside, n = frozenset(rows.tolist()), len(wording.claims)
    result = {}
    for lemma in sorted(set().union(*(wording.lemmas[row] for row in inside))):
        here, there = measure_rates(wording.find_rows((lemma,)), inside, n)
        result[lemma] = here * math.log(1 + here / there)
    return result
