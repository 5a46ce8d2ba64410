"""The noun phrases of claims -> label candidates: ways to name a thing, keyed by lemma, in the words of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from detector.group.words import MOST_WORDS, ROLES, VAGUE, fold, is_count, is_time, split_words
from detector.records import Claim

_WORD = re.compile(r"[^\W_](?:[\w.'’&-]*\w)?")
_QUOTED = re.compile(r"[\"“”]([^\"“”]{3,60})[\"“”]")
_BROKEN = re.compile(r"[,;:()\[\]/|]")
_PERSON_OR_PLACE = 0.15  # the bare name of a person or country says who, not what: a last resort
_ORGANISATION = 0.5
_ROLE = 0.4
_VAGUE = 0.4


@dataclass(frozen=True, slots=True)
class Offer:
    """One way in which one claim names something: its lemmas, its head, how it is written, what the kind is worth."""

    key: tuple[str, ...]
    head: str
    form: str
    worth: float
    counted: bool = False


class Wording:
    """The words of one story: each claim's content lemmas, and how each word is written inside a sentence.

    `lemmas[i]` holds the lemmas of claim i, its hyphenated words among them ("30-day").
    """

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        self._inside: Counter[str] = Counter()
        for claim in claims:
            self._inside.update(match.group() for match in list(_WORD.finditer(claim.text))[1:])
        self._known = [{fold(lemma) for lemma in claim.facts.lemmas} for claim in claims]
        self._types = _find_types(claims)
        self.nouns = [
            {self._find_lemma(row, word) for phrase in claim.facts.phrases for word in split_words(phrase)}
            for row, claim in enumerate(claims)
        ]
        self.countries = [{f"@{name.country}" for name in claim.facts.names if name.country} for claim in claims]
        self.lemmas = [set().union(*words) for words in zip(self._known, self.nouns, self.countries, strict=True)]
        self.heads = {offer.head for row in range(len(claims)) for offer in self.list_offers(row) if offer.worth == 1.0}

    def list_offers(self, row: int) -> Iterator[Offer]:
        """Yield every label that claim `row` offers: its phrases, their endings, and counts ("number of countries")."""
        for phrase, linked in self._list_phrases(row):
            words = split_words(phrase)
            if linked and is_count(words[0]):
                continue
            for start in (0,) if linked else range(len(words)):
                part = words[start:]
                if start and _is_inside_name(words[start - 1], part[0]):
                    continue
                if is_count(part[0]) and not linked:
                    yield from self._offer_count(row, part)
                elif len(part) <= MOST_WORDS and self._is_content(row, part[0]) and self._is_content(row, part[-1]):
                    yield from self._offer_phrase(row, part, linked)

    def name_country(self, code: str, rows: Iterable[int]) -> str:
        """Return how the claims name a country before a noun ("US", "Russian"), or "" if they never do."""
        forms: Counter[str] = Counter()
        for row in rows:
            text = self.claims[row].text
            for name in self.claims[row].facts.names:
                if f"@{name.country}" == code and re.match(r" [a-z]", text[name.end : name.end + 2]):
                    forms[name.text.replace(".", "")] += 1
        return min(forms, key=lambda form: (-forms[form], len(form), form)) if forms else ""

    def find_key(self, label: str) -> frozenset[str]:
        """Return the lemmas of a label, by the forms that the story's claims show."""
        known = {lemma for lemmas in self.lemmas for lemma in lemmas}
        return frozenset(_guess_lemma(fold(word), known) for word in split_words(label))

    def _offer_phrase(self, row: int, part: Sequence[str], linked: bool) -> Iterator[Offer]:
        """Yield a phrase as it stands, unless it names a time."""
        lemmas = [self._find_lemma(row, word) for word in part if self._is_content(row, word)]
        if any(is_time(word) and self._find_type(word) == "" for word in part) or not any(
            c.isalpha() for c in part[-1]
        ):
            return
        head = lemmas[0] if linked else lemmas[-1]
        kind = self._find_type(part[0] if linked else part[-1])
        worth = {"person": _PERSON_OR_PLACE, "place": _PERSON_OR_PLACE, "org": _ORGANISATION}.get(kind, 1.0)
        if head in ROLES:
            worth = min(worth, _ROLE)
        elif head in VAGUE:
            worth = min(worth, _VAGUE)
        yield Offer(tuple(sorted(set(lemmas))), head, " ".join([self._write_inside(row, *part[:2]), *part[1:]]), worth)

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
            yield Offer((head,), head, f"number of {noun.lower()}", _VAGUE if head in VAGUE else 1.0, counted=True)

    def _list_phrases(self, row: int) -> Iterator[tuple[str, bool]]:
        """Yield a claim's phrases, and (True) those that "of" joins, quoted or not ("coalition of the willing")."""
        claim = self.claims[row]
        phrases = [phrase for phrase in claim.facts.phrases if not _is_broken(phrase)]
        yield from ((phrase, False) for phrase in phrases)
        for left, right in pairwise(phrases):
            link = re.search(rf"(?<!\w){re.escape(left)} of (?:the |a |an )?{re.escape(right)}(?!\w)", claim.text)
            if link and not self._find_type(split_words(left)[-1] if split_words(left) else ""):
                yield link.group(), True
        for match in _QUOTED.finditer(claim.text):
            if 1 < len(match.group(1).split()) <= MOST_WORDS and " of " in match.group(1):
                yield match.group(1), True

    def _write_inside(self, row: int, word: str, after: str = "") -> str:
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
        return _guess_lemma(fold(word), self._known[row])

    def _is_content(self, row: int, word: str) -> bool:
        """Whether a word carries meaning: it, or a part of a hyphenated one, is among the claim's lemmas."""
        known = self._known[row]
        parts = fold(word).split("-")
        return self._find_lemma(row, word) in known or (len(parts) > 1 and any(part in known for part in parts))


def _is_inside_name(before: str, word: str) -> bool:
    """Whether a cut between two words would split a name ("North | Korea", "Keir | Starmer")."""
    return before[0].isupper() and word[0].isupper()


def _is_broken(phrase: str) -> bool:
    """Whether a phrase is a list, an aside, or cut inside a quotation."""
    quotes = sum(phrase.count(mark) for mark in '"“”')
    return bool(_BROKEN.search(phrase)) or quotes % 2 == 1


def _find_types(claims: Sequence[Claim]) -> dict[str, str]:
    """Return for each word of a name the kind of name that it is most often part of."""
    votes: dict[str, Counter[str]] = {}
    for claim in claims:
        for name in claim.facts.names:
            for word in split_words(name.text):
                votes.setdefault(fold(word), Counter())[name.type] += 1
    return {word: min(kinds, key=lambda kind: (-kinds[kind], kind)) for word, kinds in votes.items()}


def _guess_lemma(word: str, known: Set[str]) -> str:
    """Return the one of the known lemmas that a folded word can be the plural of, or the word."""
    if word in known or not word.endswith("s"):
        return word
    return next((guess for guess in (word[:-3] + "y", word[:-2], word[:-1]) if guess in known), word)
