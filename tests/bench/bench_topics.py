"""How well articles become stories, and claims topics and candidate pairs: the tables of docs/topics.md.

    python tests/bench/bench_topics.py DATA [--only stories|pairs|topics|speed]

DATA holds news/ecbplus, newswcl50, wikinews and allsides, which are not part of the project. The figures go into
build/bench/topics.json too; parsed claims and vectors are kept beside it, so that a second run is much faster.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[2] / "models" / "recipe"))
from measure_pairs import measure_pairs, render_pairs
from measure_speed import measure_speed, render_speed
from measure_stories import measure_stories, render_stories
from measure_topics import measure_topics, render_topics
from page import put_block
from samples import ROOT, WORK

PAGE = ROOT / "docs" / "topics.md"
TABLES = {
    "stories": (measure_stories, render_stories),
    "pairs": (measure_pairs, render_pairs),
    "topics": (measure_topics, render_topics),
    "speed": (measure_speed, render_speed),
}


def main() -> None:
    """Measure each table, and write it as soon as it is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", choices=TABLES, action="append", help="measure this table alone; may be repeated")
    options = parser.parse_args()
    for name in options.only or TABLES:
        measure, render = TABLES[name]
        print(f"{name} ...", file=sys.stderr, flush=True)
        start = time.perf_counter()
        found = measure(options.data)
        block = render(found)
        save_figures(WORK / "topics.json", name, found)
        put_block(PAGE, name, block)
        print(f"{block}\n", flush=True)
        print(f"{name}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)


def save_figures(path: Path, name: str, found: dict[str, Any]) -> None:
    """Put one table's figures into the file, beside those of the other tables."""
    figures = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures | {name: found}, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
