"""Labelled rows -> Cases: a pair with its signals and its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from detector.cached import split_cached
from detector.dating import resolve_claims
from detector.embed import Embedder, embed_texts
from detector.errors import ReportError
from detector.judge.batches import measure_pairs
from detector.judge.nli import Nli
from detector.labelled import LabelledFinding, LabelledPair, LabelledRow
from detector.loading import find_embedder, find_nli_model
from detector.pair import measure_closeness, pair_claims
from detector.progress import Progress, count_steps, stay_silent
from detector.records import Article, Claim, Finding, Pair, Relation, Report, Signals
from detector.saved import find_finding, read_saved
from detector.settings import Settings
from detector.split import list_views, parse_claim
from detector.store import Store


@dataclass(frozen=True, slots=True)
class Case:
    """A measured pair and its label.

    `event` names what is held out together: the row's event, else the two texts. In an `undated_set` nothing can develop.
    """

    pair: Pair
    signals: Signals
    relation: Relation
    event: str
    undated_set: bool = False


def measure_cases(
    rows: Sequence[LabelledRow],
    settings: Settings,
    *,
    embedder: Embedder | None = None,
    nli: Nli | None = None,
    store: Store | None = None,
    progress: Progress = stay_silent,
) -> tuple[Case, ...]:
    """Measure labelled rows as the pipeline measures its pairs; verdicts take the signals that their report holds.

    Args:
        rows: from `read_labelled`.
        settings: name the models.
        embedder: None means the model that the settings name; loaded only if a row needs it.
        nli: None means the model that the settings name, if any; loaded only if a row needs it.
        store: a cache, as for `compare`.
        progress: called with (what, done, total) as the work goes on.

    Returns:
        One case a row, in the same order.

    Raises:
        ReportError: the report of a verdict is missing, or has no such finding, or none that was weighed.
        ModelMissing: a model that the settings name is not on this machine.
    """
    findings = _find_all([row for row in rows if isinstance(row, LabelledFinding)])  # quick, so its errors come first
    own = [row for row in rows if isinstance(row, LabelledPair)]
    measured: list[tuple[Pair, Signals]] = []
    if own:
        progress("loading models", 0, 0)
        size = sum(len(row.a) + len(row.b) for row in own)
        embedder = embedder or find_embedder(settings, size, store)
        nli = nli or find_nli_model(settings, size, store)
        pairs = make_pairs(own, embedder, progress, store)
        measured = list(zip(pairs, measure_pairs(pairs, nli, progress), strict=True))
    place = iter(measured)
    return tuple(
        _make_case(row, *next(place))
        if isinstance(row, LabelledPair)
        else _make_case(row, findings[row].pair, findings[row].signals)
        for row in rows
    )


def make_pairs(
    rows: Sequence[LabelledPair], embedder: Embedder, progress: Progress = stay_silent, store: Store | None = None
) -> list[Pair]:
    """Make a pair of each row's two sentences: each the whole of an article of its own.

    Labelled pairs are judged as they are: no rule may leave one out, so the gate is opened wide.
    """
    articles = [
        [_make_article(f"{number:05d}a", row.a, row.a_date), _make_article(f"{number:05d}b", row.b, row.b_date)]
        for number, row in enumerate(rows)
    ]
    claims: list[Claim] = []
    for two in count_steps(progress, "reading claims", articles):
        claims += resolve_claims(two, [_parse(article, store) for article in two])
    views = [list_views(claim) for claim in claims]
    sizes = [len(texts) for texts in views]
    matrix = embed_texts([text for texts in views for text in texts], embedder, progress, "embedding claims")
    starts = np.cumsum([0, *sizes])
    pairs: list[Pair] = []
    for number, two in enumerate(articles):
        first, last = 2 * number, 2 * number + 2
        closeness = measure_closeness(matrix[starts[first] : starts[last]], sizes[first:last])
        days = {article.id: article.published.date() if article.published else None for article in two}
        pairs += pair_claims(claims[first:last], *closeness, (), days, gate=-1.0)
    return pairs


def _parse(article: Article, store: Store | None) -> Claim:
    return parse_claim(article) if store is None else split_cached(article, _parse_whole, store)[0]


def _parse_whole(articles: Sequence[Article]) -> tuple[Claim, ...]:
    return tuple(map(parse_claim, articles))


def _make_article(name: str, text: str, published: datetime | None) -> Article:
    return Article(name, f"Outlet {name[-1].upper()}", "", text, published, "metadata" if published else None)


def _make_case(row: LabelledRow, pair: Pair, signals: Signals) -> Case:
    event = row.event or " | ".join(sorted((pair.earlier.text, pair.later.text)))
    return Case(pair, signals, row.relation, event, isinstance(row, LabelledPair) and row.undated_set)


def _find_all(rows: Sequence[LabelledFinding]) -> dict[LabelledFinding, Finding]:
    """Find what each verdict is about, each report read once."""
    reports: dict[Path, Report] = {}
    found: dict[LabelledFinding, Finding] = {}
    for row in rows:
        try:
            if row.report not in reports:
                reports[row.report] = read_saved(row.report, "take a verdict from")
            finding = find_finding(reports[row.report], row.finding)
        except ReportError as error:
            raise ReportError(f"{row.where}: {error}") from error
        if not finding.evidence:
            raise ReportError(
                f"{row.where}: finding {finding.id} was not weighed: between two versions of one article wording alone "
                "decides; take the row out"
            )
        found[row] = finding
    return found
