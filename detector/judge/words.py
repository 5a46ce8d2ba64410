"""Word overlap between claims and phrases, with near-synonyms and country names folded."""

from __future__ import annotations

import re
from functools import cache

from detector.facts.lexicon import are_synonyms, find_lemmas
from detector.facts.places import find_country
from detector.records import Claim

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_][\w'’-]*")
_EMPTY = frozenset(
    "the a an of to in on at for and or by with from as is are was were be been being has have had that "
    "this these those it its their his her he she they who which will would could should may might can "
    "not no than then there here also so some more most other such any all about around least up over "
    "under between during after before while when where what how do did does".split()
)
_AGENTS = ("er", "ers", "or", "ors")  # "attacker" and "attack" are two things
_STEM = 5  # letters that two inflected forms of one word share


def fold_words(claim: Claim) -> frozenset[str]:
    """Return a claim's content words, names of countries as ISO codes."""
    return frozenset(find_country(lemma) or lemma for lemma in claim.facts.lemmas)


def read_words(text: str) -> frozenset[str]:
    """Return the content words of a phrase, lower-case."""
    words = (match.group().lower().removesuffix("'s").removesuffix("’s") for match in _WORD.finditer(text))
    return frozenset(find_country(word) or word for word in words if word not in _EMPTY)


@cache
def match_words(a: str, b: str) -> bool:
    """Whether two words are one word in other forms, or near-synonyms."""
    if a == b or any(are_synonyms(x, y) for x in find_lemmas(a) for y in find_lemmas(b)):
        return True
    if a.endswith(_AGENTS) != b.endswith(_AGENTS):
        return False
    return len(a) > _STEM and len(b) > _STEM and a[:_STEM] == b[:_STEM]


def count_matches(a: frozenset[str], b: frozenset[str]) -> int:
    """Return how many words of the smaller set have a partner in the other."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    exact = small & large
    return len(exact) + sum(any(match_words(word, other) for other in large - exact) for word in small - exact)


def share_word(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether any word of one matches any of the other."""
    return bool(a & b) or any(match_words(x, y) for x in a for y in b)
