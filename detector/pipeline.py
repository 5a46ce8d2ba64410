"""Articles -> Report: the whole story, top to bottom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.assemble import StoryShare, assemble_report, order_article
from detector.cards import build_cards
from detector.dating import resolve_claims
from detector.embed import Embedder, embed_texts
from detector.engine import Engine, LocalEngine, open_engine
from detector.errors import ReadError, SettingsError
from detector.group import DEFAULT_THRESHOLD, GROUPING, article_texts, embed_wishes, group_stories, make_story
from detector.judge.nli import Nli
from detector.judge.weigh import Weights, load_weights
from detector.loading import find_embedder, find_nli_model, start_loading
from detector.progress import Progress, stay_silent
from detector.rank import order_finding, rank_findings
from detector.recipes import write_recipes
from detector.records import Article, Claim, Report, Skipped, Story
from detector.settings import Settings
from detector.shares import Tools, compare_story, make_shares, split_story
from detector.spool import Spool
from detector.store import Store
from detector.versions import are_versions, compare_versions

_PART = 1 << 16  # articles whose openings are held and embedded at once: 0.2 GB


@dataclass(frozen=True, slots=True)
class Run:
    """A comparison under way: its stories are known, and each is compared when its share is asked for.

    Attributes:
        stated: what the run uses, as a report states it, but for the engine.
        engine: where the stories are compared.
        stories: all stories, largest first, those of one article included.
        shares: one a story, in that order; a share is held by nobody else once it is handed out.
    """

    stated: Mapping[str, Any]
    engine: Engine
    stories: tuple[Story, ...]
    shares: Iterator[StoryShare]

    @property
    def settings(self) -> dict[str, Any]:
        """What the run uses; the engine says whether workers of it have died so far."""
        return {**self.stated, "engine": self.engine.describe()}


def compare(
    articles: Sequence[Article],
    *,
    settings: Settings | None = None,
    skipped: Sequence[Skipped] = (),
    one_story: bool = False,
    known: Mapping[str, str] | None = None,
    embedder: Embedder | None = None,
    nli: Nli | None = None,
    store: Store | None = None,
    engine: Engine | None = None,
    progress: Progress = stay_silent,
) -> Report:
    """Compare articles claim by claim.

    Args:
        articles: from `read_articles`, or made by hand. Their order does not matter, except that two versions of one
            article whose dates do not tell which came first are compared as old and new in the order given.
        settings: None means the defaults.
        skipped: what reading left out; kept in the report.
        one_story: take all articles for one story instead of grouping them; two of them may be versions of one article.
        known: article id -> story id of an earlier report: these articles stay in their stories, which keep their ids,
            and the others join them where they are near enough.
        embedder: None means the model that the settings name.
        nli: None means the model that the settings name, if any.
        store: where claims, vectors and scores are kept and looked up (`detector.store.open_store`); None for nowhere. Only an engine
            in this process has a use for it.
        engine: where stories are compared (`detector.engine.open_engine`); None means the one that the settings name. One story, or
            two versions, are compared here.
        progress: called with (what, done, total) as the work goes on.

    Returns:
        The report, with findings in order of importance. The same input gives the same report apart from `made_at`.

    Raises:
        ReadError: two articles have one id.
        ModelMissing: a model that the settings name is not on this machine.
        ReportError: the weights file that the settings name is damaged.
        ExtraMissing: the engine needs a package that is not installed.
        EngineError: the cluster cannot be used, or its workers die again and again.
    """
    settings = settings or Settings()
    if not one_story:
        with nullcontext(engine) if engine else open_engine(settings.engine) as chosen:
            run = compare_stories(
                articles,
                settings=settings,
                known=known,
                embedder=embedder,
                nli=nli,
                store=store,
                engine=chosen,
                progress=progress,
            )
            shares = list(run.shares)
        return assemble_report(shares, skipped=skipped, settings=run.settings, rank=order_finding)
    settings = replace(settings, engine=LocalEngine.name)
    engine = LocalEngine()
    _check_ids(articles)
    ordered = sorted(articles, key=order_article)
    size = _count_characters(ordered)
    # The models are loaded while the claims are read, unless these are known and so, mostly, is what the models would say.
    prepare = partial(start_loading, settings, size, embedder=embedder is None, nli=nli is None)
    claims = split_story(ordered, store, progress, prepare)

    if versions := _find_versions(articles, claims):
        used = _list_settings(settings, load_weights(_find_weights(settings)), mode="versions")
        shares = [_compare_versions(*versions, claims)]
    else:
        tools = _load_tools(settings, embedder, nli, size, store, engine, progress)
        used = _list_used(tools, bar=None)
        vectors = embed_texts(article_texts(ordered), tools.embedder, progress, "grouping articles")
        stories = (make_story(ordered, vectors),) if ordered else ()
        shares = [compare_story(story, ordered, claims, tools, progress) for story in stories]
    return assemble_report(shares, skipped=skipped, settings=used, rank=order_finding)


def compare_stories(
    articles: Sequence[Article] | Spool,
    *,
    settings: Settings | None = None,
    known: Mapping[str, str] | None = None,
    stories: Sequence[Story] | None = None,
    skip: Callable[[Story], bool] | None = None,
    embedder: Embedder | None = None,
    nli: Nli | None = None,
    store: Store | None = None,
    engine: Engine | None = None,
    progress: Progress = stay_silent,
) -> Run:
    """Group articles into stories at once, and compare the stories one by one as their shares are taken.

    An article costs one vector. Those that share their story with another are split into claims when the story's turn
    comes; claims, their vectors and pairs are held for one story at a time, and so are the texts where a spool has them.

    Args:
        articles: as `compare` takes them, or a spool of them, open until the last share is taken.
        settings: None means the defaults.
        known: as for `compare`.
        stories: these articles' stories, as an equal run found them before; None to find them.
        skip: says which stories are not wanted: they are listed and have no share.
        embedder: None means the model that the settings name.
        nli: None means the model that the settings name, if any.
        store: as for `compare`.
        engine: where articles are embedded and stories compared; None for this process.
        progress: called with (what, done, total) as the work goes on.

    Raises:
        ReadError: two articles have one id.
        ModelMissing: a model that the settings name is not on this machine.
        ReportError: the weights file that the settings name is damaged, or the spool cannot be read.
        SettingsError: a model was handed in, and the engine is elsewhere.
    """
    settings = settings or Settings()
    by_id: Mapping[str, Article]
    if isinstance(articles, Spool):
        by_id, size, articles = articles, articles.characters, articles.headings
    else:
        by_id, size = {article.id: article for article in articles}, _count_characters(articles)
    _check_ids(articles)
    ordered = sorted(articles, key=order_article)
    engine = engine or LocalEngine()
    tools = _load_tools(settings, embedder, nli, size, store, engine, progress)
    if stories is None:
        vectors = _embed_articles(ordered, by_id, tools, engine, progress)
        stories = group_stories(
            ordered, vectors, window_days=settings.window_days, known=known, load=lambda heading: by_id[heading.id]
        )
    wanted = [story for story in stories if skip is None or not skip(story)]
    shares = make_shares(wanted, by_id, tools, progress, engine, total=len(stories))
    return Run(_list_used(tools, bar=DEFAULT_THRESHOLD), engine, tuple(stories), shares)


def describe_grouping() -> str:
    """Return in words what groups articles into stories here: this version of the program and its bar."""
    return f"detector {version('detector')}, bar {DEFAULT_THRESHOLD}"


def _check_ids(articles: Sequence[Article]) -> None:
    """Raise ReadError for an id that two articles have: every claim is found by its article's id."""
    twice = sorted(name for name, number in Counter(article.id for article in articles).items() if number > 1)
    if twice:
        raise ReadError(
            f"two articles have the id {twice[0]!r}; give each article an id of its own, and each article once"
        )


