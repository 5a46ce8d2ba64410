# ruff: noqa: E501 - sentences of news are long
"""The known pitfalls of comparing news claims (docs/judgement.md), each with pairs that are judged whole and both ways round."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import make_article, make_claim, make_pair

from detector.records import Relation

AGREE, DIFFER, DEVELOP, UNRELATED = Relation.AGREE, Relation.DIFFER, Relation.DEVELOP, Relation.UNRELATED
MONDAY, THURSDAY = "2025-04-07", "2025-04-10"

# name of the pitfall -> (first, second), the days of both reports, and what may be said of them
PITFALLS = {
    "exchanged parts are no agreement": (
        [
            ("Norvale beat Castrel 2-1 in the final on Sunday.", "Castrel beat Norvale 2-1 in the final on Sunday."),
            ("The bank sued the brewery over the lease.", "The brewery sued the bank over the lease."),
            ("General Oduya accused Minister Farrell of lying.", "Minister Farrell accused General Oduya of lying."),
            ("Kestrel Foods bought Marlin Group last week.", "Marlin Group bought Kestrel Foods last week."),
        ],
        (THURSDAY, THURSDAY),
        {DIFFER},
    ),
    "one changed word in a long sentence is no agreement": (
        [
            (
                "After nine hours of debate the council of Fennick voted on Tuesday night to extend the tram to the harbour, the mayor said.",
                "After nine hours of debate the council of Fennick voted on Tuesday night not to extend the tram to the harbour, the mayor said.",
            ),
            (
                "The ferry Halcyon left the port of Tessaly with 143 people aboard on Friday evening in calm weather, the harbour office said.",
                "The ferry Halcyon left the port of Tessaly with 413 people aboard on Friday evening in calm weather, the harbour office said.",
            ),
            (
                "All twelve miners trapped in the pit at Brenholt since Monday were found alive by rescuers on Wednesday morning, officials said.",
                "All twelve miners trapped in the pit at Brenholt since Monday were found dead by rescuers on Wednesday morning, officials said.",
            ),
        ],
        (THURSDAY, THURSDAY),
        {DIFFER},
    ),
    "a toll that has risen since is no conflict": (
        [
            ("The earthquake killed 12 people, police said.", "The earthquake has killed 15 people, police said."),
            (
                "Forty people are missing after the flood.",
                "The number of people missing after the flood rose to 52.",
            ),
            ("The fire has destroyed 200 homes.", "The fire has now destroyed 350 homes."),
        ],
        (MONDAY, THURSDAY),
        {DEVELOP},
    ),
    "two tolls of one moment are a conflict": (
        [
            ("The earthquake on Monday killed 12 people.", "The earthquake on Monday killed 15 people."),
            ("The blast injured 30 workers.", "The blast injured 48 workers."),
            ("The crash on the A7 left six people dead.", "The crash on the A7 left nine people dead."),
        ],
        (THURSDAY, THURSDAY),
        {DIFFER},
    ),
    "who denies what another says disputes it": (
        [
            ("The ministry said the army had shelled the town.", "The army denied that it had shelled the town."),
            ("Police said Marlow fired the first shot.", "Marlow denied that he had fired the first shot."),
            (
                "Ortega claimed that the company had dumped waste in the river.",
                "The company denied dumping waste in the river.",
            ),
        ],
        (THURSDAY, THURSDAY),
        {DIFFER},
    ),
    "one speaker quoted in two ways is a conflict": (
        [
            ("Mayor Lena Ortiz said the bridge was safe.", "Mayor Lena Ortiz said the bridge was not safe."),
            ("Farrell said the talks had failed.", "Farrell said the talks had not failed."),
            ("The coach said Brandsma would play on Sunday.", "The coach said Brandsma would not play on Sunday."),
        ],
        (THURSDAY, THURSDAY),
        {DIFFER},
    ),
    "years, ages and numbers of things are no counts": (
        [
            ("The museum was founded in 1904 in Lindgate.", "The museum in Lindgate drew 1,950 visitors last week."),
            ("The driver, 34, was arrested on Friday.", "The driver was arrested after 41 witnesses had been heard."),
            ("Flight 371 had 120 passengers aboard.", "The airline cancelled 16 flights on Friday."),
        ],
        (THURSDAY, THURSDAY),
        {UNRELATED},
    ),
    "rounding is agreement": (
        [
            (
                "Some 4,900 people marched through Arlund on Saturday.",
                "About 5,000 people marched through Arlund on Saturday.",
            ),
            (
                "The repair of the dam will cost 2.3 million euros.",
                "The repair of the dam will cost about 2.31 million euros.",
            ),
            (
                "Nearly 300 workers will lose their jobs at the plant.",
                "The plant will cut 297 jobs, its workers were told.",
            ),
        ],
        (THURSDAY, THURSDAY),
        {AGREE},
    ),
    "a factor of ten is no rounding": (
        [
            (
                "Some 5,000 people marched through Arlund on Saturday.",
                "Some 50,000 people marched through Arlund on Saturday.",
            ),
            ("The repair of the dam will cost 2 million euros.", "The repair of the dam will cost 20 million euros."),
            ("The plant will cut 30 jobs.", "The plant will cut 300 jobs."),
        ],
        (THURSDAY, THURSDAY),
        {DIFFER},
    ),
    "a bound holds for all beyond it": (
        [
            ("At least 12 people were killed in the blast.", "The blast killed 15 people."),
            ("More than 20 houses burned down in Carda.", "In Carda 23 houses burned down."),
            ("Up to 40 trains were cancelled on Friday.", "On Friday 36 trains were cancelled."),
        ],
        (THURSDAY, THURSDAY),
        {AGREE, UNRELATED},
    ),
}


@pytest.fixture(scope="module")
def judge(embedder):
    """Judge two texts as the pipeline would, with the shipped model and weights."""
    from detector.judge import judge_pairs
    from detector.judge.batches import measure_pairs
    from detector.judge.claim_nli import ClaimNli
    from detector.judge.weigh import load_weights
    from detector.progress import stay_silent

    nli, weights = ClaimNli(), load_weights()

    def say(a, b, days):
        vectors = embedder.embed([a, b])
        pair = make_pair(a, b, days=days, closeness=round(float(vectors[0] @ vectors[1]), 4))
        findings, _ = judge_pairs([pair], measure_pairs([pair], nli, stay_silent), weights)
        return findings[0].relation if findings else UNRELATED

    return say


def list_cases():
    """Return every pair of PITFALLS twice: as it stands, and with the texts exchanged where both are of one day."""
    cases = []
    for name, (pairs, days, allowed) in PITFALLS.items():
        assert len(pairs) >= 3
        for number, (a, b) in enumerate(pairs, start=1):
            cases.append(pytest.param(a, b, days, allowed, id=f"{name} {number}"))
            if days[0] == days[1]:
                cases.append(pytest.param(b, a, days, allowed, id=f"{name} {number} back"))
    return cases


@pytest.mark.parametrize(("a", "b", "days", "allowed"), list_cases())
def test_pitfall(judge, a, b, days, allowed):
    assert judge(a, b, days) in allowed


@pytest.mark.parametrize(
    ("a", "b"), [(pair[1], pair[0]) for pair in PITFALLS["a toll that has risen since is no conflict"][0]]
)
def test_a_toll_that_falls_is_no_agreement(judge, a, b):
    assert judge(a, b, (MONDAY, THURSDAY)) is not AGREE


@pytest.mark.parametrize(
    "text",
    [
        "They rejected the offer at once.",
        "Lena Ortiz met Juan Delgado on Monday. She rejected the offer at once.",
        "The talks began in Geneva on Monday. It was rejected by both sides.",
    ],
)
def test_an_opening_pronoun_that_nothing_settles_is_left_out(text):
    from detector.split import split_claims

    assert split_claims([make_article(text)])[-1].left_out == "unclear"


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Lena Ortiz met the owners on Monday. She rejected the offer.", "Lena Ortiz rejected the offer."),
        (
            "The strike has entered its third week. It has cost the port 40 million.",
            "The strike has cost the port 40 million.",
        ),
        ("The workers blocked the gate on Friday. They want higher wages.", "The workers want higher wages."),
    ],
)
def test_an_opening_pronoun_that_is_settled_is_read_as_what_it_stands_for(text, reading):
    from detector.split import split_claims

    claim = split_claims([make_article(text)])[-1]
    assert (claim.reading, claim.left_out) == (reading, None)
    assert text[claim.start : claim.end] == claim.text


@pytest.mark.parametrize(
    "sentence",
    [
        "Twelve people were killed when a bus left the road near Arlund on Friday.",
        "The council of Fennick approved the harbour tram by 29 votes to 24.",
        "Torvan recalled 4,000 cars because of a faulty valve.",
    ],
)
def test_one_wire_story_printed_five_times_is_one_origin(sentence):
    from detector.cards import build_cards
    from detector.judge import judge_pairs
    from detector.judge.measure import measure_pair
    from detector.judge.weigh import load_weights
    from detector.records import Pair

    articles = [make_article(sentence, source=f"Outlet {i}", day=THURSDAY, name=f"a{i}") for i in range(5)]
    claims = [make_claim(sentence, day=THURSDAY, source=f"Outlet {i}", name=f"a{i}") for i in range(5)]
    pairs = [Pair(claims[i], claims[j], "test", 1.0, days=0) for i in range(5) for j in range(i + 1, 5)]
    signals = [replace(measure_pair(pair), entailment=0.95, contradiction=0.01) for pair in pairs]
    findings, _ = judge_pairs(pairs, signals, load_weights())
    cards = build_cards(findings, articles, ())
    assert [(card.relation, len(card.positions), card.origins) for card in cards] == [(AGREE, 5, 1)]
