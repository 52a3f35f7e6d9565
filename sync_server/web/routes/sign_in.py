"""Open an account, log in, log out."""

from __future__ import annotations

from collections.abc import Mapping

from litestar import get, post
from litestar.handlers import HTTPRouteHandler

from sync_server.errors import Forbidden, Invalid, Unauthorized
from sync_server.protocol import SignUp
from sync_server.rate_limits import RateLimits
from sync_server.routes.gate import address_of
from sync_server.services.accounts import Accounts
from sync_server.services.names import canonical_email
from sync_server.services.passwords import MAX_CHARACTERS, MIN_CHARACTERS, check_strength
from sync_server.web.browsing import Browsing, Page, WebRequest
from sync_server.web.pages import redirect
from sync_server.web.visits import Visit, local_path

HOME = "/libraries"
"""Where somebody who logged in goes on."""

_NO_ADDRESS = "Write an address such as name@example.org."


class SignInPages:
    """Serve them."""

    def __init__(
        self, browsing: Browsing, accounts: Accounts, rate_limits: RateLimits, policy: SignUp
    ) -> None:
        self._browsing = browsing
        self._accounts = accounts
        self._rate_limits = rate_limits
        self._policy = policy

    def routes(self) -> list[HTTPRouteHandler]:
        """Return the routes."""
        return [
            get("/login")(self.login_page),
            post("/login", status_code=200)(self.log_in),
            post("/logout", status_code=200)(self.log_out),
            get("/sign-up")(self.sign_up_page),
            post("/sign-up", status_code=200)(self.sign_up),
        ]

    async def login_page(self, request: WebRequest) -> Page:
        """Ask for e-mail and password."""
        visit = await self._browsing.visit(request)
        wanted = local_path(request.query_params.get("next", ""), HOME)
        if visit.is_logged_in:
            return redirect(wanted)
        return self._login_page(visit, {"next": wanted})

    async def log_in(self, request: WebRequest) -> Page:
        """Start a session and go on."""
        visit = await self._browsing.visit(request)
        form = await self._browsing.form(request, visit)
        email, password = form.get("email", ""), form.get("password", "")
        wanted = local_path(form.get("next", ""), HOME)
        await self._rate_limits.login(address_of(request), email)
        try:
            account_id = await self._accounts.authenticate(email, password)
        except Unauthorized:
            problem = "The e-mail or the password is wrong. Check both and try again."
            context = {"next": wanted, "email": email, "problem": problem}
            return self._login_page(visit, context, 401)
        return redirect(wanted, [await self._browsing.logged_in(account_id)])

    async def log_out(self, request: WebRequest) -> Page:
        """End the session."""
        person, _ = await self._browsing.personal_form(request)
        return redirect("/", [await self._browsing.visits.log_out(person.visit)])

    async def sign_up_page(self, request: WebRequest) -> Page:
        """Ask for what an account needs, as far as anybody may open one."""
        visit = await self._browsing.visit(request)
        if visit.is_logged_in:
            return redirect(HOME)
        return self._sign_up_page(visit, {"invite": request.query_params.get("invite", "")})

    async def sign_up(self, request: WebRequest) -> Page:
        """Open an account and log in."""
        visit = await self._browsing.visit(request)
        form = await self._browsing.form(request, visit)
        email, password = form.get("email", ""), form.get("password", "")
        await self._rate_limits.sign_up(address_of(request))
        problems = _problems(email, password)
        if not problems:
            try:
                invite = form.get("invite", "").strip() or None
                account_id = await self._accounts.sign_up(email, password, invite)
                cookie = await self._browsing.logged_in(account_id)
                return redirect(f"{HOME}?done=signed-up", [cookie])
            except Forbidden:
                problems = {"invite": "This invite does not hold for this address, or was used."}
            except Invalid:
                problems = {"email": "This address has an account already. Log in instead."}
        context = {"email": email, "invite": form.get("invite", ""), "problems": problems}
        return self._sign_up_page(visit, context, 400)

    def _login_page(self, visit: Visit, context: Mapping[str, object], status: int = 200) -> Page:
        known = {"email": "", "problem": "", "can_sign_up": self._policy is not SignUp.CLOSED}
        return self._browsing.page("login.html", visit, {**known, **context}, status)

    def _sign_up_page(self, visit: Visit, context: Mapping[str, object], status: int = 200) -> Page:
        if self._policy is SignUp.CLOSED:
            return self._browsing.page("sign_up_closed.html", visit, None, 403)
        known = {
            "email": "",
            "problems": {},
            "needs_invite": self._policy is SignUp.INVITE,
            "min_characters": MIN_CHARACTERS,
        }
        return self._browsing.page("sign_up.html", visit, {**known, **context}, status)


def _problems(email: str, password: str) -> dict[str, str]:
    """Return what is wrong with the fields, by their names."""
    problems = {} if canonical_email(email) else {"email": _NO_ADDRESS}
    return problems | password_problem(password)


def password_problem(password: str) -> dict[str, str]:
    """Return what is wrong with a new password."""
    try:
        check_strength(password)
    except Invalid:
        return {"password": f"Use {MIN_CHARACTERS} to {MAX_CHARACTERS:,} characters."}
    return {}
