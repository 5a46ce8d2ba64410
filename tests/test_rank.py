"""The order of importance: how sure, how central, how independent; and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from conftest import make_article
from test_origins import OWN, WIRE

from detector.rank import keep_most, order_finding, rank_findings
from detector.records import Claim, Finding, Pair, Relation, Signals

NAMES = "abcd"
ARTICLES = [make_article(f"{name} " * 100, source=f"Paper {name}", name=name) for name in NAMES]
DIFFER, DEVELOP, AGREE = Relation.DIFFER, Relation.DEVELOP, Relation.AGREE


def say(article, start=0):
    """A claim of an article of 200 characters."""
    return Claim(f"{article}-{start}", article, f"Paper {article}", "It is so.", "", start, start + 9)


def pair_of(first, second, closeness=0.7):
    return Pair(first, second, "test", closeness)


def find(pair, relation=DIFFER, kind="number", confidence=0.8, **more):
    name = f"f-{pair.earlier.id}-{pair.later.id}"
    return Finding(name, "", pair, relation, kind, confidence, Signals(), (), {"earlier": (), "later": ()}, "", **more)


def measure(finding, pairs=(), articles=ARTICLES):
    (ranked,) = rank_findings([finding], pairs, articles)
    assert replace(ranked, severity=0.0) == finding
    assert 0.0 <= ranked.severity <= 1.0
    return ranked.severity


BASE = pair_of(say("a"), say("b"))


def test_severity_is_a_product():
    # two of four sources, both at the very start: centrality 2/3 x 1/2 + 1/3 x 1 = 2/3
    assert measure(find(BASE)) == pytest.approx(0.8 * (0.5 + 0.5 * 2 / 3), abs=1e-4)


def test_the_surer_and_the_weightier_kind_come_first():
    assert measure(find(BASE, confidence=0.9)) > measure(find(BASE, confidence=0.8))
    assert measure(find(BASE)) > measure(find(BASE, kind="scope"))
    assert measure(find(BASE)) > measure(find(BASE, DEVELOP, "count")) > measure(find(BASE, AGREE, "reworded"))


def read(finding, entailment=0.0, contradiction=0.0):
    return replace(finding, signals=Signals(entailment=entailment, contradiction=contradiction))


def test_what_follows_makes_an_agreement_weigh_more():
    agree = find(BASE, AGREE, "reworded", 1.0)
    shares = [measure(read(agree, entailment)) for entailment in (0.0, 0.3, 0.9)]
    assert shares == sorted(set(shares))
    assert shares[0] == pytest.approx(0.2 * 0.7 / 0.8 * measure(agree), abs=1e-4)  # measure(agree): no model was asked
    closer = read(find(pair_of(say("a"), say("b"), 0.8), AGREE, "reworded", 1.0), 0.9)
    assert measure(closer) > shares[2]
    predicted = replace(agree, signals=Signals(entailment=0.3, contradiction=0.0, prediction=(0.9, 0.0, 0.0, 0.1)))
    assert measure(predicted) == shares[2]  # what the model takes for one fact, though neither follows wholly
    assert (
        measure(read(find(BASE, AGREE, "rounded", 1.0))) > shares[1]
    )  # the model seldom sees that two figures are one


@pytest.mark.parametrize(
    ("change", "plain"),
    [
        (read(find(BASE, confidence=0.9), contradiction=0.9), True),
        (read(find(BASE, confidence=0.6), contradiction=0.9), False),  # not sure
        (read(find(BASE, confidence=0.9), contradiction=0.2), False),  # no contradiction
        (read(find(pair_of(say("a"), say("b"), 0.4), confidence=0.9), contradiction=0.9), False),  # far apart
        (read(find(BASE, DEVELOP, "status", 0.9), contradiction=0.9), True),
        (read(find(BASE, DEVELOP, "status", 0.9), contradiction=0.2), False),
    ],
)
def test_a_plain_change_comes_before_agreement_and_a_doubtful_one_after(change, plain):
    agree = read(find(BASE, AGREE, "reworded", 0.98), entailment=0.95)
    assert (measure(change) > measure(agree)) is plain


def tell(article, text):
    return replace(say(article), id=f"{article}-{text}", text=text)


def test_a_sentence_that_was_shown_is_no_news():
    lead, other = tell("a", "The mayor resigned."), tell("a", "The bridge is shut.")
    partners = [tell(name, f"So says {name}.") for name in "bcd"]
    findings = [find(pair_of(lead, one), confidence=0.9) for one in partners]
    findings.append(find(pair_of(other, tell("b", "No bus runs.")), confidence=0.7))
    ranked = rank_findings(findings, (), ARTICLES)
    assert [one.pair.earlier.text for one in ranked] == [lead.text, lead.text, other.text, lead.text]
    assert ranked[1].severity == pytest.approx(0.8 * ranked[0].severity, abs=1e-4)
    assert ranked[3].severity == pytest.approx(0.64 * ranked[0].severity, abs=1e-4)
    assert sorted(ranked, key=order_finding) == list(ranked)


def test_what_two_outlets_quote_alike_is_one_sentence():
    lead = tell("a", "The mayor resigned.")
    quoted = [tell("b", "“I am done,” he said."), tell("c", '"I am done", he said.')]
    first, second = rank_findings([find(pair_of(lead, one)) for one in quoted], (), ARTICLES)
    assert second.severity == pytest.approx(0.64 * first.severity, abs=1e-4)  # both of its sentences stood before


def test_what_more_sources_speak_to_comes_first():
    near = [pair_of(say("a"), say("c"))], [pair_of(say("c"), say("a")), pair_of(say("b"), say("d"))]
    alone = measure(find(BASE))
    one, two = (measure(find(BASE), pairs) for pairs in near)
    assert alone < one < two
    assert two == pytest.approx(0.8, abs=1e-4)


@pytest.mark.parametrize(
    "pair",
    [
        pair_of(say("a"), say("c"), 0.55),  # not close
        pair_of(say("a", 50), say("c")),  # another sentence
        pair_of(say("a"), say("b", 50)),  # a source that is counted already
    ],
)
def test_what_does_not_speak_to_the_fact(pair):
    assert measure(find(BASE), [pair]) == measure(find(BASE))


def test_a_long_article_does_not_vote_for_itself():
    many = [pair_of(say("a"), say("c", start)) for start in range(0, 100, 10)]
    assert measure(find(BASE), many) == measure(find(BASE), many[:1])


def test_what_stands_early_comes_first():
    assert (
        measure(find(BASE))
        > measure(find(pair_of(say("a", 90), say("b"))))
        > measure(find(pair_of(say("a", 90), say("b", 90))))
    )


@pytest.mark.parametrize(
    "articles",
    [
        [
            replace(ARTICLES[0], credit="Reuters"),
            replace(ARTICLES[1], source="Paper b", credit="Reuters"),
            *ARTICLES[2:],
        ],
        [replace(ARTICLES[0], credit="Paper b"), *ARTICLES[1:]],
    ],
)
def test_two_articles_of_one_origin_weigh_less(articles):
    assert measure(find(BASE), articles=articles) == pytest.approx(0.7 * measure(find(BASE)), abs=1e-3)


def test_near_copies_weigh_less():
    def make(*texts):
        return [make_article(text, source=f"Paper {name}", name=name) for name, text in zip("ab", texts, strict=True)]

    copies, two = make(WIRE, WIRE.replace("twelve", "thirteen")), make(WIRE, OWN)
    assert measure(find(BASE), articles=copies) < measure(find(BASE), articles=two)


def test_the_order_of_input_does_not_matter():
    claims = [say("a"), say("b", 20), say("c", 120), say("d", 40)]
    pairs = [pair_of(one, two) for i, one in enumerate(claims) for two in claims[:i]]
    findings = [find(pair, confidence=0.5 + 0.03 * (i % 3)) for i, pair in enumerate(pairs[:5])]
    expected = rank_findings(findings, pairs, ARTICLES)
    assert len({finding.severity for finding in expected}) > 2
    for order in permutations(range(5)):
        shuffled = [findings[i] for i in order]
        assert rank_findings(shuffled, pairs[::-1], ARTICLES[::-1]) == expected


def test_equal_findings_stand_by_id():
    twins = [replace(find(BASE), id=name) for name in ("f2", "f1", "f3")]
    assert [finding.id for finding in rank_findings(twins, (), ARTICLES)] == ["f1", "f2", "f3"]


def test_what_is_to_be_checked_by_hand_comes_last():
    check = replace(find(BASE, confidence=0.49), id="f0", check=True)
    aside = find(pair_of(say("c", 190), say("d", 190)), AGREE, "repeated", 0.5)
    ranked = rank_findings([check, aside], (), ARTICLES)
    assert [finding.check for finding in ranked] == [False, True]
    assert ranked[1].severity > ranked[0].severity  # by severity alone it would come first
    assert sorted(ranked, key=order_finding) == list(ranked)


def make_many(sure, check):
    return [replace(find(BASE), id=f"s{i}") for i in range(sure)] + [
        replace(find(BASE), id=f"c{i}", check=True) for i in range(check)
    ]


@pytest.mark.parametrize(
    ("sure", "check", "most", "shown", "counts"),
    [
        (3, 2, 200, ["s0", "s1", "s2", "c0", "c1"], {"differ": 3, "check": 2, "unsure": 9, "over the cap": 0}),
        (0, 7, 200, ["c0", "c1", "c2", "c3", "c4"], {"differ": 0, "check": 5, "unsure": 11, "over the cap": 0}),
        (3, 2, 4, ["s0", "s1", "s2", "c0"], {"differ": 3, "check": 1, "unsure": 10, "over the cap": 0}),
        (3, 2, 2, ["s0", "s1"], {"differ": 3, "check": 0, "unsure": 11, "over the cap": 1}),
        (0, 0, 2, [], {"differ": 0, "check": 0, "unsure": 9, "over the cap": 0}),
    ],
)
def test_what_is_kept_and_how_the_rest_is_counted(sure, check, most, shown, counts):
    judged = {"differ": sure, "check": check, "unsure": 9}
    kept, told = keep_most(make_many(sure, check), judged, most)
    assert [finding.id for finding in kept] == shown
    assert told == counts
