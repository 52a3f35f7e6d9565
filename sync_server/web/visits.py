"""Who visits: the session in the cookie, and the tokens that tie a form to it.

A form's token is made from the secret in the visitor's own cookie (signed double submit, OWASP's
"Cross-Site Request Forgery Prevention"), so that the server keeps nothing and nobody without that
cookie can make one. With HTTPS the cookies' names begin with `__Host-`: no other host can set them.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from litestar.connection import Request
from litestar.datastructures import Cookie, State

from sync_server.errors import Forbidden
from sync_server.services.tokens import new_secret
from sync_server.services.web_sessions import WebSessions

WebRequest: TypeAlias = Request[object, object, State]

_DAY = 86_400
_NONCE_BYTES = 16
_SECRET = re.compile(r"[A-Za-z0-9_-]{20,100}")
_LOCAL_PATH = re.compile(r"/(?![/\\])[A-Za-z0-9/_.~?=&%+-]{0,500}")


class CsrfExpired(Forbidden):
    """A form was sent that was not made for the session it came with."""


class NeedsLogin(Exception):
    """The page is for somebody who is logged in."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a browser; `secret` is that of its cookie, logged in or not."""

    secret: str
    account_id: UUID | None
    is_new: bool
    """The cookie is to be set with the answer."""

    @property
    def is_logged_in(self) -> bool:
        """Tell whether there is a session."""
        return self.account_id is not None

    def csrf_token(self) -> str:
        """Make a token for a form; another each time, so that compression gives nothing away."""
        nonce = secrets.token_hex(_NONCE_BYTES)
        return f"{nonce}.{self._signed(nonce)}"

    def check_csrf(self, token: str) -> None:
        """Compare a form's token with the cookie; raises `CsrfExpired`."""
        nonce, _, signature = token.partition(".")
        if not hmac.compare_digest(signature.encode(), self._signed(nonce).encode()):
            raise CsrfExpired("the form is too old")

    def _signed(self, nonce: str) -> str:
        message = f"form:{nonce}".encode()
        return hmac.new(self.secret.encode(), message, hashlib.sha256).hexdigest()


class Visits:
    """Read and write the cookies; `is_secure` when pages travel by HTTPS only."""

    def __init__(self, sessions: WebSessions, is_secure: bool, days: int) -> None:
        self._sessions = sessions
        self._is_secure = is_secure
        self._days = days
        prefix = "__Host-" if is_secure else ""
        self._session_name = f"{prefix}session"
        self._visitor_name = f"{prefix}visitor"

    async def of(self, request: WebRequest) -> Visit:
        """Return who makes a request."""
        secret = _sound(request.cookies.get(self._session_name))
        if secret is not None:
            account_id = await self._sessions.find(secret)
            if account_id is not None:
                return Visit(secret, account_id, is_new=False)
        visitor = _sound(request.cookies.get(self._visitor_name))
        return Visit(visitor or new_secret(), None, is_new=visitor is None)

    async def log_in(self, account_id: UUID) -> Cookie:
        """Start a session; what the browser had before is worth nothing to it."""
        return self.session_cookie(await self._sessions.start(account_id))

    async def log_out(self, visit: Visit) -> Cookie:
        """End a session."""
        await self._sessions.end(visit.secret)
        return self._cookie(self._session_name, "", 0)

    def session_cookie(self, secret: str) -> Cookie:
        """Return the cookie of a session."""
        return self._cookie(self._session_name, secret, self._days * _DAY)

    def visitor_cookie(self, visit: Visit) -> Cookie:
        """Return the cookie of somebody who is not logged in; it goes when the browser closes."""
        return self._cookie(self._visitor_name, visit.secret, None)

    def _cookie(self, name: str, value: str, max_age: int | None) -> Cookie:
        return Cookie(
            key=name,
            value=value,
            max_age=max_age,
            path="/",
            secure=self._is_secure,
            httponly=True,
            # Not strict: the link that a device shows has to find the session.
            samesite="lax",
        )


def local_path(wanted: str, otherwise: str) -> str:
    """Return a path of this server to go on to, never another's."""
    return wanted if _LOCAL_PATH.fullmatch(wanted) else otherwise


def _sound(secret: str | None) -> str | None:
    return secret if secret is not None and _SECRET.fullmatch(secret) else None
