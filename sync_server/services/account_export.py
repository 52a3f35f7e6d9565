"""Give an account all that is its own, as one zip file that is written while it is sent.

Read in pages, each in a transaction of its own, so that a slow receiver holds nothing up.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from typing import Protocol
from uuid import UUID

from sqlalchemy import Row, select

from sync_server.clock import Clock
from sync_server.database import Database, split_hashes
from sync_server.errors import NotFound
from sync_server.protocol import MAX_PAGE_BYTES
from sync_server.services import export_layout as layout
from sync_server.services.account_views import PROFILE
from sync_server.services.audit import Audit, SecurityEvent
from sync_server.services.zip_stream import ZipStream
from sync_server.tables import account, blob, device, item, library

logger = logging.getLogger(__name__)

_PAGE = 200
_AUDIT_LIMIT = 1000

_LIBRARY = (
    library.c.id,
    library.c.name,
    library.c.created_at,
    library.c.epoch,
    library.c.head,
    library.c.encrypted,
)

File = tuple[str, bytes]
"""A path in the zip file and what is there."""


class StoredBlob(Protocol):
    """A blob whose bytes can be read."""

    @property
    def size(self) -> int:
        """Its bytes."""
        ...

    def read(self, start: int, stop: int) -> AsyncIterator[bytes]:
        """Give the bytes from `start` to before `stop`."""
        ...


class BlobSource(Protocol):
    """Where blobs are."""

    async def open(self, account_id: UUID, blob_hash: str, /) -> StoredBlob:
        """Return a blob; raises `NotFound`."""
        ...


class AccountExport:
    """Serve exports."""

    def __init__(self, database: Database, blobs: BlobSource, audit: Audit, clock: Clock) -> None:
        self._database = database
        self._blobs = blobs
        self._audit = audit
        self._clock = clock

    async def stream(self, account_id: UUID) -> AsyncIterator[bytes]:
        """Give the bytes of the zip file; its README.txt says what is where.

        Memory holds a page of items and a piece of a blob. Raises `NotFound` at its start for an
        account that is not there.
        """
        described = await self._described(account_id)
        await self._audit.note(SecurityEvent.EXPORTED, account_id)
        archive = ZipStream(self._clock())
        missing: list[str] = []
        with archive:
            for path, content in described:
                archive.add(path, content)
            async for path, content in self._library_files(account_id):
                archive.add(path, content)
                if archive.is_worth_taking:
                    yield archive.take()
            async for name in self._blob_names(account_id):
                async with aclosing(self._blob(archive, account_id, name, missing)) as pieces:
                    async for piece in pieces:
                        yield piece
            archive.add("missing.json", layout.written(missing))
        yield archive.take()

    async def _described(self, account_id: UUID) -> list[File]:
        """Return what is small: the account, its devices, its audit log."""
        whole = select(account.c.id, *PROFILE).where(account.c.id == account_id)
        live = (
            select(device.c.id, device.c.name, device.c.created_at, device.c.last_seen_at)
            .where(device.c.account_id == account_id, device.c.revoked_at.is_(None))
            .order_by(device.c.created_at, device.c.id)
        )
        async with self._database.read() as connection:
            row = (await connection.execute(whole)).first()
            devices = (await connection.execute(live)).all()
        if row is None:
            raise NotFound("there is no such account")
        events = await self._audit.of_account(account_id, _AUDIT_LIMIT)
        noted = [layout.ExportedEvent(e.at, e.event, e.device_id, e.detail) for e in events]
        readme = layout.README.format(audit_limit=_AUDIT_LIMIT)
        return [
            ("README.txt", readme.encode()),
            ("account.json", layout.written(layout.ExportedAccount(*row))),
            ("devices.json", layout.written([layout.ExportedDevice(*d) for d in devices])),
            ("audit.json", layout.written(noted)),
        ]

    async def _library_files(self, account_id: UUID) -> AsyncIterator[File]:
        query = select(*_LIBRARY).where(library.c.account_id == account_id).order_by(library.c.id)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        for row in rows:
            yield layout.library_path(row.id), layout.written(layout.ExportedLibrary(*row))
            async for file in self._item_files(row.id):
                yield file

    async def _item_files(self, library_id: UUID) -> AsyncIterator[File]:
        """Give the items by their ids, so that none that changes meanwhile is missed or doubled."""
        after: UUID | None = None
        while page := await self._item_page(library_id, after):
            for found, body in page:
                path = layout.item_path(library_id, found.item_id)
                yield f"{path}.json", layout.written(found)
                yield f"{path}.body", body
            after = page[-1][0].item_id

    async def _item_page(
        self, library_id: UUID, after: UUID | None
    ) -> list[tuple[layout.ExportedItem, bytes]]:
        """Return the next items, as many as a page holds of the protocol's bytes, at least one."""
        of_page = [item.c.library_id == library_id, item.c.deleted.is_(False)]
        if after is not None:
            of_page.append(item.c.item_id > after)
        sizes = select(item.c.item_id, item.c.size).where(*of_page).order_by(item.c.item_id)
        async with self._database.read() as connection:
            rows = (await connection.execute(sizes.limit(_PAGE))).all()
            if not rows:
                return []
            found = select(item).where(*of_page, item.c.item_id <= _last_of_page(rows))
            ordered = await connection.execute(found.order_by(item.c.item_id))
            return [(_exported(row), row.body) for row in ordered]

    async def _blob_names(self, account_id: UUID) -> AsyncIterator[str]:
        after = b""
        while True:
            page = (
                select(blob.c.hash)
                .where(blob.c.account_id == account_id, blob.c.hash > after)
                .order_by(blob.c.hash)
                .limit(_PAGE)
            )
            async with self._database.read() as connection:
                hashes = list((await connection.execute(page)).scalars())
            for found in hashes:
                yield found.hex()
            if not hashes:
                return
            after = hashes[-1]

    async def _blob(
        self, archive: ZipStream, account_id: UUID, name: str, missing: list[str]
    ) -> AsyncGenerator[bytes]:
        """Add a blob and give the zip file's bytes meanwhile; note it if it isn't all there.

        A chunk that a disk lost must not keep people from everything else.
        """
        try:
            found = await self._blobs.open(account_id, name)
            read = found.read(0, found.size)
            added = archive.add_pieces(layout.blob_path(name), found.size, read)
            async with aclosing(added) as pieces:
                async for piece in pieces:
                    yield piece
        except NotFound:
            logger.warning("account %s: a blob is not all there", account_id)
            missing.append(name)


def _last_of_page(rows: Sequence[Row[UUID, int]]) -> UUID:
    """Return the last item whose body fits onto the page, given ids and sizes; the first always."""
    last: UUID = rows[0].item_id
    total = 0
    for row in rows:
        total += row.size
        if total > MAX_PAGE_BYTES:
            break
        last = row.item_id
    return last


def _exported(row: Row[*tuple[object, ...]]) -> layout.ExportedItem:
    return layout.ExportedItem(
        item_id=row.item_id,
        kind=row.kind,
        seq=row.seq,
        base_seq=row.base_seq,
        device_id=row.device_id,
        at=row.at,
        size=row.size,
        body_sha256=row.body_hash.hex(),
        blobs=split_hashes(row.blobs),
    )
