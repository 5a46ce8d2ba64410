"""Whether two figures count the same thing: their unit, noun, predicate, actor, and time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detector.facts.lexicon import are_opposites, find_lemmas
from detector.facts.names import match_names
from detector.facts.units_convert import convert
from detector.judge.spans import find_clause
from detector.judge.words import count_matches, match_words, read_words, share_word
from detector.records import Claim, Figure, Predicate

NEAR = 1.35  # up to this factor two figures of one kind are more often one count gone wrong than two counts
SMALL = 3  # "two men" here and "three men" there are seldom one count
FARTHEST = 5.0  # counts of one thing that are further apart than this factor are, in practice, counts of two things
_SLIP = 0.05  # how near to a power of ten the factor must be for a slip of the pen
_HISTORY = 21  # days: a sentence about a time this long before the other's is no report of the same event
_MOVES = frozenset(
    "stood stands rose risen rises climbed grew grown fell fallen dropped reached reaches reach extended increased "
    "narrowed passed put puts said says number numbered totalled total now least still only far so speaking counted "
    "reported known had having told according officials police".split()
)
# What can befall people: counts of two different fates are two facts, not one fact counted in two ways.
_FATES = tuple(
    frozenset(words.split())
    for words in (
        "killed died dead death deaths toll dying kill kills killing lives fatally fatality fatalities",
        "injured wounded hurt injuring wounding hospital hospitalised hospitalized treated burns",
        "missing unaccounted disappeared", "arrested detained custody jailed charged", "evacuated displaced homeless fled shelter",
        "rescued saved freed released survived survivors", "infected tested sick ill cases", "born", "vaccinated",
    )
)  # fmt: skip
_HIT = frozenset(
    {"people", "person", "man", "woman", "child", "dead", "death", "toll", "victim", "body", "casualty", "fatality"}
)
_PEOPLE = frozenset("people person man woman dead wounded injured missing hurt toll victim life body".split())
_GROUPS = frozenset(
    {"worker", "passenger", "student", "resident", "protester", "migrant", "soldier", "employee", "patient", "child"}
)
# Share of the words around two figures from which they tell of one thing: of one noun, and of lone figures; and how many at least.
_CONTEXT, _LONE_CONTEXT, _LEAST_CONTEXT = 0.4, 0.5, 2
_CURRENCY = 3  # letters of a currency's code
# What is measured of a place or in one: the same day and storm give other values elsewhere.
_MEASURES = frozenset("inch foot cm mm m mph km/h celsius fahrenheit degree".split())
_DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
_REPORTS = frozenset("say report tell count estimate put give measure record see predict expect project".split())
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?)\b", re.I
)
_FORECAST = re.compile(
    r"\b(?:forecast\w*|expect\w*|predict\w*|project(?:ed|ions?)|economists?|analysts?|consensus|capacity|equipped|target\w*)\b",
    re.I,
)
_REFERENCE = re.compile(r"\b(?:the|these|those|all|both|other|of)\s*$", re.I)


def find_basis(f: Figure, g: Figure, a: Claim, b: Claim) -> str | None:
    """Return how two figures can be compared.

    Args:
        f: a figure of claim a.
        g: a figure of claim b.
        a: one claim.
        b: the other.

    Returns:
        "same": the same thing is counted. "scope": the same noun, on another basis. "alike": they are counted in one
        place of what is told (`_are_told_alike`). "loose": the same noun, but nothing else in common, so that only equal values say
        anything. "near": nothing tells that they count the same thing but that they are of one kind and nearly
        equal. None: they count different things.
    """
    if f.unit != g.unit and not are_convertible(f, g):
        return None
    if is_reference(f, a) or is_reference(g, b):
        return None
    if (
        _is_part_of_group(f, g)
        or are_placed_apart(f, g, a, b)
        or tell_of_two_times(a, b)
        or name_two_actors(f, g, a, b)
    ):
        return None
    basis = _compare_nouns(f, g) if is_forecast(f, a) == is_forecast(g, b) else None
    times = measure_distance(f, g)
    if basis is None or basis == "loose":
        if 1.0 < times <= NEAR and min(f.high, g.high) > SMALL and _are_of_one_kind(f, g):
            return "near"
        return "alike" if times <= FARTHEST and _are_told_alike(f, g, a, b) else basis
    if times <= FARTHEST:
        return basis
    # A slip by a factor of ten is a find, but only in the same statement; otherwise so far apart means two things.
    slip = any(abs(times / ten - 1) < _SLIP for ten in (10, 100, 1000))
    return basis if slip and basis == "same" and _say_the_same((read_scope(f), read_scope(g))) else None


def tell_one_count(f: Figure, g: Figure, a: Claim, b: Claim) -> bool:
    """Whether two figures that are nearly equal count one noun, in clauses that are much alike: one count, then, and not two."""
    left, right = f.counted.split()[-1:], g.counted.split()[-1:]
    if f.unit or not left or not right or not match_words(left[0], right[0]):
        return False
    return not _tell_of_opposites((read_scope(f), read_scope(g))) and _measure_context(f, g, a, b) >= _CONTEXT


def tell_two_fates(f: Figure, g: Figure) -> bool:
    """Whether two figures count what befell people, and not the same ("12 injured", "12 arrested")."""
    fates = find_fates(f), find_fates(g)
    return bool(fates[0] and fates[1]) and not fates[0] & fates[1]


def _is_part_of_group(f: Figure, g: Figure) -> bool:
    """Whether one counts what befell some of a group, and the other the group ("19 members killed", "the 20-member crew")."""
    noun, other = f.counted.split()[-1:], g.counted.split()[-1:]
    if not noun or not other or {noun[0], other[0]} & _HIT:
        return False
    return bool(find_fates(f)) != bool(find_fates(g))


def counts_fate(claim: Claim) -> bool:
    """Whether a claim counts people killed, hurt, missing, held ...: a toll, which goes on rising."""
    return any(find_fates(figure) for figure in claim.facts.figures)


def are_convertible(f: Figure, g: Figure) -> bool:
    """Whether two different units measure the same (kilometres and miles)."""
    return bool(f.unit and g.unit) and convert(1.0, f.unit, g.unit) is not None


def read_scope(figure: Figure) -> frozenset[str]:
    """The scope's content words without those that only say that a number stands or moves."""
    return frozenset(word for word in read_words(figure.scope) if word not in _MOVES)


