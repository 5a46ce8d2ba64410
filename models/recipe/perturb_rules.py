"""Rules on verbs: a part dropped, a deed denied or only planned, a claim put in doubt, an opposite or a like verb."""

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
    find_droppable,
    find_root,
    has_child,
    is_fragile,
    is_quantifier,
)
from perturb_words import ASKED, CLAIMED, DENIED, DONE, INTENDED, NOT_DONE, VERBS

_STATES = set("be have know want say tell add think believe need seem feel like do get".split())
_MUTE = set(
    "it statement report poll letter document article memo survey release complaint study authors who that which".split()
)
# Words that a denial would tie to itself ("did not also say").
_FOCUS = set("also still already even finally too just more both often so now there sometimes".split())
_HELPERS = set("is are was were will has have had can did does do".split())


def drop_part(doc: Any, chance: random.Random) -> Iterator[Pair]:
    """Drop one part: the whole says the rest, the rest does not say the whole."""
    parts = find_droppable(doc)
    if parts and chance.random() < 0.5:
        part = chance.choice(parts)
        yield Pair((), (part,), ENTAILMENT, "drop")
        yield Pair((part,), (), NEUTRAL, "drop")


def negate_verb(doc: Any, chance: random.Random) -> Iterator[Pair]:
    """Deny the main verb, or that of what is said, and give both readings a pair where the denial stands still."""
    verb = _find_verb(doc)
    edit = _negate(doc, verb) if verb is not None else None
    if edit is None:
        return
    yield (
        Pair((), (edit,), CONTRADICTION, "negation")
        if chance.random() < 0.7
        else Pair((edit,), (), CONTRADICTION, "negation")
    )
    asides = find_droppable(doc, negated=True)
    short = (edit[0], edit[1], edit[2].replace(" not ", "n't ").replace("willn't", "won't").replace("cann't", "can't"))
    full, short = (edit, short) if chance.random() < 0.5 else (short, edit)
    part = chance.choice(asides) if asides else None
    if part and (part[1] <= edit[0] or part[0] >= edit[1]):
        denied = chance.random() < 0.6
        yield Pair((full,) if denied else (), (short, part) if denied else (part,), ENTAILMENT, "negation")
        yield Pair((short, part) if denied else (part,), (full,) if denied else (), NEUTRAL, "negation")
    else:
        yield Pair((full,), (short,), ENTAILMENT, "negation")


def change_outcome(doc: Any, chance: random.Random) -> Iterator[Pair]:
    """Set a deed done or not done against plans, success and failure."""
    verb = find_root(doc)
    if (
        verb.tag_ != "VBD"
        or verb.i == 0
        or "’" in doc[verb.i - 1].text
        or verb.lemma_ in _STATES
        or is_fragile(doc)
        or has_child(verb, "aux", "conj", "ccomp", "prt", "neg")
    ):
        return
    subject = find_child(verb, "nsubj")
    if (
        subject is None
        or subject.i > verb.i
        or not (subject.ent_type_ in ("PERSON", "ORG", "NORP") or subject.lower_ in ("he", "she", "they"))
    ):
        return
    plural = subject.tag_ in ("NNS", "NNPS") or subject.lower_ == "they" or has_child(subject, "conj")
    place = verb.idx, verb.idx + len(verb)
    for label in (ENTAILMENT, NEUTRAL, CONTRADICTION):
        done = chance.random() < 0.5
        holds = DONE if done else NOT_DONE
        fails = NOT_DONE if done else DONE
        phrases = {ENTAILMENT: holds, NEUTRAL: INTENDED, CONTRADICTION: fails}[label]
        phrase = chance.choice(phrases).replace("was/were", "were" if plural else "was")
        claim = () if done else ((*place, f"did not {verb.lemma_}"),)
        yield Pair(((*place, phrase.format(verb.lemma_)),), claim, label, "outcome")


