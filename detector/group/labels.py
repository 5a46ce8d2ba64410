"""Topics as groups of claims -> a label and a few terms for each, in the words of the articles.

A label is a noun phrase that tells the topic apart (class-based tf-idf, Grootendorst 2022), that several sources use,
and that most of the topic's claims are about.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from detector.group.clusters import Rows
from detector.group.phrases import Wording
from detector.group.words import MOST_WORDS, split_words

Name = tuple[frozenset[str], str]

_LENGTH = {1: 0.5, 2: 1.0, 3: 1.0, 4: 0.75, 5: 0.55}
_TERMS = 5
_TERM_WORDS = 3
STANDING_OUT = 1.25  # a word less frequent than this, against the rest of the story, tells nothing apart
_REACH = 0.3  # the share of a topic's claims that a good label speaks for
_REACH_BARE = 0.5  # ... one of a single word or of a vague noun
_ALONE = 0.3  # what a label of one source alone is worth, where others speak to the topic
_WHO = 0.6  # ... and one that names a person, body or place alone: who speaks is seldom what it is about
OWN = 0.25  # a name in more of the story's claims than this is the story's own
_LEAST_WORTH = 0.3
_NARROWED = 0.25  # a bare noun is narrowed down as this share of its claims does it


@dataclass(slots=True)
class Candidate:
    """One thing that a topic could be called: how it is written, by which claims, and what its kind is worth."""

    key: tuple[str, ...]
    head: str
    counted: bool = False
    forms: dict[str, int] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    worth: float = 1.0
    named: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A topic among the claims of its story: its rows and their sources."""

    wording: Wording
    inside: frozenset[int]
    sources: frozenset[str]

    @classmethod
    def of(cls, wording: Wording, rows: Rows) -> Whole:
        """Return the topic with these rows."""
        inside = frozenset(rows.tolist())
        return cls(wording, inside, frozenset(wording.claims[row].source for row in inside))


@dataclass(frozen=True, slots=True)
class Label:
    """A topic's label, the lemmas of it, its head's lemma, and the words that tell the topic apart."""

    text: str
    key: frozenset[str]
    head: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A label that names a topic well, and how well."""

    text: str
    key: frozenset[str]
    head: str
    score: float

    @property
    def name(self) -> Name:
        """Its lemmas and its head."""
        return self.key, self.head


def are_alike(name: Name, other: Name) -> bool:
    """Whether two labels say nearly the same: the same words, or the same noun narrowed down by words that they share.

    "nuclear test site" and "nuclear tests" name two things; "missile tests" and "ballistic missile tests" one.
    """
    (key, head), (words, noun) = name, other
    shared = len(key & words)
    if 3 * shared > 2 * len(key | words) or (min(len(key), len(words)) == 1 and shared == 1):
        return True
    if len(key) == len(words) and shared > 1 and 2 * shared >= len(key | words):
        return True
    if head != noun and len(key) == len(words) == 2:
        return head in words or noun in key
    return head == noun and (shared > 1 or key <= words or words <= key)


def list_options(wording: Wording, rows: Rows) -> tuple[Option, ...]:
    """Return the labels that name a topic well, best first."""
    options = []
    candidates = collect_candidates(wording, rows)
    topic = Whole.of(wording, rows)
    for candidate in candidates:
        score = _score(candidate, topic)
        if score > 0.0:
            longer = _lengthen(candidate, candidates)
            text = choose_form(longer) if longer else _add_country(wording, rows, candidate)
            key = frozenset(longer.key if longer else candidate.key)
            options.append(Option(text, key, candidate.head, round(score, 9)))
    return tuple(sorted(options, key=lambda option: (-option.score, option.text)))


def label_topics(
    wording: Wording, topics: Sequence[Rows], taken: Sequence[str], musts: Sequence[str] | None = None
) -> list[Label]:
    """Return a label for each topic; no two labels of a story say nearly the same.

    Args:
        wording: the words of the story's claims.
        topics: rows of each topic, in order of importance.
        taken: labels already given to other topics of the story.
        musts: for each topic a lemma that its label must have.
    """
    scored = [
        (option.score * len(rows), number, option)
        for number, rows in enumerate(topics)
        for option in list_options(wording, rows)
        if musts is None or musts[number] in option.key
    ]
    scored.sort(key=lambda item: (-round(item[0], 9), item[1], item[2].text))
    used = [wording.find_name(label) for label in taken]
    chosen: dict[int, Option] = {}
    for _, number, option in scored:
        if number not in chosen and not any(are_alike(option.name, other) for other in used):
            chosen[number] = option
            used.append(option.name)
    given = {option.text for option in chosen.values()} | set(taken)
    result = []
    for number, rows in enumerate(topics):
        if number in chosen:
            option = chosen[number]
            result.append(Label(option.text, option.key, option.head, list_terms(wording, rows, option.key)))
        else:
            terms = list_terms(wording, rows, frozenset())
            text = _fall_back(wording, rows, terms, given)
            given.add(text)
            result.append(Label(text, frozenset(), "", terms))
    return result


def collect_candidates(wording: Wording, rows: Rows) -> list[Candidate]:
    """Gather what the topic's claims offer, variants of one thing together."""
    found: dict[tuple[tuple[str, ...], bool], Candidate] = {}
    for row in rows.tolist():
        for offer in wording.list_offers(row):
            candidate = found.get((offer.key, offer.counted))
            if candidate is None:
                candidate = found[offer.key, offer.counted] = Candidate(offer.key, offer.head, offer.counted)
            candidate.rows.add(row)
            candidate.forms[offer.form] = candidate.forms.get(offer.form, 0) + 1
            if offer.worth < candidate.worth:
                candidate.worth = offer.worth
            candidate.named |= offer.named
    return [found[key] for key in sorted(found)]


