"""Make, name and remove the folders and tags of the library."""

from __future__ import annotations

from sqlalchemy import Connection, Table, delete, insert, select, update

from desktop.store import reading
from desktop.store.records import Change, ShelvesChanged, TranscriptChanged
from desktop.store.rows import storable
from desktop.store.tables import FOLDER, TAG, TRANSCRIPT, TRANSCRIPT_TAG


def add(connection: Connection, table: Table, name: str, news: list[Change]) -> int:
    """Return the id of a folder or tag of this name, which is made unless there is one."""
    wanted = storable(name)
    for row in connection.execute(select(table)):
        if row.name.casefold() == wanted.casefold():
            return int(row.id)
    result = connection.execute(insert(table).values(name=wanted))
    news.append(_shelves(connection))
    return int(result.inserted_primary_key[0] if result.inserted_primary_key else 0)


def rename(
    connection: Connection, table: Table, number: int, name: str, news: list[Change]
) -> None:
    """Give a folder or tag another name."""
    connection.execute(update(table).where(table.c.id == number).values(name=storable(name)))
    news.append(_shelves(connection))


def remove_folder(connection: Connection, folder: int, news: list[Change]) -> None:
    """Remove a folder; its transcripts stay, without a folder."""
    query = select(TRANSCRIPT.c.id).where(TRANSCRIPT.c.folder == folder)
    inside = list(connection.scalars(query))
    connection.execute(delete(FOLDER).where(FOLDER.c.id == folder))
    _tell(connection, inside, news)


def remove_tag(connection: Connection, tag: int, news: list[Change]) -> None:
    """Remove a tag, also from the transcripts that carry it."""
    query = select(TRANSCRIPT_TAG.c.transcript).where(TRANSCRIPT_TAG.c.tag == tag)
    tagged = list(connection.scalars(query))
    connection.execute(delete(TAG).where(TAG.c.id == tag))
    _tell(connection, tagged, news)


def _tell(connection: Connection, transcripts: list[int], news: list[Change]) -> None:
    news += [TranscriptChanged(reading.summary(connection, number)) for number in transcripts]
    news.append(_shelves(connection))


def _shelves(connection: Connection) -> ShelvesChanged:
    folders, tags = reading.folders(connection), reading.tags(connection)
    return ShelvesChanged(tuple(folders), tuple(tags))
