"""Disputes: two speakers of one article against each other, and two outlets that tell of one dispute."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import make_article, make_claim, make_pair

from detector.assemble import find_only_in
from detector.cards import build_cards
from detector.dating import resolve_claims
from detector.judge import judge_pairs
from detector.judge.forbidden import list_forbidden
from detector.judge.measure import measure_pair, oppose_each_other
from detector.judge.speakers import hold_one_dispute
from detector.judge.weigh import load_weights
from detector.pair import pair_speakers
from detector.rank import rank_findings
from detector.records import Pair, Relation
from detector.split import split_claims

OPPOSED = [
    "Residents said the factory polluted the river. The company denied that it polluted the river.",
    "The mayor said the bridge is safe. Engineer Tom Hale said the bridge is unsafe.",
    "Coach Maria Ruiz said the club will sell the striker. Agent Paul Meyer said the club will not sell the striker.",
    "The union said the workers accepted the offer. The company said the workers rejected the offer.",
    "Doctors say the new drug is vital. Regulators say the new drug is unnecessary.",
    "Kyiv says the missile hit the hospital. Moscow denied that its missile hit the hospital.",
    "The minister said the strike has ended. Union leader Ana Costa said the strike has not ended.",
    "The bank said it paid the fine. The regulator said the bank has not paid the fine.",
    "The airline said prices rose in May. The consumer group said prices fell in May.",
    "Police said the suspect fired a gun. His lawyer said the suspect did not fire a gun.",
    "The governor said the vaccine is essential. The hospital chief said there is no need for the vaccine.",
]
NOT_OPPOSED = [
    "The mayor said the bridge is safe. Engineer Tom Hale said the bridge is safe.",
    "The minister said the strike has ended. The minister said talks had not resumed.",
    "The union said the workers accepted the offer. The company said the mine will close in May.",
    "The coach said the striker is fit. The captain said the stadium was not full.",
    "Police said two people were hurt. Doctors said three people were hurt.",
    "The company denied that it polluted the river. The minister said the river is not polluted.",
    "Prices rose in May. The consumer group said prices fell in May.",
    "The mayor said the tunnel is open. The road office said the bridge is closed.",
    "The bank said it paid the fine. The bank said it has not paid the tax.",
    "Analysts said sales could rise. The firm said sales have not risen.",
]
ONE_DISPUTE = [
    ("Ukraine denies claims, promoted by Trump, that its forces are encircled in Kursk.",
     "Kyiv rejects Trump's claim that its troops are surrounded in Kursk."),
    ("The union rejected the company's statement that the plant would close.",
     "The company said the plant would close, but the union disputes that."),
    ("Residents said the dam was cracked, which the ministry denied.",
     "The ministry denied claims by residents that the dam was cracked."),
    ("The minister denied reports that she would resign.", "The minister rejected rumours that she would resign."),
    ("Police accused the driver of speeding, a charge he denies.",
     "The driver denies allegations by police that he was speeding."),
    ("The airline dismissed allegations from pilots that checks had been skipped.",
     "Allegations from pilots that checks had been skipped were denied by the airline."),
    ("Rebels say they hold the town, a claim denied by the army.",
     "The army denied claims by rebels that the town had fallen."),
]  # fmt: skip
OTHER_DISPUTES = [
    ("The union rejected the company's statement that the plant would close.",
     "The company rejected the union's claim that it broke the law."),
    ("The army denied claims by rebels that the town had fallen.",
     "The police denied claims by rebels that the town had fallen."),
    ("Beijing rejected Washington's accusation that it had hacked the network.",
     "Moscow rejected Washington's accusation that it had hacked the network."),
]  # fmt: skip
NEAR = 0.72


def pair_within(text, near=NEAR, source="Daily Planet"):
    article = make_article(text, day="2025-04-10", source=source)
    claims = resolve_claims([article], split_claims([article]))
    closeness = np.full((len(claims), len(claims)), near, dtype=np.float32)
    chosen = np.zeros(closeness.shape, dtype=np.int8)
    return article, claims, pair_speakers(claims, closeness, chosen, (), oppose_each_other)


def judge(pair):
    return judge_pairs([pair], [measure_pair(pair)], load_weights(), check_confidence=0.35)[0]


@pytest.mark.parametrize("text", OPPOSED)
def test_two_speakers_of_one_article_who_oppose_each_other_are_a_dispute(text):
    _, claims, (pair,) = pair_within(text)
    assert (pair.earlier, pair.later, pair.rule, pair.days) == (*claims, "two speakers", 0)
    (finding,) = judge(pair)
    assert (finding.relation, finding.kind) == (Relation.DIFFER, "disputed")
    assert ", as Daily Planet reports: " in finding.why


@pytest.mark.parametrize("text", NOT_OPPOSED)
def test_what_is_no_dispute_within_an_article(text):
    assert pair_within(text)[2] == ()


def test_sentences_far_apart_are_not_asked():
    assert pair_within(OPPOSED[1], near=0.2)[2] == ()


def test_at_most_five_a_story():
    text = " ".join(
        f"Mayor {name} said the bridge is {'safe' if place % 2 else 'unsafe'}."
        for place, name in enumerate(("Alda Ruiz", "Bo Hale", "Carla Meyer", "Dan Costa", "Eva Novak", "Finn Holm"))
    )
    assert len(pair_within(text)[2]) == 5  # of nine


def test_one_article_never_agrees_with_itself():
    article = make_article("The mayor said the bridge is safe. Engineer Tom Hale said the bridge is safe.")
    pair = Pair(*split_claims([article]), "two speakers", NEAR, days=0)
    assert list_forbidden(pair, measure_pair(pair)) == {Relation.AGREE, Relation.DEVELOP}
    assert all(finding.relation is Relation.DIFFER for finding in judge(pair))


def test_the_card_of_a_dispute_within_an_article_has_one_origin_and_both_sentences_stay_lone():
    article, claims, pairs = pair_within(OPPOSED[1])
    ranked = rank_findings(judge(pairs[0]), pairs, (article,))
    (card,) = build_cards(ranked, (article,), ())
    assert (card.kind, card.origins, [position.source for position in card.positions]) == (
        "disputed", 1, ["Daily Planet", "Daily Planet"],
    )  # fmt: skip
    assert [only.claim_id for only in find_only_in(claims, (), ranked, pairs)] == [claim.id for claim in claims]


@pytest.mark.parametrize(("first", "second"), ONE_DISPUTE)
def test_two_outlets_that_tell_of_one_dispute_agree(first, second):
    for pair in (make_pair(first, second), make_pair(second, first)):
        assert hold_one_dispute(pair)
        (finding,) = judge(pair)
        assert finding.relation is Relation.AGREE
        assert finding.why.startswith("Both tell of one dispute: denied by ")


@pytest.mark.parametrize(("first", "second"), OTHER_DISPUTES)
def test_two_disputes_are_no_agreement(first, second):
    pair = make_pair(first, second)
    assert not hold_one_dispute(pair)
    assert Relation.AGREE in list_forbidden(pair, measure_pair(pair))


def test_far_apart_the_same_parties_can_dispute_something_else():
    assert not hold_one_dispute(make_pair(*ONE_DISPUTE[1], closeness=0.3))
    assert not hold_one_dispute(make_pair(*ONE_DISPUTE[3], closeness=0.5))


def test_one_dispute_with_another_figure_still_differs():
    pair = make_pair(
        "The army denied claims by rebels that 40 soldiers had died.",
        "The army denied claims by rebels that 90 soldiers had died.",
    )
    assert hold_one_dispute(pair)
    assert [finding.kind for finding in judge(pair)] == ["number"]


def test_a_dispute_is_told_by_one_source_where_no_other_tells_of_a_denial():
    told = make_claim("The union rejected the firm's statement that the plant would close.", source="Alpha", name="a")
    plain = make_claim("The firm said the plant would close.", source="Beta", name="b")
    denial = make_claim("The union denied that the plant would close.", source="Gamma", name="c")
    beside = Pair(told, plain, "test", 0.8)
    assert [only.claim_id for only in find_only_in((told, plain), (), (), (beside,))] == [told.id]
    assert find_only_in((told, denial), (), (), (Pair(told, denial, "test", 0.8),)) == ()
