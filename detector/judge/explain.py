"""Relation + Signals -> the kind, the words that the verdict rests on, and one plain sentence."""

from __future__ import annotations

import re

from detector.facts.spans import complete_span
from detector.judge.levels import LIKELY
from detector.judge.spans import find_changed_words, merge_spans
from detector.judge.words import read_words, share_word
from detector.records import Claim, Contrast, Pair, Relation, Signals, Span

_CAUSE = re.compile(
    r"\b(?:because|caused?|causing|due to|blamed?|owing to|result of|triggered|sparked|led to|after an?|reason)\b",
    re.IGNORECASE,
)
_CONFIRM = re.compile(r"\b(?:confirm\w*|official(?:ly)?|formally)\b", re.IGNORECASE)
_CONFIRMING = 0.8  # entailment: "officially" may be said of something else
_MANY_MARKS = 4
_FIGURES = {
    "moved": "number",
    "different": "number",
    "apart": "number",
    "near": "number",
    "open": "estimate",
    "scope": "scope",
}  # outcome -> kind
_FURTHER = {"carried out": "plan-to-done", "moved on": "status"}  # outcome of the comparison of stages -> kind
_BOUND = ("within", "beyond")
_HINT = 0.3  # a contradiction that is enough to show a change where the judge has taken the pair for one
_NEAR, _SAME_CONTENT = 0.55, 0.72  # cosines
_MANY_WORDS, _MANY_SHARED = 0.4, 0.6
_FOCUSED = 0.8  # a clause that is nearly the whole sentence points at nothing
_ALIKE = 0.5  # word overlap from which the words that differ are worth marking


def find_kind(relation: Relation, pair: Pair, signals: Signals) -> str | None:
    """Return the kind that refines the relation, or None when nothing visible carries it: then the judge abstains."""
    if relation is Relation.DIFFER:
        return _find_differ_kind(pair, signals)
    if relation is Relation.DEVELOP:
        return _find_develop_kind(pair, signals)
    if relation is Relation.AGREE:
        return _find_agree_kind(pair, signals)
    return None


def _outcome(contrast: Contrast | None) -> str:
    return contrast.outcome if contrast else ""


def _contradicts(signals: Signals) -> bool:
    return (signals.contradiction or 0.0) >= LIKELY


def _find_differ_kind(pair: Pair, signals: Signals) -> str | None:
    a, b = pair.earlier, pair.later
    opposite = _outcome(signals.polarity) == "opposite"
    if _outcome(signals.speaker) == "dispute" or (
        opposite and a.speaker and b.speaker and _outcome(signals.speaker) == "different"
    ):
        return "disputed"
    figures = _FIGURES.get(_outcome(signals.figures))
    if figures and figures != "scope":
        return figures
    if opposite or _outcome(signals.polarity) == "tension":
        return "polarity"
    if _outcome(signals.names) in ("roles", "swapped", "replaced"):
        return "place" if _name_types(pair, signals) & {"place"} else "name"
    if _outcome(signals.dates) == "different":
        return "date"
    if figures:
        return figures
    if _CAUSE.search(a.text) and _CAUSE.search(b.text) and signals.shared >= 0.3:
        return "cause"
    # Where two figures fit, the model takes their difference for a contradiction that is none.
    fits = _outcome(signals.figures) in ("rounds", "within", "beyond")
    denied = _contradicts(signals) or signals.sum_predicted(Relation.DIFFER) >= LIKELY
    return "polarity" if denied and not fits else None


def _name_types(pair: Pair, signals: Signals) -> set[str]:
    """Return the types of the two names that were exchanged."""
    if signals.names is None or signals.names.outcome not in ("swapped", "replaced"):
        return set()
    sides = ((pair.earlier, signals.names.earlier), (pair.later, signals.names.later))
    return {name.type for claim, span in sides for name in claim.facts.names if (name.start, name.end) == span}


def _find_develop_kind(pair: Pair, signals: Signals) -> str | None:
    if _outcome(signals.time) == "correction":
        return "correction"
    if _outcome(signals.figures) in ("moved", "different", "apart", "near", "within", "beyond"):
        return "count"
    if _outcome(signals.stage) in _FURTHER:
        return _FURTHER[_outcome(signals.stage)]
    polarity = _outcome(signals.polarity)
    if _outcome(signals.stage) == "plan then done" and polarity != "opposite" and not _contradicts(signals):
        return "plan-to-done"
    if polarity == "opposite" or (polarity == "same" and pair.later.facts.update_words):
        return "status"
    if signals.sum_predicted(Relation.DEVELOP) >= LIKELY:
        return "status"
    if polarity in ("same", "both denied"):
        return None  # both say that it happened: what the model takes for a contradiction is another detail
    return "status" if (signals.contradiction or 0.0) >= _HINT else None


def _find_agree_kind(pair: Pair, signals: Signals) -> str | None:
    if not _shows_agreement(signals):
        return None
    outcome = _outcome(signals.figures)
    if outcome == "rounds":
        return "rounded"
    if outcome not in _BOUND and (signals.wording >= 0.8 or pair.closeness >= 0.93):
        return "repeated"
    later = _outcome(signals.time) in ("later", "update")
    follows = signals.entailment is None or signals.entailment >= _CONFIRMING
    confirms = later and follows and _CONFIRM.search(pair.later.text) and not _CONFIRM.search(pair.earlier.text)
    return "confirmed" if outcome in _BOUND or confirms else "reworded"


