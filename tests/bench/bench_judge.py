"""How well the judge tells agreement, conflict and development apart: the tables on the judge in docs/quality.md.

    python tests/bench/bench_judge.py DATA [--only pairs|nanco|numbers|sets|sure] [--sample N]

DATA holds news/nanco, number_pairs, ecbplus, msrp, sts, claimdiff and fnc1, which are not part of the project. The figures go
into build/bench/judge.json too, the judge's misses beside it. Parsed pairs, vectors and the NLI model's scores are kept
there, the scores for each model by itself, so that a second run is much faster. A run with --sample, or with another model
than the shipped one, leaves the page as it is.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "models" / "recipe"))
from bench_topics import save_figures
from cached import CachedNli
from judged import Run
from measure_nanco import measure_nanco, render_nanco
from measure_numbers import measure_numbers, render_numbers
from measure_sets import measure_sets, render_sets
from measure_side import measure_side, render_side
from measure_sure import measure_sure, render_sure
from page import put_block
from samples import ROOT, WORK

from detector.judge.claim_files import SHIPPED
from detector.judge.weigh import load_weights

PAGE = ROOT / "docs" / "quality.md"
TABLES = {
    "pairs": (measure_side, render_side),
    "nanco": (measure_nanco, render_nanco),
    "numbers": (measure_numbers, render_numbers),
    "sets": (measure_sets, render_sets),
    "sure": (measure_sure, render_sure),
}


def main() -> None:
    """Measure each table, and write it as soon as it is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", choices=TABLES, nargs="+", default=list(TABLES), help="measure these tables alone")
    parser.add_argument(
        "--sample", type=int, help="a trial run: at most so many pairs of a set; the page is not written"
    )
    parser.add_argument("--nli", default=SHIPPED, help="another model's folder; the page is not written")
    parser.add_argument("--weights", type=Path, help="other weights for the judge; the page is not written")
    options = parser.parse_args()
    trial = options.sample is not None or options.nli != SHIPPED or options.weights is not None
    run = Run(options.data, CachedNli(options.nli), load_weights(options.weights), options.sample)
    for name in options.only:
        measure, render = TABLES[name]
        print(f"{name} ...", file=sys.stderr, flush=True)
        start = time.perf_counter()
        found = measure(run)
        block = render(found)
        save_figures(WORK / ("judge_trial.json" if trial else "judge.json"), name, found)
        if not trial:
            put_block(PAGE, f"judge {name}", block)
        print(f"{block}\n", flush=True)
        print(f"{name}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
