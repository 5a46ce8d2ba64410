"""Where a run's work is done: an ordered map, in this process or by the workers of a Ray cluster."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
Warn = Callable[[str], None]
"""Called with one sentence on what went wrong and was put right."""


class Engine(Protocol):
    """Anything that maps a function over items and gives the results in their order.

    Attributes:
        name: "local" or "ray".
        here: whether functions run in this process: they may then tell of their progress and use its cache. Elsewhere a function, its
            items and its results must be values that can be pickled; models are not, so recipes for them are sent.
    """

    name: str
    here: bool

    def map(self, function: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        """Yield function(item) for each item, in order. Items are taken as they are needed, few of them ahead."""
        ...

    def describe(self) -> str:
        """Return what a report says of the engine: its name, and whether work had to be done again."""
        ...


class LocalEngine:
    """One thing after the other, in this process."""

    name, here = "local", True

    def map(self, function: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        """Yield function(item) for each item; each when it is asked for."""
        return map(function, items)

    def describe(self) -> str:
        """Return the name."""
        return self.name


def _warn(text: str) -> None:
    warnings.warn(text, RuntimeWarning, stacklevel=2)


@contextmanager
def open_engine(name: str, warn: Warn = _warn) -> Iterator[Engine]:
    """Yield the engine of a name; what it started is stopped at the end.

    Args:
        name: "local"; "ray" for a cluster of this machine's processors, started for the run; or "ray://HOST:PORT" for a running one.
        warn: told when a worker died and its work is done again.

    Raises:
        ExtraMissing: Ray is not installed.
        EngineError: the cluster cannot be started or reached.
    """
    if name == LocalEngine.name:
        yield LocalEngine()
        return
    from detector.engine.cluster import open_ray

    with open_ray(name, warn) as engine:
        yield engine
