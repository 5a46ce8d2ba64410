"""Quantities of a sentence: values, units, what is counted and what is said of it, and how two of them relate."""

from __future__ import annotations

import math

import pytest

from detector.facts.figures import figures_relation, find_figures
from detector.facts.units_convert import convert
from detector.records import Figure

INF = math.inf

# text -> (words, low, high, unit, counted) of each figure
FOUND = [
    # the seeds
    (
        (
            "At least 37 countries, including European, Asian, and Commonwealth nations, have been involved in the "
            "coalition's discussions, with 15 reportedly ready to contribute their troops."
        ),
        [("At least 37", 37, INF, "", "country"), ("15", 15, 15, "", "country")],
    ),
    (
        (
            "The Ukrainian military is still perceived as the main pillar of deterrence, while the allied troops, "
            "which could number between 10,000 and 30,000, would secure strategic facilities in the rear."
        ),
        [("between 10,000 and 30,000", 10000, 30000, "", "allied troop")],
    ),
    (
        "Healey said 30 countries were represented at Thursday's gathering.",
        [("30", 30, 30, "", "country")],
    ),
    (
        "Britain and Germany are to chair a meeting, bringing together around 50 nations to raise further support.",
        [("around 50", 50, 50, "", "nation")],
    ),
    ("Moscow has rejected a full 30-day truce.", [("30-day", 30, 30, "day", "truce")]),
    ("It has been defending itself for over three years.", [("over three years", 3, INF, "year", "")]),
    ("That limit could be exceeded within 10 days.", [("within 10 days", 0, 10, "day", "limit")]),
    # words and digits
    ("Fifteen sailors were rescued.", [("Fifteen", 15, 15, "", "sailor")]),
    (
        "A dozen tents and two dozen boats were lost.",
        [("A dozen", 12, 12, "", "tent"), ("two dozen", 24, 24, "", "boat")],
    ),
    ("Dozens of people were hurt.", [("Dozens", 24, INF, "", "people")]),
    ("Hundreds of volunteers came.", [("Hundreds", 200, INF, "", "volunteer")]),
    ("Tens of thousands of fans came.", [("Tens of thousands", 20000, INF, "", "fan")]),
    ("The army lost a hundred trucks.", [("a hundred", 100, 100, "", "truck")]),
    ("The plant employs one hundred and five welders.", [("one hundred and five", 105, 105, "", "welder")]),
    ("Half a million voters stayed home.", [("Half a million", 500000, 500000, "", "voter")]),
    ("Around 2.1 million homes lost power.", [("Around 2.1 million", 2.1e6, 2.1e6, "", "home")]),
    ("The service has 37m users.", [("37m", 37e6, 37e6, "", "user")]),
    # shares
    ("Three-quarters of members voted.", [("Three-quarters", 75, 75, "percent", "member")]),
    ("More than half of residents fled.", [("More than half", 50, INF, "percent", "resident")]),
    ("A third of voters oppose the plan.", [("A third", 33.3333, 33.3333, "percent", "voter")]),
    ("One in five homes was hit.", [("One in five", 20, 20, "percent", "home")]),
    ("Some 15 per cent of farmers oppose the plan.", [("Some 15 per cent", 15, 15, "percent", "farmer")]),
    # ranges and changes
    ("Groups of 12 to 15 hikers set out.", [("12 to 15", 12, 15, "", "hiker")]),
    ("The strike lasted 12-15 days.", [("12-15 days", 12, 15, "day", "strike")]),
    ("The loss was $1-2 billion.", [("$1-2 billion", 1e9, 2e9, "USD", "loss")]),
    ("The trip takes a five- to six-hour drive.", [("five- to six-hour", 5, 6, "hour", "drive")]),
    (
        "Unemployment rose from 5 to 7 percent.",
        [("5", 5, 5, "percent", "unemployment"), ("7 percent", 7, 7, "percent", "unemployment")],
    ),
    ("Fees range from 5 to 7 percent.", [("5 to 7 percent", 5, 7, "percent", "fee")]),
    # bounds and approximations
    ("No more than 12 passengers were on board.", [("No more than 12", 0, 12, "", "passenger")]),
    ("Fewer than 200 tickets were sold.", [("Fewer than 200", 0, 200, "", "ticket")]),
    ("As many as 300 houses were flooded.", [("As many as 300", 0, 300, "", "house")]),
    ("A minimum of 20 votes is needed.", [("A minimum of 20", 20, INF, "", "vote")]),
    ("It needs 60 votes or more.", [("60", 60, INF, "", "vote")]),
    ("Some 4,900 runners started.", [("Some 4,900", 4900, 4900, "", "runner")]),
    ("Almost 5,000 runners finished.", [("Almost 5,000", 4500, 5000, "", "runner")]),
    ("20-odd boats sank.", [("20-odd", 20, 20, "", "boat")]),
    # zero
    ("There were no survivors.", [("no", 0, 0, "", "survivor")]),
    ("None of the passengers was hurt.", [("None", 0, 0, "", "passenger")]),
    ("No one was injured in the blast.", [("No", 0, 0, "", "people")]),
    ("There are no plans to sell the mill.", []),
    # money, measures, durations
    ("The city launched a $50m fund.", [("$50m", 5e7, 5e7, "USD", "fund")]),
    ("The port took a 1.2 billion euro loan.", [("1.2 billion euro", 1.2e9, 1.2e9, "EUR", "loan")]),
    ("The bridge cost £20m.", [("£20m", 2e7, 2e7, "GBP", "bridge")]),
    ("She was fined 500 pounds.", [("500 pounds", 500, 500, "GBP", "")]),
    ("Police seized 500 pounds of cocaine.", [("500 pounds", 500, 500, "lb", "cocaine")]),
    ("The bank moved US$180 billion.", [("US$180 billion", 1.8e11, 1.8e11, "USD", "bank")]),
    ("Officers climbed a 37m wall.", [("37m", 37, 37, "m", "wall")]),
    ("Temperatures reached 35C.", [("35C", 35, 35, "celsius", "temperature")]),
    ("It fell to -5 degrees Celsius.", [("-5 degrees Celsius", -5, -5, "celsius", "")]),
    ("A 6.5-magnitude earthquake hit the coast.", [("6.5-magnitude", 6.5, 6.5, "magnitude", "earthquake")]),
    ("A magnitude 7.1 quake hit the coast.", [("7.1", 7.1, 7.1, "magnitude", "quake")]),
    ("Rates rose by 0.25 percentage points.", [("0.25 percentage points", 0.25, 0.25, "percentage point", "rate")]),
    ("He was jailed for two and a half years.", [("two and a half years", 2.5, 2.5, "year", "")]),
    ("Crews wrote a nearly 400-page report.", [("nearly 400", 360, 400, "", "page")]),
    # in two units, and as on a stopwatch
    ("He spoke for 12 hours and 52 minutes.", [("12 hours and 52 minutes", 772, 772, "minute", "")]),
    ("She is 5 feet 10 inches tall.", [("5 feet 10 inches", 70, 70, "inch", "")]),
    ("It took more than two years and three months.", [("more than two years and three months", 27, INF, "month", "")]),
    (
        "It takes between 2 hours and 30 minutes.",
        [("between 2 hours", 2, 2, "hour", ""), ("30 minutes", 30, 30, "minute", "")],
    ),
    ("Korin won in 14:41.9.", [("14:41.9", 881.9, 881.9, "second", "")]),
    ("Korin won in 2:05:11, at 14:05:33 GMT.", [("2:05:11", 7511, 7511, "second", "")]),
    ("Korin won at 9:14:05 and left at 9:30.", []),
    # the noun is elsewhere
    ("The death toll rose to 15.", [("15", 15, 15, "", "death toll")]),
    ("The number of strikes reached 40.", [("40", 40, 40, "", "strike")]),
    ("A group of 15 countries signed the treaty.", [("15", 15, 15, "", "country")]),
    ("12 were killed.", [("12", 12, 12, "", "")]),
    (
        "The fire killed at least 10 people, injuring dozens more.",
        [("at least 10", 10, INF, "", "people"), ("dozens", 24, INF, "", "other people")],
    ),
    (
        "At least 80 people, including 10 children, have died and dozens were injured.",
        [("At least 80", 80, INF, "", "people"), ("10", 10, 10, "", "child"), ("dozens", 24, INF, "", "people")],
    ),
    ("The dollar fell 998 points on the stock index.", [("998 points", 998, 998, "point", "dollar")]),
    ("Her lead in the polls is 3 points.", [("3 points", 3, 3, "percentage point", "lead")]),
    (
        "Sales rose 16.5 and 9.3% respectively.",
        [("16.5", 16.5, 16.5, "percent", "sale"), ("9.3%", 9.3, 9.3, "percent", "sale")],
    ),
    ("Courts expect a 30-to-60-day delay.", [("30-to-60-day", 30, 60, "day", "delay")]),
    ("It fell after six straight days of losses.", [("six straight days", 6, 6, "day", "loss")]),
    ("Police found six AK-47 rifles.", [("six", 6, 6, "", "rifle")]),
    ("The rule starts in the second half of 2016.", []),
    ("He applied to another six countries.", [("six", 6, 6, "", "other country")]),
    ("The two leaders met.", [("two", 2, 2, "", "leader")]),
    ("Rebels freed 90% of the town's hostages.", [("90%", 90, 90, "percent", "hostage")]),
    ("The airline ordered five new 737 aircraft.", [("five", 5, 5, "", "new aircraft")]),
    # no quantities
    ("The mill opened in 2012 and shut on 12 May.", []),
    ("On April 9, 2025 they met at 2:30 pm, and again at 9 a.m.", []),
    ("The 2008 elections and the 1990s were calm.", []),
    ("John Smith, 34, and a 5-year-old girl, both from Leeds, were seen.", []),
    ("People aged 18 to 30 and children under 5 are welcome.", []),
    ("Boeing 737, Flight 370, F-16, Article 5, Route 66, COVID-19, G20 and Apollo 11 are names.", []),
    ("The Group of 7 met after the 9/11 attacks.", []),
    ("She finished third, he was 21st.", []),
    ("The team won 3-1 and the court ruled 5-4.", []),
    ("Call 555-0199 or 1-800-555-0199, or see www.example.com/2024.", []),
    ("1. The mayor resigned.", []),
    ("He is one of the best, they saw one another, and one day it rained.", []),
    ("She left two weeks ago and was ill for the past three years.", []),
    ("The hangar holds 2000 people.", [("2000", 2000, 2000, "", "people")]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text[:40] for text, _ in FOUND])
