"""Each damage is found, named and repaired; nothing is found where nothing is wrong."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update

from sync_server.database import Database
from sync_server.errors import Reconcile
from sync_server.protocol import Applied, Operation, item_digest, set_digest
from sync_server.services.caller import Caller
from sync_server.services.feed import Wanted
from sync_server.services.fsck import Fsck
from sync_server.services.fsck_problems import Damage, Problem
from sync_server.tables import account, chunk, history, item, library
from tests.sync_server.conftest import add_caller
from tests.sync_server.services.blob_parts import Interposed, Parts, all_of
from tests.sync_server.services.fsck_world import LARGE, World, damages


@pytest.fixture(name="world")
async def fixture_world(database: Database, caller: Caller, tmp_path: Path) -> World:
    parts = Parts(database, tmp_path / "chunks")
    world = World(parts, caller, await parts.library(caller))
    await world.fill()
    other = await add_caller(database)
    await parts.write(other, await parts.library(other), await parts.upload(other, b"small"))
    return world


async def test_nothing_is_wrong_with_what_the_server_wrote_itself(world: World) -> None:
    assert await world.fsck.check() == []
    assert await world.fsck.repair() == []
    await world.parts.see(world.caller)
    await world.parts.read_up_to(world.caller, world.library, 5)
    world.parts.clock.pass_days(200)
    assert (await world.parts.collect()).tombstones == 1
    assert await world.fsck.check() == []


def test_every_damage_has_a_meaning() -> None:
    assert all(Problem(damage, uuid.uuid4()).meaning for damage in Damage)


async def _digest(world: World) -> None:
    await world.change(library, library.c.id == world.library.id, digest=bytes(16))


async def _head(world: World) -> None:
    await world.change(library, library.c.id == world.library.id, head=3)


async def _floor(world: World) -> None:
    await world.change(library, library.c.id == world.library.id, floor=99)
    async with world.parts.database.write() as connection:
        tombstone = item.c.deleted.is_(True)
        await connection.execute(delete(item).where(tombstone))
    await _redo_digest(world)


async def _redo_digest(world: World) -> None:
    columns = (item.c.item_id, item.c.seq, item.c.deleted, item.c.body_hash)
    query = select(*columns).where(item.c.library_id == world.library.id)
    async with world.parts.database.write() as connection:
        digest = set_digest(item_digest(*row) for row in await connection.execute(query))
        await connection.execute(
            update(library)
            .where(library.c.id == world.library.id)
            .values(digest=digest.to_bytes(16, "big"))
        )


async def _below_floor(world: World) -> None:
    await world.change(library, library.c.id == world.library.id, floor=5)


async def _hash_column(world: World) -> None:
    await world.change(item, item.c.item_id == world.item_id, body_hash=bytes(32))


async def _size(world: World) -> None:
    await world.change(item, item.c.item_id == world.item_id, size=7)


async def _old_size(world: World) -> None:
    await world.change(history, history.c.seq == 2, size=7)


async def _old_body(world: World) -> None:
    await world.change(history, history.c.seq == 2, body=b"rotten")


async def _used(world: World) -> None:
    await world.change(account, account.c.id == world.caller.account_id, used_bytes=1)


async def _old_number(world: World) -> None:
    await world.change(history, history.c.seq == 2, seq=3)


async def _chunk_size(world: World) -> None:
    await world.change(
        chunk,
        (chunk.c.hash == bytes.fromhex(world.small))
        & (chunk.c.account_id == world.caller.account_id),
        size=6,
    )


async def _stray(world: World) -> None:
    path = world.parts.path(world.caller, "ab" * 32)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"stray")


@pytest.mark.parametrize(
    ("plant", "damage"),
    [
        (_digest, Damage.DIGEST),
        (_head, Damage.HEAD),
        (_floor, Damage.FLOOR),
        (_below_floor, Damage.BELOW_FLOOR),
        (_hash_column, Damage.BODY_HASH),
        (_size, Damage.BODY_SIZE),
        (_old_size, Damage.REVISION_SIZE),
        (_old_body, Damage.REVISION_DAMAGED),
        (_used, Damage.USED_BYTES),
        (_old_number, Damage.DOUBLE_NUMBER),
        (_chunk_size, Damage.CHUNK_SIZE),
        (_stray, Damage.STRAY_FILE),
    ],
)
async def test_a_damage_is_found_and_repaired_without_asking_the_devices(
    world: World, plant: Callable[[World], Awaitable[None]], damage: Damage
) -> None:
    await plant(world)
    # Where a size is wrong, what is used looks wrong until the size is right.
    assert damages(await world.fsck.check()) in ([damage], [damage, Damage.USED_BYTES])
    assert damages(await world.fsck.repair()) == [damage]
    assert await world.fsck.check() == []
    assert await world.epoch() == world.library.epoch
    await world.check_digest()
    page = await world.parts.feed.page(world.caller, world.library.id, Wanted())
    assert page.items[0].body == b"body"
    assert page.head >= 5
    file = await world.parts.blobs.open(world.caller.account_id, world.large)
    assert await all_of(file) == LARGE
    assert world.parts.path(world.caller, world.small).read_bytes() == b"small"


async def test_a_damaged_body_is_put_aside_and_devices_send_it_again(world: World) -> None:
    world.parts.clock.pass_days(100)
    await world.change(item, item.c.item_id == world.item_id, body=b"rott")
    assert damages(await world.fsck.check()) == [Damage.BODY_DAMAGED]
    await world.fsck.repair()
    assert await world.fsck.check() == []
    await world.check_digest()
    with pytest.raises(Reconcile):
        await world.parts.read_up_to(world.caller, world.library, 5)
    page = await world.parts.feed.page(world.caller, world.library.id, Wanted())
    assert world.item_id not in [each.item_id for each in page.items]
    async with world.parts.database.read() as connection:
        query = select(history.c.body).where(history.c.item_id == world.item_id)
        assert (await connection.execute(query)).scalars().all() == [b"rott"]
    world.parts.clock.pass_days(89)
    assert (await world.parts.collect()).blobs == 0
    again = Operation(world.item_id, "transcript", 0, body=b"body", blobs=[world.small])
    done = await world.parts.push(world.caller, world.library, again)
    assert done.results == [Applied(6)]


async def test_two_items_with_one_number_get_two(world: World) -> None:
    async with world.parts.database.write() as connection:
        await connection.execute(text("DROP INDEX ix_item_feed"))
    await world.change(item, item.c.item_id == world.item_id, seq=3)
    assert Damage.DOUBLE_NUMBER in damages(await world.fsck.check())
    await world.fsck.repair()
    assert await world.fsck.check() == []
    async with world.parts.database.read() as connection:
        query = select(item.c.seq).where(item.c.library_id == world.library.id)
        assert sorted((await connection.execute(query)).scalars()) == [3, 5, 6]
    # Whoever had read everything reads the one that moved.
    page = await world.parts.feed.page(
        world.caller, world.library.id, Wanted(f"{world.library.epoch}.5")
    )
    assert [each.seq for each in page.items] == [6]
    await world.check_digest()


async def test_a_library_deleted_during_the_check_is_no_damage(world: World) -> None:
    await _digest(world)

    async def delete_library() -> None:
        async with world.parts.database.write() as connection:
            await connection.execute(delete(library))

    database = Interposed(world.parts.database, delete_library)
    fsck = Fsck(database, world.parts.store)  # type: ignore[arg-type]
    assert Damage.DIGEST in damages(await fsck.repair())


async def test_several_damages_at_once_are_repaired_together(world: World) -> None:
    await _used(world)
    await _old_number(world)
    await _head(world)
    await _stray(world)
    await world.change(item, item.c.item_id == world.item_id, size=99)
    async with world.parts.database.write() as connection:
        columns = {name: 0 for name in ("seq", "base_seq", "size", "at")}
        await connection.execute(
            insert(history).values(
                library_id=world.library.id,
                item_id=uuid.uuid4(),
                kind="transcript",
                device_id=uuid.uuid4(),
                deleted=False,
                body=b"x",
                body_hash=bytes(32),
                blobs=b"",
                **columns,
            )
        )
    assert len(await world.fsck.repair()) >= 6
    assert await world.fsck.check() == []
