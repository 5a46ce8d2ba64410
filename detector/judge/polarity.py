"""Comparing what two claims say happened: same, opposite, roles exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detector.facts.lexicon import are_opposites, are_synonyms
from detector.facts.needs import NEEDED
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
    "work ally compete border host visit deal resemble equal match share exchange trade join split differ embrace greet confer "
    "consult".split()
)
_REACH = 40  # characters between a predicate and the names of those who take part in it
_WILLING = re.compile(
    r"\b(?:ready|willing|prepared|eager|keen|inclined|unwilling|unready|unprepared|reluctant|hesitant|loath|averse|opposed|hesitat\w+|ba(?:u)?lk\w*"
    r"|(?:offer|pledg|promis|commit|agre|vow|undert)\w+ to)\b",
    re.IGNORECASE,
)
# Of one and the same object, to do the one is to do the other; that they are otherwise different acts is why no synonyms join them.
_GIVING = frozenset("contribute commit pledge provide send deploy offer supply give dispatch donate".split())
_MANY = frozenset("people police men women others staff".split())
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
        "tension" (some are ready to do what others hesitate to do), "both denied" (the same thing), "same", "both negative" (of
        whatever), or "one denied".
    """
    matched = [(p, q, opposed != (p.negated != q.negated)) for p, q, opposed in _match_predicates(a, b, one_side)]
    # A predicate that has its equal on the other side is settled; only what is left over can be opposite.
    settled = {id(predicate) for p, q, opposite in matched if not opposite for predicate in (p, q)}
    best: Contrast | None = None
    for p, q, opposite in matched:
        spans = ((p.start, p.end), (q.start, q.end))
        if opposite and not {id(p), id(q)} & settled and _is_plain_denial(p, q, a, b, one_side):
            if _is_of_some(p, a) and _is_of_some(q, b) and _is_will(p, a) and _is_will(q, b):
                return Contrast("tension", *spans)  # that some are ready is no denial that some are not
            return Contrast("opposite", *spans)
        if not opposite and (best is None or (p.negated and q.negated)):
            best = Contrast("both denied" if p.negated and q.negated else "same", *spans)
    if any(opposite and not {id(p), id(q)} & settled for p, q, opposite in matched):
        # Opposite words that prove nothing ("can resume", "has stopped") are no sign of agreement either.
        return _find_tension(a, b) or Contrast("one denied")
    if tension := _find_tension(a, b):
        return tension
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
    if p.lemma == q.lemma == NEEDED:
        needed, claim = (q, b) if p.negated else (p, a)
        return bool(p.subject and q.subject) and not _NEGATIONS.search(claim.text[: needed.start])
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
            if p.lemma == q.lemma == NEEDED:
                if _need_one(p, q, one_side):
                    yield p, q, False
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


def _need_one(p: Predicate, q: Predicate, one_side: bool) -> bool:
    """Whether one and the same is needed: all words of the shorter are in the longer, or both name one country.

    "The U.S. contribution" is needed where the U.S. is; a French contribution is another matter. For whom or what must fit, too. Where
    one only points at it ("such a guarantee"), it is the same for one speaker.
    """
    if not (p.subject and q.subject):
        return one_side and p.negated == q.negated
    if p.object and q.object and not _share(p.object, q.object):
        return False
    left, right = frozenset(p.subject.split()), frozenset(q.subject.split())
    named = {word for word in left | right if word.isupper()}
    if named & left and named & right:
        return bool(named & left & right)
    smaller, larger = sorted((left, right), key=len)
    return all(share_word(frozenset((word,)), larger) for word in smaller)


def _find_tension(a: Claim, b: Claim) -> Contrast | None:
    """Return where some are ready to give what others hesitate to give: no contradiction, and still no agreement."""
    for p in a.facts.predicates:
        for q in b.facts.predicates:
            near = are_synonyms(p.lemma, q.lemma) or {p.lemma, q.lemma} <= _GIVING
            if not near or p.negated == q.negated or not (p.object and q.object and _share(p.object, q.object)):
                continue
            named = [_find_named(x, claim) for x, claim in ((p, a), (q, b))]
            if all(named) and named[0] != named[1]:
                continue  # what one is ready to do and the other is not are two facts
            if _is_will(p, a) and _is_will(q, b):
                return Contrast("tension", (p.start, p.end), (q.start, q.end))
    return None


def speaks_of_will(claim: Claim) -> bool:
    """Whether a claim tells that somebody is ready, or hesitates, to do something."""
    return any(_is_will(predicate, claim) for predicate in claim.facts.predicates)


def are_in_tension(a: Claim, b: Claim) -> bool:
    """Whether some are ready, in the one claim, for what others hesitate to do in the other."""
    found = compare_predicates(a, b) if a.facts.predicates and b.facts.predicates else None
    return found is not None and found.outcome == "tension"


def _is_will(predicate: Predicate, claim: Claim) -> bool:
    """Whether the words of a predicate speak of being ready, or of hesitating, to do it."""
    return bool(_WILLING.search(claim.text, predicate.start, predicate.end))


def _find_named(predicate: Predicate, claim: Claim) -> str:
    """Return the name that does it, or ""."""
    keys = {name.key for name in claim.facts.names}
    return predicate.subject if predicate.subject in keys else ""


def _is_of_some(predicate: Predicate, claim: Claim) -> bool:
    """Whether those who do it are a number of unnamed ones ("capitals", "15 countries"), of whom others may do otherwise."""
    if not predicate.subject:
        return True
    noun = predicate.subject.split()[-1]
    plural = re.search(rf"\b{re.escape(noun[:-1])}\w*s\b", claim.text, re.IGNORECASE) and not noun.endswith("s")
    return not _find_named(predicate, claim) and bool(plural or noun in _MANY)


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
    """Whether two arguments share a word or its synonym; a score that the parser took into a name ("Castrel 2-1") is none."""
    left, right = (frozenset(word for word in text.split() if not word[0].isdigit()) for text in (a, b))
    return share_word(left, right)