def test_find_figures(read_sentence, text, expected):
    figures = find_figures(read_sentence(text))
    assert [(text[f.start : f.end], f.low, f.high, f.unit, f.counted) for f in figures] == expected


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("About 30 guests came.", [True]),
        ("Nearly 500 homes lost power.", [True]),
        ("Dozens of cars burned.", [True]),
        ("An estimated 9,000 fans came.", [True]),
        ("At least 12 died.", [False]),
        ("Exactly 12 cars burned and 30-ish boats sank.", [False, True]),
    ],
)
def test_approximations_are_marked(read_sentence, text, flags):
    assert [figure.approximate for figure in find_figures(read_sentence(text))] == flags


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        (
            (
                "At least 37 countries, including Asian nations, have been involved in the coalition's discussions, "
                "with 15 reportedly ready to contribute their troops."
            ),
            ["involved in the coalition's discussions", "ready to contribute their troops"],
        ),
        (
            "Healey said 30 countries were represented at Thursday's gathering.",
            ["represented at Thursday's gathering"],
        ),
        ("12 were killed.", ["killed"]),
        ("The blast killed 12 and wounded 30 others.", ["killed", "wounded"]),
        ("Dozens of people were hurt when a bus carrying 40 passengers crashed.", ["hurt", "carrying"]),
        ("Unemployment rose to 5 percent.", ["rose to"]),
        ("Temperatures fell from 12C to 4C.", ["fell from", "fell to"]),
        ("Rescuers pulled out 14 bodies.", ["pulled out"]),
        ("Seven players were not invited to the camp.", ["not invited to the camp"]),
        ("No more than 12 passengers were on board.", ["on board"]),
        ("There were no casualties.", [""]),
        ("It struck 12 km south-east of the town of Dargan and shook Ister.", ["south-east of the town of Dargan"]),
        ("They met 30 miles (50 km) from the border with Ister.", ["from the border", "from the border"]),
        ("The camp is 7 miles off Brunnau, the mayor said.", ["off Brunnau"]),
        ("He walked 7 miles on Monday.", ["walked on Monday"]),
    ],
)
def test_scope_is_what_is_said_of_the_things_counted(read_sentence, text, scopes):
    assert [figure.scope for figure in find_figures(read_sentence(text))] == scopes


