"""What the NLI model should read of a pair, and what to make of its two answers.

    python models/judge/measure_meaning.py tests/data/relations.jsonl

For the whole sentences, their closest clauses, and the sentences with the one before them in front: how well the greater,
the mean and the lesser answer of the two directions tell conflicts and agreements apart, and each from all other pairs.
Areas under the ROC curve, over the labelled pairs and the pairs of different facts of one event.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
from fit_weights import measure_rows, pair_strangers, read_rows
from sklearn.metrics import roc_auc_score

from detector.judge.claim_files import SHIPPED
from detector.judge.claim_nli import load_nli
from detector.records import Pair

DIRECTIONS = {"greater": np.maximum, "mean": lambda a, b: (a + b) / 2, "lesser": np.minimum}


def read_focus(pair: Pair) -> tuple[str, str]:
    """Return the closest clauses of two claims."""
    (s1, e1), (s2, e2) = pair.focus or ((0, len(pair.earlier.text)), (0, len(pair.later.text)))
    return pair.earlier.text[s1:e1], pair.later.text[s2:e2]


def main() -> None:
    """Read the command line, score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("--nli", default=SHIPPED)
    options = parser.parse_args()
    rows = read_rows(options.pairs)
    labelled = [pair for pair, _ in measure_rows(rows)]
    strangers = [pair for _, pair in pair_strangers(rows, labelled)]
    before = {
        row[side]: last[side] for last, row in pairwise(rows) if last["event"] == row["event"] for side in ("a", "b")
    }
    pairs = labelled + strangers
    relations = np.array([row["relation"] for row in rows] + ["unrelated"] * len(strangers))
    views = {
        "sentence": [(pair.earlier.text, pair.later.text) for pair in pairs],
        "clause": [read_focus(pair) for pair in pairs],
        "with the one before": [
            (f"{before.get(a, '')} {a}".strip(), f"{before.get(b, '')} {b}".strip())
            for a, b in ((pair.earlier.text, pair.later.text) for pair in pairs)
        ],
    }
    nli = load_nli(options.nli)
    differ, agree = relations == "differ", relations == "agree"
    either = differ | agree
    print(f"{len(labelled)} labelled pairs, {len(strangers)} of different facts, {nli.name}")
    print("contradiction: differ against agree, against all | entailment: agree against differ, against all")
    for name, texts in views.items():
        there, back = np.array(nli.score(texts)), np.array(nli.score([(b, a) for a, b in texts]))
        for direction, join in DIRECTIONS.items():
            shares = join(there, back)
            figures = [
                roc_auc_score(differ[either], shares[either, 2]),
                roc_auc_score(differ, shares[:, 2]),
                roc_auc_score(agree[either], shares[either, 0]),
                roc_auc_score(agree, shares[:, 0]),
            ]
            print(f"{name:20} {direction:8} {'  '.join(f'{figure:.3f}' for figure in figures)}")


if __name__ == "__main__":
    main()
