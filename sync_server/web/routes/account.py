"""The account: how much room it uses, and its password."""

from __future__ import annotations

from litestar import get, post
from litestar.handlers import HTTPRouteHandler

from sync_server.errors import Forbidden
from sync_server.rate_limits import RateLimits
from sync_server.services.accounts import Accounts
from sync_server.services.passwords import MIN_CHARACTERS
from sync_server.web.browsing import Browsing, Page, Person, WebRequest
from sync_server.web.pages import redirect
from sync_server.web.routes.sign_in import password_problem

_NEARLY_FULL = 90
"""Per cent from which the page says so."""


class AccountPages:
    """Serve them."""

    def __init__(
        self,
        browsing: Browsing,
        accounts: Accounts,
        rate_limits: RateLimits,
        default_quota_bytes: int | None,
    ) -> None:
        self._browsing = browsing
        self._accounts = accounts
        self._rate_limits = rate_limits
        self._default_quota_bytes = default_quota_bytes

    def routes(self) -> list[HTTPRouteHandler]:
        """Return the routes."""
        return [
            get("/account")(self.account),
            get("/account/password")(self.password_page),
            post("/account/password", status_code=200)(self.change_password),
        ]

    async def account(self, request: WebRequest) -> Page:
        """Show what is kept of an account, and what can be done with it."""
        person = await self._browsing.person(request)
        profile = await self._accounts.profile(person.account_id)
        quota = profile.quota_bytes
        quota = self._default_quota_bytes if quota is None else quota
        context = {
            "profile": profile,
            "quota": quota,
            "percent": _percent(profile.used_bytes, quota),
            "is_nearly_full": _percent(profile.used_bytes, quota) >= _NEARLY_FULL,
            "done": request.query_params.get("done", ""),
        }
        return self._browsing.page("account.html", person.visit, context)

    async def password_page(self, request: WebRequest) -> Page:
        """Ask for the old and the new password."""
        person = await self._browsing.person(request)
        return await self._password_page(person, {}, 200)

    async def change_password(self, request: WebRequest) -> Page:
        """Change it; other browsers have to log in again."""
        person, form = await self._browsing.personal_form(request)
        old, new = form.get("old", ""), form.get("password", "")
        await self._rate_limits.password(person.account_id)
        if problems := password_problem(new):
            return await self._password_page(person, problems, 400)
        try:
            await self._accounts.change_password(
                person.account_id, old, new, keep_session=person.visit.secret
            )
        except Forbidden:
            return await self._password_page(person, {"old": "This is not the password."}, 400)
        return redirect("/account?done=password")

    async def _password_page(self, person: Person, problems: dict[str, str], status: int) -> Page:
        profile = await self._accounts.profile(person.account_id)
        context = {
            "problems": problems,
            "min_characters": MIN_CHARACTERS,
            "email": profile.email,
        }
        return self._browsing.page("password.html", person.visit, context, status)


def _percent(used: int, quota: int | None) -> int:
    if quota is None:
        return 0
    return 100 if used >= quota else 100 * used // quota
