"""The ordered map on a Ray cluster: a worker a processor, which loads its models once; the work of one that dies is done again."""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from detector.errors import DetectorError, EngineError, ExtraMissing

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_TRIES = 3  # workers that one piece of work may cost, and that may fail to start one after the other
_AHEAD = 3  # pieces a worker that are begun or done before the next one in order is: what bounds the driver's memory
_OBJECT_STORE = 200_000_000  # bytes of shared memory on a cluster of our own: results are small and soon fetched
_ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",  # Ray would tell its makers of the run, and no network is used at run time
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # it would hide a GPU from workers that reserve none, and warns of the change
}


class Worker:
    """What stays in a worker's process, and with it the models that functions have loaded there."""

    def hello(self) -> int:
        """Return the process id: the worker is there, and can import this module."""
        return os.getpid()

    def run(self, function: Callable[[_Item], _Result], item: _Item) -> _Result:
        """Return function(item)."""
        return function(item)


@dataclass(slots=True, eq=False)
class _Piece:
    """One item's work: how many workers died of it, and what came out once it is done."""

    item: Any
    deaths: int = 0
    done: bool = False
    result: Any = None


class RayEngine:
    """Workers on a Ray cluster that is connected already; `open_ray` makes one.

    Args:
        ray: the module.
        size: how many workers.
        warn: told when a worker died and its work is done again.
    """

    name, here = "ray", False

    def __init__(self, ray: Any, size: int, warn: Callable[[str], None]) -> None:
        self.died = 0
        self._ray, self._size, self._warn = ray, size, warn
        self._make = ray.remote(num_cpus=1, max_restarts=0)(Worker)
        # A worker is given work once it has said hello: on a busy cluster some wait long for a free processor.
        self._starting: dict[Any, Any] = {}
        self._idle: list[Any] = []
        self._busy: dict[Any, tuple[Any, _Piece]] = {}
        self._failed = 0

    def describe(self) -> str:
        """Return the name, and how many workers died."""
        if not self.died:
            return self.name
        return f"{self.name}; {self.died} worker{'s' * (self.died > 1)} died, and the work was done again"

    def map(self, function: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        """Yield function(item) for each item, in order; one map at a time.

        Raises:
            EngineError: workers cannot start, or one item has cost several of them.
            DetectorError: as the function raises it.
        """
        shipped, source = self._ray.put(function), iter(items)
        window: deque[_Piece] = deque()  # in order: what was taken and is not yet handed on
        queue: deque[_Piece] = deque()  # of it, what no worker has
        try:
            while True:
                taken = [_Piece(item) for item in islice(source, _AHEAD * self._size - len(window))]
                window += taken
                queue += taken
                if not window:
                    return
                self._start_workers()
                self._hand_out(shipped, queue)
                self._collect(queue, wait=not window[0].done)
                self._hand_out(shipped, queue)
                if window[0].done:
                    yield window.popleft().result
        finally:
            self._stop([worker for worker, _ in self._busy.values()])  # left early: nobody wants what they compute
            self._busy.clear()

    def close(self) -> None:
        """Stop the workers."""
        self._stop([*self._idle, *self._starting.values()])
        self._idle.clear()
        self._starting.clear()

    def _stop(self, workers: Iterable[Any]) -> None:
        for worker in workers:
            self._ray.kill(worker)

    def _start_workers(self) -> None:
        for _ in range(self._size - len(self._starting) - len(self._idle) - len(self._busy)):
            worker = self._make.remote()
            self._starting[worker.hello.remote()] = worker

    def _hand_out(self, shipped: Any, queue: deque[_Piece]) -> None:
        while self._idle and queue:
            worker, piece = self._idle.pop(), queue.popleft()
            self._busy[worker.run.remote(shipped, piece.item)] = worker, piece

    def _collect(self, queue: deque[_Piece], *, wait: bool) -> None:
        """Take what workers have done; with `wait` at least one answer. The work of a dead one goes back to the head of the queue."""
        open_answers = [*self._busy, *self._starting]
        if not open_answers:
            return
        ready, _ = self._ray.wait(
            open_answers, num_returns=1 if wait else len(open_answers), timeout=None if wait else 0
        )
        for answer in ready:
            if answer in self._starting:
                self._greet(answer)
            else:
                self._finish(answer, queue)

    def _greet(self, answer: Any) -> None:
        worker = self._starting.pop(answer)
        try:
            self._ray.get(answer)
        except self._ray.exceptions.RayError as error:
            self._failed += 1
            if self._failed >= _TRIES:
                raise EngineError(
                    f"workers of engine {self.name!r} cannot start: {_shorten(error)}. Every machine of the cluster needs the same "
                    "version of detector: pip install 'detector[ray]'"
                ) from error
        else:
            self._failed = 0
            self._idle.append(worker)

    def _finish(self, answer: Any, queue: deque[_Piece]) -> None:
        worker, piece = self._busy.pop(answer)
        errors = self._ray.exceptions
        try:
            piece.result = self._ray.get(answer)
        except errors.RayTaskError as error:
            self._idle.append(worker)
            if isinstance(error.cause, DetectorError):
                raise error.cause from None  # what the function raised there, without the traceback of the worker
            raise
        except errors.RayError as error:
            self.died += 1
            piece.deaths += 1
            if piece.deaths >= _TRIES:
                raise EngineError(
                    f"{piece.deaths} workers of engine {self.name!r} died, one after the other, of the same work: {_shorten(error)}. "
                    "If memory was short, give the machines more of it, or the cluster fewer processors a machine"
                ) from error
            self._warn(f"a worker of engine {self.name!r} died ({_shorten(error)}); its work is done again")
            queue.appendleft(piece)
        else:
            piece.done = True
            self._idle.append(worker)


@contextmanager
def open_ray(address: str, warn: Callable[[str], None], size: int | None = None) -> Iterator[RayEngine]:
    """Yield an engine on a cluster: the one this process is connected to, else that at an address, else one of our own.

    Args:
        address: "ray", or "ray://HOST:PORT".
        warn: told when a worker died and its work is done again.
        size: how many workers; None for one a processor.

    Raises:
        ExtraMissing: Ray is not installed.
        EngineError: the cluster cannot be started or reached.
    """
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    try:
        import ray
    except ImportError as error:
        raise ExtraMissing(
            f"engine {address!r} needs Ray, which is not installed: pip install 'detector[ray]', or use --engine local"
        ) from error
    connected = ray.is_initialized()
    if not connected:
        _connect(ray, address, size)
    try:
        engine = RayEngine(ray, size or max(1, int(ray.cluster_resources().get("CPU", 1))), warn)
        try:
            yield engine
        finally:
            engine.close()
    finally:
        if not connected:
            ray.shutdown()


def _connect(ray: Any, address: str, size: int | None) -> None:
    """Start a cluster of this machine's processors, or of `size` of them, or connect to a running one."""
    quiet = {"log_to_driver": False, "logging_level": logging.ERROR}
    try:
        if "://" in address:
            ray.init(address, **quiet)
        else:
            # It listens on every interface, and whoever reaches a cluster can run anything on it; Ray asks for a token, which it makes.
            own = {"num_cpus": size, "include_dashboard": False, "object_store_memory": _OBJECT_STORE}
            ray.init("local", **own, **quiet)
    except (OSError, RuntimeError, ValueError, ImportError) as error:
        remedy = (
            "Does it run there (ray start --head), is the port that of Ray's client (as a rule 10001), and is its token here, in "
            "RAY_AUTH_TOKEN with RAY_AUTH_MODE=token?"
        )
        raise EngineError(
            f"engine {address!r} cannot be {'reached' if '://' in address else 'started'}: {_shorten(error)}"
            + (f". {remedy}" if "://" in address else "")
        ) from error


def _shorten(error: Exception) -> str:
    """Return the first line of an error's message, without the dot at its end."""
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".:")
