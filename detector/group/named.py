"""An editor's own topics: which claims belong to each, by content, by noun phrases and by words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.errors import DetectorError
from detector.group.phrases import Wording
from detector.group.words import fold, split_words
from detector.records import Claim

Matrix = NDArray[np.float32]
Rows = NDArray[np.intp]
Embed = Callable[[Sequence[str]], Matrix]

# Chosen on the ten topics of tests/data/own_topics.toml that are for choosing, and reported on the six others.
_WORDS = 0.3  # what having all words of the name, or of one term, weighs beside a cosine
_CHANCE = 0.2  # a topic takes claims as long as at most this share of them would stand out by chance
_CERTAIN = 1.4  # claims that reach this score are on the topic 98 times in 100, however many they are
_RARELY = 0.0025  # ... and count as being there by chance at most so often
_THERE = 1.2  # where not even the two claims closest to a name reach this on average, the story does not speak of it
_FEW = 5  # with fewer claims than this, their spread says nothing
_EMPTY = frozenset(
    "a about after against an and as at between by for from in into of on or over that the to with".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """A topic that an editor asks for.

    Attributes:
        texts: its name, then the terms that describe it.
        vectors: (k + e, d), unit-length rows for the k texts, then for e example sentences.
    """

    texts: tuple[str, ...]
    vectors: Matrix


@dataclass(frozen=True, slots=True, eq=False)
class OwnTopic:
    """A topic that an editor asks for, and the claims of one story.

    Attributes:
        texts: its name, then the terms that describe it.
        closeness: (n,), how close claim i is in content, at most 2: the cosines of the claim and of its closest noun phrases.
    """

    texts: tuple[str, ...]
    closeness: Matrix


def embed_wishes(
    topics: Mapping[str, Sequence[str]], examples: Mapping[str, Sequence[str]], embed: Embed
) -> tuple[Wish, ...]:
    """Embed topics, name -> terms, with their examples, name -> sentences; once a run, and in order of name."""
    wishes = []
    for name in sorted(topics):
        texts = tuple(dict.fromkeys((name, *topics[name])))
        wishes.append(Wish(texts, embed([*texts, *examples.get(name, ())])))
    return tuple(wishes)


def measure_wishes(
    wishes: Sequence[Wish], claims: Sequence[Claim], views: Matrix, sizes: Sequence[int], embed: Embed
) -> tuple[OwnTopic, ...]:
    """Measure how close each claim of a story is to each topic.

    That is its closest view's cosine with the texts and examples, on average over these, and the cosines of its closest noun
    phrases with the texts: half that of the best of them, half their average.

    Args:
        wishes: the topics.
        claims: n claims.
        views: (v, d), unit-length rows: the views of the first claim, then those of the second, ...
        sizes: how many views each claim has, at least one.
        embed: texts -> unit-length rows; called with the claims' noun phrases.
    """
    if not wishes or not claims:
        return tuple(OwnTopic(wish.texts, np.zeros(len(claims), dtype=np.float32)) for wish in wishes)
    starts = np.cumsum([0, *sizes[:-1]])
    phrases = sorted({phrase for claim in claims for phrase in claim.facts.phrases})
    place = {phrase: i for i, phrase in enumerate(phrases)}
    holders = [[place[phrase] for phrase in claim.facts.phrases] for claim in claims]
    vectors = embed(phrases)
    found = []
    for wish in wishes:
        whole = np.maximum.reduceat(views @ wish.vectors.T, starts, axis=0).mean(axis=1)
        parts = vectors @ wish.vectors[: len(wish.texts)].T
        like = np.array([parts[own].max(axis=0) if own else np.zeros(parts.shape[1]) for own in holders])
        best = (
            like.max(axis=1) + like.mean(axis=1)
        ) / 2  # one word of one term alone is weak ("peace" of "peace agreement")
        found.append(OwnTopic(wish.texts, (whole + best).astype(np.float32)))
    return tuple(found)


def fill_named(wording: Wording, own: Sequence[OwnTopic], rows: Sequence[int]) -> dict[str, dict[int, float]]:
    """Return for each name its claims and how sure each one is (0..1); names in order, none without claims.

    Claims that are not on a topic are as close to it as chance has it. Their spread is read from the lower half, and the
    claims that stand out of it are taken so that at most one in five is expected to be there by chance (Benjamini and
    Hochberg 1995): no share of the story is taken for granted. How sure a claim is, is one less the square root of the rate at
    which it comes in, which follows how often such claims were rightly there, where the topic had terms.

    Args:
        wording: the words of n claims of the story.
        own: the topics, measured for all claims of the story.
        rows: (n,), the places of these n claims among all of them.

    Raises:
        DetectorError: a topic was measured for other claims.
    """
    filled: dict[str, dict[int, float]] = {}
    codes = {
        fold(name.text): f"@{name.country}" for claim in wording.claims for name in claim.facts.names if name.country
    }
    for topic in sorted(own, key=lambda topic: topic.texts):
        if len(topic.closeness) <= max(rows, default=-1):
            raise DetectorError(
                f"topic {topic.texts[0]!r} was measured for {len(topic.closeness)} claims, and the story has more; measure "
                "it for the claims that are grouped"
            )
        words = np.max([_share_words(wording, _list_words(text, codes)) for text in topic.texts], axis=0)
        score = topic.closeness[np.asarray(rows, dtype=np.intp)] + _WORDS * words
        best = np.sort(score)[-2:]
        if len(best) and (best[-1] >= _CERTAIN or best.mean() >= _THERE):
            chance = _find_chance(score)
            members = np.flatnonzero(chance <= _CHANCE)
            filled[topic.texts[0]] = {int(row): 1.0 - math.sqrt(chance[row]) for row in members}
    return {name: members for name, members in filled.items() if members}


def _find_chance(score: Matrix) -> NDArray[np.float64]:
    """Return for each claim the share of those as close as it, or closer, that would be so by chance."""
    if len(score) < _FEW:
        return np.where(score >= _CERTAIN, _RARELY, np.where(score >= _THERE, _CHANCE, 1.0))
    from scipy.stats import (  # imported here: it loads slowly, and few runs have own topics
        false_discovery_control,
        norm,
    )

    middle = float(np.median(score))
    lower = score[score <= middle] - middle
    spread = max(1e-6, float(np.sqrt(np.square(lower).mean())))

    chance: NDArray[np.float64] = false_discovery_control(norm.sf((score - middle) / spread))
    return np.where(score >= _CERTAIN, np.minimum(chance, _RARELY), chance)


def _share_words(wording: Wording, words: Sequence[frozenset[str]]) -> Matrix:
    """Return for each claim the share of the words that it has in one of their forms, rare words counting more."""
    n = len(wording.lemmas)
    found = np.zeros(n, dtype=np.float32)
    total = 0.0
    for forms in words:
        has = np.array([not forms.isdisjoint(lemmas) for lemmas in wording.lemmas], dtype=np.float32)
        weight = math.log((n + 1) / max(1.0, float(has.sum())))
        total += weight
        found += has * np.float32(weight)
    return found / np.float32(total or 1.0)


def _list_words(text: str, codes: Mapping[str, str]) -> list[frozenset[str]]:
    """Return the words of a text that mean something, each with the lemmas it can be a form of; a country is its code."""
    words = sorted({fold(word) for word in split_words(text)} - _EMPTY)
    return [
        frozenset(
            {codes.get(word, word), word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"}
        )
        for word in words
    ]
