"""Fit the judge's weights to labelled pairs and say how well they do on events that they were not fitted on.

    python models/judge/fit_weights.py tests/data/relations.jsonl

A labelled pair is one JSON object a line: event, a, b, a_date, b_date, relation, kind. Events are split by the hash of their name into a
fit part (two thirds) and a gate part. With --write the weights fitted on the fit part are written to detector/judge/weights.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from detector.dating import resolve_claims
from detector.embed import Embedder, SentenceTransformerEmbedder
from detector.judge import choose_relation, judge_pairs
from detector.judge.claim_nli import SHIPPED, load_nli
from detector.judge.measure import measure_pair
from detector.judge.nli import Nli, score_pairs
from detector.judge.weigh import (
    NEVER_AGREE,
    Weights,
    fit_weights,
    list_outcomes,
    load_weights,
    save_weights,
    weigh_signals,
)
from detector.pair import measure_closeness, pair_claims
from detector.records import Article, Claim, Pair, Relation, Signals
from detector.split import list_views, parse_claim

WEIGHTS = Path(__file__).parents[2] / "detector" / "judge" / "weights.json"
PRIOR = Path(__file__).with_name("prior.json")
UNSEEN = 0.2  # weight of a labelled conflict in which no comparison sees anything
GATE_SHARE = 3  # one event in three is kept for the gate


def read_rows(paths: list[Path]) -> list[dict[str, Any]]:
    """Read labelled pairs."""
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def is_gate(event: str) -> bool:
    """Whether an event belongs to the gate part."""
    return int(hashlib.sha256(event.encode()).hexdigest(), 16) % GATE_SHARE == 0


@cache
def load_embedder() -> Embedder:
    """Return the default embedding model, loaded once."""
    return SentenceTransformerEmbedder()


def measure_rows(rows: list[dict[str, Any]], nli: Nli | None = None) -> list[tuple[Pair, Signals]]:
    """Measure each labelled pair as the pipeline would."""
    embedder = load_embedder()
    pairs = []
    for number, row in enumerate(rows):
        articles = [_make_article(f"{number:05d}{side}", row[side], row.get(f"{side}_date")) for side in ("a", "b")]
        first, second = resolve_claims(articles, [parse_claim(article) for article in articles])
        # Labelled pairs are judged as they are: no rule may leave one out, so the gate is opened wide.
        days = {article.id: article.published.date() if article.published else None for article in articles}
        pairs += pair_claims([first, second], *_measure_closeness([first, second], embedder), (), days, gate=-1.0)
    return list(zip(pairs, _measure_pairs(pairs, nli), strict=True))


def _measure_pairs(pairs: list[Pair], nli: Nli | None) -> list[Signals]:
    meanings = score_pairs(pairs, nli) if nli else [None] * len(pairs)
    return [measure_pair(pair, meaning) for pair, meaning in zip(pairs, meanings, strict=True)]


def _measure_closeness(claims: list[Claim], embedder: Embedder) -> Any:
    """Return the (n, n) closeness of claims, as the pipeline measures it."""
    views = [list_views(claim) for claim in claims]
    return measure_closeness(
        embedder.embed([text for texts in views for text in texts]), [len(texts) for texts in views]
    )


def make_negatives(rows: list[dict[str, Any]], pairs: list[Pair], nli: Nli | None = None) -> list[tuple[int, Signals]]:
    """Return (row of the first sentence, signals) of each pair of `pair_strangers`."""
    found = pair_strangers(rows, pairs)
    return list(zip([first for first, _ in found], _measure_pairs([pair for _, pair in found], nli), strict=True))


def pair_strangers(rows: list[dict[str, Any]], labelled: list[Pair]) -> list[tuple[int, Pair]]:
    """Pair each sentence with the other sentences of its event, as real candidates are paired.

    The ten pairs of an event are about ten facts, so nearly all of these are unrelated. Only those that the pipeline would propose
    are kept.

    Returns:
        (row of the first sentence, pair) of each.
    """
    embedder = load_embedder()
    found: list[tuple[int, Pair]] = []
    for event in sorted({row["event"] for row in rows}):
        places = [i for i, row in enumerate(rows) if row["event"] == event]
        claims = [claim for i in places for claim in (labelled[i].earlier, labelled[i].later)]
        days: dict[str, date | None] = {}
        for i in places:
            for side, claim in zip("ab", (labelled[i].earlier, labelled[i].later), strict=True):
                days[claim.article_id] = (
                    date.fromisoformat(rows[i][f"{side}_date"]) if rows[i].get(f"{side}_date") else None
                )
        row_of = {claim.article_id: i for i, claim in zip([i for i in places for _ in "ab"], claims, strict=True)}
        for pair in pair_claims(claims, *_measure_closeness(claims, embedder), (), days):
            first, second = row_of[pair.earlier.article_id], row_of[pair.later.article_id]
            if first != second:
                found.append((first, pair))
    return found


def _find_share(relation: Relation, signals: Signals) -> float:
    """How much a labelled pair counts: a conflict that no comparison sees is rare among real pairs, and teaches only its own absence."""
    if relation in (Relation.AGREE, Relation.UNRELATED):
        return 1.0
    return 1.0 if list_outcomes(signals) & (NEVER_AGREE | {("time", "update")}) else UNSEEN


def _make_article(name: str, text: str, day: str | None) -> Article:
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return Article(name, f"Outlet {name[-1].upper()}", "", text, published, "metadata" if published else None)


def score(measured: list[tuple[Pair, Signals]], relations: list[Relation], weights: Weights) -> dict[str, Any]:
    """Judge pairs and compare with their labels; what the judge abstains from counts as unrelated."""
    found = []
    for pair, signals in measured:
        findings, _ = judge_pairs([pair], [signals], weights)
        found.append(findings[0].relation if findings else Relation.UNRELATED)
    table = Counter(zip(relations, found, strict=True))
    rows = {}
    for relation in Relation:
        hits = table[relation, relation]
        said, true = sum(table[r, relation] for r in Relation), sum(table[relation, r] for r in Relation)
        precision, recall = hits / said if said else 0.0, hits / true if true else 0.0
        rows[relation.value] = {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / (precision + recall or 1),
            "n": true,
        }
    return {
        "n": len(relations),
        "accuracy": sum(table[r, r] for r in Relation) / max(1, len(relations)),
        "macro_f1": float(np.mean([row["f1"] for row in rows.values()])),
        "conflicts_called_agree": table[Relation.DIFFER, Relation.AGREE],
        "per_relation": rows,
        "confusion": {f"{a.value}->{b.value}": n for (a, b), n in sorted(table.items())},
    }


def print_score(name: str, result: dict[str, Any]) -> None:
    """Print one part's figures."""
    print(
        f"{name}: n={result['n']} accuracy={result['accuracy']:.3f} macro-F1={result['macro_f1']:.3f} "
        f"conflicts called agree={result['conflicts_called_agree']}"
    )
    for relation, row in result["per_relation"].items():
        print(f"   {relation:10} P={row['precision']:.2f} R={row['recall']:.2f} F1={row['f1']:.2f} n={row['n']}")


