"""Which pairs the slow model is asked about: those that its answer can make a finding of, and that it is likely to answer."""

from __future__ import annotations

import pytest

from detector.judge import may_be_finding
from detector.judge.weigh import Weights
from detector.records import Contrast, Signals

NONE = {"agree": 0.0, "differ": 0.0, "develop": 0.0, "unrelated": 0.0}


def weigh_with(sure: float) -> Weights:
    """Weights by which a finding is about 0.85 probable where the model is sure, and surer where figures differ."""
    entailed = {"surely": {**NONE, "agree": sure}}
    return Weights(
        {**NONE, "unrelated": 1.0}, {"entailment": entailed, "figures": {"different": {**NONE, "differ": 8.0}}}
    )


@pytest.mark.parametrize(
    ("signals", "asked"),
    [
        (Signals(wording=0.2, closeness=0.6), True),
        (Signals(wording=0.5, closeness=0.3), True),
        (Signals(wording=0.1, closeness=0.4), False),  # of two such claims the model is hardly ever sure
        (Signals(wording=0.1, closeness=0.4, figures=Contrast("different")), True),
        (Signals(wording=0.0, closeness=0.2, polarity=Contrast("tension")), True),  # shown to a person anyway
    ],
)
def test_claims_that_share_little_need_a_case_of_their_own(signals, asked):
    assert may_be_finding(signals, weigh_with(2.7)) is asked


def test_a_pair_that_no_answer_makes_a_finding_of_is_not_asked():
    assert not may_be_finding(Signals(wording=0.5, closeness=0.8), weigh_with(0.5))


@pytest.mark.parametrize("level", ["agree surely", "differ surely", "develop surely"])
def test_a_pair_is_asked_about_where_a_sure_prediction_would_make_it_a_finding(level):
    predicted = {level: {**NONE, level.split()[0]: 4.0}}
    weights = Weights({**NONE, "unrelated": 1.0}, {"prediction": predicted})
    assert may_be_finding(Signals(wording=0.5, closeness=0.8), weights)
    assert not may_be_finding(Signals(wording=0.5, closeness=0.8), Weights({**NONE, "unrelated": 1.0}, {}))
