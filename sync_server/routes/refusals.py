"""Make answers of exceptions: one shape for all, `{"code", "detail"}`."""

from __future__ import annotations

import logging
import sqlite3
import traceback
from collections.abc import Mapping
from typing import TypeAlias

from litestar.connection import Request
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.response import Response
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from sync_server.edge import ClientGone
from sync_server.errors import ServerError, Unauthorized
from sync_server.logs import REQUEST_ID
from sync_server.protocol import Error, ErrorCode

logger = logging.getLogger(__name__)

AnyRequest: TypeAlias = Request[object, object, State]

RETRY_SECONDS = 5
_PASSING_STATES = ("08", "40", "53", "55", "57")
"""Classes of SQLSTATE that pass by themselves: connection, serialization, resources, operator."""
_PASSING_SQLITE = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
)
_CODES: Mapping[int, ErrorCode] = {
    401: ErrorCode.UNAUTHORIZED,
    403: ErrorCode.FORBIDDEN,
    404: ErrorCode.NOT_FOUND,
    413: ErrorCode.TOO_LARGE,
    429: ErrorCode.RATE_LIMITED,
    503: ErrorCode.UNAVAILABLE,
}
_DETAILS: Mapping[int, str] = {
    404: "there is no such thing",
    405: "this can't be done here",
    413: "the body is too large",
}


def refusal_handlers() -> ExceptionHandlersMap:
    """Return what answers the exceptions of the JSON API."""
    return {Exception: _answer}


def status_and_error(exc: Exception) -> tuple[int, Error, dict[str, str]]:
    """Return how any exception is answered, with the headers that belong to it.

    What nobody foresaw is logged with its traceback, and told only by the request's id.
    """
    if isinstance(exc, ServerError):
        headers = {}
        if (retry_after := getattr(exc, "retry_after", None)) is not None:
            headers["retry-after"] = str(retry_after)
        if isinstance(exc, Unauthorized):
            headers["www-authenticate"] = "Bearer"
        return exc.status, Error(exc.code, exc.detail), headers
    if isinstance(exc, HTTPException):
        status = exc.status_code
        code = _CODES.get(status, ErrorCode.INVALID if status < 500 else ErrorCode.INTERNAL)
        detail = _DETAILS.get(status, exc.detail)
        return status, Error(code, detail), dict(exc.headers or {})
    if isinstance(exc, ClientGone):
        return 400, Error(ErrorCode.INVALID, "the request ended too early"), {}
    if is_passing(exc):
        logger.warning("the database is not there: %s", type(exc).__name__)
        detail = "the server can't reach its database; try again"
        return 503, Error(ErrorCode.UNAVAILABLE, detail), {"retry-after": str(RETRY_SECONDS)}
    _log_unforeseen(exc)
    detail = f"the server made a mistake; its log has it under {REQUEST_ID.get()}"
    return 500, Error(ErrorCode.INTERNAL, detail), {}


def _log_unforeseen(exc: Exception) -> None:
    if isinstance(exc, SQLAlchemyError):
        # The messages of databases repeat the values that they were given.
        cause = exc.orig if isinstance(exc, DBAPIError) else None
        state = getattr(cause, "sqlstate", "")
        where = "".join(traceback.format_tb(exc.__traceback__))
        logger.error("unexpected %s %s\n%s", type(exc).__name__, state, where)
    else:
        logger.error("unexpected", exc_info=exc)


def is_passing(exc: BaseException) -> bool:
    """Tell whether the database was only away, so that trying again makes sense."""
    if isinstance(exc, (ConnectionError, PoolTimeout)):
        return True
    cause = exc.orig if isinstance(exc, DBAPIError) else exc
    if isinstance(exc, DBAPIError) and exc.connection_invalidated:
        return True
    if isinstance(cause, sqlite3.Error):
        # The low byte is the error, what is above it only tells more (sqlite.org/rescode.html).
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _PASSING_SQLITE
    # Of asyncpg, whose own exceptions come through while it connects.
    state = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
    return isinstance(state, str) and state.startswith(_PASSING_STATES)


def _answer(_request: AnyRequest, exc: Exception) -> Response[Error]:
    status, error, headers = status_and_error(exc)
    headers["cache-control"] = "no-store"
    return Response(error, status_code=status, headers=headers, media_type="application/json")
