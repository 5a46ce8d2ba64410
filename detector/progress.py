"""What is shown while long work runs: our own progress, and not that of the libraries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, steps done, steps in all)."""


def stay_silent(_what: str, _done: int, _total: int) -> None:
    """Report nothing."""


@contextmanager
def silence_loading() -> Iterator[None]:
    """Keep the model libraries' own progress bars off the terminal."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.enable_progress_bar()
