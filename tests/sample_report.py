"""Invented reports for tests of everything right of the seam: no model, no seed article, nothing from a real paper."""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from detector import records as r
from detector.records import Article, Card, Claim, Evidence, Facts, Finding, OnlyIn, Pair, Position, Relation, Report

HOSTILE = '<script>alert("x")</script> & "quotes" *stars* [link](javascript:alert(1)) `code` $5.'
"""A sentence that must come out as it is in every format."""
FORMULA = '=HYPERLINK("http://evil.example","click") was what the notice said.'

# fmt: off
_ARTICLES = (  # source, title, published, how that is known and from what, address, paragraphs of sentences
    ("Harbour Gazette", "Ferry runs aground off Velmar", datetime(2031, 5, 3, 18, 30, tzinfo=UTC), "metadata", None,
     "https://gazette.example/ferry?a=1&b=2",
     (("The ferry Aurelia ran aground off Port Velmar on Friday evening.",
       "At least 37 people were taken to hospital.",
       "The captain, Ines Okoro, said the radar had failed."),
      ("The port authority expects the wreck to be towed within a week.",
       "A choir from the island of Sund was on board.",
       HOSTILE))),
    ("Island Radio", "Aurelia: what we know", datetime(2031, 5, 4, tzinfo=timezone(timedelta(hours=2))), "text",
     "Sund, 4 May", "ftp://radio.example/aurelia",
     (("The Aurelia struck a reef near Port Velmar on Friday night.",
       "Hospital staff counted 52 injured passengers by noon.",
       "Captain Okoro denied that the radar had failed."),
      ("Was nobody watching?",
       FORMULA))),
    ("The Meridian Post-Intelligencer", "Salvage of the Aurelia delayed", datetime(2031, 5, 9, 6, 5, tzinfo=UTC),
     "inferred", '"six days after the grounding" counts from 3 May', None,
     (("Six days after the grounding the Aurelia still lies off Port Velmar.",
       "The towing has been put off until June, the port authority said.",
       "Thirty people are still in hospital, the health minister said on 8 May."),
      ("Insurers put the damage at between 10 and 14 million crowns.",
       "He did not say more."))),
    ("wire", "Aurelia", None, None, None, None, (("The Aurelia ran aground off Port Velmar.",),)),
)
# fmt: on
_WEIGHTS = {"agree": -0.4, "differ": 2.1, "develop": 0.3, "unrelated": -2.0}


def make_report(tail: str = "") -> Report:
    """Return one story of four sources with every relation, cards to check by hand, and things left out.

    `tail` stands behind every id, so that two such stories can share a report.
    """
    articles, claims = _make_articles(tail, _ARTICLES)
    claims = _with_facts(claims)
    story = r.Story(
        "story-aurelia-0001" + tail,
        "Ferry Aurelia aground off Port Velmar",
        tuple(a.id for a in articles),
        {"claims": 12, "clusters": 4, "fewest": 2, "most": 4, "silhouette": 0.07, "smallest": 2, "largest": 8},
    )
    topic_claims = (
        ("injured", "Injured passengers", ("injured", "hospital"), ("0.1", "1.1", "2.2"), True),
        ("grounding", "The grounding", ("reef", "aground"), ("0.0", "1.0", "2.0", "3.0"), False),
        ("radar", "The radar", ("radar", "captain"), ("0.2", "1.2"), False),
        ("salvage", "Salvage", ("towing", "wreck"), ("0.3", "2.1", "1.4"), False),
        ("choir", "The choir from Sund", ("choir",), ("0.4",), False),
    )
    topics = tuple(
        r.Topic(one + tail, story.id, label, terms, tuple(claims[c].id for c in own), named, tuple(0.9 for _ in own))
        for one, label, terms, own, named in topic_claims
    )
    rows = (
        ("f1", "injured", Relation.DIFFER, "number", 0.86, "0.1", "1.1", "At least 37", "52 injured"),
        ("f2", "radar", Relation.DIFFER, "disputed", 0.45, "0.2", "1.2", "had failed", "denied"),
        ("f3", "salvage", Relation.DEVELOP, "plan-to-done", 0.91, "0.3", "2.1", "within a week", "until June"),
        ("f4", "grounding", Relation.AGREE, "reworded", 0.95, "0.0", "1.0", "ran aground", "struck a reef"),
        ("f5", "grounding", Relation.AGREE, "repeated", 0.97, "0.0", "3.0", "ran aground", "ran aground"),
        ("f6", "injured", Relation.DEVELOP, "count", 0.38, "1.1", "2.2", "52", "Thirty"),
    )
    findings = tuple(_make_finding(row, claims, tail) for row in rows)
    cards = (
        _make_card(
            "c1" + tail, "How many people were hurt?", findings[:1], claims, {"0.1": "at least 37", "1.1": "52"}
        ),
        _make_card("c2" + tail, "Did the radar fail?", findings[1:2], claims, {"0.2": "failed", "1.2": "denied"}),
        _make_card(
            "c3" + tail,
            "When will the wreck be towed?",
            findings[2:3],
            claims,
            {"0.3": "within a week", "2.1": "not before June"},
        ),
        _make_card("c6" + tail, "How many are in hospital?", findings[5:], claims, {"1.1": "52", "2.2": "thirty"}),
        _make_card(
            "c4" + tail,
            "Did the Aurelia run aground off Port Velmar?",
            findings[3:5],
            claims,
            {"0.0": "ran aground", "1.0": "struck a reef", "3.0": "ran aground"},
        ),
    )
    only = (("0.4", "choir" + tail), ("0.5", ""), ("1.4", "salvage" + tail), ("2.3", ""))
    return Report(
        made_at=datetime(2031, 6, 1, 12, 0, tzinfo=UTC),
        settings={"model": "all-MiniLM-L6-v2", "nli": None, "weights": "2031-05", "gate": 0.5, "topics": ["Injured"]},
        articles=articles,
        claims=tuple(claims.values()),
        stories=(story,),
        topics=topics,
        findings=findings,
        cards=cards,
        only_in=tuple(OnlyIn(claims[c].article_id, claims[c].id, topic) for c, topic in only),
        skipped=(r.Skipped("inbox/empty.txt", "the file is empty"), r.Skipped("inbox/<b>.pdf", "no reader for .pdf")),
        counts={
            "articles": 4,
            "claims": len(claims),
            "pairs": {"close": 31, "name and figure": 4},
            "findings": {"differ": 1, "check": 2, "unsure": 3},
        },
    )


