"""The noun phrases of claims -> label candidates: ways to name a thing, keyed by lemma, in the words of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from detector.group.shapes import (
    add_front,
    holds_phrase,
    is_beside_the_point,
    is_broken,
    is_inside_name,
    is_owner,
    join_hyphens,
    list_verbs,
)
from detector.group.usage import count_neighbours, find_bound_roles, find_full_names, find_types
from detector.group.words import (
    BLAND,
    COMMON,
    MEDIA,
    MOST_WORDS,
    ROLES,
    TITLES,
    VAGUE,
    drop_titles,
    fold,
    is_count,
    is_time,
    split_words,
)
from detector.records import Claim

_WORD = re.compile(r"[^\W_](?:[\w.'’&-]*\w)?")
_QUOTED = re.compile(r"[\"“”]([^\"“”]{3,60})[\"“”]")
_PERSON = 0.5  # the bare name of a person says who, not what: second to a phrase that tells what
_SHORT = 0.3  # ... and one that has no first name in the story
PERSONS = (_PERSON, _SHORT)
_PLACE = 0.25
_ORGANISATION = 0.7
_ROLE = 0.4
_VAGUE = 0.5
_BROAD = 0.2  # a word that many stories have, alone
_BROAD_TWICE = 0.4
_EMPTY = 0.05  # a vague noun or a role without a word that narrows it down names nothing
_SHORTEST_PLURAL = 5
_ACRONYM = 6  # letters at most
_LINKS = {"the", "a", "an", "of"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One way in which one claim names something: its lemmas, its head, how it is written, what the kind is worth.

    `counted` marks a number of things, `named` what ends in a name.
    """

    key: tuple[str, ...]
    head: str
    form: str
    worth: float
    counted: bool = False
    named: bool = False