def _compare_nouns(f: Figure, g: Figure) -> str | None:
    """Compare the nouns counted and what is said of them."""
    left, right = f.counted.split(), g.counted.split()
    if f.unit and left and right:
        # "A 30-day ceasefire proposal" and "a 30-day truce" hang on different nouns; "a speed limit" and "a speed" must not.
        words = (left, right) if f.unit in _DURATIONS else (left[-1:], right[-1:])
        return "same" if share_word(frozenset(words[0]), frozenset(words[1])) else None
    if tell_two_fates(f, g):
        return None
    fates = find_fates(f), find_fates(g)
    scopes = read_scope(f), read_scope(g)
    if not left or not right:
        # One noun is missing: the predicates must speak for it ("12 were killed", "killing 15 people").
        return "same" if share_word(scopes[0] | frozenset(left), scopes[1] | frozenset(right)) else None
    people = left[-1] in _PEOPLE or right[-1] in _PEOPLE
    if not match_words(left[-1], right[-1]):
        # Only one fate can make one count of "34 people" and "41 passengers".
        return "same" if people and fates[0] & fates[1] else None
    modifiers = frozenset(left[:-1]), frozenset(right[:-1])
    if modifiers[0] and modifiers[1] and not share_word(*modifiers):
        return None
    if not scopes[0] or not scopes[1]:
        return "same"
    if not share_word(*scopes):
        return None if people else "loose"
    return "same" if people or _say_the_same(scopes) else "scope"


