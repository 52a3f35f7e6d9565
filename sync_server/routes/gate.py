"""The gate of the API: a token, a protocol that is spoken, and not too many requests."""

from __future__ import annotations

from typing import Protocol

from litestar.connection import ASGIConnection
from litestar.datastructures import Address, State
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.types import Guard

from sync_server.errors import ClientTooOld, Unauthorized
from sync_server.protocol import MIN_CLIENT, VERSION_HEADER
from sync_server.rate_limits import RateLimits
from sync_server.routes.contract import contract_of
from sync_server.services.caller import Caller
from sync_server.services.devices import Devices

Connection = ASGIConnection[BaseRouteHandler, Caller | None, str | None, State]

_SCHEME = "bearer "
_MAX_TOKEN = 100


def gate(devices: Devices, rate_limits: RateLimits) -> Guard:
    """Return what lets requests in; a route is closed unless its contract says that it is open.

    A function, no method: Litestar copies routers with all that their guards hold.
    """

    async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
        """Let one in, before its body is read.

        Raises `ClientTooOld`, `Unauthorized` and `RateLimited`.
        """
        _check_version(connection.headers.get(VERSION_HEADER))
        contract = contract_of(handler)
        if _only_asks_for_methods(handler) or (contract is not None and contract.is_open):
            await rate_limits.anonymous(address_of(connection))
            return
        token = _token(connection.headers.get("authorization", ""))
        try:
            caller = await devices.authorize(token)
        except Unauthorized:
            await rate_limits.anonymous(address_of(connection))
            raise
        await rate_limits.request(caller.device_id)
        connection.scope["user"] = caller
        connection.scope["auth"] = token

    return guard


class HasClient(Protocol):
    """A connection, as far as its other end goes."""

    @property
    def client(self) -> Address | None:
        """Where it comes from."""
        ...


def address_of(connection: HasClient) -> str:
    """Return where a request comes from, as far as proxies that are trusted say."""
    return connection.client.host if connection.client else ""


def _only_asks_for_methods(handler: BaseRouteHandler) -> bool:
    """Tell whether it is the answer to OPTIONS that Litestar adds to each path."""
    return isinstance(handler, HTTPRouteHandler) and handler.http_methods == {"OPTIONS"}


def _token(written: str) -> str:
    """Return the token of a header; "" for what is none, which is nobody's."""
    is_bearer = written[: len(_SCHEME)].lower() == _SCHEME
    return written[len(_SCHEME) :].strip()[:_MAX_TOKEN] if is_bearer else ""


def _check_version(written: str | None) -> None:
    if written is not None and written.isdecimal() and int(written[:9]) < MIN_CLIENT:
        raise ClientTooOld("this program is too old for the server; please update it")
