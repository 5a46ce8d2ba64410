"""The comparisons: one question about a pair each, with ordered answers.

A comparison's levels are read from the top; the first true one wins and the last is always true. A comparison whose
question cannot be asked of a pair abstains and weighs nothing. Most changes to the judgement are a new entry here.
The idea of comparison levels is that of the Fellegi-Sunter implementation in splink.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from detector.records import Contrast, Relation, Signals

LIKELY = 0.5
"""Probability from which on the NLI model says something rather than not."""

UNLIKE_FIGURES = ("moved", "different", "apart", "near", "open", "scope")
"""The outcomes of two figures that are not, or not plainly, one count."""

Test = Callable[[Signals], bool]


@dataclass(frozen=True, slots=True)
class Level:
    """One answer: its name (the key of its weights), a label for people, and when it holds."""

    name: str
    label: str
    holds: Test


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question about a pair. `applies` says whether it can be asked at all."""

    name: str
    applies: Test
    levels: tuple[Level, ...]

    def find_level(self, signals: Signals) -> Level | None:
        """Return the level that the pair reaches, or None when the comparison abstains."""
        if not self.applies(signals):
            return None
        return next(level for level in self.levels if level.holds(signals))


def _always(_: Signals) -> bool:
    return True


def _contrast(name: str, outcomes: tuple[tuple[str, str], ...]) -> Comparison:
    """Build a comparison whose levels are the outcomes of the `Contrast` in the signal of the same name."""

    def read(signals: Signals) -> Contrast | None:
        value: Contrast | None = getattr(signals, name)
        return value

    def is_outcome(outcome: str) -> Test:
        return lambda signals: (contrast := read(signals)) is not None and contrast.outcome == outcome

    levels = tuple(Level(outcome, label, is_outcome(outcome)) for outcome, label in outcomes[:-1])
    last, last_label = outcomes[-1]
    return Comparison(name, lambda signals: read(signals) is not None, (*levels, Level(last, last_label, _always)))


def _at_least(name: str, steps: tuple[tuple[float, str, str], ...]) -> Comparison:
    """Build a comparison over a number between 0 and 1, with the highest step first."""

    def above(step: float) -> Test:
        return lambda signals: getattr(signals, name) >= step

    levels = tuple(Level(key, label, above(step)) for step, key, label in steps[:-1])
    _, last, last_label = steps[-1]
    return Comparison(
        name, lambda signals: getattr(signals, name) is not None, (*levels, Level(last, last_label, _always))
    )


def are_opposites_of_one(signals: Signals) -> bool:
    """Whether opposites are said of what the same figure names: "a 30-day truce" in both."""
    polarity, figures = signals.polarity, signals.figures
    return polarity is not None and polarity.outcome == "opposite" and figures is not None and figures.outcome == "same"


def _compare_polarity() -> Comparison:
    """Build the comparison of what is affirmed and denied; opposites of what one figure names are its first level."""
    plain = _contrast(
        "polarity",
        (
            ("opposite", "one says what the other denies"),
            ("both denied", "both deny the same"),
            ("both negative", "both say that something is not so"),
            ("same", "both say that the same happened"),
            ("one denied", "one denies something, the other does not"),
        ),
    )
    label = "one says what the other denies, of what the same figure names"
    first = Level("opposite of one", label, are_opposites_of_one)
    return replace(plain, levels=(first, *plain.levels))


def _foresee() -> Comparison:
    """Build the comparison whose levels are what the model takes the relation to be, and how surely."""
    words = {
        Relation.AGREE: "the two state one fact", Relation.DIFFER: "the two conflict",
        Relation.DEVELOP: "the one is a later state of the other", Relation.UNRELATED: "the two have nothing to do with each other",
    }  # fmt: skip

    def read(signals: Signals) -> tuple[Relation, float]:
        share, relation = max(zip(signals.prediction or (0.0,) * len(Relation), Relation, strict=True))
        return relation, share

    def reaches(relation: Relation, step: float) -> Test:
        return lambda signals: (found := read(signals))[0] is relation and found[1] >= step

    levels = [
        Level(f"{relation} {how}", f"the model is {said} that {words[relation]}", reaches(relation, step))
        for relation in Relation
        for step, how, said in (
            (0.9, "surely", "sure"),
            (0.7, "likely", "fairly sure"),
            (0.0, "perhaps", "inclined to think"),
        )
    ]
    levels[-1] = replace(levels[-1], holds=_always)
    return Comparison("prediction", lambda signals: signals.prediction is not None, tuple(levels))


