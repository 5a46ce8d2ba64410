"""The claims of one story and their matrix -> Topics with labels: an editor's own first, then those that are there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from detector.errors import DetectorError
from detector.group.closeness import COPY, WORDS, measure_closeness
from detector.group.clusters import (
    ALIKE,
    FITTING,
    FLOOR,
    NEARLY,
    Rows,
    find_clusters,
    join_second,
    limit_size,
    merge_lone_sources,
)
from detector.group.fitting import Embed, fit_topics
from detector.group.labels import Label, label_topics
from detector.group.named import OwnTopic, fill_named
from detector.group.naming import choose_least, merge_unnamed
from detector.group.phrases import Wording
from detector.group.subjects import name_subjects
from detector.group.threads import find_threads
from detector.group.words import COMMON
from detector.records import Claim, Story, Topic

Matrix = NDArray[np.float32]

_OWN_WORD = 0.4  # a claim with a label's own word joins the topic at this share of the closeness usual in it
_COMMON = 6  # ... unless the word is in more than one claim in six

GROUPING = {
    "closeness_floor": FLOOR,
    "near_copy": COPY,
    "own_word": _OWN_WORD,
    "same_topic": ALIKE,
    "second_topic": NEARLY,
    "topic_fit": FITTING,
    "word_share": WORDS,
}
"""What is the same in every story, as the report states it; what is chosen from a story's claims is the story's `grouping`."""


def group_claims(
    story: Story,
    claims: Sequence[Claim],
    vectors: Matrix,
    *,
    named: Sequence[OwnTopic] = (),
    embed: Embed | None = None,
) -> tuple[Topic, ...]:
    """Return the topics alone: see `group_story`."""
    return group_story(story, claims, vectors, named=named, embed=embed)[0]


def group_story(
    story: Story,
    claims: Sequence[Claim],
    vectors: Matrix,
    *,
    named: Sequence[OwnTopic] = (),
    embed: Embed | None = None,
) -> tuple[tuple[Topic, ...], dict[str, float] | None]:
    """Group the claims of one story by subject.

    Claims of other stories and claims with `left_out` set are passed over. A claim that fits nowhere is in no topic.

    Args:
        story: the story.
        claims: its n claims, in any order.
        vectors: (n, d), unit-length rows; row i is claim i.
        named: an editor's own topics, measured for these claims. They are filled first; a claim may be in several, and
            is then in no other topic.
        embed: texts -> (len(texts), d), by the model that made the vectors. With it a label is held against what its topic's
            claims mean, and a topic that none fits is left out; without it labels rest on words alone.

    Returns:
        Named topics first, then the others, each kind by number of sources, then of claims. No topic has one claim
        alone, unless it is named; `claim_ids` are sorted, `strength` runs beside them. With them what was chosen from the
        claims, or None where fewer than two are left to be grouped.

    Raises:
        DetectorError: claims and vectors are not equally many, or a topic was measured for other claims.
    """
    if len(claims) != len(vectors):
        raise DetectorError(
            f"{len(claims)} claims but {len(vectors)} vectors; embed each claim once, in the same order"
        )
    use = choose_claims(story, claims)
    if not use:
        return (), None
    kept = [claims[i] for i in use]
    rows = np.ascontiguousarray(np.asarray(vectors, dtype=np.float32)[use])
    wording = Wording(kept)
    filled = fill_named(wording, named, use)
    taken = {row for members in filled.values() for row in members}
    free = np.array([row for row in range(len(kept)) if row not in taken], dtype=np.intp)
    topics = [make_topic(story, kept, name, (), members, named=True) for name, members in filled.items()]
    close = measure_closeness(kept, rows)
    if taken:
        wording, close, rows = Wording([kept[row] for row in free]), close[np.ix_(free, free)], rows[free]
    found, grouping = _discover(story, wording, close, list(filled), rows, embed)
    sources = {claim.id: claim.source for claim in kept}
    return tuple(sorted([*topics, *found], key=lambda topic: _rank(topic, sources))), grouping


def choose_claims(story: Story, claims: Sequence[Claim]) -> list[int]:
    """Return the places of the story's claims that are grouped, in order of id, so that the input's order is of no account."""
    inside = set(story.article_ids)
    use = [i for i, claim in enumerate(claims) if claim.left_out is None and claim.article_id in inside]
    return sorted(use, key=lambda i: claims[i].id)


def _discover(
    story: Story, wording: Wording, close: Matrix, taken: Sequence[str], vectors: Matrix, embed: Embed | None
) -> tuple[list[Topic], dict[str, float] | None]:
    """Return the topics that the claims themselves make, and what was chosen from the claims."""
    claims = wording.claims
    n = len(claims)
    if n < 2:
        return [], None
    found = find_clusters(close)
    groups, labels = _name_groups(wording, close, found.groups, taken)
    threads = find_threads(wording, close, groups)
    given = [*taken, *(label.text for label in labels)]
    extra = label_topics(wording, [thread.rows for thread in threads], given, [thread.lemma for thread in threads])
    for thread, label in zip(threads, extra, strict=True):
        if label.key:  # a thread that no phrase names is none
            groups.append(thread.rows)
            labels.append(label)
    topics = []
    labels = name_subjects(wording, groups, labels, taken)
    if embed is not None and groups:
        groups, labels = fit_topics(wording, vectors, close, groups, labels, taken, embed, choose_least(n))
    for group, label in zip(groups, labels, strict=True):
        strength = dict(zip(group.tolist(), _measure_strength(close, group), strict=True))
        topics.append(make_topic(story, claims, label.text, label.terms, strength))
    grouping = {
        "claims": n,
        "clusters": found.chosen,
        "fewest": found.fewest,
        "most": found.most,
        "silhouette": round(found.silhouette, 4),
        "smallest": choose_least(n),
        "largest": limit_size(n),
    }
    return topics, grouping


def _name_groups(
    wording: Wording, close: Matrix, clusters: list[Rows], taken: Sequence[str]
) -> tuple[list[Rows], list[Label]]:
    """Return the clusters and their labels. Each is named by its core, before other claims that fit join it."""
    sources = [claim.source for claim in wording.claims]
    parts = merge_unnamed(wording, close, merge_lone_sources(close, clusters, sources), taken)
    cores = [part for part in parts if len(part) > 1]
    cores.sort(key=lambda core: (-len({sources[row] for row in core}), -len(core), int(core[0])))
    labels = label_topics(wording, cores, taken)
    if any(label.key for label in labels):
        named = [i for i, label in enumerate(labels) if label.key]
        cores, labels = [cores[i] for i in named], [labels[i] for i in named]
    groups: list[Rows] = []
    names: list[Label] = []
    held = np.zeros((len(cores), len(close)), dtype=bool)
    for group, label in zip(join_second(close, cores), labels, strict=True):
        grown = _add_own_word(wording, close, group, label)
        twins = np.flatnonzero(held[:, grown].mean(axis=1) >= ALIKE)
        if len(twins):
            groups[twins[0]] = np.union1d(groups[twins[0]], grown)
            held[twins[0], grown] = True
        else:
            held[len(groups), grown] = True
            groups.append(grown)
            names.append(label)
    return groups, names


def _add_own_word(wording: Wording, close: Matrix, group: Rows, label: Label) -> Rows:
    """Return the group with the claims that have the label's main word and fit the group at least loosely."""
    own = {label.head} if label.head not in COMMON else label.key
    rows = np.array(sorted(wording.find_rows(own) if label.head else ()), dtype=np.intp)
    if len(rows) * _COMMON > len(close):
        return group
    usual = float(np.mean(_measure_strength(close, group)))
    extra = [row for row in np.setdiff1d(rows, group) if close[row, group].mean() >= _OWN_WORD * usual]
    return np.union1d(group, np.array(extra, dtype=np.intp))


