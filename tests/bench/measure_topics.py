"""Table 3: the claims of a story to topics, on ECB+: do two sentences on one event share a topic, and two others none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ecb import EcbStory, holds, load_stories
from numpy.typing import NDArray
from page import make_table  # models/recipe
from samples import Matrix, embed_texts, is_first_half
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist
from scores import score_overlapping, score_pairs

from detector.group import group_claims
from detector.records import Topic

# Groups of each claim of a story, by row; a claim may have several, or none.
Homes = list[set[str]]
OURS = "**this project**"
PLAIN, CENTRED = "MiniLM, average linkage", "mean subtracted, average linkage"
AT_RECALL = ", at the project's recall"
_SHARES = (0.1, 0.15, 0.2, 0.3, 0.4, 0.5, *np.arange(0.75, 5.01, 0.25).tolist())  # groups a square root of the claims


@dataclass(frozen=True, slots=True)
class Tally:
    """What one grouping of one story gives: labelled pairs, pairs across articles, and sentences with event chains."""

    together: NDArray[np.bool_]
    same: NDArray[np.bool_]
    crossing: int
    crossing_together: int
    found: Homes
    wanted: list[set[str]]
    topics: int
    claims: int
    placed: int


def measure_topics(data: Path) -> dict[str, Any]:
    """Return the figures of each row; where a setting is chosen, each half of the topics is scored with the other's."""
    stories = load_stories(data)
    first = [is_first_half(story.story.id) for story in stories]
    topics = [group_claims(story.story, story.claims, story.vectors, embed=embed_texts) for story in stories]
    ours, aspects = (
        score([tally(story, list_homes(story, pick(found))) for story, found in zip(stories, topics, strict=True)])
        for pick in (list_finest, list_aspects)
    )
    rows = {"all claims in one topic": score([tally(story, [{"all"}] * len(story.claims)) for story in stories])}
    for name, rows_of in ((PLAIN, plain_rows), (CENTRED, centred_rows)):
        at = {
            share: [tally(story, cut(story, rows_of, share * np.sqrt(len(story.used)))) for story in stories]
            for share in _SHARES
        }
        chosen = {half: choose(at, [inside is not half for inside in first]) for half in (True, False)}
        best = score([at[chosen[half]][i] for i, half in enumerate(first)])
        rows[name] = best | {"setting": [chosen[True], chosen[False]]}
        scores = {share: score(tallies) for share, tallies in at.items()}
        enough = [share for share, scored in scores.items() if scored["pairs"][1] >= ours["pairs"][1]]
        rows[name + AT_RECALL] = scores[max(enough, default=_SHARES[0])]
        print(f"  {name}", file=sys.stderr, flush=True)
    return {"rows": rows | {f"{OURS}, aspects of long stories": aspects, OURS: ours}}


def choose(at: dict[float, list[Tally]], inside: Sequence[bool]) -> float:
    """Return the setting with the best B-cubed F1 over the stories inside."""
    return max(
        at,
        key=lambda share: score([t for t, use in zip(at[share], inside, strict=True) if use])["chains"][2],
    )


def plain_rows(story: EcbStory) -> Matrix:
    """Return the vectors of the claims used."""
    return story.vectors[story.used]


def centred_rows(story: EcbStory) -> Matrix:
    """Return the vectors of the claims used less their mean."""
    rows = plain_rows(story)
    return rows - rows.mean(axis=0)


def cut(story: EcbStory, rows_of: Callable[[EcbStory], Matrix], count: float) -> Homes:
    """Group by average linkage on cosine into about `count` groups; a group of one is no topic."""
    tree = linkage(np.clip(pdist(rows_of(story), "cosine"), 0.0, 2.0), "average")
    parts = fcluster(tree, max(1, round(count)), "maxclust")
    sizes = np.bincount(parts)
    homes: Homes = [set() for _ in story.claims]
    for row, part in zip(story.used, parts, strict=True):
        if sizes[part] > 1:
            homes[row] = {str(part)}
    return homes


