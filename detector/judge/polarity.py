"""Comparing what two claims say happened: same, opposite, roles exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detector.facts.lexicon import are_opposites, are_synonyms
from detector.judge.words import share_word
from detector.records import Claim, Contrast, Predicate, Span

_NEGATIONS = re.compile(
    r"\b(?:no|not|never|none|nothing|nobody|neither|nor|without|hardly|den(?:y|ies|ied|ying)|li(?:e|es|ed)|lying|false(?:ly)?|refus\w+|fail\w*"
    r"|reject\w*|dismiss\w*|doubt\w*|rule[sd]? out|unlikely|lack\w*|myth|hoax)\b|n[’']t\b",
    re.IGNORECASE,
)
_ABLE = re.compile(r"(?:can|could|may|might|would|should)\b(?! ?not|n[’']t)", re.IGNORECASE)
# Of these each side does the same as the other: "A met B" and "B met A" are one.
_MUTUAL = frozenset(
    "meet marry wed divorce date face fight play clash collide merge talk speak negotiate discuss debate agree cooperate "
    "work ally compete border host visit deal resemble equal match share exchange trade join split differ embrace greet confer consult".split()
)
_REACH = 40  # characters between a predicate and the names of those who take part in it
_LIGHT = {
    "know",
    "think",
    "want",
    "find out",
    "say",
    "be",
    "have",
    "do",
    "make",
    "take",
    "get",
    "go",
    "come",
    "give",
    "put",
    "see",
    "use",
    "include",
    "become",
}


def compare_predicates(a: Claim, b: Claim, one_side: bool = False) -> Contrast | None:
    """Compare the predicates of two claims that speak of the same people or things.

    Args:
        a: one claim.
        b: the other.
        one_side: both are said by one speaker or one government; then a predicate may leave open what it is about.

    Returns:
        None when no predicate of one can be set beside one of the other. Else "opposite",
        "both denied" (the same thing), "same", "both negative" (of
        whatever), or "one denied".
    """
    matched = [(p, q, opposed != (p.negated != q.negated)) for p, q, opposed in _match_predicates(a, b, one_side)]
    # A predicate that has its equal on the other side is settled; only what is left over can be opposite.
    settled = {id(predicate) for p, q, opposite in matched if not opposite for predicate in (p, q)}
    best: Contrast | None = None
    for p, q, opposite in matched:
        spans = ((p.start, p.end), (q.start, q.end))
        if opposite and not {id(p), id(q)} & settled and _is_plain_denial(p, q, a, b, one_side):
            return Contrast("opposite", *spans)
        if not opposite and (best is None or (p.negated and q.negated)):
            best = Contrast("both denied" if p.negated and q.negated else "same", *spans)
    if any(opposite and not {id(p), id(q)} & settled for p, q, opposite in matched):
        # Opposite words that prove nothing ("can resume", "has stopped") are no sign of agreement either.
        return Contrast("one denied")
    if best is not None:
        return best
    if a.facts.negated and b.facts.negated:
        return Contrast("both negative")
    return Contrast("one denied") if a.facts.negated or b.facts.negated else None


def _is_plain_denial(p: Predicate, q: Predicate, a: Claim, b: Claim, one_side: bool) -> bool:
    """Whether the opposition can be trusted: about one object (or with none), and not the work of a negation elsewhere.

    "Showed no collusion" and "showed that there was no collusion" oppose each other only on the surface; that someone can do a
    thing says nothing against its not being done.
    """
    if any(not x.negated and _ABLE.match(claim.text, x.start) for x, claim in ((p, a), (q, b))):
        return False
    if p.object or q.object:
        if not (p.object and q.object and _share(p.object, q.object)) and not _cross(p, q):
            return False
    elif not (p.subject and q.subject) and not (one_side and p.lemma == q.lemma):
        return False
    if p.negated == q.negated:
        # "Never lost" and "not found" are opposites in the dictionary alone.
        return not p.negated
    affirmed, start = (b, q.start) if p.negated else (a, p.start)
    return not any(match.start() != start for match in _NEGATIONS.finditer(affirmed.text))


def find_exchange(a: Claim, b: Claim) -> Contrast | None:
    """Return where subject and object of one predicate are exchanged ("A beat B", "B beat A")."""
    for p in a.facts.predicates:
        for q in b.facts.predicates:
            if not (p.subject and p.object and q.subject and q.object) or p.negated != q.negated:
                continue
            if p.lemma != q.lemma or {p.lemma.split()[0], q.lemma.split()[0]} & (_LIGHT | _MUTUAL):
                continue
            crossed = _share(p.subject, q.object) and _share(p.object, q.subject)
            if crossed and not _share(p.subject, q.subject) and not _share(p.object, q.object):
                return Contrast("roles", _with_parts(a, p), _with_parts(b, q))
    return None


def _with_parts(claim: Claim, predicate: Predicate) -> Span:
    """Return where the predicate stands together with the names of those who take part in it."""
    start, end = predicate.start, predicate.end
    for name in claim.facts.names:
        near = name.end > predicate.start - _REACH and name.start < predicate.end + _REACH
        if near and name.key in (predicate.subject, predicate.object):
            start, end = min(start, name.start), max(end, name.end)
    return start, end


def _match_predicates(a: Claim, b: Claim, one_side: bool) -> Iterator[tuple[Predicate, Predicate, bool]]:
    """Yield pairs of predicates about the same things, and whether the words are opposites."""
    for p in a.facts.predicates:
        for q in b.facts.predicates:
            opposed = are_opposites(p.lemma, q.lemma)
            if not opposed and not are_synonyms(p.lemma, q.lemma):
                continue
            if _fit(p, q) or (opposed and _cross(p, q)) or (one_side and not opposed and _leave_open(p, q)):
                yield p, q, opposed


def _fit(p: Predicate, q: Predicate) -> bool:
    """Whether two predicates can be about the same: what both name must match, and something must."""
    subjects = bool(p.subject and q.subject)
    objects = bool(p.object and q.object)
    same_subject = subjects and _share(p.subject, q.subject)
    same_object = objects and _share(p.object, q.object)
    if p.lemma in _LIGHT or q.lemma in _LIGHT:
        return same_subject and same_object
    if objects:
        return same_object and (not subjects or same_subject or _is_open(p, q))
    return same_subject


def _cross(p: Predicate, q: Predicate) -> bool:
    """Whether one says of its subject what the other, in the passive, says of its object ("talks resumed", "were suspended")."""
    return any(
        x.subject and not x.object and y.object and not y.subject and _share(x.subject, y.object)
        for x, y in ((p, q), (q, p))
    )


def _leave_open(p: Predicate, q: Predicate) -> bool:
    """Whether two predicates name nothing that speaks against their being about the same."""
    if {p.lemma, q.lemma} & (_LIGHT | _MUTUAL):  # one speaker tells of many meetings
        return False
    sides = ((p.subject, q.subject), (p.object, q.object))
    return not any(left and right and not _share(left, right) for left, right in sides)


def _is_open(p: Predicate, q: Predicate) -> bool:
    """Two subjects that differ only in being a country's leader and the country cannot be told apart here."""
    return p.subject.isupper() != q.subject.isupper()


def _share(a: str, b: str) -> bool:
    """Whether two arguments share a word or its synonym."""
    return share_word(frozenset(a.split()), frozenset(b.split()))
