"""Articles' texts -> sparse word rows: what names and numbers two articles share, which a vector of the text blurs."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Rows = NDArray[np.intp]

_WORD = re.compile(r"[^\W_]+(?:[.,'’:-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_PRIOR = 100.0  # imagined articles beside those given, so that weights mean the same in a run of three ...
_USUAL = 0.01  # ... each word being in one of a hundred of them
_NAME = 2.0  # how much more a name or a number weighs: two events of one kind differ in nothing else


@dataclass(slots=True)
class _Tally:
    """The words of all articles in compressed rows, and how many articles write each small or as a name."""

    column: dict[str, int] = field(default_factory=dict)
    columns: array[int] = field(default_factory=lambda: array("q"))
    counts: array[float] = field(default_factory=lambda: array("f"))
    ends: list[int] = field(default_factory=lambda: [0])
    small: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)


def weigh_words(texts: Iterable[str]) -> csr_matrix:
    """Return the tf-idf rows of n texts, of unit length; a text without words is a row of zeros.

    Names and numbers weigh double. A name is a word that more of the texts write with a capital inside a sentence than
    without one: no parser is needed, so that an archive stays cheap. The texts are taken one by one; memory
    grows with the number of distinct words in each.
    """
    tally = _count_words(texts)
    n = len(tally.ends) - 1
    columns = np.frombuffer(tally.columns, dtype=np.int64) if tally.columns else np.zeros(0, dtype=np.int64)
    counts = np.frombuffer(tally.counts, dtype=np.float32) if tally.counts else np.zeros(0, dtype=np.float32)
    held = np.bincount(columns, minlength=max(1, len(tally.column)))
    weight = np.log((_PRIOR + n) / (_PRIOR * _USUAL + held))
    for word, place in tally.column.items():
        if word[0].isdigit() or tally.names[word] > tally.small[word]:
            weight[place] *= _NAME
    data = (1.0 + np.log(counts)) * weight[columns].astype(np.float32)
    lengths = np.sqrt(np.add.reduceat(np.append(data**2, 0.0), tally.ends[:-1])) if n else np.zeros(0)
    sizes = np.diff(tally.ends)
    data /= np.repeat(np.where(lengths > 0, lengths, 1.0), sizes).astype(np.float32)
    rows = csr_matrix((data.astype(np.float32), columns, tally.ends), shape=(n, len(held)))
    rows.sort_indices()
    return rows


def find_copies(words: csr_matrix) -> Rows:
    """Return for each row the first row of the same words: itself unless its text was printed before."""
    first: dict[bytes, int] = {}
    found = np.arange(words.shape[0])
    for row, (start, end) in enumerate(zip(words.indptr[:-1], words.indptr[1:], strict=True)):
        if start < end:
            key = words.indices[start:end].tobytes() + words.data[start:end].tobytes()
            found[row] = first.setdefault(key, row)
    return found


def _count_words(texts: Iterable[str]) -> _Tally:
    """Count the words of each text, stop words left out."""
    tally = _Tally()
    for text in texts:
        inside: Counter[str] = Counter()
        names, small = set(), set()
        for word, is_name, is_small in _read_words(text):
            inside[word] += 1
            if is_name:
                names.add(word)
            elif is_small:
                small.add(word)
        tally.names.update(names)
        tally.small.update(small)
        tally.columns.extend(tally.column.setdefault(word, len(tally.column)) for word in inside)
        tally.counts.extend(inside.values())
        tally.ends.append(len(tally.columns))
    return tally


def _read_words(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield (word folded, has a capital inside a sentence, has none) for each word that can tell events apart."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # imported here: slow, and one story needs none

    for match in _WORD.finditer(text):
        start, word = match.start(), _fold_word(match.group())
        if word not in ENGLISH_STOP_WORDS and (len(word) > 1 or word.isdigit()):
            before = text[max(0, start - 2) : start]
            inside = len(before) == 2 and before[1] == " " and (before[0].isalnum() or before[0] in ",;)")
            yield word, inside and text[start].isupper(), text[start].islower()


def _fold_word(word: str) -> str:
    """Return a word in lower case, without dots, possessive and plural ending."""
    if word[0].isdigit():
        return word
    plain = _POSSESSIVE.sub("", word.lower()).replace(".", "")
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us")) else plain
