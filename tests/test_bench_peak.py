"""The peak of memory that tests/bench reports is that of the process alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

sys.path.append(str(ROOT / "tests" / "bench"))
from peak import read_peak

BENCH = ROOT / "tests" / "bench"


def test_a_process_does_not_count_what_the_one_held_that_started_it():
    held = bytearray(b"x") * 300_000_000
    code = f"import sys; sys.path.append({str(BENCH)!r}); from peak import read_peak; print(read_peak())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert read_peak() > len(held) / 1e9
    if not Path("/proc/self/status").is_file():
        pytest.skip("only /proc tells them apart")
    assert 0.001 < float(done.stdout) < 0.2
