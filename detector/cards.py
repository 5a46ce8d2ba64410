"""Findings -> Cards: one card a disputed, developing or agreed fact, with every source's sentence together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from detector.origins import Origins, count_origins
from detector.records import Article, Card, Claim, Finding, Position, Relation, Span, Topic

_NUMBERS = frozenset({"number", "scope", "estimate", "count"})
_FEW = 2  # beyond this many sentences a newcomer must be linked to two thirds of them, before to half
_SURE = 0.7  # a sentence joins a card only by findings at least as sure as this
_MOST = 70
_PLURALS = {"man": "men", "woman": "women", "person": "people", "half": "halves", "life": "lives"}
_SHORT_VALUE = 45
_QUOTES = '"“”'
_PERHAPS = {
    Relation.DIFFER: "May differ: ",
    Relation.DEVELOP: "May have developed: ",
}  # before a heading to check by hand
_SHORT, _LONG = 35, 120  # characters of a statement used as a card's heading
# A statement that leans on what stands before it is no heading.
_POINTS_BACK = re.compile(
    r"\bsuch\b|^(?:he|she|they|it|we|i|you|this|that|these|those|his|her|their|its|our|my|who|whom|whose|which|where|when|while|as"
    r"|because|after|before|until|than)\b",
    re.IGNORECASE,
)
_UNDER = re.compile(r"\b(?:if|unless|whether|until)\s+$", re.IGNORECASE)  # what follows is not said to be so
_DATELINE = re.compile(
    r"^(?:(?:[A-Z][\w.]*,? ?){1,5}(?:\[\w+\],? ?)?(?:\([A-Z][\w ]+\) ?)?(?:—|–|--)"  # SEOUL, South Korea — ...
    r"|[A-Z]{3,}(?:,? [A-Z][\w.]*){0,4} (?:\([A-Z][\w ]+\) )?-"  # WASHINGTON (AP) - ...
    r"|(?:[A-Z][\w.]* ?){1,4}(?:\[\w+\])?, [A-Z][\w.]* \d{1,2}:)\s+"  # Brussels [Belgium], April 11: ...
)
_LINKS = re.compile(r"^(?:but|and|yet|so|or|still,|also,|however,|meanwhile,|then,?)\s+", re.IGNORECASE)


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

    A claim joins a card of its relation when it stands in sure findings with at least half of the card's claims, later with two
    thirds; so no chain of near-agreements grows across facts. A card takes one sentence an article, but figures may bring a second,
    since an article can give two counts. A sentence stands in one agreeing card only: the rest of its findings would say the same.
    A finding to check by hand has a card of its own.
    """
    linked = {
        (f.relation, frozenset((f.pair.earlier.id, f.pair.later.id)))
        for f in findings
        if f.confidence >= _SURE or _group(f) == "figures"  # the thing counted holds these together
    }
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
    origins = Origins(articles)
    return tuple(_finish(draft, by_id, topics, origins) for draft in drafts)


def _fits(draft: _Draft, finding: Finding, linked: set[tuple[Relation, frozenset[str]]]) -> bool:
    """Whether a finding is about the fact of a draft."""
    first = draft.findings[0]
    if finding.check or first.check:
        return False
    if finding.relation is not first.relation or _group(finding) != _group(first):
        return False
    new = [claim for claim in (finding.pair.earlier, finding.pair.later) if claim.id not in draft.claims]
    if len(new) != 1:
        return not new
    if _group(finding) != "figures" and new[0].article_id in {claim.article_id for claim in draft.claims.values()}:
        return False
    links = sum((finding.relation, frozenset((new[0].id, other))) in linked for other in draft.claims)
    members = len(draft.claims)
    return 3 * links >= 2 * members if members > _FEW else 2 * links >= members


def _group(finding: Finding) -> str:
    """Kinds that can share a card."""
    if finding.kind in _NUMBERS and finding.relation is Relation.DIFFER:
        return "figures"
    return "" if finding.relation is Relation.AGREE else finding.kind


def _find_topic(draft: _Draft, topics: Sequence[Topic]) -> Topic | None:
    """Return the topic that holds most of a card's claims, by the topics' order; with none, the one of its best finding."""
    shares = [
        (len(draft.claims.keys() & set(topic.claim_ids)), topic.named, -place, topic)
        for place, topic in enumerate(topics)
    ]
    best = max(shares, key=lambda share: share[:3], default=None)
    if best and best[0]:
        return best[3]
    return next((topic for topic in topics if topic.id == draft.findings[0].topic_id), None)


def _finish(draft: _Draft, articles: Mapping[str, Article], topics: Sequence[Topic], origins: Origins) -> Card:
    """Turn a draft into a card."""
    best = draft.findings[0]
    topic = _find_topic(draft, topics)
    claims = sorted(draft.claims.values(), key=lambda claim: (_when(articles[claim.article_id]), claim.id))
    positions = tuple(_make_position(claim, draft.findings) for claim in claims)
    key = "|".join(sorted(finding.id for finding in draft.findings))
    question = _ask(best, topic.label if topic else "")
    return Card(
        id="c" + hashlib.sha256(key.encode()).hexdigest()[:10],
        topic_id=topic.id if topic else "",
        question=_PERHAPS[best.relation] + question if best.check else question,
        relation=best.relation,
        kind=best.kind,
        confidence=best.confidence,
        why=_name_outlets(best, claims),
        positions=positions,
        finding_ids=tuple(finding.id for finding in draft.findings),
        first_reported=_find_first(claims, articles),
        origins=count_origins(claims, origins),
        severity=best.severity,
        check=best.check,
    )


