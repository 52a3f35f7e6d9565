"""End the program in good order when the system or a terminal asks it to."""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from types import FrameType

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Slot

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class QuitSignals(QObject):
    """Quit the application on Ctrl+C, at log-out and when it is terminated. Main thread.

    Python runs its handlers between instructions of its own, of which there are none while Qt
    waits; so the system's signal wakes Qt through a socket.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)
        self._old_fd = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._old = {
            number: signal.signal(number, _ignore)
            for number in (getattr(signal, name, None) for name in _SIGNALS)
            if number is not None
        }

    def close(self) -> None:
        """Leave signals to what handled them before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_fd)
        for number, handler in self._old.items():
            signal.signal(number, handler)
        for end in (self._reader, self._writer):
            end.close()

    @Slot()
    def _on_signal(self) -> None:
        with suppress(BlockingIOError):
            self._reader.recv(64)
        QCoreApplication.quit()


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """Let the socket tell of it."""
