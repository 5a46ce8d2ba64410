"""An editor's own topics: which claims are on each, how sure that is, and what is not forced in."""

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from detector.errors import DetectorError
from detector.group.named import OwnTopic, Wish, embed_wishes, fill_named, measure_wishes
from detector.group.phrases import Wording
from detector.read import read_articles
from detector.records import Claim, Facts, Name
from detector.split import list_views, split_claims

DATA = Path(__file__).parent / "data"
SEEDS = Path(__file__).parent.parent / "seeds"
NOISE = [0.30, 0.32, 0.34, 0.36, 0.38, 0.40, 0.42, 0.44]


def make_claim(number, lemmas=(), phrases=(), names=()):
    facts = Facts(lemmas=lemmas, phrases=phrases, names=names)
    return Claim(f"a-{number:03d}", "a", "A", " ".join(lemmas) or "nothing", "", 0, 1, facts=facts)


def fill(closeness, claims=None, texts=("river",)):
    claims = claims or [make_claim(i) for i in range(len(closeness))]
    topic = OwnTopic(texts, np.array(closeness, dtype=np.float32))
    return fill_named(Wording(claims), [topic], range(len(claims))).get(texts[0], {})


@pytest.mark.parametrize(
    ("closeness", "rows"),
    [
        ([*NOISE, 1.3, 1.2], [8, 9]),
        ([*NOISE, 0.9, 0.9], []),  # they stand out, but nothing in the story is close to the name
        ([*NOISE, 1.45], [8]),  # one claim alone is enough if it says it
        ([*NOISE, 1.3], []),
        ([*NOISE, 1.3, 1.2, 0.46], [8, 9]),
        ([1.5] * 8, list(range(8))),  # a story of this one subject: none stands out, all belong
        ([0.3] * 8, []),
        ([1.25, 1.3, 0.5], [0, 1]),  # too few claims for a spread
        ([1.5], [0]),
        ([0.9], []),
        ([], []),
    ],
)
def test_claims_that_stand_out_are_on_the_topic(closeness, rows):
    assert sorted(fill(closeness)) == rows


def test_the_closer_the_surer():
    sure = fill([*NOISE * 3, 0.60, 0.66, 1.1, 1.5])
    assert sorted(sure) == sorted(sure, key=lambda row: (sure[row], row))
    assert min(sure.values()) >= 0.5
    assert sure[27] >= 0.95


@pytest.mark.parametrize(
    ("texts", "lemmas", "names", "gain"),
    [
        (("river level",), ("river", "level"), (), 0.3),
        (("weather", "river level"), ("river", "level"), (), 0.3),
        (("level of the river",), ("river", "level"), (), 0.3),
        (("rivers",), ("river",), (), 0.3),
        (("US backstop",), ("backstop",), (Name("American", "US", "place", 0, 8, "US"),), None),
        (("bridge",), ("river",), (), 0.0),
    ],
)
def test_words_of_the_name_or_a_term_count(texts, lemmas, names, gain):
    claims = [make_claim(i) for i in range(7)] + [
        make_claim(7, lemmas, names=names),
        make_claim(8, names=(Name("US", "US", "place", 0, 2, "US"),)),
    ]
    with_words = fill([*NOISE[:7], 1.1, 1.1], claims, texts)
    assert (7 in with_words) == (gain is None or gain > 0.1)


def test_order_and_rows_do_not_matter():
    topics = [OwnTopic((name,), np.array([*NOISE, 1.3, 1.2], dtype=np.float32)) for name in ("b", "a")]
    claims = [make_claim(i) for i in range(10)]
    filled = fill_named(Wording(claims), topics, range(10))
    assert list(filled) == ["a", "b"]
    back = list(reversed(range(10)))
    turned = fill_named(Wording([claims[i] for i in back]), topics, back)
    assert {9 - row: sure for row, sure in turned["a"].items()} == filled["a"]


def test_a_topic_measured_for_other_claims_is_an_error():
    with pytest.raises(DetectorError, match="topic 'river' was measured for 2 claims"):
        fill([0.1, 0.2], [make_claim(i) for i in range(3)])


