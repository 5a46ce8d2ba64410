"""Topics as groups of claims -> a label and a few terms for each, in the words of the articles.

A label is a noun phrase that tells the topic apart (class-based tf-idf, Grootendorst 2022) and that several sources
use.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from detector.group.clusters import Rows
from detector.group.phrases import Wording
from detector.group.words import MOST_WORDS, is_count, is_time, split_words

_LENGTH = {1: 0.4, 2: 1.0, 3: 1.0, 4: 0.75, 5: 0.55}
_TERMS = 5
_TOGETHER = 0.9
_STANDING_OUT = 1.25  # a word less frequent than this, against the rest of the story, tells nothing apart


@dataclass(slots=True)
class _Candidate:
    """One thing that a topic could be called: how it is written, by which claims, and what its kind is worth."""

    key: tuple[str, ...]
    head: str
    forms: Counter[str] = field(default_factory=Counter)
    rows: set[int] = field(default_factory=set)
    counted: set[int] = field(default_factory=set)
    worth: float = 1.0


@dataclass(frozen=True, slots=True)
class Label:
    """A topic's label, the lemmas of it, its head's lemma, and the words that tell the topic apart."""

    text: str
    key: frozenset[str]
    head: str
    terms: tuple[str, ...]


def label_topics(
    wording: Wording, topics: Sequence[Rows], taken: Sequence[str], musts: Sequence[str] | None = None
) -> list[Label]:
    """Return a label for each topic; no two labels of a story say nearly the same.

    Args:
        wording: the words of the story's claims.
        topics: rows of each topic, in order of importance.
        taken: labels already given to other topics of the story.
        musts: for each topic a lemma that its label must have.
    """
    total = Counter(lemma for found in wording.lemmas for lemma in found)
    weights = [_weigh_lemmas(wording, rows, total) for rows in topics]
    scored = [
        (_score(candidate, weights[number], wording, rows) * math.log(1 + len(rows)), number, candidate)
        for number, rows in enumerate(topics)
        for candidate in _collect(wording, rows)
        if musts is None or musts[number] in candidate.key
    ]
    scored.sort(key=lambda item: (-round(item[0], 9), item[1], item[2].key))
    used = [wording.find_key(label) for label in taken]
    chosen: dict[int, tuple[str, frozenset[str], str]] = {}
    for _, number, candidate in scored:
        key = frozenset(candidate.key)
        if number in chosen or any(key <= other or other <= key for other in used):
            continue
        chosen[number] = (_add_country(wording, topics[number], candidate), key, candidate.head)
        used.append(key)
    terms = [_list_terms(wording, rows, weight) for rows, weight in zip(topics, weights, strict=True)]
    result = []
    given = {text for text, _, _ in chosen.values()} | set(taken)
    for number, rows in enumerate(topics):
        if number not in chosen:
            text = _fall_back(wording, rows, terms[number], given)
            given.add(text)
            chosen[number] = (text, frozenset(), "")
        text, key, head = chosen[number]
        result.append(Label(text, key, head, terms[number]))
    return result


def _collect(wording: Wording, rows: Rows) -> list[_Candidate]:
    """Gather what the topic's claims offer, variants of one thing together."""
    found: dict[tuple[str, ...], _Candidate] = {}
    for row in rows:
        for offer in wording.list_offers(row):
            candidate = found.setdefault(offer.key, _Candidate(offer.key, offer.head))
            (candidate.counted if offer.counted else candidate.rows).add(row)
            candidate.forms[offer.form] += 1
            candidate.worth = min(candidate.worth, offer.worth)
    return [found[key] for key in sorted(found)]


def _add_country(wording: Wording, rows: Rows, candidate: _Candidate) -> str:
    """Return a one-word label with the country whose thing it is in front ("US backstop"), or as it is.

    The country is one that nearly all claims with the word name, and that is not the whole story's.
    """
    form = _choose_form(candidate)
    if " " in form or candidate.worth < 1.0:
        return form
    using = [row for row in rows if candidate.head in wording.lemmas[row]]
    counts = Counter(code for row in using for code in wording.countries[row])
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        everywhere = sum(code in countries for countries in wording.countries)
        sources = {wording.claims[row].source for row in using if code in wording.countries[row]}
        if len(sources) > 1 and count >= _TOGETHER * len(using) and 2 * everywhere <= len(wording.claims):
            return f"{wording.name_country(code, rows)} {form}".strip()
    return form


def _choose_form(candidate: _Candidate) -> str:
    """Return the commonest way of writing it; a thing counted by two claims or more is a number."""
    counted = len(candidate.counted) > 1
    forms = {form: count for form, count in candidate.forms.items() if form.startswith("number of ") == counted}
    return min(forms or candidate.forms, key=lambda form: (-candidate.forms[form], -len(form), form.lower(), form))


def _weigh_lemmas(wording: Wording, rows: Rows, total: Counter[str]) -> dict[str, float]:
    """Return for each lemma of a topic how well it tells the topic from the rest of the story."""
    n, size = len(wording.claims), len(rows)
    inside = Counter(lemma for row in rows for lemma in wording.lemmas[row])
    weights = {}
    for lemma, count in inside.items():
        here, there = count / size, (total[lemma] - count + 1) / (n - size + 2)
        if here >= _STANDING_OUT * there:
            weights[lemma] = here * math.log(1 + here / there)
    return weights


def _score(candidate: _Candidate, weights: dict[str, float], wording: Wording, rows: Rows) -> float:
    """Return how good a label is: distinct, shared by sources, two or three words long, and no bare name."""
    key = set(candidate.key)
    source = [wording.claims[row].source for row in rows]
    heads = {s for s, row in zip(source, rows, strict=True) if candidate.head in wording.lemmas[row]}
    whole = {s for s, row in zip(source, rows, strict=True) if key <= wording.lemmas[row]}
    gain = sum(weights.get(lemma, 0.0) for lemma in sorted(key)) / math.sqrt(len(key))
    form = _choose_form(candidate)
    length = _LENGTH.get(len(form.split()), _LENGTH[MOST_WORDS])
    total = len(set(source))
    share = len(heads) / total * math.sqrt(len(whole) / total)
    return gain * share * length * candidate.worth


def _list_terms(wording: Wording, rows: Rows, weights: dict[str, float]) -> tuple[str, ...]:
    """Return up to five nouns and names that tell the topic apart, best first."""
    nouns = {noun for row in rows for noun in wording.nouns[row]}
    good = [w for w in nouns if w in weights and len(w) > 1 and not is_count(w) and not is_time(w) and w[0].isalnum()]
    return tuple(sorted(good, key=lambda lemma: (-round(weights[lemma], 9), lemma))[:_TERMS])


def _fall_back(wording: Wording, rows: Rows, terms: tuple[str, ...], given: set[str]) -> str:
    """Return a label where no phrase is left: terms, or the opening words of a claim."""
    options = [" ".join(terms[:k]) for k in (2, 3, 1, 4)] if terms else []
    for row in rows:
        words = split_words(wording.claims[row].text)
        options += [" ".join(words[start : start + MOST_WORDS]) for start in range(max(1, len(words) - MOST_WORDS + 1))]
    return next((option for option in options if option and option not in given), f"topic {len(given) + 1}")
