"""Real processes: news across workers, draining, and who sends too slowly or too much."""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from tests.sync_server.routes.conftest import PASSWORD, Account
from tests.sync_server.routes.served import (
    Server,
    account_in,
    raw_connection,
    send_head,
    served,
)

FEW_SECONDS = 15.0
BATCH = {
    "ops": [
        {"item_id": "0" * 32, "kind": "transcript", "base_seq": 0, "body": "eA=="},
    ]
}


async def next_event(lines: AsyncIterator[str]) -> dict[str, object]:
    """Return the next news of an event stream."""
    async for line in lines:
        if line.startswith("data: "):
            return dict(json.loads(line.removeprefix("data: ")))
    raise AssertionError("the stream ended")


async def library_of(client: httpx.AsyncClient, anna: Account) -> str:
    answer = await client.post("/v1/libraries", json={"name": "Work"}, headers=anna.headers)
    return str(answer.json()["id"])


async def test_news_reach_streams_of_all_workers(database_url: str, tmp_path: Path) -> None:
    async with (
        served(tmp_path, database_url, workers=2) as server,
        httpx.AsyncClient(base_url=server.url, timeout=FEW_SECONDS) as client,
        AsyncExitStack() as streams,
    ):
        anna = await account_in(tmp_path, database_url)
        library = await library_of(client, anna)
        # With six connections each worker almost surely has one; it is right either way.
        listening = []
        for _ in range(6):
            own = await streams.enter_async_context(httpx.AsyncClient(base_url=server.url))
            answer = await streams.enter_async_context(
                own.stream("GET", "/v1/events", headers=anna.headers, timeout=FEW_SECONDS)
            )
            assert answer.headers["content-type"] == "text/event-stream"
            lines = answer.aiter_lines()
            assert (await next_event(lines))["head"] == 0
            listening.append(lines)
        await client.post(f"/v1/libraries/{library}/batches", json=BATCH, headers=anna.headers)
        for lines in listening:
            news = await next_event(lines)
            while news["head"] == 0:
                news = await next_event(lines)
            assert (news["library"], news["head"]) == (library, 1)


async def test_a_revoked_device_loses_its_streams_in_all_workers(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        served(tmp_path, database_url, workers=2) as server,
        httpx.AsyncClient(base_url=server.url, timeout=FEW_SECONDS) as client,
        AsyncExitStack() as streams,
    ):
        anna = await account_in(tmp_path, database_url)
        answers = []
        for _ in range(6):
            own = await streams.enter_async_context(httpx.AsyncClient(base_url=server.url))
            answers.append(
                await streams.enter_async_context(
                    own.stream("GET", "/v1/events", headers=anna.headers, timeout=FEW_SECONDS)
                )
            )
        await client.delete(f"/v1/devices/{anna.device_id}", headers=anna.headers)
        for answer in answers:
            text = (await answer.aread()).decode()
            assert "retry" not in text
        assert (await client.get("/v1/events", headers=anna.headers)).status_code == 401


@pytest.mark.parametrize("workers", [1, 2])
async def test_sigterm_drains(tmp_path: Path, workers: int) -> None:
    url = f"sqlite:///{tmp_path / 'server.sqlite3'}"
    async with (
        served(tmp_path, url, workers=workers) as server,
        httpx.AsyncClient(base_url=server.url, timeout=FEW_SECONDS) as client,
        client.stream("GET", "/v1/capabilities") as first,
    ):
        await first.aread()
        anna = await account_in(tmp_path, url)
        library = await library_of(client, anna)
        waiting = asyncio.create_task(
            client.get(f"/v1/libraries/{library}/changes?wait=50", headers=anna.headers)
        )
        chunk = bytes(100_000)
        name = hashlib.sha256(chunk).hexdigest()
        async with (
            raw_connection(server) as (reader, writer),
            client.stream("GET", "/v1/events", headers=anna.headers) as events,
        ):
            lines = events.aiter_lines()
            await next_event(lines)
            await send_head(
                writer,
                f"PUT /v1/chunks/{name} HTTP/1.1",
                "Host: sync.test",
                f"Authorization: Bearer {anna.token}",
                f"Content-Length: {len(chunk)}",
            )
            writer.write(chunk[:50_000])
            await writer.drain()
            await asyncio.sleep(0.5)
            server.stop()
            rest = [line async for line in lines]
            assert rest[-2].startswith("retry: ") and 1000 <= int(rest[-2][7:]) <= 5000
            page = await waiting
            assert (page.status_code, page.json()["items"]) == (200, [])
            with pytest.raises(OSError):
                await refused(server)
            writer.write(chunk[50_000:])
            await writer.drain()
            assert (await reader.readline()).startswith(b"HTTP/1.1 204")
        assert await asyncio.wait_for(server.process.wait(), FEW_SECONDS) in (0, -15)
    assert not [line for line in server.lines if line["level"] == "error"]


