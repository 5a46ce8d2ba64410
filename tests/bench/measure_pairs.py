"""Table 2: the claims of a story to candidate pairs, on ECB+: how many of those that matter for how many in all."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ecb import EcbStory, holds, load_stories
from methods import embed_articles
from numpy.typing import NDArray
from page import make_table  # models/recipe
from samples import is_first_half, load_sample

from detector.group import group_claims, group_stories
from detector.pair import measure_closeness, pair_claims
from detector.settings import Settings

Mask = NDArray[np.bool_]
GATES = (0.5, 0.6, 0.7)
NEAREST = 20
OURS = "**this project**"
_UNCAPPED = 10**6


@dataclass(frozen=True, slots=True)
class Proposed:
    """Candidate pairs of one story by rule, before the cap (all) and after it (kept): (n, n), upper triangle."""

    all: dict[str, Mask]
    kept: dict[str, Mask]


def measure_pairs(data: Path) -> dict[str, Any]:
    """Return the counts of each row, the funnel, and the counts where stories are found first."""
    rows: dict[str, Counter[str]] = {}
    funnel: dict[str, Counter[str]] = {}
    stories = load_stories(data)
    for story in stories:
        proposed = propose_pairs(story)
        masks = {name: propose(story) for name, propose in list_baselines()}
        masks |= {f"{OURS}, before the cap": unite(proposed.all, story), OURS: unite(proposed.kept, story)}
        half = "first" if is_first_half(story.story.id) else "second"
        for name, mask in masks.items():
            counts = count_pairs(story, mask)
            rows.setdefault(name, Counter()).update(counts)
            rows[name].update({f"{half} {key}": value for key, value in counts.items()})
        for stage in ("all", "kept"):
            for rule, mask in getattr(proposed, stage).items():
                counts = count_pairs(story, mask)
                funnel.setdefault(rule, Counter()).update({f"{stage} {key}": counts[key] for key in ("pairs", "hits")})
        print(
            f"  topic {story.story.id}: {len(story.claims)} claims, {int(masks[OURS].sum())} pairs",
            file=sys.stderr,
            flush=True,
        )
    return {"rows": rows, "funnel": funnel, "corpus": measure_corpus(data, stories)}


def measure_corpus(data: Path, topics: Sequence[EcbStory]) -> Counter[str]:
    """Return the counts over the whole corpus, its stories found first: no pair crosses two stories."""
    sample = load_sample(data, "ecbplus")
    stories = group_stories(sample.articles, embed_articles(sample))
    total: Counter[str] = Counter()
    claims_of: Counter[str] = Counter()
    for story in load_stories(data, {story.id: story.article_ids for story in stories}):
        counts = count_pairs(story, unite(propose_pairs(story).kept, story))
        total.update({key: counts[key] for key in ("pairs", "hits", "false")})
        claims_of.update(story.claims[row].article_id for row in story.used)
    n = sum(claims_of.values())
    total["crossing"] = (n * n - sum(count * count for count in claims_of.values())) // 2
    for story in topics:
        counts = count_pairs(story, np.zeros_like(story.crossing))
        total.update({key: counts[key] for key in ("same", "other")})
    return total


def list_baselines() -> Iterable[tuple[str, Callable[[EcbStory], Mask]]]:
    """Yield (row, function that proposes pairs by the cosine of the claims' own vectors)."""
    for gate in GATES:
        yield f"cosine at least {gate}", lambda story, gate=gate: story.crossing & (_measure_cosine(story) >= gate)
    yield f"{NEAREST} nearest of other articles", propose_nearest


def propose_nearest(story: EcbStory) -> Mask:
    """Return the pairs of each claim with its nearest claims of other articles, of either side."""
    either = story.crossing | story.crossing.T
    cosine = np.where(either, _measure_cosine(story), -np.inf)
    nearest = np.argsort(-cosine, axis=1, kind="stable")[:, :NEAREST]
    chosen = np.zeros_like(either)
    np.put_along_axis(chosen, nearest, values=True, axis=1)
    mask: Mask = (chosen | chosen.T) & story.crossing
    return mask


def propose_pairs(story: EcbStory) -> Proposed:
    """Return what the project proposes, on the way that `pipeline` takes, with its default settings."""
    settings = Settings()
    topics = group_claims(story.story, story.claims, story.vectors)
    closeness, chosen = measure_closeness(story.views, story.sizes)
    published = {article.id: article.published.date() if article.published else None for article in story.articles}
    row_of = {claim.id: row for row, claim in enumerate(story.claims)}
    found: list[dict[str, Mask]] = []
    for top_k in (_UNCAPPED, settings.top_k):
        masks: dict[str, Mask] = {}
        for pair in pair_claims(
            story.claims,
            closeness,
            chosen,
            topics,
            published,
            gate=settings.gate,
            top_k=top_k,
        ):
            low, high = sorted((row_of[pair.earlier.id], row_of[pair.later.id]))
            masks.setdefault(pair.rule, np.zeros_like(story.crossing))[low, high] = True
        found.append(masks)
    return Proposed(*found)


def unite(masks: dict[str, Mask], story: EcbStory) -> Mask:
    """Return the pairs that any rule proposed."""
    whole = np.zeros_like(story.crossing)
    for mask in masks.values():
        whole |= mask
    return whole


def count_pairs(story: EcbStory, mask: Mask) -> Counter[str]:
    """Count what is proposed: of all pairs across articles, of "same event", and of "different" with nothing shared.

    "same" counts the labelled pairs of the set; "askable" those whose two sentences the splitter took as claims.
    """
    same = [pair for pair in story.labelled if pair.same and pair.chains]
    other = [pair for pair in story.labelled if not pair.same and not pair.share_entity]
    return Counter(
        {
            "pairs": int((mask & story.crossing).sum()),
            "crossing": int(story.crossing.sum()),
            "same": len(same),
            "askable": sum(holds(story.crossing, pair) for pair in same),
            "hits": sum(holds(mask, pair) for pair in same),
            "other": len(other),
            "false": sum(holds(mask, pair) for pair in other),
        }
    )


def _measure_cosine(story: EcbStory) -> NDArray[np.float32]:
    cosine: NDArray[np.float32] = story.vectors @ story.vectors.T
    return cosine


def render_pairs(found: dict[str, Any]) -> str:
    """Return the two tables in Markdown."""
    head = [
        "Pairs proposed",
        "Same event",
        "of claims alone",
        "first half",
        "second half",
        "Different event",
        "All pairs",
    ]
    rows = []
    for name, counts in found["rows"].items():
        cells = [("hits", "same"), ("hits", "askable"), ("first hits", "first same"), ("second hits", "second same")]
        cells += [("false", "other"), ("pairs", "crossing")]
        rows.append([name, *(_show_share(counts, part, of) for part, of in cells)])
    counts = found["corpus"]
    cells = [_show_share(counts, part, of) for part, of in (("hits", "same"), ("false", "other"))]
    whole = f"{100 * counts['pairs'] / counts['crossing']:.3f}%"
    rows.append([f"{OURS}, whole corpus, stories found first", cells[0], "", "", "", cells[1], whole])
    order = sorted(found["funnel"].items(), key=lambda item: -item[1].get("all pairs", 0))
    funnel = [
        [rule, *(str(counts.get(f"{stage} {key}", 0)) for stage in ("all", "kept") for key in ("pairs", "hits"))]
        for rule, counts in order
    ]
    funnel.append(["*all rules*", *(str(sum(int(line[i]) for line in funnel)) for i in range(1, 5))])
    return "\n\n".join(
        [
            make_table(head, rows),
            'The project\'s pairs by the rule that proposed them; "same event" are labelled pairs.',
            make_table(
                ["Rule", "Proposed", "of these same event", "Kept after the cap", "of these same event"], funnel
            ),
        ]
    )


def _show_share(counts: dict[str, int], part: str, of: str) -> str:
    return f"{100 * counts.get(part, 0) / max(1, counts.get(of, 0)):.1f}%"
