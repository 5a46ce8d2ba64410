"""The one plain sentence that says why two claims agree, differ or develop."""

from __future__ import annotations

from collections.abc import Mapping

from detector.judge.clocks import find_clock_words, tell_two_zones
from detector.judge.levels import LIKELY
from detector.judge.speakers import hold_one_dispute
from detector.judge.words import fold_words
from detector.records import Claim, ClockTime, Contrast, Figure, Pair, Relation, Signals, Span

_LONG = 60
_AS_LONG = 0.6  # content words of the one for those of the other from which neither sentence is a part of the other
_OF_FIGURES = ("rounded", "confirmed")


def write_reason(
    relation: Relation, kind: str, pair: Pair, signals: Signals, spans: Mapping[str, tuple[Span, ...]]
) -> str:
    """Return one sentence in plain words; it names the values on both sides where there are any."""
    left, right = _quote(pair.earlier, spans["earlier"]), _quote(pair.later, spans["later"])
    if relation is Relation.AGREE:
        if kind in _OF_FIGURES:  # a day may be marked, too, and before the figure
            left, right = (
                _quote_figure(claim, signals, side, spans) for side, claim in enumerate((pair.earlier, pair.later))
            )
        return _explain_agreement(kind, pair, signals, left, right)
    if relation is Relation.DEVELOP:
        return _explain_development(kind, pair, signals, left, right)
    return _explain_difference(kind, pair, signals, left, right) + _note_order(signals)


def _quote(claim: Claim, spans: tuple[Span, ...]) -> str:
    """Return the first marked words in quotation marks, shortened."""
    if not spans:
        return ""
    words = shorten_words(claim.text[spans[0][0] : spans[0][1]], _LONG)
    if len(words) > 2 and (words[0], words[-1]) in (('"', '"'), ("“", "”")):
        words = words[1:-1]
    return f"“{words}”"


def _quote_figure(claim: Claim, signals: Signals, side: int, spans: Mapping[str, tuple[Span, ...]]) -> str:
    """Return the marked words in which the figure stands that the two sides share."""
    contrast, own = signals.figures, spans[("earlier", "later")[side]]
    span = (contrast.earlier, contrast.later)[side] if contrast else None
    return _quote(claim, tuple(one for one in own if span and one[0] <= span[0] and span[1] <= one[1]) or own)


