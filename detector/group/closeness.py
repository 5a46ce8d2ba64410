"""The claims of one story and their vectors -> how close each is to each, with what the whole story shares taken out.

Two views are mixed half and half. The vectors see paraphrase, but every claim of a story leans towards the story: its
mean is subtracted first ("all but the top", Mu and Viswanath 2018, in its simplest form). The words see the rare term
that two sources share ("backstop"), which a sentence vector blurs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from detector.records import Claim

Matrix = NDArray[np.float32]

_MEAN_PRIOR = 8.0  # the mean of n claims is trusted n / (n + 8): that of two claims says nothing of a story
WORDS = 0.5  # measured on ECB+: 0.35 to 0.5 is best, 0 and 1 are worse
COPY = 0.9  # from this raw cosine on two claims are near-copies, whatever the story's mean is
_BLOCK = 256  # rows of claims whose words are compared at once
_COUNTRY = 0.5  # weight of a country, however it is named: who takes part says less than what is said
_LONE_TERM = 0.5  # weight of a term that one source alone uses: it tells topics apart, but compares nothing


def measure_closeness(claims: Sequence[Claim], vectors: Matrix) -> Matrix:
    """Return an (n, n) float32 matrix of closeness: about 0 for claims that share the story only, 1 for the same claim.

    Args:
        claims: the n claims of one story.
        vectors: (n, d), unit-length rows; row i is claim i.
    """
    n = len(claims)
    rows = np.asarray(vectors, dtype=np.float32)
    centred = unit_rows(rows - rows.mean(axis=0) * (n / (n + _MEAN_PRIOR)))
    words = weigh_terms(claims)
    close: Matrix = centred @ centred.T
    close *= 1 - WORDS
    turned = words.T.tocsr()
    for start in range(0, n, _BLOCK):
        block = slice(start, start + _BLOCK)
        close[block] += (words[block] @ turned).toarray() * np.float32(WORDS)
    raw = rows @ rows.T
    copies = np.nonzero(raw >= COPY)
    close[copies] = np.maximum(close[copies], raw[copies])
    np.fill_diagonal(close, 1.0)
    return close


def unit_rows(matrix: Matrix) -> Matrix:
    """Return the rows scaled to length 1; rows of (nearly) nothing become zeros."""
    length = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: Matrix = np.divide(matrix, length, out=np.zeros_like(matrix), where=length > 1e-6)
    return unit


def weigh_terms(claims: Sequence[Claim]) -> csr_matrix:
    """Return the claims' tf-idf rows of unit length over lemmas and phrases that at least two claims share."""
    terms = [_list_terms(claim) for claim in claims]
    counts = Counter(term for found in terms for term in found)
    users: dict[str, set[str]] = {}
    for claim, found in zip(claims, terms, strict=True):
        for term in found:
            users.setdefault(term, set()).add(claim.source)
    column = {term: i for i, term in enumerate(sorted(t for t, count in counts.items() if count > 1))}
    n = len(claims)
    weight = {
        term: math.log(n / counts[term])
        * (1.0 if len(users[term]) > 1 else _LONE_TERM)
        * (_COUNTRY if term.startswith("@") else 1.0)
        for term in column
    }
    data: list[float] = []
    indices: list[int] = []
    ends = [0]
    for found in terms:
        kept = [term for term in found if term in column]
        length = math.sqrt(sum(weight[term] ** 2 for term in kept)) or 1.0
        data.extend(weight[term] / length for term in kept)
        indices.extend(column[term] for term in kept)
        ends.append(len(data))
    return csr_matrix((np.asarray(data, np.float32), indices, ends), shape=(n, max(1, len(column))))


def _list_terms(claim: Claim) -> list[str]:
    """Return the distinct lemmas and longer phrases of a claim, in a fixed order."""
    phrases = {f"={phrase.lower()}" for phrase in claim.facts.phrases if " " in phrase}
    countries = {f"@{name.country}" for name in claim.facts.names if name.country}  # "Washington", "American": US
    return sorted({lemma.replace(".", "") for lemma in claim.facts.lemmas} | phrases | countries)
