"""New articles -> the stories of an earlier run, which stay as they were."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detector.group.nearness import Views, average_nearness

Rows = NDArray[np.intp]


def join_known(views: Views, firsts: Rows, homes: Sequence[str | None], bar: float) -> list[str | None]:
    """Return each article's known story, or None for one that joins none.

    New articles are placed one by one against the articles known before, so that none depends on another.

    Args:
        views: the n articles, in a fixed order.
        firsts: for each article the first of the same words; a new one joins the story of a known copy outright.
        homes: for each article its known story, or None for a new one.
        bar: mean nearness that a new article must reach.
    """
    found = list(homes)
    names = sorted({home for home in homes if home is not None})
    if not names:
        return found
    copied: dict[int, str] = {}
    for row, home in enumerate(homes):
        if home is not None:
            copied[int(firsts[row])] = min(home, copied.get(int(firsts[row]), home))
    number = {name: i for i, name in enumerate(names)}
    # A text printed often counts once in each story, as it does when stories are first made.
    members = np.array(sorted({(number[home], int(firsts[row])) for row, home in enumerate(homes) if home is not None}))
    new = [row for row, home in enumerate(homes) if home is None]
    for row in new:
        found[row] = copied.get(int(firsts[row]))
    left = np.array([row for row in new if found[row] is None], dtype=np.intp)
    for here, groups, near in average_nearness(views, left, members[:, 1], members[:, 0]):
        if not len(groups):
            continue
        best = near.round(5).argmax(axis=1)
        for row, place, value in zip(here, groups[best], near[np.arange(len(here)), best], strict=True):
            if value >= bar:
                found[row] = names[place]
    return found
