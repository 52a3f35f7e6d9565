"""A command finds the tables it needs, or says what to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sync_server.command_line import tables_ready
from sync_server.migrations import Migrations
from sync_server.migrations.runner import FOLDER
from sync_server.settings import load_settings
from tests.sync_server.command_line.conftest import Terminal
from tests.sync_server.migrations import later_revisions


def test_without_any_setting_there_is_a_database(bare: Terminal) -> None:
    assert bare.succeed("user", "list").startswith("account")
    assert (bare.data_dir / "server.sqlite3").is_file()
    assert bare.data_dir.stat().st_mode & 0o077 == 0


def test_migrate_says_what_it_did(bare: Terminal) -> None:
    assert "was made" in bare.succeed("migrate")
    assert "up to date" in bare.succeed("migrate")
    assert bare.succeed("migrate", "--quiet") == ""


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_is_migrated_only_when_that_is_asked_for(
    bare: Terminal, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHISPER_SERVER_DATABASE_URL", database_url)
    said = bare.run("user", "list")
    assert said.status == 1
    assert "whisper-transcriber-server migrate" in said.complaint
    bare.succeed("migrate")
    bare.succeed("user", "list")


def test_a_database_that_does_not_answer_is_said_in_one_sentence(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "postgresql+asyncpg://ada:hush@127.0.0.1:1/nothing"
    monkeypatch.setenv("WHISPER_SERVER_DATABASE_URL", address)
    said = bare.run("user", "list")
    assert said.status == 1
    assert said.complaint.count("\n") == 1
    assert "hush" not in said.complaint


def test_a_wrong_setting_is_named_without_its_value(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHISPER_SERVER_ENVIRONMENT", "production")
    monkeypatch.setenv("WHISPER_SERVER_SECRET_KEY", "hushhush")
    said = bare.run("user", "list")
    assert said.status == 1
    assert "secret_key" in said.complaint and "hushhush" not in said.complaint


async def test_a_sqlite_file_is_copied_before_it_is_migrated(
    bare: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings()
    await tables_ready.ready(settings)
    with closing(sqlite3.connect(tables_ready.sqlite_file(settings))) as connection:
        connection.execute("INSERT INTO invite VALUES (x'01', NULL, 1, 2, NULL)")
        connection.commit()
    newest = Migrations().revisions[-1]
    folder = later_revisions.recreating(tmp_path / "later", newest, is_sqlite=True)
    newer = Migrations(FOLDER / "versions", folder)
    monkeypatch.setattr(tables_ready, "Migrations", lambda: newer)
    await tables_ready.ready(settings)
    (copy,) = bare.data_dir.glob("server.sqlite3.before-*")
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT hash FROM invite").fetchall() == [(b"\x01",)]
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (newest,)


def test_only_the_last_copies_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "server.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE t (n INTEGER)")
    for _ in range(12):
        tables_ready._keep_copy(file)  # pylint: disable=protected-access
    kept = {path.name for path in tmp_path.glob("*.before-*")}
    assert kept == {f"server.sqlite3.before-{number}" for number in (10, 11, 12)}
