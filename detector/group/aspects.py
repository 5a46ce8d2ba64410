"""The topics of a long story -> two levels: aspects, each with the topics that are its facts; and their order."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detector.group.closeness import unit_rows, weigh_terms
from detector.group.clusters import split_in_two
from detector.group.fitting import Embed, fit_labels
from detector.group.labels import Label, Name, Option, are_alike, list_options, list_terms
from detector.group.phrases import Wording
from detector.group.subjects import name_subject
from detector.group.topics import choose_claims, make_topic
from detector.records import Claim, Finding, Relation, Story, Topic

Matrix = NDArray[np.float32]

_LONG = 12  # topics that an editor still takes in as one list
_SIZE = 1.5  # an aspect has at most this many times the square root of the number of topics
_CONFLICT = 2  # a difference counts as its two claims do, once more


def add_aspects(
    story: Story, claims: Sequence[Claim], vectors: Matrix, topics: Sequence[Topic], embed: Embed | None = None
) -> tuple[Topic, ...]:
    """Return the topics with aspects over those that go together, if they are more than an editor takes in at once.

    An aspect is a branch of the topics' tree that a phrase names and no topic has for its label; its claims are those
    of its topics. A topic without an aspect stays as it is, and so do an editor's own.

    Args:
        story: the story.
        claims: its n claims.
        vectors: (n, d), unit-length rows; row i is claim i.
        topics: the story's topics, one level.
        embed: texts -> (len(texts), d), by the model that made the vectors; with it labels are held against what the claims mean.
    """
    found = sorted((topic for topic in topics if not topic.named), key=lambda topic: topic.id)
    if len(found) <= _LONG:
        return tuple(topics)
    use = choose_claims(story, claims)
    kept = [claims[i] for i in use]
    place = {claim.id: row for row, claim in enumerate(kept)}
    rows = [np.array([place[one] for one in topic.claim_ids], dtype=np.intp) for topic in found]
    close = _measure_topics(kept, np.asarray(vectors, dtype=np.float32)[use], rows)
    wording = Wording(kept)
    taken = [wording.find_name(topic.label) for topic in topics]
    most = max(3, round(_SIZE * math.sqrt(len(found))))
    branches = _find_branches(wording, close, rows, np.arange(len(found)), most, taken)
    strengths: list[dict[int, float]] = []
    for branch, _ in branches:
        strengths.append({})
        for i in branch:
            for row, value in zip(rows[i].tolist(), found[i].strength, strict=True):
                strengths[-1][row] = max(value, strengths[-1].get(row, 0.0))
    unions = [np.array(sorted(strength), dtype=np.intp) for strength in strengths]
    labels = []
    for (_, option), union in zip(branches, unions, strict=True):
        others = [name for name in taken if name != option.name]
        plain = Label(option.text, option.key, option.head, list_terms(wording, union, option.key))
        labels.append(name_subject(wording, union, plain, others))
    if embed is not None and labels:
        part = np.asarray(vectors, dtype=np.float32)[use]
        labels = fit_labels(wording, part, unions, labels, [topic.label for topic in topics], embed)
    aspects = [
        make_topic(story, kept, label.text, label.terms, strength)
        for label, strength in zip(labels, strengths, strict=True)
    ]
    parents = {found[i].id: aspect.id for (branch, _), aspect in zip(branches, aspects, strict=True) for i in branch}
    return (*(replace(topic, parent=parents.get(topic.id, "")) for topic in topics), *aspects)


def order_topics(
    topics: Sequence[Topic], claims: Sequence[Claim], findings: Sequence[Finding] = ()
) -> tuple[Topic, ...]:
    """Return the topics in order of importance, each aspect followed by its parts.

    An editor's own topics come first; then counts how many sources speak to a topic, then how many claims it has and
    how many differences were found in it.

    Args:
        topics: the topics of one story.
        claims: the story's claims.
        findings: those that are shown.
    """
    source = {claim.id: claim.source for claim in claims}
    conflicts = Counter(finding.topic_id for finding in findings if finding.relation is Relation.DIFFER)
    for topic in topics:
        if topic.parent:
            conflicts[topic.parent] += conflicts[topic.id]

    def rank(topic: Topic) -> tuple[bool, int, int, str, str]:
        sources = len({source[one] for one in topic.claim_ids})
        return (
            not topic.named,
            -sources,
            -len(topic.claim_ids) - _CONFLICT * conflicts[topic.id],
            topic.label,
            topic.id,
        )

    parts: dict[str, list[Topic]] = {}
    for topic in sorted(topics, key=rank):
        parts.setdefault(topic.parent, []).append(topic)
    return tuple(one for topic in parts.get("", ()) for one in (topic, *parts.get(topic.id, ())))


def _measure_topics(claims: Sequence[Claim], vectors: Matrix, rows: Sequence[NDArray[np.intp]]) -> Matrix:
    """Return a (k, k) matrix of how close the topics are: the mean of content and words, the story's own taken out."""
    centred = unit_rows(vectors - vectors.mean(axis=0))
    words = weigh_terms(claims)
    content = unit_rows(np.array([centred[part].mean(axis=0) for part in rows], dtype=np.float32))
    shared = unit_rows(np.vstack([np.asarray(words[part].mean(axis=0), dtype=np.float32) for part in rows]))
    close: Matrix = ((content @ content.T + shared @ shared.T) / 2).astype(np.float32)
    np.fill_diagonal(close, 1.0)
    return close


def _find_branches(
    wording: Wording,
    close: Matrix,
    rows: Sequence[NDArray[np.intp]],
    branch: NDArray[np.intp],
    most: int,
    taken: list[Name],
) -> list[tuple[list[int], Option]]:
    """Return the largest branches of the topics' tree that a phrase names, which is then `taken`, with their names."""
    if len(branch) < 2:
        return []
    if len(branch) <= most:
        options = list_options(wording, np.unique(np.concatenate([rows[i] for i in branch])))
        free = [option for option in options if not any(are_alike(option.name, name) for name in taken)]
        if free:
            taken.append(free[0].name)
            return [(branch.tolist(), free[0])]
    halves = split_in_two(close[np.ix_(branch, branch)])
    pieces = [branch[halves == half] for half in np.unique(halves)]
    if len(pieces) < 2:
        return []
    return [found for piece in pieces for found in _find_branches(wording, close, rows, piece, most, taken)]
