"""An editor's own topics: which claims belong to each name, by closeness to the name and its describing terms."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from detector.errors import SettingsError
from detector.group.phrases import Wording
from detector.group.words import fold, split_words

Matrix = NDArray[np.float32]

# Calibrated by eye on 14 names for the seeds and two events of newswcl50: claims on the name's subject reach 0.35 and
# stand out from the story by a standard deviation; a name foreign to the story ("human rights") stays below.
_LEAST = 0.35
_STANDING_OUT = 1.0
_SAME_WORDS = 0.2  # what it adds when a claim has all of the name's own words
_FEW = 5  # with fewer claims than this, their spread says nothing


def fill_named(wording: Wording, vectors: Matrix, named: Mapping[str, Matrix]) -> dict[str, dict[int, float]]:
    """Return for each name the rows of its claims with their strength (0..1); names in order, none without claims.

    Args:
        wording: the words of the story's n claims.
        vectors: (n, d), unit-length rows.
        named: name -> (k, d) unit-length rows for the name and its terms.

    Raises:
        SettingsError: the vectors of a name are not of the claims' width.
    """
    filled: dict[str, dict[int, float]] = {}
    for name in sorted(named):
        terms = np.atleast_2d(np.asarray(named[name], dtype=np.float32))
        if not terms.size or terms.shape[1] != vectors.shape[1]:
            raise SettingsError(
                f"topic {name!r}: its vectors have shape {terms.shape}, the claims' are {vectors.shape[1]} wide; "
                "embed the topic's name and terms with the same model as the claims"
            )
        close = (vectors @ terms.T).max(axis=1) + _SAME_WORDS * _share_words(wording, name)
        bar = _LEAST
        if len(close) >= _FEW:
            bar = max(bar, float(close.mean() + _STANDING_OUT * close.std()))
        rows = {int(row): min(1.0, float(close[row])) for row in np.flatnonzero(close >= bar)}
        if rows:
            filled[name] = rows
    return filled


def _share_words(wording: Wording, name: str) -> Matrix:
    """Return for each claim the share of the name's words that it has, rare words counting more."""
    n = len(wording.lemmas)
    found = np.zeros(n, dtype=np.float32)
    total = 0.0
    for word in sorted({fold(word) for word in split_words(name)}):
        forms = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"}
        has = np.array([not forms.isdisjoint(lemmas) for lemmas in wording.lemmas], dtype=np.float32)
        if has.any():  # a word that no claim has is a function word, or says nothing here
            weight = math.log((n + 1) / float(has.sum()))
            total += weight
            found += has * np.float32(weight)
    return found / np.float32(total or 1.0)
