"""Open an account, log in, log out."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync_server.assembly import Services
from sync_server.protocol import SignUp
from sync_server.settings import Settings
from tests.sync_server.web.site import EMAIL, PASSWORD, Browser, site_settings

FIELDS = {"email": EMAIL, "password": PASSWORD}


async def test_a_new_account_is_logged_in_and_told_what_comes_next(browser: Browser) -> None:
    answer = await browser.send("/sign-up", "/sign-up", FIELDS)
    assert answer.headers["location"] == "/libraries?done=signed-up"
    page = (await browser.get(answer.headers["location"])).text
    assert "The account is open." in page and "Nothing was synced yet" in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": "nobody"}, "Write an address such as name@example.org."),
        ({"password": "short"}, "Use 10 to 1,024 characters."),
        ({"password": "x" * 1500}, "Use 10 to 1,024 characters."),
    ],
)
async def test_what_is_wrong_stands_at_its_field(
    browser: Browser, fields: dict[str, str], sentence: str
) -> None:
    answer = await browser.send("/sign-up", "/sign-up", FIELDS | fields)
    assert answer.status_code == 400 and sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert (FIELDS | fields)["email"] in answer.text
    assert PASSWORD not in answer.text


async def test_an_address_that_is_taken_is_said_so(browser: Browser, other: Browser) -> None:
    await browser.sign_up()
    answer = await other.send("/sign-up", "/sign-up", FIELDS)
    assert answer.status_code == 400 and "has an account already" in answer.text


async def test_what_somebody_typed_is_shown_as_text(browser: Browser) -> None:
    typed = '"><script>alert(1)</script>@example.org'
    answer = await browser.send("/sign-up", "/sign-up", FIELDS | {"email": typed})
    assert "<script>alert" not in answer.text


async def test_the_right_password_logs_in_and_a_wrong_one_does_not(
    browser: Browser, other: Browser
) -> None:
    await browser.sign_up()
    wrong = await other.log_in(password="wrong password")
    assert wrong.status_code == 401
    assert "The e-mail or the password is wrong." in wrong.text and EMAIL in wrong.text
    unknown = await other.log_in("nobody@example.org")
    assert unknown.status_code == 401 and "The e-mail or the password is wrong." in unknown.text
    right = await other.log_in()
    assert right.status_code == 303 and right.headers["location"] == "/libraries"
    assert EMAIL in (await other.get("/account")).text


async def test_somebody_who_is_logged_in_needs_no_login(browser: Browser) -> None:
    await browser.sign_up()
    assert (await browser.get("/login")).headers["location"] == "/libraries"
    assert (await browser.get("/sign-up")).headers["location"] == "/libraries"
    assert (await browser.get("/login?next=/devices")).headers["location"] == "/devices"


async def test_after_the_logout_the_cookie_is_worth_nothing(browser: Browser) -> None:
    await browser.sign_up()
    kept = browser.client.cookies["session"]
    answer = await browser.send("/account", "/logout")
    assert answer.headers["location"] == "/"
    assert "session" not in browser.client.cookies
    browser.client.cookies.set("session", kept)
    assert (await browser.get("/account")).status_code == 303


@pytest.mark.parametrize("secret", ["", "x", "x" * 43, "x" * 500, "ä" * 43])
async def test_a_session_that_is_none_is_nobody(browser: Browser, secret: str) -> None:
    headers = [(b"accept", b"text/html"), (b"cookie", f"session={secret}".encode())]
    answer = await browser.client.get("/account", headers=headers)
    assert answer.status_code == 303


async def test_a_session_is_another_after_each_login(browser: Browser) -> None:
    await browser.sign_up()
    first = browser.client.cookies["session"]
    await browser.send("/account", "/logout")
    await browser.log_in()
    assert browser.client.cookies["session"] != first


class TestWithInvites:
    """A server that wants an invite."""

    @pytest.fixture(name="settings")
    def fixture_settings(self, tmp_path: Path) -> Settings:
        return site_settings(tmp_path / "data", sign_up=SignUp.INVITE)

    async def test_an_invite_opens_one_account(
        self, browser: Browser, other: Browser, services: Services
    ) -> None:
        code = await services.invites.create()
        page = await browser.get(f"/sign-up?invite={code}")
        assert code in page.text
        answer = await browser.send("/sign-up", "/sign-up", FIELDS | {"invite": f" {code} "})
        assert answer.status_code == 303
        fields = {"email": "berta@example.org", "password": PASSWORD, "invite": code}
        again = await other.send("/sign-up", "/sign-up", fields)
        assert again.status_code == 400 and "This invite does not hold" in again.text

    async def test_without_an_invite_nobody_learns_who_has_an_account(
        self, browser: Browser, services: Services
    ) -> None:
        await services.accounts.add(EMAIL, PASSWORD)
        for email in (EMAIL, "nobody@example.org"):
            answer = await browser.send("/sign-up", "/sign-up", FIELDS | {"email": email})
            assert "This invite does not hold" in answer.text
            assert "has an account already" not in answer.text


class TestClosed:
    """A server on which the operator makes the accounts."""

    @pytest.fixture(name="settings")
    def fixture_settings(self, tmp_path: Path) -> Settings:
        return site_settings(tmp_path / "data", sign_up=SignUp.CLOSED)

    async def test_nobody_can_sign_up(self, browser: Browser, services: Services) -> None:
        page = await browser.get("/sign-up")
        assert page.status_code == 403 and "Accounts can’t be opened here" in page.text
        answer = await browser.send("/login", "/sign-up", FIELDS)
        assert answer.status_code == 403
        assert not await services.accounts.all_accounts()
        assert 'href="/sign-up"' not in (await browser.get("/login")).text
        assert 'href="/sign-up"' not in (await browser.get("/")).text


class TestLimited:
    """A server that lets nobody guess."""

    @pytest.fixture(name="settings")
    def fixture_settings(self, tmp_path: Path) -> Settings:
        return site_settings(tmp_path / "data", logins_per_minute=2, sign_ups_per_hour=1)

    async def test_too_many_guesses_are_a_page_that_says_how_long(self, browser: Browser) -> None:
        for _ in range(2):
            assert (await browser.log_in()).status_code == 401
        answer = await browser.log_in()
        assert answer.status_code == 429 and "Too many attempts" in answer.text
        assert int(answer.headers["retry-after"]) <= 60 and "Wait " in answer.text

    async def test_passwords_and_codes_are_limited_too(self, browser: Browser) -> None:
        await browser.sign_up()
        tries = (
            ("/account/password", "/account/password", {"old": "a", "password": PASSWORD}),
            ("/device", "/device", {"code": "XXXX-XXXX"}),
        )
        for page, path, fields in tries:
            statuses = [(await browser.send(page, path, fields)).status_code for _ in range(3)]
            assert statuses == [400, 400, 429]
        answer = await browser.send("/account/delete", "/account/delete", {"password": "x"})
        assert answer.status_code == 429

    async def test_sign_ups_are_limited(self, browser: Browser, other: Browser) -> None:
        await browser.sign_up()
        fields = FIELDS | {"email": "berta@example.org"}
        assert (await other.send("/sign-up", "/sign-up", fields)).status_code == 429
