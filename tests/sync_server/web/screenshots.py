"""Take pictures of every page, light and dark, wide and narrow, to be looked at.

    python -m tests.sync_server.web.screenshots FOLDER [NAME …]

needs Debian's Chromium; `WHISPER_CHROMIUM` names another one.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Browser, Page, sync_playwright

from sync_server.assembly import Services
from sync_server.protocol import SignUp
from sync_server.tables import account
from tests.sync_server.web.samples import interview, manifest, transcript
from tests.sync_server.web.site import (
    EMAIL,
    PASSWORD,
    Served,
    add_device,
    add_library,
    blob_of,
    push,
    served,
    site_settings,
)

WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")
LONG = "Rozmowa-z-panem-Kowalskim-o-zimie-osiemdziesiątego-dziewiątego-i-o-wszystkim-innym " * 2

WRONG = (("email", "nobody@example.org"), ("password", "wrong"))


@dataclass(frozen=True, slots=True)
class Shot:
    """A page to take a picture of, once fields were filled and a button was pressed."""

    name: str
    path: str
    is_public: bool = False
    fill: tuple[tuple[str, str], ...] = ()
    press: str = ""
    forgets: bool = False
    """The cookies go before the button is pressed."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was put on the server."""

    library: UUID
    encrypted: UUID
    empty: UUID
    item: UUID
    damaged: UUID
    device: UUID
    code: str


def chromium() -> str:
    """Return the browser that pictures and page tests use."""
    return os.environ.get("WHISPER_CHROMIUM", "/usr/bin/chromium")


async def prepare(services: Services) -> Prepared:
    """Fill the server with what pages show: some usual, some long, some damaged."""
    await services.accounts.add(EMAIL, PASSWORD)
    caller = await add_device(services, "Anna’s laptop")
    await add_device(services, LONG[:190])
    await add_device(services, "Office")
    library = await add_library(services, caller, "Library")
    encrypted = await add_library(services, caller, "Private", encrypted=True)
    empty = await add_library(services, caller, LONG[:190])
    await push(services, caller, encrypted, blob_of(b"sealed"))
    for number in range(52):
        line = [("s1", f"This is episode {number}.")]
        await push(services, caller, library, transcript(f"Episode {number}", line))
    damaged = await push(services, caller, library, blob_of(b"damaged"))
    await push(
        services, caller, library, transcript(LONG, [("s1", LONG), ("s2", "Yes.")], (LONG, ""))
    )
    item = await push(services, caller, library, interview())
    code = (await services.device_codes.start("Kitchen computer")).user_code
    return Prepared(library, encrypted, empty, item, damaged, caller.device_id, code)


async def set_used(services: Services, used: int, delete_after: int | None = None) -> None:
    """Make the account as full as a picture needs it."""
    async with services.database.write() as connection:
        await connection.execute(
            account.update()
            .where(account.c.email == EMAIL)
            .values(used_bytes=used, quota_bytes=10 * 10**9, delete_after=delete_after)
        )


def shots(made: Prepared) -> Sequence[Shot]:
    """Return all pages, in the order of a visit."""
    library = f"/libraries/{made.library}"
    return (
        Shot("start", "/", True),
        Shot("downloads", "/downloads", True),
        Shot("login", "/login", True),
        Shot(
            "login-wrong",
            "/login",
            True,
            WRONG,
            "Log in",
        ),
        Shot("sign-up", "/sign-up", True),
        Shot(
            "sign-up-wrong",
            "/sign-up",
            True,
            (("email", EMAIL), ("password", PASSWORD)),
            "Create the account",
        ),
        Shot("not-found", "/nowhere", True),
        Shot("too-old", "/login", True, WRONG, "Log in", forgets=True),
        Shot("start-logged-in", "/"),
        Shot("libraries", "/libraries?done=signed-up"),
        Shot("library", library),
        Shot("library-empty", f"/libraries/{made.empty}"),
        Shot("library-encrypted", f"/libraries/{made.encrypted}"),
        Shot("reading", f"{library}/items/{made.item}"),
        Shot("reading-search", f"{library}/items/{made.item}", fill=(("query", "the"),)),
        Shot("reading-nowhere", f"{library}/items/{made.item}", fill=(("query", "Gdynia"),)),
        Shot("reading-damaged", f"{library}/items/{made.damaged}"),
        Shot("devices", "/devices?done=renamed"),
        Shot("devices-rename", "/devices", press="summary"),
        Shot("device-revoke", f"/devices/{made.device}/revoke"),
        Shot("device-code", f"/device?code={made.code}"),
        Shot("device-code-wrong", "/device", fill=(("code", "XXXX-XXXX"),), press="Continue"),
        Shot("device-approve", f"/device?code={made.code}", press="Continue"),
        Shot("account", "/account"),
        Shot("password", "/account/password"),
        Shot(
            "password-wrong",
            "/account/password",
            fill=(("old", "not the one"), ("password", "another good one")),
            press="Change the password",
        ),
        Shot("export", "/account/export"),
        Shot("delete", "/account/delete"),
    )


