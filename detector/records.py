"""The nouns: frozen values that flow from one stage to the next. Imports of the project only the nouns of time.

Offsets count characters. Those of a `Claim` are into its article's text; all others (figures, dates, names, spans of a finding) are
into the claim's own text. All ids are stable: the same input gives the same ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from detector.moments import ClockTime as ClockTime
from detector.moments import DateMention as DateMention

FORMAT = "detector-report/1"
Span = tuple[int, int]


class Relation(StrEnum):
    """What two claims are to each other. `UNRELATED` is the abstention: counted, never shown."""

    AGREE = "agree"
    DIFFER = "differ"
    DEVELOP = "develop"
    UNRELATED = "unrelated"


KINDS: Mapping[Relation, tuple[str, ...]] = {
    Relation.AGREE: ("repeated", "reworded", "rounded", "confirmed"),
    Relation.DIFFER: ("number", "date", "place", "name", "polarity", "cause", "scope", "estimate", "disputed"),
    Relation.DEVELOP: ("status", "count", "plan-to-done", "correction"),
    Relation.UNRELATED: (),
}
"""The closed vocabulary that refines each relation."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read. `text` is the article text alone; claims point into it.

    `published` is timezone-aware or None. `published_basis` says how it is known: "metadata" (a column, front matter, an option), "text"
    (a date line or dateline), "inferred" (from another article), or None. `published_evidence` is the line or sentence it rests on.
    `source_basis` is "metadata", "text" or "file". `credit` is the agency or outlet to which the text credits its report, or None.
    """

    id: str
    source: str
    title: str
    text: str
    published: datetime | None = None
    published_basis: str | None = None
    published_evidence: str | None = None
    source_basis: str = "metadata"
    url: str | None = None
    path: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not used: where it was, and why, in words for a person."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as an interval [low, high], with what it counts.

    "at least 37 countries" is [37, inf) of "country"; "between 10,000 and 30,000" is [10000, 30000]; "around 50" is approximate; "a
    dozen" is 12. `unit` is a canonical unit or currency ("USD", "percent", "percentage point", "km", ...). `counted` is the lemma of the
    noun counted with its modifiers in front ("allied troop"), `scope` what the sentence says of them ("involved in the talks"); or "".
    """

    low: float
    high: float
    unit: str
    counted: str
    approximate: bool
    start: int
    end: int
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name as mentioned. `key` is its canonical form within the article ("keir starmer", "US").

    `type` is "person", "org", "place" (countries, cities, and their demonyms) or "other". `country` is an ISO code, or "".
    """

    text: str
    key: str
    type: str
    start: int
    end: int
    country: str = ""


@dataclass(frozen=True, slots=True)
class Predicate:
    """One thing that a sentence says: a verb (or a noun made from one) with who and what.

    `subject` and `object` are head lemmas or name keys, or ""; `negated` says that it is denied ("has not", "failed to", "rules out").
    """

    lemma: str
    subject: str
    object: str
    negated: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is read from one sentence, once.

    `phrases` are its noun phrases without determiners, in the words of the text; `lemmas` its content words, lower-cased. `clauses` are
    the statements inside a long sentence. `modality` is "done", "planned", "conditional" or "possible". `negated` is True when the main
    predicate is denied. `update_words` are words that mark news against an earlier report ("now", "risen to").
    """

    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()
    names: tuple[Name, ...] = ()
    phrases: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    clauses: tuple[Span, ...] = ()
    negated: bool = False
    modality: str = "done"
    update_words: tuple[str, ...] = ()
    clocks: tuple[ClockTime, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an article. `article.text[claim.start:claim.end] == claim.text`, exactly.

    `speaker` is who is said to say it (None: the reporter), `stance` how: "states", "reports", "denies" or "doubts". `dispute` is (who
    denies, who says it or ""), where it tells of both. `as_of` is the day that it speaks of. `context` is the headline and the sentence
    before. `left_out` says why it is not compared ("headline", "question", "fragment", "unclear"), or is None. `reading` is the text with
    the pronoun that opens it replaced by whom it stands for, where that is settled, else "": models read it.
    """

    id: str
    article_id: str
    source: str
    text: str
    context: str
    start: int
    end: int
    speaker: str | None = None
    stance: str = "states"
    as_of: date | None = None
    facts: Facts = field(default_factory=Facts)
    left_out: str | None = None
    reading: str = ""
    dispute: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Articles of one event, in order of time, then id. `grouping` is what was chosen from its claims to find topics, if any were."""

    id: str
    title: str
    article_ids: tuple[str, ...]
    grouping: Mapping[str, float] | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class Topic:
    """Claims of one story on one subject. A claim may sit in more than one topic.

    `named` is True for an editor's own topic. `strength` gives for each claim how close it is to the topic (0..1). `parent` is the topic
    (an aspect) that this one is a part of, or ""; an aspect has its parts' claims, and no parent.
    """

    id: str
    story_id: str
    label: str
    terms: tuple[str, ...]
    claim_ids: tuple[str, ...]
    named: bool = False
    strength: tuple[float, ...] = ()
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims, of two articles in order of time (by date, then id), or of one in its order, and the rule that proposed them.

    `days` lie between the two articles' dates (None: one is missing). `focus` are the closest parts of the texts: a clause or all of it.
    """

    earlier: Claim
    later: Claim
    rule: str
    closeness: float
    topic_id: str = ""
    focus: tuple[Span, Span] | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Contrast:
    """What one comparison saw: its outcome, and the words that it rests on in both claims."""

    outcome: str
    earlier: Span | None = None
    later: Span | None = None


@dataclass(frozen=True, slots=True)
class Signals:
    """Everything measured about a pair, as plain values; None means that there was nothing to compare.

    `prediction`: how probable the model that reads meaning takes each relation to be, in the order of `Relation`.
    """

    wording: float = 0.0
    closeness: float = 0.0
    shared: float = 0.0
    entailment: float | None = None
    contradiction: float | None = None
    rest: float | None = None
    prediction: tuple[float, float, float, float] | None = None
    figures: Contrast | None = None
    dates: Contrast | None = None
    polarity: Contrast | None = None
    names: Contrast | None = None
    speaker: Contrast | None = None
    time: Contrast | None = None
    stage: Contrast | None = None
    support: Contrast | None = None

    def sum_predicted(self, *relations: Relation) -> float:
        """Return how probable the model takes one of the relations to be, 0 to 1; 0 where none was asked that tells relations."""
        told = zip(Relation, self.prediction or (), strict=False)
        return sum(share for relation, share in told if relation in relations)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparison's answer and what it weighed for each relation."""

    comparison: str
    level: str
    label: str
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Finding:
    """The judgement of one pair.

    `spans` are the words that the verdict rests on: {"earlier": ((start, end), ...), "later": (...)}, offsets into the claims' texts.
    `why` is one plain sentence, `confidence` the probability of `relation`, `severity` (0 to 1) what findings are ordered by. `check`:
    too unsure to count.
    """

    id: str
    topic_id: str
    pair: Pair
    relation: Relation
    kind: str
    confidence: float
    signals: Signals
    evidence: tuple[Evidence, ...]
    spans: Mapping[str, tuple[Span, ...]]
    why: str
    severity: float = 0.0
    check: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """What one source says of a card's fact: its claim, the short value, and the words to mark."""

    claim_id: str
    source: str
    value: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One agreed, disputed or developing fact with all sources' positions, in order of time.

    `origins` counts independent origins: near-copies of one text, and articles of one outlet or agency, count once.
    `severity` and `check` are those of its best finding; one to check never shares a card with others.
    """

    id: str
    topic_id: str
    question: str
    relation: Relation
    kind: str
    confidence: float
    why: str
    positions: tuple[Position, ...]
    finding_ids: tuple[str, ...]
    first_reported: str | None = None
    origins: int = 0
    severity: float = 0.0
    check: bool = False


@dataclass(frozen=True, slots=True)
class OnlyIn:
    """A claim to which no other source says anything close. `note` is "", or between two versions of one article "added" or "dropped"."""

    article_id: str
    claim_id: str
    topic_id: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The whole result. The seam: what makes it needs models, what shows it needs none.

    `counts` holds numbers, or tables of numbers (by reason, rule or relation). `settings` is what the run used.
    """

    made_at: datetime
    settings: Mapping[str, Any]
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    stories: tuple[Story, ...]
    topics: tuple[Topic, ...]
    findings: tuple[Finding, ...]
    cards: tuple[Card, ...]
    only_in: tuple[OnlyIn, ...]
    skipped: tuple[Skipped, ...]
    counts: Mapping[str, Any]
    format: str = FORMAT

    def findings_frame(self) -> Any:
        """Return a pandas DataFrame, one row a finding, in order of importance."""
        from detector.render.frames import findings_frame

        return findings_frame(self)

    def claims_frame(self) -> Any:
        """Return a pandas DataFrame, one row a claim, in order of article and place."""
        from detector.render.frames import claims_frame

        return claims_frame(self)

    def topics_frame(self) -> Any:
        """Return a pandas DataFrame, one row a topic, an editor's own first."""
        from detector.render.frames import topics_frame

        return topics_frame(self)

    def _repr_html_(self) -> str:
        """Show the report in a notebook."""
        from detector.render import render_report

        return render_report(self, "notebook")
