"""Two levels for a long story, and the order of its topics."""

import numpy as np
import pytest

from detector.group import add_aspects, group_claims, order_topics
from detector.records import Claim, Facts, Finding, Pair, Relation, Signals, Story, Topic

WIDE = 32
STORY = Story("story-1", "The flood", ("a", "b", "c"))

# aspect -> the facts that are told of it
FACTS = {
    "dam": ("spillway gate", "turbine hall", "concrete wall", "reservoir level", "inspection gallery"),
    "road": ("bridge closure", "bus detour", "asphalt repair", "tunnel pump", "toll waiver"),
    "school": ("exam hall", "gym shelter", "teacher rota", "lunch delivery", "roof tiles"),
}


def make_claim(number: int, article: str, phrase: str, *more: str) -> Claim:
    facts = Facts(phrases=(phrase, *more), lemmas=tuple(word for text in (phrase, *more) for word in text.split()))
    return Claim(f"{article}-{number:03d}", article, article, f"The {phrase} and {more}.", "", 0, 1, facts=facts)


def make_story(facts: int = 5) -> tuple[list[Claim], np.ndarray]:
    """Eighteen claims of three sources on each fact; each vector leans to the story, its aspect and its fact."""
    rng = np.random.default_rng(5)
    claims, rows = [], []
    for place, (aspect, phrases) in enumerate(FACTS.items()):
        for which, phrase in enumerate(phrases[:facts]):
            for copy in range(18):
                number = 100 * place + 20 * which + copy
                claims.append(make_claim(number, "abc"[copy % 3], phrase, f"{aspect} works"))
                row = 0.1 * rng.normal(size=WIDE)
                row[0] += 1.0
                row[1 + place] += 0.7
                row[5 + 5 * place + which] += 1.0
                rows.append(row)
    matrix = np.array(rows, dtype=np.float32)
    return claims, matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


def make_topic(label: str, claims: str, *, named: bool = False, parent: str = "") -> Topic:
    return Topic(label, STORY.id, label, (), tuple(claims.split()), named, (), parent)


def make_finding(topic: str, relation: Relation) -> Finding:
    first, second = make_claim(1, "a", "x"), make_claim(2, "b", "x")
    pair = Pair(first, second, "close", 0.5)
    return Finding(f"{topic}-{relation}", topic, pair, relation, "", 0.9, Signals(), (), {}, "")


def test_a_long_story_has_aspects_over_its_topics():
    claims, vectors = make_story()
    topics = group_claims(STORY, claims, vectors)
    assert len(topics) > 12
    arranged = order_topics(add_aspects(STORY, claims, vectors, topics), claims)
    aspects = [topic for topic in arranged if topic not in topics and any(one.parent == topic.id for one in arranged)]
    assert {topic.label for topic in aspects} == {f"{name} works" for name in FACTS}
    for aspect in aspects:
        parts = [topic for topic in arranged if topic.parent == aspect.id]
        assert set(aspect.claim_ids) == {one for part in parts for one in part.claim_ids}
        assert len(aspect.strength) == len(aspect.claim_ids)
        start = arranged.index(aspect)
        assert list(arranged[start + 1 : start + 1 + len(parts)]) == parts
        assert {part.label for part in parts} <= set(FACTS[aspect.label.split()[0]])
        assert not aspect.parent


def test_a_short_story_stays_flat_and_an_editors_topic_at_the_top():
    claims, vectors = make_story(facts=2)
    topics = group_claims(STORY, claims, vectors)
    assert add_aspects(STORY, claims, vectors, topics) == topics
    claims, vectors = make_story()
    own = make_topic("own", claims[0].id, named=True)
    arranged = add_aspects(STORY, claims, vectors, (own, *group_claims(STORY, claims, vectors)))
    assert own in arranged
    assert order_topics(arranged, claims)[0] == own


def test_neither_aspects_nor_order_depend_on_the_order_of_the_input():
    claims, vectors = make_story()
    topics = group_claims(STORY, claims, vectors)
    wanted = order_topics(add_aspects(STORY, claims, vectors, topics), claims)
    order = np.random.default_rng(2).permutation(len(claims))
    mixed = [claims[i] for i in order]
    arranged = add_aspects(STORY, mixed, vectors[order], topics[::-1])
    assert order_topics(arranged[::-1], mixed) == wanted


CLAIMS = [make_claim(i, article, "x") for article in "abc" for i in range(4)]
ORDERS = [
    ("sources come first", [("two", "a-000 a-001 a-002 b-000"), ("three", "a-000 b-000 c-000")], "", ["three", "two"]),
    ("then claims", [("few", "a-000 b-000"), ("many", "a-001 b-001 b-002")], "", ["many", "few"]),
    ("and conflict", [("few", "a-000 b-000"), ("many", "a-001 b-001 b-002")], "few", ["few", "many"]),
    ("then the label", [("north", "a-000 b-000"), ("east", "a-001 b-001")], "", ["east", "north"]),
]


@pytest.mark.parametrize(("topics", "conflict", "wanted"), [case[1:] for case in ORDERS], ids=[c[0] for c in ORDERS])
def test_order(topics, conflict, wanted):
    findings = [make_finding(conflict, Relation.DIFFER)] if conflict else []
    made = [make_topic(label, claims) for label, claims in topics]
    assert [topic.label for topic in order_topics(made, CLAIMS, findings)] == wanted
    agreed = [make_finding(topic.label, Relation.AGREE) for topic in made[:1]]
    assert order_topics(made, CLAIMS, agreed) == order_topics(made, CLAIMS)


def test_an_aspect_counts_the_differences_of_its_parts():
    made = [
        make_topic("calm", "a-000 b-000 b-001"),
        make_topic("aspect", "a-002 b-002"),
        make_topic("part", "a-002 b-002", parent="aspect"),
    ]
    labels = [topic.label for topic in order_topics(made, CLAIMS, [make_finding("part", Relation.DIFFER)])]
    assert labels == ["aspect", "part", "calm"]
