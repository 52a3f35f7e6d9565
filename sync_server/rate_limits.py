"""Rate limits: of devices that sync, and of everyone who guesses passwords.

They are counted in Redis where one is configured, and in this process otherwise. When a Redis that
is configured doesn't answer, devices sync without a limit, and passwords are limited in-process.
"""

from __future__ import annotations

import hashlib
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from uuid import UUID

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.storage import RedisStorage, Storage
from limits.aio.strategies import FixedWindowRateLimiter
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from sync_server.errors import RateLimited

logger = logging.getLogger(__name__)

_REDIS_SECONDS = 0.5
"""How long a request waits for Redis."""
_RETRY_SECONDS = 5.0
"""How long a Redis that didn't answer is left alone."""
_SWEEP_FROM = 10_000
_V6_NETWORK = 64
"""Bits of an IPv6 address that say who somebody is; the rest one household draws at will."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How much is allowed."""

    requests_per_minute: int
    logins_per_minute: int
    logins_per_minute_address: int
    sign_ups_per_hour: int


class SteadyStorage(Storage):
    """Counters in this process, by a clock that is never set; that of `limits` trusts the wall."""

    STORAGE_SCHEME = ["steady"]

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._counters: dict[str, tuple[int, float]] = {}

    @property
    def base_exceptions(self) -> type[Exception]:
        """Nothing of its own can go wrong."""
        return ValueError

    async def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count, and begin a window of `expiry` seconds if there is none."""
        now = self._clock()
        count, end = self._counters.get(key, (0, 0.0))
        if end <= now:
            count, end = 0, now + expiry
            if len(self._counters) >= _SWEEP_FROM:
                self._sweep(now)
        self._counters[key] = (count + amount, end)
        return count + amount

    async def get(self, key: str) -> int:
        """Return the count of the window that is open."""
        count, end = self._counters.get(key, (0, 0.0))
        return count if end > self._clock() else 0

    async def get_expiry(self, key: str) -> float:
        """Return when the window ends; seconds since 1970."""
        _, end = self._counters.get(key, (0, 0.0))
        return time.time() + max(0.0, end - self._clock())

    async def check(self) -> bool:
        """Tell that it works."""
        return True

    async def reset(self) -> int:
        """Forget everything."""
        forgotten = len(self._counters)
        self._counters.clear()
        return forgotten

    async def clear(self, key: str) -> None:
        """Forget one counter."""
        self._counters.pop(key, None)

    def _sweep(self, now: float) -> None:
        self._counters = {key: kept for key, kept in self._counters.items() if kept[1] > now}


class RateLimits:
    """Count what is asked for, and refuse what is too much; every method raises `RateLimited`."""

    def __init__(self, rates: Rates, redis_url: str | None = None) -> None:
        self._requests = RateLimitItemPerMinute(rates.requests_per_minute)
        self._logins = RateLimitItemPerMinute(rates.logins_per_minute)
        self._logins_address = RateLimitItemPerMinute(rates.logins_per_minute_address)
        self._sign_ups = RateLimitItemPerHour(rates.sign_ups_per_hour)
        self._here = FixedWindowRateLimiter(SteadyStorage())
        self._pool = _pool(redis_url) if redis_url else None
        self._redis = _redis_limiter(self._pool, redis_url) if self._pool and redis_url else None
        self._silent_until = 0.0

    async def request(self, device_id: UUID) -> None:
        """Count a request of a device."""
        await self._count(self._requests, f"device:{device_id.hex}", is_guess=False)

    async def anonymous(self, address: str) -> None:
        """Count a request of somebody who showed no token."""
        await self._count(self._requests, f"address:{_network(address)}", is_guess=False)

    async def login(self, address: str, email: str) -> None:
        """Count a password attempt, by where it comes from and by the account it is for."""
        await self._count(self._logins_address, f"login:{_network(address)}", is_guess=True)
        await self._count(self._logins, f"login:{_hidden(email)}", is_guess=True)

    async def password(self, account_id: UUID) -> None:
        """Count a password that somebody who is logged in was asked for again."""
        await self._count(self._logins, f"password:{account_id.hex}", is_guess=True)

    async def device_code(self, address: str) -> None:
        """Count a device that asks for a code."""
        await self._count(self._logins, f"code:{_network(address)}", is_guess=True)

    async def user_code(self, account_id: UUID) -> None:
        """Count a code that somebody typed."""
        await self._count(self._logins, f"user-code:{account_id.hex}", is_guess=True)

    async def sign_up(self, address: str) -> None:
        """Count a sign-up."""
        await self._count(self._sign_ups, f"sign-up:{_network(address)}", is_guess=True)

    async def close(self) -> None:
        """Close the connections to Redis."""
        if self._pool is not None:
            await self._pool.disconnect()

    async def _count(self, item: RateLimitItem, key: str, *, is_guess: bool) -> None:
        """Count where it is counted now; guesses are counted even if Redis is down."""
        if self._redis is None:
            await _hit(self._here, item, key)
            return
        if time.monotonic() >= self._silent_until:
            try:
                await _hit(self._redis, item, key)
                return
            except (RedisError, OSError) as exc:
                # TimeoutError is an OSError.
                self._silent_until = time.monotonic() + _RETRY_SECONDS
                logger.warning("Redis does not count: %s", type(exc).__name__)
        if is_guess:
            await _hit(self._here, item, key)


async def _hit(limiter: FixedWindowRateLimiter, item: RateLimitItem, key: str) -> None:
    if await limiter.hit(item, key):
        return
    window = await limiter.get_window_stats(item, key)
    wait = max(1, math.ceil(window.reset_time - time.time()))
    raise RateLimited("too many requests", min(wait, item.get_expiry()))


def _pool(url: str) -> ConnectionPool:
    return ConnectionPool.from_url(
        url, socket_timeout=_REDIS_SECONDS, socket_connect_timeout=_REDIS_SECONDS
    )


def _redis_limiter(pool: ConnectionPool, url: str) -> FixedWindowRateLimiter:
    # `limits` knows Redis on a socket by a scheme of its own.
    uri = f"redis+{url}" if url.startswith("unix:") else url
    storage = RedisStorage(
        uri,
        implementation="redispy",
        key_prefix="whisper-transcriber",
        connection_pool=pool,  # type: ignore[arg-type]  # documented, but not annotated so
    )
    return FixedWindowRateLimiter(storage)


def _network(address: str) -> str:
    """Return whom an address stands for, unreadably."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return _hidden(address)
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is None:
            return _hidden(str(ip_network((parsed, _V6_NETWORK), strict=False)))
        parsed = parsed.ipv4_mapped
    return _hidden(str(parsed))


def _hidden(name: str) -> str:
    """Return a stand-in for what must not stand in Redis in clear."""
    return hashlib.sha256(name.strip().lower().encode()).hexdigest()[:32]