def test_scope_is_short(read_sentence):
    text = (
        "Some 60 farmers marched through the flooded streets of the old town to the gates of the ministry of works to "
        "protest against the new tax."
    )
    (figure,) = find_figures(read_sentence(text))
    assert figure.scope.startswith("marched through the flooded streets")
    assert len(figure.scope.split()) <= 10


def test_offsets_count_from_the_sentence(language):
    document = language("It rained all night. Police said 12 people drowned in the river.")
    sentence = list(document.sents)[1]
    (figure,) = find_figures(sentence)
    assert sentence.text[figure.start : figure.end] == "12"


def figure(low, high=None, unit="", *, about=False):
    return Figure(low, low if high is None else high, unit, "thing", about, 0, 1)


RELATIONS = [
    (figure(12), figure(12), "same"),
    (figure(37, INF), figure(37, INF), "same"),
    (figure(24, INF, about=True), figure(24, INF, about=True), "same"),
    (figure(5000), figure(4900, about=True), "rounds"),
    (figure(5000, about=True), figure(5000), "rounds"),
    (figure(1.2e9, unit="USD"), figure(1.17e9, unit="USD"), "rounds"),
    (figure(4500, 5000, about=True), figure(4900), "rounds"),
    (figure(4500, 5000, about=True), figure(5000), "rounds"),
    (figure(1800, 2000, about=True), figure(2000, 2200, about=True), "different"),  # just under, just over
    (figure(1800, 2000, about=True), figure(1950, 2145, about=True), "rounds"),
    (figure(50, about=True), figure(47), "rounds"),
    (figure(106, about=True), figure(105), "rounds"),
    (figure(106, about=True), figure(102), "different"),  # as exact as its three digits
    (figure(106, about=True), figure(100), "rounds"),
    (figure(50, about=True), figure(37), "different"),
    (figure(33.3333, unit="percent"), figure(33, unit="percent"), "rounds"),
    (figure(33.3333, unit="percent"), figure(33, unit="percent", about=True), "rounds"),
    (figure(5, unit="percent"), figure(4.9, unit="percent"), "rounds"),
    (figure(6.5, unit="magnitude"), figure(6.4, unit="magnitude"), "different"),
    (figure(20), figure(19), "different"),
    (figure(30), figure(37, INF), "different"),
    (figure(2977), figure(2980), "rounds"),
    (figure(2977), figure(2980.5), "different"),
    (figure(12, INF), figure(15), "within"),
    (figure(12, INF), figure(11), "different"),
    (figure(12, INF), figure(130), "different"),
    (figure(10000, 30000), figure(20000), "within"),
    (figure(10000, 30000), figure(9800, about=True), "rounds"),
    (figure(10000, 30000), figure(3000), "different"),
    (figure(0, 50), figure(45), "within"),
    (figure(0, 50), figure(60), "different"),
    (figure(0), figure(3), "different"),
    (figure(0), figure(0), "same"),
    (figure(500), figure(5000), "different"),
    (figure(10, INF), figure(12, INF), "within"),
    (figure(200, INF, about=True), figure(450), "within"),
    (figure(10, unit="mile"), figure(16, unit="km"), "rounds"),
    (figure(2, unit="week"), figure(14, unit="day"), "same"),
    (figure(2, unit="tonne"), figure(2000, unit="kg"), "same"),
    (figure(30, unit="celsius"), figure(86, unit="fahrenheit"), "same"),
    (figure(1, unit="month"), figure(30, unit="day"), "rounds"),
    (figure(25, unit="basis point"), figure(0.25, unit="percentage point"), "same"),
    (figure(5, unit="percent"), figure(5, unit="percentage point"), "different"),
    (figure(5, unit="USD"), figure(5, unit="EUR"), "different"),
]


@pytest.mark.parametrize(("a", "b", "relation"), RELATIONS)
def test_figures_relation(a, b, relation):
    assert figures_relation(a, b) == relation
    assert figures_relation(b, a) == relation


def test_convert_knows_what_cannot_be_converted():
    assert convert(1, "km", "m") == 1000
    assert convert(1, "km", "kg") is None
    assert convert(1, "", "km") is None
