"""Article -> Claims: lines first, then sentences, each with exact offsets, its context, its speaker and its facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from detector.antecedent import read_opening
from detector.facts import parse_facts
from detector.facts.disputes import find_dispute
from detector.facts.language import load_language
from detector.facts.names import NameBook, build_name_book
from detector.facts.speech import find_speech
from detector.records import Article, Claim, Facts
from detector.sentences import END_MARKS, Sentence, find_sentences

_POINTS_BACK = re.compile(
    r"\bsuch an? \w+|^\W*(?:he|she|they|it|this|that|these|those|(?:the|both|his|her|their) "
    r"(?:group|move|plan|decision|mission|deal|idea|pair|company|meeting|talks|agreement|law|bill|proposal|two|former|latter))\b",
    re.IGNORECASE,
)
_TO_READERS = {
    "sign",
    "subscribe",
    "read",
    "click",
    "see",
    "send",
    "follow",
    "join",
    "watch",
    "listen",
    "share",
    "check",
    "contact",
    "visit",
}
_GOES_ON = re.compile(r"\W*(?:…|\.\s?\.)\W*[a-z]")  # "...close the border": the rest of what stands elsewhere
# What an article says of its own making: "Ann Lee and Bo Roe contributed to this report." It tells nothing of what happened.
_CREDIT = re.compile(
    r"\bcontribut(?:ed|ing) (?:reporting|(?:reporting )?(?:to|for|from) this (?:report|story|article))\b.{0,60}$",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"\W*(?:additional )?(?:reporting|writing|editing) by (?-i:[A-Z]).{0,120}$", re.IGNORECASE)
_SPOKE = {"say", "add", "write", "tweet", "tell", "explain", "reply", "comment", "ask"}
_QUOTES = '"“”'


def split_claims(articles: Sequence[Article]) -> tuple[Claim, ...]:
    """Split articles into claims, in order of article and place.

    Sentences that claim nothing stay in the result with `left_out` set: "headline", "question", "fragment", or "unclear"
    (opens with a pronoun that the sentence before does not settle).

    Returns:
        Claims with `article.text[claim.start:claim.end] == claim.text`.
    """
    return tuple(claim for article in articles for claim in _split_article(article))


def parse_claim(article: Article) -> Claim:
    """Take an article's whole text for one claim, as labelled pairs need it."""
    span = load_language()(article.text)[:]
    book = build_name_book([span])
    speech = find_speech(span)
    speaker = _name_fully(speech.speaker, book) if speech.speaker else None
    return Claim(
        id=f"{article.id}-000",
        article_id=article.id,
        source=article.source,
        text=article.text,
        context=article.title,
        start=0,
        end=len(article.text),
        speaker=speaker,
        stance=speech.stance,
        facts=parse_facts(span, book),
        dispute=_read_dispute(span, book),
    )


def list_views(claim: Claim) -> tuple[str, ...]:
    """Return the texts by which a claim can be close to another: as it is read, its clauses, and itself with its context.

    A long sentence often states two things, and its one vector lies between them. The context counts only for a claim that points
    back at something ("such a guarantee", "the plan").
    """
    clauses = tuple(claim.text[start:end] for start, end in claim.facts.clauses)
    placed = (f"{claim.context} {claim.text}",) if claim.context and _POINTS_BACK.search(claim.text) else ()
    return (claim.reading or claim.text, *clauses, *placed)


def _split_article(article: Article) -> Iterator[Claim]:
    """Yield the claims of one article."""
    sentences = list(find_sentences(article.text))
    book = build_name_book(sentence.span for sentence in sentences)
    speakers = _find_speakers(sentences, book)
    before = ""
    span_before: Any = None
    facts_before: Facts | None = None
    for number, (sentence, (speaker, stance)) in enumerate(zip(sentences, speakers, strict=True)):
        text = article.text[sentence.start : sentence.end]
        facts = parse_facts(sentence.span, book)
        headline = article.title if article.title != text else ""
        opening = read_opening(sentence.span, span_before, facts_before, book)
        yield Claim(
            id=f"{article.id}-{number:03d}",
            article_id=article.id,
            source=article.source,
            text=text,
            context=" ".join(part for part in (headline, before) if part),
            start=sentence.start,
            end=sentence.end,
            speaker=speaker,
            stance=stance,
            facts=facts,
            left_out=_find_reason(sentence, text, article, opening.unclear),
            reading=opening.reading.strip(),
            dispute=_read_dispute(sentence.span, book),
        )
        before, span_before, facts_before = text, sentence.span, facts


