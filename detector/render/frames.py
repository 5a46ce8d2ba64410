"""The report as tables: pandas DataFrames for a notebook, and CSV text that a spreadsheet opens without harm."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from detector.records import Article, Finding, Relation, Report, Topic

if TYPE_CHECKING:
    import pandas as pd

_FINDINGS = (
    *("id", "story", "topic", "relation", "kind", "confidence"),
    *("earlier_source", "earlier_date", "earlier_text", "later_source", "later_date", "later_text"),
    *("why", "rule", "closeness", "severity", "check"),
)
_CLAIMS = (
    "id",
    "source",
    "published",
    "text",
    "start",
    "end",
    "speaker",
    "stance",
    "as_of",
    "topics",
    "strength",
    "left_out",
)
_TOPICS = (
    *("id", "story", "parent", "label", "named", "terms", "sources", "source_names", "claims"),
    *("differ", "develop", "agree"),
)
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def findings_frame(report: Report) -> pd.DataFrame:
    """Return one row a finding, in the report's order, which is that of importance.

    Dates are ISO 8601 texts in the article's own time zone, a day alone where inferred. Abstentions are left out. `check` is
    true for those to check by hand, which come last and count as no difference.
    """
    import pandas as pd

    articles = {article.id: article for article in report.articles}
    topics = {topic.id: topic.label for topic in report.topics}
    stories = {one: story.title for story in report.stories for one in story.article_ids}
    shown = [finding for finding in report.findings if finding.relation is not Relation.UNRELATED]
    rows = [_make_finding_row(finding, articles, topics, stories) for finding in shown]
    return pd.DataFrame(rows, columns=list(_FINDINGS))


def claims_frame(report: Report) -> pd.DataFrame:
    """Return one row a claim, in order of article and place.

    `topics` joins the labels with "; ", and `strength` in the same order how close the claim is to each, 0 to 1.
    """
    import pandas as pd

    articles = {article.id: article for article in report.articles}
    order = {one: i for i, one in enumerate(articles)}
    inside: dict[str, list[tuple[str, str]]] = {}
    for topic in report.topics:
        for one, strength in zip_longest(topic.claim_ids, topic.strength[: len(topic.claim_ids)]):
            inside.setdefault(one, []).append((topic.label, "" if strength is None else f"{strength:.2f}"))
    rows = []
    for claim in sorted(report.claims, key=lambda claim: (order[claim.article_id], claim.start, claim.id)):
        labels, strengths = zip(*inside[claim.id], strict=True) if claim.id in inside else ((), ())
        rows.append(
            (
                *(claim.id, claim.source, _date(articles[claim.article_id]), claim.text, claim.start, claim.end),
                *(claim.speaker, claim.stance, claim.as_of.isoformat() if claim.as_of else None),
                *("; ".join(labels), "; ".join(strengths), claim.left_out),
            )
        )
    return pd.DataFrame(rows, columns=list(_CLAIMS))


def topics_frame(report: Report) -> pd.DataFrame:
    """Return one row a topic, in the report's order, an editor's own topics first.

    `parent` is the id of the topic that it is a part of, or "". `terms` and `source_names` are joined with "; ".
    `differ`, `develop` and `agree` count the cards of that relation that show one of its claims, as the page does, without
    those to check by hand.
    """
    import pandas as pd

    claims = {claim.id: claim for claim in report.claims}
    stories = {story.id: story.title for story in report.stories}
    rows = []
    for topic in report.topics:
        own = [claims[one] for one in topic.claim_ids if one in claims]
        names = list(dict.fromkeys(claim.source for claim in own))
        cards = _count_cards(report, topic)
        rows.append(
            (
                *(topic.id, stories.get(topic.story_id, ""), topic.parent, topic.label, topic.named),
                *("; ".join(topic.terms), len(names), "; ".join(sorted(names)), len(own)),
                *(cards[relation] for relation in (Relation.DIFFER, Relation.DEVELOP, Relation.AGREE)),
            )
        )
    return pd.DataFrame(rows, columns=list(_TOPICS))


def frame_to_csv(frame: pd.DataFrame) -> str:
    """Return CSV text. A text cell that a spreadsheet would run as a formula gets an apostrophe in front.

    The cure is OWASP's for CSV injection. Columns of numbers stay as they are, negative ones included.
    """
    from pandas.api.types import is_numeric_dtype

    safe = frame.copy()
    for column in safe.columns:
        if not is_numeric_dtype(safe[column]):
            safe[column] = [neutralise_cell(value) for value in safe[column]]
    # All texts in quotes: a lone carriage return inside one would otherwise end its row.
    return str(safe.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC))


def _make_finding_row(
    finding: Finding, articles: dict[str, Article], topics: dict[str, str], stories: dict[str, str]
) -> tuple[Any, ...]:
    earlier, later = finding.pair.earlier, finding.pair.later
    return (
        *(finding.id, stories.get(earlier.article_id, ""), topics.get(finding.topic_id, "")),
        *(finding.relation.value, finding.kind, finding.confidence),
        *(earlier.source, _date(articles[earlier.article_id]), earlier.text),
        *(later.source, _date(articles[later.article_id]), later.text),
        *(finding.why, finding.pair.rule, finding.pair.closeness, finding.severity, finding.check),
    )


def _count_cards(report: Report, topic: Topic) -> Counter[Relation]:
    """Count by relation the cards that are the topic's own or show one of its claims."""
    inside = set(topic.claim_ids)
    return Counter(
        card.relation
        for card in report.cards
        if not card.check
        and (card.topic_id == topic.id or any(position.claim_id in inside for position in card.positions))
    )


def _date(article: Article) -> str | None:
    if article.published is None:
        return None
    return (article.published.date() if article.published_basis == "inferred" else article.published).isoformat()


def neutralise_cell(value: Any) -> Any:
    """Return a cell's value, a text that a spreadsheet would run with an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