def _lengthen(candidate: Candidate, candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the commonest way in which the claims narrow a noun down ("sites": "meeting sites"), if any."""
    if candidate.named or candidate.counted:
        return None
    key = set(candidate.key)
    least = max(2, math.ceil((_NARROWED if len(key) == 1 else 0.5) * len(candidate.rows)))
    wide = [c for c in candidates if key < set(c.key) and c.head == candidate.head and len(c.rows) >= least]
    good = [c for c in wide if c.worth >= candidate.worth and len(choose_form(c).split()) <= 3]
    return max(good, key=lambda c: (len(c.rows), c.key), default=None)


def _add_country(wording: Wording, rows: Rows, candidate: Candidate) -> str:
    """Return a one-word label with the country whose thing it is in front ("US backstop"), or as it is.

    The country is one that all claims with the word name, and that is not the whole story's.
    """
    form = choose_form(candidate)
    if " " in form or candidate.worth < 1.0:
        return form
    using = [row for row in rows if candidate.head in wording.lemmas[row]]
    counts = Counter(code for row in using for code in wording.countries[row])
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        everywhere = len(wording.find_rows((code,)))
        sources = {wording.claims[row].source for row in using if code in wording.countries[row]}
        if len(sources) > 1 and count == len(using) and 2 * everywhere <= len(wording.claims):
            return f"{wording.name_country(code, rows)} {form}".strip()
    return form


def choose_form(candidate: Candidate) -> str:
    """Return the commonest way of writing it."""
    forms = candidate.forms
    return min(forms, key=lambda form: (-forms[form], -len(form), form.lower(), form))


def _score(candidate: Candidate, topic: Whole) -> float:
    """Return how good a label is, 0 where it does not name the topic.

    Good is what many of the topic's claims and sources speak of and few others, in two or three words, no bare name.
    """
    if candidate.worth < _LEAST_WORTH or len(candidate.rows) < 1 + candidate.counted:
        return 0.0
    wording, inside = topic.wording, topic.inside
    n, size = len(wording.claims), len(inside)
    having = wording.find_rows(candidate.key)
    whole = having & inside
    if len(whole) < 2:
        return 0.0
    heads = wording.find_rows((candidate.head,)) & inside
    reach = (len(whole) + 0.5 * len(heads - whole)) / size
    narrow = len(candidate.key) > 1 and candidate.worth == 1.0
    least = _REACH if narrow else _WHO if candidate.named else _REACH_BARE
    spoken_of = len(candidate.rows) if candidate.named and len(candidate.key) == 1 else len(whole)
    if reach < least or 2 * spoken_of < len(whole):
        return 0.0
    if candidate.named and (len(having) > max(OWN * n, size) or 2 * len(whole) < len(having)):
        return 0.0
    here, there = measure_rates(having, inside, n)
    if here < STANDING_OUT * there:
        return 0.0
    users = {wording.claims[row].source for row in whole}
    told = weigh_sources(len(users), len(topic.sources))
    return reach * math.log(1 + here / there) * told * weigh_length(candidate) * candidate.worth


def measure_rates(having: AbstractSet[int], inside: AbstractSet[int], n: int) -> tuple[float, float]:
    """Return the share of a topic's claims that have something, and that of the story's n others, smoothed so that it is not zero."""
    whole = len(having & inside)
    return whole / len(inside), (len(having) - whole + 1) / (n - len(inside) + 2)


def weigh_sources(users: int, sources: int) -> float:
    """Return what it is worth that so many of a topic's sources say something: little, where it is one of several."""
    alone = _ALONE if users < min(2, sources) else 1.0
    return math.sqrt(min(users, 3) / min(sources, 3)) * alone


def weigh_length(candidate: Candidate) -> float:
    """Return what the number of words is worth: two or three are best."""
    return _LENGTH.get(len(choose_form(candidate).split()), _LENGTH[MOST_WORDS])


def list_terms(wording: Wording, rows: Rows, key: frozenset[str]) -> tuple[str, ...]:
    """Return up to five names and nouns that tell the topic apart, best first, none of them in the label or twice."""
    n, inside = len(wording.claims), set(rows.tolist())
    scored = []
    for candidate in collect_candidates(wording, rows):
        having = wording.find_rows(candidate.key)
        here, there = measure_rates(having, inside, n)
        form = choose_form(candidate)
        if candidate.named and len(having) > OWN * n:
            continue
        if (
            len(having & inside) > 1
            and here >= STANDING_OUT * there
            and (candidate.worth >= _LEAST_WORTH or candidate.named)
            and len(form.split()) <= _TERM_WORDS
        ):
            gain = here * math.log(1 + here / there) * math.sqrt(len(candidate.key))
            scored.append((-round(gain, 9), form, frozenset(candidate.key)))
    terms: list[str] = []
    used = set(key)
    for _, form, lemmas in sorted(scored, key=lambda item: item[:2]):
        if not lemmas & used and len(terms) < _TERMS:
            terms.append(form)
            used |= lemmas
    return tuple(terms)


def _fall_back(wording: Wording, rows: Rows, terms: tuple[str, ...], given: set[str]) -> str:
    """Return a label where no phrase names the topic well: what some claim has, or the opening words of a claim."""
    some = [one for one in collect_candidates(wording, rows) if one.worth >= _LEAST_WORTH]
    some.sort(key=lambda one: (-len(one.rows) * one.worth * _LENGTH.get(len(one.key), _LENGTH[MOST_WORDS]), one.key))
    options = [*map(choose_form, some), *terms]
    for row in rows:
        words = split_words(wording.claims[row].text)
        options += [" ".join(words[start : start + MOST_WORDS]) for start in range(max(1, len(words) - MOST_WORDS + 1))]
    return next((option for option in options if option and option not in given), f"topic {len(given) + 1}")