def list_finest(topics: Sequence[Topic]) -> list[Topic]:
    """Return the topics that have no parts."""
    wholes = {topic.parent for topic in topics}
    return [topic for topic in topics if topic.id not in wholes]


def list_aspects(topics: Sequence[Topic]) -> list[Topic]:
    """Return the topics that are part of no other."""
    return [topic for topic in topics if not topic.parent]


def list_homes(story: EcbStory, topics: Sequence[Topic]) -> Homes:
    """Return the topics of each claim."""
    row_of = {claim.id: row for row, claim in enumerate(story.claims)}
    homes: Homes = [set() for _ in story.claims]
    for topic in topics:
        for claim_id in topic.claim_ids:
            homes[row_of[claim_id]].add(topic.id)
    return homes


def tally(story: EcbStory, homes: Homes) -> Tally:
    """Compare one grouping with the labels."""
    names = {name: i for i, name in enumerate(sorted(set().union(*homes)))}
    member = np.zeros((len(homes), max(1, len(names))), dtype=np.float32)
    for row, own in enumerate(homes):
        member[row, [names[name] for name in own]] = 1.0
    together = (member @ member.T > 0) & story.crossing
    asked = [pair for pair in story.labelled if holds(story.crossing, pair)]
    chains: dict[int, set[str]] = {}
    for pair in asked:
        for row in (*pair.left, *pair.right):
            if pair.chains:
                chains.setdefault(row, set()).update(pair.chains)
    return Tally(
        np.array([holds(together, pair) for pair in asked], dtype=bool),
        np.array([pair.same for pair in asked], dtype=bool),
        int(story.crossing.sum()),
        int(together.sum()),
        [homes[row] for row in chains],
        list(chains.values()),
        len(names),
        len(story.used),
        sum(bool(homes[row]) for row in story.used),
    )


def score(tallies: Sequence[Tally]) -> dict[str, Any]:
    """Return the scores: labelled pairs pooled over the stories, event chains as the mean over them."""
    pairs = score_pairs(np.concatenate([t.together for t in tallies]), np.concatenate([t.same for t in tallies]))
    chains = np.mean([score_overlapping(t.found, t.wanted)[:2] for t in tallies if t.wanted], axis=0)
    return {
        "pairs": list(pairs),
        "chains": [*chains.tolist(), float(2 * chains.prod() / chains.sum())],
        "any": sum(t.crossing_together for t in tallies) / sum(t.crossing for t in tallies),
        "topics": float(np.mean([t.topics for t in tallies])),
        "placed": sum(t.placed for t in tallies) / sum(t.claims for t in tallies),
    }


def render_topics(found: dict[str, Any]) -> str:
    """Return the table in Markdown, and what the mean subtraction is worth."""
    head = [
        "Topics",
        "Pairs: P",
        "R",
        "F1",
        "Chains: P",
        "R",
        "F1",
        "Any two together",
        "Topics a story",
        "Claims placed",
    ]
    rows = [
        [
            name,
            *(f"{value:.3f}" for value in (*row["pairs"], *row["chains"])),
            f"{100 * row['any']:.1f}%",
            f"{row['topics']:.0f}",
            f"{100 * row['placed']:.0f}%",
        ]
        for name, row in found["rows"].items()
    ]
    plain, centred = (found["rows"][name] for name in (PLAIN, CENTRED))
    costs = [found["rows"][name + AT_RECALL]["any"] for name in (PLAIN, CENTRED)]
    return (
        f"{make_table(head, rows)}\n\nSubtracting the story's mean is worth {centred['chains'][2] - plain['chains'][2]:+.3f} in the "
        f"F1 of chains, each with its best setting. At the project's recall of pairs it puts {100 * costs[1]:.1f}% of any two claims "
        f"together instead of {100 * costs[0]:.1f}%."
    )
