"""The words and symbols a reader sees, in one place: for comparing sources, and for comparing two versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detector.records import Card, Claim, Relation, Report


@dataclass(frozen=True, slots=True)
class Group:
    """One section of cards: `key` names its colour, `tag` stands on a card, `cell` and `doubt` in the grid.

    `doubt` also stands on a card to check by hand. Of a topic's groups, the one of the least `weight` tells how it looks.
    """

    key: str
    symbol: str
    tag: str
    heading: str
    counted: str
    cell: str
    doubt: str
    empty: str
    weight: int


_DIFFER = Group(
    key="differ",
    symbol="≠",
    tag="differ",
    heading="Where they differ",
    counted="differ",
    cell="differs",
    doubt="may differ",
    empty="No differences found. That is not proof that there are none: sentences are compared two at a time, and what "
    "is spread over several of them, or only hinted at, can be missed.",
    weight=0,
)
_DEVELOP = Group(
    key="develop",
    symbol="→",
    tag="develop",
    heading="What developed",
    counted="developed",
    cell="developed",
    doubt="may have developed",
    empty="No developments found. To see one, the comparison needs reports of different days whose dates are known.",
    weight=1,
)
_AGREE = Group(
    key="agree",
    symbol="=",
    tag="agree",
    heading="Where they agree",
    counted="agree",
    cell="agrees",
    doubt="may agree",
    empty="No agreement found: no two sources state the same fact in words close enough to be matched.",
    weight=3,
)
_CHANGED = Group(
    key="differ",
    symbol="≠",
    tag="changed",
    heading="Changed",
    counted="changed",
    cell="changed",
    doubt="may have changed",
    empty="No changed sentences found. That is not proof that there are none: a sentence that was rewritten from "
    "scratch counts as one dropped and one added.",
    weight=0,
)
_KEPT = Group(
    key="agree",
    symbol="=",
    tag="unchanged",
    heading="Unchanged",
    counted="unchanged",
    cell="unchanged",
    doubt="may be unchanged",
    empty="No sentence was taken over as it stood.",
    weight=3,
)
CHECK = Group(
    key="check",
    symbol="?",
    tag="check by hand",
    heading="Check by hand",
    counted="to check by hand",
    cell="to check by hand",
    doubt="to check by hand",
    empty="",
    weight=2,  # less than a sure conflict; but what may be one is never shown as agreement
)
SOURCES_ORDER = (_DIFFER, _DEVELOP, _AGREE)
UNCHANGED = "unchanged"
"""The key in the report's counts of findings for the sentences that two versions share."""

ONLY_HEADING, ONLY_COUNTED, ONLY_SYMBOL = "In one source only", "in one source only", "◇"
ONLY_EMPTY = "No sentence was found that only one source has."
NOTES: Mapping[str, tuple[str, str]] = {"added": ("+", "Added"), "dropped": ("−", "Dropped")}
CHECK_NOTE = "The judge cannot tell whether these differ: read both sentences before you use one, for none of them counts as a difference."
NO_NLI = (
    "The meaning comparison (NLI) had no model and abstained: the verdicts rest on wording, figures, dates, names "
    "and speakers alone."
)
_LEFT_OUT = {
    "headline": ("headline", "headlines"),
    "question": ("question", "questions"),
    "fragment": ("fragment of a sentence", "fragments of sentences"),
    "unclear": (
        "sentence that does not say who or what it is about",
        "sentences that do not say who or what they are about",
    ),
}
_UNSHOWN = {
    "unrelated": "judged unrelated",
    "unsure": "below the least confidence",
    "unexplained": "without a difference that could be shown",
    "same source": "of one source",
    "over the cap": "over the most that are shown",
}
_STANCES = {"states": "said by", "reports": "according to", "denies": "denied by", "doubts": "doubted by"}


def is_versions(report: Report) -> bool:
    """Tell whether the report compares two versions of one article."""
    return report.settings.get("mode") == "versions"


def list_asked(report: Report) -> tuple[Relation, ...]:
    """Return the relations that a run was asked for alone (`detector diff --only`); () where all are wanted."""
    asked = report.settings.get("only") or ()
    return tuple(
        relation for relation in (Relation.DIFFER, Relation.DEVELOP, Relation.AGREE) if relation.value in asked
    )


def list_groups(report: Report) -> tuple[Group, ...]:
    """Return the sections of cards in the order in which they are shown, those that were asked for."""
    asked = list_asked(report)
    if not is_versions(report):
        return tuple(group for group in SOURCES_ORDER if not asked or group.key in asked)
    # A changed sentence may differ, have developed or be reworded: that none is of the relation asked for does not
    # mean that none was changed.
    changed = not asked or any(find_group(report, card) is _CHANGED for card in report.cards)
    kept = not asked or Relation.AGREE in asked
    return tuple(group for group, wanted in ((_CHANGED, changed), (_KEPT, kept)) if wanted)


def count_kept(report: Report) -> int:
    """Return how many sentences two versions share as they stand: they are counted by the run, and have no card."""
    judged = report.counts.get("findings")
    return judged.get(UNCHANGED, 0) if is_versions(report) and isinstance(judged, Mapping) else 0


def find_group(report: Report, card: Card) -> Group | None:
    """Return the group of a card's relation; None for an abstention, which is never shown."""
    if card.relation is Relation.UNRELATED:
        return None
    if is_versions(report):
        return _KEPT if card.relation is Relation.AGREE and card.kind == "repeated" else _CHANGED
    return {Relation.DIFFER: _DIFFER, Relation.DEVELOP: _DEVELOP, Relation.AGREE: _AGREE}[card.relation]


def phrase_number(number: int, one: str, many: str = "") -> str:
    """Return "1 claim", "2 claims", "1,204 claims"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def phrase_left_out(reason: str, number: int) -> str:
    """Return "2 headlines" for the reason "headline" and the number 2."""
    one, many = _LEFT_OUT.get(reason, (f"sentence ({reason})", f"sentences ({reason})"))
    return phrase_number(number, one, many)


def list_unshown(report: Report) -> tuple[str, ...]:
    """Say how many pairs were looked at and are not shown, by reason, as far as the run counted them."""
    judged = report.counts.get("findings")
    if not isinstance(judged, Mapping):
        return ()
    shown = {Relation.AGREE.value, Relation.DIFFER.value, Relation.DEVELOP.value, UNCHANGED, CHECK.key}
    return tuple(f"{judged[key]:,} {_UNSHOWN.get(key, key)}" for key in sorted(set(judged) - shown) if judged[key])


def phrase_speaker(claim: Claim) -> str:
    """Return "said by X", "denied by X", "disputed: denied by X, said by Y", or "" where the reporter speaks."""
    if claim.dispute is not None:
        denier, sayer = claim.dispute
        return f"disputed: denied by {denier}" + (f", said by {sayer}" if sayer else "")
    speaker, stance = claim.speaker, claim.stance
    return f"{_STANCES.get(stance, stance + ' by')} {speaker}" if speaker else ""


def phrase_setting(value: Any) -> str:
    """Return a setting's value in words: a list with commas, nothing as "none"."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {phrase_setting(value[key])}" for key in sorted(value)) or "none"
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(phrase_setting(part) for part in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None or value == "" else str(value)
