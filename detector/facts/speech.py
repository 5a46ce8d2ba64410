"""Who says it, and how: the speaker and stance of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_STATES = set(
    "say tell state add announce declare explain note stress insist argue warn confirm acknowledge admit "
    "recall reiterate estimate believe think predict write tweet emphasise emphasize maintain testify "
    "reply respond mention remark vow pledge promise conclude assert underline underscore caution hint "
    "signal indicate disclose reveal concede".split()
)
_REPORTS = {"report", "claim", "allege", "suggest", "imply", "speculate"}
_DENIES = {"deny", "refute", "rebut", "disavow"}
_REJECTS = {"reject", "dismiss", "dispute", "contest", "contradict", "challenge"}  # only of something said
_DOUBTS = {"doubt", "question", "query"}
SAID = {
    "claim",
    "report",
    "allegation",
    "accusation",
    "suggestion",
    "assertion",
    "rumour",
    "rumor",
    "statement",
    "charge",
}
_WRITINGS = {
    "letter",
    "memo",
    "email",
    "message",
    "tweet",
    "text",
    "study",
    "evidence",
    "data",
    "document",
    "record",
    "comment",
    "remark",
}
_HEDGES = {"reportedly", "allegedly", "supposedly"}
_QUOTES = '"“”'
_POINTING = {"this", "these", "those"}
_PRONOUNS = {"he", "she", "they", "it", "who", "which", "that", "we", "i", "you"}


@dataclass(frozen=True, slots=True)
class Speech:
    """A speaker's words as they stand in the sentence, whether only a pronoun, the stance, and the speech verb."""

    speaker: str | None
    pronoun: bool
    stance: str
    verb: int | None


def find_speech(sentence: Any) -> Speech:
    """Return who is said to say the sentence. The innermost speaker wins ("X insists ..., the Post reported")."""
    found = [speech for token in sentence if (speech := _read_speech_verb(token, sentence))]
    if found:
        return max(found, key=lambda item: item[0])[1]
    if (head := _read_caption(sentence)) is not None:
        return Speech(describe_speaker(head), False, "states", None)
    for token in sentence:
        if token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
            heads = [t for child in (token, token.nbor()) for t in child.children if t.dep_ == "pobj"]
            if heads:
                return Speech(describe_speaker(heads[0]), heads[0].lower_ in _PRONOUNS, "states", None)
    if any(token.lower_ in _HEDGES for token in sentence):
        return Speech(None, False, "reports", None)
    return Speech(None, False, "states", None)


def is_speech_verb(token: Any) -> bool:
    """Whether the verb attributes words, so that what it governs is the matter itself."""
    return bool(token.lemma_ in _STATES | _REPORTS) and any(
        child.dep_ in ("ccomp", "parataxis") for child in token.children
    )


def _read_speech_verb(token: Any, sentence: Any) -> tuple[int, Speech] | None:
    """Return (depth, Speech) if the token is a verb of saying with a subject and something said."""
    if token.pos_ not in ("VERB", "AUX"):
        return None
    stance = find_stance(token)
    if stance is None or is_inside_quotes(token, sentence) or _is_aside(token):
        return None
    subjects = find_subjects(token)
    if subjects and subjects[0].lower_ in _POINTING:
        # "X stressed that this was private and disputed the claim": the parser hangs the second verb on what the first one governs.
        subjects = next((found for verb in token.ancestors if find_stance(verb) and (found := find_subjects(verb))), [])
    if not subjects:
        return None
    quotes = any(char in sentence.text for char in _QUOTES)
    said = any(child.dep_ in ("ccomp", "parataxis") for child in token.children) or (quotes and token.dep_ != "relcl")
    has_object = any(child.dep_ in ("dobj", "prep", "prt", "xcomp") for child in token.children)
    if not said and not (
        has_object and (stance in ("denies", "doubts") or token.lemma_ in ("stress", "insist", "warn"))
    ):
        return None
    # Of two the nearer one: the parser takes a dateline for a first one ("LIMA (Reuters) - The minister said").
    subject = next((one for one in reversed(subjects) if one.i < token.i), subjects[0])
    if subject.lower_ in ("who", "which", "that") and token.dep_ == "relcl":
        subject = token.head
    subject = _skip_dateline(subject, sentence)
    depth = len(list(token.ancestors))
    return depth, Speech(describe_speaker(subject), subject.lower_ in _PRONOUNS, stance, token.i)


