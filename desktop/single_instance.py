"""Let one program at a time use a data directory; a second start hands its files to the first.

The lock of a file says that somebody runs; the system gives it back however the program ends. The
file names a local socket with a random name, so that nobody else can lie in wait under it.
"""

from __future__ import annotations

import io
import json
import logging
import os
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from engine.errors import LibraryError
from engine.file_lock import is_locked_for_us

logger = logging.getLogger(__name__)

_ANSWER = b"ok\n"
_MESSAGE_BYTES = 16 * 1024 * 1024
_FIRST_STARTS_SECONDS = 5.0
_PAUSE_SECONDS = 0.05
_CONNECT_MS = 1000
_ANSWER_MS = 5000


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Where the first program listens, and the word by which it knows who may speak."""

    server: str
    token: str


class SingleInstance(QObject):
    """Hold the lock of a data directory and receive what later starts hand over.

    Needs a running event loop to receive; `hand_over` needs none.
    """

    files_received = Signal(object)
    """tuple[Path, ...] of a later start: absolute; empty if only the window is wanted."""

    def __init__(self, lock_file: Path, parent: QObject | None = None) -> None:
        """Take the file whose lock stands for the data directory; `Paths.instance`."""
        super().__init__(parent)
        self._path = lock_file
        self._file: io.FileIO | None = None
        self._token = secrets.token_hex(16)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def acquire(self) -> bool:
        """Take the lock and begin to listen; False if another program holds it.

        Raises `LibraryError`: read_only, if the folder cannot be written to.
        """
        try:
            file = io.FileIO(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
        except OSError as exc:
            raise LibraryError("library.read_only", f"{self._path}: {exc.strerror}") from exc
        if not is_locked_for_us(file):
            file.close()
            return False
        self._remove_old_socket(_read_meeting(self._path))
        self._file = file
        self._listen(file)
        return True

    def release(self) -> None:
        """Stop listening and give the lock back."""
        self._server.close()
        if self._file is not None:
            with suppress(OSError):
                self._file.truncate(0)
            self._file.close()
            self._file = None

    def hand_over(self, files: Sequence[Path]) -> bool:
        """Give files to the program that holds the lock; False if it does not answer.

        Waits some seconds at most, as it may be starting as well.
        """
        deadline = time.monotonic() + _FIRST_STARTS_SECONDS
        while True:
            meeting = _read_meeting(self._path)
            if meeting is not None and _deliver(meeting, files):
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(_PAUSE_SECONDS)

    def _listen(self, file: io.FileIO) -> None:
        if not self._server.listen(f"whisper-transcriber-{secrets.token_hex(16)}"):
            logger.warning("later starts cannot be heard: %s", self._server.errorString())
            return
        meeting = {"server": self._server.fullServerName(), "token": self._token}
        file.seek(0)
        file.write(json.dumps(meeting).encode("utf-8"))
        file.truncate()

    @staticmethod
    def _remove_old_socket(meeting: _Meeting | None) -> None:
        # A killed program leaves its socket behind. The lock is ours: nobody listens there.
        if meeting is not None:
            QLocalServer.removeServer(meeting.server)

    @Slot()
    def _on_connection(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._on_message)
            if socket.canReadLine():
                self._receive(socket)

    @Slot()
    def _on_message(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._receive(socket)

    def _receive(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _MESSAGE_BYTES:
                socket.abort()
            return
        files = _decode(bytes(socket.readLine().data()), self._token)
        if files is None:
            logger.warning("a message of a later start could not be understood")
            socket.abort()
            return
        socket.write(_ANSWER)
        socket.flush()
        socket.disconnectFromServer()
        self.files_received.emit(files)


def _read_meeting(path: Path) -> _Meeting | None:
    """Return where to meet; None while the first program has not said it yet."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return _Meeting(str(content["server"]), str(content["token"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _deliver(meeting: _Meeting, files: Sequence[Path]) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(meeting.server)
    if not socket.waitForConnected(_CONNECT_MS):
        return False
    names = [str(path.absolute()) for path in files]
    # Escapes keep file names that are no valid Unicode.
    message = json.dumps({"token": meeting.token, "files": names})
    socket.write(message.encode("ascii") + b"\n")
    while socket.bytesToWrite():
        if not socket.waitForBytesWritten(_ANSWER_MS):
            return False
    while not socket.canReadLine():
        if not socket.waitForReadyRead(_ANSWER_MS):
            return False
    return bytes(socket.readLine().data()) == _ANSWER


def _decode(line: bytes, token: str) -> tuple[Path, ...] | None:
    try:
        content = json.loads(line)
        if not secrets.compare_digest(str(content["token"]).encode(), token.encode()):
            return None
        return tuple(Path(str(name)) for name in content["files"])
    except (ValueError, KeyError, TypeError):
        return None
