"""A backend that tries to use the network, as a library in a worker might."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from engine.device_report import DeviceReport
from engine.media_info import AudioTrack, MediaInfo
from tests.fakes.engine_backend import FakeBackend

BACKEND = f"{__name__}:NetworkBackend"
PORT_VARIABLE = "TEST_NETWORK_PORT"
"""Environment variable: the port of this computer that is called."""


def attempts(port: int) -> tuple[str, ...]:
    """Try each way to the network and return what came of it: `open` or the error's name."""
    return tuple(_outcome(way, port) for way in (_connect, _send, _look_up, _listen))


class NetworkBackend(FakeBackend):
    """Tell in its answers what came of the attempts."""

    def devices(self) -> tuple[DeviceReport, ...]:
        """Return the outcomes as number types."""
        found = attempts(int(os.environ[PORT_VARIABLE]))
        return (DeviceReport("cpu", "Fake", found, True),)

    def probe(self, path: Path) -> MediaInfo:
        """Return the outcomes as codings."""
        found = attempts(int(os.environ[PORT_VARIABLE]))
        tracks = tuple(AudioTrack(number, name, 1, 1) for number, name in enumerate(found))
        return MediaInfo(path.name, None, tracks)


def _outcome(way: object, port: int) -> str:
    assert callable(way)
    try:
        way(port)
    except OSError as exc:
        return type(exc).__name__
    return "open"


def _connect(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass


def _send(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
        end.sendto(b"hello", ("127.0.0.1", port))


def _look_up(_port: int) -> None:
    socket.getaddrinfo("localhost", 80)


def _listen(_port: int) -> None:
    with socket.socket() as end:
        end.bind(("127.0.0.1", 0))
