"""What the judge is compared with: rules over one or two numbers, each with the thresholds that are best on the fit part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from cached import CachedNli
from judge_scores import AGREE, CONFLICT, DIFFER, RELATIONS, UNRELATED
from judged import Item, measure_cosine, score_both_ways
from numpy.typing import NDArray
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from detector.records import Relation

Places = NDArray[np.int64]
STEPS = tuple(float(step) for step in np.arange(0, 41) / 40)
_COARSE = STEPS[::2]
_GATE = 0.7
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DIGITS = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SPELT = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
    if number > 1  # "one" is most often no number
}


@dataclass(frozen=True, slots=True)
class Features:
    """What the methods see of n pairs. `numbers` is 1 where both texts name numbers, and not the same; `nli` is (n, 2, 7)."""

    overlap: NDArray[np.float64]
    cosine: NDArray[np.float64]
    numbers: NDArray[np.bool_]
    nli: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Method:
    """A row of the tables: the settings to try, and the decision of each pair, as a place in RELATIONS."""

    name: str
    settings: tuple[Any, ...]
    decide: Callable[[Features, Any], Places]


def measure_features(items: Sequence[Item], nli: CachedNli) -> Features:
    """Return what the methods see of each item."""
    numbers = [(find_numbers(x.a), find_numbers(x.b)) for x in items]
    return Features(
        np.array([measure_overlap(x.a, x.b) for x in items]),
        measure_cosine(items),
        np.array([bool(a and b and a != b) for a, b in numbers], dtype=np.bool_),
        score_both_ways(items, nli),
    )


def measure_overlap(a: str, b: str) -> float:
    """Return the share of content words in common: twice those of both, by those of each (Dice)."""
    left, right = (find_words(text) for text in (a, b))
    return 2 * len(left & right) / (len(left) + len(right) or 1)


def find_words(text: str) -> frozenset[str]:
    """Return a text's content words and numbers, lower-case."""
    words = frozenset(match.group() for match in _WORD.finditer(text.lower())) - ENGLISH_STOP_WORDS
    return words | frozenset(_DIGITS.findall(text))


def find_numbers(text: str) -> frozenset[str]:
    """Return the numbers that a text names, in figures or, up to twenty, in words."""
    spelt = {_SPELT[word] for word in _WORD.findall(text.lower()) if word in _SPELT}
    return frozenset(spelt | {match.replace(",", "") for match in _DIGITS.findall(text)})


def list_methods() -> tuple[Method, ...]:
    """Return the baselines in the order of the tables."""
    steps = tuple((low, high, above) for low, high in _list_ordered(STEPS) for above in (AGREE, DIFFER))
    return (
        Method("word overlap", steps, lambda f, s: cut_twice(f.overlap, *s)),
        Method("cosine", steps, lambda f, s: cut_twice(f.cosine, *s)),
        Method("any-number mismatch", tuple(product(_COARSE, _COARSE)), decide_by_numbers),
        Method("NLI, likeliest class", (None,), lambda f, _: decide_by_nli(f.nli)),
        Method(
            "NLI, likeliest class, cosine 0.7 or more", (None,), lambda f, _: hold_gate(f.cosine, decide_by_nli(f.nli))
        ),
        Method(
            "the model's prediction, likeliest relation",
            (None,),
            lambda f, _: f.nli[:, :, 3:].mean(axis=1).argmax(axis=1),
        ),
        Method("NLI, thresholds chosen", tuple(product(_COARSE, _COARSE)), lambda f, s: cut_nli(f.nli, *s)),
    )


def choose_setting(method: Method, features: Features, gold: Places) -> Any:
    """Return the setting with the best macro-F1 over agree, conflict and unrelated; of equals the first."""
    if len(method.settings) == 1:
        return method.settings[0]
    merged = merge_places(gold)
    return max(method.settings, key=lambda s: _measure_f1(merged, merge_places(method.decide(features, s))))


def merge_places(places: Places) -> Places:
    """Return 0 for agree, 1 for conflict, 2 for unrelated."""
    return np.where(places == AGREE, 0, np.where(places == UNRELATED, 2, CONFLICT))


def cut_twice(scores: NDArray[np.float64], low: float, high: float, above: int) -> Places:
    """Call what scores below `low` unrelated, what scores `high` or more `above` (agree or differ), and the rest the other."""
    between = DIFFER if above == AGREE else AGREE
    return np.where(scores < low, UNRELATED, np.where(scores >= high, above, between))


def decide_by_numbers(features: Features, setting: tuple[float, float]) -> Places:
    """Call other numbers a conflict where enough words are the same, and else the same words agreement."""
    conflict, agree = setting
    alike = np.where(features.overlap >= agree, AGREE, UNRELATED)
    return np.where(features.numbers & (features.overlap >= conflict), DIFFER, alike)


def decide_by_nli(nli: NDArray[np.float64]) -> Places:
    """Take the likeliest class: contradiction in either direction, else entailment in either direction, else unrelated."""
    best = nli[:, :, :3].argmax(axis=2)
    return np.where((best == 2).any(axis=1), DIFFER, np.where((best == 0).any(axis=1), AGREE, UNRELATED))


def hold_gate(cosine: NDArray[np.float64], places: Places) -> Places:
    """Call what is less close than 0.7 unrelated."""
    return np.where(cosine < _GATE, UNRELATED, places)


def cut_nli(nli: NDArray[np.float64], contradiction: float, entailment: float) -> Places:
    """As `decide_by_nli`, where a class counts from a probability on."""
    most = nli.max(axis=1)
    return np.where(most[:, 2] >= contradiction, DIFFER, np.where(most[:, 0] >= entailment, AGREE, UNRELATED))


def find_places(relations: Sequence[Relation]) -> Places:
    """Return relations as places in RELATIONS."""
    return np.array([RELATIONS.index(relation) for relation in relations], dtype=np.int64)


def find_relations(places: Places) -> list[Relation]:
    """Return places as relations."""
    return [RELATIONS[place] for place in places.tolist()]


def _list_ordered(steps: Sequence[float]) -> Iterator[tuple[float, float]]:
    return ((low, high) for low, high in product(steps, steps) if low <= high)


def _measure_f1(gold: Places, found: Places) -> float:
    """Return the macro-F1 of three classes."""
    table = np.bincount(gold * 3 + found, minlength=9).reshape(3, 3)
    return float((2 * np.diagonal(table) / np.maximum(1, table.sum(axis=0) + table.sum(axis=1))).mean())
