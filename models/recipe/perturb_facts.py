"""Rules on what is told of a deed: its day, its place, how many it takes in, and who did it to whom."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from perturb_edits import (
    CONTRADICTION,
    ENTAILMENT,
    NEUTRAL,
    Edit,
    Pair,
    find_child,
    find_root,
    has_child,
    is_fragile,
    is_quantifier,
    span_of,
)
from perturb_words import DAYS, EVENTS, MONTHS, PLACES, SWAPS


def change_day(doc: Any, chance: random.Random) -> Iterator[Pair]:
    """Change, drop or add the day, month or year of one past event."""
    if is_fragile(doc):
        return
    for token in doc:
        words = DAYS if token.text in DAYS else MONTHS if token.text in MONTHS else None
        year = token.text.isdigit() and len(token.text) == 4 and 1950 <= int(token.text) <= 2020
        if words is None and not year:
            continue
        phrase = token.head if token.dep_ == "pobj" else token
        verb = phrase.head
        if phrase.dep_ not in ("prep", "npadvmod") or (phrase is not token and phrase.lower_ not in ("in", "on")):
            continue
        if verb.dep_ != "ROOT" or verb.tag_ not in ("VBD", "VBN") or verb.lemma_ == "be" or has_child(verb, "conj"):
            continue
        start, end = span_of(phrase)
        if any(child.dep_ not in ("punct", "nummod") for child in token.children) or (
            phrase.i == 0 and doc[phrase.right_edge.i + 1].text != ","
        ):
            continue
        other = (
            chance.choice([word for word in words if word != token.text])
            if words
            else str(int(token.text) + chance.choice((-4, -3, -2, -1, 1, 2)))
        )
        place, gone = (token.idx, token.idx + len(token)), (start, end, "")
        yield from _place_pairs((*place, other), gone, "day", chance)
        return


def change_place(doc: Any, chance: random.Random) -> Iterator[Pair]:
    """Change, drop or add the town or country where one event took place."""
    if is_fragile(doc):
        return
    for token in doc:
        if token.dep_ != "pobj" or token.head.lower_ not in ("in", "near") or token.head.head.lemma_ not in EVENTS:
            continue
        entity = next((ent for ent in doc.ents if ent.label_ == "GPE" and ent.end - 1 == token.i), None)
        verb = token.head.head
        if (
            entity is None
            or verb.tag_ not in ("VBD", "VBN")
            or has_child(verb, "conj")
            or has_child(token, "conj", "appos", "relcl", "prep")
        ):
            continue
        if (
            token.head.i == 0
            or token.right_edge.i != token.i
            or entity.start != token.head.i + 1
            or doc[token.i + 1].text == ","
        ):
            continue
        same_kind = next((kind for kind in PLACES if entity.text in kind), None)
        if same_kind is None:
            continue
        other = chance.choice([name for name in same_kind if name != entity.text])
        yield from _place_pairs(
            (entity.start_char, entity.end_char, other), (*span_of(token.head), ""), "place", chance
        )
        return


def change_all(doc: Any, chance: random.Random) -> Iterator[Pair]:
    """Change how many of a group the subject takes in: all, some, none."""
    for token in doc:
        if token.lower_ not in ("all", "some", "no", "several", "many") or token.dep_ != "det":
            continue
        noun = token.head
        if (
            noun.dep_ not in ("nsubj", "nsubjpass")
            or noun.head.dep_ != "ROOT"
            or noun.tag_ != "NNS"
            or noun.left_edge.i != token.i
        ):
            continue
        if (
            has_child(noun.head, "neg", "conj")
            or doc[token.i + 1].lower_ in ("of", "the", "such", "other")
            or doc[token.i + 1].like_num
            or sum(is_quantifier(word) for word in doc) > 1
        ):
            continue
        place = token.idx, token.idx + len(token)
        some = chance.choice(("some", "several", "at least some"))
        every, none = (*place, "all"), (*place, "no")
        part = (*place, some)
        yield Pair((every,), (part,), ENTAILMENT, "all")
        yield Pair((part,), (every,), NEUTRAL, "all")
        sides = [none, chance.choice((part, every))]
        chance.shuffle(sides)
        yield Pair((sides[0],), (sides[1],), CONTRADICTION, "all")
        return


def swap_roles(doc: Any, chance: random.Random) -> Iterator[Pair]:
    """Swap who did it and to whom, or turn the sentence into the passive with the roles kept."""
    verb = find_root(doc)
    if (
        verb.lower_ not in SWAPS
        or verb.tag_ != "VBD"
        or is_fragile(doc)
        or has_child(verb, "aux", "neg", "conj", "prt", "dative")
    ):
        return
    subject = find_child(verb, "nsubj")
    target = find_child(verb, "dobj")
    if subject is None or target is None or not {subject.pos_, target.pos_} <= {"PROPN"}:
        return
    if (
        subject.right_edge.i != verb.i - 1
        or target.left_edge.i != verb.i + 1
        or has_child(subject, "conj", "relcl", "appos")
        or has_child(target, "conj", "relcl", "appos")
    ):
        return
    if any(word.pos_ in ("PRON", "CCONJ") for side in (subject, target) for word in side.subtree):
        return
    whole = span_of(subject)[0], span_of(target)[1]
    one, two = doc.text[slice(*span_of(subject))], doc.text[slice(*span_of(target))]
    swapped = (*whole, f"{two} {verb.text} {one}")
    passive, wrong = (
        (*whole, f"{two} was {SWAPS[verb.lower_]} by {one}"),
        (*whole, f"{one} was {SWAPS[verb.lower_]} by {two}"),
    )
    plain = (*whole, f"{one} {verb.text} {two}")
    yield Pair((chance.choice((plain, passive)),), (chance.choice((swapped, wrong)),), CONTRADICTION, "roles")
    yield (
        Pair((plain,), (passive,), ENTAILMENT, "roles")
        if chance.random() < 0.5
        else Pair((passive,), (plain,), ENTAILMENT, "roles")
    )
    tried = (*whole, f"{one} {chance.choice(('wanted', 'hoped', 'planned'))} to {verb.lemma_} {two}")
    yield Pair((tried,), (chance.choice((plain, passive)),), NEUTRAL, "roles")


def _place_pairs(other: Edit, gone: Edit, rule: str, chance: random.Random) -> Iterator[Pair]:
    """Yield the three pairs of a circumstance that can be changed, dropped or added."""
    kept: tuple[Edit, ...] = (other,) if chance.random() < 0.5 else ()
    changed: tuple[Edit, ...] = () if kept else (other,)
    yield Pair(kept, changed, CONTRADICTION, rule)
    yield Pair(kept, (gone,), ENTAILMENT, rule)
    yield Pair((gone,), kept, NEUTRAL, rule)
