"""One claim -> short phrases that say what it tells: a clause of it as a headline, a noun with what it is of, to or against.

They are the words of the text in its order, so that they read as the article does; only articles and auxiliaries go, as in headlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from detector.group.words import BLAND, MEDIA, ROLES, VAGUE, drop_titles, fold, is_count, is_time, split_words
from detector.records import Claim, Predicate

LONGEST = 6  # words
_JOINED = re.compile(
    r"\s(to|for|on|against|into|over|about|of|with|in|between|from|at)\s(the\s|a\s|an\s)?(?:(?:his|her|its|their)\s)?"
)
_ENDED = re.compile(  # a passive is over
    r"\s*(?:[.,;!?\"”]|$)|\s(?:after|at|before|by|during|in|since|when|while|and)\s"
)
_AUXILIARIES = {
    "has", "have", "had", "is", "are", "was", "were", "be", "been", "being", "will", "would", "could", "should", "may",
    "might", "can", "must", "did", "does", "do", "not", "never", "no", "longer",
}  # fmt: skip
_PASSIVE = {"is", "are", "was", "were", "be", "been", "being"}
_PERFECT = {"has", "have", "had"}
_KEPT_BEFORE = {"been", "not", "no", "never"}  # words before which "has" stays
_DROPPED = {
    "a", "an", "the", "also", "now", "still", "just", "then", "currently", "previously", "already", "his", "her",
    "its", "their", "mr", "mrs", "ms", "miss", "dr",
}  # fmt: skip
_OPEN = {
    "if", "whether", "unless", "deny", "denied", "denies", "denying", "doubt", "doubts", "false", "falsely", "no",
    "not", "never", "without", "had", "suppose", "imagine", "allegedly", "should", "could", "would",
}  # fmt: skip
_NEAR = 4  # words before a clause that may take it back
_ALONGSIDE = (" and ", " or ", " & ", " of ", " of the ")  # what follows is a part of the subject
_POINTERS = {
    "it", "him", "her", "them", "us", "me", "you", "himself", "herself", "itself", "themselves", "this", "that",
    "these", "those", "one", "ones", "some", "who", "which", "what", "so", "there", "lot", "everything",
    "something", "anything", "nothing",
}  # fmt: skip
_UNFINISHED = {  # verbs that say nothing with a subject and an object alone, or only that somebody speaks
    "tell", "say", "ask", "speak", "add", "write", "tweet", "reply", "respond", "issue", "release", "mean",
    "include", "have", "make", "take", "give", "get", "use", "see", "know", "want", "become", "go", "come", "do",
    "put", "describe", "call", "find", "force", "urge", "order", "allow", "cause", "let", "lead", "expect",
    "consider", "require", "request", "prompt", "direct", "report", "contribute",
}  # fmt: skip
_BAD = re.compile(r"[\"“”‘()\[\]:;,/|@#…–—]|\.\.|--")
_GOES_ON = re.compile(r"(?:['’]s)?\s(?:of|to|as|that|who)\s|['’]s|-")  # the object is not over, or more is said of it


def list_clauses(claim: Claim) -> Iterator[tuple[str, bool]]:
    """Yield a claim's clauses with a named subject and an object, as headlines of at most six words, and whether each is passive.

    What somebody says, or what the words before a clause take back or leave open ("denied that", "if"), is no headline: it would
    stand as a fact.
    """
    if claim.speaker is not None or claim.stance in ("denies", "doubts"):
        return
    for predicate in claim.facts.predicates:
        subject = _find_subject(claim, predicate)
        if subject is None or _is_open(claim.text[: subject[0]]):
            continue
        end = _find_end(claim, predicate, passive=subject[2])
        if end is None or _GOES_ON.match(claim.text[end:]):
            continue
        text = claim.text[subject[0] : end]
        name = _find_person(claim, subject[1], claim.text[subject[0] : subject[1]])
        words = _shorten(f"{name}{claim.text[subject[1] : end]}", predicate.lemma)
        told = [word for word in words if word not in _AUXILIARIES]
        twice = len(set(map(fold, words))) < len(words)  # a name that runs into the next caption
        whole = len(told) > 2 and len(words) <= LONGEST and not _BAD.search(text) and not twice
        if whole and fold(words[-1]) not in _POINTERS and not _is_vague(words[-1]):
            yield " ".join(drop_titles(words)), subject[2]


def list_joined(claim: Claim) -> Iterator[tuple[int, str]]:
    """Yield two noun phrases that a preposition joins ("payment to the lawyer"), of at most six words, and how many the first has."""
    places = _place_phrases(claim)
    for (_, end, left), (other, last, right) in pairwise(places):
        link = _JOINED.fullmatch(claim.text[end:other])
        words = _drop_times(split_words(left))
        if link is None or not words or not words[-1][:1].islower() or _BAD.search(left + right):
            continue
        if _GOES_ON.match(claim.text[last:]) or _says_nothing(words):
            continue
        back = drop_titles(split_words(right))
        if not back or any(is_time(word) or is_count(word) for word in (*words, *back)) or fold(words[-1]) in ROLES:
            continue
        if set(map(fold, words)) & set(map(fold, back)):
            continue
        whole = [*words, link.group(1), *(link.group(2) or "").split(), *back]
        if len(whole) <= LONGEST and not (link.group(1) == "between" and claim.text.startswith(" and ", last)):
            yield len(words), " ".join(whole)


def _is_vague(word: str) -> bool:
    """Whether a noun names nothing by itself, in the singular or plural."""
    return fold(word) in VAGUE or fold(word).removesuffix("s") in VAGUE


def _says_nothing(words: Sequence[str]) -> bool:
    """Whether a noun is vague and no word before it narrows it down ("right thing", "explanations")."""
    return _is_vague(words[-1]) and all(fold(word) in BLAND | VAGUE for word in words[:-1])


def _drop_times(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words without those in front that say when ("week's attack")."""
    start = next((i for i, word in enumerate(words) if not is_time(fold(word))), len(words))
    return words[start:]


