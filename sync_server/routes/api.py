"""Put the routes of the JSON API together."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from sync_server.assembly import Services
from sync_server.migrations.runner import Migrations
from sync_server.protocol import API, MIN_CLIENT, PROTOCOL_VERSION, Capabilities, Limits
from sync_server.routes.account import AccountServices, account_routes
from sync_server.routes.blobs import blob_routes
from sync_server.routes.description import description_routes
from sync_server.routes.events import EventServices, event_routes
from sync_server.routes.gate import gate
from sync_server.routes.health import Health, health_routes
from sync_server.routes.libraries import LibraryServices, library_routes
from sync_server.routes.logins import LoginServices, login_routes


def api_router(services: Services) -> Router:
    """Return `/v1` behind its gate."""
    handlers = [
        *login_routes(_logins(services)),
        *description_routes(),
        *library_routes(
            LibraryServices(
                services.libraries,
                services.batches,
                services.feed,
                services.streams,
                services.devices,
            )
        ),
        *blob_routes(services.blobs),
        *event_routes(EventServices(services.streams, services.devices, services.libraries)),
        *account_routes(
            AccountServices(
                services.devices,
                services.account_deletion,
                services.account_export,
                services.rate_limits,
            )
        ),
    ]
    guard = gate(services.devices, services.rate_limits)
    return Router(path=API, route_handlers=handlers, guards=[guard])


def health_handlers(services: Services) -> list[HTTPRouteHandler]:
    """Return `/healthz`, for whoever watches over the server."""
    return health_routes(
        Health(
            services.database,
            Migrations(),
            services.settings.data_dir,
            services.relay,
            services.streams,
        )
    )


def release() -> str:
    """Return the release of this program."""
    try:
        return version("whisper-transcriber")
    except PackageNotFoundError:
        return "unreleased"


def _logins(services: Services) -> LoginServices:
    return LoginServices(
        services.devices,
        services.device_codes,
        services.rate_limits,
        Capabilities(PROTOCOL_VERSION, MIN_CLIENT, release(), services.settings.sign_up, Limits()),
        services.settings.public_url,
    )
