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
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from engine.errors import LibraryError
from engine.file_lock import is_locked_for_us

logger = logging.getLogger(__name__)

_ANSWER = b"ok\n"
_MESSAGE_BYTES = 16 * 1024 * 1024
_LOOK_MS = 100
"""So often a later start looks whether the first one listens by now, or has ended."""


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Where the first program listens, and the word by which it knows who may speak."""

    server: str
    token: str


class SingleInstance(QObject):
    """Hold the lock of a data directory and receive what later starts hand over.

    Needs a running event loop to receive.
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

    def hand_over(self, files: Sequence[Path]) -> HandOver:
        """Return what gives files to the program that holds the lock; `begin` it."""
        return HandOver(self, self._path, files)

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


class Outcome(StrEnum):
    """How a handing over ended."""

    TAKEN = "taken"
    """The first program has the files."""
    OURS = "ours"
    """The first program has ended without them: the lock is held by this one."""
    GIVEN_UP = "given_up"


class HandOver(QObject):
    """Give files to the program that holds the lock, however long it takes to answer.

    It may be starting, or be busy: whoever holds the lock is alive. Needs a running event loop.
    """

    ended = Signal()
    """`outcome` says how."""

    def __init__(self, instance: SingleInstance, lock_file: Path, files: Sequence[Path]) -> None:
        super().__init__(instance)
        self._instance = instance
        self._path = lock_file
        self._names = [str(path.absolute()) for path in files]
        self._token = ""
        self.outcome: Outcome | None = None
        """None while it goes on."""
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(self._on_connected)
        self._socket.readyRead.connect(self._on_answer)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def is_delivered(self) -> bool:
        """Tell whether only the answer is waited for."""
        is_connected = self._socket.state() is QLocalSocket.LocalSocketState.ConnectedState
        return is_connected and not self._socket.bytesToWrite()

    def begin(self) -> None:
        """Look for the first program, again and again."""
        self._timer.start()

    @Slot()
    def give_up(self) -> None:
        """Wait no longer."""
        self._end(Outcome.GIVEN_UP)

    @Slot()
    def _look(self) -> None:
        self._on_answer()
        if self.outcome is None and self._instance.acquire():
            self._end(Outcome.OURS)
        if self.outcome is None and self._is_alone():
            meeting = _read_meeting(self._path)
            if meeting is not None:
                self._token = meeting.token
                self._socket.connectToServer(meeting.server)

    def _is_alone(self) -> bool:
        return self._socket.state() is QLocalSocket.LocalSocketState.UnconnectedState

    @Slot()
    def _on_connected(self) -> None:
        # Escapes keep file names that are no valid Unicode.
        message = json.dumps({"token": self._token, "files": self._names})
        self._socket.write(message.encode("ascii") + b"\n")

    @Slot()
    def _on_answer(self) -> None:
        if self._socket.canReadLine() and bytes(self._socket.readLine().data()) == _ANSWER:
            self._end(Outcome.TAKEN)

    def _end(self, outcome: Outcome) -> None:
        if self.outcome is None:
            self.outcome = outcome
            self._timer.stop()
            self._socket.abort()
            self.ended.emit()


def _read_meeting(path: Path) -> _Meeting | None:
    """Return where to meet; None while the first program has not said it yet."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return _Meeting(str(content["server"]), str(content["token"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _decode(line: bytes, token: str) -> tuple[Path, ...] | None:
    try:
        content = json.loads(line)
        if not secrets.compare_digest(str(content["token"]).encode(), token.encode()):
            return None
        return tuple(Path(str(name)) for name in content["files"])
    except (ValueError, KeyError, TypeError):
        return None
