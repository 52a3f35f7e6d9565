"""Tokens: one takes another's place, and for a while both are good."""

from __future__ import annotations

import asyncio

import pytest

from sync_server.database import Database
from sync_server.errors import Unauthorized
from sync_server.services.caller import Caller
from sync_server.services.tokens import OVERLAP, new_secret, secret_hash
from sync_server.tables import token
from tests.sync_server.services.account_server import AccountServer


@pytest.fixture(name="server")
async def fixture_server(database: Database) -> AccountServer:
    server = AccountServer(database)
    await server.add()
    return server


async def good(server: AccountServer, *tokens: str) -> list[bool]:
    """Tell which tokens are taken."""
    answers = []
    for shown in tokens:
        try:
            await server.devices.authorize(shown)
            answers.append(True)
        except Unauthorized:
            answers.append(False)
    return answers


def test_a_secret_has_256_bits_and_needs_no_quoting() -> None:
    drawn = {new_secret() for _ in range(100)}
    assert len(drawn) == 100
    assert all(len(one) == 43 and one.replace("-", "").replace("_", "").isalnum() for one in drawn)
    assert secret_hash("a").hex().startswith("ca978112ca1bbdca")


async def test_a_replaced_token_goes_on_for_the_overlap(server: AccountServer) -> None:
    old = (await server.log_in()).token
    caller = await server.devices.authorize(old)
    made = await server.devices.rotate(caller, old)
    assert made.overlap == OVERLAP
    assert await good(server, old, made.token) == [True, True]
    server.clock.turn(seconds=OVERLAP - 0.001)
    assert await good(server, old, made.token) == [True, True]
    server.clock.turn(seconds=0.001)
    assert await good(server, old, made.token) == [False, True]
    assert await server.devices.purge() == 1
    assert await server.count(token) == 1
    server.clock.turn(days=1000)
    assert await good(server, made.token) == [True]


async def test_a_lost_answer_is_asked_for_again_and_leaves_no_token_behind(
    server: AccountServer,
) -> None:
    old = (await server.log_in()).token
    caller = await server.devices.authorize(old)
    lost = await server.devices.rotate(caller, old)
    server.clock.turn(seconds=OVERLAP / 2)
    got = await server.devices.rotate(caller, old)
    server.clock.turn(seconds=OVERLAP / 2)
    assert await good(server, old, lost.token, got.token) == [False, True, True]
    server.clock.turn(seconds=OVERLAP / 2)
    assert await good(server, lost.token, got.token) == [False, True]


async def test_rotations_at_the_same_moment_leave_one_lasting_token(
    server: AccountServer,
) -> None:
    old = (await server.log_in()).token
    caller = await server.devices.authorize(old)
    made = await asyncio.gather(*(server.devices.rotate(caller, old) for _ in range(4)))
    server.clock.turn(seconds=OVERLAP)
    assert sorted(await good(server, old, *(one.token for one in made))) == [False] * 4 + [True]


async def test_a_token_is_replaced_only_by_the_device_it_belongs_to(
    server: AccountServer,
) -> None:
    mine, other = await server.log_in(), await server.log_in()
    caller = Caller(mine.user_id, mine.device_id)
    for shown in (other.token, "wts_guessed", ""):
        with pytest.raises(Unauthorized):
            await server.devices.rotate(caller, shown)
    await server.devices.rotate(caller, mine.token)
    server.clock.turn(seconds=OVERLAP)
    with pytest.raises(Unauthorized):
        await server.devices.rotate(caller, mine.token)
    await server.devices.revoke(mine.user_id, other.device_id)
    with pytest.raises(Unauthorized):
        await server.devices.rotate(Caller(other.user_id, other.device_id), other.token)
    assert await good(server, mine.token, other.token) == [False, False]
