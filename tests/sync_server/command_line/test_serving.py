"""`migrate` and `serve` between two releases, and how command lines end."""

from __future__ import annotations

import logging
import signal
from pathlib import Path

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from sync_server.command_line import serving, tables_ready, upkeep
from sync_server.migrations import Migrations
from sync_server.migrations.runner import FOLDER
from sync_server.settings import Settings
from tests.sync_server.command_line.conftest import Terminal
from tests.sync_server.migrations import later_revisions


@pytest.fixture(name="newer")
def fixture_newer(tmp_path: Path) -> Migrations:
    """The migrations of the next release."""
    newest = Migrations().revisions[-1]
    folder = later_revisions.recreating(tmp_path / "later", newest, is_sqlite=True)
    return Migrations(FOLDER / "versions", folder)


def test_migrate_brings_an_older_database_along(
    bare: Terminal, newer: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare.succeed("migrate")
    monkeypatch.setattr(serving, "Migrations", lambda: newer)
    assert "was migrated" in bare.succeed("migrate")
    monkeypatch.undo()


def test_an_older_program_serves_a_newer_database_but_does_not_migrate_it(
    bare: Terminal,
    newer: Migrations,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(serving, "Migrations", lambda: newer)
        patch.setattr(tables_ready, "Migrations", lambda: newer)
        bare.succeed("migrate")
    said = bare.run("migrate")
    assert said.status == 1
    assert "newer release" in said.complaint
    served: list[Settings] = []
    monkeypatch.setattr(
        serving, "serve_until_stopped", lambda settings, _announce: served.append(settings)
    )
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    try:
        with caplog.at_level(logging.WARNING):
            bare.succeed("serve", "--port", "0")
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
    assert [settings.port for settings in served] == [0]
    assert "newer release" in caplog.text


@pytest.mark.parametrize(
    ("error", "status", "complaint"),
    [
        (KeyboardInterrupt(), 130, ""),
        (RedisConnectionError("gone"), 1, "gone"),
        (OSError(28, "No space left on device"), 1, "No space left"),
    ],
)
def test_a_command_that_breaks_off_says_so(
    bare: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    status: int,
    complaint: str,
) -> None:
    def fail(_services: object) -> None:
        raise error

    monkeypatch.setattr(upkeep, "collect_garbage", fail)
    said = bare.run("gc")
    assert said.status == status
    assert complaint in said.complaint