def main() -> None:
    """Fit, score on both parts, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="write detector/judge/weights.json")
    parser.add_argument("--strength", type=float, default=0.1, help="how far the labels may move the prior weights")
    parser.add_argument(
        "--negatives", type=float, default=0.2, help="weight of a pair of different facts beside a labelled pair"
    )
    parser.add_argument("--nli", default=SHIPPED, help='the NLI model: a name or folder; "" for none')
    options = parser.parse_args()
    rows = read_rows(options.pairs)
    nli = load_nli(options.nli) if options.nli else None
    measured = measure_rows(rows, nli)
    relations = [Relation(row["relation"]) for row in rows]
    gate = [is_gate(row["event"]) for row in rows]
    fit = [i for i, held in enumerate(gate) if not held]
    held = [i for i, value in enumerate(gate) if value]
    by = options.nli or "no model, so its weights are a prior"
    note = f"fitted on {len(fit)} labelled pairs of {', '.join(path.name for path in options.pairs)}; meaning by {by}"
    negatives = make_negatives(rows, [pair for pair, _ in measured], nli)
    strangers = [signals for i, signals in negatives if not gate[i]]
    weights = fit_weights(
        [measured[i][1] for i in fit] + strangers,
        [relations[i] for i in fit] + [Relation.UNRELATED] * len(strangers),
        load_weights(PRIOR),
        shares=[_find_share(relations[i], measured[i][1]) for i in fit] + [options.negatives] * len(strangers),
        strength=options.strength,
        note=note,
    )
    before = load_weights(PRIOR)
    print_score("gate, prior weights alone", score([measured[i] for i in held], [relations[i] for i in held], before))
    for name, part in (("fit", fit), ("gate", held)):
        print_score(name, score([measured[i] for i in part], [relations[i] for i in part], weights))
    for name, part in (("fit", False), ("gate", True)):
        others = [signals for i, signals in negatives if gate[i] is part]
        judged = [choose_relation(weigh_signals(measured, weights)[0]) for measured in others]
        shown = sum(relation is not Relation.UNRELATED and sure >= 0.5 for relation, sure in judged)
        print(
            f"{name}: {len(others)} pairs of different facts of one event, {shown} taken for a finding ({shown / max(1, len(others)):.1%})"
        )
    if options.write:
        save_weights(weights, WEIGHTS)
        print(f"wrote {WEIGHTS}")


if __name__ == "__main__":
    main()
