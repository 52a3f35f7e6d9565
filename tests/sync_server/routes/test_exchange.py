"""Bodies in and out: structures, gzip, and what is no such thing."""

from __future__ import annotations

import base64
import gzip
import json
import uuid
import zlib

import httpx
import pytest

from sync_server.assembly import Services
from sync_server.protocol import MAX_BODY_BYTES, Library, NewLibrary
from sync_server.routes.exchange import MAX_BATCH_JSON_BYTES, MAX_JSON_BYTES
from tests.sync_server.routes.conftest import Account


@pytest.fixture(name="library")
async def fixture_library(services: Services, anna: Account) -> Library:
    return await services.libraries.add(anna.id, NewLibrary("Interviews"))


def operation(body: bytes, **fields: object) -> dict[str, object]:
    written = base64.b64encode(body).decode()
    new = {"item_id": str(uuid.uuid4()), "kind": "transcript", "base_seq": 0, "body": written}
    return new | fields


async def push(
    client: httpx.AsyncClient, anna: Account, library: Library, content: bytes, **headers: str
) -> httpx.Response:
    return await client.post(
        f"/v1/libraries/{library.id}/batches", content=content, headers=anna.headers | headers
    )


NO_BATCHES = (
    b"",
    b"null",
    b"[]",
    b"{",
    b'{"ops": 1}',
    b'{"ops": [{}]}',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"ops": ' + b"[" * 100_000,
    *(
        json.dumps({"ops": ops}).encode()
        for ops in (
            [operation(b"x", base_seq=-1)],
            [operation(b"x", base_seq=2**63)],
            [operation(b"x", kind="No Kind")],
            [operation(b"x", blobs=["AB" * 32])],
            [operation(b"x") | {"body": "no base64!"}],
            [operation(b"x")] * 101,
        )
    ),
)


async def test_what_is_no_batch_is_refused_in_a_sentence(
    client: httpx.AsyncClient, anna: Account, library: Library
) -> None:
    for body in NO_BATCHES:
        answer = await push(client, anna, library, body)
        assert (answer.status_code, answer.json()["code"]) == (400, "sync.invalid"), body[:50]
        assert answer.json()["detail"]


async def test_unknown_fields_are_ignored(
    client: httpx.AsyncClient, anna: Account, library: Library
) -> None:
    sent = {"ops": [operation(b"x", of_the_future=[1])], "also": {"new": True}}
    answer = await push(client, anna, library, json.dumps(sent).encode())
    assert answer.json()["results"] == [{"status": "ok", "seq": 1}]


async def test_bodies_that_are_no_zlib_are_stored_and_given_back_as_they_are(
    client: httpx.AsyncClient, anna: Account, library: Library
) -> None:
    bomb = zlib.compress(bytes(200 * 1024 * 1024), 9)
    bodies = [b"\x00no zlib\xff", bomb, b""]
    sent = {"ops": [operation(body) for body in bodies]}
    answer = await push(client, anna, library, json.dumps(sent).encode())
    assert [result["status"] for result in answer.json()["results"]] == ["ok"] * 3
    page = await client.get(f"/v1/libraries/{library.id}/changes", headers=anna.headers)
    assert [base64.b64decode(item["body"]) for item in page.json()["items"]] == bodies


async def test_requests_and_answers_may_be_gzipped(
    client: httpx.AsyncClient, anna: Account, library: Library
) -> None:
    body = bytes(range(256)) * 2000
    sent = gzip.compress(json.dumps({"ops": [operation(body)]}).encode())
    answer = await push(client, anna, library, sent, **{"content-encoding": "gzip"})
    assert answer.json()["head"] == 1
    path = f"/v1/libraries/{library.id}/changes"
    plain = await client.get(path, headers=anna.headers | {"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    packed = await client.get(path, headers=anna.headers | {"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "accept-encoding"
    assert packed.json() == plain.json()
    # Random bodies cost no more than their bytes and a little on the wire.
    assert int(packed.headers["content-length"]) < 1.05 * len(body)


async def test_what_can_not_be_unzipped_is_refused(
    client: httpx.AsyncClient, anna: Account, library: Library
) -> None:
    for body, coding, status in (
        (b"no gzip", "gzip", 400),
        (gzip.compress(b'{"ops": []}')[:-5], "gzip", 400),
        (b'{"ops": []}', "br", 400),
        (gzip.compress(b" " * (MAX_BATCH_JSON_BYTES + 1)), "gzip", 413),
        (gzip.compress(b" " * 500_000_000, 1), "gzip", 413),
    ):
        answer = await push(client, anna, library, body, **{"content-encoding": coding})
        assert answer.status_code == status, body[:20]


async def test_bodies_have_limits(
    client: httpx.AsyncClient, anna: Account, library: Library
) -> None:
    answer = await client.post(
        "/v1/libraries", content=b" " * (MAX_JSON_BYTES + 1), headers=anna.headers
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "sync.too_large")
    answer = await push(client, anna, library, b" " * (MAX_BATCH_JSON_BYTES + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "sync.too_large")
    large = {"ops": [operation(bytes(MAX_BODY_BYTES + 1)), operation(b"x")]}
    answer = await push(client, anna, library, json.dumps(large).encode())
    assert [one["status"] for one in answer.json()["results"]] == ["too_large", "ok"]


async def test_errors_have_one_shape_and_an_id(client: httpx.AsyncClient, anna: Account) -> None:
    for method, path, status, code in (
        ("GET", "/v1/nothing", 404, "sync.not_found"),
        ("DELETE", "/v1/libraries", 405, "sync.invalid"),
        ("GET", "/v1/libraries/no-uuid/changes", 404, "sync.not_found"),
        ("PUT", "/v1/chunks/no-hash", 400, "sync.invalid"),
        ("GET", f"/v1/libraries/{uuid.uuid4()}/changes?limit=x", 400, "sync.invalid"),
        ("GET", f"/v1/libraries/{uuid.uuid4()}/changes?cursor=x", 400, "sync.invalid"),
    ):
        answer = await client.request(method, path, headers=anna.headers, content=b"x")
        assert (answer.status_code, answer.json()["code"]) == (status, code), path
        assert set(answer.json()) == {"code", "detail"}
        assert len(answer.headers["x-request-id"]) == 16
        assert answer.headers["x-content-type-options"] == "nosniff"
