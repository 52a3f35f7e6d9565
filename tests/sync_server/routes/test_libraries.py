"""Push and pull as HTTP."""

from __future__ import annotations

import asyncio
import time
import uuid

import httpx
import msgspec
import pytest

from sync_server.assembly import Services
from sync_server.protocol import (
    Applied,
    Batch,
    BatchResults,
    Conflict,
    Library,
    Operation,
    Page,
)
from tests.sync_server.routes.conftest import Account


@pytest.fixture(name="library")
async def fixture_library(client: httpx.AsyncClient, anna: Account) -> Library:
    answer = await client.post("/v1/libraries", json={"name": "Work"}, headers=anna.headers)
    assert answer.status_code == 201
    return msgspec.json.decode(answer.content, type=Library)


async def push(
    client: httpx.AsyncClient, account: Account, library: Library, *ops: Operation
) -> BatchResults:
    answer = await client.post(
        f"/v1/libraries/{library.id}/batches",
        content=msgspec.json.encode(Batch(list(ops))),
        headers=account.headers,
    )
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=BatchResults)


async def pull(
    client: httpx.AsyncClient, account: Account, library: Library, **query: str | int
) -> Page:
    answer = await client.get(
        f"/v1/libraries/{library.id}/changes", params=query, headers=account.headers
    )
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Page)


def write(body: bytes = b"one") -> Operation:
    return Operation(uuid.uuid4(), "transcript", 0, body=body)


async def test_what_is_pushed_is_pulled(
    client: httpx.AsyncClient, anna: Account, library: Library
) -> None:
    ops = [write(b"one"), write(b"two")]
    assert await push(client, anna, library, *ops) == BatchResults(2, [Applied(1), Applied(2)])
    page = await pull(client, anna, library)
    assert [item.body for item in page.items] == [b"one", b"two"]
    assert await pull(client, anna, library, cursor=page.next) == Page(
        [], page.next, 2, 0, False, page.digest
    )
    listed = await client.get("/v1/libraries", headers=anna.headers)
    assert listed.json()["libraries"][0]["head"] == 2


async def test_a_page_has_as_many_items_as_asked_for(
    client: httpx.AsyncClient, anna: Account, library: Library
) -> None:
    await push(client, anna, library, *(write() for _ in range(5)))
    page = await pull(client, anna, library, limit=2)
    assert (len(page.items), page.more) == (2, True)


async def test_conflicts_carry_what_is_there(
    client: httpx.AsyncClient, anna: Account, library: Library
) -> None:
    first = write(b"one")
    await push(client, anna, library, first)
    other = Operation(first.item_id, "transcript", 0, body=b"two")
    assert (await push(client, anna, library, other)).results == [Conflict(1, False, b"one", [])]


async def test_a_cursor_that_says_too_little_asks_to_reconcile(
    client: httpx.AsyncClient, anna: Account, library: Library
) -> None:
    answer = await client.get(
        f"/v1/libraries/{library.id}/changes?cursor=another.1", headers=anna.headers
    )
    assert (answer.status_code, answer.json()["code"]) == (410, "sync.reconcile")


async def test_whoever_waits_is_answered_as_soon_as_there_is_something(
    client: httpx.AsyncClient, anna: Account, library: Library, services: Services
) -> None:
    waiting = asyncio.create_task(pull(client, anna, library, cursor=f"{library.epoch}.0", wait=30))
    while not services.streams.count:
        await asyncio.sleep(0.01)
    assert not waiting.done()
    await push(client, anna, library, write())
    page = await asyncio.wait_for(waiting, 10)
    assert (len(page.items), page.head) == (1, 1)
    assert services.streams.count == 0


async def test_news_of_another_library_does_not_end_the_waiting(
    client: httpx.AsyncClient, anna: Account, library: Library, services: Services
) -> None:
    answer = await client.post("/v1/libraries", json={"name": "Other"}, headers=anna.headers)
    other = msgspec.json.decode(answer.content, type=Library)
    waiting = asyncio.create_task(pull(client, anna, library, wait=30))
    while not services.streams.count:
        await asyncio.sleep(0.01)
    await push(client, anna, other, write())
    await push(client, anna, library, write())
    assert len((await asyncio.wait_for(waiting, 10)).items) == 1


async def test_waiting_ends_with_an_empty_page(
    client: httpx.AsyncClient, anna: Account, library: Library
) -> None:
    began = time.monotonic()
    page = await pull(client, anna, library, wait=1)
    assert (page.items, page.head) == ([], 0)
    assert time.monotonic() - began >= 0.99


async def test_a_device_that_is_revoked_while_it_waits_is_sent_away(
    client: httpx.AsyncClient, anna: Account, library: Library, services: Services
) -> None:
    path = f"/v1/libraries/{library.id}/changes?wait=50"
    waiting = asyncio.create_task(client.get(path, headers=anna.headers))
    while not services.streams.count:
        await asyncio.sleep(0.01)
    await services.devices.revoke(anna.id, anna.device_id)
    answer = await asyncio.wait_for(waiting, 10)
    assert (answer.status_code, answer.json()["code"]) == (401, "sync.unauthorized")


async def test_who_waits_is_answered_when_the_server_stops(
    client: httpx.AsyncClient, anna: Account, library: Library, services: Services
) -> None:
    waiting = asyncio.create_task(pull(client, anna, library, wait=50))
    while not services.streams.count:
        await asyncio.sleep(0.01)
    services.streams.drain()
    assert (await asyncio.wait_for(waiting, 10)).items == []
    assert (await asyncio.wait_for(pull(client, anna, library, wait=50), 10)).items == []
