"""Keep freed memory in the process, because the C library's default gives it back after each window.

Handing a window's buffers back and forth costs 2.7 s of system time a file against 0.2 s, and 9 %
of the processor's time (docs/engine.md, "Further gains seen").
"""

from __future__ import annotations

import ctypes
import platform
import sys

# malloc.h of the GNU C library.
_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8

_GIB = 1024**3
# mallopt takes an int: 2 GiB itself does not fit.
_SETTINGS = (
    (_M_MMAP_THRESHOLD, _GIB),
    (_M_TRIM_THRESHOLD, 2 * _GIB - 1),
    (_M_ARENA_MAX, 1),
)


def keep_heap() -> bool:
    """Set the allocator up, before the speech model is loaded; False where it is not glibc's."""
    if not _is_glibc():
        return False
    library = ctypes.CDLL(None)
    # mallopt returns 1 on success; every setting is tried.
    return all([library.mallopt(name, value) == 1 for name, value in _SETTINGS])


def release_heap() -> bool:
    """Give back what the C library keeps, after a speech model was unloaded; False if it can't."""
    if not _is_glibc():
        return False
    return int(ctypes.CDLL(None).malloc_trim(0)) == 1


def _is_glibc() -> bool:
    return sys.platform == "linux" and platform.libc_ver()[0] == "glibc"
