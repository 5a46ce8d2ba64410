"""Who says it on both sides: the same speaker, one of the same government, another; and whether both tell of one dispute."""

from __future__ import annotations

from detector.facts.names import is_title
from detector.facts.places import find_capital, find_country
from detector.judge.words import read_words
from detector.records import Claim, Contrast, Pair

_ONE_MATTER, _ONE_MATTER_UNNAMED = 0.5, 0.6  # cosines from which two disputes of the same parties are one


def compare_speakers(a: Claim, b: Claim) -> Contrast | None:
    """Compare who says it; one who denies what another says makes a dispute."""
    if a.speaker and b.speaker and _is_same_speaker(a.speaker, b.speaker):
        return Contrast("same")
    if (a.stance == "denies") != (b.stance == "denies"):
        # One who says "it is not so" does not contradict one who denies that it is.
        other = b if a.stance == "denies" else a
        if not other.facts.negated:
            return Contrast("dispute")
    if not a.speaker or not b.speaker:
        return None
    return Contrast("side" if _find_sides(a.speaker) & _find_sides(b.speaker) else "different")


def hold_one_dispute(pair: Pair) -> bool:
    """Whether both sentences tell that the same one denies what the same one says: then the two outlets agree that it is disputed."""
    a, b = pair.earlier, pair.later
    if a.dispute is None or b.dispute is None or not _can_be_one(a.dispute[0], b.dispute[0]):
        return False
    if not (a.dispute[1] and b.dispute[1]):
        return pair.closeness >= _ONE_MATTER_UNNAMED
    return _can_be_one(a.dispute[1], b.dispute[1]) and pair.closeness >= _ONE_MATTER


def have_other_deniers(pair: Pair) -> bool:
    """Whether both sentences tell of a dispute, and it is not the same one who denies."""
    a, b = pair.earlier.dispute, pair.later.dispute
    return a is not None and b is not None and not _can_be_one(a[0], b[0])


def _can_be_one(a: str, b: str) -> bool:
    """Whether two names can stand for one party ("Kyiv" and "Ukraine" do)."""
    sides = [
        _find_sides(party) | {find_capital(party)} - {""} for party in (a, b)
    ]  # a capital that denies is a government
    return _is_same_speaker(a, b) or bool(sides[0] & sides[1])


def _is_same_speaker(a: str, b: str) -> bool:
    """Whether two speakers can be one: the last words are the same, and nothing in front of them tells the two apart."""
    left, right = a.split(), b.split()
    if left[-1].lower() != right[-1].lower():
        return False
    sides = _find_sides(a), _find_sides(b)
    if sides[0] and sides[1] and not sides[0] & sides[1]:
        return False
    if left[-1][:1].isupper() and right[-1][:1].isupper():
        # A surname: only two first names tell two people apart ("Maria Delgado", "Juan Delgado").
        return len(left) < 2 or len(right) < 2 or left[-2] == right[-2] or is_title(left[-2]) or is_title(right[-2])
    rest = read_words(" ".join(left[:-1])), read_words(" ".join(right[:-1]))
    return not rest[0] or not rest[1] or bool(rest[0] & rest[1])


def _find_sides(speaker: str) -> frozenset[str]:
    """Return the countries for which a speaker speaks ("U.K. officials", "the British prime minister")."""
    return frozenset(code for word in speaker.split() if (code := find_country(word)))
