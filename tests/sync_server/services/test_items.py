"""Items for a person who reads: newest first, and only to the account that owns them."""

from __future__ import annotations

import hashlib
from uuid import UUID, uuid4

import pytest

from sync_server.database import Database
from sync_server.errors import NotFound
from sync_server.protocol import Batch, NewLibrary, Operation
from sync_server.services.batches import Batches
from sync_server.services.caller import Caller
from sync_server.services.items import PAGE_ITEMS, Items
from sync_server.services.libraries import Libraries
from sync_server.services.newsroom import Newsroom
from sync_server.services.quota import Quotas
from tests.sync_server.conftest import add_caller

NOW = 1_764_000_000_000


async def make_library(database: Database, caller: Caller, name: str = "Library") -> UUID:
    libraries = Libraries(database, lambda: NOW)
    return (await libraries.add(caller.account_id, NewLibrary(name))).id


async def write(database: Database, caller: Caller, library_id: UUID, *ops: Operation) -> None:
    batches = Batches(database, Newsroom(), Quotas(None), lambda: NOW)
    await batches.apply(caller, library_id, Batch(list(ops)))


def new(body: bytes = b"body", kind: str = "transcript") -> Operation:
    return Operation(uuid4(), kind, 0, body=body)


async def test_libraries_count_their_transcripts_only(database: Database, caller: Caller) -> None:
    library_id = await make_library(database, caller)
    await make_library(database, caller, "Empty")
    gone = new()
    await write(database, caller, library_id, new(b"12"), new(b"345"), gone, new(kind="folder"))
    await write(
        database, caller, library_id, Operation(gone.item_id, "transcript", 3, deleted=True)
    )
    found = {shelf.name: shelf for shelf in await Items(database).shelves(caller.account_id)}
    assert found["Library"].transcripts == 2
    assert found["Library"].used_bytes == 5
    assert (found["Empty"].transcripts, found["Empty"].used_bytes) == (0, 0)


async def test_pages_are_newest_first_and_together_everything(
    database: Database, caller: Caller
) -> None:
    library_id = await make_library(database, caller)
    ops = [new() for _ in range(PAGE_ITEMS + 3)]
    await write(database, caller, library_id, *ops, new(kind="glossary"))
    items = Items(database)
    first = await items.page(caller.account_id, library_id)
    assert first.older_than is not None
    second = await items.page(caller.account_id, library_id, first.older_than)
    assert second.older_than is None
    together = [head.item_id for head in (*first.items, *second.items)]
    assert together == [operation.item_id for operation in reversed(ops)]
    assert first.items[0].size == 4 and first.items[0].at == NOW


async def test_a_full_last_page_has_no_next_one(database: Database, caller: Caller) -> None:
    library_id = await make_library(database, caller)
    await write(database, caller, library_id, *(new() for _ in range(PAGE_ITEMS)))
    page = await Items(database).page(caller.account_id, library_id)
    assert len(page.items) == PAGE_ITEMS and page.older_than is None


async def test_a_body_is_given_as_it_was_sent(database: Database, caller: Caller) -> None:
    library_id = await make_library(database, caller)
    wanted = new(b"\x78\x9c\x00")
    await write(database, caller, library_id, wanted)
    found = await Items(database).body(caller.account_id, library_id, wanted.item_id)
    assert found.body == wanted.body
    assert found.sha256 == hashlib.sha256(wanted.body).hexdigest()


async def test_nothing_of_another_account_is_there(database: Database, caller: Caller) -> None:
    library_id = await make_library(database, caller)
    wanted = new()
    await write(database, caller, library_id, wanted)
    stranger = (await add_caller(database)).account_id
    items = Items(database)
    assert not await items.shelves(stranger)
    assert not (await items.page(stranger, library_id)).items
    with pytest.raises(NotFound):
        await items.shelf(stranger, library_id)
    with pytest.raises(NotFound):
        await items.body(stranger, library_id, wanted.item_id)


async def test_deleted_items_and_other_kinds_have_no_body(
    database: Database, caller: Caller
) -> None:
    library_id = await make_library(database, caller)
    deleted, folder = new(), new(kind="folder")
    await write(database, caller, library_id, deleted, folder)
    await write(
        database, caller, library_id, Operation(deleted.item_id, "transcript", 1, deleted=True)
    )
    for item_id in (deleted.item_id, folder.item_id, uuid4()):
        with pytest.raises(NotFound):
            await Items(database).body(caller.account_id, library_id, item_id)
