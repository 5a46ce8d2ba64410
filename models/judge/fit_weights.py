"""Fit the judge's weights to labelled pairs and say how well they do on events that they were not fitted on.

    python models/judge/fit_weights.py tests/data/relations.jsonl tests/data/relations_more.jsonl --real build/nli/real_pairs_*.jsonl

A labelled pair is one JSON object a line: event, a, b, a_date, b_date, relation, kind. Events are split by the hash of their name into a
fit part (two thirds) and a gate part. Of fit_pairs.jsonl, which lies beside this script, those events are fitted on that the NLI model has
not learned from (`is_taught` of models/recipe/sets.py), and so of the pairs of real news, --real, that real_pairs.py writes. With --write
the weights fitted on the fit parts are written to detector/judge/weights.json.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1] / "recipe"))
from sets import is_taught

from detector.embed import Embedder, SentenceTransformerEmbedder, embed_texts
from detector.judge import judge_pairs
from detector.judge.batches import measure_pairs
from detector.judge.claim_files import SHIPPED
from detector.judge.claim_nli import load_nli
from detector.judge.fit import fit_weights
from detector.judge.nli import Nli
from detector.judge.weigh import Weights, load_weights, save_weights
from detector.labelled import parse_row
from detector.pair import measure_closeness, pair_claims
from detector.progress import stay_silent
from detector.read.rows import Row
from detector.records import Claim, Pair, Relation, Signals
from detector.settings import Settings
from detector.split import list_views
from detector.trial import Case, Score, is_held_out, measure_cases, score_cases

WEIGHTS = Path(__file__).parents[2] / "detector" / "judge" / "weights.json"
PRIOR = Path(__file__).with_name("prior.json")
FIT_PAIRS = Path(__file__).with_name("fit_pairs.jsonl")
_STRANGERS = 1500  # pairs of different facts that the slow model is asked about; each counts little


def read_rows(paths: list[Path]) -> list[dict[str, Any]]:
    """Read labelled pairs."""
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def is_gate(event: str) -> bool:
    """Whether an event belongs to the gate part, one in three."""
    return is_held_out(event)


@cache
def load_embedder() -> Embedder:
    """Return the default embedding model, loaded once."""
    return SentenceTransformerEmbedder()


def measure_rows(rows: list[dict[str, Any]], nli: Nli | None = None) -> list[tuple[Pair, Signals]]:
    """Measure each labelled pair as `detector check` does; without a model the comparison of meaning abstains."""
    labelled = [parse_row(Row(f"row {number}", row), Path()) for number, row in enumerate(rows, start=1)]
    cases = measure_cases([row for row in labelled if row], Settings(nli=""), embedder=load_embedder(), nli=nli)
    return [(case.pair, case.signals) for case in cases]


def make_negatives(
    rows: list[dict[str, Any]], pairs: list[Pair], nli: Nli | None = None
) -> list[tuple[int, Pair, Signals]]:
    """Return (row of the first sentence, pair, signals) of a seeded choice of the pairs of `pair_strangers`."""
    found = pair_strangers(rows, pairs)
    random.Random(0).shuffle(found)  # noqa: S311
    found = found[:_STRANGERS]
    signals = measure_pairs([pair for _, pair in found], nli, stay_silent)
    return [(first, pair, measured) for (first, pair), measured in zip(found, signals, strict=True)]


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


def _measure_closeness(claims: list[Claim], embedder: Embedder) -> Any:
    """Return the (n, n) closeness of claims, as the pipeline measures it."""
    views = [list_views(claim) for claim in claims]
    texts = [text for texts in views for text in texts]
    return measure_closeness(embed_texts(texts, embedder, stay_silent, ""), [len(texts) for texts in views])


def score(measured: list[tuple[Pair, Signals]], relations: list[Relation], weights: Weights) -> Score:
    """Judge pairs and compare with their labels; what the judge abstains from counts as unrelated."""
    cases = [Case(pair, signals, label, "") for (pair, signals), label in zip(measured, relations, strict=True)]
    return score_cases(cases, weights)


def print_score(name: str, result: Score) -> None:
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
    parser.add_argument("--strength", type=float, default=0.2, help="how far the labels may move the prior weights")
    parser.add_argument(
        "--negatives", type=float, default=0.3, help="weight of a pair of different facts beside a labelled pair"
    )
    parser.add_argument(
        "--real", type=Path, nargs="+", default=[], help="labelled pairs of real news, from real_pairs.py"
    )
    parser.add_argument("--share", type=float, default=1.0, help="weight of a real pair beside a written one")
    parser.add_argument("--nli", default=SHIPPED, help='the NLI model: a name or folder; "" for none')
    options = parser.parse_args()
    split = read_rows(options.pairs)
    whole = [row for row in read_rows([FIT_PAIRS]) if not is_taught(row["event"])]
    rows, real = split + whole, [row for row in read_rows(options.real) if not row["learned"]]
    nli = load_nli(options.nli) if options.nli else None
    measured = measure_rows(rows, nli)
    relations = [Relation(row["relation"]) for row in rows]
    gate = [is_gate(row["event"]) for row in split] + [False] * len(whole)
    fit = [i for i, held in enumerate(gate) if not held]
    held = [i for i, value in enumerate(gate) if value]
    by = options.nli or "no model, so its weights are a prior"
    real_measured = measure_rows(real, nli)
    real_relations = [Relation(row["relation"]) for row in real]
    real_fit = [i for i, row in enumerate(real) if not is_gate(row["event"])]
    files = ", ".join(path.name for path in [*options.pairs, FIT_PAIRS])
    note = f"fitted on {len(fit)} labelled pairs of {files}, and on {len(real_fit)} of real news; meaning by {by}"
    negatives = make_negatives(split, [pair for pair, _ in measured[: len(split)]], nli)
    strangers = [signals for i, _, signals in negatives if not gate[i]]
    weights = fit_weights(
        [measured[i][1] for i in fit] + [real_measured[i][1] for i in real_fit] + strangers,
        [relations[i] for i in fit] + [real_relations[i] for i in real_fit] + [Relation.UNRELATED] * len(strangers),
        load_weights(PRIOR),
        shares=[1.0] * len(fit) + [options.share] * len(real_fit) + [options.negatives] * len(strangers),
        strength=options.strength,
        note=note,
    )
    before = load_weights(PRIOR)
    print_score("gate, prior weights alone", score([measured[i] for i in held], [relations[i] for i in held], before))
    for name, part in (("fit", fit), ("gate", held)):
        print_score(name, score([measured[i] for i in part], [relations[i] for i in part], weights))
    for name in sorted({row["set"] for row in real}):
        part = [i for i, row in enumerate(real) if row["set"] == name and is_gate(row["event"])]
        if not part:
            continue
        print_score(
            f"gate, {name}", score([real_measured[i] for i in part], [real_relations[i] for i in part], weights)
        )
    for name, part in (("fit", False), ("gate", True)):
        others = [(pair, signals) for i, pair, signals in negatives if gate[i] is part]
        findings, _ = judge_pairs([pair for pair, _ in others], [signals for _, signals in others], weights)
        shown = len(findings)
        print(
            f"{name}: {len(others)} pairs of different facts of one event, {shown} taken for a finding ({shown / max(1, len(others)):.1%})"
        )
    if options.write:
        save_weights(weights, WEIGHTS)
        print(f"wrote {WEIGHTS}")


if __name__ == "__main__":
    main()
