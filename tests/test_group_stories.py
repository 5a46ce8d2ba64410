"""Stories: which articles belong to one event, whatever their order."""

import time
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from detector.errors import DetectorError, SettingsError
from detector.group import article_texts, group_stories
from detector.group.stories import DEFAULT_THRESHOLD
from detector.records import Article, Story

START = datetime(2025, 4, 1, tzinfo=UTC)


def make_article(number: int, day: float | None = 0.0, *, basis: str = "metadata", title: str = "", text: str = "."):
    """An article; without a title or text it has no words, so that its vector alone places it."""
    published = None if day is None else START + timedelta(days=day)
    return Article(f"a{number:03}", f"source {number}", title or ".", text, published, basis)


def make_vectors(*angles: float) -> np.ndarray:
    """Unit vectors in a plane; two of them have the cosine of the degrees between them."""
    radians = np.radians(angles)
    return np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)


def list_ids(stories: tuple[Story, ...]) -> list[tuple[str, ...]]:
    return [story.article_ids for story in stories]


@pytest.mark.parametrize(
    ("days", "angles", "wanted"),
    [
        ((0, 0, 0), (0, 20, 90), [("a000", "a001"), ("a002",)]),
        ((0, 13, 0), (0, 20, 90), [("a000", "a001"), ("a002",)]),
        ((0, 40, 0), (0, 0, 90), [("a000",), ("a001",), ("a002",)]),
        ((0, None, 90), (0, 0, 90), [("a000", "a001"), ("a002",)]),
        ((None, None, None), (0, 0, 0), [("a000", "a001", "a002")]),
        ((0, 10, 20), (0, 0, 0), [("a000", "a001", "a002")]),
    ],
)
def test_articles_of_one_event_are_close_in_meaning_and_time(days, angles, wanted):
    articles = [make_article(i, day) for i, day in enumerate(days)]
    assert sorted(list_ids(group_stories(articles, make_vectors(*angles)))) == wanted


def test_nearness_fades_after_the_window():
    articles = [make_article(0), make_article(1, 17)]
    assert len(group_stories(articles, make_vectors(0, 10))) == 1
    assert len(group_stories(articles, make_vectors(0, 58))) == 2
    assert len(group_stories(articles, make_vectors(0, 58), window_days=30)) == 1


def test_an_inferred_date_does_not_part_articles():
    dated = [make_article(0), make_article(1, 30)]
    inferred = [make_article(0), make_article(1, 30, basis="inferred")]
    vectors = make_vectors(0, 10)
    assert len(group_stories(dated, vectors)) == 2
    assert len(group_stories(inferred, vectors)) == 1


def test_a_chain_of_likeness_is_not_one_event():
    articles = [make_article(i) for i in range(4)]
    assert len(group_stories(articles, make_vectors(0, 60, 120, 180))) > 1


QUAKES = (
    "A strong earthquake shook Arvela on Monday. Crews from Tolmark searched the rubble, said mayor Ines Bordan.",
    "At least 41 people died when a quake hit Arvela. Buildings fell, and Ines Bordan asked Tolmark for help.",
    "Quessit was struck by an earthquake that killed at least 12 people, Governor Pavel Hult said.",
    "Homes collapsed near Quessit in the quake; rescue teams came from Norrland, and Hult put the dead at 12.",
)


