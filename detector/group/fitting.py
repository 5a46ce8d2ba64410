"""Topics with labels -> the label of each that means what its claims mean, and no other topic's (KeyBERT, Grootendorst 2020).

A phrase that some claims have by chance stands far from what they say; so does what the whole story is about, once the story's
mean is taken out. What no label fits well is no topic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detector.group.closeness import unit_rows
from detector.group.clusters import FLOOR, Rows, measure_fit, split_in_two
from detector.group.labels import Label, Name, are_alike, list_terms
from detector.group.offers import Offered, gather_offers, list_told
from detector.group.phrases import Wording

Matrix = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Matrix]

_TRIED = 3, 24  # labels of a topic that are measured, at least and at most ...
_BUDGET = 1200  # ... and of all topics of a story together, which is what embedding them costs
_FEW = 3  # claims that are all central
# What each thing is worth: about the log-odds that a reader finds a label to name its claims. The order of size is that of a
# logistic regression on the verdicts on 475 labels of twenty stories; two weights were moved towards each other where it
# favoured what one claim alone says (docs/topics.md).
_BASE = -2.5
_FIT, _MARGIN = 2.5, 1.0  # closeness to the topic's centre, and how much closer than to any other topic's
_REACHED, _REACH = 0.2, 0.8  # a claim is reached by a label at this cosine; what the share of those is worth
_PLAIN = 2.0  # closeness of the label without its names, which fit all that is said of somebody
_LEAST_SHARED, _LONE = 1.3, -1.8  # share of the claims that have its rarest word; share of its words that one claim has
_WIDE, _WIDEST = -10.0, 0.12  # share of the story's claims that have all its words, up to so many
_LEAST = -0.3  # a label with lower odds names no topic
_LARGE = 0.8  # ... so much lower for one of as many claims as the square root of the story's, which must not be lost
_SAME = 0.85  # two labels this close say the same
_LIKE = 0.6  # ... or this close with two words in common
_PART = 0.5  # topics that share so many claims are not held against each other
_STRAY, _FAR = 0.1, 0.25  # a claim further than these from its topic's label and centre is none of it
_FITTING = 0.6  # a stray joins a topic at this share of the closeness usual in it


@dataclass(frozen=True, slots=True)
class _Space:
    """The claims of a story by meaning, the story's mean taken out, and how to place a label among them."""

    wording: Wording
    centred: Matrix
    embed: Embed
    known: dict[str, Matrix] = field(default_factory=dict)
    told: dict[int, list[Offered]] = field(default_factory=dict)

    def place(self, texts: Sequence[str]) -> Matrix:
        """Return the vectors of texts, (len(texts), d)."""
        new = sorted({text for text in texts if text not in self.known})
        if new:
            self.known.update(zip(new, np.asarray(self.embed(new), dtype=np.float32), strict=True))
        return np.array([self.known[text] for text in texts], dtype=np.float32)

    def list_told(self, rows: Rows) -> Iterator[Offered]:
        """Yield what claims say that could be a label."""
        for row in rows.tolist():
            if row not in self.told:
                self.told[row] = list(list_told(self.wording, row))
            yield from self.told[row]


