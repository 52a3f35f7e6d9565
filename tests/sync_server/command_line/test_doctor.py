"""`doctor` finds what is wrong with a server, and changes nothing."""

from __future__ import annotations

import os
import shutil
from types import SimpleNamespace

import pytest

from sync_server.command_line import doctor
from sync_server.command_line.doctor import Verdict
from sync_server.migrations import SchemaState
from tests.sync_server import real_servers
from tests.sync_server.command_line.conftest import Terminal


def _verdicts(output: str) -> dict[str, str]:
    rows = [line.split() for line in output.splitlines()]
    return {row[1]: row[0] for row in rows}


def test_before_the_first_start_all_is_well_and_nothing_is_made(bare: Terminal) -> None:
    assert set(_verdicts(bare.succeed("doctor")).values()) == {"ok"}
    assert not bare.data_dir.exists()


def test_a_server_in_order_is_found_so(terminal: Terminal) -> None:
    terminal.succeed("user", "list")
    verdicts = _verdicts(terminal.succeed("doctor"))
    assert set(verdicts.values()) == {"ok"}
    assert {"data", "disk", "secret", "database", "tables", "redis"} <= verdicts.keys()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_missing_tables_are_found(
    bare: Terminal, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHISPER_SERVER_DATABASE_URL", database_url)
    said = bare.run("doctor")
    assert said.status == 1
    assert _verdicts(said.output)["tables"] == "FAILED"


def test_a_database_that_is_away_is_found(bare: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    address = "postgresql+asyncpg://ada:hush@127.0.0.1:1/nothing"
    monkeypatch.setenv("WHISPER_SERVER_DATABASE_URL", address)
    said = bare.run("doctor")
    assert said.status == 1
    assert _verdicts(said.output)["database"] == "FAILED"
    assert "hush" not in said.output + said.complaint


def test_redis_is_asked(
    bare: Terminal, redis_server: real_servers.RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHISPER_SERVER_REDIS_URL", redis_server.url)
    assert _verdicts(bare.succeed("doctor"))["redis"] == "ok"
    redis_server.kill()
    assert _verdicts(bare.succeed("doctor"))["redis"] == "look", "without Redis it still serves"


def test_a_secret_that_others_may_read_is_found(bare: Terminal) -> None:
    bare.succeed("user", "list")
    secret = bare.data_dir / "secret_key"
    secret.write_text("x" * 64, encoding="ascii")
    secret.chmod(0o644)
    said = bare.run("doctor")
    assert _verdicts(said.output)["secret"] == "FAILED"
    secret.chmod(0o600)
    assert _verdicts(bare.succeed("doctor"))["secret"] == "ok"
    bare.data_dir.chmod(0o755)
    assert _verdicts(bare.succeed("doctor"))["data"] == "look"


def test_passwords_that_would_travel_unencrypted_are_found(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHISPER_SERVER_HOST", "0.0.0.0")  # nosec B104: nothing listens there
    assert _verdicts(bare.succeed("doctor"))["address"] == "look"
    monkeypatch.setenv("WHISPER_SERVER_PUBLIC_URL", "https://sync.example.org")
    assert _verdicts(bare.succeed("doctor"))["address"] == "ok"


def test_a_disk_that_is_full_is_found(bare: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=0))
    said = bare.run("doctor")
    assert said.status == 1
    assert _verdicts(said.output)["disk"] == "FAILED"


def test_a_folder_that_cannot_be_written_to_is_found(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
    said = bare.run("doctor")
    assert said.status == 1
    assert _verdicts(said.output)["data"] == "FAILED"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_missing_pg_dump_is_found(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _verdicts(terminal.succeed("doctor"))["backup"] == "ok"
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "which", lambda _name: None)
        assert _verdicts(terminal.succeed("doctor"))["backup"] == "look"


def test_an_old_postgresql_is_found() -> None:
    # pylint: disable=protected-access
    assert doctor._version(False, "14.13 (Debian)").verdict is Verdict.BAD
    assert doctor._version(False, "15.18 (Debian)").verdict is Verdict.GOOD


@pytest.mark.parametrize(
    ("state", "is_sqlite", "verdict"),
    [
        (SchemaState.AHEAD, True, Verdict.ODD),
        (SchemaState.BEHIND, True, Verdict.GOOD),
        (SchemaState.BEHIND, False, Verdict.BAD),
    ],
)
def test_tables_of_another_release_are_found(
    state: SchemaState, is_sqlite: bool, verdict: Verdict
) -> None:
    assert doctor._tables(state, is_sqlite).verdict is verdict  # pylint: disable=protected-access


def test_a_secret_that_is_set_is_no_matter(bare: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHISPER_SERVER_SECRET_KEY", "0123456789abcdef" * 2)
    assert _verdicts(bare.succeed("doctor"))["secret"] == "ok"
