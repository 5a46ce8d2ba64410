"""Scores, rules, order in time, the cap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from conftest import make_claim

from detector.pair import measure_closeness, pair_claims
from detector.pair.choose import choose_pairs
from detector.pair.score import score_pairs, sum_signals
from detector.pair.shared import order_in_time
from detector.pair.terms import weigh_terms
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
        ("The dam broke at noon.", "Water rushed out of the lake.", 0.75, "close"),
        ("The dam broke at noon.", "At lunchtime the dam gave way.", 0.45, "rare words"),
        ("At least 37 countries took part.", "Around 50 nations are invited.", 0.45, "same thing counted"),
        ("The city paid $40 million.", "A loan of $40 million is due.", 0.3, "rare words"),
        ("Ida Holm resigned.", "The coalition lost Holm.", 0.3, "rare words"),
        ("The dam broke at noon.", "Shares fell sharply.", 0.1, None),
        ("The dam broke at noon.", "Shares fell sharply.", 0.35, None),
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


SCORE = np.array([[0, 0.9, 0.8], [0.9, 0, 0.7], [0.8, 0.7, 0]], dtype=np.float32)
CLOSENESS = np.array([[0, 0.3, 0.2], [0.3, 0, 0.45], [0.2, 0.45, 0]], dtype=np.float32)


@pytest.mark.parametrize(
    ("limit", "own", "gate", "kept", "nearest"),
    [
        (2, 0, 0.5, [(0, 1), (0, 2), (1, 2)], []),
        (2, 0, 0.75, [(0, 1), (0, 2)], []),
        (1, 0, 0.5, [(0, 1), (1, 2)], [(1, 2)]),  # claim 2 is left alone and takes its nearest
        (1, 1, 0.5, [(0, 1), (1, 2)], []),  # it keeps its closest
        (1, 0, 0.95, [(1, 2)], [(1, 2)]),  # nothing passes, and claim 0 is near to none
    ],
)
def test_cap_keeps_the_likeliest_and_a_few_for_every_claim(limit, own, gate, kept, nearest):
    apart = ~np.eye(3, dtype=bool)
    rows, columns, stamped = choose_pairs(SCORE, CLOSENESS, apart, None, gate=gate, limit=limit, own=own)
    pairs = list(zip(rows.tolist(), columns.tolist(), strict=True))
    assert pairs == kept
    assert [pair for pair, near in zip(pairs, stamped["nearest"], strict=True) if near] == nearest


def test_neighbours_bring_two_sentences_together_that_share_little():
    # Claim 0 and claim 1 are both close to claims 2 to 11, and not to each other; claim 12 is close to none.
    cosine = np.full((13, 13), 0.1, dtype=np.float32)
    cosine[:2, 2:12] = cosine[2:12, :2] = 0.95
    direct = 12 * cosine - 6
    score = score_pairs(direct)
    assert direct[0, 1] == direct[0, 12]
    assert score[0, 1] > score[0, 12] + 0.1


def test_names_and_figures_count_beside_closeness():
    plain = make_claim("The firm made a loss.", name="aa"), make_claim("Shares fell on Monday.", name="bb")
    named = make_claim("Ida Holm made a loss.", name="aa"), make_claim("Shares of Holm fell.", name="bb")
    valued = make_claim("It made a loss of $3 million.", name="aa"), make_claim("Tax of $3 million is due.", name="bb")
    alone, name, value = (
        float(sum_signals(np.full((2, 2), 0.4, np.float32), weigh_terms(two))[0, 1]) for two in (plain, named, valued)
    )
    assert name > alone + 1
    assert value > alone + 1


def test_input_order_changes_nothing():
    texts = ["The dam broke at noon.", "At noon the dam broke.", "The dam gave way.", "A dam broke.", "Water ran."]
    claims = [make_claim(text, name=name) for text, name in zip(texts, "abcde", strict=True)]
    vectors = unit(*np.random.default_rng(0).normal(size=(5, 4)).tolist())
    published = dict.fromkeys("abcde")
    found = {
        tuple(
            (pair.earlier.id, pair.later.id, pair.rule)
            for pair in pair_claims(
                [claims[i] for i in rows], *measure_closeness(vectors[rows], [1] * 5), (), published, top_k=1
            )
        )
        for rows in ([0, 1, 2, 3, 4], [4, 2, 0, 1, 3])
    }
    assert len(found) == 1


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_claims_pair_with_nothing(count):
    claims = [make_claim("The dam broke at noon.", name="aa")][:count]
    closeness, chosen = measure_closeness(unit([1.0, 0.0])[:count], [1] * count)
    assert pair_claims(claims, closeness, chosen, (), {"aa": None}) == ()


def test_many_copies_of_one_sentence_stay_within_the_cap():
    claim = make_claim("The dam broke at noon.", name="aa")
    claims = [replace(claim, id=f"a{i:03d}-000", article_id=f"a{i:03d}") for i in range(300)]
    vectors = np.ones((300, 1), dtype=np.float32)
    published = dict.fromkeys(copy.article_id for copy in claims)
    pairs = pair_claims(claims, *measure_closeness(vectors, [1] * 300), (), published, top_k=10)
    assert 300 * 10 / 2 <= len(pairs) <= 300 * (10 / 2 + 3)


def test_closeness_in_blocks_is_closeness_in_one():
    vectors = unit(*np.random.default_rng(1).normal(size=(700, 8)).tolist())
    views = [3, 1, 2, 1] * 100
    matrix, chosen = measure_closeness(vectors, views)
    starts = np.cumsum([0, *views])
    cosine = vectors @ vectors.T
    for i, j in ((0, 399), (399, 0), (251, 17), (300, 301)):
        block = cosine[starts[i] : starts[i + 1], starts[j] : starts[j + 1]]
        assert matrix[i, j] == pytest.approx(block.max(), abs=1e-5)
        assert chosen[i, j] == block.max(axis=1).argmax()


def test_closeness_is_the_greatest_over_views():
    vectors = unit([1, 0], [0, 1], [0.6, 0.8])
    matrix, chosen = measure_closeness(vectors, [2, 1])
    assert matrix.shape == (2, 2)
    assert matrix[0, 1] == pytest.approx(0.8)
    assert matrix[1, 0] == pytest.approx(0.8)
    assert chosen[0, 1] == 1
    assert chosen[1, 0] == 0


def test_of_views_as_good_as_equal_the_earlier_one_is_named():
    vectors = unit([1, 0], [0.999999, 0.001], [0, 1], [1, 0.00001])
    chosen = measure_closeness(vectors, [3, 1])[1]
    assert chosen[0, 1] == 0


def test_no_claims_have_no_closeness():
    matrix, chosen = measure_closeness(np.zeros((0, 3), dtype=np.float32), [])
    assert matrix.shape == chosen.shape == (0, 0)


def test_articles_of_one_day_or_none_are_in_order_of_the_claims_ids():
    claims = [make_claim(f"The dam broke at {hour}.", source=hour, name=hour) for hour in ("noon", "dawn", "dusk")]
    days = dict(zip((claim.article_id for claim in claims), (date(2025, 4, 10), None, date(2025, 4, 12)), strict=True))
    for ends in ((0, 1), (1, 0)):
        assert order_in_time(claims, *ends, days) == (0, 1, None)  # the undated one comes last
    for ends in ((0, 2), (2, 0)):
        assert order_in_time(claims, *ends, days) == (0, 2, 2)
    same = dict.fromkeys(days, date(2025, 4, 10))
    first, second = sorted((0, 1), key=lambda place: claims[place].id)
    assert order_in_time(claims, 0, 1, same) == order_in_time(claims, 1, 0, same) == (first, second, 0)
