"""Topics: what the claims of one story speak of, in whatever order they come, and an editor's own topics."""

import numpy as np
import pytest

from detector.errors import DetectorError
from detector.group import OwnTopic, group_claims
from detector.records import Claim, Facts, Name, Story

WIDE = 24
STORY = Story("story-1", "The bridge", ("a", "b", "c"))

# subject -> (sentence of a, of b, of c), each a noun phrase and its words
SUBJECTS = {
    "toll": ("death toll", ("death", "toll", "rise", "collapse")),
    "inquiry": ("public inquiry", ("public", "inquiry", "order", "parliament")),
    "repairs": ("emergency repairs", ("emergency", "repair", "begin", "engineer")),
    "ferry": ("ferry service", ("ferry", "service", "run", "extra")),
    "cost": ("rebuilding cost", ("rebuilding", "cost", "estimate", "budget")),
}


def make_claim(number: int, article: str, subject: str, *, left_out: str | None = None) -> Claim:
    phrase, words = SUBJECTS[subject]
    facts = Facts(phrases=(phrase, "bridge"), lemmas=(*words, "bridge"))
    text = f"On the bridge the {phrase} was news {number}."
    return Claim(
        f"{article}-{number:03d}", article, f"source {article}", text, "", 0, 1, facts=facts, left_out=left_out
    )


def ask(name: str, rows: np.ndarray, vectors: np.ndarray) -> OwnTopic:
    """An editor's topic whose name has these vectors, measured for the claims with those."""
    return OwnTopic((name,), 1.5 * (vectors @ rows.T).max(axis=1))


def make_story(copies: int = 2) -> tuple[list[Claim], np.ndarray]:
    """Claims of three sources on five subjects; vectors share the story's direction and have one for each subject."""
    rng = np.random.default_rng(3)
    claims, rows = [], []
    for place, subject in enumerate(SUBJECTS):
        for article in "abc":
            for copy in range(copies):
                claims.append(make_claim(10 * place + copy, article, subject))
                row = 0.15 * rng.normal(size=WIDE)
                row[0] += 1.0
                row[place + 1] += 1.0
                rows.append(row)
    matrix = np.array(rows, dtype=np.float32)
    return claims, matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


def test_claims_of_one_subject_are_one_topic_with_its_phrase_as_label():
    claims, vectors = make_story()
    topics = group_claims(STORY, claims, vectors)
    assert {topic.label for topic in topics} == {phrase for phrase, _ in SUBJECTS.values()}
    for topic in topics:
        texts = {claim.text.split(" was ")[0] for claim in claims if claim.id in topic.claim_ids}
        assert texts == {f"On the bridge the {topic.label}"}
        assert len(topic.claim_ids) == len(topic.strength) == 6
        assert all(0.0 <= value <= 1.0 for value in topic.strength)
        assert topic.claim_ids == tuple(sorted(topic.claim_ids))
        assert "bridge" not in topic.terms
        assert topic.story_id == STORY.id
        assert not topic.named


def test_the_order_of_the_input_does_not_matter():
    claims, vectors = make_story()
    order = np.random.default_rng(1).permutation(len(claims))
    names = {"money": vectors[-1:], "boats": vectors[18:19]}
    named = [ask(name, rows, vectors) for name, rows in names.items()]
    swapped = [ask(name, rows, vectors[order]) for name, rows in reversed(names.items())]
    wanted = group_claims(STORY, claims, vectors, named=named)
    assert group_claims(STORY, [claims[i] for i in order], vectors[order], named=swapped) == wanted


def test_topics_come_by_number_of_sources_then_claims():
    claims, vectors = make_story()
    keep = [i for i, c in enumerate(claims) if not ("ferry" in c.text and c.article_id != "a")]
    topics = group_claims(STORY, [claims[i] for i in keep], vectors[keep])
    source = {claim.id: claim.source for claim in claims}
    sizes = [(len({source[i] for i in topic.claim_ids}), len(topic.claim_ids)) for topic in topics]
    assert sizes == sorted(sizes, reverse=True)


def test_claims_left_out_and_claims_of_other_stories_stay_out():
    claims, vectors = make_story()
    headline = make_claim(90, "a", "toll", left_out="headline")
    foreign = make_claim(91, "z", "toll")
    topics = group_claims(STORY, [*claims, headline, foreign], np.vstack([vectors, vectors[:1], vectors[:1]]))
    assert topics == group_claims(STORY, claims, vectors)


def test_a_claim_that_fits_nowhere_is_in_no_topic():
    claims, vectors = make_story()
    odd = Claim(
        "b-999", "b", "source b", "Chess is old.", "", 0, 1, facts=Facts(phrases=("chess",), lemmas=("chess", "old"))
    )
    row = np.zeros((1, WIDE), dtype=np.float32)
    row[0, -1] = 1.0
    topics = group_claims(STORY, [*claims, odd], np.vstack([vectors, row]))
    assert all("b-999" not in topic.claim_ids for topic in topics)
    assert all(len(topic.claim_ids) > 1 for topic in topics)


def test_a_claim_on_two_subjects_is_in_both_topics():
    claims, vectors = make_story()
    both = Facts(
        phrases=("death toll", "public inquiry"), lemmas=(*SUBJECTS["toll"][1], *SUBJECTS["inquiry"][1], "bridge")
    )
    claim = Claim("c-500", "c", "source c", "The death toll led to a public inquiry.", "", 0, 1, facts=both)
    row = vectors[:12].mean(axis=0)
    topics = group_claims(STORY, [*claims, claim], np.vstack([vectors, row / np.linalg.norm(row)]))
    assert {topic.label for topic in topics if "c-500" in topic.claim_ids} == {"death toll", "public inquiry"}


