"""What every page does first and last: know who asks, read the form, answer with a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from litestar.datastructures import Cookie
from litestar.response import Response

from sync_server.web.pages import Pages
from sync_server.web.visits import NeedsLogin, Visit, Visits, WebRequest

Page: TypeAlias = Response[bytes]

__all__ = ["MAX_FORM_BYTES", "Browsing", "Page", "Person", "WebRequest", "is_htmx"]

MAX_FORM_BYTES = 64 * 1024
CSRF_FIELD = "csrf"
_MAX_FIELD = 2000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is logged in."""

    account_id: UUID
    visit: Visit


class Browsing:
    """Serve the routes of pages."""

    def __init__(self, visits: Visits, pages: Pages) -> None:
        self.visits = visits
        self._pages = pages

    async def visit(self, request: WebRequest) -> Visit:
        """Return who asks, logged in or not."""
        return await self.visits.of(request)

    async def person(self, request: WebRequest) -> Person:
        """Return who is logged in; raises `NeedsLogin`."""
        visit = await self.visits.of(request)
        if visit.account_id is None:
            raise NeedsLogin
        return Person(visit.account_id, visit)

    async def form(self, request: WebRequest, visit: Visit) -> dict[str, str]:
        """Return the fields of a form that was made for this visit; raises `CsrfExpired`.

        Every route that changes something reads its form by this, before it does anything.
        """
        sent = await request.form()
        fields = {
            name: value[:_MAX_FIELD] for name, value in sent.multi_items() if isinstance(value, str)
        }
        visit.check_csrf(fields.pop(CSRF_FIELD, ""))
        return fields

    async def personal_form(self, request: WebRequest) -> tuple[Person, dict[str, str]]:
        """Return who is logged in and sent which fields; raises `NeedsLogin`, `CsrfExpired`."""
        person = await self.person(request)
        return person, await self.form(request, person.visit)

    def page(
        self,
        template: str,
        visit: Visit,
        context: Mapping[str, object] | None = None,
        status: int = 200,
    ) -> Page:
        """Return a page."""
        return self._pages.page(template, visit, context, status)

    async def logged_in(self, account_id: UUID) -> Cookie:
        """Return the cookie of a new session."""
        return await self.visits.log_in(account_id)


def is_htmx(request: WebRequest) -> bool:
    """Tell whether a part of a page is enough."""
    return request.headers.get("hx-request") == "true"
