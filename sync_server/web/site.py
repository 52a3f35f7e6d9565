"""Put the pages together: what they need, and all their routes."""

from __future__ import annotations

from typing import Protocol

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from sync_server.clock import Clock
from sync_server.database import Database
from sync_server.rate_limits import RateLimits
from sync_server.routes.shared_router import SharedRouter
from sync_server.services.account_deletion import AccountDeletion
from sync_server.services.account_export import AccountExport
from sync_server.services.accounts import Accounts
from sync_server.services.blobs import Blobs
from sync_server.services.device_codes import DeviceCodes
from sync_server.services.devices import Devices
from sync_server.services.items import Items
from sync_server.services.releases import Releases
from sync_server.services.web_sessions import WebSessions
from sync_server.settings import Environment, Settings
from sync_server.web.assets import Assets
from sync_server.web.browsing import MAX_FORM_BYTES, Browsing
from sync_server.web.failures import Failures
from sync_server.web.pages import Pages
from sync_server.web.routes.account import AccountPages
from sync_server.web.routes.devices import DevicePages
from sync_server.web.routes.leaving import LeavingPages
from sync_server.web.routes.libraries import LibraryPages
from sync_server.web.routes.public import PublicPages
from sync_server.web.routes.sign_in import SignInPages
from sync_server.web.visits import Visits


class WebServices(Protocol):
    """What the pages call of the server."""

    # pylint: disable=missing-function-docstring
    @property
    def settings(self) -> Settings: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def database(self) -> Database: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def web_sessions(self) -> WebSessions: ...
    @property
    def devices(self) -> Devices: ...
    @property
    def device_codes(self) -> DeviceCodes: ...
    @property
    def account_deletion(self) -> AccountDeletion: ...
    @property
    def account_export(self) -> AccountExport: ...
    @property
    def blobs(self) -> Blobs: ...
    @property
    def rate_limits(self) -> RateLimits: ...


class Website:
    """All pages of the server."""

    def __init__(self, services: WebServices) -> None:
        settings = services.settings
        is_secure = settings.is_https or settings.environment is Environment.PRODUCTION
        visits = Visits(services.web_sessions, is_secure, settings.session_days)
        assets = Assets()
        pages = Pages(assets, visits)
        browsing = Browsing(visits, pages)
        self.failures = Failures(pages)
        self._routes: list[HTTPRouteHandler] = [
            *PublicPages(
                browsing, settings, assets, Releases(settings.releases_file), services.clock
            ).routes(),
            *SignInPages(
                browsing, services.accounts, services.rate_limits, settings.sign_up
            ).routes(),
            *AccountPages(
                browsing, services.accounts, services.rate_limits, settings.default_quota_bytes
            ).routes(),
            *LeavingPages(
                browsing,
                services.account_deletion,
                services.account_export,
                services.rate_limits,
                settings.deletion_grace_days,
            ).routes(),
            *DevicePages(
                browsing, services.devices, services.device_codes, services.rate_limits
            ).routes(),
            *LibraryPages(browsing, Items(services.database), services.blobs).routes(),
        ]

    def router(self) -> Router:
        """Return the routes of all pages."""
        return SharedRouter(
            path="/",
            route_handlers=self._routes,
            exception_handlers=self.failures.handlers(),
            request_max_body_size=MAX_FORM_BYTES,
            include_in_schema=False,
        )
