"""Topics + matrix -> candidate Pairs, each stamped with the rule that proposed it.

A pair is proposed by the first rule that fits; later rules never see it again. Cosine alone loses a quarter of the
conflicts at a strict gate, so a shared name with a shared figure or date opens the door too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from detector.facts.lexicon import are_synonyms
from detector.facts.names import match_names
from detector.records import Claim, Pair, Span, Topic

_SAME_WORDS = 0.85
_FLOOR = 0.2  # below this cosine only an editor's own topic brings two claims together
_RARE_WORDS = 1.4  # shared words, each worth at most 1: two rare ones, or a rare and two middling ones
_LIGHT = frozenset({"be", "have", "do", "make", "take", "get", "go", "come", "give", "say", "include", "meet", "use"})
_AMOUNTS = frozenset({"number", "amount", "size", "scale", "cost", "price", "toll", "total", "figure", "estimate"})
_RARE_SHARE = 0.34  # a name in more than this share of the claims is the story's own and tells nothing apart


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What a rule may look at: two claims, their cosine, and what the story's names are worth."""

    a: Claim
    b: Claim
    closeness: float
    gate: float
    rare: frozenset[str]
    worth: Mapping[str, float]
    found: frozenset[tuple[str, str]]
    named: frozenset[tuple[str, str]]


def _share_rare_name(c: _Candidate) -> bool:
    """Whether the two claims share a name that is not the whole story's."""
    return any(match_names(x, y) for x in c.a.facts.names if x.key in c.rare for y in c.b.facts.names)


def _share_name(c: _Candidate) -> bool:
    """Whether the two claims share any name."""
    return any(match_names(x, y) for x in c.a.facts.names for y in c.b.facts.names)


def _share_counted(c: _Candidate) -> bool:
    """Whether both claims count the same thing in the same unit."""
    return any(
        x.unit == y.unit and x.counted and y.counted and are_synonyms(x.counted.split()[-1], y.counted.split()[-1])
        for x in c.a.facts.figures
        for y in c.b.facts.figures
    )


def _share_predicate(c: _Candidate) -> bool:
    """Whether both claims say the like of something ("is vital", "a necessary part")."""
    return any(
        p.lemma not in _LIGHT and are_synonyms(p.lemma, q.lemma)
        for p in c.a.facts.predicates
        for q in c.b.facts.predicates
    )


def _ask_amount(c: _Candidate) -> bool:
    """Whether one counts what the other speaks of the number of ("the number of soldiers will depend ...")."""
    for given, other in ((c.a, c.b), (c.b, c.a)):
        if _AMOUNTS.isdisjoint(other.facts.lemmas):
            continue
        heads = {figure.counted.split()[-1] for figure in given.facts.figures if figure.counted}
        if any(are_synonyms(head, lemma) for head in heads for lemma in other.facts.lemmas):
            return True
    return False


def _share_rare_words(c: _Candidate) -> bool:
    """Whether both have rare words of the story in common, enough for a name and a thing, or two things."""
    return sum(c.worth.get(word, 0.0) for word in set(c.a.facts.lemmas) & set(c.b.facts.lemmas)) >= _RARE_WORDS


RULES: Mapping[str, Callable[[_Candidate], bool]] = {
    "same words": lambda c: c.closeness >= _SAME_WORDS,
    "close": lambda c: c.closeness >= c.gate,
    "same thing counted": lambda c: c.closeness >= _FLOOR + 0.05 and _share_counted(c),
    "name and date": lambda c: (
        c.closeness >= c.gate - 0.15 and bool(c.a.facts.dates and c.b.facts.dates) and _share_name(c)
    ),
    "amount": lambda c: c.closeness >= _FLOOR + 0.05 and _ask_amount(c),
    "name and predicate": lambda c: c.closeness >= _FLOOR and _share_predicate(c) and _share_name(c),
    "rare words": lambda c: c.closeness >= c.gate - 0.2 and _share_rare_words(c),
    "rare name": lambda c: c.closeness >= c.gate - 0.15 and _share_rare_name(c),
    "same topic": lambda c: c.closeness >= c.gate - 0.15 and (c.a.id, c.b.id) in c.found,
    "editor's topic": lambda c: (c.a.id, c.b.id) in c.named,
}
"""The rules in the order in which they are tried. "nearest" pairs follow for claims that none of them reached."""


