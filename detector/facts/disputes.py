"""A dispute that one sentence tells of: who denies what whom says ("Ukraine denies claims, promoted by Trump, that ...")."""

from __future__ import annotations

from typing import Any

from detector.facts.denial import is_denied
from detector.facts.speech import SAID, describe_speaker, find_stance, find_subjects, is_inside_quotes

_DENIES = {"deny", "refute", "rebut", "dispute", "contradict", "dismiss", "reject", "contest", "challenge", "disavow"}
_OF_PEOPLE = {"contradict", "rebut", "refute", "dispute"}  # one contradicts a person, too
_HARDLY_OF_WORDS = {"reject", "contest", "challenge"}  # a claim for money, a charge in court, a report as a whole
_SAID = SAID | {"view", "argument", "account", "version", "contention", "insistence", "denial"}
_ACCUSES = {"accuse", "blame", "charge"}
_POINTERS = {"it", "this", "that", "which", "these", "those", "them", "so"}
_PEOPLE = {"PERSON", "ORG", "GPE", "NORP"}
_MAYBE = {"would", "could", "may", "might", "should", "must", "can", "will"}
_CONDITIONS = {"if", "unless", "whether"}
_UPWARD = {"relcl", "acl", "advcl", "conj", "ccomp", "parataxis", "appos", "npadvmod", "dobj", "attr", "pobj", "prep"}


def find_dispute(sentence: Any) -> tuple[str, str] | None:
    """Return (who denies, who says it) of the first dispute in a spaCy sentence, in the words of the text, or None.

    Who says it is "" where the sentence only tells that it is said ("denied claims that ..."). A denial of what nobody is told to say
    ("denied that it had dumped waste") is no dispute of its own: the sentence's stance says it.
    """
    for token in sentence:
        if token.pos_ == "VERB" and token.lemma_ in _DENIES and _is_told(token, sentence):
            found = _read_denial(token, sentence)
            if found is not None:
                return found
    return None


def _is_told(token: Any, sentence: Any) -> bool:
    """Whether the sentence tells that somebody denies it, and not that somebody may or does not."""
    maybe = any(child.dep_ == "aux" and child.lower_ in _MAYBE for child in token.children)
    above = (token, *token.ancestors)
    open_ = any(child.dep_ == "mark" and child.lower_ in _CONDITIONS for verb in above for child in verb.children)
    return not (maybe or open_ or is_denied(token) or is_inside_quotes(token, sentence))


def _read_denial(token: Any, sentence: Any) -> tuple[str, str] | None:
    """Return (who denies, who says) for one verb of denying."""
    denier, target = _find_parts(token)
    if denier is None:
        return None
    if target is not None and target.lemma_ in _SAID:
        content = _has_content(target) or _find_child(token, ("ccomp",)) is not None
        sayer = _find_author(target) or _find_author_around(target, token, sentence)
        if sayer is None and not content:
            return None
        hard = token.lemma_ in _HARDLY_OF_WORDS and not content and not _follows_speech(target)
        if hard or _find_child(target, ("prep",), ("for",)) is not None:
            return None
    elif target is not None and target.lower_ not in _POINTERS:
        sayer = target if _is_contradicted(token, target) else None
        if sayer is None:
            return None
    else:
        said = target is not None or _find_child(token, ("ccomp",)) is not None
        sayer = _find_speaker_above(token) if said else None
        if sayer is None:
            return None
    return _name_parties(denier, sayer, sentence)


def _name_parties(denier: Any, sayer: Any | None, sentence: Any) -> tuple[str, str] | None:
    """Return both parties in words; one who is only pointed at must be the one who is accused in the same sentence."""
    if denier.pos_ == "PRON":
        accused = [
            child for verb in sentence if verb.lemma_ in _ACCUSES for child in verb.children if child.dep_ == "dobj"
        ]
        if not accused:
            return None
        denier = accused[0]
    if sayer is not None and sayer.pos_ == "PRON":
        sayer = None
    names = describe_speaker(denier), describe_speaker(sayer) if sayer is not None else ""
    if any(verb.lemma_ in _ACCUSES for verb in sentence):  # of what, is no part of the name
        names = names[0].split(" of ")[0], names[1].split(" of ")[0]
    return names if names[0] != names[1] else None


def _find_parts(token: Any) -> tuple[Any | None, Any | None]:
    """Return who denies and what is denied, of a verb in the active or the passive, or of one that describes a noun."""
    agent = _find_behind(token, ("agent",), ("by",))
    passive = _find_child(token, ("nsubjpass",))
    if passive is not None:
        return agent, (token.head if token.dep_ == "relcl" and passive.lower_ in _POINTERS else passive)
    if token.dep_ == "acl" and agent is not None:
        return agent, token.head
    subjects = find_subjects(token)
    denier = subjects[0] if subjects else None
    if (
        denier is None
        and token.i > token.sent.start
        and token.nbor(-1).dep_ in ("amod", "compound")
        and token.nbor(-1).is_title
    ):
        denier = token.nbor(-1)  # a name that the parser does not know ("Kyiv rejects")
    target = _find_child(token, ("dobj",))
    if token.dep_ == "relcl" and (target is None or target.lower_ in _POINTERS):
        if denier is not None and denier.lower_ in ("who", "which", "that"):
            return token.head, target  # "the army, which denies it"
        return denier, token.head if token.head.lemma_ in _SAID else (target or token.head)
    return denier, target


