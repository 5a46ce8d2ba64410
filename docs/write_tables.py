"""Write the table of comparisons into `docs/judgement.md` from the code.

Usage: python docs/write_tables.py

Run it after a change to `detector/judge/levels.py`; a test says when the page is out of step.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from detector.judge.levels import COMPARISONS, Comparison, Level
from detector.records import Signals

PAGE = Path(__file__).with_name("judgement.md")
START, END = "<!-- table of comparisons: written by docs/write_tables.py -->", "<!-- end of the table -->"
_STEPS = 1000


def make_table() -> str:
    """Return every comparison and level as a Markdown table, levels from the top."""
    head = ["| Comparison | Level | What it says | Holds from |", "| --- | --- | --- | --- |"]
    rows = [
        f"| {comparison.name} | {level.name} | {level.label} | {_find_threshold(comparison, level) or ''} |"
        for comparison in COMPARISONS
        for level in comparison.levels
    ]
    return "\n".join([*head, *rows])


def put_table(page: str) -> str:
    """Return the page with its table replaced."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{make_table()}\n\n{END}{after}"


def _find_threshold(comparison: Comparison, level: Level) -> str | None:
    """Return the least value of a numeric signal at which a level is reached; None where the signal is no number."""
    if not str(Signals.__annotations__.get(comparison.name)).startswith("float"):
        return None
    for step in range(_STEPS + 1):
        value = step / _STEPS
        if comparison.find_level(replace(Signals(), **{comparison.name: value})) is level:
            return f"{value:.2f}"
    return None


if __name__ == "__main__":
    PAGE.write_text(put_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