def _is_aside(token: Any) -> bool:
    """Whether the verb says nothing of the sentence's own matter.

    "Contradicting earlier claims, X said ..." rejects what is told in no word of it; that "X said the letter suggests ..." is X's word.
    """
    if token.lemma_ in _REJECTS and token.dep_ == "advcl" and token.tag_ == "VBG":
        return token.head.lemma_ in _STATES
    if token.lemma_ in _REPORTS and any(subject.lemma_ in SAID | _WRITINGS for subject in find_subjects(token)):
        return any(verb.lemma_ in _STATES and find_subjects(verb) for verb in token.ancestors)
    return False


def find_stance(token: Any) -> str | None:
    """Return the stance that a verb of saying takes, or None for another verb."""
    lemma = token.lemma_
    denied = any(child.dep_ == "neg" for child in token.children)
    objects = {child.lemma_ for child in token.children if child.dep_ == "dobj"}
    if lemma in _DENIES or (lemma in _REJECTS and objects & SAID):
        return None if denied else "denies"  # who never denied it denies nothing
    if lemma in _DOUBTS and (objects or any(child.dep_ == "ccomp" for child in token.children)):
        return "doubts"
    if lemma in _STATES:
        return "doubts" if denied and lemma in ("confirm", "believe", "think") else "states"
    return "reports" if lemma in _REPORTS else None


def find_subjects(token: Any) -> list[Any]:
    """The verb's subject; a participle ("..., saying that") borrows its head's."""
    subjects = [child for child in token.children if child.dep_ == "nsubj"]
    if not subjects and (token.dep_ == "conj" or (token.dep_ == "advcl" and token.tag_ == "VBG")):
        subjects = [child for child in token.head.children if child.dep_ == "nsubj"]
    return subjects


def _skip_dateline(subject: Any, sentence: Any) -> Any:
    """The parser takes a dateline for the subject ("SEOUL, South Korea — The leader announced"): what it takes as apposition is."""
    if subject.i - sentence.start > 1 or not any(child.text in ("—", "–", "--") for child in subject.children):
        return subject
    return next((child for child in reversed(list(subject.rights)) if child.dep_ == "appos"), subject)


def is_inside_quotes(token: Any, sentence: Any) -> bool:
    """Whether the token stands inside quotation marks; they may have opened sentences before, in the same line."""
    before = sentence.doc.text[: token.idx]
    return bool(sum(before.count(mark) for mark in _QUOTES) % 2)


def _read_caption(sentence: Any) -> Any:
    """Return the head of a noun phrase with a person that follows a closing quote without a verb."""
    for entity in sentence.ents:
        if entity.label_ != "PERSON" or is_inside_quotes(entity[0], sentence):
            continue
        before = sentence.text[: entity.start_char - sentence.start_char].rstrip()
        words = re.split(rf"[{_QUOTES}]", before)[-1]
        if len(words) < len(before) and not re.search(r"[.,;:]", words) and len(words.split()) <= 4:
            return entity.root
    return None


def describe_speaker(head: Any) -> str:
    """Return the speaker's noun phrase without article and clauses, in the words of the text."""
    kept = [head]
    for token in head.lefts:
        if token.dep_ in ("compound", "amod", "nmod", "nummod", "poss", "flat"):
            kept.extend(token.subtree)
    for token in head.rights:
        if token.dep_ == "prep" and token.lower_ in ("of", "for") and sum(1 for _ in token.subtree) <= 5:
            kept.extend(token.subtree)
    kept = sorted(set(kept), key=lambda token: token.i)
    while kept and kept[0].pos_ in ("DET", "PUNCT"):
        kept = kept[1:]
    return "".join(token.text_with_ws for token in kept).strip(' ,"“”') or head.text
