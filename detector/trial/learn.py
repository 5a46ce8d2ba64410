"""Cases -> weights fitted to one part of them, and figures on the part held out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detector.errors import ReadError
from detector.judge.fit import fit_weights
from detector.judge.weigh import Weights
from detector.labelled import LabelledRow
from detector.trial.measure import Case
from detector.trial.score import Score, score_cases

LEAST = 20
_PARTS = 3  # one event in three is held out


@dataclass(frozen=True, slots=True)
class Lesson:
    """Fitted weights, and the figures on the held-out part with the weights before and after. `fitted` counts the pairs fitted on."""

    weights: Weights
    fitted: int
    before: Score
    after: Score

    @property
    def is_better(self) -> bool:
        """Whether the held-out part got better: a greater macro-F1, and no more conflicts called agreement."""
        safe = self.after["conflicts_called_agree"] <= self.before["conflicts_called_agree"]
        return safe and self.after["macro_f1"] > self.before["macro_f1"]


def check_enough(rows: Sequence[LabelledRow] | Sequence[Case]) -> None:
    """Refuse a set that cannot teach anything.

    Raises:
        ReadError: there are fewer than 20 pairs, or all have one label.
    """
    if len(rows) < LEAST:
        raise ReadError(
            f"too few labelled pairs to learn from: {len(rows)}; give at least {LEAST}, of several relations"
        )
    relations = {row.relation for row in rows}
    if len(relations) == 1:
        raise ReadError(
            f"all {len(rows)} labelled pairs are {relations.pop().value!r}, so that the judge would learn to say nothing else; "
            "add pairs of the other relations, unrelated ones too"
        )


def learn_weights(cases: Sequence[Case], prior: Weights, *, strength: float, note: str = "") -> Lesson:
    """Fit the weights to two thirds of the events, and score them on the others.

    Args:
        cases: measured pairs with their labels.
        prior: the weights to start from; the further from them, the greater the penalty.
        strength: how far the labels may move the weights; the inverse of the penalty.
        note: kept with the weights, with "{fitted}" and "{held}" replaced by the numbers of pairs.

    Returns:
        The weights, which have seen nothing of the held-out part, and the figures on that part.

    Raises:
        ReadError: the cases are too few or of one event, or those to fit on are of one relation.
    """
    check_enough(cases)
    held = choose_held_out(case.event for case in cases)
    part = [case for case in cases if case.event not in held]
    rest = [case for case in cases if case.event in held]
    if len({case.relation for case in part}) == 1:
        raise ReadError(
            f"the {len(part)} labelled pairs that are not held out are all {part[0].relation.value!r}; add pairs of the other "
            "relations, of other events"
        )
    words = note.replace("{fitted}", str(len(part))).replace("{held}", str(len(rest)))
    signals, labels = [case.signals for case in part], [case.relation for case in part]
    weights = fit_weights(signals, labels, prior, strength=strength, note=words)
    return Lesson(weights, len(part), score_cases(rest, prior), score_cases(rest, weights))


def is_held_out(event: str) -> bool:
    """Whether an event belongs to the third that is held out; it depends on nothing but its name."""
    return _hash(event) % _PARTS == 0


def choose_held_out(events: Iterable[str]) -> frozenset[str]:
    """Return the events to hold out: those that `is_held_out` names, or a third by rank where that would be none or all.

    Raises:
        ReadError: there is only one event, so that nothing can be held out.
    """
    known = set(events)
    if len(known) == 1:
        raise ReadError(
            f"all labelled pairs are of one event ({known.pop()[:60]!r}), so that none can be held out; add pairs of other "
            "events, or leave the field event out"
        )
    held = frozenset(event for event in known if is_held_out(event))
    if held and held != known:
        return held
    return frozenset(sorted(known, key=_hash)[: max(1, len(known) // _PARTS)])


def _hash(event: str) -> int:
    return int(hashlib.sha256(event.encode()).hexdigest(), 16)
