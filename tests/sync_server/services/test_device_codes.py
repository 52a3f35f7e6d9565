"""Device codes as RFC 8628 has them: asked for, typed in, approved, fetched once."""

from __future__ import annotations

import asyncio
import re
import uuid

import pytest
from sqlalchemy import select

from sync_server.database import Database
from sync_server.errors import Forbidden, Invalid, NotFound, Unavailable
from sync_server.protocol import DeviceTokenProblem, LoggedIn
from sync_server.services import device_codes as module
from sync_server.services import devices as devices_module
from sync_server.services.device_codes import EXPIRES_IN, INTERVAL, DeviceCodes
from sync_server.tables import device, device_code
from tests.sync_server.services.account_server import EMAIL, AccountServer

PENDING = DeviceTokenProblem.AUTHORIZATION_PENDING
SLOW_DOWN = DeviceTokenProblem.SLOW_DOWN


@pytest.fixture(name="server")
def fixture_server(database: Database) -> AccountServer:
    return AccountServer(database)


@pytest.fixture(name="account_id")
async def fixture_account_id(server: AccountServer) -> uuid.UUID:
    return await server.add()


async def test_an_approved_device_gets_its_token_once(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    started = await server.codes.start("Ada\u2019s laptop")
    assert (started.expires_in, started.interval) == (600, 5)
    assert await server.codes.poll(started.device_code) is PENDING
    assert await server.codes.look_up(started.user_code) == "Ada\u2019s laptop"
    await server.codes.approve(account_id, started.user_code)
    made = await server.codes.poll(started.device_code)
    assert isinstance(made, LoggedIn) and made.user_id == account_id
    assert (await server.devices.authorize(made.token)).device_id == made.device_id
    assert [one.name for one in await server.devices.all_of(account_id)] == ["Ada\u2019s laptop"]
    again = await server.codes.poll(started.device_code)
    assert again is DeviceTokenProblem.INVALID_GRANT
    assert await server.events(account_id) == ["device_added", "signed_up"]


async def test_a_token_asked_for_twice_at_the_same_moment_is_given_once(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    started = await server.codes.start("laptop")
    await server.codes.approve(account_id, started.user_code)
    answers = await asyncio.gather(*(server.codes.poll(started.device_code) for _ in range(4)))
    assert answers.count(DeviceTokenProblem.INVALID_GRANT) == 3
    assert await server.count(device) == 1


async def test_codes_have_letters_that_make_no_words(server: AccountServer) -> None:
    started = [await server.codes.start("laptop") for _ in range(20)]
    pattern = re.compile("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}")
    assert all(pattern.fullmatch(one.user_code) for one in started)
    assert len({one.user_code for one in started}) == 20
    assert all(len(one.device_code) == 43 for one in started)


async def test_only_the_hash_of_a_device_code_is_kept(server: AccountServer) -> None:
    started = await server.codes.start("laptop")
    async with server.database.read() as connection:
        row = (await connection.execute(select(device_code))).one()
    assert started.device_code not in map(str, row)


async def test_a_code_is_found_however_it_is_typed(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    codes = DeviceCodes(
        server.database, server.audit, server.clock, new_user_code=lambda: "BCDFGHJK"
    )
    assert (await codes.start("laptop")).user_code == "BCDF-GHJK"
    for typed in ("BCDF-GHJK", "bcdfghjk", " bcdf ghjk\n", "BCDF\u2013GHJK"):
        assert await codes.look_up(typed) == "laptop"
    for typed in ("", "BCDF", "BCDF-GHJKL", "BCDF-GHJJ", "\x00\ud800"):
        assert await codes.look_up(typed) is None
        with pytest.raises(NotFound):
            await codes.approve(account_id, typed)


async def test_asking_too_often_is_slowed_down_more_and_more(server: AccountServer) -> None:
    started = await server.codes.start("laptop")
    answers = []
    for seconds in (0, 4, 9, 14.6, 20, 13, 20):
        server.clock.turn(seconds)
        answers.append(await server.codes.poll(started.device_code))
    # Intervals asked for: any, 5, 10, 15, 15, 15, 20; the network may take half a second off.
    assert answers == [PENDING, SLOW_DOWN, SLOW_DOWN, PENDING, PENDING, SLOW_DOWN, PENDING]


async def test_whoever_was_approved_need_not_wait(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    started = await server.codes.start("laptop")
    await server.codes.poll(started.device_code)
    await server.codes.approve(account_id, started.user_code)
    assert isinstance(await server.codes.poll(started.device_code), LoggedIn)


async def test_a_clock_that_was_set_back_slows_nobody_down(server: AccountServer) -> None:
    started = await server.codes.start("laptop")
    await server.codes.poll(started.device_code)
    server.clock.turn(days=-30)
    assert await server.codes.poll(started.device_code) is PENDING
    server.clock.turn(seconds=INTERVAL)
    assert await server.codes.poll(started.device_code) is PENDING


async def test_a_code_ends_even_if_it_was_approved(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    started, approved = await server.codes.start("one"), await server.codes.start("two")
    await server.codes.approve(account_id, approved.user_code)
    server.clock.turn(seconds=EXPIRES_IN)
    for code in (started, approved):
        assert await server.codes.poll(code.device_code) is DeviceTokenProblem.EXPIRED_TOKEN
        assert await server.codes.look_up(code.user_code) is None
        with pytest.raises(NotFound):
            await server.codes.approve(account_id, code.user_code)
    assert await server.count(device) == 0
    assert await server.codes.purge() == 2
    assert await server.codes.poll(started.device_code) is DeviceTokenProblem.INVALID_GRANT


async def test_what_was_never_given_out_is_no_grant(server: AccountServer) -> None:
    for code in ("", "guessed", "\ud800"):
        assert await server.codes.poll(code) is DeviceTokenProblem.INVALID_GRANT


async def test_a_denied_device_hears_so(server: AccountServer, account_id: uuid.UUID) -> None:
    started = await server.codes.start("laptop")
    await server.codes.deny(account_id, started.user_code)
    assert await server.codes.poll(started.device_code) is DeviceTokenProblem.ACCESS_DENIED
    assert await server.codes.look_up(started.user_code) is None
    with pytest.raises(NotFound):
        await server.codes.approve(account_id, started.user_code)
    with pytest.raises(NotFound):
        await server.codes.deny(account_id, started.user_code)
    assert await server.events(account_id) == ["device_denied", "signed_up"]


async def test_a_code_is_approved_by_one_person_only(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    other_id = await server.add("bob@example.org")
    started = await server.codes.start("laptop")
    results = await asyncio.gather(
        *(server.codes.approve(one, started.user_code) for one in (account_id, other_id)),
        return_exceptions=True,
    )
    assert [type(result) for result in results].count(NotFound) == 1
    made = await server.codes.poll(started.device_code)
    assert isinstance(made, LoggedIn)
    assert made.user_id == (account_id, other_id)[results.index(None)]


async def test_an_account_that_was_disabled_since_gets_no_device(
    server: AccountServer, account_id: uuid.UUID
) -> None:
    started = await server.codes.start("laptop")
    await server.codes.approve(account_id, started.user_code)
    await server.accounts.set_disabled(EMAIL, True)
    assert await server.codes.poll(started.device_code) is DeviceTokenProblem.ACCESS_DENIED
    assert await server.count(device) == 0


async def test_an_account_full_of_devices_gets_no_more(
    server: AccountServer, account_id: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices_module, "MAX_DEVICES", 1)
    late, later = await server.codes.start("late"), await server.codes.start("later")
    await server.codes.approve(account_id, late.user_code)
    await server.log_in()
    assert await server.codes.poll(late.device_code) is DeviceTokenProblem.ACCESS_DENIED
    with pytest.raises(Forbidden):
        await server.codes.approve(account_id, later.user_code)
    assert await server.codes.look_up(later.user_code) == "later"


async def test_letters_that_are_taken_are_drawn_again(server: AccountServer) -> None:
    drawn = iter(["BBBBBBBB", "BBBBBBBB", "CCCCCCCC"] + ["CCCCCCCC"] * 5)
    codes = DeviceCodes(
        server.database, server.audit, server.clock, new_user_code=lambda: next(drawn)
    )
    started = [await codes.start("laptop") for _ in range(2)]
    assert [one.user_code for one in started] == ["BBBB-BBBB", "CCCC-CCCC"]
    with pytest.raises(Unavailable):
        await codes.start("laptop")


async def test_codes_do_not_pile_up(server: AccountServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MAX_PENDING", 2)
    for _ in range(2):
        await server.codes.start("laptop")
    with pytest.raises(Unavailable):
        await server.codes.start("laptop")
    server.clock.turn(seconds=EXPIRES_IN)
    await server.codes.start("laptop")
    assert await server.count(device_code) == 1


async def test_a_device_without_a_name_gets_no_code(server: AccountServer) -> None:
    with pytest.raises(Invalid):
        await server.codes.start(" \x00")
