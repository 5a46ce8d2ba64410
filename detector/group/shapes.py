"""A phrase by its form alone: what it is cut off from, what makes it no phrase, how it could be a verb misread."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detector.group.words import is_count

_HYPHEN = re.compile(r"(?<=\w)\s-\s(?=\w)")  # "inter - Korean", as some feeds have it
_BROKEN = re.compile(r"[,;:()\[\]/|@#]")
_SEAT = re.compile(r"[DRI]-[A-Z][\w.]*")  # "D-Calif": a member's party and state


def join_hyphens(phrase: str) -> str:
    """Return a phrase without spaces around its hyphens."""
    return _HYPHEN.sub("-", phrase)


def list_verbs(word: str) -> tuple[str, ...]:
    """Return the lemmas that a word in -s can be the third person of."""
    return (word[:-1], word[:-2]) if word.endswith("s") and not word.endswith("ss") else ()


def add_front(text: str, phrase: str) -> str:
    """Return a phrase that is cut behind a hyphen with what stands before it ("no-fly zone")."""
    place = text.find(f"-{phrase}")
    front = text[:place].split()[-1:] if place > 0 else []
    return f"{front[0]}-{phrase}" if front and front[0].isalpha() else phrase


def holds_phrase(text: str, phrase: str) -> bool:
    """Whether a text has a phrase that is not cut off before a possessive ("merger of the country's banks")."""
    place = text.find(phrase)
    return place >= 0 and not text.startswith(("'s", "’s"), place + len(phrase))


def is_inside_name(before: str, word: str) -> bool:
    """Whether a cut between two words would split a name ("North | Korea", "Keir | Starmer")."""
    return before[0].isupper() and word[0].isupper()


def is_owner(word: str) -> bool:
    """Whether a word is a possessive: what stands in front of it says whose ("inspector | general's findings")."""
    return word.endswith(("'s", "’s", "s'", "s’"))


def is_broken(phrase: str) -> bool:
    """Whether a phrase is a list, an aside, or cut inside a quotation."""
    quotes = sum(phrase.count(mark) for mark in '"“”')
    return bool(_BROKEN.search(phrase)) or quotes % 2 == 1


def is_beside_the_point(words: Sequence[str], linked: bool) -> bool:
    """Whether a phrase tells for whom a member sits, or only how many of something there are ("hundreds of people")."""
    return any(map(_SEAT.fullmatch, words)) or (linked and (is_count(words[0]) or is_count(words[-1])))
