"""Write down what the program does and how it failed, so that a report can tell."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import os
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from io import BufferedWriter
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from engine import __version__

logger = logging.getLogger(__name__)

MistakeListener = Callable[[BaseException], None]
"""Is told of an exception that nobody caught; in the thread where it happened."""

QtHandler = Callable[[QtMsgType, QMessageLogContext, str], object]

_LOG_NAME = "whisper-transcriber.log"
_CRASH_NAME = "crash.log"
_MARKER_NAME = "running"
_LOG_BYTES = 1_000_000
_OLDER_LOGS = 4
_TAIL_BYTES = 32 * 1024
_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Logs:  # pylint: disable=too-many-instance-attributes
    """The log of a running program, and what the one before left behind.

    Take the data directory's lock first: two programs must not write one log.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / _LOG_NAME
        self.was_killed = False
        """Whether the last program in this folder ended without `close`: crash, kill, power cut."""
        self.last_crash = ""
        """What the last program wrote when it crashed inside a library; empty if it did not."""
        self._marker = folder / _MARKER_NAME
        self._crash_file: BufferedWriter | None = None
        self._handler: logging.Handler | None = None
        self._listener: MistakeListener = _ignore
        self._qt_handler: QtHandler | None = None

    def start(self) -> None:
        """Begin to write; a folder that cannot be written to leaves only standard error."""
        self._handler = self._open_handler()
        self._handler.setFormatter(logging.Formatter(_FORMAT))
        root = logging.getLogger()
        root.addHandler(self._handler)
        root.setLevel(logging.INFO)
        self._open_crash_file()
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        self._qt_handler = qInstallMessageHandler(_log_qt_message)
        logger.info("version %s, Python %s, %s", __version__, sys.version.split()[0], sys.platform)
        if self.was_killed:
            logger.warning("the last program here did not end by itself")

    def tell_of_mistakes(self, listener: MistakeListener) -> None:
        """Call this from now on with every exception that nobody caught."""
        self._listener = listener

    def tail(self, lines: int = 80) -> str:
        """Return the end of the log."""
        return "\n".join(_read_end(self.file).splitlines()[-lines:])

    def close(self) -> None:
        """End in good order: the next program will not speak of a crash."""
        qInstallMessageHandler(self._qt_handler)
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
            self._handler = None
        with suppress(OSError):
            self._marker.unlink(missing_ok=True)

    def _open_handler(self) -> logging.Handler:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.was_killed = self._marker.exists()
            self._marker.write_text(str(os.getpid()), encoding="ascii")
            return logging.handlers.RotatingFileHandler(
                self.file,
                maxBytes=_LOG_BYTES,
                backupCount=_OLDER_LOGS,
                encoding="utf-8",
                errors="backslashreplace",
            )
        except OSError:
            return logging.StreamHandler()

    def _open_crash_file(self) -> None:
        path = self.folder / _CRASH_NAME
        if self.was_killed:
            self.last_crash = _read_end(path)
        try:
            self._crash_file = path.open("wb")
        except OSError:
            if sys.stderr is not None:
                faulthandler.enable()
            return
        faulthandler.enable(self._crash_file)

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        where: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, where)
            return
        logger.critical("nobody caught this", exc_info=(kind, error, where))
        self._listener(error)

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        error = arguments.exc_value
        if error is not None:
            self._on_exception(arguments.exc_type, error, arguments.exc_traceback)


def describe(error: BaseException) -> str:
    """Return the traceback of an exception, with its causes."""
    return "".join(traceback.format_exception(error))


def _ignore(_: BaseException) -> None:
    """Listen to nothing."""


def _read_end(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            stream.seek(max(0, path.stat().st_size - _TAIL_BYTES))
            return stream.read().decode("utf-8", "replace")
    except OSError:
        return ""


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    level = _QT_LEVELS.get(kind, logging.WARNING)
    # The stubs leave the types of the context's members out.
    name = f"qt.{context.category}"  # type: ignore[attr-defined, unused-ignore]
    logging.getLogger(name).log(level, "%s", message)
