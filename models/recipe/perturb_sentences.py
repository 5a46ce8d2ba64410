"""Single clean sentences of news articles, picked at random and parsed once."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from perturb_words import PLACES, SWAPS
from sets import read_lines
from spacy.tokens import Doc, DocBin

from detector.facts.language import load_language

_BREAK = re.compile(r"(?<=[a-z0-9%)][.])\s+(?=[A-Z])|\n+")
_CLEAN = re.compile(r"[A-Z][\w ,.'’$%£€;:()–—-]+[a-z0-9%][.]")
_BOILERPLATE = re.compile(
    r"\b(?:click|subscribe|sign up|newsletter|photos?|getty|caption|video|watch|read more|copyright|contributed to this|"
    r"follow \w+ on|advertisement|twitter|e-?mail|updated?|correction|https?|www|podcast|by clicking|all rights|"
    r"can be reached|is a (?:senior |staff )?(?:writer|reporter|columnist|editor)|this (?:article|story|report|column))\b|\.\.|--|—",
    re.IGNORECASE,
)
# Sentences that hold something a rule can change come first.
_CUE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds|thousands|all|some|several|no|not|plans?|may|could|"
    r"expected|denied|rose|fell|increased|rejected|approved|won|lost|defeated|accused|criticized|sued|fired|replaced|arrested|"
    r"endorsed|attacked|before|after|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b|n['’]t\b"
)
_SHORT = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Sgt|Col|St|Jr|Sr|No|Inc|Corp|Co|vs|Rev|Capt|Maj|Adm|Pres|Sens|Reps|Messrs|D|R|Ga|Fla|Va|Calif|Ave|Jan|Feb|Aug|Sept|Oct|Nov|Dec)[.]$"
)
# What the rules on roles and places need is rare: it is looked for in all articles.
_RARE = re.compile(
    rf"[A-Z][\w.]+ (?:{'|'.join(SWAPS)}) [A-Z]|\b(?:killed|arrested|died|born|crashed|shot|convicted|wounded|murdered|stabbed|buried|"
    rf"held|landed|sentenced|detained|captured|spoke|met|gathered) (?:\w+ )?in (?:{'|'.join(name for names in PLACES for name in names)})\b"
)
PER_ARTICLE = 4


def pick_sentences(data: Path, count: int, seed: int) -> list[str]:
    """Return up to `count` clean sentences of 8 to 40 words, at most PER_ARTICLE an article, in random order."""
    chance = random.Random(seed)  # noqa: S311
    articles = [o["text"] for o in read_lines(data / "news" / "allsides" / "articles.jsonl.gz")]
    chance.shuffle(articles)
    picked: dict[str, None] = {}
    for text in articles:
        fit = list(dict.fromkeys(_list_clean(text)))
        chance.shuffle(fit)
        fit.sort(key=lambda sentence: _CUE.search(sentence) is None)
        picked.update(dict.fromkeys(fit[:PER_ARTICLE]))
        if len(picked) >= count:
            break
    sentences = list(picked)[:count]
    chance.shuffle(sentences)
    return sentences


def pick_rare(data: Path, count: int, seed: int) -> list[str]:
    """Return up to `count` clean sentences that hold what _RARE looks for, in random order."""
    articles = (o["text"] for o in read_lines(data / "news" / "allsides" / "articles.jsonl.gz"))
    found = {one: None for text in articles if _RARE.search(text) for one in _list_clean(text) if _RARE.search(one)}
    sentences = list(found)
    random.Random(seed).shuffle(sentences)  # noqa: S311
    return sentences[:count]


def read_parsed(data: Path, work: Path, counts: tuple[int, int], seed: int) -> list[Doc]:
    """Return the parsed sentences; the parse is kept in WORK and read from there the next time.

    Args:
        data: the folder that holds news/allsides.
        work: where the parse is kept.
        counts: how many sentences of any kind, and how many of the rare kind.
        seed: what the random choice starts from.
    """
    language = load_language()
    docs: dict[str, Doc] = {}
    for name, pick, count in (("any", pick_sentences, counts[0]), ("rare", pick_rare, counts[1])):
        kept = work / f"parsed_{name}_{count}_{seed}.spacy"
        if not kept.exists():
            parsed = language.pipe(pick(data, count, seed), batch_size=256)
            DocBin(docs=list(parsed), store_user_data=False).to_disk(kept)
        docs.update((doc.text, doc) for doc in DocBin().from_disk(kept).get_docs(language.vocab))
    return [doc for doc in docs.values() if _is_sentence(doc)]


def _list_clean(text: str) -> Iterator[str]:
    """Yield the sentences of a text that stand alone: whole, unquoted, of 8 to 40 words."""
    before = ""
    for part in _BREAK.split(text):
        sentence, cut = " ".join(part.split()), _SHORT.search(before)
        before = sentence or before
        if cut:
            continue
        if not 8 <= len(sentence.split()) <= 40 or not _CLEAN.fullmatch(sentence):
            continue
        if _BOILERPLATE.search(sentence) or _SHORT.search(sentence) or sentence.count("(") != sentence.count(")"):
            continue
        yield sentence


def _is_sentence(doc: Any) -> bool:
    """Whether the text is one sentence with a finite main verb that has a subject."""
    if doc[0].text in ("ET", "EST", "EDT", "PT"):
        return False
    roots = [token for token in doc if token.dep_ == "ROOT"]
    if len(roots) != 1 or roots[0].pos_ not in ("VERB", "AUX"):
        return False
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for child in roots[0].children)
