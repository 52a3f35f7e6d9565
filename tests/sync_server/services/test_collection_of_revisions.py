"""Tombstones go when everyone has seen them, history when it is long and old."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import select, update

from sync_server.database import Database
from sync_server.errors import Reconcile
from sync_server.protocol import (
    Applied,
    Change,
    Cursor,
    Operation,
    body_hash,
    item_digest,
    set_digest,
    show_digest,
)
from sync_server.services.caller import Caller
from sync_server.services.feed import Wanted
from sync_server.tables import device, history, item, library
from tests.sync_server.conftest import add_caller
from tests.sync_server.services.blob_parts import Parts, deleted

HOUR = 3600


@pytest.fixture(name="parts")
def fixture_parts(database: Database, tmp_path: Path) -> Parts:
    return Parts(database, tmp_path / "chunks")


async def tombstones(parts: Parts) -> list[int]:
    query = select(item.c.seq).where(item.c.deleted.is_(True)).order_by(item.c.seq)
    async with parts.database.read() as connection:
        return list((await connection.execute(query)).scalars())


async def floor(parts: Parts) -> int:
    async with parts.database.read() as connection:
        return int((await connection.execute(select(library.c.floor))).scalar_one())


async def test_no_tombstone_goes_before_every_live_device_has_seen_it(
    parts: Parts, caller: Caller
) -> None:
    """Guard against the fault "tombstones collected too early"."""
    library_ = await parts.library(caller)
    slow = await add_caller(parts.database, caller.account_id)
    kept = await parts.write(caller, library_, body=b"kept")
    gone = await parts.write(caller, library_, body=b"gone")
    await parts.read_up_to(slow, library_, 2)
    seq = await parts.delete(caller, library_, gone, 2)
    await parts.read_up_to(caller, library_, 3)
    parts.clock.pass_days(100)
    await parts.see(caller, slow)
    assert (await parts.collect()).tombstones == 0
    # The slow device learns of the deletion, and only then nobody needs to be told any more.
    page = await parts.feed.page(slow, library_.id, Wanted(f"{library_.epoch}.2"))
    assert [(change.item_id, change.deleted) for change in page.items] == [(gone, True)]
    assert (await parts.collect()).tombstones == 0
    await parts.read_up_to(slow, library_, seq)
    assert (await parts.collect()).tombstones == 1
    page = await parts.feed.page(slow, library_.id, Wanted())
    assert ([change.item_id for change in page.items], page.floor) == ([kept], seq)


async def test_a_tombstone_stays_for_some_time_though_all_have_seen_it(
    parts: Parts, caller: Caller
) -> None:
    library_ = await parts.library(caller)
    old = await deleted(parts, caller, library_.id, 20)
    young = await deleted(parts, caller, library_.id, 11)
    await parts.see(caller)
    await parts.read_up_to(caller, library_, young)
    assert (await parts.collect()).tombstones == 1
    assert (await tombstones(parts), await floor(parts)) == ([young], old)


async def test_the_floor_does_not_pass_a_tombstone_that_must_stay(
    parts: Parts, caller: Caller
) -> None:
    library_ = await parts.library(caller)
    first = await deleted(parts, caller, library_.id, 0)
    young = await deleted(parts, caller, library_.id, 0)
    last = await deleted(parts, caller, library_.id, 40)
    async with parts.database.write() as connection:
        # The server's clock was set back once: a younger one stands before an older one.
        now = parts.clock()
        await connection.execute(update(item).where(item.c.seq == young).values(at=now))
    await parts.see(caller)
    await parts.read_up_to(caller, library_, last)
    assert (await parts.collect()).tombstones == 1
    assert (await tombstones(parts), await floor(parts)) == ([young, last], first)


@pytest.mark.parametrize("state", ["revoked", "unseen", "never read", "another account's"])
async def test_a_device_that_does_not_count_holds_nothing_back(
    parts: Parts, caller: Caller, state: str
) -> None:
    library_ = await parts.library(caller)
    stranger = state == "another account's"
    other = await add_caller(parts.database, None if stranger else caller.account_id)
    seq = await deleted(parts, caller, library_.id, 31)
    await parts.read_up_to(caller, library_, seq)
    if state not in ("never read", "another account's"):
        await parts.read_up_to(other, library_, 1)
    await parts.see(caller, other)
    gone = {"revoked_at": 1} if state == "revoked" else {"last_seen_at": 1}
    if state in ("revoked", "unseen"):
        async with parts.database.write() as connection:
            own = device.c.id == other.device_id
            await connection.execute(update(device).where(own).values(**gone))
    assert (await parts.collect()).tombstones == 1
    if state == "unseen":
        # It comes back after all: it compares everything.
        with pytest.raises(Reconcile):
            await parts.read_up_to(other, library_, 1)


async def test_collecting_tombstones_keeps_digest_and_cursors_true(
    parts: Parts, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync_server.services.collection_of_revisions._AT_ONCE", 2)
    library_ = await parts.library(caller)
    kept = await parts.write(caller, library_, body=b"kept")
    for _ in range(5):
        seq = await deleted(parts, caller, library_.id, 11)
    await parts.see(caller)
    await parts.read_up_to(caller, library_, seq)
    report = await parts.collect()
    assert (report.tombstones, await floor(parts)) == (3, (await tombstones(parts))[0] - 2)
    page = await parts.feed.page(caller, library_.id, Wanted())
    assert page.items[0].item_id == kept
    assert page.digest == digest_of(page.items)
    assert page.head == seq
    here = Cursor.parse(page.next)
    await parts.feed.page(caller, library_.id, Wanted(str(here)))
    await parts.feed.page(caller, library_.id, Wanted(f"{here.epoch}.{page.floor}"))
    with pytest.raises(Reconcile):
        await parts.feed.page(caller, library_.id, Wanted(f"{here.epoch}.{page.floor - 1}"))


async def test_a_push_beside_the_collection_of_tombstones_keeps_the_digest_true(
    parts: Parts, caller: Caller
) -> None:
    library_ = await parts.library(caller)
    ids = [await parts.write(caller, library_) for _ in range(20)]
    for index, item_id in enumerate(ids[:10]):
        await parts.delete(caller, library_, item_id, index + 1)
    parts.clock.pass_days(31)
    # Some are taken back and others changed while the rest is collected.
    ops = [
        Operation(item_id, "transcript", 21 + index, body=b"back")
        for index, item_id in enumerate(ids[:5])
    ] + [
        Operation(item_id, "transcript", 11 + index, body=b"two")
        for index, item_id in enumerate(ids[10:])
    ]
    await asyncio.gather(
        *(parts.push(caller, library_, operation) for operation in ops), parts.collect()
    )
    page = await parts.feed.page(caller, library_.id, Wanted())
    assert page.digest == digest_of(page.items)
    assert all(not change.deleted or change.seq > page.floor for change in page.items)


def digest_of(items: Iterable[Change]) -> str:
    return show_digest(
        set_digest(
            item_digest(each.item_id, each.seq, each.deleted, body_hash(each.body))
            for each in items
        )
    )


async def test_history_keeps_fifty_revisions_and_ninety_days(parts: Parts, caller: Caller) -> None:
    library_ = await parts.library(caller)
    item_id = await parts.write(caller, library_)
    other = await parts.write(caller, library_)
    base = 1
    for _ in range(70):
        done = await parts.push(
            caller, library_, Operation(item_id, "transcript", base, body=b"%d" % base)
        )
        base = done.head
    await parts.push(caller, library_, Operation(other, "transcript", 2, body=b"two"))
    parts.clock.pass_days(89)
    assert (await parts.collect()).revisions == 0
    parts.clock.pass_days(2)
    assert (await parts.collect()).revisions == 20
    async with parts.database.read() as connection:
        query = select(history.c.item_id, history.c.seq).order_by(history.c.seq)
        rows = (await connection.execute(query)).all()
    assert [row.seq for row in rows if row.item_id == item_id] == [*range(22, 72)]
    assert [row.seq for row in rows if row.item_id == other] == [2]


async def test_an_operation_whose_revision_was_forgotten_meets_a_conflict(
    parts: Parts, caller: Caller
) -> None:
    library_ = await parts.library(caller)
    first = Operation(uuid.uuid4(), "transcript", 0, body=b"one")
    await parts.push(caller, library_, first)
    for base in range(1, 60):
        await parts.push(
            caller, library_, Operation(first.item_id, "transcript", base, body=b"%d" % base)
        )
    assert (await parts.push(caller, library_, first)).results == [Applied(1)]
    parts.clock.pass_days(91)
    await parts.collect()
    (result,) = (await parts.push(caller, library_, first)).results
    assert getattr(result, "seq") == 60 and not isinstance(result, Applied)
