"""Rate limits: what is counted where, and what happens when Redis is not there."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator

import httpx
import pytest

from sync_server.app import application
from sync_server.assembly import Services
from sync_server.errors import RateLimited
from sync_server.rate_limits import RateLimits, Rates, SteadyStorage
from tests.sync_server.real_servers import RedisServer
from tests.sync_server.routes.conftest import PASSWORD, Account

RATES = Rates(
    requests_per_minute=5, logins_per_minute=3, logins_per_minute_address=6, sign_ups_per_hour=2
)


@pytest.fixture(name="limits", params=["in-process", "redis"])
async def fixture_limits(request: pytest.FixtureRequest) -> AsyncIterator[RateLimits]:
    if request.param == "redis":
        server: RedisServer = request.getfixturevalue("redis_server")
        limits = RateLimits(RATES, server.url)
    else:
        limits = RateLimits(RATES)
    yield limits
    await limits.close()


async def test_a_device_is_limited_and_no_other(limits: RateLimits) -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    for _ in range(5):
        await limits.request(one)
    with pytest.raises(RateLimited) as refused:
        await limits.request(one)
    assert 1 <= refused.value.retry_after <= 60
    await limits.request(other)


async def test_logins_are_limited_by_account_wherever_they_come_from(limits: RateLimits) -> None:
    for number in range(3):
        await limits.login(f"192.0.2.{number}", "anna@example.org")
    with pytest.raises(RateLimited):
        await limits.login("192.0.2.9", " Anna@Example.org ")
    await limits.login("192.0.2.9", "berta@example.org")


async def test_logins_are_limited_by_address_whomever_they_are_for(limits: RateLimits) -> None:
    for number in range(6):
        await limits.login("192.0.2.1", f"{number}@example.org")
    with pytest.raises(RateLimited):
        await limits.login("::ffff:192.0.2.1", "7@example.org")
    await limits.login("192.0.2.2", "7@example.org")


async def test_all_addresses_of_an_ipv6_network_are_one(limits: RateLimits) -> None:
    await limits.sign_up("2001:db8::1")
    await limits.sign_up("2001:db8::ffff:2")
    with pytest.raises(RateLimited):
        await limits.sign_up("2001:db8::3")
    await limits.sign_up("2001:db8:1::1")
    await limits.sign_up("no address")


async def test_without_redis_devices_are_free_and_passwords_are_counted_here(
    redis_server: RedisServer,
) -> None:
    limits = RateLimits(RATES, redis_server.url)
    device = uuid.uuid4()
    for _ in range(5):
        await limits.request(device)
    redis_server.kill()
    for _ in range(20):
        await limits.request(device)
    for _ in range(3):
        await limits.password(device)
    with pytest.raises(RateLimited):
        await limits.password(device)
    await limits.close()


async def test_workers_share_what_redis_counts(redis_server: RedisServer) -> None:
    workers = [RateLimits(RATES, redis_server.url) for _ in range(2)]
    device = uuid.uuid4()
    for number in range(5):
        await workers[number % 2].request(device)
    for worker in workers:
        with pytest.raises(RateLimited):
            await worker.request(device)
        await worker.close()


async def test_a_window_ends_by_a_clock_that_is_never_set() -> None:
    now = [100.0]
    storage = SteadyStorage(lambda: now[0])
    assert [await storage.incr("a", 60) for _ in range(2)] == [1, 2]
    now[0] += 59
    assert await storage.get("a") == 2
    now[0] += 1
    assert await storage.get("a") == 0
    assert await storage.incr("a", 60) == 1
    await storage.clear("a")
    assert await storage.get("a") == 0
    assert await storage.check() and await storage.reset() == 0


async def test_counters_that_ended_are_forgotten() -> None:
    now = [0.0]
    storage = SteadyStorage(lambda: now[0])
    for number in range(10_000):
        await storage.incr(str(number), 60)
    now[0] = 61.0
    await storage.incr("new", 60)
    assert await storage.reset() == 1


async def test_the_client_is_told_when_to_come_back(
    services: Services, client: httpx.AsyncClient, anna: Account
) -> None:
    limits = RateLimits(RATES)
    app = application(_with(services, limits))
    transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://sync.test") as strict:
        for _ in range(5):
            answer = await strict.get("/v1/libraries", headers=anna.headers)
            assert answer.status_code == 200
        answer = await strict.get("/v1/libraries", headers=anna.headers)
        assert (answer.status_code, answer.json()["code"]) == (429, "sync.rate_limited")
        assert 1 <= int(answer.headers["retry-after"]) <= 60
        login = {"email": anna.email, "password": PASSWORD, "device_name": "phone"}
        statuses = [(await strict.post("/v1/login", json=login)).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        for _ in range(3):
            answer = await strict.get("/v1/libraries", headers={"authorization": "Bearer x"})
        assert answer.status_code == 429
    assert (await client.get("/v1/libraries", headers=anna.headers)).status_code == 200


def _with(services: Services, limits: RateLimits) -> Services:
    fields = {name: getattr(services, name) for name in services.__dataclass_fields__}
    return Services(**fields | {"rate_limits": limits})