def _find_author(noun: Any) -> Any | None:
    """Return whose words they are: "the company's statement", "claims by rebels", "claims, promoted by Trump", "claims Trump made"."""
    for child in noun.children:
        if child.dep_ == "poss" and child.pos_ != "PRON":
            return child
        if child.dep_ in ("compound", "amod") and (
            child.ent_type_ in _PEOPLE or child.lemma_ in ("police", "union", "government")
        ):
            return child
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            return _find_child(child, ("pobj",))
        if (
            child.dep_ == "acl"
            and child.lemma_ not in _DENIES
            and (agent := _find_behind(child, ("agent", "prep"), ("by",))) is not None
        ):
            return agent
        if child.dep_ == "relcl" and child.lemma_ in (
            "make",
            "spread",
            "promote",
            "repeat",
            "raise",
            "level",
            "publish",
        ):
            return _find_child(child, ("nsubj",)) if _find_child(child, ("nsubj",), ("that", "which")) is None else None
    return None


def _find_author_around(noun: Any, token: Any, sentence: Any) -> Any | None:
    """Return who said it before in the sentence ("Rebels say they hold the town, a claim denied by the army"; "accused by ... of")."""
    if _follows_speech(noun):
        return _find_speaker_above(noun)
    behind = _find_child(
        token, ("prep", "agent"), ("by", "from")
    )  # as the parser sometimes has "denied claims by residents"
    if behind is not None and behind.i == noun.i + 1:
        return _find_child(behind, ("pobj",))
    if token.dep_ == "conj" and (speaker := _find_speaker_above(token)) is not None:
        return speaker
    accusers = (_find_behind(verb, ("agent", "prep"), ("by",)) for verb in sentence if verb.lemma_ in _ACCUSES)
    return next((one for one in accusers if one is not None), None)


def _follows_speech(noun: Any) -> bool:
    """Whether the noun sums up what was said before it ("..., a claim that he rejects")."""
    return noun.dep_ in ("appos", "npadvmod", "dobj", "attr", "ROOT") and any(
        child.dep_ in ("relcl", "acl") and child.lemma_ in _DENIES for child in noun.children
    )


def _find_speaker_above(token: Any) -> Any | None:
    """Return the subject of the nearest verb of saying or accusing above, or joined in front of it."""
    own = {subject.i for subject in find_subjects(token)}
    before = [child for child in token.children if child.dep_ in ("ccomp", "parataxis") and child.i < token.i]
    if before and find_stance(before[0]) in ("states", "reports"):  # "X said ...; Y denied it"
        return _find_child(before[0], ("nsubj",))
    at = token
    while at.dep_ in _UPWARD and at.head != at:
        at = at.head
        says = find_stance(at) in ("states", "reports") or at.lemma_ in _ACCUSES
        if at.pos_ == "VERB" and says and at.i < token.i:
            subject = _find_child(at, ("nsubj",))
            return subject if subject is not None and subject.i not in own else None
    return None


def _has_content(noun: Any) -> bool:
    """Whether it is told what is said: "claims that ...", "allegations of fraud", also behind "promoted by ..."."""
    clauses = [child for child in noun.subtree if child.dep_ in ("acl", "ccomp", "relcl") and child != noun]
    told = any(_find_child(clause, ("mark", "nsubj", "nsubjpass"), ("that",)) is not None for clause in clauses)
    return told or _find_child(noun, ("prep",), ("of",)) is not None


def _is_contradicted(token: Any, target: Any) -> bool:
    """Whether somebody is contradicted, and no thing disputed."""
    if token.lemma_ not in _OF_PEOPLE:
        return False
    adds = any(child.dep_ == "advcl" and find_stance(child) == "states" for child in token.children)
    return target.ent_type_ in ("PERSON", "ORG", "NORP") or (adds and token.lemma_ in ("contradict", "rebut"))


def _find_child(token: Any, roles: tuple[str, ...], words: tuple[str, ...] | None = None) -> Any | None:
    """Return the first child in one of the roles (and of these words), or None."""
    return next((c for c in token.children if c.dep_ in roles and (words is None or c.lower_ in words)), None)


def _find_behind(token: Any, roles: tuple[str, ...], words: tuple[str, ...]) -> Any | None:
    """Return the noun behind such a preposition."""
    preposition = _find_child(token, roles, words)
    return None if preposition is None else _find_child(preposition, ("pobj",))