async def refused(server: Server) -> None:
    """Wait until nobody listens any more."""
    end = time.monotonic() + FEW_SECONDS
    while time.monotonic() < end:
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.close()
        await asyncio.sleep(0.1)


async def test_only_proxies_that_are_configured_say_who_asks(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'server.sqlite3'}"
    login = {"email": "nobody@example.org", "password": "wrong", "device_name": "x"}
    told = {"x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.1"}
    for proxies, scheme, last in (("", "http", 429), ("127.0.0.1", "https", 401)):
        strict = {"logins_per_minute_address": 3, "logins_per_minute": 100}
        (tmp_path / scheme).mkdir()
        async with (
            served(tmp_path / scheme, url, trusted_proxies=proxies, **strict) as server,
            httpx.AsyncClient(base_url=server.url) as client,
        ):
            made = await client.post("/v1/device-code", json={"device_name": "x"}, headers=told)
            assert made.json()["verification_uri"].startswith(f"{scheme}://127.0.0.1")
            statuses = []
            for number in range(4):
                forwarded = {**told, "x-forwarded-for": f"192.0.2.{number}"}
                answer = await client.post("/v1/login", json=login, headers=forwarded)
                statuses.append(answer.status_code)
            assert statuses == [401, 401, 401, last]


async def test_logs_tell_what_was_asked_and_not_by_whom(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'server.sqlite3'}"
    async with (
        served(tmp_path, url, log_level="DEBUG") as server,
        httpx.AsyncClient(base_url=server.url) as client,
    ):
        anna = await account_in(tmp_path, url)
        login = {"email": anna.email, "password": PASSWORD, "device_name": "Annas Telefon"}
        made = (await client.post("/v1/login", json=login)).json()
        await client.post("/v1/login", json={**login, "password": "a wrong password"})
        library = await library_of(client, anna)
        answer = await client.get(
            f"/v1/libraries/{library}/changes", headers=anna.headers, params={"cursor": "s3cret"}
        )
        text = json.dumps(server.lines)
        for secret in (
            *("anna@example.org", PASSWORD, "Annas Telefon", "Work", "s3cret", "127.0.0.1:"),
            *(made["token"], anna.token, "wrong password"),
        ):
            assert secret not in text, secret
        (line,) = [
            line
            for line in server.lines
            if line.get("request_id") == answer.headers["x-request-id"]
        ]
        assert line["route"] == "/v1/libraries/{library_id}/changes"
        assert (line["method"], line["status"]) == ("GET", 400)


async def test_metrics_have_a_port_of_their_own_and_add_the_workers_up(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'server.sqlite3'}"
    for workers in (1, 2):
        folder = tmp_path / str(workers)
        folder.mkdir()
        port = free_port()
        async with served(folder, url, workers=workers, metrics_port=port) as server:
            for _ in range(10):
                async with httpx.AsyncClient(base_url=server.url) as client:
                    await client.get("/v1/capabilities")
                    assert (await client.get("/metrics")).status_code == 404
            async with httpx.AsyncClient() as client:
                told = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
        assert (
            'whisper_sync_requests_total{method="GET",route="/v1/capabilities",status="200"} 10.0'
            in told
        )
        assert "whisper_sync_listeners 0.0" in told


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