def make_versions_report() -> Report:
    """Return a comparison of two versions of one article: changed, unchanged, added and dropped sentences."""
    report = make_report()
    first, second = report.articles[0], replace(report.articles[2], source=report.articles[0].source)
    kept = {first.id, second.id}
    claims = tuple(replace(c, source=first.source) for c in report.claims if c.article_id in kept)
    own = {claim.id: claim for claim in claims}
    salvage, grounding = report.findings[2], report.findings[3]
    pairs = (salvage.pair, Pair(claims[0], claims[6], "close", 0.93, "grounding"))
    findings = tuple(
        replace(f, pair=replace(p, earlier=own[p.earlier.id], later=own[p.later.id]), kind=kind)
        for f, p, kind in zip((salvage, grounding), pairs, ("plan-to-done", "repeated"), strict=True)
    )
    cards = tuple(
        replace(
            card,
            kind=f.kind,
            positions=tuple(Position(c.id, c.source, "", ()) for c in (f.pair.earlier, f.pair.later)),
            finding_ids=(f.id,),
        )
        for card, f in zip((report.cards[2], report.cards[4]), findings, strict=True)
    )
    notes = ((claims[4], "dropped"), (claims[9], "added"))
    return replace(
        report, settings={**report.settings, "mode": "versions", "nli": "claim-nli"}, articles=(first, second),
        claims=claims, stories=(replace(report.stories[0], article_ids=(first.id, second.id)),),
        topics=tuple(replace(t, claim_ids=tuple(c for c in t.claim_ids if c in own)) for t in report.topics),
        findings=findings, cards=cards, skipped=(),
        only_in=tuple(OnlyIn(claim.article_id, claim.id, "", note) for claim, note in notes),
    )  # fmt: skip


def make_two_story_report() -> Report:
    """Return two stories, an article that shares none, and a story that has one article only."""
    one, two = make_report(), make_report("b")
    alone, single = make_report("c").articles[0], make_report("d").articles[1]
    return replace(
        one,
        articles=one.articles + two.articles + (replace(alone, title="Unrelated"), replace(single, title="A loner")),
        claims=one.claims + two.claims,
        stories=(*one.stories, replace(two.stories[0], title="Café blaze — Östra’s 2nd"),
                 r.Story("story-single", "A loner", (single.id,))),
        topics=one.topics + two.topics,
        findings=one.findings + two.findings,
        cards=one.cards + two.cards,
        only_in=one.only_in + two.only_in,
    )  # fmt: skip


def make_two_level_report() -> Report:
    """Return the story with an aspect: "The accident", whose facts are the grounding and the radar, and a claim more."""
    report = make_report()
    injured, grounding, radar, salvage, choir = report.topics
    facts = tuple(replace(fact, parent="accident") for fact in (grounding, radar))
    claims = (*grounding.claim_ids, *radar.claim_ids, choir.claim_ids[0])
    aspect = r.Topic("accident", grounding.story_id, "The accident", ("aurelia",), claims, False, (0.8,) * len(claims))
    return replace(report, topics=(injured, aspect, *facts, salvage, choir))