def log_in(page: Page) -> None:
    """Log in by the form."""
    page.goto("/login")
    page.fill("#email", EMAIL)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/libraries*")


def show(page: Page, shot: Shot) -> None:
    """Bring a page to what its picture shows."""
    page.goto(shot.path)
    for name, value in shot.fill:
        page.fill(f"#{name}", value)
    if shot.forgets:
        page.context.clear_cookies()
    if shot.press == "summary":
        page.locator("summary").nth(1).click()
    elif shot.press:
        page.get_by_role("button", name=shot.press).click()
    page.wait_for_load_state("networkidle")
    if shot.name.startswith("reading-") and shot.fill:
        page.wait_for_function("() => document.querySelector('[data-count]').textContent !== ''")
    if "/items/" in shot.path:
        page.wait_for_function("() => !document.body.innerText.includes('Reading the transcript…')")


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes pictures of the pages of one server."""

    browser: Browser
    address: str
    folder: Path
    only: Sequence[str]

    def take(
        self,
        shot: Shot,
        before: Callable[[], object] = lambda: None,
        after: Callable[[], object] = lambda: None,
    ) -> None:
        """Take one page's pictures; `before` is done after each login, and then `after`."""
        if self.only and shot.name not in self.only:
            return
        for scheme in SCHEMES:
            for width in WIDTHS:
                context = self.browser.new_context(
                    base_url=self.address,
                    viewport={"width": width, "height": 800},
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                page = context.new_page()
                if not shot.is_public:
                    log_in(page)
                before()
                show(page, shot)
                path = self.folder / f"{shot.name}-{scheme}-{width}.png"
                # Chromium draws what is far below only once it has been near.
                page.set_viewport_size({"width": width, "height": 2400})
                page.wait_for_timeout(150)
                page.set_viewport_size({"width": width, "height": 800})
                page.screenshot(path=path, full_page=True)
                context.close()
                after()


def take_usual(camera: Camera, site: Served, releases: Path) -> None:
    """Take the pages of a server as it mostly is, and then without its releases."""
    made = site.run(prepare(site.services))
    site.run(set_used(site.services, 3_412_000_000))
    for shot in shots(made):
        camera.take(shot)
    camera.take(
        Shot("account-full", "/account"),
        lambda: site.run(set_used(site.services, 10**10)),
    )
    # A login takes a deletion back, so it is planned after it.
    camera.take(
        Shot("account-leaving", "/account"),
        lambda: site.run(set_used(site.services, 9_300_000_000, 1_796_000_000_000)),
    )
    releases.write_text("{", encoding="utf-8")
    camera.take(Shot("downloads-damaged", "/downloads", True))
    releases.unlink()
    camera.take(Shot("downloads-none", "/downloads", True))


def take_strict(camera: Camera, site: Served) -> None:
    """Take the pages of a server that lets few in, and then breaks."""
    camera.take(Shot("sign-up-invite", "/sign-up?invite=an-invite-that-somebody-sent", True))
    fields = (("email", EMAIL), ("password", PASSWORD))
    for _ in range(2):
        camera.take(Shot("too-many", "/sign-up?invite=wrong", True, fields, "Create the account"))
    site.run(site.services.accounts.add(EMAIL, PASSWORD))
    database = site.services.settings.data_dir / "server.sqlite3"

    def breaks() -> None:
        site.run(site.services.database.close())
        database.rename(database.with_suffix(".away"))

    def mends() -> None:
        site.run(site.services.database.close())
        database.unlink(missing_ok=True)
        database.with_suffix(".away").rename(database)

    camera.take(Shot("fault", "/account"), breaks, mends)


def main(folder: Path, only: Sequence[str]) -> None:
    """Take all pictures, or those of some pages."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        releases = Path(data) / "releases.json"
        releases.write_bytes(manifest())
        with served(site_settings(Path(data) / "usual", releases_file=releases)) as site:
            take_usual(Camera(browser, site.address, folder, only), site, releases)
        strict = site_settings(Path(data) / "strict", sign_up=SignUp.INVITE, sign_ups_per_hour=4)
        with served(strict) as site:
            take_strict(Camera(browser, site.address, folder, only), site)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
