"""Bring news from process to process through Redis; without it they only arrive later.

Handing over never waits and never fails: what is to be told stands in a small box, the latest of
each library, and a task of its own empties it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from sync_server.protocol import News

logger = logging.getLogger(__name__)

CHANNEL = "whisper-transcriber:news"
_TIMEOUT = 2.0
_SILENCE = 10.0
"""Seconds without a message after which Redis is asked whether it is still there."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
_MOST_WAITING = 10_000

_TROUBLE = (RedisError, OSError)


class Told(Struct, omit_defaults=True):
    """A message between processes."""

    sender: UUID
    account: UUID | None = None
    news: News | None = None
    revoked: UUID | None = None


class RedisRelay:
    """Tell the other processes, and hear them."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(
            url, socket_connect_timeout=_TIMEOUT, socket_timeout=_SILENCE + _TIMEOUT
        )
        self._id = uuid4()
        self._box: dict[object, Told] = {}
        self._is_filled = asyncio.Event()
        self.is_connected = False

    async def publish(self, account_id: UUID, news: News) -> None:
        """Hand on that a library has changed."""
        self._put(news.library, Told(self._id, account_id, news))

    def revoked(self, device_id: UUID) -> None:
        """Hand on that a device was revoked."""
        self._put(device_id, Told(self._id, revoked=device_id))

    async def run(self, take: Callable[[Told], None], on_connected: Callable[[], None]) -> None:
        """Tell and hear until it is canceled; `on_connected`: something may have been missed."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._tell())
                tasks.create_task(self._hear(take, on_connected))
        finally:
            self.is_connected = False
            await self._redis.aclose()

    def _put(self, key: object, told: Told) -> None:
        if len(self._box) < _MOST_WAITING:
            self._box[key] = told
            self._is_filled.set()

    async def _tell(self) -> None:
        while True:
            await self._is_filled.wait()
            self._is_filled.clear()
            box, self._box = self._box, {}
            try:
                for told in box.values():
                    await self._redis.publish(CHANNEL, msgspec.json.encode(told))
            except _TROUBLE as exc:
                # Lost: whoever listens elsewhere looks at the heads from time to time.
                logger.warning("Redis does not take news: %s", type(exc).__name__)
                await asyncio.sleep(_FIRST_PAUSE)

    async def _hear(self, take: Callable[[Told], None], on_connected: Callable[[], None]) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                async with self._redis.pubsub() as channel:
                    await channel.subscribe(CHANNEL)
                    self.is_connected = True
                    logger.info("Redis relays news")
                    pause = _FIRST_PAUSE
                    on_connected()
                    await self._listen(channel, take)
            except _TROUBLE as exc:
                if self.is_connected:
                    logger.warning("Redis no longer relays news: %s", type(exc).__name__)
                self.is_connected = False
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _listen(self, channel: PubSub, take: Callable[[Told], None]) -> None:
        """Take messages; raises when Redis is silent even after a ping."""
        is_asked = False
        while True:
            message = await channel.get_message(timeout=_SILENCE)
            if message is None:
                if is_asked:
                    raise TimeoutError("no answer to a ping")
                await channel.ping()
                is_asked = True
                continue
            is_asked = False
            if message["type"] == "message" and (told := _read(message["data"])) is not None:
                if told.sender != self._id:
                    take(told)


def _read(data: bytes) -> Told | None:
    try:
        return msgspec.json.decode(data, type=Told)
    except msgspec.DecodeError:
        return None  # of a newer or older release