def make_long_report(sources: int = 8, topics: int = 40) -> Report:
    """Return a story of many sources and topics, every fourth an aspect of the three after it, with labels of all lengths."""
    report = make_report()
    words = "harbour wreck tug captain hydrometeorological reef passenger hospital insurer inquiry lifeboat".split()
    names = [f"Paper {i}" if i % 2 else f"The Longer Evening Paper of Place {i}" for i in range(sources)]
    articles = [
        replace(report.articles[0], id=f"a{i}", source=name, published=report.articles[0].published + timedelta(days=i))
        for i, name in enumerate(names)
    ]
    texts = [""] * sources
    claims: list[Claim] = []
    made: list[r.Topic] = []
    cards: list[Card] = []
    for t in range(topics):
        own = []
        for i in range((t * 7) % 23 + 2):
            source = (i * (t % 3 + 1) + t) % sources if t % 6 else 0
            text = f"Sentence {t}.{i} of {names[source]} tells at some length what happened at the {words[t % 11]}."
            one = f"c{t}-{i}"
            own.append(replace(report.claims[0], id=one, article_id=f"a{source}", source=names[source], text=text,
                               start=len(texts[source]), end=len(texts[source]) + len(text)))  # fmt: skip
            texts[source] += f"{text} "
        claims += own
        label = " ".join(words[(t + k) % 11] for k in range(t % 4 + 1))
        parent = f"t{t - t % 4}" if t % 4 else ""
        ids = tuple(claim.id for claim in own)
        made.append(
            r.Topic(f"t{t}", report.stories[0].id, label, tuple(words[:4]), ids, False, (0.5,) * len(ids), parent)
        )
        positions = tuple(Position(claim.id, claim.source, "at least 37", ()) for claim in own[:2])
        cards += [
            replace(report.cards[(t + k) % 5], id=f"k{t}-{k}", topic_id=f"t{t}", question=f"How many {label}?",
                    positions=positions, finding_ids=())
            for k in range(t % 3)
        ]  # fmt: skip
    whole = {topic.id: topic.claim_ids for topic in made if not topic.parent}
    for topic in made:
        if topic.parent:
            whole[topic.parent] += topic.claim_ids
    aspects = tuple(replace(topic, claim_ids=whole.get(topic.id, topic.claim_ids), strength=()) for topic in made)
    story = replace(report.stories[0], article_ids=tuple(article.id for article in articles))
    articles = [replace(article, text=text) for article, text in zip(articles, texts, strict=True)]
    return replace(report, articles=tuple(articles), claims=tuple(claims), stories=(story,), topics=aspects, findings=(),
                   cards=tuple(cards), only_in=())  # fmt: skip


def make_empty_report() -> Report:
    """Return a report of two articles that share a story and nothing else."""
    report = make_report()
    articles = report.articles[:2]
    story = replace(report.stories[0], article_ids=tuple(a.id for a in articles))
    return replace(report, articles=articles, claims=(), stories=(story,), topics=(), findings=(), cards=(),
                   only_in=(), skipped=(), counts={})  # fmt: skip


def make_big_report(number: int) -> Report:
    """Return a report with `number` findings, each on a card of its own with two long sentences."""
    report = make_report()
    findings, cards, claims = [], [], {c.id: c for c in report.claims}
    relations = (Relation.DIFFER, Relation.DEVELOP, Relation.AGREE)
    for i in range(number):
        base = report.findings[i % 4]
        text = f"{base.pair.earlier.text} " * 5
        earlier = replace(base.pair.earlier, id=f"e{i:04}", text=text.strip())
        later = replace(base.pair.later, id=f"l{i:04}", text=text.strip())
        finding = replace(base, id=f"f{i:04}", pair=replace(base.pair, earlier=earlier, later=later),
                          relation=relations[i % 3], check=False)  # fmt: skip
        findings.append(finding)
        claims |= {earlier.id: earlier, later.id: later}
        positions = tuple(Position(c.id, c.source, f"value {i}", ((0, 8),)) for c in (earlier, later))
        cards.append(replace(report.cards[0], id=f"c{i:04}", question=f"Question number {i}?", positions=positions,
                             finding_ids=(finding.id,), relation=relations[i % 3]))  # fmt: skip
    return replace(report, claims=tuple(claims.values()), findings=tuple(findings), cards=tuple(cards))


