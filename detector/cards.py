"""Findings -> Cards: one card a disputed, developing or agreed fact, with every source's sentence together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from detector.records import Article, Card, Claim, Finding, Position, Relation, Span, Topic

_NUMBERS = frozenset({"number", "scope", "estimate", "count"})
_SAME_TEXT = 0.9  # word overlap at which two sentences have one origin
_SURE = 0.6  # a sentence joins a card only by findings at least as sure as this
_MOST = 70
_SHORT, _LONG = 35, 120  # characters of a statement used as a card's heading
_POINTS_BACK = re.compile(
    r"\bsuch\b|^(?:he|she|they|it|this|that|these|those|his|her|their|its|who|which)\b", re.IGNORECASE
)
_DATELINE = re.compile(
    r"^[A-Z][\w .]+(?: \[\w+\])?(?:, [A-Z][\w.]* ?\d{0,2})?(?: \([A-Z][\w ]+\))?\s*(?::|—|–| - | -- )\s*"
)


@dataclass(slots=True)
class _Draft:
    """A card in the making: its findings, best first, and its claims."""

    findings: list[Finding]
    claims: dict[str, Claim] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        self.findings.append(finding)
        for claim in (finding.pair.earlier, finding.pair.later):
            self.claims.setdefault(claim.id, claim)


def build_cards(findings: Sequence[Finding], articles: Sequence[Article], topics: Sequence[Topic]) -> tuple[Card, ...]:
    """Gather findings, in order of importance, into cards.

    A claim joins a card of its relation when it stands in a finding with at least half of the card's claims; so no chain of
    near-agreements grows across facts. A card takes one sentence an article, but figures may bring a second, since an article can
    give two counts. A sentence stands in one agreeing card only: the rest of its findings would say the same again.
    """
    linked = {frozenset((f.pair.earlier.id, f.pair.later.id)) for f in findings if f.confidence >= _SURE}
    drafts: list[_Draft] = []
    placed: set[str] = set()
    for finding in findings:
        ends = {finding.pair.earlier.id, finding.pair.later.id}
        home = next((draft for draft in drafts if _fits(draft, finding, linked)), None)
        if home is None:
            if finding.relation is Relation.AGREE and ends & placed:
                continue
            home = _Draft([])
            drafts.append(home)
        home.add(finding)
        placed |= ends if finding.relation is Relation.AGREE else set()
    by_id = {article.id: article for article in articles}
    labels = {topic.id: topic.label for topic in topics}
    return tuple(_finish(draft, by_id, labels) for draft in drafts)


def _fits(draft: _Draft, finding: Finding, linked: set[frozenset[str]]) -> bool:
    """Whether a finding is about the fact of a draft."""
    first = draft.findings[0]
    if finding.relation is not first.relation or _group(finding) != _group(first):
        return False
    new = [claim for claim in (finding.pair.earlier, finding.pair.later) if claim.id not in draft.claims]
    if len(new) != 1:
        return not new
    if _group(finding) == "figures":
        return True
    if new[0].article_id in {claim.article_id for claim in draft.claims.values()}:
        return False
    return 2 * sum(frozenset((new[0].id, other)) in linked for other in draft.claims) >= len(draft.claims)


def _group(finding: Finding) -> str:
    """Kinds that can share a card."""
    if finding.kind in _NUMBERS and finding.relation is Relation.DIFFER:
        return "figures"
    return "" if finding.relation is Relation.AGREE else finding.kind


def _finish(draft: _Draft, articles: Mapping[str, Article], labels: Mapping[str, str]) -> Card:
    """Turn a draft into a card."""
    best = draft.findings[0]
    claims = sorted(draft.claims.values(), key=lambda claim: (_when(articles[claim.article_id]), claim.id))
    positions = tuple(_make_position(claim, draft.findings) for claim in claims)
    key = "|".join(sorted(finding.id for finding in draft.findings))
    return Card(
        id="c" + hashlib.sha256(key.encode()).hexdigest()[:10],
        topic_id=best.topic_id,
        question=_ask(best, positions, labels.get(best.topic_id, "")),
        relation=best.relation,
        kind=best.kind,
        confidence=best.confidence,
        why=best.why,
        positions=positions,
        finding_ids=tuple(finding.id for finding in draft.findings),
        first_reported=_find_first(claims, articles),
        origins=_count_origins(claims),
    )


def _when(article: Article) -> str:
    return article.published.isoformat() if article.published else "9999"


def _make_position(claim: Claim, findings: Sequence[Finding]) -> Position:
    """Take the marked words of the best finding that has this claim."""
    for finding in findings:
        for side, other in (("earlier", finding.pair.earlier), ("later", finding.pair.later)):
            if other.id == claim.id:
                spans = finding.spans.get(side, ())
                return Position(claim.id, claim.source, _shorten(claim, spans), spans)
    raise AssertionError(f"claim {claim.id} is in none of its card's findings")


def _shorten(claim: Claim, spans: tuple[Span, ...]) -> str:
    """The first marked words, with "at least" and the like in front of a figure, as the position's short value."""
    if not spans:
        return ""
    words = claim.text[spans[0][0] : spans[0][1]]
    return words if len(words) <= _MOST else words[: _MOST - 1].rstrip() + "…"


