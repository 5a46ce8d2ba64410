"""The three sample articles, read and embedded as in a run: one story, and topics that an editor would recognise."""

import re
from pathlib import Path

import pytest

from detector.embed import SentenceTransformerEmbedder
from detector.group import article_texts, group_claims, group_stories
from detector.read import read_articles
from detector.split import split_claims

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def seeds():
    articles = read_articles([SEEDS])[0]
    claims = split_claims(articles)
    embedder = SentenceTransformerEmbedder()
    stories = group_stories(articles, embedder.embed(article_texts(articles)))
    return articles, claims, embedder, stories


def test_the_articles_are_one_story(seeds):
    articles, _, _, stories = seeds
    assert [len(story.article_ids) for story in stories] == [3]
    assert stories[0].title in {article.title for article in articles}


def test_topics_are_those_of_a_careful_reader(seeds):
    _, claims, embedder, stories = seeds
    topics = group_claims(stories[0], claims, embedder.embed([claim.text for claim in claims]), embed=embedder.embed)
    labels = [topic.label for topic in topics]
    assert 7 <= len(topics) <= 13
    for subject in (
        r"backstop|security guarantees|US (support|involvement)",
        r"ceasefire|truce",
        r"troop|number of (countr|soldier)",
    ):
        assert any(re.search(subject, label) for label in labels), (subject, labels)
    assert all(1 <= len(label.split()) <= 5 for label in labels)
    assert len(set(labels)) == len(labels)
    inside = {claim_id for topic in topics for claim_id in topic.claim_ids}
    used = [claim for claim in claims if claim.left_out is None]
    assert len(inside) >= 0.9 * len(used)
    assert max(len(topic.claim_ids) for topic in topics) <= len(used) / 3