def _place_phrases(claim: Claim) -> list[tuple[int, int, str]]:
    """Return where the claim's phrases stand, in order of the text."""
    places, after = [], 0
    for phrase in claim.facts.phrases:
        start = claim.text.find(phrase, after)
        if start >= 0:
            places.append((start, start + len(phrase), phrase))
            after = start + len(phrase)
    return places


def _find_subject(claim: Claim, predicate: Predicate) -> tuple[int, int, bool] | None:
    """Return where the subject of a predicate stands, just before it, and whether something is done to it."""
    before = [place for place in _place_phrases(claim) if place[1] <= predicate.start]
    if not before or claim.text[: before[-1][0]].endswith(_ALONGSIDE):
        return None
    start, end, phrase = before[-1]
    between = claim.text[end : predicate.start].split()
    aim = claim.text[predicate.start :].startswith("to ")
    if aim or any(word not in _AUXILIARIES and not word.endswith("ly") for word in between):
        return None
    said = [*between, *claim.text[predicate.start : predicate.end].split()]
    passive = not predicate.subject and bool(_PASSIVE & set(said[:3]))
    wanted = predicate.object if passive else predicate.subject
    if not wanted or not _is_head(claim, end, phrase, wanted):
        return None
    return start, end, passive


def _is_head(claim: Claim, end: int, phrase: str, wanted: str) -> bool:
    """Whether a phrase that ends there is the one with the wanted head: the same name or nearly the same last word."""
    words = split_words(phrase)
    if not words or (fold(words[-1]) in MEDIA and words[-1][:1].isupper()) or fold(words[-1]) in _POINTERS:
        return False
    if any(name.key == wanted and name.start < end <= name.end + 1 for name in claim.facts.names):
        return True
    last = wanted.split()[-1]
    return fold(words[-1])[:4] == fold(last)[:4]


def _find_end(claim: Claim, predicate: Predicate, *, passive: bool) -> int | None:
    """Return where the clause ends: behind its object, that of its preposition too; None where it has none."""
    if passive:
        return predicate.end if _ENDED.match(claim.text[predicate.end :]) else None
    if not predicate.object or (predicate.lemma in _UNFINISHED):
        return None
    for start, end, phrase in _place_phrases(claim):
        inside = predicate.start < start and end == predicate.end
        behind = start > predicate.end and _JOINED.fullmatch(claim.text[predicate.end : start])
        if (inside or behind) and _is_head(claim, end, phrase, predicate.object):
            return end
    return None


def _is_open(before: str) -> bool:
    """Whether the words before a clause take it back or leave it open."""
    return bool(_OPEN & {word.lower().strip('"“”,') for word in before.split()[-_NEAR:]})


def _find_person(claim: Claim, end: int, phrase: str) -> str:
    """Return a subject as a headline has it: of a person the last name."""
    person = any(name.type == "person" and name.start < end <= name.end for name in claim.facts.names)
    return phrase.split()[-1] if person else phrase


def _shorten(text: str, verb: str) -> tuple[str, ...]:
    """Return the words of a clause without articles, adverbs of time, and what only makes a tense."""
    words = text.split()
    kept = [word for word in words if fold(word) not in _DROPPED]
    around = zip(["", *kept], kept, [*kept[1:], ""], strict=False)
    return _drop_times(
        split_words(
            " ".join(
                word
                for before, word, after in around
                if word not in _PERFECT
                or after in _KEPT_BEFORE
                or after == verb  # "had run" is not "run"
                or before in _AUXILIARIES
                or before.endswith(("n't", "n’t"))
            )
        )
    )
