"""Rules on who and where within one sentence: two names exchanged, and the same words in another order.

Exchanged names alone would teach that another order of words is a contradiction; a phrase of time or place moved from the
end to the front shows that it is not (as in PAWS, Zhang et al. 2019).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from perturb_edits import CONTRADICTION, ENTAILMENT, NEUTRAL, Edit, Pair, find_droppable, find_root, is_fragile, span_of

_KINDS = ("PERSON", "ORG", "GPE")
# What two parties do to each other: exchanged, it says the same.
_MUTUAL = set(
    "meet marry agree talk discuss fight clash negotiate join compete debate differ match unite border argue speak share face "
    "include compare tie date work cooperate team split separate between both together against respectively versus vs".split()
)
_JOINED = {"conj", "cc", "appos", "relcl", "compound"}
_WORDS_BETWEEN = 2
_SHORTEST = 10
_MOVED = ("DATE", "TIME", "GPE", "EVENT")


def swap_names(doc: Any, chance: random.Random) -> Iterator[Pair]:
    """Exchange two names of one kind that stand in different parts of a sentence."""
    if len(doc) < _SHORTEST or any(word.lemma_.lower() in _MUTUAL for word in doc):
        return
    names = [ent for ent in doc.ents if ent.label_ in _KINDS and _is_plain(doc, ent)]
    couples = [
        (one, two)
        for at, one in enumerate(names)
        for two in names[at + 1 :]
        if one.label_ == two.label_ and _are_apart(doc, one, two)
    ]
    if not couples:
        return
    one, two = chance.choice(couples)
    swapped = (one.start_char, one.end_char, two.text), (two.start_char, two.end_char, one.text)
    sides: list[tuple[Edit, ...]] = [(), swapped]
    chance.shuffle(sides)
    yield Pair(sides[0], sides[1], CONTRADICTION, "names")


def move_adjunct(doc: Any, chance: random.Random) -> Iterator[Pair]:
    """Move a phrase of time or place from the end to the front; drop another part on one side."""
    moved = _find_move(doc)
    if moved is None:
        return
    sides: list[tuple[Edit, ...]] = [(), moved]
    chance.shuffle(sides)
    whole, other = sides
    free = [
        part for part in find_droppable(doc, negated=is_fragile(doc))
        if all(part[1] <= start or part[0] >= end for start, end, _ in moved)
    ]  # fmt: skip
    if not free:
        yield Pair(whole, other, ENTAILMENT, "order")
        return
    part = chance.choice(free)
    yield Pair(whole, (*other, part), ENTAILMENT, "order")
    yield Pair((*whole, part), other, NEUTRAL, "order")


def _find_move(doc: Any) -> tuple[Edit, ...] | None:
    """Return the edits that bring the closing phrase of time or place to the front, or None."""
    root = find_root(doc)
    first = doc[0]
    last = next((word for word in root.children if word.dep_ == "prep" and word.right_edge.i == len(doc) - 2), None)
    if last is None or last.left_edge.i != last.i or last.i < root.i + 2 or len(doc) - last.i > 9 or "," in doc.text:
        return None
    if not any(word.ent_type_ in _MOVED for word in last.subtree) or first.pos_ == "ADP":
        return None
    start, end = span_of(last)
    phrase = doc.text[start:end]
    opening = first.text if first.ent_type_ or first.pos_ == "PROPN" or first.text == "I" else first.text.lower()
    return (first.idx, first.idx + len(first), f"{phrase[:1].upper()}{phrase[1:]}, {opening}"), (start, end, "")


def _is_plain(doc: Any, ent: Any) -> bool:
    """Whether a name stands alone: once in the sentence, no possessor, no part of a list or of a longer name."""
    head = ent.root
    after = doc[ent.end].text if ent.end < len(doc) else ""
    return (
        ent.text[:1].isupper()
        and not ent.text.lower().startswith("the ")
        and (ent.start == 0 or doc[ent.start - 1].lower_ != "the")
        and doc.text.count(ent.text) == 1
        and after not in ("’s", "'s", "'", "’", "-", "(")
        and doc[ent.end - 1].tag_ in ("NNP", "NNPS")
        and head.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
        and head.i == ent.end - 1
        and not any(child.dep_ in _JOINED and child.i not in range(ent.start, ent.end) for child in head.children)
    )


def _are_apart(doc: Any, one: Any, two: Any) -> bool:
    """Whether two names do different things: other words between them, other names, not joined, not one inside the other."""
    same = one.text in two.text or two.text in one.text or set(one.text.split()) & set(two.text.split())
    if (
        same
        or two.start - one.end < _WORDS_BETWEEN
        or (one.root.head.i == two.root.head.i and one.root.dep_ == two.root.dep_)
    ):
        return False
    between = {word.lower_ for word in doc[one.end : two.start]}
    return not between & {"and", "or", "as", "like"}