AXES = {"flood": 0, "high water": 0, "The town was under water.": 1, "the river": 2, "water masses": 0, "a horse": 3}


def embed(texts):
    rows = np.zeros((len(texts), 4), dtype=np.float32)
    rows[range(len(texts)), [AXES[text] for text in texts]] = 1.0
    return rows


def test_closeness_is_that_of_views_and_of_the_closest_phrase():
    wishes = embed_wishes({"flood": ["high water", "flood"]}, {"flood": ["The town was under water."]}, embed)
    assert [wish.texts for wish in wishes] == [("flood", "high water")]
    assert wishes[0].vectors.shape == (3, 4)
    claims = [make_claim(0, phrases=("the river", "water masses")), make_claim(1, phrases=("a horse",)), make_claim(2)]
    views = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], dtype=np.float32)
    (topic,) = measure_wishes(wishes, claims, views, [2, 1, 1], embed)
    # the first claim: one view says it, another is the example, and a phrase is one of the terms
    assert topic.closeness.tolist() == pytest.approx([2.0, 0.0, 0.0])


def test_a_phrase_that_is_like_one_of_two_terms_counts_less_than_one_for_each():
    wishes = embed_wishes({"flood": ["a horse"]}, {}, embed)
    claims = [make_claim(0, phrases=("water masses",)), make_claim(1, phrases=("water masses", "a horse"))]
    views = np.array([[0, 0, 1, 0], [0, 0, 1, 0]], dtype=np.float32)
    (topic,) = measure_wishes(wishes, claims, views, [1, 1], embed)
    assert topic.closeness.tolist() == pytest.approx([0.75, 1.0])


def test_nothing_to_measure():
    assert measure_wishes((), [make_claim(0)], np.ones((1, 4), dtype=np.float32), [1], embed) == ()
    (topic,) = measure_wishes([Wish(("flood",), embed(["flood"]))], [], np.ones((0, 4), dtype=np.float32), [], embed)
    assert topic.closeness.shape == (0,)


@pytest.fixture(scope="module")
def marks():
    lines = (DATA / "own_topics.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def topics():
    return tomllib.loads((DATA / "own_topics.toml").read_text(encoding="utf-8"))["topic"]


def test_the_marks_fit_the_topics_and_hold_text_of_the_seeds_alone(marks, topics):
    stories = {topic["name"]: topic["story"] for topic in topics}
    assert all(stories[name] == mark["story"] for mark in marks for name in mark["topics"])
    assert {mark["story"] for mark in marks if "text" in mark} == {"seeds"}
    assert sum(topic["use"] == "report" for topic in topics) >= 6
    assert set(stories) == {name for mark in marks for name in mark["topics"]}


def test_the_marked_claims_of_the_seeds_are_found(marks, topics, embedder):
    claims = [claim for claim in split_claims(read_articles([SEEDS])[0]) if claim.left_out is None]
    place = {(claim.article_id, claim.start, claim.end): i for i, claim in enumerate(claims)}
    views = [list_views(claim) for claim in claims]
    asked = [topic for topic in topics if topic["story"] == "seeds"]
    wishes = embed_wishes(
        {topic["name"]: topic["terms"] for topic in asked},
        {topic["name"]: topic["examples"] for topic in asked},
        embedder.embed,
    )
    flat = embedder.embed([text for texts in views for text in texts])
    own = measure_wishes(wishes, claims, flat, [len(texts) for texts in views], embedder.embed)
    filled = fill_named(Wording(claims), own, range(len(claims)))
    found = {(name, row) for name, rows in filled.items() for row in rows}
    marked = set()
    for mark in marks:
        if mark["story"] == "seeds":
            row = place[mark["article"], mark["start"], mark["end"]]
            assert claims[row].text == mark["text"]
            marked |= {(name, row) for name in mark["topics"]}
    assert len(found & marked) >= 0.7 * len(found)
    assert len(found & marked) >= 0.6 * len(marked)