def test_two_events_of_one_kind_in_one_week_are_two_stories():
    articles = [make_article(i, 2.0 * (i // 2), text=text) for i, text in enumerate(QUAKES)]
    vectors = np.hstack([np.full((4, 1), 0.66**0.5), np.eye(4) * 0.34**0.5])  # all four equally close: four quakes
    assert sorted(list_ids(group_stories(articles, vectors))) == [("a000", "a001"), ("a002", "a003")]


WORDS = [f"detail{chr(97 + i)}{chr(97 + j)}" for i in range(5) for j in range(26)]


def make_long(count, hulls, *, shared=40, own=10):
    """`count` articles of one story in which everybody writes the same words, about each of the ships in turn."""
    articles = []
    for i in range(count):
        hull, fate = hulls[i % len(hulls)]
        rest = [WORDS[(7 * i + 11 * k) % 130] for k in range(own)]
        text = " ".join([*(f"talk{chr(97 + k % 26)}{k // 26}" for k in range(shared)), f"the {hull} {fate}", *rest])
        articles.append(make_article(i, i / 4, text=text))
    return articles


SHIPS = [
    ("Meridian of Captain Ulla Brandt", "docked in Tolmark with cargo of copper from Zeltin"),
    ("Halcyon of Captain Omar Reyes", "sank near Ombrook when fire spread from its engine"),
]


@pytest.mark.parametrize(
    ("articles", "wanted"),
    [
        (make_long(16, SHIPS), [8, 8]),
        (make_long(16, SHIPS[:1]), [16]),
        (make_long(10, SHIPS), [10]),  # too few to tell events from outliers
        (make_long(16, SHIPS, shared=400, own=2), [16]),  # one text, reprinted with small changes
    ],
)
def test_a_long_story_is_parted_where_its_names_change(articles, wanted):
    count = len(articles)
    ship = np.arange(count)[:, None] % 2 == np.arange(2)
    base = np.hstack([np.full((count, 1), 0.6**0.5), ship * 0.1**0.5, np.eye(count) * 0.3**0.5])
    vectors = base.astype(np.float32) if wanted[0] != 16 else np.hstack([np.ones((count, 1)), np.zeros((count, 1))])
    assert [len(ids) for ids in list_ids(group_stories(articles, vectors))] == wanted


def test_names_weigh_more_than_other_words():
    told = "the {0} company said on friday that {1} would buy a rival for cash, and {1} hailed it"
    one, other = told.format("steel", "Morvane"), "a rival said that its board and the {} would meet on friday"
    articles = [make_article(0, text=one), make_article(1, text=other.format("Morvane")), make_article(2, text=other)]
    near = make_vectors(0, 75, 75)
    joined = [ids for ids in list_ids(group_stories(articles[:2], near[:2], threshold=0.3)) if len(ids) > 1]
    apart = [ids for ids in list_ids(group_stories(articles[::2], near[::2], threshold=0.3)) if len(ids) > 1]
    assert joined == [("a000", "a001")]
    assert apart == []


def make_random(count: int, seed: int) -> tuple[list[Article], np.ndarray]:
    """Articles about one of eight subjects each, some undated, with vectors near their subject."""
    rng = np.random.default_rng(seed)
    subject = rng.integers(0, 8, count)
    articles = []
    for i, about in enumerate(subject):
        names = [f"Name{about}{chr(97 + k)}" for k in rng.integers(0, 6, 5)]
        text = " ".join(f"then {name} word{rng.integers(0, 40)}" for name in names)
        articles.append(make_article(i, float(rng.integers(0, 40)) if i % 3 else None, text=text))
    return articles, make_vectors(*(45.0 * subject + rng.normal(0, 12, count)))


def test_the_order_of_the_input_does_not_matter():
    articles, vectors = make_random(60, 5)
    stories = group_stories(articles, vectors)
    assert 5 < len(stories) < 50
    order = np.random.default_rng(5).permutation(60)
    assert group_stories([articles[i] for i in order], vectors[order]) == stories
    assert sorted(a for story in stories for a in story.article_ids) == sorted(article.id for article in articles)


def test_a_story_lists_its_articles_by_time_and_is_titled_by_the_most_central():
    articles = [make_article(0, None), make_article(1, 3), make_article(2, 1, title="In the middle")]
    (story,) = group_stories(articles, make_vectors(0, 30, 15))
    assert story.article_ids == ("a002", "a001", "a000")
    assert story.title == "In the middle"


def test_the_id_rests_on_the_earliest_article():
    articles = [make_article(0), make_article(1, 2), make_article(2, 3)]
    vectors = make_vectors(0, 5, 8)
    (story,) = group_stories(articles, vectors)
    (grown,) = group_stories(articles[:2], vectors[:2])
    (other,) = group_stories(articles[1:], vectors[1:])
    assert story.id == grown.id != other.id


def test_one_text_printed_twice_is_one_story_whatever_the_dates_and_vectors():
    text = "The bank of Arvela cut its rate to 4 per cent, Ines Bordan said."
    articles = [
        make_article(0, text=text),
        make_article(1, 200, text=text),
        make_article(2, 1, text="Rain in Quessit."),
    ]
    assert sorted(list_ids(group_stories(articles, make_vectors(0, 80, 170)))) == [("a000", "a001"), ("a002",)]


def test_a_near_copy_is_not_parted_by_days_inside_two_windows():
    text = "The bank of Arvela cut its rate to 4 per cent, Ines Bordan said, and Tolmark, Norrland and Hult may follow."
    articles = [make_article(0, text=text), make_article(1, 25, text=f"{text} More soon.")]
    assert len(group_stories(articles, make_vectors(0, 3))) == 1
    assert len(group_stories([articles[0], make_article(1, 25, text="Hult talks.")], make_vectors(0, 3))) == 2


def test_blocks_give_what_one_product_gives(monkeypatch):
    articles, vectors = make_random(90, 8)
    known = {article.id: f"s{i % 4}" for i, article in enumerate(articles) if i % 2}
    whole, extended = group_stories(articles, vectors), group_stories(articles, vectors, known=known)
    monkeypatch.setattr("detector.group.nearness._BLOCK", 7)
    monkeypatch.setattr("detector.group.edges._BLOCK", 7)
    assert group_stories(articles, vectors) == whole
    assert group_stories(articles, vectors, known=known) == extended


def test_a_part_too_large_for_one_matrix_is_taken_apart(monkeypatch):
    monkeypatch.setattr("detector.group.stories._LARGEST", 20)
    angles = [*np.linspace(0, 5, 15), *np.linspace(60, 65, 15), *np.linspace(120, 125, 15)]
    articles = [make_article(100 + i) for i in range(45)]
    assert [len(ids) for ids in list_ids(group_stories(articles, make_vectors(*angles)))] == [15, 15, 15]


@pytest.mark.parametrize(
    ("texts", "angles", "wanted"),
    [
        ((), (), []),
        (("One line.",), (0,), [1]),
        (("Yes.", "No."), (0, 90), [1, 1]),
        (("Hult won in Arvela.", "Hult wins Arvela."), (0, 20), [2]),
        (("", "", ""), (0, 5, 10), [3]),
        (("The same text of Arvela.",) * 300, (7,) * 300, [300]),
        ((".",) * 300, (7,) * 300, [300]),
    ],
)
def test_few_short_and_equal_articles(texts, angles, wanted):
    articles = [make_article(i, text=text) for i, text in enumerate(texts)]
    vectors = make_vectors(*angles) if angles else np.zeros((0, 2), dtype=np.float32)
    started = time.perf_counter()
    assert [len(ids) for ids in list_ids(group_stories(articles, vectors))] == wanted
    assert time.perf_counter() - started < 5


def test_a_far_article_moves_no_other():
    articles, vectors = make_random(40, 3)
    far = make_article(900, 400, text="Zeltin opened a museum of Kites in Ombrook.")
    before = set(list_ids(group_stories(articles, vectors)))
    after = set(list_ids(group_stories([*articles, far], np.vstack([vectors, make_vectors(23)]))))
    assert after == before | {("a900",)}


@pytest.mark.parametrize("seed", range(5))
def test_known_articles_never_move_whatever_is_added(seed):
    articles, vectors = make_random(60, seed)
    first = group_stories(articles[:40], vectors[:40])
    known = {article: story.id for story in first for article in story.article_ids}
    second = group_stories(articles, vectors, known=known)
    found = {article: story.id for story in second for article in story.article_ids}
    assert {article: found[article] for article in known} == known
    assert sorted(found) == sorted(article.id for article in articles)
    assert len({story.id for story in second}) == len(second)
    joined = [article.id for article in articles[40:] if found[article.id] in set(known.values())]
    assert joined
    for place in range(40, 60):  # where one lands does not depend on the others that come with it
        alone = group_stories([*articles[:40], articles[place]], np.vstack([vectors[:40], vectors[place]]), known=known)
        home = next(story.id for story in alone if articles[place].id in story.article_ids)
        if articles[place].id in joined:
            assert home == found[articles[place].id]


@pytest.mark.parametrize(
    ("angle", "text", "home"),
    [(10, ".", "first"), (170, ".", "second"), (90, ".", None), (90, "Arvela votes on Monday.", "second")],
)
def test_a_new_article_joins_the_known_story_that_it_is_nearest_to(angle, text, home):
    articles = [make_article(0), make_article(1), make_article(2), make_article(3, text="Arvela votes on Monday.")]
    known = {"a000": "first", "a001": "first", "a002": "second", "a003": "second"}
    new = make_article(4, -5, text=text)
    stories = group_stories([new, *articles], make_vectors(angle, 0, 5, 175, 180), known=known)
    inside = next(story for story in stories if "a004" in story.article_ids)
    assert inside.id == home if home else inside.article_ids == ("a004",)
    assert {story.id for story in stories} >= {"first", "second"}


def test_known_stories_keep_what_alone_would_be_grouped_otherwise():
    articles = [make_article(i) for i in range(3)]
    known = {"a000": "mine", "a002": "mine", "a999": "gone"}
    stories = group_stories(articles, make_vectors(0, 1, 90), known=known)
    assert stories[0].id == "mine"
    assert set(stories[0].article_ids) >= {"a000", "a002"}
    assert "gone" not in {story.id for story in stories}


def test_a_new_story_never_takes_a_known_id():
    articles = [make_article(0), make_article(1)]
    vectors = make_vectors(0, 90)
    taken = next(story.id for story in group_stories(articles, vectors) if "a000" in story.article_ids)
    stories = group_stories(articles, vectors, known={"a001": taken})
    assert len({story.id for story in stories}) == 2


def test_wrong_input_is_told():
    articles = [make_article(0), make_article(1)]
    with pytest.raises(DetectorError, match="2 articles but 1 vectors"):
        group_stories(articles, make_vectors(0))
    with pytest.raises(SettingsError, match=f"such as {DEFAULT_THRESHOLD}"):
        group_stories(articles, make_vectors(0, 1), threshold=1.5)
    with pytest.raises(SettingsError, match="window"):
        group_stories(articles, make_vectors(0, 1), window_days=0)


def test_article_text_has_the_title_once():
    told = Article("a", "s", "Talks open", "Talks open in Geneva. Both sides came.")
    apart = Article("b", "s", "Talks open", "Both sides came.")
    assert article_texts([told, apart]) == ("Talks open in Geneva. Both sides came.", "Talks open. Both sides came.")