def pair_claims(
    claims: Sequence[Claim],
    closeness: NDArray[np.float32],
    chosen: NDArray[np.intp],
    topics: Sequence[Topic],
    published: Mapping[str, date | None],
    *,
    gate: float = 0.5,
    top_k: int = 12,
) -> tuple[Pair, ...]:
    """Propose the pairs of one story that are worth judging.

    Args:
        claims: the story's claims; those with `left_out` set are passed over.
        closeness: (n, n) from `measure_closeness`, row and column i for claim i.
        chosen: (n, n) from `measure_closeness`: the view of claim i that is closest to claim j.
        topics: the story's topics; a pair takes the topic that both claims share, if any.
        published: article id -> the day it was published, None when that is not known.
        gate: cosine at which closeness alone proposes a pair.
        top_k: how many pairs a claim may have with one other article, the closest first.

    Returns:
        Pairs of claims of two articles, sorted by the claims' ids.
    """
    used = [i for i, claim in enumerate(claims) if claim.left_out is None]
    if len(used) < 2:
        return ()
    cosine = closeness[np.ix_(used, used)]
    kept = [claims[i] for i in used]
    rare = _find_rare_names(kept)
    worth = _weigh_words(kept)
    found, named = _list_together(topics, named=False), _list_together(topics, named=True)
    proposed: dict[tuple[int, int], tuple[str, float]] = {}
    floor = min(_FLOOR, gate)
    for i in range(len(kept)):
        for j in range(i + 1, len(kept)):
            if kept[i].article_id == kept[j].article_id:
                continue
            near = float(cosine[i, j])
            if near < floor and not named:
                continue
            candidate = _Candidate(kept[i], kept[j], near, gate, rare, worth, found, named)
            rule = next((name for name, holds in RULES.items() if holds(candidate)), None)
            if rule:
                proposed[i, j] = (rule, near)
    _add_nearest(proposed, kept, cosine)
    _cap(proposed, kept, top_k)
    shared = _share_topics(topics)
    pairs = []
    for (i, j), (rule, near) in proposed.items():
        first, second = sorted((i, j), key=lambda place: _order_claim(kept[place], published))
        days = [published[kept[place].article_id] for place in (first, second)]
        apart = (days[1] - days[0]).days if days[0] and days[1] else None
        focus = tuple(_find_view(kept[x], int(chosen[used[x], used[y]])) for x, y in ((first, second), (second, first)))
        topic = shared(kept[first].id, kept[second].id)
        pairs.append(Pair(kept[first], kept[second], rule, round(near, 4), topic, (focus[0], focus[1]), apart))
    return tuple(sorted(pairs, key=lambda pair: (pair.earlier.id, pair.later.id)))


def measure_closeness(
    vectors: NDArray[np.float32], views: Sequence[int]
) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Return how close each two claims are, and by which of their views: the greatest cosine over all pairs of views.

    Args:
        vectors: unit-length rows, the views of all claims one after the other, each claim's own text first.
        views: how many views each of the n claims has, at least one.

    Returns:
        An (n, n) matrix of cosines; and an (n, n) matrix whose entry (i, j) is the view of claim i that is closest to claim j.
    """
    starts = np.concatenate([[0], np.cumsum(views)[:-1]]).astype(np.intp)
    cosine = vectors @ vectors.T
    by_view = np.maximum.reduceat(cosine, starts, axis=1)
    closest: NDArray[np.float32] = np.maximum.reduceat(by_view, starts, axis=0)
    chosen = np.zeros(closest.shape, dtype=np.intp)
    for i, (start, count) in enumerate(zip(starts, views, strict=True)):
        # Rounding first: of views that are as good as equal the earlier one counts, which is the whole sentence.
        chosen[i] = np.argmax(np.round(by_view[start : start + count], 4), axis=0)
    return closest, chosen


def _order_claim(claim: Claim, published: Mapping[str, date | None]) -> tuple[str, str]:
    """Sort key in time: by the article's day, undated ones last, then by id."""
    day = published[claim.article_id]
    return (day.isoformat() if day else "9999", claim.id)


