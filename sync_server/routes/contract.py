"""What each route takes and gives, noted beside it: the description of the API is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from litestar.handlers import BaseRouteHandler
from msgspec import Struct

from sync_server.edge import TooSlow
from sync_server.errors import (
    ClientTooOld,
    Forbidden,
    Invalid,
    NotFound,
    RateLimited,
    ServerError,
    TooLarge,
    Unauthorized,
    Unavailable,
)

_KEY = "contract"


class Raw(Enum):
    """A body that is no structure, by its media type."""

    BYTES = "application/octet-stream"
    EVENTS = "text/event-stream"
    MULTIPART = "multipart/mixed"
    ZIP = "application/zip"
    JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter or header; `kind` is a type that msgspec knows."""

    kind: object
    description: str


@dataclass(frozen=True, slots=True)
class Contract:
    """What a route takes and gives.

    Every route can answer 400, 413, 426, 429 and 503, with a body 408, and, unless it `is_open`,
    401; `refusals` are what else it says.
    """

    summary: str
    takes: type[Struct] | Raw | None = None
    gives: type[Struct] | Raw | None = None
    status: int = 200
    refusals: tuple[type[ServerError], ...] = ()
    query: Mapping[str, Parameter] = field(default_factory=dict)
    headers: Mapping[str, Parameter] = field(default_factory=dict)
    others: Mapping[int, type[Struct] | Raw | None] = field(default_factory=dict)
    """Answers that are neither the usual one nor an error as all others."""
    is_open: bool = False
    """Needs no token."""
    asks_password: bool = False

    @property
    def errors(self) -> tuple[type[ServerError], ...]:
        """All that it may refuse with."""
        always = (Invalid, TooLarge, ClientTooOld, RateLimited, Unavailable)
        slow = (TooSlow,) if self.takes is not None else ()
        closed = () if self.is_open else (Unauthorized,)
        asked = (Forbidden,) if self.asks_password else ()
        return (*always, *slow, *closed, *asked, *self.refusals)


FINDS = (NotFound,)
"""Refusals of a route that is about one thing of the account."""


def agreed(contract: Contract) -> dict[str, Contract]:
    """Return the `opt` of a route."""
    return {_KEY: contract}


def contract_of(handler: BaseRouteHandler) -> Contract | None:
    """Return what a route agreed to; None if it is none of the API."""
    found = handler.opt.get(_KEY)
    return found if isinstance(found, Contract) else None
