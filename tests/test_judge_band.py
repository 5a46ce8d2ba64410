"""Between sure and silent: which pairs are kept to be checked by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from conftest import make_pair

from detector.judge import judge_pairs
from detector.judge.measure import measure_pair
from detector.judge.weigh import Weights
from detector.records import Contrast, Relation, Signals

DIFFER, DEVELOP, AGREE = Relation.DIFFER, Relation.DEVELOP, Relation.AGREE
QUAKE = ("The quake killed 12 people.", "The quake killed 47 people.")
SAME = ("The mayor opened the harbour line on Friday.", "On Friday the harbour line was opened by the mayor.")


def weigh(agree, differ, develop, unrelated):
    """Weights under which every pair has these probabilities."""
    shares = {"agree": agree, "differ": differ, "develop": develop, "unrelated": unrelated}
    return Weights({name: math.log(share) for name, share in shares.items()}, {})


@pytest.fixture(scope="module")
def quake():
    pair = make_pair(*QUAKE)
    return pair, measure_pair(pair)


def judge(measured, weights, **options):
    findings, counts = judge_pairs([measured[0]], [measured[1]], weights, **options)
    return findings[0] if findings else None, {name: number for name, number in counts.items() if number}


BAND = {"min_confidence": 0.5, "check_confidence": 0.35}


# A figure that differs forbids agreement, so that its share goes to the others; here it has next to none.
@pytest.mark.parametrize(
    ("shares", "relation", "check"),
    [
        ((1e-9, 0.55, 0.05, 0.40), DIFFER, False),
        ((1e-9, 0.501, 0.05, 0.449), DIFFER, False),
        ((1e-9, 0.45, 0.11, 0.44), DIFFER, True),
        ((1e-9, 0.36, 0.30, 0.34), DIFFER, False),  # together 0.8 x 0.66 = 0.53
        ((1e-9, 0.30, 0.20, 0.50), None, False),  # rather nothing
        ((1e-9, 0.05, 0.48, 0.47), DEVELOP, True),
    ],
)
def test_the_band(quake, shares, relation, check):
    finding, counts = judge(quake, weigh(*shares), **BAND)
    if relation is None:
        assert (finding, counts) == (None, {"unrelated": 1})
        return
    assert (finding.relation, finding.check) == (relation, check)
    assert finding.why.startswith("Perhaps: ") is check
    assert counts == {"check" if check else relation.value: 1}


@pytest.mark.parametrize("edge", [0.46, 0.5, 1.0])
def test_above_the_sureness_or_at_the_least_confidence_there_is_none(quake, edge):
    weights = weigh(1e-9, 0.45, 0.11, 0.44)
    assert judge(quake, weights, min_confidence=0.5, check_confidence=edge) == (None, {"unsure": 1})
    assert judge(quake, weights) == (None, {"unsure": 1})  # nor where none is asked for


def test_agreement_is_never_to_be_checked_by_hand():
    pair = make_pair(*SAME)
    assert judge((pair, measure_pair(pair)), weigh(0.45, 0.1, 0.1, 0.35), **BAND) == (None, {"unsure": 1})


def test_what_shows_nothing_is_not_kept(quake):
    # No figure, date, name or opposite was compared: there are no words to read.
    assert judge((quake[0], Signals()), weigh(1e-9, 0.45, 0.11, 0.44), **BAND) == (None, {"unsure": 1})


def test_findings_stand_in_the_order_of_the_pairs(quake):
    other = make_pair("The quake hurt 12 people.", "The quake hurt 47 people.")
    pairs = [other, quake[0]]
    findings, _ = judge_pairs(pairs, [measure_pair(one) for one in pairs], weigh(1e-9, 0.9, 0.05, 0.05))
    assert [finding.pair for finding in findings] == pairs


def back(a, b, relation=AGREE, **signals):
    """Whether a pair that the weights surely take for this relation is one, and not left out or to be checked."""
    shares = {"agree": 1e-6, "differ": 1e-6, "develop": 1e-6, "unrelated": 1e-6, relation.value: 1.0}
    finding, _ = judge(
        (make_pair(a, b), Signals(**{"closeness": 0.8, "entailment": 0.0, "contradiction": 0.0, **signals})),
        weigh(**shares),
        **BAND,
    )
    return finding is not None and not finding.check


ECHO = {"speaker": Contrast("echo"), "polarity": Contrast("same")}
TALKS = ("Hale said every student accused must be heard.", "Hale said students accused were treated badly.")


@pytest.mark.parametrize(
    ("signals", "backed"),
    [
        ({}, False),
        ({"entailment": 0.15}, False),  # no name ties the two
        ({"entailment": 0.15, "names": Contrast("shared")}, True),
        ({"entailment": 0.05, "names": Contrast("shared")}, False),
        ({"figures": Contrast("same", (0, 3), (0, 3))}, True),
        ({"figures": Contrast("other")}, False),
        ({"dates": Contrast("same", (0, 3), (0, 3))}, True),
        ({"dates": Contrast("same", (0, 3), (0, 3)), "closeness": 0.6}, False),  # two events of one day
        ({"polarity": Contrast("both denied")}, True),
        ({"polarity": Contrast("both negative")}, False),
        ({"support": Contrast("agreed")}, True),
        ({"prediction": (0.75, 0.05, 0.05, 0.15)}, True),
        ({"prediction": (0.5, 0.1, 0.1, 0.3)}, False),
        (
            {"figures": Contrast("same", (0, 3), (0, 3)), "prediction": (0.1, 0.1, 0.1, 0.7)},
            False,
        ),  # nor thinks it possible
        (ECHO, False),
        ({**ECHO, "dates": Contrast("same", (0, 3), (0, 3))}, False),
        ({**ECHO, "entailment": 0.25}, False),
        ({**ECHO, "entailment": 0.35}, True),
        ({"entailment": None, "contradiction": None}, True),  # no model was asked
    ],
)
def test_where_nothing_follows_an_agreement_must_be_seen(signals, backed):
    assert back(*TALKS, **signals) is backed


@pytest.mark.parametrize(
    ("prediction", "backed"),
    [
        (None, False),
        ((0.05, 0.8, 0.1, 0.05), True),
        ((0.05, 0.4, 0.45, 0.1), True),
        ((0.1, 0.35, 0.4, 0.15), False),
        ((0.8, 0.1, 0.05, 0.05), False),
    ],
)
@pytest.mark.parametrize("relation", [DIFFER, DEVELOP])
def test_a_change_that_is_surely_predicted_needs_nothing_beside_it(prediction, backed, relation):
    kind = {"names": Contrast("swapped", (0, 4), (0, 4)), "stage": Contrast("plan then done", (0, 4), (0, 4))}
    assert back(*TALKS, relation, prediction=prediction, **kind) is backed


def test_two_who_say_that_the_same_is_needed_agree():
    need = ("Officials say that the loan is vital to the port.", "The minister said that the loan is necessary.")
    assert back(*need, **ECHO | {"speaker": Contrast("needs")})
    assert not back(*need, **ECHO)


@pytest.mark.parametrize(
    ("one_article", "contradiction", "backed"), [(False, 0.1, False), (False, 0.4, True), (True, 0.1, True)]
)
def test_two_voices_of_two_articles_must_contradict_each_other(one_article, contradiction, backed):
    pair = make_pair('"The port is closed," Ida Holm said.', '"The port is open," Tom Hale said.')
    if one_article:
        pair = replace(pair, later=replace(pair.later, article_id=pair.earlier.article_id, source=pair.earlier.source))
    opposed = Signals(
        closeness=0.6,
        entailment=0.0,
        contradiction=contradiction,
        speaker=Contrast("different"),
        polarity=Contrast("opposite"),
    )
    finding, _ = judge((pair, opposed), weigh(1e-6, 0.98, 0.01, 0.01), **BAND)
    assert finding.check is not backed


def test_two_days_of_the_calendar_are_no_agreement_in_whatever_words():
    texts = (
        "Cyclists will be let back on to the bridge on 26 January, Hale said.",
        "The county means to reopen the bridge on 9 February.",
    )
    signs = {"prediction": (0.8, 0.0, 0.0, 0.2), "entailment": 0.7, "contradiction": 0.0}
    assert not back(*texts, **signs)
    assert back(texts[0], texts[1].replace("9 February", "26 January"), **signs)
    assert back(texts[0], texts[1].replace("9 February", "a Sunday in winter"), **signs)


def say_days(*days):
    texts = (f"The plant will reach the limit by {days[0]}.", f"The limit, Hale said, would be passed on {days[1]}.")
    spans = [(text.index(day), text.index(day) + len(day)) for text, day in zip(texts, days, strict=True)]
    return make_pair(*texts), Contrast("different", *spans)


@pytest.mark.parametrize(("rest", "contradiction", "agrees"), [(0.9, 0.3, False), (0.9, 0.1, True), (0.4, 0.3, True)])
def test_another_weekday_is_no_agreement_where_the_rest_is_the_same_and_the_model_doubts(rest, contradiction, agrees):
    pair, other = say_days("Monday", "Friday")
    signals = Signals(closeness=0.8, entailment=0.9, contradiction=contradiction, dates=other, rest=rest)
    finding, _ = judge((pair, signals), weigh(1.0, 1e-6, 1e-6, 1e-6), **BAND)
    assert (finding is not None and finding.relation is AGREE) is agrees


@pytest.mark.parametrize(("rest", "shown"), [(0.9, (DIFFER, False)), (0.4, None)])
def test_another_day_of_the_calendar_is_a_difference_where_the_rest_is_the_same(rest, shown):
    pair, other = say_days("June 27", "July 27")
    foreseen = {"prediction": (0.97, 0.01, 0.01, 0.01), "entailment": 0.9, "contradiction": 0.03}
    signals = Signals(closeness=0.8, dates=other, rest=rest, **foreseen)
    finding, _ = judge((pair, signals), weigh(0.9, 0.02, 0.01, 0.07), **BAND)
    assert (finding and (finding.relation, finding.check)) == shown
