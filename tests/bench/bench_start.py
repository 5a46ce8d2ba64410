"""Seconds until the first result, and how fast each way of running the models is: `make bench-speed`.

    python tests/bench/bench_start.py [OUT.json] [--pairs 300] [--recession DATA/news/recession] [--only commands,stages,rates]

Tables: the commands from start to end, each in a process of its own; where the seconds of one comparison go; texts and pairs a
second of each way of running the models, with the ratio to the plain way and to the machine's matrix rate (`rates.py`; real texts:
tests/data/relations.jsonl); and with `--recession` the whole comparison of that set (`recession.py`).
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

from rates import measure_rates, print_rates
from recession import print_recession, run_recession

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
from detector.embed import load_embedder
from detector.judge.claim_nli import load_nli
from detector.recipes import choose_embedder, choose_nli
from detector.settings import Settings
how = choose_embedder(Settings(), 1)
embedder = load_embedder(Settings().model, how.precision, how.runtime)
lap("loading the embedding model")
how = choose_nli(Settings(), 1)
nli = load_nli(Settings().nli, how.precision, how.runtime)
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


def print_tables(found: dict[str, Any]) -> None:
    """Print what was measured."""
    for name in ("commands", "stages"):
        if name in found:
            print(f"\n{'seconds':>8}  {name}")
        for what, seconds in found.get(name, {}).items():
            print(f"{seconds:8.2f}  {what}")
    if "rates" in found:
        print_rates(found["rates"])
    if "recession" in found:
        print_recession(found["recession"])
    print(f"\n{found['cores']} cores; load of the machine {found['load'][0]:.1f} before, {found['load'][1]:.1f} after")


def main() -> None:
    """Read the command line, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, nargs="?", default=ROOT / "build" / "start.json", help="the JSON to write")
    parser.add_argument("--pairs", type=int, default=300, help="pairs to measure rates on")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each command; the quickest counts")
    parser.add_argument("--recession", type=Path, help="the folder news/recession, which is not part of the project")
    parser.add_argument("--only", default="commands,stages,rates", help="what to measure, with commas; may be empty")
    options = parser.parse_args()
    before = os.getloadavg()[0]
    measures: dict[str, Callable[[], Any]] = {
        "commands": lambda: time_commands(options.rounds),
        "stages": time_stages,
        "rates": lambda: measure_rates(options.pairs),
    }
    found: dict[str, Any] = {name: measures[name]() for name in options.only.split(",") if name}
    if options.recession:
        found["recession"] = run_recession(options.recession)
    found |= {"pairs": options.pairs, "cores": os.cpu_count(), "load": [before, os.getloadavg()[0]]}
    print_tables(found)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
