"""Devices: each with a token of its own, gone at once when it is revoked."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from sync_server.clock import shown
from sync_server.database import Database
from sync_server.errors import Forbidden, Invalid, NotFound, Unauthorized
from sync_server.protocol import Device
from sync_server.services import devices as module
from sync_server.services.caller import Caller
from sync_server.services.devices import REVOKED_KEPT_DAYS
from sync_server.tables import device, token
from tests.sync_server.services.account_server import EMAIL, PASSWORD, START_MS, AccountServer


@pytest.fixture(name="server")
def fixture_server(database: Database) -> AccountServer:
    return AccountServer(database)


@pytest.fixture(name="account_id")
async def fixture_account_id(server: AccountServer) -> uuid.UUID:
    return await server.add()


async def last_seen(server: AccountServer) -> int:
    async with server.database.read() as connection:
        return int((await connection.execute(select(device.c.last_seen_at))).scalar_one())


async def test_a_token_says_who_asks(server: AccountServer, account_id: uuid.UUID) -> None:
    made = await server.log_in("ADA@Example.org")
    assert made.token.startswith("wts_") and len(made.token) >= 47
    assert made.user_id == account_id
    assert await server.devices.authorize(made.token) == Caller(account_id, made.device_id)
    assert made.token != (await server.log_in()).token


async def test_who_does_not_know_the_password_gets_no_device(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    with pytest.raises(Unauthorized):
        await server.devices.log_in(EMAIL, "wrong password", "laptop")
    with pytest.raises(Invalid):
        await server.devices.log_in(EMAIL, PASSWORD, " ")
    assert await server.devices.all_of(account_id) == []


async def test_only_the_hash_of_a_token_is_kept(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    made = await server.log_in()
    async with server.database.read() as connection:
        row = (await connection.execute(select(token))).one()
    assert made.token.encode() not in row.hash and made.user_id == account_id


async def test_whatever_is_wrong_with_a_token_is_answered_alike(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    revoked, expired, disabled = [
        await server.log_in(),
        await server.log_in(),
        (
            await server.devices.log_in("off@example.org", PASSWORD, "laptop")
            if await server.add("off@example.org")
            else None
        ),
    ]
    assert revoked and expired and disabled
    await server.devices.revoke(account_id, revoked.device_id)
    caller = await server.devices.authorize(expired.token)
    await server.devices.rotate(caller, expired.token)
    server.clock.turn(seconds=600)
    await server.accounts.set_disabled("off@example.org", True)
    answers = set()
    for shown_token in (revoked.token, expired.token, disabled.token, "", "wts_x", "\ud800"):
        with pytest.raises(Unauthorized) as refused:
            await server.devices.authorize(shown_token)
        answers.add(refused.value.detail)
    assert len(answers) == 1


async def test_an_account_that_is_enabled_again_keeps_its_devices(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    made = await server.log_in()
    caller = Caller(account_id, made.device_id)
    await server.accounts.set_disabled(EMAIL, True)
    assert not await server.devices.is_live(caller)
    await server.accounts.set_disabled(EMAIL, False)
    assert await server.devices.is_live(caller)
    assert await server.devices.authorize(made.token) == caller


async def test_devices_are_listed_oldest_first(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    await server.add("bob@example.org")
    await server.log_in("bob@example.org")
    first = await server.log_in(device_name=" Ada\u2019s laptop\n")
    server.clock.turn(seconds=60)
    second = await server.log_in(device_name="phone")
    caller = Caller(account_id, second.device_id)
    then, now = shown(START_MS), shown(START_MS + 60_000)
    assert await server.devices.of_account(caller) == [
        Device(first.device_id, "Ada\u2019s laptop", then, then, False),
        Device(second.device_id, "phone", now, now, True),
    ]
    assert not any(listed.is_current for listed in await server.devices.all_of(account_id))
    await server.devices.revoke(account_id, first.device_id)
    assert [listed.name for listed in await server.devices.all_of(account_id)] == ["phone"]


async def test_a_device_is_renamed(server: AccountServer, account_id: uuid.UUID) -> None:
    made = await server.log_in()
    await server.devices.rename(account_id, made.device_id, " desk\x00top")
    assert [listed.name for listed in await server.devices.all_of(account_id)] == ["desktop"]
    with pytest.raises(Invalid):
        await server.devices.rename(account_id, made.device_id, "")


async def test_a_revoked_device_is_out_at_once(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    made, other = await server.log_in(), await server.log_in()
    caller = await server.devices.authorize(made.token)
    newer = await server.devices.rotate(caller, made.token)
    assert await server.devices.is_live(caller)
    await server.devices.revoke(account_id, made.device_id)
    assert server.revoked == [caller]
    assert not await server.devices.is_live(caller)
    for lost in (made.token, newer.token):
        with pytest.raises(Unauthorized):
            await server.devices.authorize(lost)
    assert (await server.devices.authorize(other.token)).device_id == other.device_id
    assert await server.count(token) == 1


async def test_the_devices_of_others_are_not_there(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    mine = await server.log_in()
    revoked = await server.log_in()
    await server.devices.revoke(account_id, revoked.device_id)
    stranger = await server.add("bob@example.org")
    answers = set()
    for owner, device_id in (
        (stranger, mine.device_id),
        (account_id, uuid.uuid4()),
        (account_id, revoked.device_id),
    ):
        with pytest.raises(NotFound) as refused:
            await server.devices.rename(owner, device_id, "mine now")
        answers.add(refused.value.detail)
        with pytest.raises(NotFound) as refused:
            await server.devices.revoke(owner, device_id)
        answers.add(refused.value.detail)
        assert not await server.devices.is_live(Caller(owner, device_id))
    assert len(answers) == 1
    assert (await server.devices.all_of(account_id))[0].name == "laptop"
    assert len(server.revoked) == 1


async def test_when_a_device_was_seen_is_written_once_an_hour(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    made = await server.log_in()
    for seconds, expected in ((3599, 0), (1, 3600), (3599, 3600), (1, 7200), (-7200, 7200)):
        server.clock.turn(seconds)
        assert (await server.devices.authorize(made.token)).account_id == account_id
        assert await last_seen(server) == START_MS + expected * 1000


async def test_an_account_has_so_many_devices_and_no_more(
    server: AccountServer, account_id: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_DEVICES", 2)
    first, _ = await server.log_in(), await server.log_in()
    with pytest.raises(Forbidden):
        await server.log_in()
    await server.devices.revoke(account_id, first.device_id)
    await server.log_in()


async def test_what_happens_to_devices_is_noted(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    made = await server.log_in()
    caller = Caller(account_id, made.device_id)
    server.clock.turn(seconds=1)
    await server.devices.rename(account_id, made.device_id, "desktop")
    server.clock.turn(seconds=1)
    await server.devices.rotate(caller, made.token)
    server.clock.turn(seconds=1)
    await server.devices.revoke(account_id, made.device_id)
    noted = [one.event for one in await server.noted(account_id) if one.device_id]
    assert noted == ["device_added", "device_renamed", "token_rotated", "device_revoked"]


async def test_devices_revoked_long_ago_are_removed(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    gone, stays = await server.log_in(), await server.log_in()
    await server.devices.revoke(account_id, gone.device_id)
    server.clock.turn(days=REVOKED_KEPT_DAYS, seconds=-1)
    assert await server.devices.purge() == 0
    server.clock.turn(seconds=1)
    assert await server.devices.purge() == 1
    async with server.database.read() as connection:
        assert (await connection.execute(select(device.c.id))).scalar_one() == stays.device_id
