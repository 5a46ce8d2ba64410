"""ECB+ as stories of claims, with the sentence pairs that people marked as speaking of the same event or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from samples import Matrix, Sample, embed_views, load_sample, split_articles
from sets import read_lines  # models/recipe

from detector.dating import infer_dates, resolve_claims
from detector.records import Article, Claim, Story

Places = Mapping[tuple[str, str], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Two sentences of two articles: the rows of their claims, and what people said of them.

    A sentence has several rows where the splitter takes it apart. `chains` are the event chains that both belong to.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    same: bool
    share_entity: bool
    chains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EcbStory:
    """One story as the pipeline would hold it before it makes topics.

    `vectors` has a row a claim; `views` has the rows of all views of all claims, `sizes` of them a claim.
    """

    story: Story
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    vectors: Matrix
    views: Matrix
    sizes: tuple[int, ...]
    labelled: tuple[Labelled, ...]

    @property
    def used(self) -> NDArray[np.intp]:
        """The rows of claims that the splitter did not leave out."""
        return np.array([i for i, claim in enumerate(self.claims) if claim.left_out is None], dtype=np.intp)

    @property
    def crossing(self) -> NDArray[np.bool_]:
        """Which two claims are of two articles, both used, each two once; (n, n)."""
        owners = np.unique([claim.article_id for claim in self.claims], return_inverse=True)[1]
        kept = np.array([claim.left_out is None for claim in self.claims])
        return np.triu((owners[:, None] != owners[None, :]) & kept[:, None] & kept[None, :], 1)


def list_line_articles(sample: Sample) -> tuple[Article, ...]:
    """Return the articles with one sentence a line: the splitter then keeps to the sentences that people labelled."""
    return tuple(
        Article(article.id, article.source, "", "\n".join(sentences))
        for article, sentences in zip(sample.articles, sample.sentences, strict=True)
    )


def load_stories(data: Path, groups: Mapping[str, Sequence[str]] | None = None) -> list[EcbStory]:
    """Return one story for each of the 43 topics, or for each group of article ids that is given."""
    sample = load_sample(data, "ecbplus")
    articles = {article.id: article for article in list_line_articles(sample)}
    if groups is None:
        groups = {
            topic: [a.id for a, t in zip(sample.articles, sample.truths["topic"], strict=True) if t == topic]
            for topic in sorted(set(sample.truths["topic"]))
        }
    claims_of: dict[str, list[Claim]] = {}
    for claim in split_articles("ecbplus", list(articles.values())):
        claims_of.setdefault(claim.article_id, []).append(claim)
    pairs = list(read_lines(data / "news/ecbplus/sentence_pairs.jsonl.gz"))
    return [make_story(name, [articles[i] for i in ids], claims_of, pairs) for name, ids in groups.items()]


def make_story(
    name: str,
    articles: Sequence[Article],
    claims_of: Mapping[str, Sequence[Claim]],
    pairs: Sequence[Mapping[str, Any]],
) -> EcbStory:
    """Prepare a story's claims as `pipeline` does: views, vectors, dates."""
    claims = [claim for article in articles for claim in claims_of.get(article.id, ())]
    matrix, sizes, vectors = embed_views(claims)
    dated = infer_dates(articles, claims, vectors)
    places = find_places(articles, claims)
    inside = {article.id for article in articles}
    return EcbStory(
        Story(name, name, tuple(article.id for article in articles)),
        tuple(dated),
        tuple(resolve_claims(dated, claims)),
        vectors,
        matrix,
        sizes,
        tuple(make_labelled(pair, places) for pair in pairs if pair["doc1"] in inside and pair["doc2"] in inside),
    )


def find_places(articles: Sequence[Article], claims: Sequence[Claim]) -> Places:
    """Return for each (article id, line) the rows of the claims that stand in it."""
    texts = {article.id: article.text for article in articles}
    places: dict[tuple[str, str], list[int]] = {}
    for row, claim in enumerate(claims):
        text = texts[claim.article_id]
        start = text.rfind("\n", 0, claim.start) + 1
        line = text[start:].partition("\n")[0]
        places.setdefault((claim.article_id, line), []).append(row)
    return {key: tuple(rows) for key, rows in places.items()}


def make_labelled(pair: Mapping[str, Any], places: Places) -> Labelled:
    """Return a row of the set's pairs; a sentence in which the splitter finds nothing has no rows."""
    return Labelled(
        places.get((pair["doc1"], pair["sentence1"]), ()),
        places.get((pair["doc2"], pair["sentence2"]), ()),
        pair["label"] == "same_event",
        bool(pair["shared_entities"]),
        tuple(pair["shared_actions"]),
    )


def holds(mask: NDArray[np.bool_], pair: Labelled) -> bool:
    """Whether any claim of the one sentence is paired with any of the other."""
    return any(bool(mask[min(i, j), max(i, j)]) for i in pair.left for j in pair.right)