def change_saying(doc: Any, chance: random.Random) -> Iterator[Pair]:
    """Set "said that" against a claim, a denial and a question."""
    verb = find_root(doc)
    said = find_child(verb, "ccomp")
    if (
        verb.lower_ != "said"
        or said is None
        or said.i < verb.i
        or said.left_edge.i > verb.i + 2
        or has_child(verb, "neg", "aux")
    ):
        return
    subject = find_child(verb, "nsubj")
    if subject is None or subject.i > verb.i or doc[verb.i + 1].text in (",", ":") or subject.lower_ in _MUTE:
        return
    if has_child(verb, "advmod") or any(
        is_quantifier(word) or word.lower_ == "only" or word.like_num for word in subject.subtree
    ):
        return
    end = doc[verb.i + 1] if doc[verb.i + 1].lower_ == "that" else verb
    if end is verb and said.left_edge.i != verb.i + 1:
        return
    place = verb.idx, end.idx + len(end)
    plural = subject.tag_ in ("NNS", "NNPS") or subject.lower_ in ("they", "we") or has_child(subject, "conj")
    for label in (ENTAILMENT, NEUTRAL, CONTRADICTION):
        yes = chance.random() < 0.5
        same, other = (CLAIMED, DENIED) if yes else (DENIED, CLAIMED)
        phrase, claim = (
            chance.choice({ENTAILMENT: same, NEUTRAL: ASKED, CONTRADICTION: other}[label]),
            chance.choice(same),
        )
        if phrase == claim:
            phrase = next(words for words in same if words != claim)
        phrase = phrase.replace("was/were", "were" if plural or subject.lower_ == "you" else "was")
        yield Pair(((*place, phrase),), ((*place, claim),), label, "saying")


def change_verb(doc: Any, chance: random.Random) -> Iterator[Pair]:
    """Put an opposite, a like or a weaker verb for one that has sure ones."""
    if is_fragile(doc):
        return
    for token in doc:
        entry = VERBS.get((token.lower_, token.tag_)) if token.pos_ == "VERB" else None
        if (
            entry is None
            or has_child(token, "prt", "neg")
            or (entry.needs_object and not has_child(token, "dobj", "nsubjpass"))
        ):
            continue
        if not entry.needs_object and has_child(token, "dobj", "xcomp", "ccomp"):
            continue
        if entry.about and not any(
            word.lemma_.lower() in entry.about for word in token.children if word.dep_ in ("dobj", "nsubjpass", "nsubj")
        ):
            continue
        place = token.idx, token.idx + len(token)
        itself, like = (*place, token.text), (*place, entry.like)
        opposite, weaker = (*place, entry.opposite), (*place, entry.weaker)
        sides = [chance.choice((itself, like)), opposite]
        chance.shuffle(sides)
        yield Pair((sides[0],), (sides[1],), CONTRADICTION, "verb")
        sides = [itself, like]
        chance.shuffle(sides)
        yield (
            Pair((sides[0],), (sides[1],), ENTAILMENT, "verb")
            if chance.random() < 0.6
            else Pair((itself,), (weaker,), ENTAILMENT, "verb")
        )
        yield Pair((weaker,), (chance.choice((itself, like, opposite)),), NEUTRAL, "verb")
        return


def _find_verb(doc: Any) -> Any:
    """Return the verb to deny: that of what is said, or the main one; None where a denial would not be plain."""
    root = find_root(doc)
    said = next((word for word in root.children if word.dep_ == "ccomp" and word.i > root.i), None)
    verb = said if root.lemma_ in ("say", "announce") and said is not None and said.left_edge.i <= root.i + 2 else root
    subject = find_child(verb, "nsubj", "nsubjpass")
    if subject is None or subject.i > verb.i or is_fragile(doc) or (verb is root and root.lemma_ == "say"):
        return None
    if has_child(verb, "conj", "neg", "preconj") or any(
        is_quantifier(word) or word.like_num for word in subject.subtree
    ):
        return None
    return None if any(word.lower_ in _FOCUS for word in doc) or subject.lower_ == "there" else verb


def _negate(doc: Any, verb: Any) -> Edit | None:
    """Return the edit that denies a verb, or None for a form that takes no plain "not"."""
    helpers = [word for word in verb.children if word.dep_ in ("aux", "auxpass") and word.i < verb.i]
    word = helpers[0] if helpers else verb
    bare = word.lower_ in ("is", "are", "was", "were", "will", "has", "have", "had", "can", "did", "does", "do") and (
        bool(helpers) or verb.lemma_ == "be"
    )
    if bare:
        text = "can" if word.lower_ == "can" else word.text
        return word.idx, word.idx + len(word), f"{text} not "
    if helpers or not word.text.islower() or verb.lemma_ == "be" or "’" in word.text:
        return None
    helper = {"VBD": "did", "VBZ": "does", "VBP": "do"}.get(verb.tag_)
    before = doc[verb.i - 1]
    start = before.idx if before.dep_ == "advmod" and before.head.i == verb.i else verb.idx
    between = doc.text[start : verb.idx]
    return (start, verb.idx + len(verb), f"{helper} not {between}{verb.lemma_}") if helper else None
