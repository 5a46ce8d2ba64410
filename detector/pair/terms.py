"""Claims -> what each of them names, counts, dates and says happens, as sparse rows: a product of two rows is what they share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from detector.facts.lexicon import find_senses
from detector.records import Claim

Matrix = NDArray[np.float32]

_LIGHT = frozenset({"be", "have", "do", "make", "take", "get", "go", "come", "give", "say", "include", "meet", "use"})
_AMOUNTS = frozenset({"number", "amount", "size", "scale", "cost", "price", "toll", "total", "figure", "estimate"})
_SMALL_WORDS = frozenset({"of", "the", "and", "for"})
_PRIOR = 8  # claims added to a story's own: in a story of two claims a word of both is still rare


def _list_words(claim: Claim) -> Iterator[str]:
    """Yield the content words."""
    yield from (lemma.replace(".", "") for lemma in claim.facts.lemmas)


def _list_names(claim: Claim) -> Iterator[str]:
    """Yield each name as it may stand in another article: in full, by the surname, by the initials, by the country."""
    for name in claim.facts.names:
        if name.country:
            yield f"@{name.country}"
            continue
        yield name.key
        words = name.key.split()
        if len(words) > 1:
            initials = "".join(word[0] for word in words if word not in _SMALL_WORDS)
            yield words[-1] if name.type == "person" else initials


def _list_counted(claim: Claim) -> Iterator[str]:
    """Yield what is counted, in its unit, under each sense of the noun.

    A sentence that speaks of the number of something without giving it ("the number of soldiers will depend ...") counts it too.
    """
    open_amount = not _AMOUNTS.isdisjoint(claim.facts.lemmas)
    counted = [(figure.unit, figure.counted.split()[-1]) for figure in claim.facts.figures if figure.counted]
    asked = [("", lemma) for lemma in claim.facts.lemmas if lemma not in _AMOUNTS] if open_amount else []
    for unit, noun in (*counted, *asked):
        yield from (f"{unit} {sense}" for sense in find_senses(noun))


def _list_values(claim: Claim) -> Iterator[str]:
    """Yield the figures' values in their units."""
    yield from (f"{figure.low:g} {figure.high:g} {figure.unit}" for figure in claim.facts.figures)


def _list_times(claim: Claim) -> Iterator[str]:
    """Yield the times named, as far as they can be compared."""
    yield from (mention.partial or mention.text.lower() for mention in claim.facts.dates)


def _list_actions(claim: Claim) -> Iterator[str]:
    """Yield what is said to happen, under each sense of the verb."""
    for predicate in claim.facts.predicates:
        if predicate.lemma not in _LIGHT:
            yield from find_senses(predicate.lemma)


TERMS: Mapping[str, Callable[[Claim], Iterator[str]]] = {
    "rare words": _list_words,
    "rare name": _list_names,
    "same thing counted": _list_counted,
    "same figure": _list_values,
    "same time": _list_times,
    "same action": _list_actions,
}
"""What two claims can share, by the rule that it makes."""


def weigh_terms(claims: Sequence[Claim]) -> tuple[csr_matrix, ...]:
    """Return for each of TERMS an (n, terms) matrix; the product of two rows is the summed rarity of what both have."""
    return tuple(_weigh([sorted(set(list_terms(claim))) for claim in claims]) for list_terms in TERMS.values())


def _weigh(found: Sequence[Sequence[str]]) -> csr_matrix:
    """Return rows of square roots of rarity: 1 for a term of two claims, falling with the log of their number to about 0."""
    counts = Counter(term for terms in found for term in terms)
    column = {term: i for i, term in enumerate(sorted(term for term, count in counts.items() if count > 1))}
    total = len(found) + _PRIOR
    root = {term: math.sqrt(math.log(total / counts[term]) / math.log(total / 2)) for term in column}
    kept = [[term for term in terms if term in column] for terms in found]
    ends = np.cumsum([0, *map(len, kept)])
    data = np.array([root[term] for terms in kept for term in terms], dtype=np.float32)
    indices = np.array([column[term] for terms in kept for term in terms], dtype=np.intp)
    return csr_matrix((data, indices, ends), shape=(len(found), max(1, len(column))))
