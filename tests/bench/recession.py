"""The 46 articles of news/recession compared as a whole, in a process of its own and with no cache.

    python tests/bench/recession.py DATA/news/recession [--sample 60]

Prints, and returns to `bench_start.py`: seconds all in by the clock and of the processor, the most memory held, what was found, the seconds
of each stage, and how long the model would take to read every two sentences of different articles, from a sample of such
pairs that is read in the same process afterwards. Goals on two cores: 40 s and 2 GB.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[2] / "models" / "recipe"))
from sets import read_lines

SAMPLE = 60


def run_recession(folder: Path, sample: int = SAMPLE) -> dict[str, Any]:
    """Return what `recession_worker.py` measured.

    Args:
        folder: holds articles.jsonl.gz.
        sample: how many pairs of sentences are read to say what all would take.
    """
    with tempfile.TemporaryDirectory() as work:
        source = Path(work) / "articles.jsonl"
        rows = list(read_lines(folder / "articles.jsonl.gz"))
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        worker = Path(__file__).with_name("recession_worker.py")
        command = [sys.executable, str(worker), str(source), f"{work}/report", str(sample), str(time.time())]
        run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, Any] = json.loads(run.stdout)
    return figures


def print_recession(found: dict[str, Any]) -> None:
    """Print what was measured."""
    print(f"\n{'by clock':>8} {'processor':>9}  seconds of the articles on the recession, no cache")
    for what, (clock, used) in found["stages"].items():
        print(f"{clock:8.2f} {used:9.2f}  {what}")
    clock, used = found["seconds"]
    print(f"{clock:8.2f} {used:9.2f}  all in; {found['peak']:.2f} GB at most")
    print("{articles} articles with text, {stories} stories of several, {claims} claims in them".format(**found))
    print(
        "{pairs} pairs proposed, {asked} put to the model in {questions} questions; {findings} findings".format(**found)
    )
    every = found["every"]
    print(
        f"Every two of {every['sentences']} sentences of different articles: {every['pairs']:,} pairs, in one direction "
        f"{every['hours'][0]:.1f} h by the clock and {every['hours'][1]:.1f} h of the processor, from {every['sample']} of them"
    )


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=SAMPLE)
    options = parser.parse_args()
    print_recession(run_recession(options.folder, options.sample))


if __name__ == "__main__":
    main()