def test_named_topics_are_filled_first_and_nothing_is_forced_in():
    claims, vectors = make_story()
    ferry = [i for i, claim in enumerate(claims) if "ferry" in claim.text]
    spread = np.linspace(0.0, 0.1, len(claims), dtype=np.float32)
    boats = spread.copy()
    boats[ferry] += 1.3
    named = [OwnTopic(("Boats",), boats), OwnTopic(("Weather",), spread)]
    topics = group_claims(STORY, claims, vectors, named=named)
    assert (topics[0].label, topics[0].named) == ("Boats", True)
    assert topics[0].claim_ids == tuple(sorted(claims[i].id for i in ferry))
    assert [topic.label for topic in topics if topic.named] == ["Boats"]
    assert all(not set(topic.claim_ids) & set(topics[0].claim_ids) for topic in topics[1:])
    assert {topic.label for topic in topics[1:]} == {p for p, _ in SUBJECTS.values()} - {"ferry service"}


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_claims_do_not_fail(count):
    claims, vectors = make_story()
    pick = [0, 6, 12][:count]
    topics = group_claims(STORY, [claims[i] for i in pick], vectors[pick])
    assert all(len(topic.claim_ids) > 1 for topic in topics)


def test_identical_articles_put_each_claim_with_its_copies():
    claims, vectors = make_story(copies=1)
    first = [i for i, claim in enumerate(claims) if claim.article_id == "a"]
    copies = [
        Claim(f"{article}-{i:03d}", article, f"source {article}", claims[i].text, "", 0, 1, facts=claims[i].facts)
        for article in "abc"
        for i in first
    ]
    topics = group_claims(STORY, copies, np.vstack([vectors[first]] * 3))
    assert sorted(len(topic.claim_ids) for topic in topics) == [3] * 5


def test_one_claim_printed_by_three_sources_is_a_topic():
    claims = [make_claim(1, article, "toll") for article in "abc"]
    vectors = np.repeat(make_story()[1][:1], 3, axis=0)
    (topic,) = group_claims(STORY, claims, vectors)
    assert topic.label == "death toll"
    assert len(topic.claim_ids) == 3


def test_one_article_alone_has_topics():
    claims, vectors = make_story(copies=3)
    alone = [i for i, claim in enumerate(claims) if claim.article_id == "a"]
    topics = group_claims(Story("s", "t", ("a",)), [claims[i] for i in alone], vectors[alone])
    assert {topic.label for topic in topics} == {phrase for phrase, _ in SUBJECTS.values()}


def test_no_topic_swallows_a_third():
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(120, 8)).astype(np.float32)
    vectors[:80, 0] += 4.0
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    claims = [
        Claim(f"a-{i:03d}", "abc"[i % 3], "abc"[i % 3], f"Word{i} moves.", "", 0, 1, facts=Facts(lemmas=(f"word{i}",)))
        for i in range(120)
    ]
    topics = group_claims(STORY, claims, vectors)
    assert topics
    assert max(len(topic.claim_ids) for topic in topics) <= 60


def test_a_word_scattered_over_topics_makes_one_of_its_own():
    claims, vectors = make_story(copies=3)
    spread = []
    for place, i in enumerate((0, 12, 24, 30)):  # one claim of four subjects and three sources also speaks of steel
        c = claims[i]
        start = c.text.index("the")
        facts = Facts(
            names=(Name("French", "FR", "place", 0, 6, "FR"),),
            phrases=(*c.facts.phrases, "steel"),
            lemmas=(*c.facts.lemmas, "steel"),
        )
        text = f"French steel {c.text[start:]}"
        spread.append(
            Claim(f"{'abca'[place]}-7{i:02d}", "abca"[place], f"source {'abca'[place]}", text, "", 0, 1, facts=facts)
        )
    rows = vectors[[0, 12, 24, 30]].copy()
    rows[:, 10] += 0.8
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    topics = group_claims(STORY, [*claims, *spread], np.vstack([vectors, rows]))
    threads = [topic for topic in topics if "steel" in topic.label]
    assert [topic.label for topic in threads] == ["French steel"]
    assert set(threads[0].claim_ids) == {claim.id for claim in spread}


def test_wrong_input_is_told():
    claims, vectors = make_story()
    with pytest.raises(DetectorError, match="30 claims but 29 vectors"):
        group_claims(STORY, claims, vectors[:-1])
    with pytest.raises(DetectorError, match="measured for 3 claims"):
        group_claims(STORY, claims, vectors, named=[OwnTopic(("ferry",), np.ones(3, dtype=np.float32))])


def test_with_an_embedder_labels_hold_in_any_order():
    claims, vectors = make_story()
    place = {phrase: row for row, (phrase, _) in enumerate(SUBJECTS.values())}

    def embed(texts):
        rows = np.zeros((len(texts), WIDE), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[place[text] + 1 if text in place else WIDE - 1] = 1.0
        return rows

    topics = group_claims(STORY, claims, vectors, embed=embed)
    assert {topic.label for topic in topics} == set(place)
    order = np.random.default_rng(1).permutation(len(claims))
    assert group_claims(STORY, [claims[i] for i in order], vectors[order], embed=embed) == topics
