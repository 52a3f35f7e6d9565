"""A running server clears away by itself, again and again, whatever goes wrong meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from sync_server.assembly import Services, services_of
from sync_server.housekeeping import FIRST, INTERVAL, keep_house
from sync_server.migrations import Migrations
from sync_server.settings import load_settings
from sync_server.tables import invite


@pytest.fixture(name="services")
async def fixture_services(database_url: str, tmp_path: Path) -> AsyncIterator[Services]:
    """Services over each kind of database."""
    await Migrations().upgrade(database_url)
    services = services_of(load_settings({"data_dir": tmp_path, "database_url": database_url}))
    yield services
    await services.close()


async def _add_expired_invite(services: Services) -> None:
    row = {"hash": bytes(32), "created_at": 0, "expires_at": 1}
    async with services.database.write() as connection:
        await connection.execute(insert(invite).values(row))


async def _invites(services: Services) -> int:
    async with services.database.read() as connection:
        return int(
            (await connection.execute(select(func.count()).select_from(invite))).scalar_one()
        )


async def test_a_running_server_clears_away_again_and_again(services: Services) -> None:
    waited: list[float] = []
    left: list[int] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)
        left.append(await _invites(services))
        if len(waited) == 3:
            raise asyncio.CancelledError
        await _add_expired_invite(services)

    with pytest.raises(asyncio.CancelledError):
        await keep_house(services, wait)
    assert left == [0, 0, 0]
    assert FIRST[0] <= waited[0] <= FIRST[1]
    assert waited[1:] == [INTERVAL, INTERVAL]


async def test_a_round_that_fails_is_not_the_last(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = 0

    async def fail(_services: Services) -> None:
        nonlocal rounds
        rounds += 1
        raise SQLAlchemyError("away")

    async def wait(_seconds: float) -> None:
        if rounds == 2:
            raise asyncio.CancelledError

    monkeypatch.setattr("sync_server.housekeeping.collect_garbage", fail)
    with pytest.raises(asyncio.CancelledError):
        await keep_house(services, wait)
