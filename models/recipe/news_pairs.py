"""Unlabelled pairs of real claims of two outlets on one event: python models/recipe/news_pairs.py DATA WORK [--seed N]."""

from __future__ import annotations

import argparse
import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from overlap import is_measured, read_measured_runs
from sets import read_lines, write_lines

from detector.embed import Matrix, SentenceTransformerEmbedder

EVENTS = 850
FIRST_SENTENCES = 25
CLOSEST, FARTHEST = 0.97, 0.45
# Pairs that one event gives at most, by kind, hardest kind first.
SHARES = {"figures": 24, "negation": 16, "update": 10, "close": 34, "loose": 8}
USES = 5
ROOT = Path(__file__).resolve().parents[2]

_BREAK = re.compile(r"(?<=[a-z0-9%)][.])\s+(?=[A-Z“\"])|(?<=[.!?][”\"])\s+(?=[A-Z“\"])|(?<=[!?])\s+(?=[A-Z“\"])|\n+")
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Sgt|Col|St|Jr|Sr|No|Inc|Corp|Co|vs|Rev|Capt|Maj|Adm|Ave|Calif|Va|Fla|Ga|"
    r"Jan|Feb|Aug|Sept|Oct|Nov|Dec|[ap][.]m)[.]$"
)
_NOISE = re.compile(
    r"\b(?:click|subscribe|sign up|newsletter|getty|read more|contributed to this|follow \w+ on|advertisement|https?|www|"
    r"all rights|is a (?:senior |staff )?(?:writer|reporter|columnist)|story highlights|just watched|hide caption|file photo|"
    r"^view)\b|[.]com\b",
    re.IGNORECASE,
)
# Years are left out: they differ without saying anything of a count.
_FIGURE = re.compile(
    r"(?<![\d,.])(?!(?:19|20)\d\d\b)\d[\d,.]*(?!\w)|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands)\b"
)
_NAME = re.compile(r"(?<=[a-z,“\"] )[A-Z][\w’'-]+|(?<=[A-Z]\w )[A-Z][\w’'-]+")
_DENIAL = re.compile(
    r"\b(?:not|no|never|none|nor|neither|denied|denies|deny|refus\w+|declin\w+|reject\w+|without|false)\b|n[’']t\b",
    re.IGNORECASE,
)
_UPDATE = re.compile(
    r"\b(?:initially|earlier|originally|previously|at first|later|no longer|revis\w+|updat\w+|correct(?:ed|ion)|retract\w+|"
    r"risen to|rose to|raised to|has since|so far|confirmed|preliminary)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NewsPair:
    """Two claims of different outlets; `cosine` is that of their vectors, `held` keeps a whole event out of training."""

    id: str
    premise: str
    hypothesis: str
    event: str
    kind: str
    cosine: float
    held: bool


def list_claims(text: str) -> list[str]:
    """Return the first FIRST_SENTENCES sentences of 6 to 45 words of an article, questions and page furniture left out."""
    whole: list[str] = []
    for part in (" ".join(part.split()) for part in _BREAK.split(text)):
        if whole and _TITLE.search(whole[-1]):
            whole[-1] = f"{whole[-1]} {part}"
        elif part:
            whole.append(part)
    fit = [
        one
        for one in whole
        if 6 <= len(one.split()) <= 45
        and one[-1] in '.”"!'
        and one[0] in '“"' + "ABCDEFGHIJKLMNOPQRSTUVWXYZ$0123456789"
    ]
    fit = [one for one in fit if not _NOISE.search(one) and sum(one.count(mark) for mark in '“”"') % 2 == 0]
    return list(dict.fromkeys(fit))[:FIRST_SENTENCES]


def choose_events(data: Path, seed: int) -> list[dict[str, Any]]:
    """Return EVENTS events of at least two outlets: all of three articles or more first, since those are right most often."""
    events = [
        event
        for event in read_lines(data / "news" / "allsides" / "events_auto.jsonl")
        if len(set(event["sources"])) > 1
    ]
    random.Random(seed).shuffle(events)  # noqa: S311
    events.sort(key=lambda event: event["n"] < 3)
    return events[:EVENTS]


def is_held(event: str) -> bool:
    """Say whether an event belongs to the tenth that is only measured on."""
    return int.from_bytes(hashlib.sha256(event.encode()).digest()[:4], "big") % 10 == 0


def pair_event(
    event: str, claims: Sequence[tuple[str, str]], vectors: Matrix, chance: random.Random, times: int = 1
) -> Iterator[NewsPair]:
    """Yield the pairs of one event, hardest kinds first.

    Args:
        event: the event's id.
        claims: n pairs of (outlet, sentence).
        vectors: (n, d) unit rows, row i for claim i.
        chance: decides which claim is the premise, and which of the loose pairs stay.
        times: how many times SHARES an event may give.
    """
    near = vectors @ vectors.T
    found: dict[str, list[tuple[float, int, int]]] = {kind: [] for kind in SHARES}
    for i, j in combinations(range(len(claims)), 2):
        cosine = float(near[i, j])
        if (
            claims[i][0] == claims[j][0]
            or not FARTHEST <= cosine <= CLOSEST
            or _overlap(claims[i][1], claims[j][1]) > 0.8
        ):
            continue
        found[name_kind(claims[i][1], claims[j][1], cosine)].append((cosine, i, j))
    used: Counter[int] = Counter()
    for kind, share in SHARES.items():
        ranked = sorted(found[kind], reverse=True)
        if kind == "loose":
            chance.shuffle(ranked)
        taken = 0
        for cosine, i, j in ranked:
            if taken == share * times:
                break
            if used[i] >= USES * times or used[j] >= USES * times:
                continue
            used.update((i, j))
            taken += 1
            one, two = (claims[i][1], claims[j][1]) if chance.random() < 0.5 else (claims[j][1], claims[i][1])
            name = hashlib.sha256(f"{one}\n{two}".encode()).hexdigest()[:16]
            yield NewsPair(name, one, two, event, kind, round(cosine, 3), is_held(event))


def name_kind(one: str, two: str, cosine: float) -> str:
    """Return why a pair is worth a label: one of the keys of SHARES."""
    names = {name.lower() for name in _NAME.findall(one)} & {name.lower() for name in _NAME.findall(two)}
    figures = [set(_FIGURE.findall(text.lower())) for text in (one, two)]
    if figures[0] and figures[1] and figures[0] != figures[1] and (names or cosine > 0.6) and cosine >= 0.5:
        return "figures"
    if (_DENIAL.search(one) is None) != (_DENIAL.search(two) is None) and cosine >= 0.5:
        return "negation"
    if (_UPDATE.search(one) is None) != (_UPDATE.search(two) is None) and cosine >= 0.5:
        return "update"
    return "close" if cosine >= 0.6 else "loose"


def _overlap(one: str, two: str) -> float:
    """Return the share of words that two texts have in common, 0 to 1."""
    words = [set(re.findall(r"\w+", text.lower())) for text in (one, two)]
    return len(words[0] & words[1]) / max(1, len(words[0] | words[1]))


def make_pairs(data: Path, seed: int, *, held_only: bool = False, times: int = 1) -> list[NewsPair]:
    """Return the pairs of all chosen events, in random order; no sentence shares a run of words with a measured text.

    Args:
        data: the folder that holds news/allsides.
        seed: what the random choices start from.
        held_only: take the held-back events alone.
        times: how many times SHARES an event may give.
    """
    import torch

    torch.set_num_threads(1)
    chance = random.Random(seed)  # noqa: S311
    measured = read_measured_runs(data, ROOT / "seeds")
    events = [event for event in choose_events(data, seed) if is_held(event["event"]) or not held_only]
    wanted = {name for event in events for name in event["ids"]}
    articles = {o["id"]: o for o in read_lines(data / "news" / "allsides" / "articles.jsonl.gz") if o["id"] in wanted}
    by_event: dict[str, list[tuple[str, str]]] = {}
    for event in events:
        claims = [
            (articles[name]["source"], one)
            for name in event["ids"]
            if name in articles
            for one in list_claims(articles[name]["text"])
        ]
        by_event[event["event"]] = [claim for claim in claims if not is_measured(claim[1], measured)]
    texts = sorted({one for claims in by_event.values() for _, one in claims})
    print(f"{len(events)} events, {len(texts)} sentences", flush=True)
    vectors = SentenceTransformerEmbedder().embed(texts)
    row = {text: i for i, text in enumerate(texts)}
    pairs = {}
    for event_id, claims in by_event.items():
        matrix = vectors[np.array([row[one] for _, one in claims], dtype=int)]
        pairs.update({pair.id: pair for pair in pair_event(event_id, claims, matrix, chance, times)})
    result = sorted(pairs.values(), key=lambda pair: pair.id)
    chance.shuffle(result)
    return result


def main() -> None:
    """Write WORK/news_pairs.jsonl.gz and print how many pairs there are of each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pairs = make_pairs(options.data, options.seed)
    write_lines(options.work / "news_pairs.jsonl.gz", map(asdict, pairs))
    counts = Counter((pair.kind, pair.held) for pair in pairs)
    for kind in SHARES:
        print(f"{kind:10} train {counts[kind, False]:6} held {counts[kind, True]:6}")
    print(f"{'all':10} train {sum(not pair.held for pair in pairs):6} held {sum(pair.held for pair in pairs):6}")


if __name__ == "__main__":
    main()
