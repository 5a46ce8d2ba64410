"""Edits of a parsed sentence: what a rule hands on, how edits become text, and what can be dropped without harm."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Edit = tuple[int, int, str]
ENTAILMENT, NEUTRAL, CONTRADICTION = "entailment", "neutral", "contradiction"
# Words that turn a sentence's logic round: nothing is dropped and no bound is put beside them.
_FRAGILE = re.compile(
    r"\b(?:no|not|cannot|never|nor|neither|none|nobody|nothing|without|if|unless|whether|until|only|hardly|rarely|few|least|most|"
    r"first|every|each|any|than|except|would|could|should|might|may|instead|but|fail\w*|refus\w*|den(?:y|ied|ies)|as \w+ as|"
    r"(?:larg|bigg|high|low|great|strong|new|young|old|long|clos|small|lat)est|best|worst)\b|n['’]t\b",
    re.IGNORECASE,
)
_CLOSED_PREPOSITIONS = {"in", "at", "during", "on", "after", "before", "near", "outside", "following", "amid", "since"}
_QUANTIFIERS = set("all some no several many most few every each any none both not".split())
_FACTIVE_MARKS = {"after", "because", "when", "while", "although", "though"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two edited versions of one sentence; `rule` names the family."""

    premise: tuple[Edit, ...]
    hypothesis: tuple[Edit, ...]
    label: str
    rule: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with each (start, end, new) put in, spaces and the capital at the start mended.

    Raises:
        ValueError: two edits overlap.
    """
    ordered = sorted(edits)
    if any(one[1] > two[0] for one, two in pairwise(ordered)):
        raise ValueError("edits overlap")
    for start, end, new in reversed(ordered):
        text = text[:start] + new + text[end:]
    text = re.sub(r"\s+([,.])", r"\1", " ".join(text.split()))
    text = re.sub(r"^[,\s]+|,(?=[.,])", "", text)
    return text[:1].upper() + text[1:]


def is_fragile(doc: Any) -> bool:
    """Whether the sentence holds a negation, a condition, a modal or a comparison."""
    return _FRAGILE.search(doc.text) is not None


def span_of(token: Any) -> tuple[int, int]:
    """Return the character offsets of a token's whole subtree."""
    first, last = token.left_edge, token.right_edge
    return first.idx, last.idx + len(last)


def find_root(doc: Any) -> Any:
    """Return the token on which the sentence hangs."""
    return next(token for token in doc if token.dep_ == "ROOT")


def find_child(token: Any, *relations: str) -> Any:
    """Return the first child that stands in one of the relations, or None."""
    return next((child for child in token.children if child.dep_ in relations), None)


def has_child(token: Any, *relations: str) -> bool:
    """Whether a child stands in one of the relations."""
    return find_child(token, *relations) is not None


def is_quantifier(token: Any) -> bool:
    """Whether a word says how many, none included."""
    return token.lower_ in _QUANTIFIERS


def find_droppable(doc: Any, negated: bool = False) -> list[Edit]:
    """Return the edits that each drop one part and leave a true sentence.

    Args:
        doc: a `spacy.tokens.Doc` of one sentence.
        negated: take only parts outside the reach of a negation: appositions and relative clauses between commas.
    """
    if is_fragile(doc) and not negated:
        return []
    found = [edit for token in doc if (edit := _drop_aside(doc, token))]
    if not negated:
        found += [edit for token in doc if (edit := _drop_adjunct(doc, token))]
    return found


def _drop_aside(doc: Any, token: Any) -> Edit | None:
    """Drop an apposition or a which-clause that stands between commas."""
    first, last = token.left_edge.i, token.right_edge.i
    is_clause = token.dep_ == "relcl" and doc[first].lower_ in ("who", "which")
    is_name = token.dep_ == "appos" and token.head.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj")
    if not (is_clause or is_name) or first == 0 or doc[first - 1].text != "," or last + 1 >= len(doc):
        return None
    if doc[last + 1].text not in ",." or any(child.dep_ in ("conj", "cc", "appos") for child in token.children):
        return None
    if is_name and any(sibling.dep_ in ("conj", "cc") for sibling in token.head.children):
        return None
    if is_name and token.ent_type_ in ("GPE", "DATE", "CARDINAL"):
        return None
    if doc[last + 1].text != "," and token.head.dep_ in ("nsubj", "nsubjpass"):
        return None
    end = last + 1 if doc[last + 1].text == "," else last
    return (
        doc[first - 1].idx,
        doc[end].idx + len(doc[end]),
        " " if token.head.dep_ in ("nsubj", "nsubjpass") else "," if doc[last + 1].text == "," else "",
    )


def _drop_adjunct(doc: Any, token: Any) -> Edit | None:
    """Drop a phrase of time or place, or a factual side clause, that closes the sentence or opens it before a comma."""
    root = find_root(doc)
    if token.head.i != root.i or root.lemma_ == "be":
        return None
    marks = [child.lower_ for child in token.children if child.dep_ in ("mark", "advmod")]
    is_phrase = token.dep_ == "prep" and token.lower_ in _CLOSED_PREPOSITIONS and any(token.children)
    is_clause = token.dep_ == "advcl" and bool(marks) and marks[0] in _FACTIVE_MARKS
    if not (is_phrase or is_clause):
        return None
    first, last = token.left_edge.i, token.right_edge.i
    if first == 0 and last + 2 < root.i and doc[last + 1].text == ",":
        return 0, doc[last + 2].idx, ""
    if last + 2 != len(doc) or first < root.i + 2 or any(word.text == "," for word in doc[root.i : last]):
        return None
    return doc[first].idx, doc[last].idx + len(doc[last]), ""
