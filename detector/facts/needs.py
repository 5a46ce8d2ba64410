"""What a sentence says is needed, or is not: "vital", "depends on", "cannot ... without", "with or without"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from detector.facts.denial import is_denied, is_unreal
from detector.records import Name, Predicate

NEEDED = "necessary"
"""The lemma of such a predicate: its subject is what is needed, its object for whom or what, if that is said."""

_ADJECTIVES = {"necessary", "essential", "vital", "crucial", "indispensable", "needed", "required", "imperative"}
_NOT_NEEDED = {"unnecessary", "optional", "dispensable", "superfluous", "needless", "inessential"}
_NOUNS = {"must", "prerequisite", "precondition", "necessity", "requirement"}
_LINKS = {"be", "remain", "become", "seem", "appear", "prove", "stay"}
_SEEN = {"see", "regard", "view", "consider", "describe", "deem", "think", "call"}
_VERBS = {"need", "require"}
_LEANS = {"depend", "rely", "hinge", "dependent", "reliant", "contingent"}
_ON = ("on", "upon")
_MODALS = {"can", "could", "will", "would", "may", "might", "wo", "ca", "should"}
_GOES_ON = {
    "go", "proceed", "continue", "survive", "manage", "cope", "work", "succeed", "function", "do", "move", "press", "push", "carry",
    "happen", "advance", "live", "operate", "run", "win",
}  # fmt: skip
_MANNERS = {
    "delay",
    "doubt",
    "warning",
    "question",
    "exception",
    "problem",
    "incident",
    "interruption",
    "comment",
    "notice",
}
_POINTERS = {"such", "this", "these", "that", "those"}  # what they point at stands in another sentence
_FAR = 7  # tokens that a phrase may span


def find_needs(sentence: Any, names: Sequence[Name]) -> Mapping[int, Predicate]:
    """Return what a spaCy sentence says of need, by the place of the token that says it.

    Each is a `Predicate` with the lemma `NEEDED`; it is negated where the sentence says that one can do without.
    """
    reader = _Reader(sentence, names)
    return {token.i: need for token in sentence if (need := reader.read(token)) is not None}


def is_need_word(token: Any) -> bool:
    """Whether the token is an adjective of need, which is read here and nowhere else."""
    return token.lower_ in _ADJECTIVES | _NOT_NEEDED and token.pos_ == "ADJ"


class _Reader:
    """Reads the needs of one sentence; holds what every look-up needs."""

    def __init__(self, sentence: Any, names: Sequence[Name]) -> None:
        self._start = sentence.start_char
        self._names = names

    def read(self, token: Any) -> Predicate | None:
        """Return what the token says is needed, or None."""
        if token.lower_ in _ADJECTIVES | _NOT_NEEDED and token.dep_ in ("acomp", "oprd", "attr", "amod"):
            return self._read_adjective(token)
        if token.pos_ == "NOUN" and token.dep_ == "attr":
            return self._read_noun(token)
        if token.pos_ == "VERB" and token.lemma_ in _VERBS:
            return self._read_verb(token)
        if token.lemma_ in _LEANS and token.pos_ in ("VERB", "ADJ"):
            pillar = _find_behind(token, _ON)
            if pillar is not None and pillar.dep_ == "pcomp":
                return None  # "depends on when you book"
            return self._make(pillar, _find_subject(token), is_denied(_find_verb(token)), token, pillar)
        if token.lower_ == "without":
            return self._read_without(token)
        if token.lower_ in ("regardless", "irrespective") and (thing := _find_behind(token, ("of",))) is not None:
            return self._make(thing, None, True, token, thing)
        return None

    def _read_adjective(self, token: Any) -> Predicate | None:
        """Read "X is vital", "X is a necessary part of Y", "X is seen as essential"."""
        noun = token.head if token.dep_ == "amod" else token
        verb = noun.head
        if verb.lower_ == "as":
            verb = verb.head
        if noun.dep_ == "pobj" and (verb == noun.head or verb.lemma_ not in _SEEN):
            return None
        if verb.pos_ not in ("VERB", "AUX") or verb.lemma_ not in _LINKS | _SEEN:
            return None
        target = _find_behind(noun, ("to", "for", "of")) or _find_behind(token, ("to", "for"))
        before = [verb.doc[i].lower_ for i in range(max(0, token.i - 2), token.i)]
        denied = (is_denied(verb) or before == ["no", "longer"]) != (token.lower_ in _NOT_NEEDED)
        named = next((child for child in verb.children if child.dep_ == "dobj"), None)  # "called the subsidy essential"
        thing = named if named is not None and noun.dep_ == "oprd" else _find_subject(verb)
        return self._make(thing, target, denied, verb, noun)

    def _read_noun(self, token: Any) -> Predicate | None:
        """Read "X is a prerequisite for Y" and "there is no need for X"."""
        if token.lemma_ in _NOUNS:
            target = _find_behind(token, ("for", "of", "to"))
            return self._make(_find_subject(token.head), target, is_denied(token.head), token.head, token)
        there = any(child.dep_ == "expl" and child.lower_ == "there" for child in token.head.children)
        if token.lower_ == "need" and there and (thing := _find_behind(token, ("for",))) is not None:
            return self._make(thing, None, is_denied(token.head), token.head, thing)
        return None

    def _read_verb(self, token: Any) -> Predicate | None:
        """Read "Y needs X" and "X is required"; "needs to go" is another matter."""
        if any(child.dep_ in ("xcomp", "ccomp") for child in token.children):
            return None
        things = [child for child in token.children if child.dep_ in ("dobj", "nsubjpass")]
        if not things:
            return None
        passive = things[0].dep_ == "nsubjpass"
        owner = _find_behind(token, ("for", "in")) if passive else _find_subject(token)
        first = next((child for child in token.lefts if child.dep_ in ("aux", "auxpass", "neg")), token)
        return self._make(things[0], owner, is_denied(token), first, token if passive else things[0])

    def _read_without(self, token: Any) -> Predicate | None:
        """Read "with or without X", "even without X", "cannot ... without X" and "can do without X"."""
        thing = next((child for child in token.children if child.dep_ == "pobj"), None)
        if thing is None or thing.lemma_ in _MANNERS:
            return None
        if token.dep_ == "conj" and token.head.lower_ == "with":
            return self._make(thing, None, True, token.head, thing)
        verb = _find_verb(token)
        if verb is None or is_unreal(verb):
            return None
        there = any(child.dep_ == "expl" for child in verb.children)
        modal = any(child.dep_ == "aux" and child.lower_ in _MODALS for child in verb.children)
        if is_denied(verb) and (modal or there):
            first = next((child for child in verb.children if child.dep_ in ("aux", "neg", "attr")), verb)
            return self._make(thing, None, False, first, thing)
        if is_denied(verb):
            return None
        even = token.i > 0 and token.nbor(-1).lower_ == "even"
        present = verb.tag_ in ("VBZ", "VBP") or any(child.lower_ == "to" for child in verb.lefts)
        if even or (verb.lemma_ in _GOES_ON and (modal or present)):
            return self._make(thing, None, True, token, thing)
        return None

    def _make(self, thing: Any, target: Any, denied: bool, first: Any, last: Any) -> Predicate | None:
        """Return the predicate, unless nobody can tell from the sentence what is meant, or whether it is so."""
        words = self._words(thing) if thing is not None else ""
        # "Such a guarantee is vital" leaves open what is needed, which is still something that one speaker can say twice.
        points = thing is not None and any(child.lower_ in _POINTERS for child in thing.lefts)
        if not (words or points) or is_unreal(first):
            return None
        left, right = sorted((first, last), key=lambda token: token.i)
        if right.i - left.i > _FAR:
            left = right
        purpose = self._words(target) if target is not None else ""
        end = right.idx + len(right.text)
        return Predicate(NEEDED, words, purpose, denied, left.idx - self._start, end - self._start)

    def _words(self, head: Any) -> str:
        """Return a noun as words to compare, with whose it is: "the U.S. contribution" and "the contribution of Washington" name the US."""
        if head.pos_ == "PRON" or any(child.lower_ in _POINTERS for child in head.lefts):
            return ""
        if key := self._find_name(head):
            return key
        parts = []
        for child in head.lefts:
            key = self._find_name(child) if child.dep_ in ("compound", "nmod", "poss", "amod") else ""
            if key:
                parts.append(key)
            elif child.dep_ in ("compound", "nmod", "poss") and child.pos_ in ("NOUN", "PROPN") and child.is_alpha:
                parts.append(child.lemma_.lower())
        owner = _find_behind(head, ("of", "from", "by"))
        if owner is not None and (key := self._find_name(owner)):
            parts.insert(0, key)
        return " ".join([*dict.fromkeys(parts), head.lemma_.lower()])

    def _find_name(self, token: Any) -> str:
        """Return the key of the name in which a token stands, or ""."""
        place = token.idx - self._start
        return next((name.key for name in self._names if name.start <= place < name.end), "")


def _find_behind(token: Any, prepositions: Sequence[str]) -> Any | None:
    """Return the noun or the verb behind the first of the given prepositions."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            found = [noun for noun in child.children if noun.dep_ in ("pobj", "pcomp")]
            if found and found[0].ent_type_ not in ("DATE", "TIME"):
                return found[0]
    return None


def _find_subject(token: Any) -> Any | None:
    """Return the subject of a verb, or of the verb that an adjective stands behind."""
    verb = _find_verb(token)
    if verb is None:
        return None
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if not subjects and verb.dep_ in ("conj", "xcomp") and verb.head.pos_ in ("VERB", "AUX"):
        return _find_subject(verb.head)
    if subjects and subjects[0].lower_ in ("which", "that", "who") and verb.dep_ == "relcl":
        return verb.head
    return subjects[0] if subjects else None


def _find_verb(token: Any) -> Any | None:
    """Return the token if it is a verb, else the nearest verb above it."""
    return next((one for one in (token, *token.ancestors) if one.pos_ in ("VERB", "AUX")), None)
