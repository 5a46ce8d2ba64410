"""What is shown while long work runs: our own progress, and not that of the libraries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, steps done, steps in all); 0 steps in all means that nobody knows how many."""

_Item = TypeVar("_Item")


def stay_silent(_what: str, _done: int, _total: int) -> None:
    """Report nothing."""


def add_heading(progress: Progress, heading: str) -> Progress:
    """Return a progress function that puts `heading` in front of what is being done."""
    return lambda what, done, total: progress(heading + what, done, total)


def count_steps(progress: Progress, what: str, items: Sequence[_Item]) -> Iterator[_Item]:
    """Yield the items and report each step."""
    for done, item in enumerate(items):
        progress(what, done, len(items))
        yield item
    progress(what, len(items), len(items))


@contextmanager
def silence_loading() -> Iterator[None]:
    """Keep the model libraries' own progress bars off the terminal."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.enable_progress_bar()
