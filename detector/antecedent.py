"""Sentences that open with a bare pronoun: whom it stands for, where the sentence before settles that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from detector.facts.names import NameBook
from detector.records import Facts, Name

_BARE = {"he", "she", "they", "it", "this", "that", "these", "those", "both"}
_FILLERS = frozenset('but and however , so yet also still then meanwhile " “ instead later'.split())
_SAYING = {"say", "tell", "announce", "report", "add", "write", "tweet", "claim", "warn", "believe", "think", "expect"}
_NUMBERS = {"it": ("NN", "NNP"), "they": ("NNS", "NNPS")}
_LONGEST = 7  # words of a subject that may stand in a pronoun's place


@dataclass(frozen=True, slots=True)
class Opening:
    """How a sentence opens: `unclear` where nobody can be named, `reading` with the pronoun replaced, else ""."""

    unclear: bool = False
    reading: str = ""


def read_opening(span: Any, before: Any, facts_before: Facts | None, book: NameBook) -> Opening:
    """Settle the pronoun that opens a sentence, or say that it cannot be settled.

    "He" and "she" are the only person that the sentence before names; they are read as that person's name where it is the subject
    there. "It" and "they" are the subject of the sentence before, if that agrees in number, is no person, and does not report
    speech, in which a second subject would do as well. Nothing is guessed beyond that, and nothing across a quotation mark.

    Args:
        span: the sentence, a spaCy span.
        before: the sentence before it in the article, or None.
        facts_before: what was read from that.
        book: the names of the article.
    """
    pronoun = _find_pronoun(span)
    if pronoun is None:
        return Opening()
    word, stands_for = pronoun.lower_, ""
    if word in ("he", "she") and facts_before is not None:
        people = {name.key: name for name in facts_before.names if name.type == "person"}
        if len(people) != 1:
            return Opening(unclear=True)
        name = next(iter(people.values()))
        if _is_quoted(pronoun, span) or not _is_lone_subject(name, before, book):
            return Opening()
        stands_for = name.text
    elif word in _NUMBERS and before is not None and not _is_quoted(pronoun, span):
        stands_for = _find_subject(before, facts_before, _NUMBERS[word])
    else:
        stands_for = ""
    if not stands_for:
        return Opening(unclear=True)
    at = pronoun.idx - span.start_char
    if stands_for.split()[0].lower() in ("the", "a", "an"):
        stands_for = stands_for[0].lower() + stands_for[1:] if at else stands_for[0].upper() + stands_for[1:]
    return Opening(reading=span.text[:at] + stands_for + span.text[at + len(pronoun) :])


def _find_pronoun(span: Any) -> Any | None:
    """Return the bare pronoun that a sentence opens with, if it stands for something."""
    tokens = [token for token in span if not token.is_space]
    while tokens and tokens[0].lower_ in _FILLERS:
        tokens = tokens[1:]
    if not tokens or tokens[0].lower_ not in _BARE or tokens[0].pos_ != "PRON":
        return None
    if tokens[0].dep_ == "expl" or (tokens[0].lower_ == "it" and _is_impersonal(tokens[0])):
        return None
    return tokens[0]


def _is_quoted(pronoun: Any, span: Any) -> bool:
    """Whether the sentence opens with a quotation: whoever speaks there need not go on from the sentence before."""
    return any(mark in span.text[: pronoun.idx - span.start_char] for mark in '"“')


def _is_impersonal(token: Any) -> bool:
    """Whether "it" stands for nothing: "it is clear that ...", "it was unclear whether ..."."""
    return any(child.dep_ in ("ccomp", "advcl", "csubj") for child in token.head.children) and token.head.lemma_ == "be"


def _is_lone_subject(name: Name, before: Any, book: NameBook) -> bool:
    """Whether a person is the subject of a sentence in which no one else stands whom the article names."""
    subject = next((child for child in before.root.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    others = (
        {token.lower_ for token in before if token.is_title} - set(name.text.lower().split()) - set(name.key.split())
    )
    in_name = subject is not None and name.start <= subject.idx - before.start_char < name.end
    return in_name and not any(book.people.get(word) for word in others)


def _find_subject(before: Any, facts: Facts | None, tags: tuple[str, ...]) -> str:
    """Return the words of a sentence's subject if a pronoun of that number can only mean it, else ""."""
    root = before.root
    if root.lemma_ in _SAYING or any(child.dep_ == "ccomp" for child in root.children):
        return ""
    subject = next((child for child in root.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.tag_ not in tags or any(child.dep_ == "conj" for child in subject.children):
        return ""
    words = before.doc[subject.left_edge.i : subject.i + 1]
    people = {name.text for name in facts.names if name.type == "person"} if facts else set()
    if len(words) > _LONGEST or subject.ent_type_ == "PERSON" or any(words.text.endswith(name) for name in people):
        return ""
    return str(words.text)
