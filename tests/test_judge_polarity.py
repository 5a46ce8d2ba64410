"""What two claims say happened: the same, the opposite, both denied; and the traps on the way."""

from __future__ import annotations

import pytest
from conftest import make_pair

from detector.judge.polarity import compare_predicates, find_exchange


def compare(a, b, one_side=False):
    pair = make_pair(a, b)
    return compare_predicates(pair.earlier, pair.later, one_side)


MARKED = [
    ("The court approved the merger.", "The court has not approved the merger.", "opposite", "approved the merger",
     "has not approved the merger"),
    ("The council accepted the budget.", "The council rejected the budget.", "opposite", "accepted the budget",
     "rejected the budget"),
    ("Prices rose in May.", "Prices fell in May.", "opposite", "rose", "fell"),
    ("The reactor is safe.", "The reactor is unsafe.", "opposite", "safe", "unsafe"),
    ("The suspect was found guilty.", "The suspect was found innocent.", "opposite", "guilty", "innocent"),
    ("The strike is over.", "The strike is not over.", "opposite", "over", "is not over"),
    ("Talks have resumed.", "Talks have been suspended.", "opposite", "have resumed", "have been suspended"),
    ("The firm refused to pay the fine.", "The firm paid the fine.", "opposite", "refused to pay the fine", "paid the fine"),
    ("The firm paid a bribe.", "The minister denied that the firm paid a bribe.", "opposite", "paid a bribe",
     "denied that the firm paid a bribe"),
    ("The minister ruled out a tax rise.", "The minister refused to rule out a tax rise.", "opposite", "ruled out a tax rise",
     "refused to rule out a tax rise"),
    ("The union has yet to accept the offer.", "The union refused to accept the offer.", "both denied",
     "has yet to accept the offer", "refused to accept the offer"),
    ("The union accepted the offer.", "The offer was accepted by the union.", "same", "accepted the offer", "was accepted"),
    ("The firm did not refuse to pay the fine.", "The firm paid the fine.", "same", "did not refuse to pay the fine",
     "paid the fine"),
    ("The club is not only signing Ruiz but also Meyer.", "The club is signing Ruiz.", "same", "is not only signing Ruiz",
     "is signing Ruiz"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "outcome", "left", "right"), MARKED)
def test_outcomes_both_ways(first, second, outcome, left, right):
    for a, b, marks in ((first, second, (left, right)), (second, first, (right, left))):
        found = compare(a, b)
        assert found.outcome == outcome
        assert (a[slice(*found.earlier)], b[slice(*found.later)]) == marks


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("The dam will not hold.", "Nobody was hurt by the water.", "both negative"),
        ("The mayor resigned.", "The bridge was never repaired.", "one denied"),
    ],
)
def test_unrelated_negations(first, second, outcome):
    for a, b in ((first, second), (second, first)):
        found = compare(a, b)
        assert (found.outcome, found.earlier, found.later) == (outcome, None, None)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The mayor resigned.", "The bridge collapsed."),
        # A purpose does not say that it happens.
        ("Norway brokered a truce.", "Norway's efforts to broker a truce continued."),
        # One who lied about never seeking did seek.
        (
            "The company sought a loan from the bank.",
            "The company lied when it said it never sought a loan from the bank.",
        ),
        ("Police released the driver.", "Police arrested the owner."),
    ],
)
def test_nothing_to_compare(first, second):
    assert compare(first, second) is None
    assert compare(second, first) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The inquiry showed no collusion.", "The inquiry showed there was no collusion."),
        ("Brokers' efforts to broker a truce continued.", "Norway failed to broker a truce."),
        ("If the union accepts the offer, the strike will end.", "The union rejected the offer."),
        # Being able to do it says nothing against its not being done.
        ("The firm can resume testing its rockets.", "The firm had stopped testing its rockets."),
        # Which ones are meant is no statement about them.
        ("Drivers who do not pass the test lose their licence.", "The drivers will pass the test."),
        ("Rebels attacked the town.", "The rebels were not attacked."),
    ],
)
def test_traps_are_no_opposites(first, second):
    for a, b in ((first, second), (second, first)):
        found = compare(a, b)
        assert found is None or found.outcome != "opposite"


def test_settled_predicates_cannot_be_opposite():
    found = compare("The court approved the merger and the loan.", "The court approved the merger.")
    assert found.outcome == "same"


def test_one_speaker_may_leave_open_what_it_is_about():
    first, second = "Lena Ortiz said that she had quit.", "Lena Ortiz denied that she had quit."
    assert compare(first, second, one_side=True).outcome == "opposite"
    assert compare(first, second).outcome != "opposite"


@pytest.mark.parametrize(
    ("first", "second", "left", "right"),
    [
        ("Germany beat Spain.", "Spain beat Germany.", "Germany beat Spain", "Spain beat Germany"),
        ("On Friday Lena Ortiz accused Juan Delgado.", "Juan Delgado accused Lena Ortiz on Friday.",
         "Lena Ortiz accused Juan Delgado", "Juan Delgado accused Lena Ortiz"),
    ],
)  # fmt: skip
def test_exchanged_parts(first, second, left, right):
    for a, b, marks in ((first, second, (left, right)), (second, first, (right, left))):
        pair = make_pair(a, b)
        found = find_exchange(pair.earlier, pair.later)
        assert found.outcome == "roles"
        assert (a[slice(*found.earlier)], b[slice(*found.later)]) == marks


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Each meets the other.
        ("President Amara Diallo met Chancellor Ida Holm.", "Chancellor Ida Holm met President Amara Diallo."),
        ("Germany will play Spain in the final.", "Spain will play Germany in the final."),
        ("Germany invaded Poland.", "Poland was invaded by Germany."),
        ("Germany beat Spain.", "Spain did not beat Germany."),
    ],
)
def test_no_exchange(first, second):
    for a, b in ((first, second), (second, first)):
        pair = make_pair(a, b)
        assert find_exchange(pair.earlier, pair.later) is None