def shorten_words(text: str, most: int) -> str:
    """Return a text of at most `most` characters, cut between two words, with "…" where something is cut."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:–—-") + "…"


def _explain_difference(kind: str, pair: Pair, signals: Signals, left: str, right: str) -> str:
    a, b = pair.earlier, pair.later
    both = f"{a.source} has {left}, {b.source} {right}" if left and right else ""
    if kind == "scope":
        scopes = [
            figure.scope
            for figure in (_find_figure(a, signals.figures, 0), _find_figure(b, signals.figures, 1))
            if figure and figure.scope
        ]
        if any(scope not in claim.text for scope, claim in zip(scopes, (a, b), strict=False)):
            scopes = []  # put together from several places, so not to be quoted
        what = f": “{scopes[0]}” and “{scopes[1]}”" if len(scopes) == 2 else ""
        return f"{both}: the figures differ, and so does what they count{what}."
    if kind == "estimate":
        return f"One gives a figure, the other leaves it open: {both}."
    if kind == "disputed":
        return _explain_dispute(pair, left, right)
    if both and b.speaker and signals.speaker and signals.speaker.outcome == "same":
        return f"{b.speaker} is quoted two ways: {both}."
    if signals.names and signals.names.outcome == "roles" and kind == "name":
        return f"The parts are exchanged: {both}."
    if kind == "polarity" and both and signals.polarity and signals.polarity.outcome == "tension":
        return f"Some are ready for what others hesitate to do: {both}."
    if kind == "polarity" and not both:
        return "One says what the other denies."
    if kind == "date" and (clocks := find_clock_words(pair, signals.dates)):
        x, y = clocks
        return (
            f"The times for the same event differ: one says {_say_time(x)}, the other {_say_time(y).removesuffix('.')}."
        )
    words = {
        "number": "The figures for the same thing differ", "date": "The dates for the same event differ", "place": "The places differ",
        "name": "The names differ", "polarity": "One says the opposite of the other", "cause": "They give different causes",
    }  # fmt: skip
    return f"{words[kind]}: {both}." if both else f"{words[kind]}."


def _explain_dispute(pair: Pair, left: str, right: str) -> str:
    a, b = pair.earlier, pair.later
    who = [claim.speaker or claim.source for claim in (a, b)]
    if (a.stance == "denies") == (b.stance == "denies"):
        marks = [f" ({words})" if words else "" for words in (left, right)]
        if a.article_id == b.article_id:
            return f"Two speakers disagree, as {a.source} reports: {who[0]}{marks[0]} and {who[1]}{marks[1]}."
        return f"Two speakers contradict each other: {who[0]}{marks[0]} and {who[1]}{marks[1]}."
    # Without a speaker the report itself says it; an outlet that tells of a denial denies nothing.
    where = [f"by {claim.speaker}" if claim.speaker else f"in {claim.source}" for claim in (a, b)]
    denying, saying = where if a.stance == "denies" else reversed(where)
    marks_both = f" ({left} and {right})" if left and right and left != right else ""
    told = f", as {a.source} reports" if a.article_id == b.article_id else ""
    return f"One denies what the other says{told}: denied {denying}, said {saying}{marks_both}."


def _explain_development(kind: str, pair: Pair, signals: Signals, left: str, right: str) -> str:
    a, b = pair.earlier, pair.later
    order = _note_order(signals)
    both = f": {left} in {a.source}, {'' if order else 'later '}{right} in {b.source}" if left and right else ""
    if order:  # then nobody can say that it is the later one that changes it
        return f"One report gives a further state of what the other tells{both}.{order}"
    words = {
        "count": "The later report gives another count",
        "plan-to-done": "What was planned has since been done",
        "correction": "The later report corrects the earlier one",
        "status": "The later report gives another state of the same matter",
    }
    return f"{words[kind]}{both}."


def _explain_agreement(kind: str, pair: Pair, signals: Signals, left: str, right: str) -> str:
    if hold_one_dispute(pair) and pair.later.dispute:
        denier, sayer = pair.later.dispute
        return f"Both tell of one dispute: denied by {denier}" + (f", said by {sayer}." if sayer else ".")
    if kind == "repeated":
        return "Both say it in nearly the same words."
    if kind == "rounded":
        return f"The figures are the same but for rounding: {left} and {right}."
    if kind == "confirmed" and signals.figures and signals.figures.outcome in ("within", "beyond"):
        return f"The figures fit each other: {left} and {right}."
    if kind == "confirmed":
        return f"{pair.later.source} confirms what {pair.earlier.source} reported."
    if signals.polarity and signals.polarity.outcome == "both denied" and (signals.entailment or 0.0) < LIKELY:
        return "Both say in other words that it is not so, or has not happened."
    clocks = find_clock_words(pair, signals.dates)
    if clocks and signals.dates and signals.dates.outcome == "same" and tell_two_zones(*clocks):
        return f"Both say it of the same moment, in two time zones: {_say_time(clocks[0])} and {_say_time(clocks[1]).removesuffix('.')}."
    if signals.dates and signals.dates.outcome == "same" and signals.dates.earlier and signals.dates.later:
        days = [
            mention.text
            for claim, span in ((pair.earlier, signals.dates.earlier), (pair.later, signals.dates.later))
            for mention in claim.facts.dates
            if (mention.start, mention.end) == span and mention.grain == "day"
        ]
        if len(days) == 2 and days[0].lower() != days[1].lower():
            return f"Both say it in other words, of the same day: “{days[0]}” and “{days[1]}”."
    return _tell_share(pair, signals)


def _tell_share(pair: Pair, signals: Signals) -> str:
    """Say how much of the two sentences is one: all, the whole of the one, or a fact in each."""
    if signals.entailment is not None and signals.entailment < LIKELY:
        return "Both tell of one fact, each with details of its own."
    a, b = (len(fold_words(claim)) for claim in (pair.earlier, pair.later))
    if signals.entailment is None or min(a, b) >= _AS_LONG * max(a, b):
        return "Both say the same in other words."
    short, long = (pair.earlier, pair.later) if a < b else (pair.later, pair.earlier)
    return f"What {short.source} says is part of what {long.source} says."


def _say_time(clock: ClockTime) -> str:
    """Return a time of day in the words of the text, with what says how it is meant."""
    return f"{clock.hedge} {clock.text}".strip()


def _note_order(signals: Signals) -> str:
    """Say so when nobody knows which report is the later one."""
    return " Which report is later is not known." if signals.time and signals.time.outcome == "unknown" else ""


def _find_figure(claim: Claim, contrast: Contrast | None, side: int) -> Figure | None:
    """Return the figure that the contrast rests on."""
    span = (contrast.earlier, contrast.later)[side] if contrast else None
    return next((figure for figure in claim.facts.figures if (figure.start, figure.end) == span), None)
