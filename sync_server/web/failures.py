"""What went wrong, as a page: one sentence what happened, one what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

from litestar.exceptions import HTTPException
from litestar.response import Response
from litestar.types import ExceptionHandlersMap

from sync_server.errors import ServerError
from sync_server.logs import REQUEST_ID
from sync_server.protocol import Error
from sync_server.routes.refusals import status_and_error
from sync_server.web.pages import HEADERS, Pages, redirect
from sync_server.web.visits import CsrfExpired, NeedsLogin, WebRequest

Answer: TypeAlias = Response[bytes] | Response[Error]

_OWN_PATHS = ("/v1", "/healthz", "/metrics", "/schema")


@dataclass(frozen=True, slots=True)
class Failure:
    """A heading and what to do."""

    heading: str
    advice: str


_CSRF = Failure(
    "This page was open too long",
    "A form is good only for the login it was made for. Nothing was changed. Go back, load the "
    "page again and send it once more.",
)
_FAILURES = {
    400: Failure("The request makes no sense", "Nothing was changed. Go back and try again."),
    401: Failure("The login has ended", "Log in again."),
    403: Failure("This is not allowed", "Nothing was changed."),
    404: Failure(
        "There is no such page",
        "The address may be mistyped, or what was here is gone or belongs to another account.",
    ),
    405: Failure("There is no such page", "This address is not one that a browser can open."),
    413: Failure("That is too much at once", "Nothing was changed. Send less."),
    429: Failure("Too many attempts", "Nothing was changed."),
    500: Failure(
        "Something went wrong on the server",
        "Nothing is lost on your devices. Try again in a moment.",
    ),
    503: Failure("The server can’t do this now", "Nothing was changed."),
    507: Failure("There is no room left", "Nothing was changed. Delete something first."),
}


class Failures:
    """Make pages of exceptions."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def handle(self, request: WebRequest, error: Exception) -> Response[bytes]:
        """Return the page for an exception."""
        if isinstance(error, NeedsLogin):
            return self._to_login(request)
        if isinstance(error, CsrfExpired):
            return self._page(request, _CSRF, 403)
        status, _, headers = status_and_error(error)
        failure = _FAILURES.get(status) or _FAILURES[500 if status >= 500 else 400]
        return self._page(request, failure, status, headers.get("retry-after"))

    def beside(self, others: ExceptionHandlersMap) -> ExceptionHandlersMap:
        """Answer browsers with pages, and everyone else as before."""
        otherwise = others[Exception]

        def answer(request: WebRequest, error: Exception) -> Answer:
            return self.page_for(request, error) or otherwise(request, error)

        return _for_all(answer)

    def handlers(self) -> ExceptionHandlersMap:
        """Answer with pages, whoever asks."""
        return _for_all(self.handle)

    def page_for(self, request: WebRequest, error: Exception) -> Response[bytes] | None:
        """Return the page for an exception outside the pages' own routes; None: a program asked."""
        path = request.scope["path"]
        is_own = any(path == own or path.startswith(f"{own}/") for own in _OWN_PATHS)
        wants_page = "text/html" in request.headers.get("accept", "")
        return self.handle(request, error) if wants_page and not is_own else None

    def _page(
        self, request: WebRequest, failure: Failure, status: int, wait: str | None = None
    ) -> Response[bytes]:
        context = {
            "failure": failure,
            "status": status,
            "wait": wait,
            "request_id": REQUEST_ID.get() if status >= 500 else None,
        }
        name = "_failure.html" if request.headers.get("hx-request") else "failure.html"
        answer = self._pages.page(name, None, context, status)
        if wait is not None:
            answer.headers["retry-after"] = wait
        return answer

    def _to_login(self, request: WebRequest) -> Response[bytes]:
        """Send somebody who is not logged in to the login, and from there back."""
        if request.headers.get("hx-request"):
            headers = {**HEADERS, "hx-redirect": "/login"}
            return Response(b"", status_code=200, media_type="text/html", headers=headers)
        if request.method != "GET":
            return redirect("/login")
        if "text/html" not in request.headers.get("accept", ""):
            return self._page(request, _FAILURES[401], 401)
        query = request.scope["query_string"].decode("latin-1")
        path = request.scope["path"] + (f"?{query}" if query else "")
        return redirect(f"/login?next={quote(path, safe='/')}")


def _for_all(answer: Callable[[WebRequest, Exception], Answer]) -> ExceptionHandlersMap:
    # Litestar takes the handler of the nearest class, before that of the nearest layer.
    return {ServerError: answer, HTTPException: answer, Exception: answer}
