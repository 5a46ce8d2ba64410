"""Pair -> Signals: pure comparisons of what the two claims say. No model, no clock."""

from __future__ import annotations

import re

from detector.facts.names import match_names
from detector.facts.needs import NEEDED
from detector.facts.times import compare_times
from detector.judge.bases import counts_fate
from detector.judge.clocks import compare_days_and_clocks
from detector.judge.corrections import is_provisional, tells_correction, tells_movement
from detector.judge.course import compare_stage
from detector.judge.polarity import compare_predicates, find_exchange
from detector.judge.quantities import compare_figures
from detector.judge.running import find_running_count
from detector.judge.speakers import compare_speakers, hold_one_dispute
from detector.judge.words import count_matches, fold_words, read_words, share_word
from detector.records import Claim, Contrast, Name, Pair, Signals

_WORD = re.compile(r"\w+")
_SAME_SENTENCE = 0.6  # from this overlap on one name stands for the other, whatever the entity model takes them for
_SWAP_WORDING = 0.3  # below this overlap two different names are two different matters, not one name for another
_ONE_EVENT = 0.45  # word overlap at which two sentences with different dates are taken to speak of one event
_DENIED, _DENIED_UNNAMED = 0.4, 0.6  # share of words from which a denial is taken to be of what the other says
_DENIED_COSINE = 0.55  # the same, by cosine
_ONE_EVENT_COSINE = 0.65  # the same, by cosine


def measure_pair(pair: Pair) -> Signals:
    """Measure one pair, two claims in order of time and their cosine; what a model must read of it is left open."""
    a, b = pair.earlier, pair.later
    words = fold_words(a), fold_words(b)
    wording = 2 * count_matches(*words) / (len(words[0]) + len(words[1]) or 1)
    speaker = compare_speakers(a, b)
    shared = _measure_shared(pair)
    if speaker is not None and speaker.outcome == "dispute":
        # One who denies something denies it of the same matter only; where nobody is named, more must be the same.
        least = _DENIED if a.speaker and b.speaker else _DENIED_UNNAMED
        if shared < least or pair.closeness < _DENIED_COSINE:
            speaker = None
    one_side = speaker is not None and speaker.outcome in ("same", "side")
    polarity = compare_predicates(a, b, one_side)
    if one_side and polarity is not None and polarity.outcome == "same":
        speaker = Contrast("needs" if _tells_need(a) and _tells_need(b) else "echo")
    two = speaker is not None and speaker.outcome == "different"
    if two and polarity is not None and polarity.outcome == "opposite" and _tells_need(a) and _tells_need(b):
        # Opposites of two speakers are mostly about two matters; what the one needs and the other can do without is one.
        speaker = Contrast("dispute")
    if hold_one_dispute(pair):
        # Who denies what is told by both; which of the two verbs of saying stands first in either is no matter.
        speaker = Contrast("echo")
        polarity = polarity if polarity is not None and polarity.outcome == "same" else Contrast("both denied")
    dates = _compare_dates(a, b, wording >= _ONE_EVENT or pair.closeness >= _ONE_EVENT_COSINE)
    moments = compare_days_and_clocks(pair, dates)
    # A time of day says nothing of the day, but that one moment has two days in two zones.
    days = moments if dates is not None and moments is not None and moments.outcome == "same" else dates
    stage = compare_stage(pair)
    return Signals(
        wording=round(wording, 4),
        closeness=pair.closeness,
        shared=shared,
        figures=find_running_count(pair) or compare_figures(a, b),
        dates=moments,
        polarity=polarity,
        names=find_exchange(a, b) or _compare_names(a, b, wording),
        speaker=speaker,
        time=_compare_time(pair, days, stage),
        stage=stage,
    )


def _tells_need(claim: Claim) -> bool:
    """Whether a claim says that something is necessary."""
    return any(predicate.lemma == NEEDED for predicate in claim.facts.predicates)


def oppose_each_other(pair: Pair) -> bool:
    """Whether two named speakers say opposite things, or the one denies what the other says."""
    if not (pair.earlier.speaker and pair.later.speaker):
        return False
    signals = measure_pair(pair)
    if signals.speaker is None or signals.speaker.outcome not in ("dispute", "different"):
        return False
    opposite = signals.polarity is not None and signals.polarity.outcome == "opposite"
    return opposite or signals.speaker.outcome == "dispute"


def _measure_shared(pair: Pair) -> float:
    """Return which share of the words of the shorter focus the other focus has, too."""
    (s1, e1), (s2, e2) = pair.focus or ((0, len(pair.earlier.text)), (0, len(pair.later.text)))
    left, right = read_words(pair.earlier.text[s1:e1]), read_words(pair.later.text[s2:e2])
    smaller = min(len(left), len(right))
    return round(count_matches(left, right) / smaller, 4) if smaller else 0.0


