"""Two versions of one article: what was added, dropped and changed. Punctuation is silent, numbers never are."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from detector.judge.explain import find_kind
from detector.judge.measure import measure_pair
from detector.judge.reason import write_reason
from detector.judge.spans import find_changed_words
from detector.records import Article, Claim, Finding, OnlyIn, Pair, Relation, Signals

_SAME_SENTENCE = 0.5  # token overlap at which two sentences are versions of one
_NEARLY_SAME = 0.75  # that at which one counts as kept
_MOSTLY_SAME = 0.6  # share of the shorter article's sentences that must have a version in the other
_TOKEN = re.compile(r"\d[\d.,:/-]*\d|\w+|[%$€£]")
_NEGATIONS = {"not", "no", "never", "n't", "without", "nor", "neither", "none"}


def are_versions(first: Article, second: Article, claims: Sequence[Claim]) -> bool:
    """Whether two articles of one source (or of no stated source) are mostly the same sentences."""
    stated = first.source_basis != "file" and second.source_basis != "file"
    if stated and first.source != second.source:
        return False
    old, new = _split_by_article(first, second, claims)
    if not old or not new:
        return False
    least, overlap = _MOSTLY_SAME * min(len(old), len(new)), _measure_overlap(old, new)
    if (overlap.max(axis=1) >= _NEARLY_SAME).sum() < least:
        return False  # without pairing them one to one, whose library takes a tenth of a second to load
    matched = sum(1 for _, _, ratio in _align(old, new, overlap) if ratio >= _NEARLY_SAME)
    return matched >= least


def compare_versions(
    first: Article, second: Article, claims: Sequence[Claim]
) -> tuple[tuple[Finding, ...], tuple[OnlyIn, ...]]:
    """Compare two versions of one article, the older first.

    All sentences take part, headlines and questions too.

    Returns:
        Findings for changed sentences, and the sentences dropped and added.
    """
    old, new = _split_by_article(first, second, claims)
    ordered = first.published is not None and second.published is not None and first.published < second.published
    findings, matched = [], set()
    for a, b, ratio in _align(old, new, _measure_overlap(old, new)):
        if ratio < _SAME_SENTENCE:
            continue
        matched |= {a.id, b.id}
        if _read_tokens(a.text) != _read_tokens(b.text):
            findings.append(_judge_change(a, b, ratio, ordered))
    dropped = [OnlyIn(first.id, claim.id, "", "dropped") for claim in old if claim.id not in matched]
    added = [OnlyIn(second.id, claim.id, "", "added") for claim in new if claim.id not in matched]
    return tuple(findings), (*dropped, *added)


def _split_by_article(first: Article, second: Article, claims: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    return [c for c in claims if c.article_id == first.id], [c for c in claims if c.article_id == second.id]


def _read_tokens(text: str) -> tuple[str, ...]:
    """Words and numbers without case and punctuation; thousands separators do not count."""
    return tuple(re.sub(r"(?<=\d),(?=\d{3})", "", match.group().lower()) for match in _TOKEN.finditer(text))


def _measure_overlap(old: Sequence[Claim], new: Sequence[Claim]) -> np.ndarray:
    """Return the (old, new) shares of words and numbers that two sentences have in common, 0 to 1."""
    left = [Counter(_read_tokens(claim.text)) for claim in old]
    right = [Counter(_read_tokens(claim.text)) for claim in new]
    overlap = np.zeros((len(old), len(new)))
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            overlap[i, j] = 2 * (a & b).total() / max(1, a.total() + b.total())
    return overlap


def _align(old: Sequence[Claim], new: Sequence[Claim], overlap: np.ndarray) -> list[tuple[Claim, Claim, float]]:
    """Pair the sentences one to one so that the overlap is greatest; in the order of the older version."""
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(-overlap)
    return [(old[i], new[j], float(overlap[i, j])) for i, j in zip(rows, columns, strict=True)]


def _judge_change(a: Claim, b: Claim, ratio: float, ordered: bool) -> Finding:
    """Say what a changed sentence is: another value (develop when the order is known, else differ), or other words."""
    pair = Pair(a, b, "versions", round(ratio, 4))
    signals = measure_pair(pair)
    kind = _find_change(pair, signals)
    if kind is None:
        relation, kind = Relation.AGREE, "reworded"
    elif ordered:
        relation, kind = Relation.DEVELOP, find_kind(Relation.DEVELOP, pair, signals) or "correction"
    else:
        relation = Relation.DIFFER
    earlier, later = find_changed_words(a.text, b.text)
    spans = {"earlier": tuple(earlier), "later": tuple(later)}
    name = "f" + hashlib.sha256(f"{a.id}|{b.id}".encode()).hexdigest()[:10]
    return Finding(
        name, "", pair, relation, kind, 1.0, signals, (), spans, write_reason(relation, kind, pair, signals, spans)
    )


def _find_change(pair: Pair, signals: Signals) -> str | None:
    """Return the kind of fact that changed, or None for a mere change of words."""
    a, b = pair.earlier, pair.later
    left, right = Counter(_read_tokens(a.text)), Counter(_read_tokens(b.text))
    gone, come = left - right, right - left
    if any(token[0].isdigit() for token in (*gone, *come)) or (
        signals.figures and signals.figures.outcome in ("different", "open")
    ):
        return "date" if signals.dates and signals.dates.outcome == "different" else "number"
    if signals.dates and signals.dates.outcome == "different":
        return "date"
    if signals.polarity and signals.polarity.outcome == "opposite":
        return "polarity"
    if sum(gone[word] for word in _NEGATIONS) != sum(come[word] for word in _NEGATIONS):
        return "polarity"
    if signals.names and signals.names.outcome in ("swapped", "replaced", "roles"):
        return find_kind(Relation.DIFFER, pair, signals) or "name"
    changed = {name.key for name in a.facts.names} ^ {name.key for name in b.facts.names}
    return "name" if changed and gone and come else None
