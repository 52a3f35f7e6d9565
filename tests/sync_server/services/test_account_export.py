"""The export: everything of an account, nothing of others, as whole files that anyone can open."""

from __future__ import annotations

import hashlib
import io
import json
import random
import tracemalloc
import uuid
import zipfile
import zlib
from collections.abc import AsyncIterator
from pathlib import Path
from types import AsyncGeneratorType

import pytest

from sync_server.database import Database
from sync_server.errors import NotFound
from sync_server.protocol import (
    CHUNK_BYTES,
    MAX_BODY_BYTES,
    Batch,
    BlobManifest,
    Library,
    NewLibrary,
    Operation,
)
from sync_server.services import account_export as module
from sync_server.services.account_export import AccountExport
from sync_server.services.batches import Batches
from sync_server.services.blobs import Blobs
from sync_server.services.caller import Caller
from sync_server.services.chunk_store import FileChunkStore
from sync_server.services.libraries import Libraries
from sync_server.services.newsroom import Newsroom
from sync_server.services.quota import Quotas
from tests.sync_server.services.account_server import EMAIL, START_MS, AccountServer


class Exporter:
    """A server with libraries, blobs and exports."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.server = AccountServer(database)
        clock, quotas = self.server.clock, Quotas(None)
        self.chunks = folder / "chunks"
        self.libraries = Libraries(database, clock)
        self.batches = Batches(database, Newsroom(), quotas, clock)
        self.blobs = Blobs(database, FileChunkStore(self.chunks), quotas, clock)
        self.exports = AccountExport(database, self.blobs, self.server.audit, clock)

    async def device(self, email: str = EMAIL) -> Caller:
        account_id = await self.server.add(email)
        made = await self.server.log_in(email)
        return Caller(account_id, made.device_id)

    async def upload(self, caller: Caller, content: bytes) -> str:
        """Store a blob and return its hash."""
        parts = [content[at : at + CHUNK_BYTES] for at in range(0, len(content), CHUNK_BYTES)]
        names = [hashlib.sha256(part).hexdigest() for part in parts]
        for name, part in zip(names, parts):
            await self.blobs.put_chunk(caller, name, _sent(part), len(part))
        whole = hashlib.sha256(content).hexdigest()
        await self.blobs.put_blob(caller, whole, BlobManifest(len(content), names))
        return whole

    async def push(self, caller: Caller, library: Library, *ops: Operation) -> None:
        done = await self.batches.apply(caller, library.id, Batch(list(ops)))
        assert done.head >= len(ops)

    async def export(self, account_id: uuid.UUID) -> zipfile.ZipFile:
        whole = b"".join([piece async for piece in self.exports.stream(account_id)])
        read = zipfile.ZipFile(io.BytesIO(whole))
        assert read.testzip() is None
        assert len(set(read.namelist())) == len(read.namelist())
        return read


async def _sent(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _objects(content: object) -> list[dict[str, object]]:
    """Return the objects of a file that has one or a list of them."""
    listed = content if isinstance(content, list) else [content]
    return [one for one in listed if isinstance(one, dict)]


@pytest.fixture(name="exporter")
def fixture_exporter(database: Database, tmp_path: Path) -> Exporter:
    return Exporter(database, tmp_path)


def write(body: bytes, blobs: tuple[str, ...] = (), base: int = 0) -> Operation:
    return Operation(uuid.uuid4(), "transcript", base, body=body, blobs=list(blobs))


async def test_an_export_has_everything_as_it_was_sent(exporter: Exporter) -> None:
    caller = await exporter.device()
    library = await exporter.libraries.add(caller.account_id, NewLibrary("Gespr\u00e4che"))
    name = await exporter.upload(caller, b"\x00words\xff")
    body = zlib.compress(b'{"title":"One"}')
    operation = write(body, (name,))
    await exporter.push(caller, library, operation)
    read = await exporter.export(caller.account_id)
    item = f"libraries/{library.id}/items/{operation.item_id}"
    assert read.namelist() == [
        "README.txt",
        "account.json",
        "devices.json",
        "audit.json",
        f"libraries/{library.id}/library.json",
        f"{item}.json",
        f"{item}.body",
        f"blobs/{name}",
        "missing.json",
    ]
    assert read.read(f"{item}.body") == body
    assert read.read(f"blobs/{name}") == b"\x00words\xff"
    assert json.loads(read.read(f"{item}.json")) == {
        "item_id": str(operation.item_id),
        "kind": "transcript",
        "seq": 1,
        "base_seq": 0,
        "device_id": str(caller.device_id),
        "at": START_MS,
        "size": len(body),
        "body_sha256": hashlib.sha256(body).hexdigest(),
        "blobs": [name],
    }
    described = json.loads(read.read(f"libraries/{library.id}/library.json"))
    assert described == {
        "id": str(library.id),
        "name": "Gespr\u00e4che",
        "created_at": START_MS,
        "epoch": library.epoch,
        "head": 1,
        "encrypted": False,
    }
    assert json.loads(read.read("account.json")) == {
        "id": str(caller.account_id),
        "email": EMAIL,
        "created_at": START_MS,
        "quota_bytes": None,
        "used_bytes": len(body) + 7,
        "delete_after": None,
    }
    (device,) = json.loads(read.read("devices.json"))
    assert (device["id"], device["name"]) == (str(caller.device_id), "laptop")
    assert json.loads(read.read("missing.json")) == []


async def test_the_readme_names_every_file_and_every_field(exporter: Exporter) -> None:
    caller = await exporter.device()
    library = await exporter.libraries.add(caller.account_id, NewLibrary("Talks"))
    name = await exporter.upload(caller, b"words")
    await exporter.push(caller, library, write(b"body", (name,)))
    read = await exporter.export(caller.account_id)
    readme = read.read("README.txt").decode()
    assert "{" not in readme and max(map(len, readme.splitlines())) <= 100
    for path in read.namelist():
        for known, shown in ((str(library.id), "<library id>"), (name, "<hash>")):
            path = path.replace(known, shown)
        if "/items/" in path:
            path = f"{path.rpartition('/')[0]}/<item id>{path[path.rindex('.'):]}"
        assert path in readme or path == "README.txt"
    contents = [json.loads(read.read(path)) for path in read.namelist() if path.endswith(".json")]
    described = [one for content in contents for one in _objects(content)]
    assert len(described) >= 5
    assert all(field in readme for one in described for field in one)


async def test_an_export_has_nothing_of_others_nor_of_what_was_deleted(exporter: Exporter) -> None:
    mine, stranger = await exporter.device(), await exporter.device("bob@example.org")
    contents = {}
    for caller in (mine, stranger):
        library = await exporter.libraries.add(caller.account_id, NewLibrary("Talks"))
        secret = f"secret of {caller.account_id}".encode()
        name = await exporter.upload(caller, b"blob, " + secret)
        kept, gone = write(b"body, " + secret, (name,)), write(b"deleted")
        await exporter.push(caller, library, kept, gone)
        deleted = Operation(gone.item_id, "transcript", 2, deleted=True)
        await exporter.push(caller, library, deleted)
        contents[caller] = (secret, gone)
    read = await exporter.export(mine.account_id)
    everything = b"".join(read.read(name) for name in read.namelist())
    assert everything.count(contents[mine][0]) == 2
    assert contents[stranger][0] not in everything and b"bob@" not in everything
    assert str(contents[mine][1].item_id) not in " ".join(read.namelist())
    assert json.loads(read.read("missing.json")) == []
    assert b"argon2" not in everything and b"wts_" not in everything


async def test_pages_bounded_by_items_and_bytes_miss_nothing(
    exporter: Exporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAGE", 3)
    caller = await exporter.device()
    library = await exporter.libraries.add(caller.account_id, NewLibrary("Talks"))
    sizes = [MAX_BODY_BYTES, 0, 5, MAX_BODY_BYTES, 7, 9, MAX_BODY_BYTES - 1, 1, 2, 3]
    operations = [write(bytes(size)) for size in sizes]
    # The smallest id there is must not be taken for a beginning.
    operations[1] = Operation(uuid.UUID(int=0), "transcript", 0, body=b"nil")
    for operation in operations:
        await exporter.push(caller, library, operation)
    names = {await exporter.upload(caller, bytes([number])) for number in range(7)}
    read = await exporter.export(caller.account_id)
    found = {name for name in read.namelist() if name.endswith(".body")}
    assert found == {f"libraries/{library.id}/items/{op.item_id}.body" for op in operations}
    for operation in operations:
        path = f"libraries/{library.id}/items/{operation.item_id}.body"
        assert read.getinfo(path).file_size == len(operation.body)
    assert {name[6:] for name in read.namelist() if name.startswith("blobs/")} == names


async def test_a_large_blob_is_whole_and_not_held_in_memory(exporter: Exporter) -> None:
    caller = await exporter.device()
    content = random.Random(5).randbytes(3 * CHUNK_BYTES + 17)
    name = await exporter.upload(caller, content)
    hashed, size = hashlib.sha256(content).digest(), len(content)
    del content
    sent, most = await _measured(exporter.exports.stream(caller.account_id))
    assert size < sent < size + 10_000
    assert most < CHUNK_BYTES
    read = await exporter.export(caller.account_id)
    assert hashlib.sha256(read.read(f"blobs/{name}")).digest() == hashed


async def test_many_large_items_are_not_held_in_memory(exporter: Exporter) -> None:
    caller = await exporter.device()
    library = await exporter.libraries.add(caller.account_id, NewLibrary("Talks"))
    for _ in range(12):
        await exporter.push(caller, library, write(bytes(MAX_BODY_BYTES)))
    sent, most = await _measured(exporter.exports.stream(caller.account_id))
    assert sent > 12 * MAX_BODY_BYTES
    assert most < 6 * MAX_BODY_BYTES


async def _measured(pieces: AsyncIterator[bytes]) -> tuple[int, int]:
    """Return how many bytes came and how many of memory they took at most."""
    sent = 0
    tracemalloc.start()
    try:
        async for piece in pieces:
            sent += len(piece)
        return sent, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


async def test_a_blob_that_the_disk_lost_is_named_and_keeps_nothing_else_back(
    exporter: Exporter,
) -> None:
    caller = await exporter.device()
    kept = await exporter.upload(caller, b"kept")
    halved = await exporter.upload(caller, bytes(CHUNK_BYTES) + b"end")
    lost = await exporter.upload(caller, b"lost")
    (end_file,) = exporter.chunks.rglob(hashlib.sha256(b"end").hexdigest())
    (lost_file,) = exporter.chunks.rglob(lost)
    end_file.unlink()
    lost_file.unlink()
    read = await exporter.export(caller.account_id)
    assert sorted(json.loads(read.read("missing.json"))) == sorted([halved, lost])
    assert read.read(f"blobs/{kept}") == b"kept"
    assert read.read(f"blobs/{halved}") == bytes(CHUNK_BYTES)


async def test_an_export_is_noted_and_only_of_an_account_that_is_there(
    exporter: Exporter,
) -> None:
    caller = await exporter.device()
    await exporter.export(caller.account_id)
    assert "exported" in await exporter.server.events(caller.account_id)
    with pytest.raises(NotFound):
        await exporter.export(uuid.uuid4())


async def test_whoever_stops_listening_holds_nothing_up(exporter: Exporter) -> None:
    caller = await exporter.device()
    await exporter.upload(caller, bytes(CHUNK_BYTES))
    for _ in range(20):  # more often than there are connections
        pieces = exporter.exports.stream(caller.account_id)
        assert isinstance(pieces, AsyncGeneratorType)
        await anext(pieces)
        await pieces.aclose()
    await exporter.export(caller.account_id)
