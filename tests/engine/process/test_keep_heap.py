"""The allocator is set up where it is the GNU C library's, and left alone elsewhere."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from engine.process import keep_heap


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="needs the GNU C library")
def test_freed_memory_stays_in_the_process_until_it_is_released() -> None:
    code = (
        "import ctypes, psutil\n"
        "from engine.process.keep_heap import keep_heap, release_heap\n"
        "assert keep_heap()\n"
        "rss = lambda: psutil.Process().memory_info().rss / 1e6\n"
        "before = rss()\n"
        "data = bytearray(b'x' * 200_000_000)\n"
        "del data\n"
        "assert rss() - before > 150, 'kept'\n"
        "assert release_heap()\n"
        "assert rss() - before < 50, 'given back'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not keep_heap.keep_heap()
    assert not keep_heap.release_heap()
