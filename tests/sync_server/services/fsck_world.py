"""A small server whose data tests damage."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import update

from sync_server.protocol import (
    CHUNK_BYTES,
    Library,
    Operation,
    body_hash,
    item_digest,
    set_digest,
    show_digest,
)
from sync_server.services.caller import Caller
from sync_server.services.feed import Wanted
from sync_server.services.fsck import Fsck
from sync_server.services.fsck_problems import Damage, Problem
from tests.sync_server.services.blob_parts import Parts, name_of, noise

LARGE = noise(CHUNK_BYTES + 10)


class World:
    """An account with a library: an item with blobs, an edited one, a tombstone."""

    def __init__(self, parts: Parts, caller: Caller, found: Library) -> None:
        self.parts = parts
        self.caller = caller
        self.library = found
        self.fsck = Fsck(parts.database, parts.store, parts.clock)
        self.small = ""
        self.large = ""
        self.item_id = uuid.UUID(int=0)

    async def fill(self) -> None:
        parts, caller, found = self.parts, self.caller, self.library
        self.small = await parts.upload(caller, b"small")
        self.large = await parts.upload(caller, LARGE)
        self.item_id = await parts.write(caller, found, self.small, self.large, body=b"body")
        edited = await parts.write(caller, found)
        await parts.push(caller, found, Operation(edited, "transcript", 2, body=b"two"))
        gone = await parts.write(caller, found)
        await parts.delete(caller, found, gone, 4)

    async def change(self, table: object, where: object, **values: object) -> None:
        statement = update(table).where(where).values(**values)  # type: ignore[arg-type]
        async with self.parts.database.write() as connection:
            assert (await connection.execute(statement)).rowcount

    def first_chunk(self) -> str:
        return name_of(LARGE[:CHUNK_BYTES])

    async def epoch(self) -> str:
        (found,) = await self.parts.libraries.of_account(self.caller.account_id)
        return found.epoch

    async def check_digest(self) -> None:
        page = await self.parts.feed.page(self.caller, self.library.id, Wanted())
        assert page.digest == show_digest(
            set_digest(
                item_digest(each.item_id, each.seq, each.deleted, body_hash(each.body))
                for each in page.items
            )
        )


def damages(problems: Sequence[Problem]) -> list[Damage]:
    return [problem.damage for problem in problems]
