"""Stories: which articles belong to one event, whatever their order."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from detector.errors import DetectorError, SettingsError
from detector.group import article_texts, group_stories
from detector.records import Article, Story

START = datetime(2025, 4, 1, tzinfo=UTC)


def make_article(number: int, day: float | None = 0.0, *, basis: str = "metadata", title: str = "") -> Article:
    published = None if day is None else START + timedelta(days=day)
    return Article(f"a{number}", f"source {number}", title or f"Title {number}", "Text.", published, basis)


def make_vectors(*angles: float) -> np.ndarray:
    """Unit vectors in a plane; two of them have the cosine of the degrees between them."""
    radians = np.radians(angles)
    return np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)


def list_ids(stories: tuple[Story, ...]) -> list[tuple[str, ...]]:
    return [story.article_ids for story in stories]


@pytest.mark.parametrize(
    ("days", "angles", "wanted"),
    [
        ((0, 0, 0), (0, 20, 90), [("a0", "a1"), ("a2",)]),
        ((0, 13, 0), (0, 20, 90), [("a0", "a1"), ("a2",)]),
        ((0, 40, 0), (0, 0, 90), [("a0",), ("a1",), ("a2",)]),
        ((0, None, 90), (0, 0, 90), [("a0", "a1"), ("a2",)]),
        ((None, None, None), (0, 0, 0), [("a0", "a1", "a2")]),
        ((0, 10, 20), (0, 0, 0), [("a0", "a1", "a2")]),
    ],
)
def test_articles_of_one_event_are_close_in_meaning_and_time(days, angles, wanted):
    articles = [make_article(i, day) for i, day in enumerate(days)]
    assert sorted(list_ids(group_stories(articles, make_vectors(*angles)))) == wanted


def test_closeness_fades_after_the_window():
    articles = [make_article(0), make_article(1, 17)]
    assert len(group_stories(articles, make_vectors(0, 10))) == 1
    assert len(group_stories(articles, make_vectors(0, 35))) == 2
    assert len(group_stories(articles, make_vectors(0, 35), window_days=30)) == 1


def test_an_inferred_date_does_not_part_articles():
    dated = [make_article(0), make_article(1, 30)]
    inferred = [make_article(0), make_article(1, 30, basis="inferred")]
    vectors = make_vectors(0, 10)
    assert len(group_stories(dated, vectors)) == 2
    assert len(group_stories(inferred, vectors)) == 1


def test_a_chain_of_likeness_is_not_one_event():
    articles = [make_article(i) for i in range(4)]
    assert len(group_stories(articles, make_vectors(0, 40, 80, 120))) > 1


def test_the_order_of_the_input_does_not_matter():
    rng = np.random.default_rng(5)
    angles = rng.uniform(0, 360, 60)
    articles = [make_article(i, float(rng.integers(0, 40)) if i % 3 else None) for i in range(60)]
    vectors = make_vectors(*angles)
    stories = group_stories(articles, vectors)
    order = rng.permutation(60)
    assert group_stories([articles[i] for i in order], vectors[order]) == stories
    assert sorted(a for story in stories for a in story.article_ids) == sorted(article.id for article in articles)


def test_a_story_lists_its_articles_by_time_and_is_titled_by_the_most_central():
    articles = [make_article(0, None), make_article(1, 3), make_article(2, 1, title="In the middle")]
    (story,) = group_stories(articles, make_vectors(0, 30, 15))
    assert story.article_ids == ("a2", "a1", "a0")
    assert story.title == "In the middle"


def test_the_id_rests_on_the_earliest_article():
    articles = [make_article(0), make_article(1, 2), make_article(2, 3)]
    vectors = make_vectors(0, 5, 8)
    (story,) = group_stories(articles, vectors)
    (grown,) = group_stories(articles[:2], vectors[:2])
    (other,) = group_stories(articles[1:], vectors[1:])
    assert story.id == grown.id != other.id


def test_blocks_give_what_one_product_gives(monkeypatch):
    rng = np.random.default_rng(8)
    articles = [make_article(i, float(rng.integers(0, 60)) if i % 4 else None) for i in range(90)]
    vectors = make_vectors(*rng.uniform(0, 360, 90))
    whole = group_stories(articles, vectors)
    monkeypatch.setattr("detector.group.stories._BLOCK", 7)
    assert group_stories(articles, vectors) == whole


def test_a_part_too_large_for_one_matrix_is_taken_apart(monkeypatch):
    monkeypatch.setattr("detector.group.stories._LARGEST", 20)
    angles = [*np.linspace(0, 5, 15), *np.linspace(40, 45, 15), *np.linspace(80, 85, 15)]
    articles = [make_article(100 + i) for i in range(45)]
    assert [len(ids) for ids in list_ids(group_stories(articles, make_vectors(*angles)))] == [15, 15, 15]


def test_nothing_and_one_and_the_same():
    assert group_stories([], np.zeros((0, 2), dtype=np.float32)) == ()
    assert list_ids(group_stories([make_article(0)], make_vectors(0))) == [("a0",)]
    assert len(group_stories([make_article(i) for i in range(5)], make_vectors(*[7] * 5))) == 1


def test_wrong_input_is_told():
    articles = [make_article(0), make_article(1)]
    with pytest.raises(DetectorError, match="2 articles but 1 vectors"):
        group_stories(articles, make_vectors(0))
    with pytest.raises(SettingsError, match="threshold"):
        group_stories(articles, make_vectors(0, 1), threshold=1.5)
    with pytest.raises(SettingsError, match="window"):
        group_stories(articles, make_vectors(0, 1), window_days=0)


def test_article_text_has_the_title_once():
    told = Article("a", "s", "Talks open", "Talks open in Geneva. Both sides came.")
    apart = Article("b", "s", "Talks open", "Both sides came.")
    assert article_texts([told, apart]) == ("Talks open in Geneva. Both sides came.", "Talks open. Both sides came.")
