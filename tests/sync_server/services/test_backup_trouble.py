"""Whatever goes wrong with a backup, the server stays as it was, and half a backup is none."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, make_url, select

from sync_server.database import Database
from sync_server.services.backup import Backup, BackupError
from sync_server.services.backup_databases import PostgresCopier, SqliteCopier
from sync_server.services.caller import Caller
from sync_server.tables import library
from tests.sync_server.conftest import add_caller
from tests.sync_server.services.backup_site import CONTENT, Site, epochs, open_site
from tests.sync_server.services.blob_parts import name_of, noise, pieces


@pytest.fixture(name="site")
async def fixture_site(database_url: str, tmp_path: Path) -> AsyncIterator[Site]:
    async with open_site(database_url, tmp_path) as site:
        yield site


@pytest.fixture(name="caller")
async def fixture_caller(site: Site) -> Caller:
    return await add_caller(site.database)


async def test_a_disk_that_does_not_take_the_backup_leaves_none(
    site: Site, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    await site.parts.blobs.put_chunk(caller, name_of(b"one"), pieces(b"one"))
    monkeypatch.setattr(os, "link", full)
    with pytest.raises(BackupError, match="No space left"):
        await site.backup.create(site.target)
    assert list(site.target.parent.iterdir()) == []


@pytest.fixture(name="tiny_disk")
def fixture_tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 200 KiB; only root can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("may not mount; the test above runs everywhere")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


async def test_a_full_disk_leaves_no_backup(site: Site, caller: Caller, tiny_disk: Path) -> None:
    found = await site.parts.library(caller)
    await site.parts.write(caller, found, body=noise(300_000))
    with pytest.raises(BackupError):
        await site.backup.create(tiny_disk / "backup")
    assert list(tiny_disk.iterdir()) == []


async def test_a_target_that_is_there_is_not_touched(site: Site) -> None:
    site.target.mkdir(parents=True)
    (site.target / "precious").touch()
    with pytest.raises(BackupError, match="there already"):
        await site.backup.create(site.target)
    assert [path.name for path in site.target.iterdir()] == ["precious"]


@pytest.mark.parametrize("manifest", [None, b"{", b'{"format":2,"database":"x"}', b"other"])
async def test_what_is_no_finished_backup_is_not_restored(
    site: Site, caller: Caller, manifest: bytes | None
) -> None:
    found = await site.parts.library(caller)
    await site.backup.create(site.target)
    written = site.target / "backup.json"
    content = written.read_bytes()
    if manifest is None:
        written.unlink()
    elif manifest == b"other":
        kinds = (b"sqlite", b"postgresql")
        written.write_bytes(content.replace(*(kinds if site.is_sqlite else kinds[::-1])))
    else:
        written.write_bytes(manifest)
    with pytest.raises(BackupError):
        await site.restore()
    assert await epochs(site) == [found.epoch]
    written.write_bytes(content.replace(b'"format":1', b'"format":9'))
    with pytest.raises(BackupError, match="another release"):
        await site.restore()


async def test_a_damaged_backup_leaves_the_server_as_it_was(site: Site, caller: Caller) -> None:
    found = await site.parts.library(caller)
    await site.backup.create(site.target)
    (path,) = site.target.glob("database.*")
    path.write_bytes(b"rotten" * 1000)
    with pytest.raises(BackupError):
        await site.restore()
    assert await epochs(site) == [found.epoch]


async def test_a_running_server_is_not_restored(site: Site, caller: Caller) -> None:
    found = await site.parts.library(caller)
    await site.backup.create(site.target)
    async with site.database.read() as connection:
        await connection.execute(select(library))
        with pytest.raises(BackupError, match="stop it first"):
            await site.backup.restore(site.target)
    # Also when nobody asks it for anything at the moment.
    with pytest.raises(BackupError, match="stop it first"):
        await site.backup.restore(site.target)
    assert await epochs(site) == [found.epoch]


async def test_the_database_before_the_restore_is_kept_aside(site: Site, caller: Caller) -> None:
    if not site.is_sqlite:
        pytest.skip("PostgreSQL's is replaced in one transaction")
    await site.backup.create(site.target)
    await site.parts.library(caller)
    await site.database.close()
    done = await site.backup.restore(site.target)
    assert done.kept_aside is not None and done.libraries == 0
    kept = Database(f"sqlite:///{done.kept_aside}")
    async with kept.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(library))).scalar() == 1
    await kept.close()
    site.open()


async def test_a_database_that_is_damaged_is_replaced_with_all_that_belongs_to_it(
    site: Site, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not site.is_sqlite:
        pytest.skip("the file is SQLite's")
    found = await site.parts.library(caller)
    await site.backup.create(site.target)
    await site.database.close()
    path = Path(make_url(site.url).database or "")
    path.write_bytes(b"rotten" * 1000)
    assert (await site.backup.restore(site.target)).kept_aside is not None
    # SQLite itself removes what belongs to it if it can; here it could not.
    monkeypatch.setattr(SqliteCopier, "_refuse_while_in_use", lambda _self: None)
    site.parts.clock.now += 1
    path.with_name(f"{path.name}-wal").write_bytes(b"old")
    await site.backup.restore(site.target)
    site.open()
    assert len(await epochs(site)) == 1
    assert (await epochs(site)) != [found.epoch]
    assert len(list(path.parent.glob("*.before-restore-*"))) == 3


async def test_chunks_that_the_backup_lacks_are_counted(site: Site, caller: Caller) -> None:
    await site.parts.upload(caller, CONTENT)
    await site.backup.create(site.target)
    shutil.rmtree(site.target / "chunks")
    shutil.rmtree(site.chunks)
    assert await site.restore() == 2


async def test_missing_programs_are_named(site: Site, tmp_path: Path) -> None:
    if site.is_sqlite:
        empty = Backup(f"sqlite:///{tmp_path / 'none.sqlite3'}", site.chunks, site.parts.clock)
        with pytest.raises(BackupError, match="no database"):
            await empty.create(site.target)
        return
    copier = PostgresCopier(make_url(site.url), programs=str(tmp_path))
    with pytest.raises(BackupError, match="pg_dump is missing"):
        await copier.copy_to(tmp_path)


async def test_a_program_that_fails_says_why(site: Site, tmp_path: Path) -> None:
    if site.is_sqlite:
        pytest.skip("SQLite needs no program")
    copier = PostgresCopier(make_url(site.url).set(database="nowhere"))
    with pytest.raises(BackupError, match="pg_dump failed: .*nowhere"):
        await copier.copy_to(tmp_path)


def test_secrets_are_not_handed_over_as_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGSERVICE", "another")
    url = make_url("postgresql+asyncpg://me:pass%40word@db.example:5433/sync?ssl=require")
    found = PostgresCopier(url).environment
    assert {name: value for name, value in found.items() if name.startswith("PG")} == {
        "PGHOST": "db.example",
        "PGPORT": "5433",
        "PGUSER": "me",
        "PGPASSWORD": "pass@word",
        "PGDATABASE": "sync",
        "PGSSLMODE": "require",
    }


async def test_a_program_ends_with_whoever_waits_for_it(site: Site, tmp_path: Path) -> None:
    if site.is_sqlite:
        pytest.skip("SQLite needs no program")
    program = tmp_path / "pg_dump"
    program.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 100\n")
    program.chmod(0o755)
    copier = PostgresCopier(make_url(site.url), programs=str(tmp_path))
    waiting = asyncio.ensure_future(copier.copy_to(tmp_path))
    written = tmp_path / "pid"
    while not (written.exists() and written.read_text().strip()):
        await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(ProcessLookupError):
        os.kill(int(written.read_text()), 0)


async def test_chunks_that_cannot_be_put_back_leave_the_database_as_it_was(
    site: Site, caller: Caller
) -> None:
    found = await site.parts.library(caller)
    await site.parts.upload(caller, b"one")
    await site.backup.create(site.target)
    shutil.rmtree(site.chunks)
    site.chunks.touch()
    with pytest.raises(BackupError, match="chunks can't be restored"):
        await site.restore()
    site.open()
    assert await epochs(site) == [found.epoch]


async def test_a_chunk_that_is_collected_at_that_moment_is_left_out(
    site: Site, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def collected(source: Path, _target: Path) -> None:
        raise FileNotFoundError(errno.ENOENT, "gone", str(source))

    await site.parts.blobs.put_chunk(caller, name_of(b"one"), pieces(b"one"))
    monkeypatch.setattr(os, "link", collected)
    assert (await site.backup.create(site.target)).chunks == 0