def _make_articles(tail: str, rows) -> tuple[tuple[Article, ...], dict[str, Claim]]:
    articles, claims = [], {}
    reasons = {"1.3": "question", "2.4": "unclear"}
    speakers = {"0.2": ("Ines Okoro", "states"), "1.2": ("Captain Okoro", "denies"),
                "2.1": ("the port authority", "reports"), "2.2": ("the health minister", "states")}  # fmt: skip
    for i, (source, title, published, basis, evidence, url, paragraphs) in enumerate(rows):
        text = "\n\n".join(" ".join(sentences) for sentences in paragraphs)
        one = hashlib.sha256(title.encode()).hexdigest()[:12] + tail
        articles.append(Article(one, source, title, text, published, basis, evidence, "metadata", url, f"in/{i}.txt"))
        place = 0
        for j, sentence in enumerate(part for sentences in paragraphs for part in sentences):
            start = text.index(sentence, place)
            place = start + len(sentence)
            key = f"{i}.{j}"
            speaker, stance = speakers.get(key, (None, "states"))
            claims[key] = Claim(f"{one}-{j}", one, source, sentence, title, start, place, speaker, stance,
                                left_out=reasons.get(key))  # fmt: skip
    return tuple(articles), claims


def _with_facts(claims: dict[str, Claim]) -> dict[str, Claim]:
    figure = r.Figure(37, math.inf, "", "people", False, 0, 18, "taken to hospital")
    below = r.Figure(-math.inf, 14.0, "million crown", "damage", True, 0, 8)
    when = r.DateMention("8 May", 67, 72, "day", False, "05-08", date(2031, 5, 8), date(2031, 5, 8))
    who = r.Name("Port Velmar", "port velmar", "place", 34, 45)
    does = r.Predicate("run", "aurelia", "", False, 18, 21)
    facts = {
        "0.1": Facts(figures=(figure,), phrases=("At least 37 people", "hospital"), lemmas=("people", "hospital")),
        "2.3": Facts(figures=(below,), modality="possible"),
        "2.2": Facts(dates=(when,), update_words=("still",)),
        "0.0": Facts(names=(who,), predicates=(does,)),
        "1.2": Facts(negated=True),
    }
    days = {"2.2": date(2031, 5, 8), "0.0": date(2031, 5, 2)}
    return {key: replace(claim, facts=facts.get(key, Facts()), as_of=days.get(key)) for key, claim in claims.items()}


def _make_finding(row, claims: dict[str, Claim], tail: str) -> Finding:
    one, topic, relation, kind, confidence, first, second, left, right = row
    earlier, later = claims[first], claims[second]
    spans = {
        side: ((claim.text.index(words), claim.text.index(words) + len(words)),)
        for side, claim, words in (("earlier", earlier, left), ("later", later, right))
    }
    weights = {relation.value: 2.1, "unrelated": -2.0} if relation is not Relation.DIFFER else _WEIGHTS
    evidence = (
        Evidence("start", "start", "before anything is compared", dict.fromkeys(map(str, Relation), -0.3)),
        Evidence("numbers", "different", "different numbers of the same thing", weights),
        Evidence("wording", "some", "some words in common", {relation.value: 0.4}),
        Evidence("speaker", "other", "another speaker", {relation.value: -0.7}),
        Evidence("time", "abstains", "no date to compare", dict.fromkeys(map(str, Relation), 0.0)),
    )
    contrast = r.Contrast("different", spans["earlier"][0], spans["later"][0])
    signals = r.Signals(wording=0.31, closeness=0.72, shared=0.2, figures=contrast, polarity=r.Contrast("same"))
    why = f"The reports give {left!r} and {right!r} for the same matter."
    pair = Pair(earlier, later, "close", 0.72, topic + tail)
    severity, check = round(confidence * 0.9, 4), confidence < 0.5
    return Finding(
        one + tail, topic + tail, pair, relation, kind, confidence, signals, evidence, spans, why, severity, check
    )


def _make_card(one: str, question: str, findings, claims: dict[str, Claim], values: dict[str, str]) -> Card:
    best = findings[0]
    spans = {f.pair.earlier.id: f.spans["earlier"] for f in findings} | {
        f.pair.later.id: f.spans["later"] for f in findings
    }
    positions = tuple(Position(claims[c].id, claims[c].source, v, spans[claims[c].id]) for c, v in values.items())
    origins = len(positions) if best.relation is not Relation.AGREE else len(positions) - 1
    first = best.pair.earlier.id if best.relation is Relation.DEVELOP else None
    return Card(one, best.topic_id, question, best.relation, best.kind, best.confidence, best.why, positions,
                tuple(f.id for f in findings), first, origins, best.severity, best.check)  # fmt: skip
