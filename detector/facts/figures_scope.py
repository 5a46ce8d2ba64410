"""What a sentence says of the things counted: the governing predicate and its complements, in the words of the text."""

from __future__ import annotations

import re
from typing import Any

from detector.facts.figures_words import CUES, GROUPS, LIGHT, OPENERS
from detector.facts.speech import find_stance

MOST_WORDS = 10
"""How many words a scope has at most."""

_STOP = frozenset({",", ";", ":", "—", "–", "--", '"', "“", "”", "(", ")", ".", "!", "?"})
_DANGLING = re.compile(r"(?:\s+(?:the|a|an|of|and|or|to|in|on|at|by|with|for|from|up|his|her|their|its|'s))+$")
_SUBJECT = ("nsubj", "nsubjpass")
_NOUN_LINKS = ("compound", "nummod", "nmod", "amod", "quantmod", "poss", "npadvmod")


def find_scope(sentence: Any, first: int, last: int) -> str:
    """Return what is said of the noun phrase with the figure, the tokens [first, last] of the document.

    "12 people were killed in the crash" gives "killed in the crash", "bringing together around 50 nations to raise
    support" gives "bringing together to raise support", "unemployment rose to 5%" gives "rose to". A negation is kept
    ("not represented at the talks"). At most MOST_WORDS words, "" when nothing is said.
    """
    root = _climb(sentence, sentence.doc[first : last + 1].root)
    own = _read_modifier(root, last, sentence.end)
    verb, words = _read_predicate(sentence, root, first, last)
    alone = root.dep_ == "pobj" and root.head.lower_ == "with"
    if own and (verb is None or verb.lemma_ in LIGHT or not words or alone):
        words = own
    return _clean(words)


def _climb(sentence: Any, token: Any) -> Any:
    """Go up from a number to the noun phrase that plays a part in the clause."""
    for _ in range(5):
        head = token.head
        if head.i == token.i or not sentence.start <= head.i < sentence.end:
            return token
        if token.dep_ in _NOUN_LINKS and head.pos_ in ("NOUN", "PROPN", "NUM", "SYM"):
            token = head
        elif token.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in GROUPS:
            token = head.head
        elif token.dep_ in ("conj", "appos") and head.pos_ in ("NOUN", "PROPN", "NUM"):
            token = head
        else:
            return token
    return token


def _read_modifier(root: Any, last: int, end: int) -> list[Any]:
    """Return the words that restrict the noun from the right: "killed in the crash", "ready to contribute"."""
    for child in root.children:
        if child.i > last and child.dep_ in ("acl", "relcl", "amod", "acomp", "advcl"):
            return _read_right(child, child.i, end)
    after = root.doc[last + 1] if last + 1 < end else None
    if after is not None and (after.tag_ in ("VBN", "VBG") or after.lower_ in ("dead", "wounded", "missing", "hurt")):
        return _read_right(after, after.i, end)
    return []


def _read_predicate(sentence: Any, root: Any, first: int, last: int) -> tuple[Any, list[Any]]:
    """Return the governing verb and its words; (None, []) when the phrase stands alone."""
    token = root
    for _ in range(5):
        head = token.head
        if head.i == token.i:
            return (token, _read_right(token, token.i, sentence.end)) if token.pos_ in ("VERB", "AUX") else (None, [])
        if head.lower_ == "according":
            return None, []
        if token.dep_ in _SUBJECT and head.pos_ in ("VERB", "AUX"):
            return head, _read_as_subject(head, sentence.end)
        if head.pos_ in ("VERB", "AUX"):
            if token.i > head.i:
                prep = token if token.dep_ in ("prep", "agent") else None
                return head, _read_as_object(head, prep, root, first, last, sentence.end)
            if find_stance(head):
                return None, []  # "In the 27-minute video, he says ...": what is said is not said of the video
            return head, _read_as_subject(head, sentence.end)
        token = head
    return None, []


def _read_as_subject(verb: Any, end: int) -> list[Any]:
    if verb.lemma_ == "be":
        inner = next((c for c in verb.children if c.dep_ in ("acomp", "attr", "xcomp", "oprd") and c.i > verb.i), None)
        if inner is not None:
            return _negate(verb, _read_right(inner, inner.left_edge.i, end))
        return _negate(verb, _read_right(verb, verb.i + 1, end))
    return _negate(verb, _read_right(verb, verb.i, end))


def _read_as_object(verb: Any, prep: Any, root: Any, first: int, last: int, end: int) -> list[Any]:
    """Return the verb with what stands before the figure, and what follows the figure if no preposition ties them."""
    between = list(verb.doc[verb.i + 1 : first])
    while between and between[-1].lower_ in CUES and between[-1].pos_ != "ADP":
        between.pop()
    tie = between[-1:] if between and between[-1].tag_ in ("IN", "TO") and between[-1].lower_ != "of" else []
    if prep is not None and prep in between and prep.lower_ != "of" and not tie:
        tie = [prep]
    if tie or len(between) > 5 or any(t.text in _STOP or t.like_num or t.pos_ in ("NOUN", "PROPN") for t in between):
        particles = {c.i for c in verb.children if c.dep_ in ("prt", "neg")}
        between = [t for t in between if t.i in particles and t not in tie] + tie
    elif not tie:
        between = [t for t in between if t.dep_ in ("prt", "neg", "advmod") and t.head == verb]
    words = _negate(verb, [*_skip_be(verb), *between])
    if not tie:
        words += _read_tail(verb, root, last, end)
    return words


def _read_tail(verb: Any, root: Any, last: int, end: int) -> list[Any]:
    """Return what follows the figure's phrase in its clause, without the clauses that only describe the noun."""
    clauses = [c for c in root.children if c.i > last and c.dep_ in ("acl", "relcl", "conj", "appos", "cc")]
    described = {t.i for clause in clauses for t in clause.subtree}
    if verb.lemma_ in LIGHT or min(described, default=0) != last + 1:
        described = set()
    return [t for t in _read_right(verb, last + 1, end) if t.i not in described and t.i > last]


def _skip_be(verb: Any) -> list[Any]:
    return [] if verb.lemma_ == "be" else [verb]


def _negate(verb: Any, words: list[Any]) -> list[Any]:
    return [*(child for child in verb.children if child.dep_ == "neg" and child not in words), *words]


def _read_right(verb: Any, start: int, end: int) -> list[Any]:
    """Return the words of a clause from `start` on, up to punctuation or another clause."""
    words: list[Any] = []
    edge = min(end, verb.right_edge.i + 1)
    for token in verb.doc[start : max(edge, start)]:
        joins = token.dep_ == "cc" and token.head.pos_ in ("VERB", "AUX") and token.head.i <= token.i
        opens = token.lower_ in OPENERS and (token.dep_ == "mark" or token.lower_ in ("when", "while", "where"))
        if token.text in _STOP or joins or (words and opens):
            break
        words.append(token)
        if len(words) >= MOST_WORDS:
            break
    return words


def _clean(words: list[Any]) -> str:
    text = "".join(
        token.text + (" " if token.whitespace_ or (i + 1 < len(words) and words[i + 1].i != token.i + 1) else "")
        for i, token in enumerate(words[:MOST_WORDS])
    )
    text = re.sub(r"\bn['’]t\b", "not", re.sub(r"\s+", " ", text))
    if len(words) >= MOST_WORDS:
        text = _DANGLING.sub("", text)
    return text.strip(" \t\n.,;:!?-–—\"'“”‘’()[]")