def _shows_agreement(signals: Signals) -> bool:
    """Whether an editor can see what two claims agree on: a fact in common, or enough of the words or of the content."""
    facts = (
        _outcome(signals.figures) in ("same", "rounds", *_BOUND),
        _outcome(signals.dates) == "same" and signals.closeness >= _NEAR,
        _outcome(signals.polarity) in ("same", "both denied"),
        _outcome(signals.speaker) in ("echo", "needs"),
        signals.support is not None,
        (signals.entailment or 0.0) >= LIKELY,
        signals.sum_predicted(Relation.AGREE) >= LIKELY,
    )
    return (
        any(facts)
        or signals.wording >= _MANY_WORDS
        or signals.shared >= _MANY_SHARED
        or signals.closeness >= _SAME_CONTENT
    )


def find_spans(relation: Relation, kind: str, pair: Pair, signals: Signals) -> dict[str, tuple[Span, ...]]:
    """Return the words that the verdict rests on, on both sides, as offsets into the two claims' texts."""
    a, b = pair.earlier, pair.later
    earlier, later = [], []
    for contrast in _find_witnesses(relation, kind, signals):
        if contrast.earlier and contrast.later:
            earlier.append(_widen(a, contrast.earlier, contrast, signals))
            later.append(_widen(b, contrast.later, contrast, signals))
    if not earlier and relation is Relation.AGREE:
        earlier, later = _find_agreed_words(pair)
    elif not earlier and kind != "disputed" and signals.wording >= _ALIKE:
        earlier, later = find_changed_words(a.text, b.text)
        if max(len(earlier), len(later)) > _MANY_MARKS:
            earlier, later = [], []
    if (
        relation is Relation.AGREE
        and signals.dates
        and signals.dates.outcome == "same"
        and signals.dates.earlier
        and signals.dates.later
    ):
        # The day is part of what they agree on, but never the whole of it.
        earlier, later = [*earlier, signals.dates.earlier], [*later, signals.dates.later]
    return {
        side: merge_spans([complete_span(claim.text, span) for span in spans])
        for side, claim, spans in (("earlier", a, earlier), ("later", b, later))
    }


def _find_agreed_words(pair: Pair) -> tuple[list[Span], list[Span]]:
    """Return the clauses that are closest, where they are not the whole sentences, else the phrases in common."""
    a, b = pair.earlier, pair.later
    focus = pair.focus or ((0, len(a.text)), (0, len(b.text)))
    if all(end - start < _FOCUSED * len(claim.text) for (start, end), claim in zip(focus, (a, b), strict=True)):
        return [focus[0]], [focus[1]]
    return _find_common(a, b), _find_common(b, a)


def _find_witnesses(relation: Relation, kind: str, signals: Signals) -> list[Contrast]:
    """Return the contrasts that speak for this relation and kind."""
    wanted: tuple[tuple[Contrast | None, set[str]], ...]
    if relation is Relation.AGREE:
        wanted = ((signals.figures, {"same", "rounds", *_BOUND}), (signals.polarity, {"both denied", "same"}))
    else:
        by_kind = {
            "number": signals.figures, "scope": signals.figures, "estimate": signals.figures, "count": signals.figures,
            "date": signals.dates, "name": signals.names, "place": signals.names,
        }  # fmt: skip
        main = by_kind.get(kind)
        if main is not None:
            return [main]
        if kind == "disputed" and signals.polarity is not None and signals.polarity.outcome == "opposite":
            return [signals.polarity]  # that the speakers have different names is no part of what they dispute
        wanted = (
            (signals.stage, set(_FURTHER)),
            (signals.polarity, {"opposite", "tension", "same"}),
            (signals.figures, {"moved", "different", "apart", "near", "open"}),
            (signals.names, {"swapped", "replaced", "roles"}),
            (signals.dates, {"different"}),
        )  # fmt: skip
    return [contrast for contrast, outcomes in wanted if contrast is not None and contrast.outcome in outcomes]


def _widen(claim: Claim, span: Span, contrast: Contrast, signals: Signals) -> Span:
    """Let a figure's mark take in the noun that it counts, where that follows at once."""
    if contrast is not signals.figures:
        return span
    for figure in claim.facts.figures:
        if (figure.start, figure.end) == span and figure.counted:
            noun = figure.counted.split()[-1][:4]
            match = re.match(
                rf"(?:[\s-]+[\w-]+){{0,2}}?[\s-]+{re.escape(noun)}\w*", claim.text[span[1] :], re.IGNORECASE
            )
            if match:
                return span[0], span[1] + match.end()
    return span


def _find_common(claim: Claim, other: Claim) -> list[Span]:
    """Return the noun phrases of a claim that the other has too, the longest first, at most three."""
    words = read_words(other.text)
    found = []
    for phrase in sorted(set(claim.facts.phrases), key=lambda text: (-len(text), text)):
        inside = read_words(phrase)
        if inside and all(share_word(frozenset([word]), words) for word in inside):
            start = claim.text.find(phrase)
            if start >= 0:
                found.append((start, start + len(phrase)))
    return found[:3]