def _count_characters(articles: Sequence[Article]) -> int:
    return sum(len(article.text) for article in articles)


def _load_tools(
    settings: Settings,
    embedder: Embedder | None,
    nli: Nli | None,
    size: int,
    store: Store | None,
    engine: Engine,
    progress: Progress,
) -> Tools:
    """Load the models and weights that were not handed in, for a job of `size` characters; with a store, when something is missing.

    For an engine that is elsewhere the models are recipes, loaded there, and there is no store.
    """
    progress("loading models", 0, 0)
    if engine.here:
        embedder = embedder or find_embedder(settings, size, store)
        nli = nli or find_nli_model(settings, size, store)
    elif embedder or nli:
        raise SettingsError(
            f"models that were handed in cannot be sent to the workers of engine {engine.name!r}; name them in the settings, or use "
            "the engine 'local'"
        )
    else:
        embedder, nli = write_recipes(settings, size)
        store = None
    embed = embedder.embed  # asked where the engine is
    wishes = embed_wishes(settings.topics, settings.examples, lambda texts: next(engine.map(embed, [texts])))
    return Tools(settings, embedder, nli, load_weights(_find_weights(settings)), wishes, store)


def _find_weights(settings: Settings) -> Path | None:
    return Path(settings.weights) if settings.weights else None


