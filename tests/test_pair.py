"""Candidate rules, order in time, the cap."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from conftest import make_claim

from detector.pair import RULES, measure_closeness, pair_claims
from detector.records import Topic


def unit(*rows):
    matrix = np.array(rows, dtype=np.float32)
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


def at(cosine):
    """Two vectors with the given cosine."""
    return unit([1.0, 0.0], [cosine, float(np.sqrt(1 - cosine**2))])


def pair_two(a, b, cosine, topics=()):
    claims = [make_claim(a, source="Alpha", name="aa"), make_claim(b, source="Beta", name="bb")]
    return pair_claims(
        claims, *measure_closeness(at(cosine), [1, 1]), topics, {"aa": date(2025, 4, 10), "bb": date(2025, 4, 11)}
    )


@pytest.mark.parametrize(
    ("a", "b", "cosine", "rule"),
    [
        ("The dam broke at noon.", "The dam broke at noon.", 0.99, "same words"),
        ("The dam broke at noon.", "Water rushed out of the lake.", 0.6, "close"),
        ("At least 37 countries took part.", "Around 50 nations are invited.", 0.3, "same thing counted"),
        ("Ida Holm resigned.", "The coalition lost Ida Holm.", 0.4, "rare name"),
        ("The dam broke at noon.", "Shares fell sharply.", 0.1, None),
        ("The dam broke at noon.", "Shares fell sharply.", 0.45, "nearest"),
    ],
)
def test_rules(a, b, cosine, rule):
    pairs = pair_two(a, b, cosine)
    assert [pair.rule for pair in pairs] == ([rule] if rule else [])


def test_an_editors_topic_opens_the_door():
    topics = [Topic("t1", "s1", "water", (), ("aa-000", "bb-000"), named=True)]
    (pair,) = pair_two("The dam broke at noon.", "Shares fell sharply.", 0.1, topics)
    assert (pair.rule, pair.topic_id) == ("editor's topic", "t1")


def test_order_is_time_not_input():
    claims = [make_claim("The dam broke at noon.", name="zz"), make_claim("The dam broke today.", name="bb")]
    order = {"zz": date(2025, 1, 1), "bb": date(2025, 1, 2)}
    for rows in ([0, 1], [1, 0]):
        (pair,) = pair_claims([claims[i] for i in rows], *measure_closeness(at(0.9)[rows], [1, 1]), (), order)
        assert (pair.earlier.article_id, pair.later.article_id) == ("zz", "bb")


def test_one_article_pairs_with_nothing():
    claims = [make_claim("The dam broke at noon.", name="aa"), make_claim("The dam broke at one.", name="aa")]
    assert pair_claims(claims, *measure_closeness(at(0.9), [1, 1]), (), {"aa": None}) == ()


def test_cap_keeps_the_closest():
    texts = [f"The dam at lake number {i} broke at noon." for i in range(6)]
    claims = [make_claim(texts[0], name="aa")] + [make_claim(text, name="bb") for text in texts[1:]]
    claims = [
        c if c.article_id == "aa" else type(c)(**{**{f: getattr(c, f) for f in c.__slots__}, "id": f"bb-{i:03d}"})
        for i, c in enumerate(claims)
    ]
    vectors = unit([1, 0, 0], *[[1, 0.1 * i, 0] for i in range(1, 6)])
    pairs = pair_claims(claims, *measure_closeness(vectors, [1] * 6), (), {"aa": None, "bb": None}, top_k=2)
    # A pair stays if either side keeps it; each of the five has only the one partner.
    assert len(pairs) == 5
    assert {pair.rule for pair in pairs} <= set(RULES)


def test_closeness_is_the_greatest_over_views():
    vectors = unit([1, 0], [0, 1], [0.6, 0.8])
    matrix, chosen = measure_closeness(vectors, [2, 1])
    assert matrix.shape == (2, 2)
    assert matrix[0, 1] == pytest.approx(0.8)
    assert matrix[1, 0] == pytest.approx(0.8)
    assert chosen[0, 1] == 1
    assert chosen[1, 0] == 0
