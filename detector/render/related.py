"""How much topics have in common, and an order in which neighbours have much."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from detector.render.topics import TopicView

Table = Sequence[Sequence[float]]


def measure_related(topics: Sequence[TopicView]) -> Table:
    """Return for each two topics 0..1: the cosine over the claims, names and terms that at least two topics have.

    What few topics have counts for more than what nearly all have (the logarithm of the inverse frequency).
    """
    traits = [_list_traits(view) for view in topics]
    frequency = Counter(trait for own in traits for trait in own)
    squares = {trait: math.log(len(topics) / number) ** 2 for trait, number in frequency.items() if number > 1}
    # In a fixed order: sums of floats depend on theirs, and that of a set on the hash seed.
    weighed = [{trait: squares[trait] for trait in sorted(own) if trait in squares} for own in traits]
    norms = [math.sqrt(sum(own.values())) for own in weighed]
    return [
        [
            sum(square for trait, square in one.items() if trait in two) / (left * right) if left * right else 0.0
            for two, right in zip(weighed, norms, strict=True)
        ]
        for one, left in zip(weighed, norms, strict=True)
    ]


def order_related(related: Table) -> list[int]:
    """Return the places 0..n-1 as a chain: the first one first, then always the one most like the last; ties keep order."""
    left = list(range(len(related)))
    chain: list[int] = []
    while left:
        following = max(left, key=lambda i: (related[chain[-1]][i], -i)) if chain else left[0]
        left.remove(following)
        chain.append(following)
    return chain


def list_nearest(related: Table, place: int, number: int, least: float) -> list[int]:
    """Return the places of up to `number` others that have at least `least` in common with one, the nearest first."""
    others = (i for i in range(len(related)) if i != place and related[place][i] >= least)
    return sorted(others, key=lambda i: (-related[place][i], i))[:number]


def _list_traits(view: TopicView) -> frozenset[tuple[str, str]]:
    claims = {("claim", claim.id) for claim in view.claims}
    names = {("name", name.key) for claim in view.claims for name in claim.facts.names}
    return frozenset(claims | names | {("term", term.lower()) for term in view.topic.terms})
