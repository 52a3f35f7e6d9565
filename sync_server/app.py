"""The application: services, routes, one way to answer errors, and what runs beside them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar

from sync_server.assembly import Services, services_of
from sync_server.edge import EdgeOptions, SyncServer
from sync_server.housekeeping import keep_house
from sync_server.metrics import Metrics
from sync_server.routes.api import api_router, health_handlers
from sync_server.routes.exchange import MAX_JSON_BYTES
from sync_server.routes.refusals import refusal_handlers
from sync_server.settings import Settings
from sync_server.web.site import Website

__all__ = ["Services", "application", "create_app", "services_of"]

_SAMPLE_SECONDS = 5.0


def create_app(settings: Settings) -> Litestar:
    """Return the application with services of its own; it closes them when it stops."""
    return application(services_of(settings))


def application(services: Services, metrics: Metrics | None = None) -> SyncServer:
    """Return the application over services; it closes them when it stops."""

    @asynccontextmanager
    async def at_work(_app: Litestar) -> AsyncIterator[None]:
        async with services.at_work():
            beside = [asyncio.create_task(keep_house(services))]
            if metrics is not None:
                beside.append(asyncio.create_task(_sample(services, metrics)))
            yield
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    website = Website(services)
    app = SyncServer(
        route_handlers=[api_router(services), *health_handlers(services), website.router()],
        exception_handlers=website.failures.beside(refusal_handlers()),
        lifespan=[at_work],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=MAX_JSON_BYTES,
    )
    app.edge = EdgeOptions(
        services.settings.body_seconds, services.settings.is_https, metrics, services.streams
    )
    return app


async def _sample(services: Services, metrics: Metrics) -> None:
    while True:
        metrics.sample(services.streams.count, services.is_relayed)
        await asyncio.sleep(_SAMPLE_SECONDS)