def _say_the_same(scopes: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether two scopes have most of the shorter one's words in common, not the predicate alone."""
    small, large = sorted(scopes, key=len)
    if not small:
        return False
    matched = sum(any(match_words(word, other) for other in large) for word in small)
    return 2 * matched > len(small)


def _are_told_alike(f: Figure, g: Figure, a: Claim, b: Claim) -> bool:
    """Whether two figures stand in one place of what is told, though the words beside them are not the same.

    The same is said of two nouns, or befell them ("140 cars were damaged", "the hail damaged 60 vehicles"); or the clauses are much
    alike, and the noun is the same, or each figure is the only one of its unit ("declared an emergency for 30 counties", "the emergency
    declaration covers 50 counties").
    """
    fate = find_fates(f) & find_fates(g)
    if tell_two_fates(f, g) or min(f.high, g.high) < (SMALL - 1 if fate else SMALL):
        return False
    left, right = f.counted.split()[-1:], g.counted.split()[-1:]
    alike = bool(left and right) and match_words(left[0], right[0])
    scopes = read_scope(f), read_scope(g)
    said = fate or (_say_the_same(scopes) and count_matches(*scopes) >= _LEAST_CONTEXT)
    if said and left and right and not alike and not f.unit:
        return True
    if _tell_of_opposites(scopes):
        return False
    if (
        f.unit
        and left
        and right
        and not share_word(frozenset(left), frozenset(right))
        and (_is_trait(f, a) or _is_trait(g, b))
    ):
        return False
    share = _measure_context(f, g, a, b)
    return (alike and not f.unit and share >= _CONTEXT) or (
        share >= _LONE_CONTEXT and _is_alone(f, a) and _is_alone(g, b)
    )


def _tell_of_opposites(scopes: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether opposites are said of two things counted ("gained 300 jobs", "lost 200 jobs")."""
    lemmas = [{lemma for word in scope for lemma in find_lemmas(word)} for scope in scopes]
    return any(are_opposites(x, y) for x in lemmas[0] for y in lemmas[1])


def _is_trait(figure: Figure, claim: Claim) -> bool:
    """Whether it is written as a trait of what it counts ("a 7-yard pass", "the 13-inch model"): of another thing it says nothing."""
    return "-" in claim.text[figure.start : figure.end]


def _is_alone(figure: Figure, claim: Claim) -> bool:
    """Whether no other figure of its claim has its unit."""
    return sum(x.unit == figure.unit or are_convertible(x, figure) for x in claim.facts.figures) == 1


def _measure_context(f: Figure, g: Figure, a: Claim, b: Claim) -> float:
    """Return the share of words that the shorter of the clauses of two figures has in common with the other.

    What is counted is left out. 0.0 for fewer than _LEAST_CONTEXT words.
    """
    around = [
        read_words(claim.text[slice(*find_clause(claim, (x.start, x.end)))]) - set(x.counted.split())
        for x, claim in ((f, a), (g, b))
    ]
    shared = count_matches(around[0], around[1])
    return shared / min(len(words) for words in around) if shared >= _LEAST_CONTEXT else 0.0


def find_fates(figure: Figure) -> frozenset[int]:
    """Return which fates a figure counts."""
    # A scope with a second number in it tells that one's fate ("five crew resulted in seven deaths").
    words = read_words(figure.counted if _NUMBER.search(figure.scope) else f"{figure.scope} {figure.counted}")
    fates = frozenset(i for i, fate in enumerate(_FATES) if words & fate)
    return fates or (
        frozenset({0}) if figure.counted.split()[-1:] in (["life"], ["body"]) else fates
    )  # "claimed 12 lives"


def is_reference(figure: Figure, claim: Claim) -> bool:
    """Whether it only points at things that are known already ("the two countries")."""
    return figure.high <= SMALL and bool(_REFERENCE.search(claim.text[: figure.start]))


def is_listed(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether others of its claim's figures are of its kind ("73,000 jobs here, 43,000 there"): which of them is meant is hard to say."""
    others = [x for x in figures if x.unit == figure.unit and (x.low, x.high) != (figure.low, figure.high)]
    noun = figure.counted.split()[-1:]
    return any(x.counted.split()[-1:] == noun and not tell_two_fates(x, figure) for x in others)


def _are_of_one_kind(f: Figure, g: Figure) -> bool:
    """Whether the nouns counted are the same, or both are people, or there is a unit and at most one noun; sums of money always are.

    Two fates of people never are.
    """
    if tell_two_fates(f, g):
        return False
    left, right = f.counted.split()[-1:], g.counted.split()[-1:]
    if left and right:
        money = len(f.unit) == _CURRENCY and f.unit.isupper()
        return money or match_words(left[0], right[0]) or {left[0], right[0]} <= _PEOPLE | _GROUPS
    return bool(f.unit) and f.unit != "percent"


def measure_distance(f: Figure, g: Figure) -> float:
    """Return the factor between the nearest ends of two figures, in one unit, at least 1."""
    other = [convert(end, g.unit, f.unit) if g.unit != f.unit else end for end in (g.low, g.high)]
    ends = [[end for end in pair if end is not None and 0 < end < float("inf")] for pair in ((f.low, f.high), other)]
    return min((max(x, y) / min(x, y) for x in ends[0] for y in ends[1]), default=1.0)


def is_forecast(figure: Figure, claim: Claim) -> bool:
    """Whether the figure is what was expected, and not what is."""
    before = claim.text[max(0, figure.start - 45) : figure.start]
    return bool(_FORECAST.search(before))


def tell_of_two_times(a: Claim, b: Claim) -> bool:
    """Whether one of the claims names only times long before the other's."""
    for past, present in ((a, b), (b, a)):
        ends = [mention.last for mention in past.facts.dates if mention.last]
        starts = [mention.first for mention in present.facts.dates if mention.first]
        if present.as_of is None or not ends:
            continue
        earliest = min([*starts, present.as_of])
        if (earliest - max(ends)).days > _HISTORY:
            return True
    return False


def are_placed_apart(f: Figure, g: Figure, a: Claim, b: Claim) -> bool:
    """Whether both scopes hold names, and none in common: two places, two events, two owners.

    What is measured (inches of rain, degrees) is measured somewhere: there the places of the whole sentence count.
    """
    measured = f.unit in _MEASURES and g.unit in _MEASURES
    left = [name for name in a.facts.names if name.text in f.scope or (measured and name.type == "place")]
    right = [name for name in b.facts.names if name.text in g.scope or (measured and name.type == "place")]
    return bool(left and right) and not any(match_names(x, y) for x in left for y in right)


def name_two_actors(f: Figure, g: Figure, a: Claim, b: Claim) -> bool:
    """Whether the things counted hang on predicates whose subjects are different names ("Germany expels four", "Australia two")."""
    for p in _find_predicates(f, a):
        for q in _find_predicates(g, b):
            left = [name for name in a.facts.names if name.key == p.subject]
            right = [name for name in b.facts.names if name.key == q.subject]
            if left and right and not match_names(left[0], right[0]):
                return True
    return False


def _find_predicates(figure: Figure, claim: Claim) -> list[Predicate]:
    """Return the predicates whose object is what the figure counts, or, if it has a unit, stands in their words ("scored 15 points").

    Who reports or counts a figure is not who acts.
    """
    noun = figure.counted.split()[-1:]
    return [
        p
        for p in claim.facts.predicates
        if p.subject
        and (
            (noun and p.object.split()[-1:] == noun)
            or (figure.unit and p.start <= figure.start < p.end and p.lemma not in _REPORTS)
        )
    ]
