"""The quantities of a sentence, each an interval with its unit, what it counts and what is said of that."""

from __future__ import annotations

import re
from typing import Any

from detector.facts.figures_bounds import Amount, read_amounts
from detector.facts.figures_excluded import mask_excluded
from detector.facts.figures_governor import name_noun
from detector.facts.figures_lengths import find_stopwatch_times, join_parts, read_place
from detector.facts.figures_nouns import Counted, find_counted
from detector.facts.figures_numbers import Number, find_numbers
from detector.facts.figures_relation import figures_relation
from detector.facts.figures_scope import find_scope
from detector.facts.figures_words import CALM, HARMS, NOT_ONE
from detector.records import Figure

__all__ = ["figures_relation", "find_figures"]


_ASIDE = re.compile(r"\b(?:including|among them|such as)\b[^,;.]*$")


def find_figures(sentence: Any) -> tuple[Figure, ...]:
    """Return the quantities of one sentence (a `spacy.tokens.Span`), in order; offsets count from its first character.

    A figure covers its bound, number and unit ("at least 37", "$1.2bn", "30-day") but not the noun. Dates, years, ages,
    names, scores and ids are no figures (see `mask_excluded`). Shares are percentages: "half" is 50 percent, "two in
    five" 40. "No casualties" is 0, for things that news counts. A figure without a noun of its own counts what an
    earlier figure of the sentence in the same unit counts ("killing 10 people and injuring 25"); money never does.
    A measure in two units is one figure, in the smaller one; of a distance the scope says from where it is measured.
    """
    text = sentence.text
    masked = mask_excluded(sentence)
    numbers = tuple(
        n for n in find_numbers(text) if not _is_masked(n, masked) and _is_quantity(sentence, n.start, n.end)
    )
    figures: list[Figure] = []
    spoken_for = 0
    amounts = [*join_parts(text, read_amounts(text, numbers)), *find_stopwatch_times(text)]
    for amount in sorted(amounts, key=lambda amount: (amount.start, amount.end)):
        if not amount.unit and amount.start < spoken_for:  # the model in "five new 737 aircraft"
            continue
        counted = find_counted(sentence, amount)
        spoken_for = sentence.doc[counted.last].idx - sentence.start_char
        noun = counted.noun or _inherit(figures, text, amount.unit, counted.more)
        scope = read_place(text, amount) or find_scope(sentence, _first_token(sentence, amount, counted), counted.last)
        figures.append(_build(amount, noun, scope))
    figures += _find_none(sentence)
    return tuple(sorted(figures, key=lambda figure: (figure.start, figure.end)))


def _is_masked(number: Number, masked: tuple[tuple[int, int], ...]) -> bool:
    return any(start < number.end and number.start < end for start, end in masked)


def _is_aside(text: str, figure: Figure) -> bool:
    """Say whether a figure only describes another noun: "including 10 children", "a 200-student school"."""
    return text[figure.end : figure.end + 1] == "-" or _ASIDE.search(text[: figure.start]) is not None


def _build(amount: Amount, noun: str, scope: str) -> Figure:
    return Figure(amount.low, amount.high, amount.unit, noun, amount.approximate, amount.start, amount.end, scope)


def _first_token(sentence: Any, amount: Amount, counted: Counted) -> int:
    """Return the index of the token where the amount starts, its bound or currency sign included."""
    span = sentence.char_span(amount.start, amount.end, alignment_mode="expand")
    if span is None or span[0].pos_ == "VERB":  # "exceeded 700": the bound is the predicate
        return counted.first
    return int(min(span.start, counted.first))


def _inherit(figures: list[Figure], text: str, unit: str, more: bool) -> str:
    """Return what the nearest earlier figure of the unit counts, asides ("including 10 children") last."""
    if unit not in ("", "percent"):
        return ""
    earlier = [figure for figure in reversed(figures) if figure.unit == unit and figure.counted]
    noun = next((figure.counted for figure in sorted(earlier, key=lambda f: _is_aside(text, f))), "")
    return f"other {noun.removeprefix('other ')}" if more and noun else noun


def _is_quantity(sentence: Any, start: int, end: int) -> bool:
    """Sort out "one" the pronoun, and words that the parse does not take for numbers."""
    text = sentence.text[start:end].lower()
    if text not in ("one", "a hundred", "a thousand", "a million"):
        return True
    if text != "one":
        return not re.match(r" times\b", sentence.text[end:])
    span = sentence.char_span(start, end, alignment_mode="expand")
    if span is None:
        return False
    token = span[0]
    after = token.nbor(1) if token.i + 1 < sentence.end else None
    if after is None or token.dep_ not in ("nummod", "quantmod", "compound") or token.head.i < token.i:
        return False
    return token.head.lemma_.lower() not in NOT_ONE and after.text not in ("'s", "’s", "-")


def _find_none(sentence: Any) -> list[Figure]:
    """Return a zero for "no casualties", "no one was hurt" and "none of the passengers"."""
    figures = []
    for token in sentence:
        if token.lower_ not in ("no", "none", "nobody"):
            continue
        noun, last = _read_none(sentence, token)
        if noun:
            start = token.idx - sentence.start_char
            end = start + len(token)
            scope = find_scope(sentence, token.i, last)
            figures.append(Figure(0.0, 0.0, "", noun, False, start, end, scope))
    return figures


def _read_none(sentence: Any, token: Any) -> tuple[str, int]:
    after = token.nbor(1) if token.i + 1 < sentence.end else None
    if after is None:
        return "", token.i
    if token.lower_ == "nobody" or (token.lower_ == "no" and after.lower_ == "one"):
        head = after if token.lower_ == "no" else token
        harmed = head.dep_ in ("nsubj", "nsubjpass") and head.head.lemma_ in HARMS
        return ("people" if harmed else ""), head.i
    if token.lower_ == "none":
        noun = next((w for w in sentence.doc[token.i + 1 : min(token.i + 7, sentence.end)] if w.pos_ == "NOUN"), None)
        if after.lower_ != "of" or noun is None or noun.lemma_ not in CALM:
            return "", token.i
        return name_noun(noun, token.i + 1), noun.i
    head = token.head
    if token.dep_ == "det" and head.i > token.i and head.lemma_.lower() in CALM:
        return name_noun(head, token.i + 1), head.i
    return "", token.i
