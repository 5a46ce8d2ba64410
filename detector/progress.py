"""Progress for long work: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, steps done, steps in all)."""


def stay_silent(_what: str, _done: int, _total: int) -> None:
    """Report nothing."""
