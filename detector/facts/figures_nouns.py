"""What a figure counts or measures: the noun, from the words beside it and the parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from detector.facts.figures_bounds import Amount
from detector.facts.figures_governor import name_noun, read_governor
from detector.facts.figures_words import COUNTS, LASTS, MEASURES, OTHERS, TIMES
from detector.facts.units import DURATIONS


@dataclass(frozen=True, slots=True)
class Counted:
    """The noun counted ("allied troop" or ""), its last token's index in the document, and whether others were meant.

    `first` and `last` are the document indexes of the noun phrase with the number; `more` marks "12 others".
    """

    noun: str
    first: int
    last: int
    more: bool = False


def find_counted(sentence: Any, amount: Amount) -> Counted:
    """Return what an amount counts, without looking at other amounts.

    In order: "dozens of people", "37 countries" (the noun phrase right of it), "a fine of $5 million" (the noun that
    "of" ties it to), "troops, which could number 10,000" (the subject of a verb that measures). A noun that only
    groups ("a total of") is passed over. "person" is "people".
    """
    tokens = sentence.char_span(amount.core, max(amount.end, amount.stop), alignment_mode="expand")
    if tokens is None:
        return Counted("", sentence.start, sentence.start)
    first, last = tokens.start, tokens.end - 1
    another = sentence.text[amount.start : amount.core].lower().rstrip().endswith("another") or (
        first > sentence.start and sentence.doc[first - 1].lower_ == "another"
    )
    noun, end, more = _read_right(sentence, last, amount)
    more = more or another
    if noun:
        return Counted(f"other {noun}" if another else noun, first, end, more)
    if more:
        return Counted("", first, end, True)
    if amount.unit == "times":
        return Counted("", first, last)
    verbs = LASTS if amount.unit in DURATIONS else MEASURES if amount.unit else COUNTS
    noun = read_governor(sentence, tokens, verbs)
    return Counted(noun, first, last)


def _read_right(sentence: Any, last: int, amount: Amount) -> tuple[str, int, bool]:
    """Return the noun right of the amount, the index where its phrase ends, and whether it says others or more."""
    doc, at = sentence.doc, last + 1
    more = False
    if (
        amount.unit == "percent"
        and at < sentence.end
        and doc[at].lower_ in ("more", "less", "fewer", "higher", "lower")
    ):
        return "", last, False
    if at < sentence.end and doc[at].lower_ in OTHERS:
        following = doc[at + 1] if at + 1 < sentence.end else None
        more = True
        if following is None or following.pos_ not in ("NOUN", "PROPN", "ADJ") or doc[at].lower_ == "others":
            return "", at, True
    hyphen = at < sentence.end and doc[at].text in ("-", "‑")
    at += hyphen
    if hyphen and not amount.unit and at < sentence.end and doc[at].pos_ in ("NOUN", "PROPN"):
        return name_noun(doc[at], at), at, more
    if at < sentence.end and doc[at].lower_ == "of":
        at = _skip_determiners(doc, at + 1, sentence.end)
        noun, end = _read_run(doc, at, sentence.end)
        while noun and end + 2 < sentence.end and doc[end + 1].tag_ == "POS":
            owner, (noun, end) = (noun, end), _read_run(doc, end + 2, sentence.end)
            if not noun:
                noun, end = owner
                break
        return noun, end, more
    unit = sentence.text[amount.stop : amount.end].strip(" -").lower()
    spelled_plural = bool(amount.unit) and len(unit) > 3 and unit.endswith("s") and not hyphen
    if spelled_plural:
        return "", last, more
    return (*_read_run(doc, at, sentence.end), more)


def _skip_determiners(doc: Any, at: int, end: int) -> int:
    while at < end and (
        doc[at].pos_ in ("DET", "PRON", "NUM") or doc[at].lower_ in ("number", "almost", "nearly", "about")
    ):
        if doc[at].pos_ == "PRON" and doc[at].tag_ != "PRP$" and doc[at].lower_ not in ("those", "these", "all"):
            break
        at += 1
    return at


def _read_run(doc: Any, at: int, end: int) -> tuple[str, int]:
    """Return the noun phrase that starts at a token: its name and its last index; ("", at - 1) if there is none."""
    start, head = at, None
    while at < end:
        token = doc[at]
        if token.lower_ in TIMES and head is not None:
            break
        if token.pos_ in ("NOUN", "PROPN") and token.lower_ not in TIMES:
            if head is not None and _starts_new_phrase(head, token):
                break
            head = token
        elif not _continues(doc, at, end, head):
            break
        at += 1
    if head is None or _is_subject_after_gap(doc, start, head):
        return "", start - 1
    return name_noun(head, start), head.i


def _starts_new_phrase(head: Any, token: Any) -> bool:
    if token.i != head.i + 1 and token.nbor(-1).text not in ("-", "/"):
        return head.tag_ in ("NNS", "NNPS") or head.dep_ not in ("compound", "nmod", "conj", "amod")
    return head.tag_ == "NNS" and head.dep_ not in ("compound", "nmod") and token.nbor(-1).text != "-"


def _continues(doc: Any, at: int, end: int, head: Any) -> bool:
    """Say whether a token that is no noun can stand inside a noun phrase, before its head."""
    token = doc[at]
    after = doc[at + 1] if at + 1 < end else None
    if after is None:
        return False
    if token.text in ("-", "–", "/"):
        return bool(token.nbor(-1).whitespace_ == "")
    if head is not None and head.i == at - 1 and head.tag_ in ("NNS", "NNPS"):
        return False
    if token.pos_ == "ADJ":
        return True
    if token.pos_ == "NUM" and (token.text.isdigit() or not token.is_alpha):
        return after.pos_ in ("NOUN", "PROPN")
    if token.pos_ == "VERB":
        return token.dep_ in ("amod", "compound") and token.head.i > at
    if token.pos_ == "ADV":
        return token.dep_ == "advmod" and after.pos_ in ("ADJ", "VERB") and after.dep_ in ("amod", "compound")
    if token.text in ('"', "“", "'", "‘"):
        return after.pos_ in ("ADJ", "NOUN", "PROPN")
    joins = token.text == "," or token.lower_ in ("and", "or")
    return joins and token.nbor(-1).pos_ == "ADJ" and after.pos_ in ("ADJ",) and head is None


def _is_subject_after_gap(doc: Any, start: int, head: Any) -> bool:
    """Reject the subject of a later clause: "within 10 minutes police arrived"."""
    before = doc[start - 1]
    return bool(
        head.dep_ in ("nsubj", "nsubjpass")
        and before.pos_ == "NOUN"
        and before.head.i != head.i
        and before.dep_ == "pobj"
    )
