"""Proper names of a sentence, and one article's book of who is meant by a surname or a title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import combining, normalize

from detector.facts.places import find_capital, find_country
from detector.facts.times import find_times
from detector.records import Name

_TYPES = {"PERSON": "person", "ORG": "org", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "place"}
_OTHER = {"EVENT", "PRODUCT", "LAW", "WORK_OF_ART"}
_TITLES = {
    "mr", "mrs", "ms", "miss", "sir", "dame", "lord", "lady", "dr", "prof", "president", "minister", "chancellor", "premier",
    "senator", "sen.", "rep.", "gov.", "governor", "mayor", "judge", "justice", "general", "gen.", "colonel", "captain",
    "king", "queen", "prince", "princess", "pope", "secretary", "prime", "mr.", "mrs.", "ms.", "dr.", "vice", "inspector", "sergeant",
}  # fmt: skip
_OFFICES = {
    "coach", "captain", "chief", "director", "officer", "sheriff", "detective", "superintendent", "spokesman", "spokeswoman",
    "spokesperson", "manager", "professor", "doctor", "chairman", "chairwoman", "chair", "lawyer", "attorney", "commissioner",
    "ambassador", "engineer", "analyst", "economist", "leader", "bishop", "father", "sister", "councillor", "congressman",
}  # fmt: skip
_INITIALS = re.compile(r"(?:[a-z]\.){2,}")  # "E.U." and "EU" are one name
_PLACE_PREPOSITIONS = {"in", "at", "near", "to", "from", "around", "outside", "inside", "across", "through"}


@dataclass(frozen=True, slots=True)
class NameBook:
    """Who is meant in one article: `people` maps a name part to full keys, `titles` a title to full keys."""

    people: dict[str, frozenset[str]]
    titles: dict[str, frozenset[str]]

    def resolve(self, name: Name) -> Name:
        """Return the name with the full key that the article uses elsewhere, where only one fits."""
        if name.country or " " in name.key:
            return name
        full = self.people.get(name.key, frozenset())
        return replace(name, key=next(iter(full)), type="person") if len(full) == 1 else name


def find_names(sentence: Any) -> tuple[Name, ...]:
    """Return the proper names of a spaCy sentence, in order; offsets count from the sentence's start."""
    names = [name for entity in sentence.ents if (name := _read_entity(entity, sentence.start_char))]
    covered = {token.i for entity in sentence.ents for token in entity if not _is_mistaken(entity)}
    names += [_read_loose(run, sentence.start_char) for run in _find_runs(sentence, covered)]
    return tuple(sorted(names, key=lambda name: (name.start, name.end)))


def build_name_book(sentences: Iterable[Any]) -> NameBook:
    """Read an article's sentences for full names and the titles that go with them."""
    people: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, set[str]] = defaultdict(set)
    for sentence in sentences:
        for entity in sentence.ents:
            name = _read_entity(entity, 0)
            if name is None or name.type != "person":
                continue
            parts = name.key.split()
            if len(parts) > 1:
                for part in (parts[0], parts[-1]):
                    people[part].add(name.key)
                if title := _read_title(entity):
                    titles[title].add(name.key)
    # A surname shared by two people stays open; a first name never beats a surname.
    return NameBook({k: frozenset(v) for k, v in people.items()}, {k: frozenset(v) for k, v in titles.items()})


def find_title_names(sentence: Any, book: NameBook) -> tuple[Name, ...]:
    """Return names for "the prime minister" and the like, where the article has one holder of the title.

    So it does for a surname that opens the sentence, where a capital tells nothing and the entity model often misses it.
    """
    found = []
    first = sentence[0]
    holders = book.people.get(first.lower_, frozenset())
    if len(holders) == 1 and not first.ent_type_ and next(iter(holders)).split()[-1] == first.lower_:
        found.append(Name(first.text, next(iter(holders)), "person", 0, len(first.text)))
    for chunk in sentence.noun_chunks:
        words = chunk.text.lower().split()
        if len(words) < 2 or words[0] not in ("the", "his", "her", "their", "its"):
            continue
        holders = book.titles.get(" ".join(words[1:]), frozenset())
        if len(holders) == 1 and not chunk.ents:
            start = chunk.start_char - sentence.start_char
            found.append(Name(chunk.text, next(iter(holders)), "person", start, start + len(chunk.text)))
    return tuple(found)


def match_names(a: Name, b: Name) -> bool:
    """Whether two names, of two articles, can mean the same: same country, same key, or a part of the full name."""
    if a.text.lower() == b.text.lower():
        return True
    if a.country or b.country:
        return a.country == b.country
    if a.key == b.key:
        return True
    left, right = set(a.key.split()), set(b.key.split())
    if a.type == "person" or b.type == "person":
        shorter, longer = sorted((_strip_name(a.key), _strip_name(b.key)), key=len)
        return set(shorter) <= set(longer) and shorter[-1] == longer[-1]
    return (
        _is_acronym(a.key, b.key)
        or _is_acronym(b.key, a.key)
        or (len(left & right) >= 2 and (left <= right or right <= left))
    )


