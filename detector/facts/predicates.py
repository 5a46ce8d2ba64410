"""What a sentence says happens: its predicates with subject, object and whether they are denied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detector.facts.denial import CARRIERS, NEGATIVE, find_governor, is_denied, is_ruled_out, is_unreal
from detector.facts.lexicon import find_verb, has_opposite
from detector.facts.needs import find_needs, is_need_word
from detector.facts.speech import is_speech_verb
from detector.records import Name, Predicate, Span

_ACTION_ENDINGS = ("tion", "sion", "ment", "al", "ance", "ence", "ing", "ure", "y")
_EMPTY_OF = {"lack", "miss", "want"}
_PRONOUNS = {"PRON"}
_TOPICS = {"about", "of", "against", "from", "toward", "towards", "into", "for", "over", "on"}  # "talks about leaving"
_DOUBTFUL = {"alleged", "possible", "potential", "suspected", "supposed", "reported", "any"}
_NEAR, _FAR = 5, 6  # tokens that a phrase may reach to the left and right of its verb
_POINTERS = {"such", "this", "these", "that", "those"}  # what they point at stands in another sentence


def find_predicates(sentence: Any, names: Sequence[Name]) -> tuple[Predicate, ...]:
    """Return the verbs, predicate adjectives and verbal nouns of a spaCy sentence, in order.

    Subjects and objects are lower-case lemmas of the head with its noun modifiers, or a name's key.
    """
    reader = _Reader(sentence, names)
    needs = find_needs(sentence, names)
    found: list[Predicate] = []
    for token in sentence:
        need = needs.get(token.i)
        if (need is None or token.pos_ == "VERB") and (predicate := reader.read(token)):
            found.append(predicate)
        if need is not None:
            found.append(need)
    return tuple(found)


class _Reader:
    """Reads the predicates of one sentence; holds what every look-up needs."""

    def __init__(self, sentence: Any, names: Sequence[Name]) -> None:
        self._start = sentence.start_char
        self._names = names

    def read(self, token: Any) -> Predicate | None:
        """Return the token's predicate, or None if it makes none."""
        if token.pos_ == "VERB" and token.dep_ != "amod" and not is_speech_verb(token):
            if _is_aim(token) or is_unreal(token):
                return None
            carried = [child for child in token.children if child.dep_ == "xcomp" and child.pos_ in ("VERB", "AUX")]
            if carried and token.lemma_ in CARRIERS:
                return None
            return self._make(token, self._lemma(token), self._subject(token), self._object(token), is_denied(token))
        if is_need_word(token):
            return None
        if token.pos_ in ("ADJ", "VERB") and token.dep_ in ("acomp", "oprd", "attr") and has_opposite(token.lemma_):
            passive = any(child.dep_ == "nsubjpass" for child in token.head.children)
            owner = self._object(token.head) if passive else self._subject(token.head)  # "was found guilty"
            return self._make(token, token.lemma_.lower(), owner, "", is_denied(token.head))
        if token.lower_ == "over" and token.dep_ in ("advmod", "acomp") and token.head.lemma_ == "be":
            return self._make(token, "over", self._subject(token.head), "", is_denied(token.head))
        if token.pos_ == "ADJ" and token.dep_ == "amod" and token.head.dep_ == "attr" and has_opposite(token.lemma_):
            return self._make(
                token, token.lemma_.lower(), self._subject(token.head.head), "", is_denied(token.head.head)
            )
        if (
            token.pos_ == "NOUN"
            and token.lemma_.endswith(_ACTION_ENDINGS)
            and (verb := find_verb(token.lemma_.lower()))
        ):
            return self._read_noun(token, verb)
        return None

    def _read_noun(self, token: Any, verb: str) -> Predicate | None:
        """Read a verbal noun that says of whom or of what ("his acceptance of the proposal")."""
        if any(child.lower_ in _DOUBTFUL for child in token.lefts):
            return None
        owner = next((child for child in token.children if child.dep_ in ("poss", "compound", "nmod")), None)
        target = self._after(token, ("of", "in", "on", "to", "with", "for"))
        if owner is None and not target:
            return None
        denied = token.dep_ == "dobj" and (is_ruled_out(token.head) or token.head.lemma_ in NEGATIVE | _EMPTY_OF)
        if denied and is_denied(token.head):  # "refused to rule out participation"
            denied = False
        denied = denied or any(child.lower_ == "no" for child in token.children)
        return self._make(token, verb, self._words(owner) if owner is not None else "", target, denied)

    def _make(self, token: Any, lemma: str, subject: str, target: str, denied: bool) -> Predicate:
        start, end = _find_phrase(token)
        return Predicate(lemma, subject, target, denied, start - self._start, end - self._start)

    def _lemma(self, token: Any) -> str:
        """The verb with its particle ("rule out")."""
        particle = next((child.lower_ for child in token.children if child.dep_ == "prt"), "")
        return f"{token.lemma_.lower()} {particle}".strip()

    def _subject(self, token: Any) -> str:
        """The subject's words; passives give the agent; carried and joined verbs take it from their head."""
        for child in token.children:
            if child.dep_ == "agent":
                return next((self._words(t) for t in child.children if t.dep_ == "pobj"), "")
        if any(child.dep_ == "nsubjpass" for child in token.children):
            return ""
        for child in token.children:
            if child.dep_ in ("nsubj", "csubj"):
                if child.lower_ in ("who", "which", "that") and token.dep_ == "relcl":
                    return self._words(token.head)
                if child.pos_ == "PRON" and token.dep_ == "ccomp" and is_speech_verb(token.head):
                    # "Australia confirmed that it would expel two": the speaker speaks of itself.
                    return self._subject(token.head)
                return self._words(child)
        if token.dep_ in ("xcomp", "conj", "advcl", "acomp", "oprd") and token.head.pos_ in ("VERB", "AUX", "ADJ"):
            return self._subject(token.head)
        if token.dep_ == "pcomp" and (governor := find_governor(token)) != token.head and governor is not None:
            return self._subject(governor)  # "hesitant to commit to deploying"
        return ""

    def _object(self, token: Any) -> str:
        """The object's words: direct, passive subject, or the noun after the verb's preposition."""
        for wanted in (("dobj", "attr"), ("nsubjpass",)):
            for child in token.children:
                if child.dep_ in wanted and child.lower_ not in ("who", "which", "that"):
                    return self._words(child)
        if token.dep_ in ("acl", "relcl") and token.head.pos_ in ("NOUN", "PROPN") and token.tag_ in ("VBN", "VBD"):
            return self._words(token.head)
        return self._after(token, None)

    def _after(self, token: Any, prepositions: tuple[str, ...] | None) -> str:
        """The noun behind the first of the given prepositions (None: any)."""
        for child in token.children:
            if child.dep_ == "prep" and (prepositions is None or child.lower_ in prepositions):
                for target in child.children:
                    if target.dep_ == "pobj" and target.ent_type_ not in ("DATE", "TIME"):
                        return self._words(target)
        return ""

    def _words(self, head: Any) -> str:
        """A noun as words to compare: its name's key, else lemmas of its noun modifiers and itself; pronouns and "such a ..." are ""."""
        if head.pos_ in _PRONOUNS or any(child.lower_ in _POINTERS for child in head.lefts):
            return ""
        place = head.idx - self._start
        for name in self._names:
            if name.start <= place < name.end:
                return name.key
        parts = [
            child
            for child in head.lefts
            if child.dep_ in ("compound", "nmod") and child.ent_type_ not in ("DATE", "CARDINAL")
        ]
        return " ".join(token.lemma_.lower() for token in [*parts, head] if token.is_alpha)


