"""The lock closes every process, and the ledger lists every connection, also after a restart."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from pytestqt.qtbot import QtBot

from desktop.services.network_ledger import FILE_NAME, NetworkLedger, OfflineLock
from desktop.services.settings_service import SettingsService
from desktop.settings import DEFAULTS, Loaded
from engine import network
from engine.process.channel import worker_command
from engine.process.client import EngineClient
from engine.process.protocol import Role
from tests.engine.process.conftest import QUICK, ROOT
from tests.engine.speech_models.model_server import Script, serving
from tests.fakes.network_backend import BACKEND, PORT_VARIABLE, attempts

REFUSED = ("NetworkForbidden",) * 4


@pytest.fixture(autouse=True)
def _open_again() -> Iterator[None]:
    yield
    network.allow()


@pytest.fixture
def settings(qtbot: QtBot, tmp_path: Path) -> Iterator[SettingsService]:
    """Return default settings."""
    del qtbot
    made = SettingsService(Loaded(DEFAULTS), tmp_path / "settings.toml")
    yield made
    made.close()


@pytest.fixture
def ledger(qtbot: QtBot, tmp_path: Path) -> Iterator[NetworkLedger]:
    """Return an empty ledger."""
    del qtbot
    made = NetworkLedger(tmp_path / FILE_NAME)
    yield made
    made.close()


def _fetch(text: bytes = b"x" * 5000) -> None:
    with serving(Script({"/a": text})) as url, network.purpose("model.download", "base"):
        port = url.rpartition(":")[2]
        content = requests.get(f"http://localhost:{port}/a", timeout=5).content
        network.received("localhost", len(content))


def test_staying_offline_closes_the_network_in_every_process(
    settings: SettingsService,
    ledger: NetworkLedger,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The window's process by the lock; the engine and media processes always."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    lock = OfflineLock(settings)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        monkeypatch.setenv(PORT_VARIABLE, str(port))
        settings.change(stay_offline=True)
        assert attempts(port) == REFUSED
        command = [*worker_command(), "--backend", BACKEND]
        with EngineClient(Role.ENGINE, command=command, timings=QUICK) as engine:
            assert engine.devices()[0].compute_types == REFUSED
        with EngineClient(Role.MEDIA, command=command, timings=QUICK) as media:
            assert tuple(track.codec for track in media.probe(Path("a")).tracks) == REFUSED
        listener.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listener.accept()
    qtbot.waitUntil(lambda: len(ledger.entries) == 12)
    assert all(use.is_refused for use in ledger.entries)
    assert lock.parent() is None


def test_a_lock_of_the_last_run_holds_from_the_start(settings: SettingsService) -> None:
    settings.change(stay_offline=True)
    lock = OfflineLock(settings)
    assert network.is_forbidden()
    settings.change(stay_offline=False)
    assert not network.is_forbidden()
    del lock


def test_a_connection_is_listed_with_host_bytes_and_reason(
    ledger: NetworkLedger, qtbot: QtBot
) -> None:
    _fetch()
    qtbot.waitUntil(lambda: bool(ledger.entries) and ledger.entries[0].received_bytes == 5000)
    (use,) = ledger.entries
    assert (use.host, use.why, use.subject) == ("localhost", "model.download", "base")
    assert use.port > 0 and not use.is_refused


def test_the_list_outlives_the_program(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "logs" / FILE_NAME
    first = NetworkLedger(path)
    _fetch()
    first.close()
    with path.open("ab") as file:
        file.write(b'half a line {"host": \n{"when": "soon"}\n[1]\n')
    second = NetworkLedger(path)
    qtbot.waitUntil(lambda: bool(second.entries))
    assert second.entries == first.entries
    second.clear()
    second.close()
    assert path.read_bytes() == b""


def test_an_unwritable_folder_is_no_reason_to_stop(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    ledger = NetworkLedger(tmp_path / "file" / FILE_NAME)
    _fetch()
    qtbot.waitUntil(lambda: bool(ledger.entries))
    ledger.close()


def test_the_window_opens_no_sockets_by_qt() -> None:
    """Qt's own sockets would pass by the audit events: only those between programs are used."""
    for path in (ROOT / "desktop").rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if "QtNetwork" in line and "import" in line:
                names = line.partition("import")[2].replace("(", "").split(",")
                assert all(name.strip().startswith("QLocal") for name in names if name.strip())
    assert os.path.isdir(ROOT / "desktop")
