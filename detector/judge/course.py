"""How far two reports see one matter to have come: a plan and what was done, a stage of a usual course of news and a later one."""

from __future__ import annotations

import re

from detector.facts.courses import find_stages
from detector.judge.bases import tell_of_two_times
from detector.judge.words import count_matches, match_words, read_words
from detector.records import Claim, Contrast, Pair, Span

_ONE_TEXT = 0.97  # cosine from which the two are one sentence, printed twice: nothing was done in between
_ONE_MATTER = 0.4  # cosine from which a plan and a deed can be of one matter
_ONE_COURSE = 0.55  # cosine from which two stages are taken to be of one matter,
_SHARED = 0.25  # and the share of the other words of the shorter claim that the other one has
_CARRIED = 0.5  # share of a plan's words that the deed repeats
_CARRIED_IN_TIME = 0.2  # the same, where it falls on the day that was planned
_LEAST = 2  # words of a plan that are found again
_PLAN = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were|be) (?:(?:due|set|scheduled|expected|likely|ready|poised|about) )?to"
    r"|(?:plan|hope|intend|expect|promise|pledge|vow|agree|prepare|seek)(?:s|d|ed|ned|ning|ing)?"
    r" (?:to|that|(?:\S+ ){1,3}to)|wants? (?:to|(?:\S+ ){1,3}to)|said (?:that )?(?:it|he|she|they|we) would)\b(?! (?:not|never|be able)\b)",
    re.IGNORECASE,
)
_END = re.compile(
    r"[;.]|, (?:the |he |she |it |they |an? )?[^,]{0,60}\b(?:said|announced|wrote|reported|told)\b|\b(?:once|provided that|because) "
)
_DONE = re.compile(
    r"\b(?:\w{2,}ed|was|were|had|has|have|began|became|broke|brought|came|cut|drew|fell|flew|found|gave|got|held|hit|kept|laid|led|left|lost|made|met|paid"
    r"|put|ran|rode|rose|said|sank|sent|set|shot|shut|sold|spent|spoke|stood|struck|swore|took|threw|went|won|wrote)\b",
    re.IGNORECASE,
)
# What is past can be guessed at; that is no plan.
_GUESSED = re.compile(r"\b(?:may|might|could|would|should|must) (?:not |well )?have \w+", re.IGNORECASE)
_IS = re.compile(
    r"\s*(?:\w+ly )?be (?:\w+ly )?(?:an?|the|no)\b", re.IGNORECASE
)  # "will be a ..." says what is, and not what is done
_BY = re.compile(r"\b(?:by|before)(?: the end of)?(?: the)? ?\w{0,3}$", re.IGNORECASE)
_QUOTES = "\"“‘'"
_ORDERED = re.compile(r"\b(?:has since|have since|meanwhile|no longer|after all)\b", re.IGNORECASE)


def compare_stage(pair: Pair) -> Contrast | None:
    """Compare how far the two claims see their matter to have come.

    Args:
        pair: two claims in order of time.

    Returns:
        None between two matters, and for one sentence printed twice. Else "carried out" (the later report, of a later day, tells of what
        the earlier one planned), "moved on" (it tells of a later stage of one of the usual courses of news), both with the words as spans;
        "plan then done", "plan", "plans" or "done" by whether each speaks of a plan at all.
    """
    if not _ONE_MATTER <= pair.closeness < _ONE_TEXT:
        return None
    if found := _find_fulfilment(pair):
        return Contrast("carried out", *found)
    if found := _find_course(pair):
        return Contrast("moved on", *found)
    open_a, open_b = (
        claim.facts.modality != "done" and not _GUESSED.search(claim.text) for claim in (pair.earlier, pair.later)
    )
    if open_a and not open_b:
        return Contrast("plan then done" if pair.days is None or pair.days >= 0 else "plan")
    return Contrast("plans" if open_a and open_b else "plan" if open_b else "done")


def _find_course(pair: Pair) -> tuple[Span, Span] | None:
    """Return the words of two stages of one course, the later one told by the report of the later day."""
    a, b = pair.earlier, pair.later
    later = (pair.days or 0) > 0 or (pair.days is None and _ORDERED.search(b.text))
    if not later or pair.closeness < _ONE_COURSE or tell_of_two_times(a, b):
        return None
    before, after = find_stages(a.text), find_stages(b.text)
    for course in sorted(before.keys() & after.keys()):
        found = before[course][2], after[course][2]
        if after[course][0] > max(0, before[course][0]) and _are_of_one_matter(a, b, found):
            return found
    return None


def _are_of_one_matter(a: Claim, b: Claim, spans: tuple[Span, Span]) -> bool:
    """Whether two claims share words beside those that tell how far it has come: in one story many a matter moves on."""
    words, others = (
        read_words(f"{claim.text[:start]} {claim.text[end:]}")
        for claim, (start, end) in zip((a, b), spans, strict=True)
    )
    return count_matches(words, others) >= _SHARED * min(len(words), len(others))


def _find_fulfilment(pair: Pair) -> tuple[Span, Span] | None:
    """Return where the earlier claim speaks of a plan and the later one, of a later day, of the same as done."""
    a, b = pair.earlier, pair.later
    if (
        not (pair.days or 0) > 0
        or pair.closeness < _ONE_COURSE
        or b.facts.modality != "done"
        or not _DONE.search(b.text)
    ):
        return None
    if tell_of_two_times(a, b) or b.facts.negated or b.text[0] in _QUOTES:
        return None
    told = read_words(b.text)
    for plan in _PLAN.finditer(a.text):
        if _IS.match(a.text, plan.end()):
            continue
        end = _END.search(a.text, plan.end())
        stop = end.start() if end else len(a.text)
        words = read_words(a.text[plan.end() : stop])
        found = sum(any(match_words(word, other) for other in told) for word in words)
        in_time = _keeps_time(a, b, (plan.start(), stop))
        if found >= (max(1, _CARRIED_IN_TIME * len(words)) if in_time else max(_LEAST, _CARRIED * len(words))):
            spans = (plan.start(), stop), _find_deed(b, words)
            return spans if in_time or _are_of_one_matter(a, b, spans) else None
    return None


def _find_deed(claim: Claim, words: frozenset[str]) -> Span:
    """Return where the claim tells of what was planned: its predicate that has most of the plan's words, else all of it."""
    spans = [(predicate.start, predicate.end) for predicate in claim.facts.predicates if not predicate.negated]
    return max(
        spans, key=lambda span: count_matches(words, read_words(claim.text[slice(*span)])), default=(0, len(claim.text))
    )


def _keeps_time(a: Claim, b: Claim, plan: Span) -> bool:
    """Whether the later claim speaks of the day, or of one in the period, that the plan names; or of one before "by" it."""
    for mention in a.facts.dates:
        if not (plan[0] <= mention.start < plan[1] and mention.first and mention.last and b.as_of):
            continue
        since = a.as_of if a.as_of and _BY.search(a.text[: mention.start + len("by ")]) else mention.first
        if since <= b.as_of <= mention.last and a.facts.modality != "done":
            return True
    return False
