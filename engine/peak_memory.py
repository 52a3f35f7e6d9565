"""Tell how much memory a process has used at most."""

from __future__ import annotations

from pathlib import Path

import psutil


def peak_memory(pid: int) -> int | None:
    """Return the peak of resident memory in bytes; None if the process is gone.

    Where the system keeps no peak (macOS) it is the memory of this moment.
    """
    try:
        return _linux_peak(pid)
    except (OSError, StopIteration):
        pass
    try:
        memory = psutil.Process(pid).memory_info()
    except psutil.NoSuchProcess:
        return None
    return int(getattr(memory, "peak_wset", memory.rss))


def _linux_peak(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    # proc_pid_status(5): "VmHWM:     5120 kB"
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
