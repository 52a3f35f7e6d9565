"""The peak of memory is told as far as the system knows it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from engine import peak_memory as module
from engine.peak_memory import peak_memory

MIB = 1024 * 1024
BALLAST = (
    "import os; from engine.peak_memory import peak_memory; before = peak_memory(os.getpid());"
    "ballast = b'x' * (200 << 20); del ballast; print(peak_memory(os.getpid()) - before)"
)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps the peak for this test")
def test_what_was_given_back_counts() -> None:
    done = subprocess.run([sys.executable, "-c", BALLAST], capture_output=True, check=True)
    assert int(done.stdout) > 150 * MIB


def test_a_process_that_is_gone_has_none() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    assert peak_memory(process.pid) is None


def test_elsewhere_it_is_the_memory_of_this_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> int:
        raise FileNotFoundError

    monkeypatch.setattr(module, "_linux_peak", fail)
    found = peak_memory(os.getpid())
    assert found is not None and found > MIB