class Wording:
    """The words of one story: each claim's content lemmas, and how each word is written inside a sentence.

    `lemmas[i]` holds the lemmas of claim i, its hyphenated words among them ("30-day").
    """

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        self._inside: Counter[str] = Counter()
        for claim in claims:
            self._inside.update(match.group() for match in list(_WORD.finditer(claim.text))[1:])
        words = {fold(lemma) for claim in claims for lemma in claim.facts.lemmas}
        self._single = {word: _find_singular(word, words) for word in words}
        self._known = [{self._single[fold(lemma)] for lemma in claim.facts.lemmas} for claim in claims]
        self._types = find_types(claims)
        self.nouns = [
            {
                self._find_lemma(row, word)
                for phrase in claim.facts.phrases
                for word in split_words(join_hyphens(phrase))
                if self._is_content(row, word)
            }
            for row, claim in enumerate(claims)
        ]
        self.countries = [{f"@{name.country}" for name in claim.facts.names if name.country} for claim in claims]
        self.lemmas = [set().union(*words) for words in zip(self._known, self.nouns, self.countries, strict=True)]
        users: dict[str, list[int]] = {}
        for row, lemmas in enumerate(self.lemmas):
            for lemma in lemmas:
                users.setdefault(lemma, []).append(row)
        self._users = {lemma: frozenset(rows) for lemma, rows in users.items()}
        self._rows: dict[tuple[str, ...], frozenset[int]] = {}
        self._full_names = find_full_names(claims)
        self._side_by_side = count_neighbours(claims)
        self._bound = find_bound_roles(self._side_by_side)
        self._doings = {one.lemma for claim in claims for one in claim.facts.predicates}
        self._deeds = {(one.subject.split(" ")[-1], one.lemma) for c in claims for one in c.facts.predicates}
        self._offers = [tuple(self._make_offers(row)) for row in range(len(claims))]
        self.heads = {offer.head for offers in self._offers for offer in offers if offer.worth == 1.0}

    def list_offers(self, row: int) -> tuple[Offer, ...]:
        """Return every label that claim `row` offers."""
        return self._offers[row]

    def find_rows(self, key: Iterable[str]) -> frozenset[int]:
        """Return the rows of the claims that have all lemmas of a key; one that was asked for before is looked up."""
        lemmas = tuple(key)
        if lemmas not in self._rows:
            users = sorted((self._users.get(lemma, frozenset()) for lemma in lemmas), key=len)
            self._rows[lemmas] = users[0].intersection(*users[1:]) if users else frozenset()
        return self._rows[lemmas]

    def _make_offers(self, row: int) -> Iterator[Offer]:
        """Yield what the claim's phrases, their endings and its counts ("number of countries") could be called."""
        speaker = {fold(word) for word in split_words(self.claims[row].speaker or "")}
        for phrase, linked in self._list_phrases(row):
            words = drop_titles(split_words(phrase))
            if not words or speaker.issuperset(map(fold, words)) or is_beside_the_point(words, linked):
                continue  # who says it is not what it is about
            for start in (0,) if linked else range(len(words)):
                part = words[start:]
                if len(part) > 1 and part[0] in BLAND:
                    continue
                if start and (is_inside_name(words[start - 1], part[0]) or is_owner(part[0])):
                    continue
                if start and len(part) > 1 and (fold(words[start - 1]), fold(part[0])) in self._bound:
                    continue
                if len(part) > 1 and self._is_deed(part):
                    continue
                if is_count(part[0]) and not linked:
                    yield from self._offer_count(row, part)
                elif len(part) <= MOST_WORDS and self._is_content(row, part[0]) and self._is_content(row, part[-1]):
                    yield from self._offer_phrase(row, part, linked)

    def _is_deed(self, part: Sequence[str]) -> bool:
        """Whether a phrase is a verb with who does it or with what is done, misread once ("Ali disputes", "cuts taxes")."""
        first, last = part[0], part[-1]
        if self._side_by_side[fold(first), fold(part[1])] > 1:
            return False  # "appeals court"
        if first.islower():
            return any(lemma in self._doings for lemma in list_verbs(first))
        who = len(part) == 2 and self._find_type(first) == "person" and not is_owner(first)
        return who and any((fold(first), lemma) in self._deeds for lemma in list_verbs(last))

    def name_country(self, code: str, rows: Iterable[int]) -> str:
        """Return how the claims name a country before a noun ("US", "Russian"), or "" if they never do."""
        forms: Counter[str] = Counter()
        for row in rows:
            text = self.claims[row].text
            for name in self.claims[row].facts.names:
                if f"@{name.country}" == code and re.match(r" [a-z]", text[name.end : name.end + 2]):
                    forms[name.text.replace(".", "")] += 1
        return min(forms, key=lambda form: (-forms[form], len(form), form)) if forms else ""

    def find_name(self, label: str) -> tuple[frozenset[str], str]:
        """Return the lemmas of a label, by the forms that the story's claims show, and that of its main noun.

        The main noun stands before "of", and before a colon.
        """
        first, _, added = label.removeprefix("number of ").partition(": ")
        front, _, back = first.partition(" of ")
        words = [fold(word) for word in split_words(front)]
        more = [fold(word) for word in split_words(f"{back} {added}") if word not in _LINKS]
        lemmas = [_guess_lemma(self._single.get(word, word), self._users) for word in [*words, *more]]
        return frozenset(lemmas), lemmas[len(words) - 1] if words else ""

    def find_content(self, text: str) -> frozenset[str]:
        """Return the lemmas of a text that are content words of the story's claims."""
        lemmas = (_guess_lemma(self._single.get(fold(word), fold(word)), self._users) for word in split_words(text))
        return frozenset(lemma for lemma in lemmas if lemma in self._users)

    def _offer_phrase(self, row: int, part: Sequence[str], linked: bool) -> Iterator[Offer]:
        """Yield a phrase as it stands, unless it names a time; a person goes by the full name."""
        lemmas = [self._find_lemma(row, word) for word in part if self._is_content(row, word)]
        if any(is_time(word) and self._find_type(word) == "" for word in part) or not any(
            c.isalpha() for c in part[-1]
        ):
            return
        head = lemmas[0] if linked else lemmas[-1]
        kind = self._find_type(part[0] if linked else part[-1])
        if kind == "person" and not linked:
            full = self._full_names.get(fold(part[-1]), "")
            yield Offer((head,), head, full or " ".join(part), _PERSON if full else _SHORT, named=True)
            return
        worth = {"country": _EMPTY, "place": _PLACE, "org": _ORGANISATION}.get(kind, 1.0)
        if part[-1][0].isupper() and fold(part[-1]) in MEDIA:
            worth = _EMPTY
        if not kind or (kind == "other" and len(part) == 1):
            worth = self._weigh_nouns(head, part, lemmas)
        words = [_lower_shout(word, self._inside) for word in part]
        form = " ".join([self.write_inside(row, *words[:2]), *words[1:]])
        yield Offer(tuple(sorted(set(lemmas))), head, form, worth, named=bool(kind))

    def _weigh_nouns(self, head: str, part: Sequence[str], lemmas: Sequence[str]) -> float:
        """Return what a phrase that ends in no name is worth, by how much its words narrow it down."""
        if head in TITLES or len(head) == 1:
            return _EMPTY
        if head in VAGUE or head in ROLES:
            others = zip(part, lemmas, strict=True) if len(part) == len(lemmas) else ()
            narrow = any(
                lemma not in COMMON and word not in BLAND and self._find_type(word) != "country"
                for word, lemma in others
            )
            return (_VAGUE if head in VAGUE else _ROLE) if narrow else _EMPTY
        if not COMMON.issuperset(lemmas):
            return 1.0
        return _BROAD if len(part) == 1 else _BROAD_TWICE

    def _offer_count(self, row: int, part: Sequence[str]) -> Iterator[Offer]:
        """Yield "number of countries" for "37 countries"."""
        noun = part[-1]
        head = self._find_lemma(row, noun)
        if (
            len(part) > 1
            and not is_count(noun)
            and not is_time(noun)
            and head != fold(noun)
            and part[0][0] not in "$£€"
        ):
            worth = _EMPTY if head in VAGUE else _ROLE if head in ROLES else 1.0
            yield Offer((head,), head, f"number of {noun.lower()}", worth, counted=True)

    def _list_phrases(self, row: int) -> Iterator[tuple[str, bool]]:
        """Yield a claim's phrases, and (True) those that "of" joins, quoted or not ("coalition of the willing")."""
        claim = self.claims[row]
        phrases = [join_hyphens(phrase) for phrase in claim.facts.phrases if not is_broken(phrase)]
        phrases = [add_front(claim.text, phrase) for phrase in phrases]
        joined = set()
        for left, right in pairwise(phrases):
            whole = (f"{left} of {article}{right}" for article in ("", "the ", "a ", "an "))
            link = next((text for text in whole if holds_phrase(claim.text, text)), "")
            if link and not self._find_type(split_words(left)[-1] if split_words(left) else ""):
                yield link, True
                joined.add(right)
        for match in _QUOTED.finditer(claim.text):
            if 1 < len(match.group(1).split()) <= MOST_WORDS and " of " in match.group(1):
                yield match.group(1), True
                joined |= {phrase for phrase in phrases if match.group(1).rstrip(",.").endswith(f" {phrase}")}
        # "the willing" of a coalition, and "Lago" of "Mar - a - Lago", are no phrases of their own
        yield from ((phrase, False) for phrase in phrases if phrase not in joined and f"- {phrase}" not in claim.text)

    def write_inside(self, row: int, word: str, after: str = "") -> str:
        """Return a sentence's first word as it would be written inside a sentence."""
        first = _WORD.search(self.claims[row].text)
        if first is None or not first.group().startswith(word) or self._find_type(word) or after[:1].isupper():
            return word
        lower = word[0].lower() + word[1:]
        return word if self._inside[word] > self._inside[lower] else lower

    def _find_type(self, word: str) -> str:
        """Return what kind of name a word belongs to, or "" (a lower-case word belongs to none)."""
        return self._types.get(fold(word), "") if word[:1].isupper() else ""

    def _find_lemma(self, row: int, word: str) -> str:
        """Return the lemma of a word of claim `row`: the one of the claim's own lemmas that it can be a form of."""
        folded = fold(word)
        return _guess_lemma(self._single.get(folded, folded), self._known[row])

    def _is_content(self, row: int, word: str) -> bool:
        """Whether a word carries meaning: it, or a part of a hyphenated one, is among the claim's lemmas."""
        known = self._known[row]
        parts = fold(word).split("-")
        return self._find_lemma(row, word) in known or (len(parts) > 1 and any(part in known for part in parts))


def _lower_shout(word: str, inside: Mapping[str, int]) -> str:
    """Return a word in capitals in lower case, unless it is as good as never written so ("NATO")."""
    lower = word.lower()
    shout = len(word) > 3 and word.isalpha() and word.isupper()
    return lower if shout and (len(word) > _ACRONYM or inside[lower] * 4 > inside[word]) else word


def _guess_lemma(word: str, known: Container[str]) -> str:
    """Return the one of the known lemmas that a folded word can be the plural of, or the word."""
    return word if word in known else _find_singular(word, known)


def _find_singular(word: str, known: Container[str]) -> str:
    """Return the one of the known lemmas, other than itself, that a folded word can be the plural of, or the word."""
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return next((guess for guess in (word[:-3] + "y", word[:-2], word[:-1]) if guess in known), word)
