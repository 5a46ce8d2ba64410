"""One sentence -> Facts: figures, dates, names, predicates, polarity, and who speaks."""

from __future__ import annotations

from typing import Any

from detector.facts.clauses import find_clauses
from detector.facts.clock import find_clocks
from detector.facts.denial import find_root_negation
from detector.facts.figures import find_figures
from detector.facts.names import NameBook, find_names, find_title_names
from detector.facts.predicates import find_predicates
from detector.facts.times import find_times
from detector.records import ClockTime, DateMention, Facts, Name

_CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}
_UPDATES = {
    "now", "since", "later", "latest", "update", "updated", "revised", "revise", "finally", "subsequently", "newly", "anymore",
    "risen", "climbed", "formerly", "previously", "earlier", "initially", "originally", "correction", "corrected",
}  # fmt: skip
_EDGE = {"DET", "PRON", "PUNCT", "CCONJ", "ADP", "PART"}
_CONDITIONAL = {"would", "if", "unless"}
_POSSIBLE = {"may", "might", "could", "possible", "possibly", "perhaps", "potential"}
_PLANNED = {
    "will", "shall", "plan", "expect", "intend", "due", "set", "schedule", "scheduled", "upcoming", "propose", "hope", "aim", "want",
}  # fmt: skip


def parse_facts(sentence: Any, book: NameBook) -> Facts:
    """Return what one spaCy sentence says. Offsets count from the sentence's first character.

    Dates and time zones are left unresolved: they need the article's date, which may be known only later.
    """
    names = tuple(book.resolve(name) for name in find_names(sentence)) + find_title_names(sentence, book)
    clocks = find_clocks(sentence)
    # "GMT" is no organisation, and "2000 GMT" no year.
    names = tuple(sorted((n for n in names if not _is_inside(n, clocks)), key=lambda name: (name.start, name.end)))
    return Facts(
        figures=find_figures(sentence),
        dates=tuple(d for d in find_times(sentence) if d.grain != "year" or not _is_inside(d, clocks)),
        names=names,
        phrases=_find_phrases(sentence),
        lemmas=tuple(t.lemma_.lower() for t in sentence if t.pos_ in _CONTENT and not t.is_punct and _counts(t)),
        predicates=find_predicates(sentence, names),
        clauses=find_clauses(sentence),
        negated=find_root_negation(sentence),
        modality=_find_modality(sentence),
        update_words=tuple(token.lower_ for token in sentence if token.lower_ in _UPDATES),
        clocks=clocks,
    )


def _is_inside(part: Name | DateMention, clocks: tuple[ClockTime, ...]) -> bool:
    return any(clock.start <= part.start and part.end <= clock.end for clock in clocks)


def _counts(token: Any) -> bool:
    """Whether a word carries content; spaCy's stop list takes the country "US" for the pronoun."""
    return bool(token.pos_ == "PROPN" or not token.is_stop)


def _find_phrases(sentence: Any) -> tuple[str, ...]:
    """Return the noun phrases without determiners and pronouns at the edges, in the words of the text."""
    phrases = []
    for chunk in sentence.noun_chunks:
        tokens = list(chunk)
        while tokens and (tokens[0].pos_ in _EDGE or not _counts(tokens[0])):
            tokens = tokens[1:]
        while tokens and (tokens[-1].pos_ in _EDGE or tokens[-1].lower_ in ("'s", "’s")):
            tokens = tokens[:-1]
        if tokens:
            phrases.append("".join(token.text_with_ws for token in tokens).strip())
    return tuple(phrases)


def _find_modality(sentence: Any) -> str:
    """Return whether the main statement is done, planned, conditional or only possible."""
    root = sentence.root
    inner = [child for child in root.children if child.dep_ == "ccomp"]
    words = {token.lower_ for token in root.children} | {root.lower_, root.lemma_}
    for verb in inner:
        words |= {token.lower_ for token in verb.children} | {verb.lemma_}
    if words & _CONDITIONAL:
        return "conditional"
    if words & _POSSIBLE:
        return "possible"
    if words & _PLANNED or any(t.lower_ in ("am", "is", "are") and t.nbor().lower_ == "to" for t in sentence[:-1]):
        return "planned"
    return "done"