def _compare_dates(a: Claim, b: Claim, alike: bool) -> Contrast | None:
    """Compare the dates that two claims state; different dates count only for what is likely to be one event."""
    result = compare_times(a.facts.dates, b.facts.dates)
    if result is None:
        return None
    outcome, left, right = result
    spans = ((left.start, left.end), (right.start, right.end))
    if outcome == "different" and (left.grain != right.grain or (not alike and not _share_event(a, b))):
        return Contrast("other", *spans)
    return Contrast(outcome, *spans)


def _share_event(a: Claim, b: Claim) -> bool:
    """Whether both claims have a predicate in common, with a subject or object in common."""
    for p in a.facts.predicates:
        for q in b.facts.predicates:
            left, right = (
                frozenset((p.subject + " " + p.object).split()),
                frozenset((q.subject + " " + q.object).split()),
            )
            if share_word(frozenset(p.lemma.split()[:1]), frozenset(q.lemma.split()[:1])) and share_word(left, right):
                return True
    return False


def _compare_names(a: Claim, b: Claim, wording: float) -> Contrast | None:
    """Compare the names of two claims."""
    left, right = _distinct(a.facts.names), _distinct(b.facts.names)
    if not left or not right:
        return None
    only_left = [name for name in left if not any(match_names(name, other) for other in right)]
    only_right = [name for name in right if not any(match_names(name, other) for other in left)]
    if not only_left or not only_right:
        return Contrast("same")
    if len(only_left) == len(only_right) == 1 and wording >= _SWAP_WORDING:
        x, y = only_left[0], only_right[0]
        # The entity model mixes up places and organisations, hardly ever people. A part of a longer name is no other name.
        contained = set(x.text.lower().split()) & set(y.text.lower().split())
        alike = (x.type == "person") == (y.type == "person") or wording >= _SAME_SENTENCE
        if alike and not contained and _stand_alike(x, y, a, b):
            outcome = "replaced" if wording >= _SAME_SENTENCE else "swapped"
            return Contrast(outcome, (x.start, x.end), (y.start, y.end))
    return Contrast("shared" if len(only_left) < len(left) else "disjoint")


def _stand_alike(x: Name, y: Name, a: Claim, b: Claim) -> bool:
    """Whether two names have the same word before or behind them, so that one can stand where the other stands."""
    before = [_WORD.findall(claim.text[: name.start].lower())[-1:] for name, claim in ((x, a), (y, b))]
    after = [_WORD.findall(claim.text[name.end :].lower())[:1] for name, claim in ((x, a), (y, b))]
    return before[0] == before[1] or after[0] == after[1]


def _distinct(names: tuple[Name, ...]) -> list[Name]:
    """One mention for each name."""
    return list({name.key: name for name in reversed(names)}.values())


def _compare_time(pair: Pair, dates: Contrast | None, stage: Contrast | None) -> Contrast:
    """Compare the times of two reports.

    A later report speaks of a later time, unless both name the same day; but a toll rises though the day of the event stays, and
    one of a later day is an update by itself. So is one that says that something has moved, or that finds what was said to be so for now.
    """
    a, b = pair.earlier, pair.later
    if tells_correction(b.text) and not tells_correction(a.text) and (pair.days is None or pair.days >= 0):
        return Contrast("correction")
    if _name_other_years(a, b):
        return Contrast("apart")
    if pair.days is None:
        return Contrast("unknown")
    further = stage is not None and stage.outcome in ("carried out", "moved on")
    tolls = counts_fate(a) and counts_fate(b)
    if pair.days <= 0 or (_tell_of_one_day(a, b, dates) and not tolls and not further):
        return Contrast("same")
    moved = tolls or b.facts.update_words or tells_movement(b.text) or is_provisional(a.text)
    return Contrast("update" if moved else "later")


def _name_other_years(a: Claim, b: Claim) -> bool:
    """Whether both name years, and none in common: "rose last year", "in 2017 it fell"."""
    years = [{m.first.year for m in claim.facts.dates if m.grain == "year" and m.first} for claim in (a, b)]
    return all(years) and not years[0] & years[1]


def _tell_of_one_day(a: Claim, b: Claim, dates: Contrast | None) -> bool:
    """Whether two claims speak of one day: the same, or one that lies within the period that the other names."""
    if a.as_of == b.as_of:
        return True
    if dates is None or dates.outcome not in ("same", "within"):
        return False
    named = [{m.first for m in claim.facts.dates if m.grain == "day" and m.first} for claim in (a, b)]
    if all(len(days) == 1 for days in named) and named[0] != named[1]:
        return False  # "on Thursday, a record for October", and "on Saturday"
    return any(named)  # "since the beginning of the month" and "this month" leave the day open