def fit_topics(
    wording: Wording,
    vectors: Matrix,
    close: Matrix,
    groups: Sequence[Rows],
    labels: Sequence[Label],
    taken: Sequence[str],
    embed: Embed,
    least: int,
) -> tuple[list[Rows], list[Label]]:
    """Return the topics that a label fits, each without the claims that have nothing to do with it, and their labels.

    Args:
        wording: the words of the story's n claims.
        vectors: (n, d), unit-length rows.
        close: (n, n).
        groups: rows of each topic.
        labels: one for each topic, which stays where nothing fits better.
        taken: labels of other topics of the story.
        embed: texts -> (len(texts), d), unit-length rows, by the model that made `vectors`.
        least: claims that a topic has at least.
    """
    space = _Space(wording, unit_rows(vectors - vectors.mean(axis=0)), embed)
    kept: list[Rows] = []
    known: list[Label | None] = []
    for rows, label, (best, score) in zip(groups, labels, _choose(space, groups, labels, taken), strict=True):
        if best is not None and score >= _find_least(space, rows):
            pieces = [_trim(space, rows, best)]
        else:
            halves = split_in_two(close[np.ix_(rows, rows)])
            pieces = [rows[halves == half] for half in np.unique(halves)]
        for piece in pieces:
            if len(piece) >= least:
                kept.append(piece)
                known.append(label if len(pieces) == 1 else None)
    if not kept:
        return list(groups), list(labels)
    fits = zip(kept, _choose(space, kept, known, taken), strict=True)
    named = [(rows, best) for rows, (best, score) in fits if best is not None and score >= _find_least(space, rows)]
    if not named:
        return list(groups), list(labels)
    grown = _join_strays(close, [rows for rows, _ in named])
    return grown, [_make_label(wording, rows, best) for rows, (_, best) in zip(grown, named, strict=True)]


def fit_labels(
    wording: Wording,
    vectors: Matrix,
    groups: Sequence[Rows],
    labels: Sequence[Label],
    taken: Sequence[str],
    embed: Embed,
) -> list[Label]:
    """Return the label that fits each group best; the groups stay as they are. Arguments as for `fit_topics`."""
    space = _Space(wording, unit_rows(vectors - vectors.mean(axis=0)), embed)
    chosen = _choose(space, groups, labels, taken)
    return [
        label if best is None else _make_label(wording, rows, best)
        for rows, label, (best, _) in zip(groups, labels, chosen, strict=True)
    ]


def _make_label(wording: Wording, rows: Rows, best: Offered) -> Label:
    return Label(best.text, best.key, best.head, list_terms(wording, rows, best.key))


