"""Is the process alive, and can it serve."""

from __future__ import annotations

import asyncio
import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from sqlalchemy.exc import SQLAlchemyError

from sync_server.database import Database
from sync_server.migrations.runner import Migrations, SchemaState
from sync_server.relay import RedisRelay
from sync_server.routes.exchange import plain_json
from sync_server.services.streams import Streams

logger = logging.getLogger(__name__)

_FEWEST_FREE_BYTES = 64 * 1024 * 1024
_PATIENCE = 5.0
_SERVES = (SchemaState.CURRENT, SchemaState.AHEAD)
"""A database of the next release is served on: it expands before it contracts."""


@dataclass(frozen=True, slots=True)
class Health:
    """What the checks look at."""

    database: Database
    migrations: Migrations
    data_dir: Path
    relay: RedisRelay | None
    streams: Streams

    async def checks(self) -> dict[str, str]:
        """Return the state of each part: ok, degraded or failed."""
        found = {"database": "failed", "migrations": "failed"}
        try:
            async with asyncio.timeout(_PATIENCE), self.database.read() as connection:
                state = await self.migrations.state(connection)
            found["database"] = "ok"
            found["migrations"] = "ok" if state in _SERVES else "failed"
        except (SQLAlchemyError, OSError) as exc:
            logger.warning("the database does not answer: %s", type(exc).__name__)
        found["disk"] = "ok" if await asyncio.to_thread(self._has_room) else "failed"
        if self.relay is not None:
            found["redis"] = "ok" if self.relay.is_connected else "degraded"
        if self.streams.is_draining:
            found["process"] = "failed"
        return found

    def _has_room(self) -> bool:
        try:
            return shutil.disk_usage(self.data_dir).free >= _FEWEST_FREE_BYTES
        except OSError:
            return False


def health_routes(health: Health) -> list[HTTPRouteHandler]:
    """Return the routes."""

    @get("/healthz/live", sync_to_thread=False)
    def live() -> ASGIResponse:
        return plain_json({"status": "ok"})

    @get("/healthz/ready")
    async def ready() -> ASGIResponse:
        checks = await health.checks()
        is_ready = "failed" not in checks.values()
        content = {"status": "ok" if is_ready else "failed", "checks": checks}
        return plain_json(content, 200 if is_ready else 503)

    return [live, ready]