def _measure_strength(close: Matrix, group: Rows) -> list[float]:
    """Return the mean closeness of each member to the others, in 0..1."""
    part = close[np.ix_(group, group)]
    mean = (part.sum(axis=1) - part.diagonal()) / max(1, len(group) - 1)
    return [float(value) for value in np.clip(mean, 0.0, 1.0)]


def make_topic(
    story: Story,
    claims: Sequence[Claim],
    label: str,
    terms: tuple[str, ...],
    members: Mapping[int, float],
    *,
    named: bool = False,
) -> Topic:
    """Build the record; its id rests on the story, the label and the claims."""
    order = sorted(members, key=lambda row: claims[row].id)
    ids = tuple(claims[row].id for row in order)
    digest = hashlib.sha256("\n".join([story.id, label, str(named), *ids]).encode()).hexdigest()[:12]
    strength = tuple(round(members[row], 4) for row in order)
    return Topic(f"topic-{digest}", story.id, label, terms, ids, named, strength)


def _rank(topic: Topic, sources: Mapping[str, str]) -> tuple[bool, int, int, str]:
    """Return the sort key: named, sources, claims, label."""
    speaking = {sources[one] for one in topic.claim_ids}
    return not topic.named, -len(speaking), -len(topic.claim_ids), topic.label
