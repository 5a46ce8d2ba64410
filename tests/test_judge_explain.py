"""Kinds, marked words, and the one sentence that says why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import make_pair

from detector.judge import judge_pairs
from detector.judge.explain import find_kind, find_spans
from detector.judge.measure import measure_pair
from detector.judge.reason import shorten_words, write_reason
from detector.judge.spans import find_changed_words, merge_spans
from detector.judge.weigh import load_weights
from detector.records import KINDS, Contrast, Relation

AGREE, DIFFER, DEVELOP = Relation.AGREE, Relation.DIFFER, Relation.DEVELOP
SAME, LATER = ("2025-04-10", "2025-04-10"), ("2025-04-10", "2025-04-14")


def explain(relation, a, b, days=SAME, closeness=0.7, **signals):
    """Return the kind, the marked words of both sides, and the reason."""
    pair = make_pair(a, b, days=days, closeness=closeness)
    measured = replace(measure_pair(pair), **signals)
    kind = find_kind(relation, pair, measured)
    if kind is None:
        return None
    assert kind in KINDS[relation]
    spans = find_spans(relation, kind, pair, measured)
    marks = tuple(
        [claim.text[slice(*span)] for span in spans[side]]
        for side, claim in (("earlier", pair.earlier), ("later", pair.later))
    )
    return kind, *marks, write_reason(relation, kind, pair, measured, spans)


CASES = [
    (
        DIFFER, "The quake killed 12 people.", "The quake killed 47 people.", SAME,
        "number", ["12 people"], ["47 people"],
        "The figures for the same thing differ: Alpha has “12 people”, Beta “47 people”.",
    ),
    (
        DIFFER, "Some 300 engineers will be needed.", "The number of engineers will depend on the weather.", SAME,
        "estimate", ["Some 300 engineers"], ["will depend"],
        "One gives a figure, the other leaves it open: Alpha has “Some 300 engineers”, Beta “will depend”.",
    ),
    (
        DIFFER, "At least 37 countries joined the pact.", "Nineteen countries were represented at Monday's hearing.", SAME,
        "scope", ["At least 37 countries"], ["Nineteen countries"],
        ("Alpha has “At least 37 countries”, Beta “Nineteen countries”: the figures differ, and so does what they count: "
         "“joined the pact” and “represented at Monday's hearing”."),
    ),
    (
        DIFFER, "The vote took place on March 3.", "The vote took place on March 5.", SAME,
        "date", ["March 3"], ["March 5"],
        "The dates for the same event differ: Alpha has “March 3”, Beta “March 5”.",
    ),
    (
        DIFFER, "The meeting in Oslo ended without a deal.", "The meeting in Bergen ended without a deal.", SAME,
        "place", ["Oslo"], ["Bergen"],
        "The places differ: Alpha has “Oslo”, Beta “Bergen”.",
    ),
    (
        DIFFER, "The prize went to Tom Hale of Norway.", "The prize went to Carl Meyer of Norway.", SAME,
        "name", ["Tom Hale"], ["Carl Meyer"],
        "The names differ: Alpha has “Tom Hale”, Beta “Carl Meyer”.",
    ),
    (
        DIFFER, "Lena Ortiz accused Juan Delgado in court.", "In court, Juan Delgado accused Lena Ortiz.", SAME,
        "name", ["Lena Ortiz accused Juan Delgado"], ["Juan Delgado accused Lena Ortiz"],
        "The parts are exchanged: Alpha has “Lena Ortiz accused Juan Delgado”, Beta “Juan Delgado accused Lena Ortiz”.",
    ),
    (
        DIFFER, "The council accepted the budget.", "The council rejected the budget.", SAME,
        "polarity", ["accepted the budget"], ["rejected the budget"],
        "One says the opposite of the other: Alpha has “accepted the budget”, Beta “rejected the budget”.",
    ),
    (
        DIFFER, "Lena Ortiz denied that she had quit.", "Lena Ortiz said that she had quit.", SAME,
        "polarity", ["denied that she had quit"], ["had quit"],
        "Lena Ortiz is quoted two ways: Alpha has “denied that she had quit”, Beta “had quit”.",
    ),
    (
        DIFFER, "The company denied that it dumped waste.", "The company dumped waste, residents said.", SAME,
        "disputed", ["denied that it dumped waste"], ["dumped waste"],
        "One denies what the other says: denied by company, said by residents (“denied that it dumped waste” and “dumped waste”).",
    ),
    (
        DIFFER, "Lena Ortiz said the dam is safe.", "Juan Delgado said the dam is not safe.", SAME,
        "disputed", ["safe"], ["is not safe"],
        "Two speakers contradict each other: Lena Ortiz (“safe”) and Juan Delgado (“is not safe”).",
    ),
    (
        DEVELOP, "The quake killed 12 people.", "The quake has now killed 47 people.", LATER,
        "count", ["12 people"], ["47 people"],
        "The later report gives another count: “12 people” in Alpha, later “47 people” in Beta.",
    ),
    (
        DEVELOP, "Police put the toll at 12 people.", "The toll was 10 people, police said; an earlier report put it at 12.", LATER,
        "correction", ["12 people"], ["10 people"],
        "The later report corrects the earlier one: “12 people” in Alpha, later “10 people” in Beta.",
    ),
    (
        DEVELOP, "The firm will close the mill.", "The firm closed the mill.", LATER,
        "plan-to-done", ["will close the mill"], ["closed the mill"],
        "What was planned has since been done: “will close the mill” in Alpha, later “closed the mill” in Beta.",
    ),
    (
        DEVELOP, "The council accepted the budget.", "The council rejected the budget.", LATER,
        "status", ["accepted the budget"], ["rejected the budget"],
        "The later report gives another state of the same matter: “accepted the budget” in Alpha, later “rejected the budget” in Beta.",
    ),
    (
        AGREE, "The fair drew 4,900 visitors.", "Some 5,000 visitors came to the fair.", SAME,
        "rounded", ["4,900 visitors"], ["Some 5,000 visitors"],
        "The figures are the same but for rounding: “4,900 visitors” and “Some 5,000 visitors”.",
    ),
    (
        AGREE, "At least 12 people died in the fire.", "The fire killed 15 people.", SAME,
        "confirmed", ["At least 12 people"], ["15 people"],
        "The figures fit each other: “At least 12 people” and “15 people”.",
    ),
    (
        AGREE, "On Monday at least 12 people died in the fire.", "The fire killed 15 people on Monday.", SAME,
        "confirmed", ["Monday", "at least 12 people"], ["15 people", "Monday"],
        "The figures fit each other: “at least 12 people” and “15 people”.",
    ),
    (
        AGREE, "The firm closed the mill.", "The firm confirmed on Monday that it had closed the mill by the lake.", LATER,
        "confirmed", ["closed the mill"], ["had closed the mill"],
        "Beta confirms what Alpha reported.",
    ),
    (
        AGREE, "The firm closed the mill.", "The firm closed the mill.", SAME,
        "repeated", ["closed the mill"], ["closed the mill"],
        "Both say it in nearly the same words.",
    ),
    (
        AGREE, "The union has yet to accept the offer.", "The union refused to accept the offer from the owners.", SAME,
        "reworded", ["has yet to accept the offer"], ["refused to accept the offer"],
        "Both say in other words that it is not so, or has not happened.",
    ),
    (
        AGREE, "The council met on April 10.", "On Thursday the council met in the old town hall.", SAME,
        "reworded", ["met", "April 10"], ["Thursday", "met"],
        "Both say it in other words, of the same day: “April 10” and “Thursday”.",
    ),
    (
        AGREE, "The owners closed the mill by the lake.", "The mill was closed by the owners on a cold night.", SAME,
        "reworded", ["closed the mill"], ["was closed"],
        "Both say the same in other words.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("relation", "a", "b", "days", "kind", "left", "right", "why"), CASES)
def test_kind_marks_and_reason(relation, a, b, days, kind, left, right, why):
    assert explain(relation, a, b, days) == (kind, left, right, why)


def test_every_kind_but_cause_is_shown():
    shown = {(case[0], case[4]) for case in CASES} | {(DIFFER, "cause")}
    assert shown == {(relation, kind) for relation, kinds in KINDS.items() for kind in kinds}


def test_causes():
    kind, _, _, why = explain(
        DIFFER, "The mill burned down because a fan broke.", "The mill burned down owing to a gas leak.", polarity=None
    )
    assert (kind, why) == ("cause", "They give different causes.")


def test_the_model_alone_can_carry_a_contradiction():
    words = ("Shares of Nordline are a bargain.", "Nobody should touch the stock.")
    kind, left, right, why = explain(DIFFER, *words, contradiction=0.9, entailment=0.0)
    assert (kind, left, right, why) == ("polarity", [], [], "One says what the other denies.")
    assert explain(DEVELOP, *words, days=LATER, contradiction=0.9)[0] == "status"


def test_an_unknown_order_is_said():
    *_, why = explain(DIFFER, "The quake killed 12 people.", "The quake killed 47 people.", (None, None))
    assert why.endswith("“47 people”. Which report is later is not known.")


def test_a_scope_is_only_quoted_as_it_stands():
    words = ("Roughly 400 nurses in the convoy denied it.", "More than 90 nurses climbed the fence.")
    pair = make_pair(*words)
    figure = replace(pair.earlier.facts.figures[0], scope="put together from elsewhere")
    pair = replace(pair, earlier=replace(pair.earlier, facts=replace(pair.earlier.facts, figures=(figure,))))
    signals = measure_pair(pair)
    spans = find_spans(DIFFER, "scope", pair, signals)
    assert write_reason(DIFFER, "scope", pair, signals, spans).endswith("and so does what they count.")


def test_a_development_of_unknown_order_names_no_later_report():
    *_, why = explain(DEVELOP, "The council accepted the budget.", "The council rejected the budget.", (None, None))
    assert why == (
        "One report gives a further state of what the other tells: “accepted the budget” in Alpha, “rejected the budget” in Beta. "
        "Which report is later is not known."
    )


def test_the_same_year_is_no_same_day():
    *_, why = explain(AGREE, "The pact of 2015 was closed.", "Six tired ministers closed the 2015 pact on trade.")
    assert why == "Both say the same in other words."


@pytest.mark.parametrize(
    ("right", "entailment", "why"),
    [
        ("The old mill by the lake was closed by its owners.", 0.9, "Both say the same in other words."),
        ("The mill was closed.", 0.9, "What Beta says is part of what Alpha says."),
        ("The mill was closed.", 0.2, "Both tell of one fact, each with details of its own."),
    ],
)
def test_an_agreement_says_how_much_of_the_two_is_one(right, entailment, why):
    pair = make_pair("The owners closed the old mill by the lake on a cold night in March.", right)
    for one in (pair, replace(pair, earlier=pair.later, later=pair.earlier)):
        signals = replace(measure_pair(one), entailment=entailment, contradiction=0.0)
        spans = find_spans(AGREE, "reworded", one, signals)
        assert write_reason(AGREE, "reworded", one, signals, spans) == why


@pytest.mark.parametrize("relation", [AGREE, DIFFER, DEVELOP])
def test_what_shows_nothing_gets_no_kind(relation):
    assert explain(relation, "The mayor resigned.", "The bridge collapsed.", closeness=0.5) is None


def test_abstention_has_no_kind():
    assert explain(Relation.UNRELATED, "The firm closed the mill.", "The firm closed the mill.") is None


def test_marks_keep_quotations_whole():
    _, left, right, _ = explain(
        AGREE,
        'The union proposed a "pact of the willing" in May.',
        "The union presented the pact in May, after the vote.",
    )
    assert left[0] == 'proposed a "pact of the willing"'
    assert right[0] == "presented the pact"


def test_agreed_words_are_the_closest_clauses_or_the_common_phrases():
    pair = make_pair(
        "The old harbour line reopened, and shares fell.", "Shares of Nordline rose as the harbour line reopened."
    )
    signals = replace(measure_pair(pair), polarity=None, dates=None, figures=None)
    clauses = "The old harbour line reopened", "the harbour line reopened"
    starts = [claim.text.index(clause) for claim, clause in zip((pair.earlier, pair.later), clauses, strict=True)]
    focused = replace(pair, focus=tuple((s, s + len(c)) for s, c in zip(starts, clauses, strict=True)))
    spans = find_spans(AGREE, "reworded", focused, signals)
    assert pair.earlier.text[slice(*spans["earlier"][0])] == clauses[0]
    assert pair.later.text[slice(*spans["later"][0])] == clauses[1]
    common = find_spans(AGREE, "reworded", pair, signals)
    assert "harbour line" in [pair.later.text[slice(*span)] for span in common["later"]]


def test_changed_words():
    a, b = "Twelve men were hurt in Bergen.", "Fifteen men were hurt in the port of Bergen."
    left, right = find_changed_words(a, b)
    assert [a[slice(*span)] for span in left] == ["Twelve"]
    assert [b[slice(*span)] for span in right] == ["Fifteen", "the port of"]
    assert find_changed_words(a, a) == ([], [])


def test_merge_spans():
    assert merge_spans([(5, 9), (0, 3), (2, 4), (9, 12)]) == ((0, 4), (5, 12))
    assert merge_spans([]) == ()


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("one two three", 20, "one two three"),
        ("one two three", 10, "one two…"),
        ("one, two", 6, "one…"),
        ("abcdefgh", 5, "abcd…"),
    ],
)
def test_shorten_words(text, most, short):
    assert shorten_words(text, most) == short


# What the design says of the whole judgement, with the packaged weights.
VERDICTS = [
    # The same claim at the same time with another value is a conflict; a later report is a development.
    ("The quake in Lima killed 12 people.", "The quake in Lima killed 47 people.", SAME, 0.9, (DIFFER, "number")),
    ("The quake in Lima killed 12 people.", "The quake in Lima has now killed 47 people.", LATER, 0.9, (DEVELOP, "count")),
    ("The quake in Lima killed at least 12 people.", "The quake in Lima killed 15 people.", SAME, 0.9, (AGREE, "confirmed")),
    ("The fair in Lima drew 4,900 visitors.", "The fair in Lima drew some 5,000 visitors.", SAME, 0.9, (AGREE, "rounded")),
    # Cosine finds the topic, never the relation.
    ("Lena Ortiz accused Juan Delgado of fraud.", "Juan Delgado accused Lena Ortiz of fraud.", SAME, 0.98, (DIFFER, "name")),
    ("The council accepted the budget.", "The council rejected the budget.", SAME, 0.95, (DIFFER, "polarity")),
    ("The company denied that it dumped waste.", "The company dumped waste, residents said.", SAME, 0.8, (DIFFER, "disputed")),
    ("Lena Ortiz denied that she had quit.", "Lena Ortiz said that she had quit.", SAME, 0.9, (DIFFER, "polarity")),
    ("The company denied that it dumped waste.", "The mayor opened a school by the river.", SAME, 0.4, None),
    ("The union has yet to accept the offer.", "The union refused to accept the offer.", SAME, 0.8, (AGREE, "repeated")),
    ("Nine people died in the crash in Lima.", "Shares of Nordline fell by nine percent.", SAME, 0.2, None),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "days", "closeness", "verdict"), VERDICTS)
def test_verdicts(a, b, days, closeness, verdict):
    pair = make_pair(a, b, days=days, closeness=closeness)
    findings, counts = judge_pairs([pair], [measure_pair(pair)], load_weights())
    assert [(finding.relation, finding.kind) for finding in findings] == ([verdict] if verdict else [])
    assert sum(counts.values()) == 1


def test_one_outlet_does_not_agree_with_itself():
    pair = make_pair("The firm closed the mill.", "The firm closed the mill.", closeness=0.99)
    pair = replace(pair, later=replace(pair.later, source="Alpha"))
    findings, counts = judge_pairs([pair], [measure_pair(pair)], load_weights())
    assert findings == ()
    assert counts["same source"] == 1


def test_spans_of_a_dispute_may_be_missing():
    kind, left, right, why = explain(
        DIFFER,
        "Lena Ortiz said the dam is safe.",
        "Engineers were at the dam.",
        speaker=Contrast("dispute"),
        polarity=None,
    )
    assert (kind, left, right) == ("disputed", [], [])
    assert why == "Two speakers contradict each other: Lena Ortiz and Beta."


@pytest.mark.parametrize(
    ("first", "second", "forbidden"),
    [
        ("Ida Holm denied that she had sold the land.", "Ida Holm had sold the land.", True),
        ("Ida Holm denied that she had sold the land.", "Ida Holm also denied selling the land.", False),
        ("Ida Holm denied that she had sold the land.", "Ida Holm had not sold the land.", False),
        ("The fire killed 12 people.", "The fire killed 15 people.", True),
        ("The fire killed 12 people.", "Twelve people were killed by the fire.", False),
    ],
)
def test_what_forbids_agreement(first, second, forbidden):
    from detector.judge.forbidden import forbids_agreement

    for pair in (make_pair(first, second), make_pair(second, first)):
        assert forbids_agreement(pair, measure_pair(pair)) is forbidden
