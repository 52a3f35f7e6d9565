"""Connections are seen and can be refused, in this process and in the worker processes."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from collections.abc import Iterator

import pytest
import requests

from engine import network
from engine.errors import ModelError
from engine.network import NetworkForbidden, NetworkUse
from engine.process.channel import worker_command
from engine.process.client import EngineClient
from engine.process.protocol import Role
from engine.speech_models.http_file import FileFetcher, HttpSettings, Watcher, make_session
from engine.speech_models.model_entry import ModelFile
from tests.engine.process.conftest import QUICK, ROOT
from tests.engine.speech_models.model_server import Script, serving
from tests.fakes.network_backend import BACKEND, PORT_VARIABLE, attempts

FOUR_REFUSALS = ("NetworkForbidden",) * 4


@pytest.fixture
def uses() -> Iterator[list[NetworkUse]]:
    """Collect what is told, and open the lock afterwards."""
    told: list[NetworkUse] = []
    stop = network.watch(told.append)
    yield told
    stop()
    network.allow()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Return a socket of this computer that accepts connections."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_every_way_is_open_before_and_shut_after(
    uses: list[NetworkUse], listener: socket.socket
) -> None:
    port = listener.getsockname()[1]
    assert attempts(port) == ("open",) * 4
    network.forbid()
    assert attempts(port) == FOUR_REFUSALS
    network.allow()
    assert attempts(port) == ("open",) * 4
    assert [use.is_refused for use in uses] == [False] * 2 + [True] * 4 + [False] * 2


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="the system has no such sockets")
def test_sockets_between_programs_stay_open(uses: list[NetworkUse]) -> None:
    network.forbid()
    one, other = socket.socketpair()
    with one, other:
        one.sendmsg([b"hello"])
        assert other.recv(5) == b"hello"
    assert not uses


def test_a_connection_tells_host_reason_and_bytes(uses: list[NetworkUse]) -> None:
    with serving(Script({"/a": b"x" * 1000})) as url, network.purpose("test", "subject"):
        port = int(url.rpartition(":")[2])
        with requests.get(f"http://localhost:{port}/a", timeout=5) as response:
            network.received("localhost", len(response.content))
    first, last = uses[0], uses[-1]
    assert (first.host, first.port, first.received_bytes) == ("localhost", port, 0)
    assert (last.number, last.received_bytes) == (first.number, 1000)
    assert {(use.why, use.subject) for use in uses} == {("test", "subject")}


def test_an_address_goes_under_the_name_it_was_found_by(
    uses: list[NetworkUse], listener: socket.socket
) -> None:
    port = listener.getsockname()[1]
    for asked in ("localhost", b"localhost"):
        places = socket.getaddrinfo(asked, port, socket.AF_INET)
        with socket.create_connection((str(places[0][4][0]), port), timeout=5):
            pass
    # `create_connection` looks the number up as well, so this one is asked for without.
    _, _, _, _, place = socket.getaddrinfo(host="localhost", port=port, family=socket.AF_INET)[0]
    with socket.socket() as end:
        end.connect(place)
    assert [(use.host, use.port) for use in uses] == [
        ("127.0.0.1", port),
        ("127.0.0.1", port),
        ("localhost", port),
    ]


@pytest.mark.parametrize("other", ["127.0.0.2", "nowhere"])
def test_an_address_never_goes_under_the_name_of_another_host(
    uses: list[NetworkUse], listener: socket.socket, other: str
) -> None:
    port = listener.getsockname()[1]
    socket.getaddrinfo("localhost", port)
    with contextlib.suppress(socket.gaierror):
        socket.getaddrinfo(other, port, flags=socket.AI_NUMERICHOST)
    with socket.socket() as end:
        end.connect(("127.0.0.1", port))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
        end.sendto(b"hello", ("127.0.0.1", port))
    assert [(use.host, use.port) for use in uses] == [("127.0.0.1", port)] * 2


def test_what_another_thread_looks_up_names_nothing_here(
    uses: list[NetworkUse], listener: socket.socket
) -> None:
    port = listener.getsockname()[1]
    thread = threading.Thread(target=socket.getaddrinfo, args=("localhost", port))
    thread.start()
    thread.join()
    with socket.socket() as end:
        end.connect(("127.0.0.1", port))
    assert [use.host for use in uses] == ["127.0.0.1"]


def test_a_download_is_refused_at_once_and_tells_why(
    uses: list[NetworkUse], tmp_path_factory: pytest.TempPathFactory
) -> None:
    network.forbid()
    folder = tmp_path_factory.mktemp("download")
    with make_session() as session, pytest.raises(ModelError) as caught:
        FileFetcher(session, HttpSettings()).fetch(
            "https://models.invalid/a", ModelFile("a", 3, None), folder, Watcher(print, bool)
        )
    assert caught.value.code == "model.offline"
    assert not uses


def test_requests_of_any_library_are_refused(uses: list[NetworkUse]) -> None:
    network.forbid()
    with pytest.raises(requests.ConnectionError):
        requests.get("http://localhost:9/", timeout=5)
    assert [(use.host, use.port, use.is_refused) for use in uses] == [("localhost", 9, True)]


@pytest.mark.parametrize("role", list(Role))
def test_a_worker_has_no_network_and_its_attempts_are_told(
    role: Role,
    uses: list[NetworkUse],
    listener: socket.socket,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv(PORT_VARIABLE, str(listener.getsockname()[1]))
    command = [*worker_command(), "--backend", BACKEND]
    with EngineClient(role, command=command, timings=QUICK) as client:
        if role is Role.ENGINE:
            found = client.devices()[0].compute_types
        else:
            found = tuple(track.codec for track in client.probe(ROOT / "any").tracks)
    assert found == FOUR_REFUSALS
    assert [use.is_refused for use in uses] == [True] * 4
    assert uses[-2].host == "localhost"


def test_the_error_is_one_that_libraries_expect() -> None:
    assert issubclass(NetworkForbidden, OSError)
    assert "engine.network" in sys.modules