def _ask(finding: Finding, positions: Sequence[Position], label: str) -> str:
    """Word the question that the sources answer."""
    subject = _find_subject(finding) or label
    if finding.kind in _NUMBERS and finding.signals.figures is not None:
        return _ask_number(finding, subject)
    if finding.relation is Relation.AGREE:
        return _state_fact(finding)
    values = [position.value for position in positions if position.value]
    if finding.kind == "date":
        return f"When: {subject}?" if subject else "When?"
    if finding.kind in ("place", "name"):
        return f"{'Where' if finding.kind == 'place' else 'Who'}: {' or '.join(dict.fromkeys(values[:2]))}?"
    if len(set(values[:2])) == 2 and all(len(value) < 40 for value in values[:2]):
        return (
            f"{_capital(subject)}: “{values[0]}” or “{values[1]}”?" if subject else f"“{values[0]}” or “{values[1]}”?"
        )
    return _capital(subject) if subject else "The same matter"


def _state_fact(finding: Finding) -> str:
    """Return what both say, in the words of the side that says it more shortly and can stand alone."""
    pair = finding.pair
    whole = (0, len(pair.earlier.text)), (0, len(pair.later.text))
    (s1, e1), (s2, e2) = pair.focus or whole
    options = [pair.earlier.text[s1:e1], pair.later.text[s2:e2]]
    text = min(
        options, key=lambda option: (bool(_POINTS_BACK.search(option)), len(option) < _SHORT, len(option), option)
    )
    text = _DATELINE.sub("", text)
    return _capital(text if len(text) <= _LONG else text[:_LONG].rsplit(" ", 1)[0] + "…").rstrip(".")


def _ask_number(finding: Finding, subject: str) -> str:
    """Ask how many or how much, with the noun in the words of the text."""
    span = finding.signals.figures.earlier if finding.signals.figures else None
    for claim, where in (
        (finding.pair.earlier, span),
        (finding.pair.later, finding.signals.figures and finding.signals.figures.later),
    ):
        for figure in claim.facts.figures:
            if where and (figure.start, figure.end) == tuple(where):
                if figure.unit and not figure.counted:
                    return f"How much: {subject}?" if subject else "How much?"
                noun = figure.counted.split()[-1] if figure.counted else ""
                match = re.search(rf"\b{re.escape(noun[:4])}\w*", claim.text, re.IGNORECASE) if noun else None
                noun = match.group().lower() if match else noun
                if figure.unit and noun:
                    return f"How much: {noun}?"
                if noun:
                    return f"How many {noun}?"
    return f"How many: {subject}?" if subject else "How many?"


def _find_subject(finding: Finding) -> str:
    """Return the longest noun phrase of the one claim that occurs in the other, too."""
    a, b = finding.pair.earlier, finding.pair.later
    words = set(b.facts.lemmas) | {part for name in b.facts.names for part in name.text.lower().split()}
    best = ""
    for phrase in a.facts.phrases:
        parts = [part.strip("'’\"“”,.").lower() for part in phrase.split()]
        shared = [part for part in parts if part in words or part.rstrip("s") in words]
        if len(shared) == len(parts) and (len(parts), phrase) > (len(best.split()), best) and len(parts) <= 6:
            best = phrase
    return best


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _find_first(claims: Sequence[Claim], articles: Mapping[str, Article]) -> str | None:
    """Return the source and day of the first dated report."""
    for claim in claims:
        article = articles[claim.article_id]
        if article.published:
            return f"{claim.source}, {article.published.date().isoformat()}"
    return None


def _count_origins(claims: Sequence[Claim]) -> int:
    """Count independent origins: sentences of nearly the same words are one."""
    kept: list[frozenset[str]] = []
    for claim in claims:
        words = frozenset(claim.text.lower().split())
        if not any(len(words & other) >= _SAME_TEXT * max(len(words), len(other)) for other in kept):
            kept.append(words)
    return len(kept)
