"""Need against no need, and readiness against hesitation: what opposes, what is only in tension, what is neither."""

from __future__ import annotations

import math

import numpy as np
import pytest
from conftest import make_claim, make_pair

from detector.judge import judge_pairs
from detector.judge.forbidden import forbids_agreement
from detector.judge.measure import measure_pair
from detector.judge.polarity import are_in_tension, speaks_of_will
from detector.judge.weigh import Weights
from detector.pair import pair_tensions
from detector.records import Relation

OPPOSED_NEEDS = [
    ("Doctors say the new drug is vital.", "Doctors say the new drug is unnecessary."),
    ("U.K. officials insist that the U.S. contribution is a necessary part of the coalition's efforts.",
     'Macron took a bolder line, saying the plan for the force would go ahead "with or without the U.S."'),
    ("The bridge cannot be rebuilt without federal money, the mayor said.",
     "The governor said the work could proceed even without federal money."),
    ('Club owners say the stadium is essential.', "The players' union says the stadium is not needed."),
    ("The mine depends on Chinese buyers.", "The mine can do without Chinese buyers, its owner said."),
    ("There can be no peace without the rebels, the envoy said.",
     "The president said the peace plan would go forward with or without the rebels."),
    ("Masks are no longer necessary, the ministry said.", "Masks remain essential, hospitals said."),
    ("Approval by Congress is required for the sale.", "The sale will be signed regardless of approval by Congress."),
    ("The airline said a second runway is crucial.", "There is no need for a second runway, residents said."),
    ("Farmers say the harvest relies on foreign workers.",
     "The minister said the harvest would succeed without foreign workers."),
]  # fmt: skip
NO_OPPOSED_NEEDS = [
    ("The French contribution is necessary, officials said.",
     "The plan would go ahead with or without the U.S. contribution."),
    ("France needs ammunition.", "Germany does not need ammunition."),
    ("The vaccine is essential for older people.", "The vaccine is not needed for children."),
    ("The police budget is vital, the mayor said.", "The police union is not needed, the mayor said."),
    ("The drug is vital.", "The subsidy is unnecessary."),
    ("The team won without its captain.", "The captain is vital for the team."),
    ("The walkers left without a map.", "A map is necessary."),
    ("The deal was signed without delay.", "A delay is necessary, he said."),
    ("Nobody believes that the runway is necessary.", "The runway is not needed."),
    ("If the vaccine is necessary, the state will pay.", "The vaccine is not needed."),
    ("The runway is not needed.", "A runway is unnecessary, residents said."),
]  # fmt: skip
TENSIONS = [
    ("At least 37 countries have been involved in the coalition's discussions, with 15 reportedly ready to contribute their troops.",
     "Capitals have however been hesitant to commit to deploying their troops to Ukraine."),
    ("Several states are ready to send doctors.", "Many states are reluctant to send doctors."),
    ("Some hospitals offered to share vaccines.", "Hospitals have been unwilling to share vaccines."),
    ("Banks pledged to provide loans to the farmers.", "Lenders are loath to give loans to farmers."),
    ("Airlines said they were prepared to supply planes.", "Carriers have been hesitant to provide planes."),
    ("Donors are eager to send tents.", "Governments hesitate to supply tents."),
    ("Some landlords are willing to accept refugees.", "Landlords are reluctant to accept refugees."),
    ("Cities are keen to host the games.", "Cities are unwilling to host the games."),
    ("Some unions are ready to accept the offer.", "Unions are not ready to accept the offer."),
]  # fmt: skip
NO_TENSIONS = [
    ("Germany is ready to send tanks.", "France is reluctant to send tanks."),
    ("Several states are ready to send doctors.", "Many states are reluctant to send weapons."),
    ("Several states are ready to send doctors.", "Most states are willing to send doctors."),
    ("Several states have sent doctors.", "Many states have not sent doctors."),
    ("Some players are ready to train.", "Some players are unwilling to sign."),
    ("Hospitals are ready to treat patients.", "Hospitals hesitate to hire nurses."),
    ("The bank pledged loans.", "The bank provided loans."),
    ("Shops are ready to open doors.", "Shops shut their doors."),
    ("Voters are ready to punish the party.", "The party hesitates to call an election."),
    ("Scientists are eager to study the rock.", "Scientists have not studied the rock."),
]  # fmt: skip
SURELY_UNRELATED = Weights({"agree": 0.0, "differ": math.log(0.01), "develop": math.log(0.01), "unrelated": 3.0}, {})


def find_polarity(a, b):
    polarity = measure_pair(make_pair(a, b)).polarity
    return polarity.outcome if polarity else ""


@pytest.mark.parametrize(("first", "second"), OPPOSED_NEEDS)
def test_needed_and_not_needed_are_opposites(first, second):
    assert {find_polarity(first, second), find_polarity(second, first)} == {"opposite"}


@pytest.mark.parametrize(("first", "second"), NO_OPPOSED_NEEDS)
def test_needs_of_two_matters_are_no_opposites(first, second):
    assert "opposite" not in {find_polarity(first, second), find_polarity(second, first)}


def test_one_need_in_other_words_is_the_same():
    assert (
        find_polarity("The new bridge is essential, the mayor said.", "The island depends on the new bridge.") == "same"
    )


@pytest.mark.parametrize(("first", "second"), TENSIONS)
def test_some_ready_and_others_hesitant_are_in_tension(first, second):
    assert {find_polarity(first, second), find_polarity(second, first)} == {"tension"}


@pytest.mark.parametrize(("first", "second"), NO_TENSIONS)
def test_what_is_no_tension(first, second):
    assert "tension" not in {find_polarity(first, second), find_polarity(second, first)}


def test_one_who_is_ready_and_reluctant_is_a_contradiction():
    assert find_polarity("Germany is ready to send tanks.", "Germany is reluctant to send tanks.") == "opposite"
    assert (
        find_polarity("The company is ready to pay the fine.", "The company is reluctant to pay the fine.")
        == "opposite"
    )


@pytest.mark.parametrize(("first", "second"), TENSIONS[:4])
def test_a_tension_is_never_agreement_and_left_to_a_person(first, second):
    pair = make_pair(first, second)
    measured = measure_pair(pair)
    assert forbids_agreement(pair, measured)
    (finding,), _ = judge_pairs([pair], [measured], SURELY_UNRELATED, check_confidence=0.35)
    assert (finding.relation, finding.kind, finding.check) == (Relation.DIFFER, "polarity", True)
    assert finding.why.startswith("Perhaps: Some are ready for what others hesitate to do: Alpha has “")
    assert finding.confidence < 0.5


def test_without_a_band_to_check_a_tension_is_not_forced():
    pair = make_pair(*TENSIONS[1])
    assert judge_pairs([pair], [measure_pair(pair)], SURELY_UNRELATED)[0] == ()


def test_tensions_are_proposed_however_far_apart_and_only_once():
    texts = (*TENSIONS[1], "Several states are ready to send tents.", "The mayor resigned.")
    claims = [make_claim(text, source=f"s{i}", name=f"n{i}") for i, text in enumerate(texts)]
    closeness = np.full((4, 4), 0.1, dtype=np.float32)
    published = {claim.article_id: None for claim in claims}

    def propose(known):
        chosen = np.zeros((4, 4), dtype=np.int8)
        return pair_tensions(claims, closeness, chosen, (), published, known, speaks_of_will, are_in_tension)

    (pair,) = propose(())
    assert (pair.earlier, pair.later, pair.rule, pair.days) == (claims[0], claims[1], "ready and hesitant", None)
    assert propose((pair,)) == ()
