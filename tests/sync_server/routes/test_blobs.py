"""Blobs as HTTP: chunks in, whole, in parts or several at once out."""

from __future__ import annotations

import hashlib
import random
from email import message_from_bytes
from email.policy import HTTP

import httpx
import pytest

from sync_server.protocol import CHUNK_BYTES
from sync_server.routes.byte_ranges import Range, asked_range
from tests.sync_server.routes.conftest import Account


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def upload(client: httpx.AsyncClient, account: Account, content: bytes) -> str:
    pieces = [content[at : at + CHUNK_BYTES] for at in range(0, len(content), CHUNK_BYTES)]
    for piece in pieces:
        answer = await client.put(
            f"/v1/chunks/{sha(piece)}", content=piece, headers=account.headers
        )
        assert answer.status_code == 204, answer.text
    manifest = {"size": len(content), "chunks": [sha(piece) for piece in pieces]}
    answer = await client.put(f"/v1/blobs/{sha(content)}", json=manifest, headers=account.headers)
    assert (answer.status_code, answer.content) == (204, b"")
    return sha(content)


@pytest.fixture(name="content", scope="module")
def fixture_content() -> bytes:
    return random.Random(5).randbytes(CHUNK_BYTES + 1000)


async def test_what_is_sent_in_chunks_is_got_whole(
    client: httpx.AsyncClient, anna: Account, content: bytes
) -> None:
    name = await upload(client, anna, content)
    answer = await client.get(f"/v1/blobs/{name}", headers=anna.headers)
    assert answer.status_code == 200
    assert answer.content == content
    assert answer.headers["content-length"] == str(len(content))
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["etag"] == f'"{name}"'
    again = await client.get(
        f"/v1/blobs/{name}", headers=anna.headers | {"if-none-match": f'"{name}"'}
    )
    assert (again.status_code, again.content) == (304, b"")


async def test_a_part_is_given(client: httpx.AsyncClient, anna: Account, content: bytes) -> None:
    name = await upload(client, anna, content)
    for asked, start, stop in (
        ("bytes=0-9", 0, 10),
        (f"bytes={CHUNK_BYTES - 5}-{CHUNK_BYTES + 4}", CHUNK_BYTES - 5, CHUNK_BYTES + 5),
        (f"bytes={CHUNK_BYTES}-", CHUNK_BYTES, CHUNK_BYTES + 1000),
        ("bytes=-7", CHUNK_BYTES + 993, CHUNK_BYTES + 1000),
        ("bytes=5-99999999999", 5, CHUNK_BYTES + 1000),
    ):
        answer = await client.get(f"/v1/blobs/{name}", headers=anna.headers | {"range": asked})
        assert (answer.status_code, answer.content) == (206, content[start:stop])
        assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{len(content)}"


async def test_a_part_behind_the_end_is_refused(client: httpx.AsyncClient, anna: Account) -> None:
    name = await upload(client, anna, b"short")
    answer = await client.get(f"/v1/blobs/{name}", headers=anna.headers | {"range": "bytes=5-"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */5")


async def test_a_part_of_what_the_client_no_longer_has_is_the_whole(
    client: httpx.AsyncClient, anna: Account
) -> None:
    name = await upload(client, anna, b"short")
    headers = anna.headers | {"range": "bytes=1-2", "if-range": '"another"'}
    answer = await client.get(f"/v1/blobs/{name}", headers=headers)
    assert (answer.status_code, answer.content) == (200, b"short")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (None, Range.WHOLE),
        ("bytes=-", Range.WHOLE),
        ("bytes=1-2,4-5", Range.WHOLE),
        ("lines=1-2", Range.WHOLE),
        ("bytes=5-2", Range.WHOLE),
        ("bytes=10-", Range.UNSATISFIABLE),
        ("bytes=-0", Range.UNSATISFIABLE),
        ("BYTES = 0-0", (0, 1)),
        ("bytes=-99", (0, 10)),
        ("bytes=" + "9" * 30 + "-", Range.WHOLE),
    ],
)
def test_ranges(written: str | None, expected: object) -> None:
    assert asked_range(written, 10) == expected


async def test_several_come_at_once_and_what_is_not_there_is_left_out(
    client: httpx.AsyncClient, anna: Account
) -> None:
    contents = [b"first\r\n--", b"", b"third" * 1000]
    names = [await upload(client, anna, content) for content in contents if content]
    asked = {"hashes": [names[0], "ab" * 32, names[1]]}
    answer = await client.post("/v1/blobs/fetch", json=asked, headers=anna.headers)
    assert answer.status_code == 200
    head = f"Content-Type: {answer.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + answer.content, policy=HTTP)
    parts = {
        str(part["content-id"]): part.get_payload(decode=True) for part in message.iter_parts()
    }
    assert set(parts) == {f"<{name}>" for name in names}
    assert f"Content-Length: {len(contents[0])}".encode() in answer.content
    assert b"\r\n\r\n" + contents[0] + b"\r\n--" in answer.content


async def test_what_is_missing_is_told_so_that_an_upload_can_go_on(
    client: httpx.AsyncClient, anna: Account
) -> None:
    there, absent = b"there", sha(b"absent")
    await client.put(f"/v1/chunks/{sha(there)}", content=there, headers=anna.headers)
    asked = {"hashes": [sha(there), absent]}
    answer = await client.post("/v1/chunks/missing", json=asked, headers=anna.headers)
    assert answer.json() == {"missing": [absent]}
    answer = await client.post("/v1/blobs/missing", json=asked, headers=anna.headers)
    assert answer.json() == {"missing": [sha(there), absent]}


async def test_a_chunk_must_be_what_its_hash_says(client: httpx.AsyncClient, anna: Account) -> None:
    name = sha(b"right")
    answer = await client.put(f"/v1/chunks/{name}", content=b"wrong", headers=anna.headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "sync.hash_mismatch")
    answer = await client.put(
        f"/v1/chunks/{name}", content=bytes(CHUNK_BYTES + 1), headers=anna.headers
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "sync.too_large")


async def test_a_blob_needs_its_chunks(client: httpx.AsyncClient, anna: Account) -> None:
    manifest = {"size": 5, "chunks": [sha(b"never sent")]}
    answer = await client.put(
        f"/v1/blobs/{sha(b'never sent')}", json=manifest, headers=anna.headers
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "sync.missing_chunks")