def _is_aim(token: Any) -> bool:
    """Whether the verb only names a purpose or a topic ("efforts to broker a truce", "talks about leaving"), and no event."""
    if token.tag_ == "VBG" and (token.dep_ == "csubj" or (token.dep_ == "pcomp" and token.head.lower_ in _TOPICS)):
        return True
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children)
    return infinitive and token.dep_ in ("acl", "advcl", "relcl")


def _find_phrase(token: Any) -> Span:
    """Return where the words stand that carry the predicate: what denies or carries it, itself, and its object's noun."""
    last = token
    first = _find_carrier(token)
    head = token.head
    token_children = list(token.children) if first == token else [*first.children, *token.children]
    for child in token_children:
        if child.dep_ in ("aux", "auxpass", "neg") and 0 < first.i - child.i <= _NEAR:
            first = child
        if child.dep_ in ("dobj", "attr", "acomp", "prt") and 0 < child.i - last.i <= _FAR:
            last = child
        if child.dep_ == "prep" and token.pos_ == "NOUN":
            for noun in child.children:
                if noun.dep_ == "pobj" and 0 < noun.i - last.i <= _FAR:
                    last = noun
    if token.pos_ == "NOUN":
        left = [child.left_edge for child in token.lefts if child.dep_ in ("amod", "poss", "compound", "det")]
        first = left[0] if left and token.i - left[0].i <= _FAR else first
    if token.pos_ in ("ADJ", "ADV", "ADP") and any(child.dep_ == "neg" for child in head.children) and head.i < token.i:
        first = head if token.i - head.i <= _NEAR else first
    return first.idx, last.idx + len(last.text)


def _find_carrier(token: Any) -> Any:
    """Return the word with which the phrase of a verb begins: what carries it, where that stands near, else the verb."""
    governor = find_governor(token)
    if governor is None or not 0 < token.i - governor.i <= _FAR:
        return token
    if governor != token.head:
        above = find_governor(governor)  # "hesitant" of "hesitant to commit to deploying"
        return above if above is not None and 0 < token.i - above.i <= _FAR else governor
    return governor if token.dep_ == "xcomp" or (token.dep_ == "ccomp" and governor.lemma_ in NEGATIVE) else token
