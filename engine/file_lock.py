"""Lock a file that is open, until it is closed or the process ends, however it ends."""

from __future__ import annotations

import errno
import io
import sys

_HELD_BY_ANOTHER = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    # Windows keeps others from reading a locked byte, so lock one far behind the content.
    _LOCKED_BYTE = 0x7FFF0000

    def _lock(file: io.FileIO) -> None:
        position = file.tell()
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        finally:
            file.seek(position)

else:
    import fcntl

    def _lock(file: io.FileIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_locked_for_us(file: io.FileIO) -> bool:
    """Take the lock and tell whether we have it; True as well where there are no locks.

    Some network folders know none; refusing to write there would help nobody.
    """
    try:
        _lock(file)
    except OSError as exc:
        return exc.errno not in _HELD_BY_ANOTHER
    return True