def fold_accents(text: str) -> str:
    """Return a text without the accents of its letters, which outlets keep or leave out: "de León", "de Leon"."""
    return "".join(letter for letter in normalize("NFKD", text) if not combining(letter))


def _strip_name(key: str) -> list[str]:
    """A person's name without middle initials and numerals ("robert s. mueller iii"); "jr." stays, for it tells son from father."""
    parts = key.replace("-", " ").split()  # one outlet writes "Lane-Fox", the other "Lane Fox"
    kept = [
        part for i, part in enumerate(parts) if i == 0 or (len(part.strip(".")) > 1 and part not in ("ii", "iii", "iv"))
    ]
    return kept or parts


def is_title(word: str) -> bool:
    """Whether a word in front of a surname is a title or an office, not a first name."""
    return word.lower() in _TITLES or word.lower() in _OFFICES


def _is_acronym(short: str, long: str) -> bool:
    """Whether `short` is made of the initials of `long`."""
    letters = short.replace(".", "")
    words = [word for word in long.split() if word not in ("of", "the", "and", "for")]
    return len(letters) >= 2 and len(words) >= 2 and letters == "".join(word[0] for word in words)


def _read_entity(entity: Any, offset: int) -> Name | None:
    """Turn one spaCy entity into a Name, without article, title and possessive."""
    if entity.label_ not in _TYPES and entity.label_ not in _OTHER:
        return None
    tokens = list(entity)
    while tokens and (tokens[0].lower_ in ("the", "a", "an") or (len(tokens) > 1 and tokens[0].lower_ in _TITLES)):
        tokens = tokens[1:]
    while tokens and tokens[-1].lower_ in ("'s", "’s", "'", "’", '"', "”"):
        tokens = tokens[:-1]
    if not tokens or not any(char.isalpha() for char in tokens[0].text):
        return None
    return _make_name(tokens, _TYPES.get(entity.label_, "other"), offset)


def _read_loose(run: list[Any], offset: int) -> Name:
    """Turn a run of proper nouns that the entity model missed into a Name."""
    return _make_name(run, "other", offset)


def _make_name(tokens: list[Any], kind: str, offset: int) -> Name:
    """Give the name its canonical key: a country's code, else the lower-case words."""
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1].text)
    text = tokens[0].doc.text[start:end]
    key = " ".join(text.lower().split())
    if _INITIALS.fullmatch(key):
        key = key.replace(".", "")
    country = find_country(key)
    if not country and (code := find_capital(key)) and _acts(tokens[-1]):
        country = code
    if country or find_capital(key):
        kind = "place"
    return Name(text, country or fold_accents(key), kind, start - offset, end - offset, country)


def _is_mistaken(entity: Any) -> bool:
    """Whether the model takes a lone proper name for a date ("in hospital in Stavanger"): no calendar word is in it."""
    return len(entity) == 1 and entity.label_ == "DATE" and entity[0].pos_ == "PROPN" and not find_times(entity.sent)


def _acts(token: Any) -> bool:
    """Whether a capital acts as a government here ("Moscow rejected ..."), and is not just a place."""
    while token.dep_ == "conj":
        token = token.head
    if token.dep_ in ("nsubj", "nsubjpass", "poss", "dobj", "iobj"):
        return True
    return token.dep_ == "pobj" and token.head.lower_ not in _PLACE_PREPOSITIONS and token.head.dep_ != "ROOT"


def _find_runs(sentence: Any, covered: set[int]) -> list[list[Any]]:
    """Return runs of capitalised proper nouns outside the known entities, not titles alone."""
    runs: list[list[Any]] = []
    for token in sentence:
        # The small model tags many a name as a noun; inside a sentence the capital tells.
        named = token.pos_ == "PROPN" or (
            token.pos_ in ("NOUN", "X") and token.i > sentence.start and not token.nbor(-1).is_quote
        )
        plain = named and token.i not in covered and token.text[:1].isupper() and token.is_alpha
        if plain and runs and runs[-1][-1].i == token.i - 1:
            runs[-1].append(token)
        elif plain:
            runs.append([token])
    kept = []
    for run in runs:
        words = [token for token in run if token.lower_ not in _TITLES]
        if words and not (len(words) == 1 and words[0].i == sentence.start) and len(words[0].text) > 1:
            kept.append(words)
    return kept


def _read_title(entity: Any) -> str:
    """Return the title in front of a person's name, lower-case, without countries ("prime minister")."""
    words: list[str] = []
    token_index = entity.start - 1
    inside = [token.lower_ for token in entity if token.lower_ in _TITLES]
    doc = entity.doc
    while token_index >= entity.sent.start and len(words) < 4:
        token = doc[token_index]
        if token.pos_ not in ("PROPN", "NOUN", "ADJ") or token.ent_type_ or find_country(token.text):
            break
        words.insert(0, token.lower_)
        token_index -= 1
    return " ".join(words + inside)
