"""Seconds until the first result, and how fast each way of running the models is: `make bench-speed`.

    python tests/bench/bench_start.py [OUT.json] [--pairs 300]

Three tables: the commands from start to end, each in a process of its own; where the seconds of one comparison go; and texts and
pairs a second of each runtime and precision, with the ratio to plain float32 through PyTorch in batches of 32. Rates are given by
the clock and by processor time, which what else runs on the machine touches less. Real texts: tests/data/relations.jsonl.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SEEDS = [str(path) for path in sorted((ROOT / "seeds").glob("*.txt"))[:2]]
COMMANDS = {
    "help": ["--help"],
    "diff of two seeds": ["diff", *SEEDS, "-q", "--no-cache"],
    "the same, seen before": ["diff", *SEEDS, "-q"],
    "the same without the comparisons of meaning": ["diff", *SEEDS, "-q", "--no-cache", "--nli", ""],
    "the same through PyTorch": ["diff", *SEEDS, "-q", "--no-cache", "--runtime", "torch"],
}
STAGES = """
import json, sys, time
laps, last = {}, time.perf_counter()
def lap(name):
    global last
    laps[name], last = time.perf_counter() - last, time.perf_counter()
from detector import load_settings, read_articles
from detector.pipeline import compare
lap("importing the program, numpy and scipy")
articles, _ = read_articles(sys.argv[1:])
lap("reading the articles")
from detector.facts.language import load_language
load_language()
lap("loading spaCy and its pipeline")
from detector.embed import DEFAULT_MODEL, load_embedder
from detector.judge.claim_nli import has_graph, load_nli
from detector.runtime.choose import choose_runtime
embedder = load_embedder(DEFAULT_MODEL, "float32", "onnx")
lap("loading the embedding model")
how = choose_runtime("auto", "auto", "claim-nli", has_graph, 1, has_bytes=True)
nli = load_nli("claim-nli", how.precision, how.runtime)
lap("loading claim-nli")
compare(articles, one_story=True, embedder=embedder)  # with the settings' claim-nli, which is loaded by now
lap("comparing, with the meaning of pairs")
compare(articles, one_story=True, embedder=embedder, settings=load_settings(nli=""))
lap("comparing without it, once more")
print(json.dumps(laps))
"""


def time_commands(rounds: int) -> dict[str, float]:
    """Return the least seconds of a few runs of each command, with a cache of their own that one run before has filled."""
    found = {}
    with tempfile.TemporaryDirectory() as cache:
        run_command("seen before", COMMANDS["the same, seen before"], cache)
        for name, arguments in COMMANDS.items():
            found[name] = min(run_command(name, arguments, cache) for _ in range(rounds))
    return found


def run_command(name: str, arguments: list[str], cache: str) -> float:
    """Return the seconds of one run of the program."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "detector", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "DETECTOR_CACHE": cache},
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{name}: {done.stderr.decode()}")
    return time.perf_counter() - started


def time_stages() -> dict[str, float]:
    """Return the seconds of each stage of one comparison in a fresh process."""
    done = subprocess.run([sys.executable, "-c", STAGES, *SEEDS], stdout=subprocess.PIPE, text=True, check=True)
    stages: dict[str, float] = json.loads(done.stdout)
    return stages


def measure_rates(count: int) -> list[dict[str, Any]]:
    """Return texts and pairs a second of each way of running the two models."""
    from detector.embed import DEFAULT_MODEL, load_embedder
    from detector.judge.claim_nli import load_nli

    lines = (ROOT / "tests" / "data" / "relations.jsonl").read_text(encoding="utf-8").splitlines()[:count]
    pairs = [(row["a"], row["b"]) for row in map(json.loads, lines)]
    texts = sorted({text for pair in pairs for text in pair})
    rows = []
    for runtime, precision in (("torch", "float32"), ("torch", "bfloat16"), ("onnx", "float32"), ("onnx", "int8")):
        if precision != "int8":
            embedder = load_embedder(DEFAULT_MODEL, precision, runtime)
            rows.append(measure_rate("texts", runtime, precision, embedder.embed, texts))
        rows.append(measure_rate("pairs", runtime, precision, load_nli("claim-nli", precision, runtime).score, pairs))
    for row in rows:
        base = next(other for other in rows if other["of"] == row["of"])
        row["ratio"], row["cpu_ratio"] = row["rate"] / base["rate"], row["cpu_rate"] / base["cpu_rate"]
    return rows


def measure_rate(of: str, runtime: str, precision: str, ask: Callable[[Any], Any], items: list[Any]) -> dict[str, Any]:
    """Return how many items a second go through a model, after a few to warm it up."""
    ask(items[:8])
    clock, used = time.perf_counter(), time.process_time()
    ask(items)
    rate, cpu_rate = len(items) / (time.perf_counter() - clock), len(items) / (time.process_time() - used)
    return {"of": of, "runtime": runtime, "precision": precision, "rate": rate, "cpu_rate": cpu_rate}


def print_tables(found: dict[str, Any]) -> None:
    """Print what was measured."""
    for name in ("commands", "stages"):
        print(f"\n{'seconds':>8}  {name}")
        for what, seconds in found[name].items():
            print(f"{seconds:8.2f}  {what}")
    print(f"\n{'a second':>8} {'ratio':>6} {'per CPU second':>15} {'ratio':>6}")
    for row in found["rates"]:
        what = f"{row['of']}, {row['runtime']} {row['precision']}"
        print(f"{row['rate']:8.1f} {row['ratio']:6.2f} {row['cpu_rate']:15.1f} {row['cpu_ratio']:6.2f}  {what}")
    print(f"\n{found['cores']} cores; load of the machine {found['load'][0]:.1f} before, {found['load'][1]:.1f} after")


def main() -> None:
    """Read the command line, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, nargs="?", default=ROOT / "build" / "start.json", help="the JSON to write")
    parser.add_argument("--pairs", type=int, default=300, help="pairs to measure rates on")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each command; the quickest counts")
    options = parser.parse_args()
    before = os.getloadavg()[0]
    found: dict[str, Any] = {"commands": time_commands(options.rounds), "stages": time_stages()}
    found["rates"] = measure_rates(options.pairs)
    found |= {"pairs": options.pairs, "cores": os.cpu_count(), "load": [before, os.getloadavg()[0]]}
    print_tables(found)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
