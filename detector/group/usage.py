"""The claims of a story -> how it uses words: which stand side by side, which are names, and whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from detector.group.words import MOST_WORDS, ROLES, drop_titles, fold, split_words
from detector.records import Claim


def count_neighbours(claims: Sequence[Claim]) -> Counter[tuple[str, str]]:
    """Return how often one word stands before another in a phrase, each folded."""
    phrases = (split_words(phrase) for claim in claims for phrase in claim.facts.phrases)
    return Counter(pair for words in phrases for pair in pairwise(map(fold, words)))


def find_bound_roles(side_by_side: Mapping[tuple[str, str], int]) -> set[tuple[str, str]]:
    """Return the pairs of words that make one role ("inspector general"), so that no phrase is cut between them."""
    after: Counter[str] = Counter()
    for (_, role), count in side_by_side.items():
        after[role] += count
    return {
        (left, role)
        for (left, role), count in side_by_side.items()
        if role in ROLES and count > 1 and 2 * count >= after[role]
    }


def find_full_names(claims: Sequence[Claim]) -> dict[str, str]:
    """Return for each person's last word the commonest longer name that ends in it ("Keir Starmer")."""
    votes: dict[str, Counter[str]] = {}
    for claim in claims:
        for name in claim.facts.names:
            words = drop_titles(split_words(name.text))
            if name.type == "person" and 1 < len(words) <= MOST_WORDS:
                votes.setdefault(fold(words[-1]), Counter())[" ".join(words)] += 1
    return {word: min(forms, key=lambda form: (-forms[form], len(form), form)) for word, forms in votes.items()}


def find_types(claims: Sequence[Claim]) -> dict[str, str]:
    """Return for each word of a name the kind of name that it is most often part of."""
    votes: dict[str, Counter[str]] = {}
    for claim in claims:
        for name in claim.facts.names:
            for word in split_words(name.text):
                votes.setdefault(fold(word), Counter())["country" if name.country else name.type] += 1
    return {word: min(kinds, key=lambda kind: (-kinds[kind], kind)) for word, kinds in votes.items()}
