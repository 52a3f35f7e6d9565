"""Take everything along, or delete the account."""

from __future__ import annotations

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from sync_server.errors import Forbidden
from sync_server.rate_limits import RateLimits
from sync_server.services.account_deletion import AccountDeletion
from sync_server.services.account_export import AccountExport
from sync_server.web.browsing import Browsing, Page, WebRequest
from sync_server.web.pages import HEADERS, redirect

_EXPORT_NAME = "whisper-transcriber-export.zip"


class LeavingPages:
    """Serve them."""

    def __init__(
        self,
        browsing: Browsing,
        deletion: AccountDeletion,
        export: AccountExport,
        rate_limits: RateLimits,
        grace_days: int,
    ) -> None:
        self._browsing = browsing
        self._deletion = deletion
        self._export = export
        self._rate_limits = rate_limits
        self._grace_days = grace_days

    def routes(self) -> list[HTTPRouteHandler]:
        """Return the routes."""
        return [
            get("/account/export")(self.export_page),
            post("/account/export", status_code=200)(self.export),
            get("/account/delete")(self.delete_page),
            post("/account/delete", status_code=200)(self.plan_deletion),
            post("/account/keep", status_code=200)(self.keep),
        ]

    async def export_page(self, request: WebRequest) -> Page:
        """Say what the export holds."""
        person = await self._browsing.person(request)
        return self._browsing.page("export.html", person.visit)

    async def export(self, request: WebRequest) -> Stream:
        """Send everything as one zip file."""
        person, _ = await self._browsing.personal_form(request)
        headers = {**HEADERS, "content-disposition": f'attachment; filename="{_EXPORT_NAME}"'}
        pieces = self._export.stream(person.account_id)
        return Stream(pieces, media_type="application/zip", headers=headers)

    async def delete_page(self, request: WebRequest) -> Page:
        """Ask for the password once more."""
        person = await self._browsing.person(request)
        context = {"grace_days": self._grace_days, "problem": ""}
        return self._browsing.page("delete.html", person.visit, context)

    async def plan_deletion(self, request: WebRequest) -> Page:
        """Plan the deletion; until the day it can be taken back."""
        person, form = await self._browsing.personal_form(request)
        await self._rate_limits.password(person.account_id)
        try:
            await self._deletion.plan(person.account_id, form.get("password", ""))
        except Forbidden:
            context = {"grace_days": self._grace_days, "problem": "This is not the password."}
            return self._browsing.page("delete.html", person.visit, context, 400)
        return redirect("/account")

    async def keep(self, request: WebRequest) -> Page:
        """Take a planned deletion back."""
        person, _ = await self._browsing.personal_form(request)
        await self._deletion.cancel(person.account_id)
        return redirect("/account?done=kept")
