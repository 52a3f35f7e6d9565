"""`fsck`, `gc`, `stats`, `backup` and `restore` do their work on both kinds of database."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import typer
from sqlalchemy import delete, update

from sync_server.assembly import Services
from sync_server.command_line import backups
from sync_server.protocol import Batch, Library, NewLibrary, Operation
from sync_server.services.caller import Caller
from sync_server.tables import account, chunk, library
from tests.sync_server.command_line.conftest import Terminal
from tests.sync_server.command_line.test_accounts import EMAIL, PASSWORD, with_services

CONTENT = b"sound" * 100
HASH = hashlib.sha256(CONTENT).hexdigest()


async def _pieces() -> AsyncIterator[bytes]:
    yield CONTENT


async def _fill(services: Services) -> Library:
    """Make an account with a device, a library, an item and a chunk that nothing names."""
    await services.accounts.add(EMAIL, PASSWORD)
    device = await services.devices.log_in(EMAIL, PASSWORD, "laptop")
    caller = Caller(device.user_id, device.device_id)
    made = await services.libraries.add(caller.account_id, NewLibrary("Interviews"))
    operation = Operation(uuid4(), "transcript", 0, body=b"body")
    await services.batches.apply(caller, made.id, Batch([operation]))
    await services.blobs.put_chunk(caller, HASH, _pieces())
    return made


@pytest.fixture(name="filled")
def fixture_filled(terminal: Terminal) -> Terminal:
    """A terminal over a server with something in it."""
    with_services(_fill)
    return terminal


def _numbers(output: str) -> dict[str, str]:
    rows = [re.split(r" {2,}", line) for line in output.splitlines()[1:]]
    return {row[0]: row[1] for row in rows}


def test_stats_count_what_is_there(filled: Terminal) -> None:
    numbers = _numbers(filled.succeed("stats"))
    assert (numbers["accounts"], numbers["items"], numbers["chunks"]) == ("1", "1", "1")
    assert numbers["chunk bytes"] == "500 B"


def test_gc_removes_what_nothing_names_after_the_grace(filled: Terminal) -> None:
    assert _numbers(filled.succeed("gc"))["chunks"] == "0"
    with_services(lambda services: _write(services, update(chunk).values(touched_at=0)))
    assert _numbers(filled.succeed("gc"))["chunks"] == "1"
    assert _numbers(filled.succeed("stats"))["chunks"] == "0"


def test_gc_deletes_accounts_whose_day_has_come(filled: Terminal) -> None:
    with_services(lambda services: _write(services, update(account).values(delete_after=1)))
    assert _numbers(filled.succeed("gc"))["accounts"] == "1"
    assert len(filled.succeed("user", "list").splitlines()) == 1
    assert not list((filled.data_dir / "chunks").rglob(HASH))


def test_fsck_finds_and_repairs(filled: Terminal) -> None:
    assert filled.succeed("fsck") == "Nothing is wrong.\n"
    with_services(lambda services: _write(services, update(library).values(digest=bytes(16))))
    said = filled.run("fsck")
    assert said.status == 1
    assert said.output.startswith("digest: ")
    filled.succeed("fsck", "--repair")
    assert filled.succeed("fsck") == "Nothing is wrong.\n"


def test_a_backup_is_restored_with_other_epochs(filled: Terminal, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    filled.succeed("backup", str(copy))
    before = with_services(_epochs)
    with_services(lambda services: _write(services, delete(account)))
    assert filled.run("restore", str(copy)).status == 2, "there is a database, and nobody to ask"
    filled.succeed("restore", str(copy), "--yes")
    after = with_services(_epochs)
    assert before.keys() == after.keys()
    assert set(before.values()).isdisjoint(after.values())
    assert filled.succeed("fsck") == "Nothing is wrong.\n"


def test_a_backup_over_something_else_is_refused(filled: Terminal, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "cats.txt").touch()
    said = filled.run("backup", str(copy))
    assert said.status == 1 and said.complaint.count("\n") == 1
    assert filled.run("restore", str(copy), "--yes").status == 1


def test_a_new_server_is_made_of_a_backup(
    bare: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare.succeed("user", "list")
    with_services(_fill)
    bare.succeed("backup", str(tmp_path / "copy"))
    monkeypatch.setenv("WHISPER_SERVER_DATA_DIR", str(tmp_path / "another"))
    assert "1 libraries and 1 chunks" in bare.succeed("restore", str(tmp_path / "copy"))
    assert EMAIL in bare.succeed("user", "list")
    with_services(lambda services: services.devices.log_in(EMAIL, PASSWORD, "phone"))


def test_at_a_terminal_one_is_asked_before_anything_is_replaced(
    filled: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def refuse(question: str, **_options: bool) -> None:
        asked.append(question)
        raise typer.Abort

    filled.succeed("backup", str(tmp_path / "copy"))
    monkeypatch.setattr(typer, "confirm", refuse)
    monkeypatch.setattr(backups, "_is_at_terminal", lambda: True)
    before = with_services(_epochs)
    assert filled.run("restore", str(tmp_path / "copy")).status == 1
    assert len(asked) == 1
    assert with_services(_epochs) == before


def test_chunks_that_a_copy_lacks_are_counted(filled: Terminal, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    filled.succeed("backup", str(copy))
    next((copy / "chunks").rglob(HASH)).unlink()
    next((filled.data_dir / "chunks").rglob(HASH)).unlink()
    assert "1 chunks were not in the copy" in filled.succeed("restore", str(copy), "--yes")


async def _write(services: Services, statement: object) -> None:
    async with services.database.write() as connection:
        await connection.execute(statement)  # type: ignore[call-overload]


async def _epochs(services: Services) -> dict[UUID, str]:
    found = await services.accounts.find(EMAIL)
    return {one.id: one.epoch for one in await services.libraries.of_account(found)}
