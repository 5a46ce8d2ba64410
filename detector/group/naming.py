"""Groups that no phrase names well, or that another group's label names as well, joined to what is closest to them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.group.clusters import FLOOR, Rows, limit_size, measure_links, split_in_two
from detector.group.labels import Name, Option, are_alike, list_options
from detector.group.phrases import Wording

Matrix = NDArray[np.float32]

_KEPT = 0.6  # a group may take another in if the best label of both is worth this share of its own
_SECOND = 0.5  # a group whose best label is another's needs one that is worth this share of it
_NEAREST = 3  # groups tried
_FEWEST = 1 / 3  # a topic has at least this many times the square root of the claims: 2 in 50, 4 in 150, and no more


class _Used:
    """The labels given so far, found by their words."""

    def __init__(self) -> None:
        self._by_lemma: dict[str, list[tuple[Name, int]]] = {}

    def add(self, name: Name, group: int) -> None:
        """Note that a group has a label."""
        for lemma in name[0]:
            self._by_lemma.setdefault(lemma, []).append((name, group))

    def find(self, name: Name) -> int | None:
        """Return the first group whose label says nearly the same."""
        near = [one for lemma in name[0] for one in self._by_lemma.get(lemma, ()) if are_alike(name, one[0])]
        return min((group for _, group in near), default=None)


@dataclass(frozen=True, slots=True)
class _Weak:
    """A group without a label of its own as good as its best; `twin` is the group that has the best, or -1."""

    group: int
    twin: int
    spare: bool


def merge_unnamed(wording: Wording, close: Matrix, groups: list[Rows], taken: Sequence[str] = ()) -> list[Rows]:
    """Return the groups after those that nothing names have gone: each joins its nearest, or falls apart.

    A topic that an editor cannot name is no topic. A group whose best label is that of another group, and that has no
    other as good, is a part of that one. Groups of one row are left out, unless nothing at all can be named.

    Args:
        wording: the words of the story's n claims.
        close: (n, n).
        groups: groups of rows.
        taken: labels that topics of the story have already.
    """
    least = choose_least(len(close))
    parts = {i: group for i, group in enumerate(groups) if len(group) > 1}
    named = {i: list_options(wording, group) if len(group) >= least else () for i, group in parts.items()}
    if not any(named.values()):
        return groups
    settled: set[int] = set()
    whole = set(parts)  # only what was never merged is split, so that this ends
    given = [wording.find_name(label) for label in taken]
    while (weak := _find_weak(parts, named, settled, given)) is not None:
        target = _find_target(wording, close, weak, parts, named)
        if target is None and weak.spare:
            settled.add(weak.group)
            continue
        group = parts.pop(weak.group)
        del named[weak.group]
        if target is not None:
            parts[target] = np.union1d(parts[target], group)
            named[target] = list_options(wording, parts[target])
            whole.discard(target)
        elif len(group) >= 2 * least and weak.group in whole:
            for piece in _split(close, group):
                number = max([*parts, weak.group]) + 1
                parts[number] = piece
                whole.add(number)
                named[number] = list_options(wording, piece) if len(piece) >= least else ()
    return [parts[i] for i in sorted(parts)]


def choose_least(n: int) -> int:
    """Return how many claims a topic needs in a story of n."""
    return int(np.clip(round(_FEWEST * math.sqrt(n)), 2, 4))


def _split(close: Matrix, group: Rows) -> list[Rows]:
    """Return the two halves of a group's tree, or nothing where all its claims are copies of one."""
    halves = split_in_two(close[np.ix_(group, group)])
    pieces = [group[halves == half] for half in np.unique(halves)]
    return pieces if len(pieces) > 1 else []


def _find_weak(
    parts: dict[int, Rows], named: dict[int, tuple[Option, ...]], settled: set[int], given: Sequence[Name]
) -> _Weak | None:
    """Return the group to give up next: the smallest without a label of its own, or None."""
    order = sorted(parts, key=lambda i: (-(named[i][0].score if named[i] else 0.0) * len(parts[i]), i))
    used = _Used()
    for name in given:
        used.add(name, -1)
    weak: list[_Weak] = []
    for i in order:
        free = next((option for option in named[i] if used.find(option.name) is None), None)
        if free and (i in settled or free.score >= _SECOND * named[i][0].score):
            used.add(free.name, i)
        else:
            twin = used.find(named[i][0].name) if named[i] else None
            weak.append(_Weak(i, -1 if twin is None else twin, free is not None))
    return min(weak, key=lambda one: (len(parts[one.group]), one.group), default=None)


def _find_target(
    wording: Wording, close: Matrix, weak: _Weak, parts: dict[int, Rows], named: dict[int, tuple[Option, ...]]
) -> int | None:
    """Return the group to join: its twin, or the nearest that keeps a good label, within the size of a topic."""
    group = parts[weak.group]
    others = [i for i in parts if i != weak.group]
    links = dict(zip(others, measure_links(close, group, [parts[i] for i in others]), strict=True))
    near = sorted((i for i in links if links[i] >= FLOOR), key=lambda i: (i != weak.twin, -links[i], i))
    for i in near[:_NEAREST]:
        both = np.union1d(parts[i], group)
        if len(both) > limit_size(len(close)):
            continue
        options = list_options(wording, both)
        if options and (not named[i] or options[0].score >= _KEPT * named[i][0].score):
            return i
    return None
