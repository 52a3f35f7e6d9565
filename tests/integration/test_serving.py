"""The server starts without a setting, says where to log in, keeps its data and stops in order."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.integration.running_server import (
    PATIENCE,
    RunningServer,
    command,
    environment,
    running_server,
)
from tests.sync_server import real_servers

EMAIL, PASSWORD = "ada@example.org", "a loom of her own"


def add_account(data_dir: Path, settings: dict[str, str] | None = None) -> None:
    """Make an account with the command that people use."""
    words = ["user", "add", EMAIL, "--password-stdin", "--data-dir", str(data_dir)]
    subprocess.run(
        command(*words),
        input=f"{PASSWORD}\n",
        env=environment(settings or {}),
        text=True,
        check=True,
        capture_output=True,
    )


def log_in(server: RunningServer) -> dict[str, str]:
    """Log a device in, and return the headers it sends from then on."""
    body = {"email": EMAIL, "password": PASSWORD, "device_name": "laptop"}
    answer = httpx.post(f"{server.address}/v1/login", json=body, timeout=PATIENCE)
    assert answer.status_code == 200, answer.text
    return {"authorization": f"Bearer {answer.json()['token']}"}


def is_ready(server: RunningServer) -> bool:
    """Ask until it is ready, or for a minute."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if httpx.get(f"{server.address}/healthz/ready").status_code == 200:
                return True
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    return False


def test_without_any_setting_it_serves_and_keeps_what_it_is_given(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with running_server(data_dir) as server:
        assert server.address.startswith("http://127.0.0.1:")
        assert is_ready(server)
        add_account(data_dir)
        headers = log_in(server)
        made = httpx.post(
            f"{server.address}/v1/libraries", json={"name": "Interviews"}, headers=headers
        )
        assert made.status_code == 201
        assert server.stop() == 0
    assert (data_dir / "secret_key").stat().st_mode & 0o077 == 0
    with running_server(data_dir) as server:
        assert is_ready(server)
        listed = httpx.get(f"{server.address}/v1/libraries", headers=headers).json()
        assert [library["name"] for library in listed["libraries"]] == ["Interviews"]


def test_the_pages_are_there(tmp_path: Path) -> None:
    with running_server(tmp_path / "data") as server:
        assert is_ready(server)
        for path in ("/", "/login"):
            assert httpx.get(server.address + path).status_code == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_it_is_told_to(tmp_path: Path, number: signal.Signals) -> None:
    with running_server(tmp_path / "data") as server:
        assert is_ready(server)
        assert server.stop(number) == 0


def _refused(data_dir: Path, *words: str, settings: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command("serve", "--data-dir", str(data_dir), *words),
        env=environment(settings or {}),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()[-1]


def test_a_port_that_is_taken_is_said_in_one_sentence(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert port in _refused(tmp_path / "data", "--port", port)


def test_production_refuses_a_weak_secret(tmp_path: Path) -> None:
    settings = {"WHISPER_SERVER_ENVIRONMENT": "production", "WHISPER_SERVER_SECRET_KEY": "a" * 64}
    said = _refused(tmp_path / "data", settings=settings)
    assert "secret_key" in said and "aaaa" not in said


@pytest.fixture(name="postgresql", scope="module")
def fixture_postgresql() -> Iterator[real_servers.PostgresServer]:
    """A PostgreSQL of these tests' own."""
    with real_servers.postgres() as server:
        yield server


def test_postgresql_that_was_not_migrated_is_refused(
    postgresql: real_servers.PostgresServer, tmp_path: Path
) -> None:
    settings = {"WHISPER_SERVER_DATABASE_URL": postgresql.create("empty")}
    assert "migrate" in _refused(tmp_path / "data", settings=settings)


def test_two_workers_serve_one_postgresql_and_one_redis(
    postgresql: real_servers.PostgresServer, tmp_path: Path
) -> None:
    with real_servers.redis() as redis:
        settings = {
            "WHISPER_SERVER_DATABASE_URL": postgresql.create("shared"),
            "WHISPER_SERVER_REDIS_URL": redis.url,
            "WHISPER_SERVER_WORKERS": "2",
        }
        data_dir = tmp_path / "data"
        subprocess.run(
            command("migrate", "--data-dir", str(data_dir)),
            env=environment(settings),
            check=True,
            capture_output=True,
        )
        add_account(data_dir, settings)
        with running_server(data_dir, settings=settings) as server:
            assert is_ready(server)
            headers = log_in(server)
            for _ in range(20):
                answer = httpx.get(f"{server.address}/v1/libraries", headers=headers)
                assert answer.status_code == 200
            assert server.stop() == 0
