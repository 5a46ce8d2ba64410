"""The most memory that a process has held."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def read_peak() -> float:
    """Return the most memory that this process has held so far, in GB.

    Linux keeps it in /proc. What `getrusage` says is there too large in a process that was started by a larger one: it counts what
    that one held.
    """
    lines = _STATUS.read_text().splitlines() if _STATUS.is_file() else []
    for line in lines:
        if line.startswith("VmHWM:"):  # in kB
            return int(line.split()[1]) * 1024 / 1e9
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9
