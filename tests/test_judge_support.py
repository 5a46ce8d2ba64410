"""A second look: what one finding says for the next."""

from __future__ import annotations

from dataclasses import replace

from conftest import make_claim

from detector.judge.support import add_support
from detector.records import Contrast, Finding, Pair, Relation, Signals, Topic

CLAIMS = [make_claim("Lena Ortiz opened the harbour line.", source=name, name=name) for name in ("aa", "bb", "cc")]
A, B, C = CLAIMS
TOPIC = [Topic("t1", "s1", "harbour line", (), tuple(claim.id for claim in CLAIMS))]
NEAR = Signals(names=Contrast("same"), entailment=0.5)


def make_finding(pair, relation=Relation.AGREE, kind="reworded"):
    return Finding("f1", "t1", pair, relation, kind, 0.9, NEAR, (), {"earlier": (), "later": ()}, "")


def pair_of(first, second, closeness=0.7):
    return Pair(first, second, "test", closeness)


def support(pair, signals, findings, topics=TOPIC):
    (found,) = add_support([pair], [signals], findings, topics)
    assert replace(found, support=None) == replace(signals, support=None)
    return found.support.outcome if found.support else None


AGREED = [make_finding(pair_of(A, B))]


def test_a_third_source_on_an_agreed_fact():
    assert support(pair_of(B, C), NEAR, AGREED) == "agreed"
    assert support(pair_of(A, C), NEAR, AGREED) == "agreed"


def test_support_wants_a_sign_of_agreement_of_the_pairs_own():
    bare = replace(NEAR, entailment=0.1)
    assert support(pair_of(B, C), bare, AGREED) is None
    assert support(pair_of(B, C), replace(bare, polarity=Contrast("both negative")), AGREED) == "agreed"


def test_the_agreement_of_the_pair_itself_is_no_support():
    assert support(pair_of(A, B), NEAR, AGREED) is None


def test_what_is_needed():
    assert support(pair_of(B, C), NEAR, []) is None
    assert support(pair_of(B, C, 0.4), NEAR, AGREED) is None
    assert support(pair_of(B, C), Signals(names=Contrast("shared")), AGREED) is None
    assert support(pair_of(B, C), Signals(), AGREED) is None
    assert support(pair_of(B, C), NEAR, AGREED, []) is None
    assert support(pair_of(B, C), NEAR, [make_finding(pair_of(A, B), Relation.DIFFER, "name")]) is None


def test_a_conflict_is_never_supported():
    for signals in (
        replace(NEAR, figures=Contrast("different")),
        replace(NEAR, polarity=Contrast("opposite")),
        replace(NEAR, dates=Contrast("different")),
        replace(NEAR, speaker=Contrast("dispute")),
    ):
        assert support(pair_of(B, C), signals, AGREED) is None


def test_a_further_count_beside_two_others():
    counted = [make_finding(pair_of(A, B), Relation.DIFFER, "scope")]
    scope = Signals(figures=Contrast("scope"))
    assert support(pair_of(B, C), scope, counted) == "counted"
    assert support(pair_of(B, C), Signals(figures=Contrast("other")), counted) is None
    assert support(pair_of(B, C, 0.3), scope, counted) is None
    assert support(pair_of(B, C), scope, []) is None
