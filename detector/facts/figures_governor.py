"""The noun that a figure is tied to in the parse: by "of", or as the subject of the verb that measures it."""

from __future__ import annotations

from typing import Any

from detector.facts.figures_words import HOLLOW, TIMES

_LEMMAS = {"taxes": "tax", "person": "people", "persons": "people"}  # where the lemmatizer errs or words are synonyms
_COUNTS = {"number", "total", "amount", "toll", "tally", "count"}  # nouns that only say that something is counted
_PUTS = {"put", "set", "place", "estimate", "leave"}  # who puts a toll at 45
_MODIFIERS = ("amod", "compound", "nmod", "npadvmod")


def name_noun(head: Any, leftmost: int) -> str:
    """Return a noun's lemma with its modifiers from the token `leftmost` on, lower-cased."""
    words: list[str] = []
    for token in head.doc[max(leftmost, head.i - 6) : head.i]:
        keeps = token.pos_ in ("ADJ", "NOUN", "PROPN", "VERB") and token.dep_ in (
            "amod",
            "compound",
            "nmod",
            "npadvmod",
        )
        if keeps and not token.like_num and token.lower_ not in TIMES:
            words.append(token.lower_)
        elif (
            token.text not in ("-", "–") and not token.like_num and token.dep_ not in ("conj", "cc", "punct", "advmod")
        ):
            words.clear()
    lemma = _LEMMAS.get(head.lower_, head.lemma_.lower())
    return " ".join([*words[-3:], lemma])


def read_governor(sentence: Any, tokens: Any, verbs: frozenset[str]) -> str:
    """Return the noun that the amount is tied to by "of", or the subject of the verb that measures it."""
    root = tokens.root
    while root.dep_ in ("nummod", "quantmod", "nmod", "conj", "compound", "npadvmod") and root.head.i != root.i:
        if root.head.pos_ in ("VERB", "AUX", "ADJ"):
            break
        root = root.head
    head = root.head
    if root.dep_ in ("pobj", "prep", "pcomp"):
        prep = head if root.dep_ == "pobj" else root
        head = prep.head
        if prep.lower_ == "of" and head.pos_ in ("NOUN", "PROPN") and head.lemma_ not in HOLLOW:
            return name_noun(head, sentence.start)
        if prep.lower_ == "at" and head.lemma_ in _PUTS:
            thing = next((child for child in head.children if child.dep_ == "dobj"), None)
            return name_noun(_see_through(thing), sentence.start) if thing is not None and thing.pos_ != "PRON" else ""
    if head.lemma_ == "worth" and head.i != root.i:
        root, head = head, head.head
        if head.pos_ in ("NOUN", "PROPN"):
            return name_noun(head, sentence.start)
    if head.pos_ not in ("VERB", "AUX") or head.lemma_.lower() not in verbs:
        return ""
    subject = find_subject(head)
    if subject is None or not sentence.start <= subject.i < sentence.end or tokens.start <= subject.i < tokens.end:
        return ""
    return "" if subject.lower_ in ("none", "all", "some") else name_noun(subject, subject.left_edge.i)


def find_subject(verb: Any) -> Any:
    """Return the noun that a verb is said of, through relative and coordinated clauses; None for pronouns or none."""
    for _ in range(4):
        subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None:
            if subject.pos_ == "PRON":
                relative = subject.lower_ in ("which", "that", "who") and verb.dep_ == "relcl"
                return verb.head if relative and verb.head.pos_ in ("NOUN", "PROPN") else None
            subject = _see_through(subject)
            return subject if subject.pos_ in ("NOUN", "PROPN", "ADJ") else None
        if verb.dep_ in ("acl", "relcl", "amod") and verb.head.pos_ in ("NOUN", "PROPN"):
            return verb.head
        if verb.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "aux", "auxpass"):
            return None
        verb = verb.head
    return None


def _see_through(noun: Any) -> Any:
    """Return what "the number of ..." or "the toll of ..." counts; any other noun as it is."""
    if noun.lemma_ not in _COUNTS:
        return noun
    counted = [
        child for prep in noun.children if prep.lower_ == "of" for child in prep.children if child.dep_ == "pobj"
    ]
    return counted[0] if counted else noun
