"""Batches and feed together: what is pushed is pulled, once, in order, by whoever may."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Sequence

import pytest
from sqlalchemy import insert, select

from sync_server.clock import system_clock
from sync_server.database import Database
from sync_server.errors import Invalid as InvalidRequest
from sync_server.errors import NotFound, Reconcile
from sync_server.errors import TooLarge as RequestTooLarge
from sync_server.protocol import (
    MAX_BODY_BYTES,
    MAX_PAGE_BYTES,
    Applied,
    Batch,
    BatchResults,
    Change,
    Conflict,
    HeldBack,
    Invalid,
    Library,
    MissingBlobs,
    NewLibrary,
    Operation,
    OverQuota,
    Page,
    TooLarge,
    body_hash,
    item_digest,
    set_digest,
    show_digest,
)
from sync_server.services.acknowledgements import Acknowledgements
from sync_server.services.batches import Batches
from sync_server.services.caller import Caller
from sync_server.services.feed import Feed, Wanted
from sync_server.services.libraries import Libraries
from sync_server.services.newsroom import Newsroom
from sync_server.services.quota import Quotas
from sync_server.tables import acknowledgement, blob, history
from tests.sync_server.conftest import add_caller


class Server:
    """The rules without HTTP."""

    def __init__(self, database: Database, quota: int | None = None) -> None:
        self.database = database
        self.newsroom = Newsroom()
        self.libraries = Libraries(database, system_clock)
        self.batches = Batches(database, self.newsroom, Quotas(quota), system_clock)
        self.feed = Feed(database, Acknowledgements(database))

    async def push(
        self, caller: Caller, library: Library, *ops: Operation, atomic: bool = False
    ) -> BatchResults:
        return await self.batches.apply(caller, library.id, Batch(list(ops), atomic))

    async def pull(self, caller: Caller, library: Library, cursor: str | None = None) -> Page:
        return await self.feed.page(caller, library.id, Wanted(cursor))

    async def everything(self, caller: Caller, library: Library) -> list[Change]:
        found: list[Change] = []
        cursor: str | None = None
        while True:
            page = await self.pull(caller, library, cursor)
            found += page.items
            cursor = page.next
            if not page.more:
                return found


@pytest.fixture(name="server")
def fixture_server(database: Database) -> Server:
    return Server(database)


@pytest.fixture(name="library")
async def fixture_library(server: Server, caller: Caller) -> Library:
    return await server.libraries.add(caller.account_id, NewLibrary("Interviews"))


def write(body: bytes = b"one", base: int = 0, item_id: uuid.UUID | None = None) -> Operation:
    return Operation(item_id or uuid.uuid4(), "transcript", base, body=body)


def digest_of(items: Sequence[Change]) -> str:
    parts = (item_digest(i.item_id, i.seq, i.deleted, body_hash(i.body)) for i in items)
    return show_digest(set_digest(parts))


async def test_what_is_pushed_is_pulled(server: Server, caller: Caller, library: Library) -> None:
    operation = write(b"\x00opaque\xff")
    done = await server.push(caller, library, operation)
    assert done == BatchResults(1, [Applied(1)])
    page = await server.pull(caller, library)
    change = Change(
        operation.item_id, "transcript", 1, False, b"\x00opaque\xff", [], caller.device_id
    )
    assert page.items == [change]
    assert (page.next, page.head, page.more) == (f"{library.epoch}.1", 1, False)
    assert page.digest == digest_of(page.items)


async def test_an_item_is_written_only_from_where_it_is(
    server: Server, caller: Caller, library: Library
) -> None:
    first = write(b"one")
    await server.push(caller, library, first)
    other = await add_caller(server.database, caller.account_id)
    done = await server.push(other, library, write(b"two", 0, first.item_id))
    assert done.results == [Conflict(1, False, b"one", [])]
    assert (await server.push(other, library, write(b"two", 1, first.item_id))).head == 2
    assert [item.body for item in await server.everything(caller, library)] == [b"two"]


async def test_a_refused_operation_does_not_block_the_others(
    server: Server, caller: Caller, library: Library
) -> None:
    good, stale = write(), write(base=7)
    large = write(bytes(MAX_BODY_BYTES + 1))
    twice = write(item_id=good.item_id)
    lost = Operation(uuid.uuid4(), "transcript", 0, body=b"x", blobs=["ab" * 32])
    unborn = Operation(uuid.uuid4(), "transcript", 0, deleted=True)
    done = await server.push(caller, library, stale, good, large, twice, lost, unborn)
    kinds = [type(result) for result in done.results]
    assert kinds == [Conflict, Applied, TooLarge, Invalid, MissingBlobs, Invalid]
    assert done.head == 1


async def test_an_atomic_batch_is_applied_as_a_whole_or_not_at_all(
    server: Server, caller: Caller, library: Library
) -> None:
    good, stale = write(), write(base=7)
    done = await server.push(caller, library, good, stale, atomic=True)
    assert done == BatchResults(0, [HeldBack(), Conflict(0, False, b"", [])])
    assert await server.everything(caller, library) == []
    assert (await server.push(caller, library, good, write(), atomic=True)).head == 2


async def test_an_operation_sent_again_is_answered_with_its_number(
    server: Server, caller: Caller, library: Library
) -> None:
    first = write(b"one")
    second = write(b"two", 1, first.item_id)
    third = write(b"three", 2, first.item_id)
    for operation in (first, second, third):
        await server.push(caller, library, operation)
    for number, operation in enumerate((first, second, third), 1):
        again = await server.push(caller, library, operation, write(b"other"))
        assert again.results[0] == Applied(number)
    assert [i.body for i in await server.everything(caller, library)][0] == b"three"


async def test_what_another_device_sent_is_not_taken_for_ones_own(
    server: Server, caller: Caller, library: Library
) -> None:
    operation = write(b"one")
    await server.push(caller, library, operation)
    other = await add_caller(server.database, caller.account_id)
    assert isinstance((await server.push(other, library, operation)).results[0], Conflict)


async def test_a_deletion_is_seen_and_can_be_taken_back(
    server: Server, caller: Caller, library: Library
) -> None:
    made = write(b"one")
    await server.push(caller, library, made)
    gone = Operation(made.item_id, "transcript", 1, deleted=True)
    assert (await server.push(caller, library, gone)).results == [Applied(2)]
    assert (await server.push(caller, library, gone)).results == [Applied(2)]
    (tombstone,) = await server.everything(caller, library)
    assert (tombstone.deleted, tombstone.body, tombstone.seq) == (True, b"", 2)
    assert (await server.push(caller, library, write(b"back", 2, made.item_id))).head == 3


async def test_the_digest_is_that_of_all_items_whatever_was_done(
    server: Server, caller: Caller, library: Library
) -> None:
    chance = random.Random(5)
    known: dict[uuid.UUID, int] = {}
    for _ in range(30):
        ops = []
        for item_id in chance.sample(sorted(known), min(len(known), 3)):
            is_deletion = chance.random() < 0.3
            body = b"" if is_deletion else chance.randbytes(20)
            ops.append(Operation(item_id, "transcript", known[item_id], is_deletion, body))
        ops.append(write(chance.randbytes(9)))
        for operation, result in zip(ops, (await server.push(caller, library, *ops)).results):
            assert isinstance(result, Applied)
            known[operation.item_id] = result.seq
    page = await server.pull(caller, library)
    assert page.digest == digest_of(await server.everything(caller, library))


async def test_pages_are_bounded_by_items_and_by_bytes(
    server: Server, caller: Caller, library: Library
) -> None:
    for _ in range(5):
        await server.push(caller, library, write(bytes(MAX_PAGE_BYTES // 2 + 1)))
    await server.push(caller, library, *(write() for _ in range(7)))
    page = await server.pull(caller, library)
    assert (len(page.items), page.more, page.next) == (1, True, f"{library.epoch}.1")
    limited = await server.feed.page(caller, library.id, Wanted(f"{library.epoch}.5", limit=3))
    assert (len(limited.items), limited.more, limited.next) == (3, True, f"{library.epoch}.8")
    assert len(await server.everything(caller, library)) == 12


@pytest.mark.parametrize("cursor", ["0123456789abcdef.1", "{epoch}.2"])
async def test_a_cursor_that_cannot_be_trusted_asks_for_reconciling(
    server: Server, caller: Caller, library: Library, cursor: str
) -> None:
    await server.push(caller, library, write())
    with pytest.raises(Reconcile):
        await server.pull(caller, library, cursor.format(epoch=library.epoch))


@pytest.mark.parametrize("cursor", ["", "1", "a.b", "a.01", "a.-1", "../x.1", "a." + "9" * 40])
async def test_what_is_no_cursor_is_refused(
    server: Server, caller: Caller, library: Library, cursor: str
) -> None:
    with pytest.raises(InvalidRequest):
        await server.pull(caller, library, cursor)


async def test_another_account_sees_nothing_of_a_library(
    server: Server, caller: Caller, library: Library
) -> None:
    stranger = await add_caller(server.database)
    with pytest.raises(NotFound):
        await server.push(stranger, library, write())
    with pytest.raises(NotFound):
        await server.pull(stranger, library)
    assert await server.libraries.of_account(stranger.account_id) == []


async def test_an_account_without_room_keeps_what_it_has(
    database: Database, caller: Caller
) -> None:
    server = Server(database, quota=100)
    library = await server.libraries.add(caller.account_id, NewLibrary("Small"))
    first = write(bytes(60))
    done = await server.push(caller, library, first, write(bytes(60)), write(bytes(30)))
    assert [type(result) for result in done.results] == [Applied, OverQuota, Applied]
    assert (await server.push(caller, library, first)).results == [Applied(1)]
    smaller = write(bytes(10), 1, first.item_id)
    assert (await server.push(caller, library, smaller, write(bytes(60)))).results == [
        Applied(3),
        Applied(4),
    ]


async def test_an_item_whose_blob_is_there_is_taken(
    server: Server, caller: Caller, library: Library
) -> None:
    name = "cd" * 32
    async with server.database.write() as connection:
        row = {"account_id": caller.account_id, "hash": bytes.fromhex(name), "size": 1}
        await connection.execute(insert(blob).values(**row, chunks=b"", touched_at=1))
    operation = Operation(uuid.uuid4(), "transcript", 0, body=b"x", blobs=[name])
    assert (await server.push(caller, library, operation)).results == [Applied(1)]
    assert (await server.everything(caller, library))[0].blobs == [name]
    async with server.database.read() as connection:
        assert (await connection.execute(select(blob.c.touched_at))).scalar_one() > 1


async def test_a_batch_that_is_too_large_is_refused_whole(
    server: Server, caller: Caller, library: Library
) -> None:
    with pytest.raises(RequestTooLarge):
        await server.push(caller, library, *(write(bytes(MAX_BODY_BYTES)) for _ in range(3)))


async def test_reading_on_from_a_cursor_says_that_all_before_was_kept(
    server: Server, caller: Caller, library: Library
) -> None:
    await server.push(caller, library, write(), write())
    page = await server.pull(caller, library)
    for cursor in (page.next, f"{library.epoch}.1"):
        await server.pull(caller, library, cursor)
    async with server.database.read() as connection:
        rows = (await connection.execute(select(acknowledgement))).all()
    assert rows == [(library.id, caller.device_id, 2)]


async def test_replaced_revisions_are_kept_in_history(
    server: Server, caller: Caller, library: Library
) -> None:
    first = write(b"one")
    await server.push(caller, library, first)
    await server.push(caller, library, write(b"two", 1, first.item_id))
    async with server.database.read() as connection:
        rows = (await connection.execute(select(history.c.seq, history.c.body))).all()
    assert rows == [(1, b"one")]


async def test_a_reader_misses_nothing_beside_eight_writers(
    server: Server, caller: Caller, library: Library
) -> None:
    pushed: set[uuid.UUID] = set()

    async def write_some() -> None:
        for _ in range(12):
            ops = [write(b"x") for _ in range(3)]
            done = await server.push(caller, library, *ops)
            assert all(isinstance(result, Applied) for result in done.results)
            pushed.update(operation.item_id for operation in ops)

    async def read_all() -> list[Change]:
        seen: list[Change] = []
        cursor = f"{library.epoch}.0"
        while True:
            is_last = writing.done()
            page = await server.pull(caller, library, cursor)
            seen += page.items
            cursor = page.next
            if is_last and not page.more:
                return seen

    writing = asyncio.ensure_future(asyncio.gather(*(write_some() for _ in range(8))))
    seen = await read_all()
    await writing
    assert [change.seq for change in seen] == list(range(1, 8 * 12 * 3 + 1))
    assert {change.item_id for change in seen} == pushed


async def test_whoever_listens_hears_of_a_push(
    server: Server, caller: Caller, library: Library
) -> None:
    async with server.newsroom.listen(caller.account_id) as listener:
        await server.push(caller, library, write())
        (news,) = await listener.hear(5)
    assert (news.library, news.head) == (library.id, 1)
