"""What every page has: headers, cookies, tokens on forms, and no way around the login."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from litestar.handlers import HTTPRouteHandler

from sync_server.app import application
from sync_server.assembly import Services
from sync_server.settings import Settings
from sync_server.web.visits import local_path
from tests.sync_server.web.site import (
    EMAIL,
    PASSWORD,
    Browser,
    opened,
    running_services,
    site_settings,
)

TEMPLATES = Path(__file__).parents[3] / "sync_server" / "web" / "templates"
PUBLIC = {"/", "/downloads", "/login", "/sign-up", "/robots.txt", "/.well-known/security.txt"}


def page_routes(services: Services) -> list[tuple[str, str]]:
    """Return all routes of the pages with an id in place of each parameter."""
    found = []
    for route in application(services).routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler) and not route.path.startswith(
                ("/v1", "/healthz", "/static")
            ):
                path = re.sub(r"\{\w+:uuid\}", str(uuid4()), route.path)
                path = re.sub(r"\{\w+:str\}", "0" * 64, path)
                found += [(method, path) for method in handler.http_methods if method != "OPTIONS"]
    return sorted(found)


async def test_no_page_is_shown_without_a_login(browser: Browser, services: Services) -> None:
    closed = [path for method, path in page_routes(services) if method == "GET"]
    assert len(closed) > 15
    for path in closed:
        if path not in PUBLIC:
            answer = await browser.get(path)
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/login?next=/"), path


async def test_no_form_is_taken_without_its_token(browser: Browser, services: Services) -> None:
    await browser.sign_up()
    forms = [path for method, path in page_routes(services) if method == "POST"]
    assert len(forms) >= 12
    for path in forms:
        for token in ("", "x", "0.0"):
            answer = await browser.client.post(path, data={"csrf": token, "email": EMAIL})
            assert answer.status_code == 403, path
            assert "This page was open too long" in answer.text
    assert (await browser.get("/account")).status_code == 200


async def test_a_token_is_good_for_its_own_cookie_only(browser: Browser, other: Browser) -> None:
    await browser.sign_up()
    await other.sign_up("berta@example.org")
    token = re.search(r'name="csrf" value="([^"]+)"', (await other.get("/account")).text)
    assert token
    answer = await browser.client.post("/logout", data={"csrf": token[1]})
    assert answer.status_code == 403
    assert (await browser.get("/account")).status_code == 200


async def test_tokens_differ_each_time(browser: Browser) -> None:
    pages = [(await browser.get("/login")).text for _ in range(2)]
    tokens = {re.search(r'name="csrf" value="([^"]+)"', page)[1] for page in pages}  # type: ignore[index]
    assert len(tokens) == 2


async def test_a_form_from_before_the_logout_is_too_old(browser: Browser) -> None:
    await browser.sign_up()
    old = re.search(r'name="csrf" value="([^"]+)"', (await browser.get("/account")).text)
    assert old
    await browser.send("/account", "/logout")
    await browser.log_in()
    answer = await browser.client.post("/account/keep", data={"csrf": old[1]})
    assert answer.status_code == 403 and "was made for" in answer.text


async def test_pages_run_nothing_that_is_not_ours(browser: Browser) -> None:
    await browser.sign_up()
    for path in ("/", "/login", "/devices", "/libraries", "/nowhere"):
        headers = (await browser.get(path)).headers
        policy = headers.get("content-security-policy", "")
        if path != "/login":
            assert "default-src 'none'" in policy and "unsafe" not in policy, path
            assert "frame-ancestors 'none'" in policy and headers["x-frame-options"] == "DENY"
            assert headers["cache-control"] == "no-store"
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "same-origin"


def test_templates_have_no_inline_script_or_style() -> None:
    for path in TEMPLATES.glob("*.html"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(
            r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=.js", source
        ), path
        for tag in re.findall(r"<script[^>]*>", source):
            assert " src=" in tag, path
        assert "|safe" not in source.replace(" ", ""), path


async def test_every_form_that_changes_something_carries_a_token() -> None:
    for path in TEMPLATES.glob("*.html"):
        source = path.read_text(encoding="utf-8")
        for form in re.findall(r'<form[^>]*method="post".*?</form>', source, re.DOTALL):
            assert "csrf(visit)" in form, path


async def test_cookies_are_for_the_server_alone(browser: Browser) -> None:
    cookie = (await browser.get("/login")).headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    answer = await browser.send("/sign-up", "/sign-up", {"email": EMAIL, "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("session=") and "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert "Secure" not in cookie


class TestWithHttps:
    """Behind HTTPS the cookies are locked to it."""

    @pytest.fixture(name="settings")
    def fixture_settings(self, tmp_path: Path) -> Settings:
        return site_settings(tmp_path / "data", public_url="https://sync.test")

    @pytest.fixture(name="browser")
    async def fixture_browser(self, services: Services) -> AsyncIterator[Browser]:
        async with opened(services, "https://sync.test") as browser:
            yield browser

    async def test_cookies_and_transport_are_secure(self, browser: Browser) -> None:
        answer = await browser.send("/sign-up", "/sign-up", {"email": EMAIL, "password": PASSWORD})
        cookie = answer.headers["set-cookie"]
        assert (
            cookie.startswith("__Host-session=") and "Secure" in cookie and "Domain" not in cookie
        )
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        assert (await browser.get("/account")).status_code == 200


async def test_cookies_are_secure_in_production(tmp_path: Path) -> None:
    settings = site_settings(tmp_path / "other", environment="production")
    async with running_services(settings) as strict, strict.at_work():
        async with opened(strict) as browser:
            assert "Secure" in (await browser.get("/login")).headers["set-cookie"]


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: a=b",
        "evil",
        "",
        "/" + "a" * 2000,
    ],
)
async def test_a_login_never_leads_elsewhere(browser: Browser, wanted: str) -> None:
    await browser.sign_up()
    await browser.send("/account", "/logout")
    fields = {"email": EMAIL, "password": PASSWORD, "next": wanted}
    answer = await browser.send("/login", "/login", fields)
    assert answer.headers["location"] == "/libraries"
    assert local_path(wanted, "no") == "no"


async def test_a_login_goes_on_to_where_somebody_wanted(browser: Browser) -> None:
    await browser.sign_up()
    await browser.send("/account", "/logout")
    answer = await browser.get("/device?code=BCDF-GHJK")
    page = await browser.get(answer.headers["location"])
    wanted = re.search(r'name="next" value="([^"]+)"', page.text)
    assert wanted
    fields = {"email": EMAIL, "password": PASSWORD, "next": wanted[1]}
    answer = await browser.send("/login", "/login", fields)
    assert answer.headers["location"] == "/device?code=BCDF-GHJK"


async def test_what_is_too_large_is_a_page(browser: Browser) -> None:
    await browser.sign_up()
    answer = await browser.send("/account", "/logout", {"more": "x" * 100_000})
    assert answer.status_code == 413 and "too much at once" in answer.text


async def test_scripts_learn_that_the_login_has_ended(browser: Browser) -> None:
    answer = await browser.get(f"/blobs/{'0' * 64}", accept="*/*")
    assert answer.status_code == 401
    answer = await browser.client.post("/devices/x/name", headers={"hx-request": "true"})
    assert answer.status_code == 404
    answer = await browser.client.post(
        f"/devices/{uuid4()}/name", headers={"hx-request": "true", "accept": "text/html"}
    )
    assert answer.headers["hx-redirect"] == "/login"
