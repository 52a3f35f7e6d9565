"""Clear away what nobody needs any more, by itself, while the server runs."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError

from sync_server.assembly import Services
from sync_server.services.collection import Collection, Neighbours, Report

logger = logging.getLogger(__name__)

Wait = Callable[[float], Awaitable[None]]
"""Waits so many seconds."""

_HOUR = 3600
INTERVAL = 6 * 3600.0
"""Seconds between two rounds of one process."""
FIRST = (60.0, 1800.0)
"""Seconds after the start; several processes don't begin together, though they could."""


async def collect_garbage(services: Services) -> Report:
    """Clear away what nobody needs any more; several may do it at once."""
    neighbours = Neighbours(
        services.account_deletion.delete_due,
        (
            services.device_codes.purge,
            services.web_sessions.purge,
            services.devices.purge,
            services.invites.purge,
            services.audit.purge,
        ),
    )
    collection = Collection(services.database, services.chunk_store, neighbours, services.clock)
    return await collection.collect(services.settings.blob_grace_hours * _HOUR)


async def keep_house(services: Services, wait: Wait = asyncio.sleep) -> None:
    """Collect again and again, until it is cancelled; a round that fails is tried again later."""
    pause = random.uniform(*FIRST)  # nosec B311: no secret
    while True:
        await wait(pause)
        pause = INTERVAL
        try:
            await collect_garbage(services)
        except (SQLAlchemyError, OSError) as exc:
            logger.warning("collecting did not work: %s", type(exc).__name__)