def _find_view(claim: Claim, view: int) -> Span:
    """Return where a view stands in its claim: a clause, or the whole for the text itself and for the text with context."""
    return claim.facts.clauses[view - 1] if 0 < view <= len(claim.facts.clauses) else (0, len(claim.text))


def _find_rare_names(claims: Sequence[Claim]) -> frozenset[str]:
    """Return the keys of the names that few of the claims carry."""
    counts = Counter(key for claim in claims for key in {name.key for name in claim.facts.names})
    most = max(2, math.floor(_RARE_SHARE * len(claims)))
    return frozenset(key for key, count in counts.items() if count <= most)


def _weigh_words(claims: Sequence[Claim]) -> Mapping[str, float]:
    """Return what a shared word tells: 1 for a word of two claims, falling with the log of their number to 0 for a word of all."""
    counts = Counter(lemma for claim in claims for lemma in set(claim.facts.lemmas))
    scale = math.log(max(3, len(claims)) / 2)
    return {lemma: max(0.0, math.log(len(claims) / count) / scale) for lemma, count in counts.items() if count > 1}


def _list_together(topics: Sequence[Topic], *, named: bool) -> frozenset[tuple[str, str]]:
    """Return the pairs of claim ids, both ways round, that sit in one topic, the editor's own or those found."""
    return frozenset(
        (a, b) for topic in topics if topic.named is named for a in topic.claim_ids for b in topic.claim_ids if a != b
    )


def _add_nearest(
    proposed: dict[tuple[int, int], tuple[str, float]], claims: Sequence[Claim], cosine: NDArray[np.float32]
) -> None:
    """Give a claim that no rule reached its nearest claim of another source, if that is not far."""
    reached = {i for pair in proposed for i in pair}
    sources = np.array([claim.article_id for claim in claims])
    for i in range(len(claims)):
        if i in reached:
            continue
        row = np.where(sources == sources[i], -1.0, cosine[i])
        j = int(np.argmax(row))
        if row[j] >= _FLOOR * 2:
            proposed.setdefault((min(i, j), max(i, j)), ("nearest", float(row[j])))


def _cap(proposed: dict[tuple[int, int], tuple[str, float]], claims: Sequence[Claim], top_k: int) -> None:
    """Keep for each claim and other article the closest `top_k` pairs; a pair stays if either side keeps it."""
    ranked: dict[tuple[int, str], list[tuple[float, tuple[int, int]]]] = {}
    for (i, j), (_, closeness) in proposed.items():
        ranked.setdefault((i, claims[j].article_id), []).append((closeness, (i, j)))
        ranked.setdefault((j, claims[i].article_id), []).append((closeness, (i, j)))
    kept = {pair for entries in ranked.values() for _, pair in sorted(entries, reverse=True)[:top_k]}
    for pair in [pair for pair in proposed if pair not in kept]:
        del proposed[pair]


def _share_topics(topics: Sequence[Topic]) -> Callable[[str, str], str]:
    """Return a look-up: the first topic that two claims share, else the first of either, else ""."""
    where: dict[str, list[str]] = {}
    for topic in topics:
        for claim_id in topic.claim_ids:
            where.setdefault(claim_id, []).append(topic.id)

    def find(first: str, second: str) -> str:
        left, right = where.get(first, []), where.get(second, [])
        return next((topic for topic in left if topic in right), (left + right + [""])[0])

    return find
