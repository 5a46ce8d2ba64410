"""A label that says only who acts, or is as wide as its story -> one that says what of it ("Pompeo's trip").

An editor would not file claims under a bare name: the label takes up what most sets these claims apart beside it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from detector.group.clusters import Rows
from detector.group.labels import (
    OWN,
    STANDING_OUT,
    Candidate,
    Label,
    Name,
    Whole,
    are_alike,
    choose_form,
    collect_candidates,
    list_terms,
    measure_rates,
    weigh_length,
    weigh_sources,
)
from detector.group.phrases import PERSONS, Wording
from detector.group.words import BROAD, MEDIA, MOST_WORDS, ROLES, VAGUE, fold, split_words

_BODIES = {"camp", "campaign", "party", "team"}  # with a name in front they act as that somebody does
_SPOKEN = 0.6  # a vague noun says enough in a topic where so many claims have its phrase
_REACH = 0.15  # the share of a topic's claims that speak of what is added
_LEAST = 0.2  # what is added tells the topic apart at least so well
# What a word of little meaning is worth beside a label that it narrows down; as a label of its own it is worth less.
_BROAD_WORTH, _VAGUE_WORTH = 0.4, 0.3
_VAGUE_REACH = 0.5  # ... a vague one only if so many of the claims have it
_NAME = 0.8  # a second name tells less than a subject
_LEAST_NAME = 0.3  # a place or a country tells nothing


def name_subjects(
    wording: Wording, groups: Sequence[Rows], labels: Sequence[Label], taken: Sequence[str] = ()
) -> list[Label]:
    """Return the labels, those that say only who acts or are too wide with what it is about.

    Args:
        wording: the words of the story's claims.
        groups: rows of each topic.
        labels: one for each topic.
        taken: labels of other topics of the story; none that is made here says nearly the same.
    """
    names = [wording.find_name(text) for text in [*(label.text for label in labels), *taken]]
    result = list(labels)
    for number, (group, label) in enumerate(zip(groups, labels, strict=True)):
        others = [name for i, name in enumerate(names) if i != number]
        result[number] = name_subject(wording, group, label, others)
        names[number] = wording.find_name(result[number].text)
    return result


def name_subject(wording: Wording, rows: Rows, label: Label, others: Sequence[Name]) -> Label:
    """Return a label of a topic that says what it is about, as it is where it does or where nothing better is found."""
    candidates = collect_candidates(wording, rows)
    own = next((one for one in candidates if frozenset(one.key) == label.key and one.head == label.head), None)
    topic = Whole.of(wording, rows)
    if own is None or not _says_little(label.text, own, topic):
        return label
    scored = [(_score_addition(one, own, topic), one) for one in candidates]
    scored.sort(key=lambda item: (-round(item[0], 9), item[1].key, item[1].counted))
    for score, one in scored:
        if score < _LEAST:
            break
        text = _join_texts(label.text, own, one)
        if len(set(map(fold, split_words(text)))) < len(text.split()):
            continue  # a word twice: the same name in another form
        name = wording.find_name(text)
        if len(text.split()) <= MOST_WORDS and not any(are_alike(name, other) for other in others):
            key = label.key | set(one.key)
            return replace(label, text=text, key=key, terms=list_terms(wording, rows, key))
    return label


def _says_little(text: str, own: Candidate, topic: Whole) -> bool:
    """Whether a label is a bare name, somebody who acts, a vague noun of few of the claims, or one word."""
    if own.counted:
        return False
    if own.named:
        return own.worth < 1.0
    if _is_acting(own):
        return True
    if own.head in VAGUE:
        return len(topic.wording.find_rows(own.key) & topic.inside) < _SPOKEN * len(topic.inside)
    return len(own.key) == 1 and " " not in text


def _is_acting(own: Candidate) -> bool:
    """Whether a label is a role, or a body with the name of whose it is ("Healey's campaign")."""
    named = any(word[0].isupper() for word in choose_form(own).split())
    return not own.named and (own.head in ROLES or (own.head in _BODIES and named))


def _score_addition(one: Candidate, own: Candidate, topic: Whole) -> float:
    """Return how well something tells the topic apart beside its label, 0 where it cannot stand beside it."""
    key, wide = set(one.key), set(own.key)
    if one.counted or not (key.isdisjoint(wide) or key > wide):
        return 0.0
    wording, n = topic.wording, len(topic.wording.claims)
    having = wording.find_rows(one.key)
    whole = having & topic.inside
    if len(whole) < max(2, math.ceil(_REACH * len(topic.inside))) or (one.named and len(having) > OWN * n):
        return 0.0
    here, there = measure_rates(having, topic.inside, n)
    if here < STANDING_OUT * there:
        return 0.0
    told = weigh_sources(len({wording.claims[row].source for row in whole}), len(topic.sources))
    gain = here * math.log(1 + here / there) * told * weigh_length(one)
    return gain * _weigh_addition(one, own, here)


def _weigh_addition(one: Candidate, own: Candidate, reach: float) -> float:
    """Return what the kind of an addition is worth: the label gives a broad or vague noun what it lacks, a role not.

    Beside a role a name says only who has it, or misleads; beside a noun only a person's tells whose it is; a vague noun that has
    other words before it needs such a name.
    """
    if fold(choose_form(one).split()[-1]) in MEDIA or (one.head in ROLES and not one.named):
        return 0.0
    longer = set(one.key) > set(own.key)
    if one.named:
        plain = one.worth < _LEAST_NAME or (not longer and (_is_acting(own) or not (own.named or one.worth in PERSONS)))
        return 0.0 if plain else one.worth if one.worth == 1.0 else _NAME * one.worth
    if not own.named and own.head in VAGUE and len(own.key) > 1 and not longer:
        return 0.0
    if len(one.key) == 1 and one.head in VAGUE:
        return _VAGUE_WORTH if reach >= _VAGUE_REACH else 0.0
    return max(one.worth, _BROAD_WORTH) if one.head in BROAD else one.worth


def _join_texts(label: str, own: Candidate, one: Candidate) -> str:
    """Return both as one label: the longer phrase where it has the label in it, a name in front, two names as equals."""
    form = choose_form(one)
    if set(one.key) > set(own.key):
        return form
    if own.named and one.named:
        return f"{label} and {form}"
    return f"{form}: {label}" if one.named else f"{label}: {form}"