def _list_settings(settings: Settings, weights: Weights, **more: Any) -> dict[str, Any]:
    """Return the settings as the report states them."""
    return {**settings.as_dict(), "weights_note": weights.note, **more}


def _list_used(tools: Tools, *, bar: float | None) -> dict[str, Any]:
    """Return the settings of a comparison of sources; `bar` is the nearness that makes a story, None where nothing was grouped."""
    return _list_settings(
        tools.settings, tools.weights, mode="sources", story_threshold=bar, grouping=GROUPING, **_list_runtimes(tools)
    )


def _list_runtimes(tools: Tools) -> dict[str, Any]:
    """Return what the models were run by and in, as the report states it."""
    models = {"model": tools.embedder, "nli": tools.nli}
    own = {name: model for name, model in models.items() if model is not None}
    return {
        "precision": getattr(tools.embedder, "precision", tools.settings.precision),
        "runtimes": {
            name: f"{getattr(model, 'runtime', 'given')} {getattr(model, 'precision', '')}".strip()
            for name, model in own.items()
        },
    }


def _find_versions(given: Sequence[Article], claims: Sequence[Claim]) -> tuple[Article, Article] | None:
    """Return (old, new) if there are two articles and they are versions of one: by date, else in the order given."""
    if len(given) != 2:
        return None
    first, second = given
    if first.published and second.published and second.published < first.published:
        first, second = second, first
    return (first, second) if are_versions(first, second, claims) else None


def _compare_versions(old: Article, new: Article, claims: Sequence[Claim]) -> StoryShare:
    """Compare two versions of one article. Wording alone decides, so no model is needed."""
    # The newer version's title; where the two vectors would stand, nothing tells the articles apart.
    story = replace(make_story((old, new), np.ones((2, 1), dtype=np.float32)), title=new.title)
    resolved = resolve_claims((old, new), claims)
    findings, only_in = compare_versions(old, new, resolved)
    ordered = rank_findings(findings, (), (old, new))
    gone = sum(item.article_id == old.id for item in only_in)
    same = sum(claim.article_id == old.id for claim in claims) - gone - len(ordered)
    return StoryShare(
        story,
        (old, new),
        resolved,
        findings=ordered,
        cards=build_cards(ordered, (old, new), ()),
        only_in=only_in,
        pairs={"versions": len(ordered) + same},
        judged={**Counter(finding.relation.value for finding in ordered), "unchanged": same},
    )


def _embed_articles(
    headings: Sequence[Article], by_id: Mapping[str, Article], tools: Tools, engine: Engine, progress: Progress
) -> NDArray[np.float32]:
    """Return the articles' vectors: one each, whatever their length. Their texts are held for one part of them at a time."""
    parts = []
    for start in range(0, len(headings) or 1, _PART):
        texts = article_texts(by_id[heading.id] for heading in headings[start : start + _PART])
        told = partial(_tell_part, progress, start, len(headings))
        parts.append(embed_texts(texts, tools.embedder, told, "grouping articles", engine.map))
    return np.concatenate(parts)


def _tell_part(progress: Progress, start: int, total: int, what: str, done: int, in_part: int) -> None:
    """Tell of a step in one part of several; equal texts in it are one step."""
    progress(what, start + done, total if total > _PART else in_part)
