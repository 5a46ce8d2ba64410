"""Cards: what stands together, and the words at their head."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import make_article, make_claim

from detector.cards import build_cards
from detector.judge.explain import find_spans
from detector.judge.measure import measure_pair
from detector.judge.reason import write_reason
from detector.records import Finding, Pair, Relation, Topic

AGREE, DIFFER, DEVELOP = Relation.AGREE, Relation.DIFFER, Relation.DEVELOP
DAYS = {"aa": "2025-04-01", "bb": "2025-04-02", "cc": "2025-04-03", "dd": "2025-04-04", "ee": "2025-04-05"}
OUTLETS = {"aa": "Alpha", "bb": "Beta", "cc": "Gamma", "dd": "Delta", "ee": "Epsilon"}
TOPICS = [Topic("t1", "s1", "harbour line", (), ())]


def claim(text, article, number=0):
    made = make_claim(text, day=DAYS[article], source=OUTLETS[article], name=article)
    return replace(made, id=f"{article}-{number:03d}")


def find(relation, kind, first, second, confidence=0.9, focus=None):
    days = (second.as_of - first.as_of).days if first.as_of and second.as_of else None
    pair = Pair(first, second, "test", 0.7, "t1", focus, days)
    signals = measure_pair(pair)
    spans = find_spans(relation, kind, pair, signals)
    why = write_reason(relation, kind, pair, signals, spans)
    return Finding(f"f-{first.id}-{second.id}", "t1", pair, relation, kind, confidence, signals, (), spans, why)


def build(*findings, topics=TOPICS, undated=()):
    articles = [
        make_article("x", source=OUTLETS[name], day=None if name in undated else day, name=name)
        for name, day in DAYS.items()
    ]
    return build_cards(findings, articles, topics)


def members(card):
    return [position.claim_id[:2] for position in card.positions]


SAID = "The harbour line was opened by the mayor."


def agreeing(*names):
    return [claim(SAID, name) for name in names]


def test_all_sources_of_one_fact_stand_on_one_card_in_order_of_time():
    a, b, c = agreeing("aa", "bb", "cc")
    (card,) = build(find(AGREE, "reworded", b, c), find(AGREE, "reworded", a, b), find(AGREE, "reworded", a, c))
    assert members(card) == ["aa", "bb", "cc"]
    assert len(card.finding_ids) == 3
    assert [position.source for position in card.positions] == ["Alpha", "Beta", "Gamma"]
    assert card.first_reported == "Alpha, 2025-04-01"


def test_no_chain_of_near_agreements():
    a, b, c, d = agreeing("aa", "bb", "cc", "dd")
    chain = find(AGREE, "reworded", a, b), find(AGREE, "reworded", b, c), find(AGREE, "reworded", c, d)
    cards = build(*chain)
    # c stands with one of the two on the card, which is half; d with one of three, which is less.
    assert [members(card) for card in cards] == [["aa", "bb", "cc"]]


def test_unsure_findings_make_no_bridge():
    a, b, c = agreeing("aa", "bb", "cc")
    cards = build(find(AGREE, "reworded", a, b), find(AGREE, "reworded", b, c, 0.55))
    assert [members(card) for card in cards] == [["aa", "bb"]]


def test_one_sentence_an_article_when_they_agree():
    a, b = agreeing("aa", "bb")
    second = claim("The mayor cut the ribbon of the harbour line.", "bb", 1)
    cards = build(find(AGREE, "reworded", a, b), find(AGREE, "reworded", a, second))
    assert [members(card) for card in cards] == [["aa", "bb"]]


def test_figures_may_bring_a_second_sentence():
    a = claim("At least 37 countries joined the pact.", "aa")
    b = claim("Nineteen countries were represented at the hearing.", "bb")
    second = claim("Around 50 countries attended the opening.", "bb", 1)
    (card,) = build(find(DIFFER, "scope", a, b), find(DIFFER, "number", a, second))
    assert [position.value for position in card.positions] == [
        "At least 37 countries",
        "Nineteen countries",
        "Around 50 countries",
    ]


def test_relations_and_kinds_do_not_mix():
    a, b, c = (claim("The council accepted the budget.", "aa"), claim("The council rejected the budget.", "bb"),
               claim("The council met on Friday.", "cc"))  # fmt: skip
    cards = build(find(DIFFER, "polarity", a, b), find(DIFFER, "date", b, c), find(AGREE, "reworded", a, c))
    assert [(card.relation, card.kind) for card in cards] == [
        (DIFFER, "polarity"),
        (DIFFER, "date"),
        (AGREE, "reworded"),
    ]


def test_near_copies_have_one_origin():
    a, b = agreeing("aa", "bb")
    c = claim("On Friday Lena Ortiz, the mayor, cut the ribbon of the harbour line.", "cc")
    copy = claim(SAID.replace(".", ""), "bb")
    for middle in (b, copy):
        (card,) = build(
            find(AGREE, "repeated", a, middle), find(AGREE, "reworded", a, c), find(AGREE, "reworded", middle, c)
        )
        assert (len(card.positions), card.origins) == (3, 2)


def build_with(credited, *findings):
    articles = [
        make_article("x", source=OUTLETS[name], day=day, name=name, credit=credited.get(name))
        for name, day in DAYS.items()
    ]
    return build_cards(findings, articles, TOPICS)


@pytest.mark.parametrize(
    ("credited", "origins"),
    [
        ({}, 3),
        ({"aa": "Reuters", "bb": "Reuters"}, 2),
        ({"aa": "Reuters", "bb": "AP"}, 3),
        ({"aa": "Associated Press", "cc": "AP"}, 2),
        ({"aa": "Beta"}, 2),  # Beta had it first
        ({"aa": "Reuters", "bb": "Reuters", "cc": "Reuters"}, 1),
    ],
)
def test_articles_that_credit_one_agency_are_one_origin(credited, origins):
    a = claim("The harbour line was opened by the mayor.", "aa")
    b = claim("Lena Ortiz cut the ribbon of the new line at the port.", "bb")
    c = claim("On Friday the mayor sent off the first train to the harbour.", "cc")
    findings = find(AGREE, "reworded", a, b), find(AGREE, "reworded", a, c), find(AGREE, "reworded", b, c)
    for order in (findings, findings[::-1]):
        (card,) = build_with(credited, *order)
        assert (len(card.positions), card.origins) == (3, origins)


def test_what_is_to_be_checked_by_hand_has_a_card_of_its_own():
    a, b, c = (
        claim(f"The quake killed {number} people.", name) for number, name in ((12, "aa"), (47, "bb"), (30, "cc"))
    )
    sure = replace(find(DIFFER, "number", a, b), severity=0.8)
    checks = [replace(find(DIFFER, "number", *ends, 0.45), severity=0.3, check=True) for ends in ((a, c), (b, c))]
    cards = build(sure, *checks)
    assert [(members(card), card.check, card.severity) for card in cards] == [
        (["aa", "bb"], False, 0.8), (["aa", "cc"], True, 0.3), (["bb", "cc"], True, 0.3),
    ]  # fmt: skip
    assert [card.question for card in cards] == ["How many people?", *["May differ: How many people?"] * 2]


def test_a_card_to_check_by_hand_asks_and_tells_no_order():
    a, b = claim("The council accepted the city budget.", "aa"), claim("The council rejected the city budget.", "bb")
    sure = find(DEVELOP, "status", a, b)
    assert "”, then “" in build(sure)[0].question
    assert build(replace(sure, check=True))[0].question == (
        "May have developed: City budget: “accepted the city budget” or “rejected the city budget”?"
    )


def test_first_reported_needs_a_date():
    a, b = agreeing("aa", "bb")
    finding = find(AGREE, "reworded", a, b)
    assert build(finding, undated=("aa",))[0].first_reported == "Beta, 2025-04-02"
    assert build(finding, undated=("aa", "bb"))[0].first_reported is None


def test_both_is_two():
    a, b, c = agreeing("aa", "bb", "cc")
    findings = find(AGREE, "repeated", b, c), find(AGREE, "repeated", a, b), find(AGREE, "repeated", a, c)
    assert build(*findings[:1])[0].why == "Both say it in nearly the same words."
    assert build(*findings)[0].why == "Beta and Gamma say it in nearly the same words."


def test_ids_do_not_depend_on_the_order_of_findings():
    a, b, c = agreeing("aa", "bb", "cc")
    findings = find(AGREE, "reworded", a, b), find(AGREE, "reworded", a, c), find(AGREE, "reworded", b, c)
    assert build(*findings)[0].id == build(*reversed(findings))[0].id


def test_no_findings_no_cards():
    assert build() == ()


QUESTIONS = [
    (DIFFER, "number", "The quake killed 12 people.", "The quake killed 47 people.", "How many people?"),
    (DIFFER, "number", "The minister promised 200 million euros.", "The minister promised a billion euros.",
     "How much: harbour line?"),
    (DIFFER, "number", "The ship carried 40,000 tonnes of grain.", "The ship carried 4,000 tonnes of grain.", "How much: grain?"),
    (DIFFER, "estimate", "The number of engineers will depend on the weather.", "Some 300 engineers will be needed.",
     "How many engineers?"),
    (DEVELOP, "count", "The quake killed 12 people.", "The quake has now killed 47 people.", "How many people?"),
    (DIFFER, "scope", "In one study, at least 37 countries participated.", "Nineteen countries of the country list were represented.",
     "How many countries?"),
    (DIFFER, "date", "The local vote took place on March 3.", "The local vote took place on March 5.", "When: local vote?"),
    (DIFFER, "date", "The vote took place on March 3.", "The vote took place on March 5.", "When: harbour line?"),
    (DIFFER, "place", "The meeting in Oslo ended without a deal.", "The meeting in Bergen ended without a deal.",
     "Where: Oslo or Bergen?"),
    (DIFFER, "name", "The prize went to Tom Hale of Norway.", "The prize went to Carl Meyer of Norway.",
     "Who: Tom Hale or Carl Meyer?"),
    (DIFFER, "name", "Germany beat Spain.", "Spain beat Germany.",
     "Who did what to whom: “Germany beat Spain” or “Spain beat Germany”?"),
    (DIFFER, "polarity", "The council accepted the city budget.", "The council rejected the city budget.",
     "City budget: “accepted the city budget” or “rejected the city budget”?"),
    (DIFFER, "polarity", "The end of the strike is certain.", "The end of the strike is doubtful.",
     "Harbour line: “certain” or “doubtful”?"),
    (DEVELOP, "status", "The council accepted the city budget.", "The council rejected the city budget.",
     "City budget: “accepted the city budget”, then “rejected the city budget”"),
    (AGREE, "reworded", "The harbour line was opened by the mayor on Friday.", "It was opened on Friday.",
     "The harbour line was opened by the mayor on Friday"),
    (AGREE, "reworded", "LIMA, Peru — The harbour line was opened by the mayor.", "It was opened by her.",
     "The harbour line was opened by the mayor"),
    (AGREE, "reworded", "But long - range trains will use the harbour line, too.", "It will serve long-range trains.",
     "Long - range trains will use the harbour line, too"),
    (AGREE, "reworded", '“The harbour line will be a success,” she said. "', "This will be a success.",
     "“The harbour line will be a success,” she said"),
]  # fmt: skip


@pytest.mark.parametrize(("relation", "kind", "a", "b", "question"), QUESTIONS)
def test_the_question_at_the_head(relation, kind, a, b, question):
    (card,) = build(find(relation, kind, claim(a, "aa"), claim(b, "bb")))
    assert card.question == question


@pytest.mark.parametrize(
    ("relation", "check", "question"),
    [
        (DIFFER, False, "Is it so? The passenger jet was shot down over the lake"),
        (DIFFER, True, "May differ: The passenger jet was shot down over the lake"),
        (DEVELOP, False, "The passenger jet was shot down over the lake"),
    ],
)
def test_where_no_words_stand_against_each_other_the_shorter_statement_heads_the_card(relation, check, question):
    a, b = (
        claim("The passenger jet was shot down over the lake.", "aa"),
        claim("A fault in the engine brought the passenger jet to the ground, Moor told all who were there.", "bb"),
    )
    bare = replace(
        find(relation, "polarity" if relation is DIFFER else "status", a, b),
        spans={"earlier": (), "later": ()},
        check=check,
    )
    (card,) = build(bare)
    assert card.question == question


def test_without_an_order_in_time_nothing_is_then():
    first, second = (replace(claim(f"The council {verb} the city budget.", name), as_of=None) for verb, name in
                     (("accepted", "aa"), ("rejected", "bb")))  # fmt: skip
    (card,) = build(find(DEVELOP, "status", first, second))
    assert card.question == "City budget: “accepted the city budget” or “rejected the city budget”?"


def test_without_a_topic_the_question_stays_short():
    finding = find(DIFFER, "date", claim("The vote was on March 3.", "aa"), claim("They met on March 5.", "bb"))
    assert build(finding, topics=())[0].question == "When?"


def test_a_condition_is_no_heading():
    a = claim("If the members accept the new offer of the owners, the strike will end.", "aa")
    b = claim("Should they accept the new offer of the owners, the strike is over.", "bb")
    focus = (a.text.index("the members"), a.text.index(", the")), (0, len(b.text))
    (card,) = build(find(AGREE, "reworded", a, b, focus=focus))
    assert not card.question.startswith("The members accept")


def test_long_words_are_cut_between_two_words():
    long = "The harbour line was opened by the mayor " + "of the old town by the sea " * 6 + "on Friday."
    (card,) = build(find(AGREE, "reworded", claim(long, "aa"), claim(long.replace("Friday", "Monday"), "bb")))
    assert len(card.question) <= 120
    assert card.question.endswith("…")
    assert long.startswith(card.question[:-1] + " ")
