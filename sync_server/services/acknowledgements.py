"""How far each device has read, so that no tombstone goes before everyone has seen it."""

from __future__ import annotations

from collections import OrderedDict
from uuid import UUID

from sqlalchemy import case
from sqlalchemy.dialects import postgresql, sqlite

from sync_server.database import Database
from sync_server.tables import acknowledgement

_REMEMBERED = 10_000


class Acknowledgements:
    """Note how far devices have read; a write only when one has got further."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert = sqlite.insert if database.is_sqlite else postgresql.insert
        self._noted: OrderedDict[tuple[UUID, UUID], int] = OrderedDict()

    async def note(self, library_id: UUID, device_id: UUID, seq: int) -> None:
        """Note that a device has kept everything up to a number; never less than before."""
        key = (library_id, device_id)
        if self._noted.get(key, -1) >= seq:
            return
        new = self._insert(acknowledgement).values(
            library_id=library_id, device_id=device_id, seq=seq
        )
        kept = acknowledgement.c.seq
        farthest = case((kept > new.excluded.seq, kept), else_=new.excluded.seq)
        statement = new.on_conflict_do_update(
            index_elements=[acknowledgement.c.library_id, acknowledgement.c.device_id],
            set_={"seq": farthest},
        )
        async with self._database.write() as connection:
            await connection.execute(statement)
        self._noted[key] = seq
        self._noted.move_to_end(key)
        if len(self._noted) > _REMEMBERED:
            self._noted.popitem(last=False)
