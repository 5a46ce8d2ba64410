"""One story -> its share of the report; several, one after the other, so that only one story's claims are ever held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps

import numpy as np

from detector.assemble import StoryShare, find_only_in, order_article
from detector.cached import split_cached
from detector.cards import build_cards
from detector.dating import infer_dates, resolve_claims
from detector.embed import Embedder, Matrix, embed_texts
from detector.engine import Engine
from detector.group import Wish, add_aspects, group_story, measure_wishes, order_topics
from detector.judge import judge_pairs, may_be_finding
from detector.judge.batches import measure_pairs
from detector.judge.measure import oppose_each_other
from detector.judge.nli import Nli
from detector.judge.polarity import are_in_tension, speaks_of_will
from detector.judge.support import add_support
from detector.judge.weigh import Weights
from detector.pair import measure_closeness, pair_claims, pair_speakers, pair_tensions
from detector.progress import Progress, add_heading, count_steps, stay_silent
from detector.rank import keep_most, rank_findings
from detector.records import Article, Claim, Story, Topic
from detector.settings import Settings
from detector.split import list_views, split_claims
from detector.store import Store


@dataclass(frozen=True, slots=True)
class Tools:
    """What a run works with; loaded once."""

    settings: Settings
    embedder: Embedder
    nli: Nli | None
    weights: Weights
    wishes: tuple[Wish, ...]
    store: Store | None = None


@dataclass(frozen=True, slots=True)
class StoryTask:
    """What is done with one story, wherever it is done; `compared` is how many are."""

    tools: Tools
    progress: Progress
    compared: int

    def __call__(self, item: tuple[int, Story, Sequence[Article]]) -> StoryShare:
        """Return the share of a story, given with its number and its articles."""
        number, story, members = item
        several = self.compared > 1
        told = add_heading(self.progress, f"story {number} of {self.compared}: ") if several else self.progress
        return compare_story(story, members, split_story(members, self.tools.store, told), self.tools, told)


def make_shares(
    stories: Sequence[Story],
    articles: Mapping[str, Article],
    tools: Tools,
    progress: Progress,
    engine: Engine,
    *,
    total: int,
) -> Iterator[StoryShare]:
    """Yield each story's share. A story of one article in a run of several has nothing to be compared with: no claims.

    Args:
        stories: those wanted, in order.
        articles: articles by id, looked up when their story is compared, or few stories before where the engine is elsewhere.
        tools: models, weights and settings; for an engine that is elsewhere, such as can be pickled.
        progress: told of each step, under a heading that numbers the stories of two or more articles; where the engine is elsewhere,
            of each story that is done.
        engine: where the stories are compared.
        total: how many stories the run has in all; where it is one article's, that article is split and has topics.
    """
    chosen = [story for story in stories if len(story.article_ids) > 1 or total == 1]
    told = progress if engine.here else stay_silent
    work = ((i, story, _find_members(story, articles)) for i, story in enumerate(chosen, start=1))
    shares = engine.map(StoryTask(tools, told, len(chosen)), work)
    done = 0
    for story in stories:
        if len(story.article_ids) < 2 and total > 1:
            yield StoryShare(story, _find_members(story, articles), ())
            continue
        if not engine.here:
            progress("comparing stories", done, len(chosen))
        done += 1
        yield next(shares)


def _find_members(story: Story, articles: Mapping[str, Article]) -> tuple[Article, ...]:
    return tuple(articles[name] for name in story.article_ids)


def split_story(
    articles: Sequence[Article],
    store: Store | None,
    progress: Progress,
    prepare: Callable[[], object] | None = None,
) -> tuple[Claim, ...]:
    """Split articles into claims, one article after the other; those that the store has are not split again.

    Args:
        articles: the articles.
        store: where claims are kept; None for nowhere.
        progress: told of each article.
        prepare: called once, before the first article that the store has not.
    """
    waiting = [prepare] if prepare else []

    @wraps(split_claims)
    def split(some: Sequence[Article]) -> tuple[Claim, ...]:
        while waiting:
            waiting.pop()()
        return split_claims(some)

    steps = count_steps(progress, "reading claims", articles)
    if store is not None:
        return tuple(claim for article in steps for claim in split_cached(article, split, store))
    return tuple(claim for article in steps for claim in split([article]))


def compare_story(
    story: Story, articles: Sequence[Article], claims: Sequence[Claim], tools: Tools, progress: Progress
) -> StoryShare:
    """Compare the sources of one story: views -> dates -> topics -> pairs -> findings -> cards."""
    views = [list_views(claim) for claim in claims]
    sizes = [len(texts) for texts in views]
    matrix = embed_texts([text for texts in views for text in texts], tools.embedder, progress, "embedding claims")
    vectors = matrix[np.cumsum([0, *sizes[:-1]])] if claims else matrix  # each claim's own text comes first

    dated = sorted(infer_dates(articles, claims, vectors), key=order_article)
    resolved = resolve_claims(dated, claims)

    def embed(texts: Sequence[str]) -> Matrix:
        return embed_texts(texts, tools.embedder, progress, "embedding phrases")

    named = measure_wishes(tools.wishes, claims, matrix, sizes, embed)
    grouped, grouping = group_story(story, resolved, vectors, named=named, embed=embed)
    story = replace(story, grouping=grouping)
    topics = _add_terms(grouped, tools.settings)
    arranged = add_aspects(story, resolved, vectors, topics, embed)
    if len(dated) < 2:
        return StoryShare(story, tuple(dated), resolved, order_topics(arranged, resolved))

    closeness, chosen = measure_closeness(matrix, sizes)
    published = {article.id: article.published.date() if article.published else None for article in dated}
    gate, top_k = tools.settings.gate, tools.settings.top_k
    pairs = pair_claims(resolved, closeness, chosen, topics, published, gate=gate, top_k=top_k)
    pairs += pair_speakers(resolved, closeness, chosen, topics, oppose_each_other)
    pairs += pair_tensions(resolved, closeness, chosen, topics, published, pairs, speaks_of_will, are_in_tension)
    signals = measure_pairs(pairs, tools.nli, progress, lambda quick: may_be_finding(quick, tools.weights))

    least = tools.settings.min_confidence
    findings, _ = judge_pairs(pairs, signals, tools.weights, min_confidence=least)
    signals = add_support(pairs, signals, findings, topics)
    check = tools.settings.check_confidence
    findings, judged = judge_pairs(pairs, signals, tools.weights, min_confidence=least, check_confidence=check)
    shown, judged = keep_most(rank_findings(findings, pairs, dated), judged, tools.settings.max_findings)
    return StoryShare(
        story,
        tuple(dated),
        resolved,
        order_topics(arranged, resolved, [finding for finding in shown if not finding.check]),
        shown,
        build_cards(shown, dated, topics),
        find_only_in(resolved, topics, shown, pairs),
        Counter(pair.rule for pair in pairs),
        judged,
    )


def _add_terms(topics: Sequence[Topic], settings: Settings) -> tuple[Topic, ...]:
    """Give an editor's own topics the terms that the editor gave."""
    return tuple(
        replace(topic, terms=settings.topics.get(topic.label, topic.terms)) if topic.named else topic
        for topic in topics
    )