def _choose(
    space: _Space, groups: Sequence[Rows], labels: Sequence[Label | None], taken: Sequence[str]
) -> list[tuple[Offered | None, float]]:
    """Return for each topic the label that fits it best, and how well; no two say nearly the same."""
    most = int(np.clip(_BUDGET // max(1, len(groups)), *_TRIED))
    centres = unit_rows(np.array([space.centred[rows].mean(axis=0) for rows in groups]))
    offers = [
        gather_offers(space.wording, rows, label, space.list_told(_find_central(space, rows, centre)), most)
        for rows, label, centre in zip(groups, labels, centres, strict=True)
    ]
    texts = [one.text for some in offers for one in some]
    space.place([*texts, *filter(None, map(_drop_names, texts))])  # all at once
    scored = []
    shared = _measure_shared(groups, len(space.centred))
    for number, (rows, some) in enumerate(zip(groups, offers, strict=True)):
        apart = np.flatnonzero(shared[number] < _PART)
        if not some:
            continue
        meant = space.place([one.text for one in some])
        scores = _score(space, rows, some, meant, centres[number], centres[apart])
        scored += [(round(float(score), 4), number, one) for score, one in zip(scores, some, strict=True)]
    scored.sort(key=lambda item: (-item[0], item[1], item[2].text))
    used: list[tuple[Name, Matrix]] = [(space.wording.find_name(text), space.place([text])[0]) for text in taken]
    chosen: dict[int, tuple[Offered | None, float]] = {}
    for score, number, one in scored:
        if number in chosen:
            continue
        vector = space.place([one.text])[0]
        if not any(_say_the_same(one.name, name, float(vector @ other)) for name, other in used):
            chosen[number] = one, score
            used.append((one.name, vector))
    return [chosen.get(number, (None, 0.0)) for number in range(len(groups))]


def _find_least(space: _Space, rows: Rows) -> float:
    """Return the score that the label of a topic needs."""
    return _LEAST - _LARGE if len(rows) ** 2 >= len(space.centred) else _LEAST


def _find_central(space: _Space, rows: Rows, centre: Matrix) -> Rows:
    """Return the half of a topic's rows that is closest to its centre; of few, all."""
    fit = np.round(space.centred[rows] @ centre, 4)
    central: Rows = rows[fit >= np.median(fit)] if len(rows) > _FEW else rows
    return central


def _say_the_same(name: Name, other: Name, cosine: float) -> bool:
    """Whether two labels say nearly the same, by their words or by what they mean."""
    key, words = name[0], other[0]
    shared = len(key & words)
    within = shared > 1 and (shared == min(len(key), len(words)) or cosine >= _LIKE)
    return within or cosine >= _SAME or are_alike(name, other)


def _measure_shared(groups: Sequence[Rows], n: int) -> NDArray[np.float64]:
    """Return for any two topics the share of the smaller one's claims that the other has too, (k, k)."""
    member = np.zeros((len(groups), n), dtype=np.float32)
    for number, rows in enumerate(groups):
        member[number, rows] = 1.0
    sizes = member.sum(axis=1)
    shared: NDArray[np.float64] = (member @ member.T) / np.minimum(sizes[:, None], sizes[None, :])
    return shared


def _score(
    space: _Space, rows: Rows, offers: Sequence[Offered], meant: Matrix, centre: Matrix, others: Matrix
) -> NDArray[np.float64]:
    """Return how well each label names a topic, as log-odds."""
    fit = meant @ centre
    rival = (meant @ others.T).max(axis=1) if len(others) else np.zeros(len(meant))
    reach = (meant @ space.centred[rows].T >= _REACHED).mean(axis=1)
    rest = [_drop_names(one.text) for one in offers]
    plain = np.array([float(space.place([text])[0] @ centre) if text else 0.0 for text in rest])
    inside, having = frozenset(rows.tolist()), space.wording.find_rows
    counts = [[len(having((lemma,)) & inside) for lemma in sorted(one.key)] or [0] for one in offers]
    least = np.array([min(count) / len(rows) for count in counts])
    lone = np.array([sum(number < 2 for number in count) / len(count) for count in counts])
    wide = np.array([len(space.wording.find_rows(one.key)) / len(space.wording.claims) for one in offers])
    kinds = np.array([one.worth for one in offers])
    score: NDArray[np.float64] = (
        _BASE
        + _FIT * fit
        + _MARGIN * (fit - rival)
        + _REACH * reach
        + _PLAIN * plain
        + _LEAST_SHARED * least
        + _LONE * lone
        + _WIDE * np.minimum(wide, _WIDEST)
        + kinds
    )
    return score


def _drop_names(text: str) -> str:
    """Return a label without its capitalised words."""
    return " ".join(word for word in text.split() if not word[0].isupper())


def _trim(space: _Space, rows: Rows, label: Offered) -> Rows:
    """Return the rows of a topic that its label or the topic's own centre is at all close to, or that have the label's words."""
    centre = unit_rows(space.centred[rows].mean(axis=0, keepdims=True))[0]
    meant = space.place([label.text])[0]
    part = space.centred[rows]
    keep = (part @ meant >= _STRAY) | (part @ centre >= _FAR)
    kept: Rows = rows[keep]
    return kept


def _join_strays(close: Matrix, groups: list[Rows]) -> list[Rows]:
    """Return the groups with the rows of no group that fit one: each joins the one that it is closest to."""
    home = np.full(len(close), len(groups), dtype=np.intp)
    for number, group in enumerate(groups):
        home[group] = number
    fit = measure_fit(close, home)[0][:, : len(groups)]
    tight = np.array([close[np.ix_(group, group)].mean() for group in groups])
    best = fit.argmax(axis=1)
    joins = (home == len(groups)) & (fit[np.arange(len(close)), best] > np.maximum(FLOOR, _FITTING * tight[best]))
    return [np.union1d(group, np.flatnonzero(joins & (best == number))) for number, group in enumerate(groups)]