def _when(article: Article) -> str:
    return article.published.isoformat() if article.published else "9999"


def _make_position(claim: Claim, findings: Sequence[Finding]) -> Position:
    """Take the marked words of the best finding that has this claim and marks something in it."""
    sides = [
        finding.spans.get(side, ())
        for finding in findings
        for side, other in (("earlier", finding.pair.earlier), ("later", finding.pair.later))
        if other.id == claim.id
    ]
    spans = next((spans for spans in sides if spans), ())
    return Position(claim.id, claim.source, _shorten(claim, spans), spans)


def _shorten(claim: Claim, spans: tuple[Span, ...]) -> str:
    """The first marked words as the position's short value."""
    if not spans:
        return ""
    return _cut(claim.text[spans[0][0] : spans[0][1]], _MOST)


def _cut(text: str, most: int) -> str:
    """Return at most `most` characters of a text, cut between two words, with "…" where something is cut."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _name_outlets(best: Finding, claims: Sequence[Claim]) -> str:
    """Return why; where a card has more than two outlets, "both" would not say which."""
    outlets = best.pair.earlier.source, best.pair.later.source
    if len({claim.source for claim in claims}) <= 2 or not best.why.startswith("Both say"):
        return best.why
    return f"{outlets[0]} and {outlets[1]}{best.why.removeprefix('Both')}"


def _ask(finding: Finding, label: str) -> str:
    """Word the question that the sources answer."""
    subject = _find_subject(finding)
    if " " not in subject:
        subject = label or subject  # one shared word, such as "end", tells an editor less than the topic
    if finding.kind in _NUMBERS and finding.signals.figures is not None:
        return _ask_number(finding, subject)
    if finding.relation is Relation.AGREE:
        return _state_fact(finding)
    if finding.kind == "date":
        return f"When: {subject}?" if subject else "When?"
    values = _find_values(finding)
    if finding.kind in ("place", "name") and values:
        if finding.signals.names is not None and finding.signals.names.outcome == "roles":
            return f"Who did what to whom: “{values[0]}” or “{values[1]}”?"
        return f"{'Where' if finding.kind == 'place' else 'Who'}: {values[0]} or {values[1]}?"
    if values and all(len(value) < _SHORT_VALUE for value in values):
        time = finding.signals.time
        ordered = finding.relation is Relation.DEVELOP and not (finding.check or (time and time.outcome == "unknown"))
        both = f"“{values[0]}”, then “{values[1]}”" if ordered else f"“{values[0]}” or “{values[1]}”?"
        return f"{_capital(subject)}: {both}" if subject else both
    # Where no words stand against each other a name alone would head a card, and often several.
    fact = _state_fact(finding)
    return f"Is it so? {fact}" if finding.relation is Relation.DIFFER and not finding.check else fact


def _find_values(finding: Finding) -> tuple[str, str] | None:
    """Return the words marked first on both sides, if both have some and they differ."""
    pair = finding.pair
    sides = (_shorten(pair.earlier, finding.spans["earlier"]), _shorten(pair.later, finding.spans["later"]))
    return sides if all(sides) and sides[0] != sides[1] else None


def _state_fact(finding: Finding) -> str:
    """Return what both say, in the words of the side that says it more shortly and can stand alone."""
    options = []
    for claim, span in zip((finding.pair.earlier, finding.pair.later), finding.pair.focus or (None, None), strict=True):
        text = claim.text
        if span is not None and not _UNDER.search(text[: span[0]]):
            options.append(_make_heading(text[slice(*span)]))
        options.append(_make_heading(text))
    text = min(
        options, key=lambda option: (bool(_POINTS_BACK.search(option)), len(option) < _SHORT, len(option), option)
    )
    return _capital(_cut(text, _LONG).rstrip("."))


def _make_heading(text: str) -> str:
    """Drop a dateline, half a pair of quotation marks, and a word that only links to the sentence before."""
    return _LINKS.sub("", _unquote(_DATELINE.sub("", text)))


def _unquote(text: str) -> str:
    """Drop quotation marks that are half of a pair, or around the whole of a text."""
    text = text.strip()
    count = sum(text.count(mark) for mark in _QUOTES)
    if count % 2:
        text = text[:-1] if text[-1] in _QUOTES else text.removeprefix('"').removeprefix("“")
    elif count == 2 and text[0] in _QUOTES and text[-1] in _QUOTES:
        text = text[1:-1]
    return text.strip(" ,")


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
                if noun and not figure.unit:
                    noun = _find_plural(noun, f"{finding.pair.earlier.text} {finding.pair.later.text}")
                if figure.unit and noun:
                    return f"How much: {noun}?"
                if noun:
                    return f"How many {noun}?"
    return f"How many: {subject}?" if subject else "How many?"


def _find_plural(noun: str, text: str) -> str:
    """Return the plural of a counted noun as the text has it, else the noun."""
    words = set(re.findall(r"\w+", text.lower()))
    forms = (_PLURALS.get(noun, ""), f"{noun}s", f"{noun}es", f"{noun[:-1]}ies", f"{noun}ren")
    return next((form for form in forms if form in words), noun)


def _find_subject(finding: Finding) -> str:
    """Return the longest noun phrase of the one claim that occurs in the other, too."""
    a, b = finding.pair.earlier, finding.pair.later
    words = set(b.facts.lemmas) | {part for name in b.facts.names for part in name.text.lower().split()}
    best = ""
    for phrase in a.facts.phrases:
        if any(phrase in mention.text for mention in a.facts.dates):
            continue
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
