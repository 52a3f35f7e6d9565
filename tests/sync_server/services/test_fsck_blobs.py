"""Lost chunks and blobs are found and forgotten, so that devices send them again."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sync_server.database import Database
from sync_server.errors import NotFound, Reconcile
from sync_server.protocol import CHUNK_BYTES
from sync_server.services.caller import Caller
from sync_server.services.chunk_store import FileChunkStore
from sync_server.services.fsck import Fsck
from sync_server.services.fsck_problems import Damage
from sync_server.tables import blob
from tests.sync_server.conftest import add_caller
from tests.sync_server.services.blob_parts import Interposed, Parts, all_of, name_of, noise, pieces
from tests.sync_server.services.fsck_world import LARGE, World, damages


@pytest.fixture(name="world")
async def fixture_world(database: Database, caller: Caller, tmp_path: Path) -> World:
    parts = Parts(database, tmp_path / "chunks")
    world = World(parts, caller, await parts.library(caller))
    await world.fill()
    other = await add_caller(database)
    await parts.write(other, await parts.library(other), await parts.upload(other, b"small"))
    return world


@pytest.mark.parametrize("damage", [Damage.CHUNK_ABSENT, Damage.CHUNK_DAMAGED])
@pytest.mark.parametrize("is_large", [False, True])
async def test_a_lost_chunk_is_forgotten_until_a_device_sends_it_again(
    world: World, damage: Damage, is_large: bool
) -> None:
    parts, caller = world.parts, world.caller
    name = world.first_chunk() if is_large else world.small
    whole = world.large if is_large else world.small
    content = LARGE if is_large else b"small"
    path = parts.path(caller, name)
    if damage == Damage.CHUNK_ABSENT:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    before = await parts.used(caller)
    assert damages(await world.fsck.check()) == [damage, Damage.BLOB_BROKEN]
    found = damages(await world.fsck.repair())
    assert found == [damage, Damage.BLOB_BROKEN, Damage.BLOB_ABSENT]
    assert not path.exists()
    assert await parts.used(caller) == before - (CHUNK_BYTES if is_large else 5)
    assert damages(await world.fsck.check()) == [Damage.BLOB_ABSENT]
    with pytest.raises(Reconcile):
        await parts.read_up_to(caller, world.library, 5)
    assert await parts.blobs.missing(caller.account_id, [whole]) == [whole]
    await parts.upload(caller, content)
    assert await world.fsck.check() == []
    # The other account's chunk of the same name was not touched.
    assert await parts.count(blob) == 3


async def test_a_chunk_longer_than_a_chunk_is_damaged(world: World) -> None:
    with world.parts.path(world.caller, world.first_chunk()).open("ab") as file:
        file.write(b"more")
    assert damages(await world.fsck.check()) == [Damage.CHUNK_DAMAGED, Damage.BLOB_BROKEN]


@pytest.mark.parametrize(
    "values",
    [
        {"size": CHUNK_BYTES + 11},
        {"size": 10},
        {"chunks": b""},
        {"chunks": bytes(64)},
        {"chunks": bytes.fromhex(name_of(b"small"))},
        {
            "chunks": bytes.fromhex(name_of(LARGE[:CHUNK_BYTES]) * 2),
            "size": 2 * CHUNK_BYTES,
        },
    ],
)
async def test_a_blob_that_cannot_be_put_together_is_forgotten(
    world: World, values: dict[str, object]
) -> None:
    await world.change(blob, blob.c.hash == bytes.fromhex(world.large), **values)
    assert damages(await world.fsck.check()) == [Damage.BLOB_BROKEN]
    await world.fsck.repair()
    with pytest.raises(NotFound):
        await world.parts.blobs.open(world.caller.account_id, world.large)
    await world.parts.upload(world.caller, LARGE)
    assert await world.fsck.check() == []


async def test_a_small_blob_of_another_chunk_is_broken(world: World) -> None:
    await world.parts.upload(world.caller, b"other")
    own = (blob.c.hash == bytes.fromhex(world.small)) & (
        blob.c.account_id == world.caller.account_id
    )
    await world.change(blob, own, chunks=bytes.fromhex(name_of(b"other")))
    assert damages(await world.fsck.check()) == [Damage.BLOB_BROKEN]


async def test_what_was_sent_again_before_the_repair_stays(world: World) -> None:
    parts, caller = world.parts, world.caller
    parts.path(caller, world.small).unlink()

    async def send_again() -> None:
        parts.clock.now += 1
        await parts.upload(caller, b"small")

    database = Interposed(parts.database, send_again)
    fsck = Fsck(database, parts.store)  # type: ignore[arg-type]
    assert damages(await fsck.repair()) == [Damage.CHUNK_ABSENT, Damage.BLOB_BROKEN]
    file = await parts.blobs.open(caller.account_id, world.small)
    assert await all_of(file) == b"small"
    assert await world.fsck.check() == []


async def test_what_is_collected_during_the_check_is_no_damage(world: World) -> None:
    parts, caller = world.parts, world.caller
    name = await parts.upload(caller, LARGE + b"unnamed")
    await parts.blobs.put_chunk(caller, name_of(b"loose"), pieces(b"loose"))
    parts.clock.pass_days(1)

    class Collecting(FileChunkStore):
        """A store, while a collection runs between the reading of rows and of files."""

        has_collected = False

        async def read(
            self, account_id: uuid.UUID, sha256: str, start: int = 0, stop: int = CHUNK_BYTES
        ) -> AsyncIterator[bytes]:
            if not self.has_collected and account_id == caller.account_id:
                self.has_collected = True
                assert (await parts.collect()).chunks == 2
            async for block in super().read(account_id, sha256, start, stop):
                yield block

    assert await Fsck(parts.database, Collecting(parts.folder)).check() == []
    with pytest.raises(NotFound):
        await parts.blobs.open(caller.account_id, name)


async def test_what_is_collected_while_it_is_put_together_is_no_damage(world: World) -> None:
    parts, caller = world.parts, world.caller
    content = noise(CHUNK_BYTES + 1, seed=9)
    await parts.upload(caller, content)
    parts.clock.pass_days(1)
    first = name_of(content[:CHUNK_BYTES])

    class Collecting(FileChunkStore):
        """A store, while a collection runs between the first and the second reading of a chunk."""

        readings = 0

        async def read(
            self, account_id: uuid.UUID, sha256: str, start: int = 0, stop: int = CHUNK_BYTES
        ) -> AsyncIterator[bytes]:
            self.readings += sha256 == first
            if self.readings == 2 and sha256 == first:
                assert (await parts.collect()).chunks == 2
            async for block in super().read(account_id, sha256, start, stop):
                yield block

    assert await Fsck(parts.database, Collecting(parts.folder)).check() == []
