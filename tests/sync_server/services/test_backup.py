"""What was backed up is restored, and devices are told to compare."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from sync_server.errors import Reconcile
from sync_server.protocol import Applied, Operation
from sync_server.services.backup import Created
from sync_server.services.backup_databases import PostgresCopier, SqliteCopier
from sync_server.services.caller import Caller
from sync_server.services.feed import Wanted
from sync_server.services.fsck import Fsck
from sync_server.tables import device_code, web_session
from tests.sync_server.conftest import add_caller
from tests.sync_server.services.backup_site import CONTENT, Site, open_site
from tests.sync_server.services.blob_parts import all_of, name_of, noise, pieces


@pytest.fixture(name="site")
async def fixture_site(database_url: str, tmp_path: Path) -> AsyncIterator[Site]:
    async with open_site(database_url, tmp_path) as site:
        yield site


@pytest.fixture(name="caller")
async def fixture_caller(site: Site) -> Caller:
    return await add_caller(site.database)


async def test_a_restored_server_has_what_the_backup_has_and_new_epochs(
    site: Site, caller: Caller
) -> None:
    found = [await site.parts.library(caller) for _ in range(2)]
    name = await site.parts.upload(caller, CONTENT)
    item_id = await site.parts.write(caller, found[0], name)
    assert await site.backup.create(site.target) == Created(2, len(CONTENT))
    later = await site.parts.upload(caller, b"later")
    await site.parts.push(
        caller, found[0], Operation(item_id, "transcript", 1, body=b"two", blobs=[later])
    )
    shutil.rmtree(site.chunks)
    assert await site.restore() == 0

    now = await site.parts.libraries.of_account(caller.account_id)
    fresh = {each.epoch for each in now}
    assert len(fresh) == 2 and not fresh & {each.epoch for each in found}
    assert {each.id: each.head for each in now} == {found[0].id: 1, found[1].id: 0}
    for old in ("1", "2"):
        with pytest.raises(Reconcile):
            await site.parts.feed.page(caller, found[0].id, Wanted(f"{found[0].epoch}.{old}"))
    page = await site.parts.feed.page(caller, found[0].id, Wanted())
    assert [(each.item_id, each.body) for each in page.items] == [(item_id, b"one")]
    assert await all_of(await site.parts.blobs.open(caller.account_id, name)) == CONTENT
    assert await Fsck(site.database, site.parts.store).check() == []
    # What the backup doesn't know is pushed again.
    await site.parts.upload(caller, b"later")
    again = Operation(item_id, "transcript", 1, body=b"two", blobs=[later])
    assert (await site.parts.push(caller, found[0], again)).results == [Applied(2)]


async def test_sessions_and_codes_do_not_come_back(site: Site, caller: Caller) -> None:
    async with site.database.write() as connection:
        times = {"created_at": 0, "expires_at": 10**15}
        await connection.execute(
            insert(web_session).values(hash=bytes(32), account_id=caller.account_id, **times)
        )
        await connection.execute(
            insert(device_code).values(
                hash=bytes(32), user_code="BCDF-GHJK", device_name="x", interval=5, **times
            )
        )
    await site.backup.create(site.target)
    await site.restore()
    assert await site.parts.count(web_session) == await site.parts.count(device_code) == 0


async def test_a_server_is_restored_on_an_empty_machine(
    site: Site, caller: Caller, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    found = await site.parts.library(caller)
    name = await site.parts.upload(caller, CONTENT)
    await site.parts.write(caller, found, name)
    await site.backup.create(site.target)
    if site.is_sqlite:
        url = f"sqlite:///{tmp_path / 'new' / 'server.sqlite3'}"
    else:
        url = request.getfixturevalue("postgres_server").create(f"t{uuid.uuid4().hex}")
    new = Site(url, tmp_path / "new")
    new.target = site.target
    assert await new.restore() == 0
    assert await all_of(await new.parts.blobs.open(caller.account_id, name)) == CONTENT
    await new.database.close()


async def test_a_backup_beside_uploads_and_collections_is_whole(site: Site, caller: Caller) -> None:
    found = await site.parts.library(caller)
    for index in range(5):
        await site.parts.upload(caller, b"garbage %d" % index)
    site.parts.clock.pass_days(1)
    names: list[str] = []

    async def write() -> None:
        for index in range(16):
            name = await site.parts.upload(caller, noise(1000, seed=index))
            await site.parts.write(caller, found, name)
            names.append(name)

    async def collect() -> None:
        while len(names) < 16:
            await site.parts.collect()

    async def back_up() -> None:
        while len(names) < 4:
            await asyncio.sleep(0.001)
        await site.backup.create(site.target)

    await asyncio.gather(write(), back_up(), collect())
    shutil.rmtree(site.chunks)
    await site.restore()
    page = await site.parts.feed.page(caller, found.id, Wanted())
    assert len(page.items) >= 4
    for change in page.items:
        assert await all_of(await site.parts.blobs.open(caller.account_id, change.blobs[0]))


async def test_chunks_are_linked_and_survive_their_collection(site: Site, caller: Caller) -> None:
    name = name_of(b"one")
    await site.parts.blobs.put_chunk(caller, name, pieces(b"one"))
    await site.backup.create(site.target)
    path = site.parts.path(caller, name)
    copy = site.target / "chunks" / path.relative_to(site.chunks)
    assert copy.samefile(path)
    site.parts.clock.pass_days(1)
    assert (await site.parts.collect()).chunks == 1
    assert copy.read_bytes() == b"one"
    assert await site.restore() == 0
    await site.restore()
    assert site.parts.path(caller, name).read_bytes() == b"one"


async def test_chunks_are_copied_where_they_cannot_be_linked(
    site: Site, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_source: Path, _target: Path) -> None:
        raise OSError(errno.EXDEV, "another disk")

    monkeypatch.setattr(os, "link", refuse)
    name = name_of(b"one")
    await site.parts.blobs.put_chunk(caller, name, pieces(b"one"))
    await site.backup.create(site.target)
    path = site.parts.path(caller, name)
    copy = site.target / "chunks" / path.relative_to(site.chunks)
    assert not copy.samefile(path)
    # Damaged, but of the same size: the backup's is the good one.
    path.write_bytes(b"two")
    await site.restore()
    assert path.read_bytes() == b"one"


async def test_what_is_collected_after_the_copy_of_the_database_is_in_the_backup(
    site: Site, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.parts.upload(caller, CONTENT)
    site.parts.clock.pass_days(1)
    kind = SqliteCopier if site.is_sqlite else PostgresCopier
    copy = kind.copy_to

    async def copy_and_collect(copier: SqliteCopier | PostgresCopier, folder: Path) -> None:
        await copy(copier, folder)  # type: ignore[arg-type]
        assert (await site.parts.collect()).chunks == 2

    monkeypatch.setattr(kind, "copy_to", copy_and_collect)
    await site.backup.create(site.target)
    assert await site.restore() == 0
