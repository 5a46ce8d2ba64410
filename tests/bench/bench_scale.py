"""What a run over a whole archive costs, stage by stage, at several sizes: the tables of docs/scale.md.

    python tests/bench/bench_scale.py DATA [--sizes 1000,3000,10000,all] [--stories 40] [--texts 64] [--pairs 200] [--opening 1500]

DATA holds news/allsides, which is not part of the project. A size is that many articles in a row from the middle of the
archive, with its share of undated ones, so that the density is that of the archive. Figures go into build/bench/scale.json.
The vectors of the articles are kept in build/bench; `--opening` takes fewer characters of each, for a trial.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.append(str(Path(__file__).parents[2] / "models" / "recipe"))
from page import make_table, put_block
from samples import ROOT, WORK, embed_texts
from sets import read_lines

from detector.group import article_texts
from detector.read import read_articles
from detector.records import Article

PAGE = ROOT / "docs" / "scale.md"
STAGES = ("read", "vectors", "group", "split", "embed", "compare", "write", "judge")


def main() -> None:
    """Measure each size, print the tables, and write them into the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sizes", default="1000,3000,10000,all")
    parser.add_argument("--stories", type=int, default=40)
    parser.add_argument("--texts", type=int, default=64)
    parser.add_argument(
        "--pairs", type=int, default=200, help="questions put to the model for the comparisons of meaning"
    )
    parser.add_argument("--opening", type=int, default=1500)
    parser.add_argument("--trial", action="store_true", help="leave the page as it is")
    options = parser.parse_args()
    rows = list(read_lines(options.data / "news/allsides/articles.jsonl.gz"))
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes.split(","):
            chosen = choose_rows(rows, len(rows) if size == "all" else int(size))
            source = Path(folder) / "archive.jsonl"
            source.write_text("".join(json.dumps(row) + "\n" for row in chosen), encoding="utf-8")
            articles, _ = read_articles([source])
            vectors = Path(folder) / "vectors.npz"
            np.savez(vectors, ids=[one.id for one in articles], vectors=embed_openings(articles, options.opening))
            found.append(run_worker(source, vectors, options.stories, options.texts, options.pairs))
            print(json.dumps(found[-1]), file=sys.stderr, flush=True)
    figures = {"sizes": found, "opening": options.opening, "cores": os.cpu_count(), "load": os.getloadavg()[0]}
    WORK.mkdir(parents=True, exist_ok=True)
    (WORK / "scale.json").write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for name, block in (("found", render_found(found)), ("cost", render_cost(found))):
        print(f"{block}\n")
        if not options.trial:
            put_block(PAGE, name, block)


def choose_rows(rows: Sequence[dict[str, Any]], size: int) -> list[dict[str, Any]]:
    """Return rows in a row from the middle of the archive, with the archive's share of undated ones."""
    dated = sorted((row for row in rows if (row["date"] or "")[:2] == "20"), key=lambda row: (row["date"], row["id"]))
    free = sorted((row for row in rows if (row["date"] or "")[:2] != "20"), key=lambda row: row["id"])
    count = round(size * len(dated) / len(rows))
    start = (len(dated) - count) // 2
    return [*dated[start : start + count], *free[: size - count]]


def embed_openings(articles: Sequence[Article], length: int) -> np.ndarray:
    """Return the articles' vectors, of no more than `length` characters of each."""
    return embed_texts([text[:length] for text in article_texts(articles)])


def run_worker(source: Path, vectors: Path, *samples: int) -> dict[str, Any]:
    """Measure one size in a process of its own, on one thread; the samples are those of stories, texts and questions."""
    worker = Path(__file__).with_name("scale_worker.py")
    command = [sys.executable, str(worker), str(source), str(vectors), *map(str, samples)]
    run = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"}
    )
    figures: dict[str, Any] = json.loads(run.stdout)
    return figures


def extrapolate(one: dict[str, Any]) -> dict[str, float]:
    """Return what all stories hold and the seconds of all stages, where a sample was measured by its share of the articles."""
    times = one["in_stories"] / max(1, one["sample"]["articles"])
    seconds = one["seconds"]
    whole = {stage: seconds[stage] for stage in ("read", "group")}
    whole["vectors"] = seconds["vectors"] * one["articles"] / one["vectors"]
    whole |= {stage: seconds.get(stage, 0.0) * times for stage in ("split", "embed", "compare", "write")}
    whole |= {key: one["sample"][key] * times for key in ("claims", "pairs", "questions", "bytes")}
    whole["questions"] *= 1 + one["judge"]["again"]
    return whole | {"judge": whole["questions"] * one["judge"]["seconds"]}


def render_found(found: Sequence[dict[str, Any]]) -> str:
    """Return what was found at each size."""
    head = ["Articles", "undated", "Stories", "articles in them", "largest", "apart", "Claims*", "Pairs*", "Questions*"]
    rows = []
    for one in found:
        whole = extrapolate(one)
        plain = [one[key] for key in ("articles", "undated", "stories", "in_stories", "largest", "apart")]
        rows.append([f"{value:,.0f}" for value in (*plain, whole["claims"], whole["pairs"], whole["questions"])])
    return make_table(head, rows, texts=0)


def render_cost(found: Sequence[dict[str, Any]]) -> str:
    """Return the milliseconds an article of each stage, and the peak memory."""
    head = ["Articles", *("read", "vectors*", "group", "split*", "embed*", "compare*", "write*", "judge*"), "Sum", "GB"]
    rows = []
    for one in found:
        whole = extrapolate(one)
        each = [1e3 * whole[stage] / one["articles"] for stage in STAGES]
        rows.append(
            [f"{one['articles']:,}", *(f"{v:.2f}" for v in each), f"{sum(each):.1f}", f"{one['peak']['all']:.2f}"]
        )
    return make_table(head, rows, texts=0)


if __name__ == "__main__":
    main()