COMPARISONS: tuple[Comparison, ...] = (
    _at_least(
        "wording",
        (
            (0.8, "same", "nearly the same words"),
            (0.55, "mostly", "mostly the same words"),
            (0.4, "many", "many of the same words"),
            (0.25, "some", "some of the same words"),
            (0.12, "few", "few of the same words"),
            (0.0, "none", "other words"),
        ),
    ),
    _at_least(
        "closeness",
        (
            (0.85, "very close", "almost the same subject and content"),
            (0.75, "close", "close in content"),
            (0.65, "near", "near in content"),
            (0.55, "related", "related content"),
            (0.4, "loose", "loosely related content"),
            (0.0, "far", "far apart in content"),
        ),
    ),
    _at_least(
        "shared",
        (
            (0.75, "all", "one says nearly all that the other says"),
            (0.5, "half", "one says half of what the other says"),
            (0.3, "part", "they share a part"),
            (0.0, "little", "they share little"),
        ),
    ),
    # Two questions and not one: a small change in a long sentence leaves most of it entailed, and contradicts it all the same.
    _at_least(
        "contradiction",
        (
            (0.85, "surely", "one surely denies the other"),
            (0.7, "likely", "one very likely denies the other"),
            (0.5, "perhaps", "one may deny the other"),
            (0.3, "doubtful", "it is doubtful whether one denies the other"),
            (0.15, "hardly", "one hardly denies the other"),
            (0.0, "no", "neither denies the other"),
        ),
    ),
    _at_least(
        "entailment",
        (
            (0.8, "surely", "one surely follows from the other"),
            (0.6, "likely", "one very likely follows from the other"),
            (0.4, "perhaps", "one may follow from the other"),
            (0.2, "doubtful", "it is doubtful whether one follows from the other"),
            (0.1, "hardly", "one hardly follows from the other"),
            (0.0, "no", "neither follows from the other"),
        ),
    ),
    _at_least(
        "rest",
        (
            (0.7, "surely", "apart from the value that differs, one surely follows from the other"),
            (0.45, "likely", "apart from the value that differs, one very likely follows from the other"),
            (0.25, "perhaps", "apart from the value that differs, one may follow from the other"),
            (0.0, "no", "apart from the value that differs, neither follows from the other"),
        ),
    ),
    _foresee(),
    _contrast(
        "figures",
        (
            ("same", "the figures are the same"),
            ("rounds", "one figure is the other, rounded"),
            ("within", "one figure lies within the other's bounds"),
            ("beyond", "one figure lies well beyond the bound that the other gives"),
            ("moved", "the later figure says how far the count has come"),
            ("different", "the figures for the same thing differ"),
            ("apart", "the figures are far apart, or one of several, and may count two things"),
            ("near", "the figures are nearly the same, and may count one thing"),
            ("open", "one gives a figure, the other leaves it open"),
            ("scope", "the figures differ, and so does what they count"),
            ("other", "they count different things"),
        ),
    ),
    _contrast(
        "dates",
        (
            ("same", "the same date"),
            ("within", "one date lies within the other"),
            ("different", "different dates for the same event"),
            ("other", "different dates"),
        ),
    ),
    _compare_polarity(),
    _contrast(
        "names",
        (
            ("roles", "the same names with exchanged parts"),
            ("replaced", "one name stands where the other has another"),
            ("swapped", "one name is another"),
            ("same", "the same names"),
            ("shared", "some names are the same"),
            ("disjoint", "other names"),
        ),
    ),
    _contrast(
        "speaker",
        (
            ("dispute", "one speaker denies what the other says"),
            ("needs", "speakers of one side say that the same is needed"),
            ("echo", "the same speaker, or one of the same government, says the like"),
            ("same", "the same speaker"),
            ("side", "speakers of one government"),
            ("different", "different speakers"),
        ),
    ),
    _contrast(
        "time",
        (
            ("correction", "the later report corrects an earlier one"),
            ("apart", "they speak of two times"),
            ("same", "they speak of the same time"),
            ("update", "the later report speaks of a change"),
            ("later", "the later report is of a later day"),
            ("unknown", "the order in time is unknown"),
        ),
    ),
    _contrast(
        "stage",
        (
            ("carried out", "what is planned in one is done in the later one"),
            ("moved on", "the later one tells of a later stage of the matter"),
            ("plan then done", "one speaks of a plan, the later one of what was done"),
            ("plan", "one speaks of a plan"),
            ("plans", "both speak of a plan"),
            ("done", "both speak of what is so"),
        ),
    ),
    _contrast(
        "support",
        (
            ("agreed", "another source already agrees on this fact"),
            ("counted", "its figure already stands beside another source's"),
        ),
    ),
)
"""Every comparison, in the order in which evidence is listed."""