def _find_speakers(sentences: Sequence[Sentence], book: NameBook) -> list[tuple[str | None, str]]:
    """Return (speaker, stance) of each sentence; a quote that runs over sentences keeps its speaker.

    A pronoun speaks for the last speaker named; with none, the speaker stays unknown.
    """
    found = [find_speech(sentence.span) for sentence in sentences]
    result: list[tuple[str | None, str]] = []
    last: str | None = None
    for speech in found:
        speaker = speech.speaker
        if speaker and speech.pronoun:
            speaker = last if speaker.lower() in ("he", "she") else None
        if speaker:
            speaker = _name_fully(speaker, book)
            last = speaker
        result.append((speaker, speech.stance))
    for i, j in _find_quote_runs(sentences):
        named = next((k for k in (*range(i, j + 1),) if result[k][0] and found[k].verb is not None), None)
        if (
            named is None
            and j + 1 < len(sentences)
            and sentences[j + 1].line == sentences[j].line
            and found[j + 1].pronoun
        ):
            named = j + 1
        for k in range(i, j + 1):
            if named is not None and result[k][0] is None:
                result[k] = result[named]
    return result


def _read_dispute(span: Any, book: NameBook) -> tuple[str, str] | None:
    """Return who denies what whom says, by their full names where those are known."""
    found = find_dispute(span)
    return (_name_fully(found[0], book), found[1] and _name_fully(found[1], book)) if found else None


def _find_quote_runs(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of runs of sentences in one line joined by an open quote."""
    at = 0
    while at < len(sentences):
        last, opened = at, _count_open(sentences[at].span.text)
        while opened and last + 1 < len(sentences) and sentences[last + 1].line == sentences[at].line:
            last += 1
            opened = (opened + _count_open(sentences[last].span.text)) % 2
        if last > at:
            yield at, last
        at = last + 1


def _count_open(text: str) -> int:
    """1 when the text leaves a double quote open or closes one that it did not open, else 0."""
    return sum(text.count(mark) for mark in _QUOTES) % 2


def _name_fully(speaker: str, book: NameBook) -> str:
    """Give a speaker known by surname, or by a title that one person holds, the full name."""
    words = speaker.split()
    keys = book.people.get(words[-1].lower(), frozenset()) or book.titles.get(speaker.lower(), frozenset())
    if len(keys) != 1:
        return speaker
    full = next(iter(keys)).title()
    return full if len(words) == 1 or speaker.lower() in book.titles else speaker


def _find_reason(sentence: Sentence, text: str, article: Article, unclear: bool) -> str | None:
    """Return why a sentence is kept out of comparison, or None."""
    span = sentence.span
    is_title = text.strip() == article.title.strip() or (sentence.alone and text[-1] not in END_MARKS)
    if is_title and text.strip() != article.text.strip():
        # A line of its own without an end mark is a headline or crosshead, whatever its verbs; one that is all there is
        # must be what the article has to say.
        return "headline"
    if text.rstrip(_QUOTES + "’'").endswith("?"):
        return "question"
    if _GOES_ON.match(text) or _CREDIT.search(text):
        return "fragment"
    verbs = [token for token in span if token.pos_ in ("VERB", "AUX")]
    tensed = [token for token in verbs if token.tag_ in ("VBD", "VBP", "VBZ", "MD")]
    if _BYLINE.match(text) and not tensed:
        return "fragment"
    finite = tensed or [token for token in verbs if token.dep_ == "ROOT"]
    if len([token for token in span if token.is_alpha]) < 4 or not finite:
        return "fragment"
    if _only_attributes(span) or _lacks_subject(span) or _is_request(span):
        return "fragment"
    return "unclear" if unclear else None


def _only_attributes(span: Any) -> bool:
    """Whether the sentence says that someone spoke, and not what ("Trump said in a tweet.")."""
    said = any(
        child.dep_ in ("ccomp", "dobj", "parataxis", "xcomp", "advcl", "prt") or child.lower_ in ("for", "about")
        for child in span.root.children
    )
    return span.root.lemma_ in _SPOKE and not said and not any(mark in span.text for mark in _QUOTES)


def _lacks_subject(span: Any) -> bool:
    """Whether a sentence opens with an auxiliary verb and names nobody who does it ("Would have been tied to the wall.")."""
    first = next((token for token in span if token.is_alpha), span.root)
    subjects = [child for child in span.root.children if child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl", "attr")]
    opens = first.dep_ in ("aux", "auxpass") and first.head == span.root and first.tag_ in ("MD", "VBZ", "VBP", "VBD")
    return opens and not subjects


def _is_request(span: Any) -> bool:
    """Whether the sentence speaks to the reader and states nothing ("Let me tell you a story about ...", "Sign up for ...")."""
    root = span.root
    if root.tag_ != "VB" or next((token for token in span if token.is_alpha), None) != root:
        return False
    if any(mark in span.text for mark in _QUOTES) or any(
        child.dep_ == "ccomp" and child.tag_ != "VB" for child in root.children
    ):
        return False  # a demand that somebody is quoted with; "remember that the tax was raised"
    return root.lemma_ in _TO_READERS or (
        root.lemma_ == "let" and span.text.lower().startswith(("let me", "let us", "let’s", "let's"))
    )
