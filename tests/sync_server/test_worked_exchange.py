"""docs/sync.md says what the server does: its exchange is played, its tables are compared."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import msgspec
import pytest

from sync_server import errors
from sync_server.app import application, services_of
from sync_server.assembly import Services
from sync_server.clock import SECOND_MS
from sync_server.errors import ServerError
from sync_server.migrations import Migrations
from sync_server.protocol import (
    Batch,
    BatchResults,
    DeviceTokenProblem,
    ErrorCode,
    Limits,
    Page,
    Result,
    body_hash,
    item_digest,
    set_digest,
    show_digest,
)
from sync_server.routes.contract import contract_of
from sync_server.settings import load_settings
from tests.sync_server.worked_exchange import DOCUMENT, Player, Step, steps

EMAIL, PASSWORD = "ada@example.org", "a loom of her own"
TEXT = DOCUMENT.read_text(encoding="utf-8")
START = 1_700_000_000_000


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> int:
        return self.now


@dataclass(frozen=True, slots=True)
class Played:
    """A server with an account, and who talks to it."""

    services: Services
    clock: HandClock
    player: Player


@asynccontextmanager
async def serving(database_url: str, data_dir: Path) -> AsyncIterator[Played]:
    """Give a server over a database."""
    await Migrations().upgrade(database_url)
    settings = load_settings({"data_dir": data_dir, "database_url": database_url})
    clock = HandClock()
    services = services_of(settings, clock)
    app = application(services)
    async with app.lifespan():
        await services.accounts.add(EMAIL, PASSWORD)
        transport = httpx.ASGITransport(app)  # type: ignore[arg-type]  # ASGI as Litestar types it
        async with httpx.AsyncClient(transport=transport, base_url="http://server") as client:
            yield Played(services, clock, Player(client))


async def _play_all(played: Played) -> None:
    for step in steps():
        await played.player.play(step)
        if DeviceTokenProblem.AUTHORIZATION_PENDING in step.answer:
            account = await played.services.accounts.find(EMAIL)
            user_code = played.player.known["user code"]
            await played.services.device_codes.approve(account, user_code)
            played.clock.now += 5 * SECOND_MS


async def test_the_worked_exchange_goes_as_it_is_written(database_url: str, tmp_path: Path) -> None:
    async with serving(database_url, tmp_path) as played:
        await _play_all(played)
    assert len(steps()) >= 18


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"seq": 3}', '"seq": 9}'),
        ('"head": 5', '"head": 6'),
        ("401 Unauthorized", "404 Not Found"),
        ('"interval": 5', '"interval": 5, "colour": "blue"'),
        ('"blobs": [], "device_id": "<laptop>"', '"blobs": [], "device_id": "<user>"'),
    ],
)
async def test_a_page_that_says_otherwise_is_caught(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, right: str, wrong: str
) -> None:
    changed = tmp_path / "sync.md"
    assert right in TEXT
    changed.write_text(TEXT.replace(right, wrong), encoding="utf-8")
    monkeypatch.setattr("tests.sync_server.worked_exchange.DOCUMENT", changed)
    async with serving(database_url, tmp_path) as played:
        with pytest.raises(AssertionError):
            await _play_all(played)


def _pages() -> list[Step]:
    return [step for step in steps() if '"digest"' in step.answer]


@pytest.mark.parametrize("step", _pages(), ids=lambda step: step.path)
def test_the_digests_are_those_of_the_rule(step: Step) -> None:
    written = json.loads(step.answer.replace("<library>", "").replace("<laptop>", "0" * 32))
    page = msgspec.convert(written, Page, builtin_types=[])
    parts = (item_digest(i.item_id, i.seq, i.deleted, body_hash(i.body)) for i in page.items)
    assert show_digest(set_digest(parts)) == page.digest


def test_the_bodies_are_what_the_page_says_they_are() -> None:
    shown = re.findall(r"^```json\n(.*?)\n```$", TEXT, re.MULTILINE | re.DOTALL)
    first = json.loads(_batches()[0].body)["ops"][0]
    chunks = [step for step in steps() if step.path.startswith("/v1/chunks/")]
    sent = [base64.b64decode(step.body.removeprefix("base64 ")) for step in chunks]
    bodies = [base64.b64decode(first["body"]), *sent]
    assert [zlib.decompress(body).decode() for body in bodies] == shown
    for plain in shown:
        value = json.loads(plain)
        assert plain == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert first["blobs"] == [hashlib.sha256(blob).hexdigest() for blob in sent]


def _batches() -> list[Step]:
    return [step for step in steps() if step.path.endswith("/batches")]


def test_the_structures_of_the_protocol_read_the_exchange() -> None:
    assert _batches()
    for step in _batches():
        msgspec.json.decode(step.body, type=Batch)
        msgspec.json.decode(step.answer, type=BatchResults)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _table(title: str) -> list[list[str]]:
    """Return the rows of the table whose first column has this title, ticks taken off."""
    lines = TEXT.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {title} |"))
    rows: list[list[str]] = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            return rows
        rows.append([cell.replace("`", "") for cell in _cells(line)])
    return rows


def test_the_page_lists_every_error_with_its_status() -> None:
    statuses = {
        kind.code.value: str(kind.status)
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, ServerError)
    }
    assert {row[0]: row[1] for row in _table("code")} == statuses
    assert set(statuses) == {code.value for code in ErrorCode}


def test_the_page_lists_every_limit() -> None:
    limits = msgspec.to_builtins(Limits())
    assert {row[0]: int(row[1]) for row in _table("limit")} == limits


def test_the_page_lists_every_result_of_an_operation() -> None:
    listed = {name.strip() for row in _table("status") for name in row[0].split(",")}
    assert listed == {kind.__struct_config__.tag for kind in Result.__args__}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_page_lists_every_route(database_url: str, tmp_path: Path) -> None:
    settings = load_settings({"data_dir": tmp_path, "database_url": database_url})
    services = services_of(settings)
    there = {
        (method, re.sub(r"\{[^}]*\}", "{}", route.path))
        for route in application(services).routes
        for handler in getattr(route, "route_handlers", ())
        if contract_of(handler) is not None
        for method in handler.http_methods
        if method != "OPTIONS"
    }
    await services.close()
    listed = set()
    for row in _table("route"):
        methods: list[str] = []
        for word in re.split(r"[\s,]+|and", row[0]):
            if word.isupper():
                methods.append(word)
            elif word.startswith("/v1"):
                path = re.sub(r"\{[^}]*\}", "{}", word.partition("?")[0])
                listed |= {(method, path) for method in methods}
                methods = []
    assert listed == there
