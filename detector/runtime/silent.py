"""OpenVINO, imported so that it tells nobody."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from types import ModuleType

REPORTER = "openvino_telemetry"
"""What sends an event over the network when OpenVINO's converter is imported; the converter has a stand-in that sends none."""
_CONVERTER = "openvino.tools.ovc"  # imported with OpenVINO where it is there, and of no use here
_LOCK = Lock()


def import_openvino() -> ModuleType:
    """Return the module `openvino`, imported without its converter, which would report the import over the network."""
    with _LOCK, withhold(REPORTER, _CONVERTER):
        import openvino

        return openvino  # type: ignore[no-any-return]


@contextmanager
def withhold(*names: str) -> Iterator[None]:
    """Let modules that were not imported before seem not to be installed."""
    missing = [name for name in names if name not in sys.modules]
    for name in missing:
        sys.modules[name] = None  # type: ignore[assignment]  # how Python is told that there is no such module
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]
