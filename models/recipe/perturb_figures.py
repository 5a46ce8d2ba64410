"""Rules on figures and days: what one count says about another is worked out from the ranges that both leave open."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from perturb_edits import CONTRADICTION, ENTAILMENT, NEUTRAL, Pair, is_fragile

_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_BOUNDED = set(
    "least most than about around nearly almost some over under up only just roughly approximately fewer less another other "
    "the these those his her their its our my your last past first next top every all both to and or between within of no ago".split()
)
_UNITS = set(
    "years months weeks days hours minutes seconds percent points miles feet pounds inches votes degrees times".split()
)
# (phrase, the counts that it surely fits, the counts that it may fit)
_VAGUE = (
    ("several", (3, 8), (2, 25)),
    ("dozens of", (36, 140), (20, 400)),
    ("hundreds of", (200, 990), (150, 3000)),
    ("thousands of", (2000, 9900), (1200, 60000)),
)
_LABELS = (ENTAILMENT, NEUTRAL, CONTRADICTION)
_PREPOSITIONS = {
    "by",
    "with",
    "in",
    "for",
    "on",
    "after",
    "against",
    "include",
    "including",
    "into",
    "across",
    "among",
    "killing",
}
_MONEY = re.compile(r"\$(\d+(?:[.]\d+)?) (million|billion)\b")
_PERCENT = re.compile(r"\b(\d+(?:[.]\d+)?) ?(percent|per cent|%)")
_GUARD = re.compile(
    r"(?:\b(?:least|most|than|about|around|nearly|almost|some|over|under|to|only|just|roughly|approximately|the|and|or|by|"
    r"of|from|between|another|an?|up)|[-–$\d,.]) ?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """How a figure is put, the range that surely fits it (`inner`) and the range that may (`outer`)."""

    text: str
    value: float
    inner: tuple[float, float]
    outer: tuple[float, float]


def relate_figures(premise: Figure, hypothesis: Figure) -> str | None:
    """Return what the premise's figure says of the hypothesis's, or None where the ranges leave doubt."""
    if _holds(hypothesis.inner, premise.outer):
        return ENTAILMENT
    if premise.outer[1] < hypothesis.outer[0] or hypothesis.outer[1] < premise.outer[0]:
        return CONTRADICTION
    overlaps = premise.inner[0] <= hypothesis.inner[1] and hypothesis.inner[0] <= premise.inner[1]
    return NEUTRAL if overlaps and not _holds(hypothesis.outer, premise.inner) else None


def change_counts(doc: Any, chance: random.Random) -> Iterator[Pair]:
    """Put a counted figure in two ways, by label in turn."""
    if is_fragile(doc):
        return
    for token in doc:
        count = _read_count(token)
        if count is None or token.head.pos_ != "NOUN" or token.head.tag_ != "NNS" or token.dep_ != "nummod":
            continue
        if not _stands_free(doc, token):
            continue
        vague = token.head.lower_ not in _UNITS and token.head.i == token.i + 1
        place = token.idx, token.idx + len(token)
        yield from _draw_pairs(
            place, float(count), 1.0, lambda n: _write_count(int(n), chance), vague, chance, "counts"
        )
        return


def change_amounts(doc: Any, chance: random.Random) -> Iterator[Pair]:
    """Put a sum of money or a share in two ways."""
    if is_fragile(doc):
        return
    for pattern in (_MONEY, _PERCENT):
        found = list(pattern.finditer(doc.text))
        if len(found) != 1 or _GUARD.search(doc.text[: found[0].start()]):
            continue
        match = found[0]
        if re.match(r"[- –]?(?:to\b|or\b|[-–]|\d)", doc.text[match.end() :]):
            continue
        digits, unit = match[1], match[2]
        if not _takes_bound(_token_before(doc, match.start())) or (
            unit not in ("million", "billion") and float(digits) > 95
        ):
            continue
        step = 0.1 if "." in digits else 1.0
        write = _write_money if pattern is _MONEY else _write_share
        yield from _draw_pairs(
            match.span(), float(digits), step, lambda n, w=write, u=unit: w(n, u, chance), False, chance, "amounts"
        )
        return


def _draw_pairs(
    place: Any, value: float, step: float, write: Any, vague: bool, chance: random.Random, rule: str
) -> Iterator[Pair]:
    """Yield one pair of each label: draw two ways to put figures near `value` until the label is met."""
    start, end = place
    for label in _LABELS:
        for _ in range(60):
            other = value if chance.random() < 0.4 else _move(value, step, chance)
            values = [value, other]
            chance.shuffle(values)
            # One side keeps the plain figure more often than not, as news does.
            if rule == "amounts" and max(values) > 95 >= value:
                continue
            premise, hypothesis = (_put(n, step, write, vague, chance, rule) for n in values)
            if premise.text == hypothesis.text or relate_figures(premise, hypothesis) != label:
                continue
            # "Over 5 million" against "5 million" is a matter of style: the same figure is only ever entailed.
            if label != ENTAILMENT and abs(premise.value - hypothesis.value) < 0.04 * premise.value:
                continue
            # Nobody writes "under 120" of 51.
            if not 0.45 < premise.value / hypothesis.value < 2.2 and label == ENTAILMENT and not vague:
                continue
            yield Pair(((start, end, premise.text),), ((start, end, hypothesis.text),), label, rule)
            break


def _put(value: float, step: float, write: Any, vague: bool, chance: random.Random, rule: str) -> Figure:
    """Return a random way to put a value: plain, bounded, rounded or vague."""
    kind = chance.choices(("plain", "least", "more", "less", "about", "vague"), (10, 3, 3, 1, 3, 4 if vague else 0))[0]
    if kind == "least" and value > 1:
        return Figure(f"at least {write(value)}", value, (value, math.inf), (value, math.inf))
    if kind == "more" and value > 1:
        word = chance.choice(("more than", "over"))
        return Figure(f"{word} {write(value)}", value, (value + step, math.inf), (value + step, math.inf))
    if kind == "less" and value >= 4:
        return Figure(
            f"{'fewer' if rule == 'counts' else 'less'} than {write(value)}",
            value,
            (0, value - step),
            (0, value - step),
        )
    if kind == "about" and value >= 20:
        round_to = 10 ** int(math.log10(value)) / (1 if value >= 10 ** (int(math.log10(value)) + 0.5) else 2)
        near = round(value / round_to) * round_to
        if abs(near - value) > 0.05 * value or near != int(near):
            near = value
        word = chance.choice(("about", "around", "roughly", "some"))
        return Figure(f"{word} {write(near)}", near, (0.94 * near, 1.06 * near), (0.8 * near, 1.25 * near))
    fits = [v for v in _VAGUE if v[1][0] <= value <= v[1][1]]
    if kind == "vague" and fits:
        return Figure(fits[0][0], value, fits[0][1], fits[0][2])
    return Figure(write(value), value, (value, value), (value, value))


def _move(value: float, step: float, chance: random.Random) -> float:
    """Return another value of like size: a little off, or far off."""
    factor = chance.choice((0.3, 0.5, 0.6, 0.75, 0.8, 0.9, 1.1, 1.2, 1.3, 1.5, 1.8, 2.5, 4.0))
    moved = value * factor
    size = 10 ** max(0, int(math.log10(moved)) - 1) if moved >= 20 and value % 10 == 0 else step
    moved = max(2 * step, round(moved / size) * size)
    return moved if abs(moved - value) >= step else value + chance.choice((step, 2 * step))


def _holds(outer: tuple[float, float], inner: tuple[float, float]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _read_count(token: Any) -> int | None:
    """Return the whole number of at least two that a token spells, else None."""
    text = token.lower_
    if text in _WORDS[2:]:
        return _WORDS.index(text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d{1,4}", text) and not text.startswith("0"):
        count = int(text.replace(",", ""))
        return count if count >= 2 and not (1900 <= count <= 2100 and "," not in text) else None
    return None


def _stands_free(doc: Any, token: Any) -> bool:
    """Whether nothing before or behind the figure already bounds it, and no other figure counts beside it."""
    before = doc[token.i - 1].lower_ if token.i else ""
    after = doc[token.i + 1]
    if before in _BOUNDED or before in {"-", "–", "$", "a", "an"} or (doc[max(token.i - 1, 0)].like_num and token.i):
        return False
    if after.text in "-–:" or after.like_num or after.lower_ in ("to", "or", "and", "of"):
        return False
    if not _takes_bound(doc[token.i - 1] if token.i else None):
        return False
    units_behind = doc[token.head.i + 1].lower_ if token.head.i + 1 < len(doc) else ""
    return units_behind not in ("ago", "old", "later", "earlier", "to", "and", "or", "-") and token.whitespace_ != ""


def _token_before(doc: Any, start: int) -> Any:
    """Return the last token before a character offset, None at the start."""
    return next((token for token in reversed(doc) if token.idx + len(token) <= start), None)


def _takes_bound(before: Any) -> bool:
    """Whether "at least" can follow a word: a full verb, "has" or a preposition, or the start of the sentence."""
    if before is None or before.lower_ in ("has", "have", "had"):
        return True
    if any(word.lower_ in ("a", "an") for word in before.doc[max(0, before.i - 2) : before.i + 1]):
        return False
    return (
        before.pos_ == "VERB" and before.lower_ not in ("top", "topped", "record")
    ) or before.lower_ in _PREPOSITIONS


def _write_count(count: int, chance: random.Random) -> str:
    """Spell a small count in either way, a large one in digits."""
    if 2 <= count < len(_WORDS) and chance.random() < 0.5:
        return _WORDS[count]
    return f"{count:,}"


def _write_money(value: float, unit: str, chance: random.Random) -> str:
    if chance.random() < 0.25:
        zeros = {"million": 1_000_000, "billion": 1_000_000_000}[unit]
        return f"${round(value * zeros):,}"
    return f"${_trim(value)} {unit}"


def _write_share(value: float, unit: str, chance: random.Random) -> str:
    unit = chance.choice((unit, " percent", "%")).strip()
    return f"{_trim(value)}{'' if unit == '%' else ' '}{unit}"


def _trim(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") if abs(value - round(value, 1)) < 1e-6 else f"{value:g}"
