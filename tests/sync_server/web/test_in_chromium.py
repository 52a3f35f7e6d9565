"""The pages in a real browser: accessible, quiet in its console, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.sync_server.web.samples import manifest
from tests.sync_server.web.screenshots import (
    SCHEMES,
    Prepared,
    chromium,
    log_in,
    prepare,
    set_used,
    shots,
    show,
)
from tests.sync_server.web.site import EMAIL, PASSWORD, Served, served, site_settings

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

NARROWEST = 320


@dataclass(frozen=True, slots=True)
class Site:
    """A server with a browser in front of it."""

    server: Served
    browser: Browser
    made: Prepared

    def context(self, **options: object) -> BrowserContext:
        """Give a browser that has not been here yet."""
        return self.browser.new_context(base_url=self.server.address, **options)  # type: ignore[arg-type]


@pytest.fixture(name="site", scope="module")
def fixture_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with something of everything."""
    folder = tmp_path_factory.mktemp("site")
    releases = folder / "releases.json"
    releases.write_bytes(manifest())
    settings = site_settings(folder / "data", releases_file=releases)
    with served(settings) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        made = server.run(prepare(server.services))
        server.run(set_used(server.services, 3_412_000_000))
        yield Site(server, browser, made)
        browser.close()


@pytest.fixture(name="page")
def fixture_page(site: Site) -> Iterator[Page]:
    """A page of somebody who is logged in."""
    context = site.context()
    page = context.new_page()
    log_in(page)
    yield page
    context.close()


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong with any page."""

    axe: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)


@pytest.fixture(name="findings", scope="module")
def fixture_findings(site: Site) -> Iterator[Findings]:
    """Visit all pages once, those for everyone first."""
    found = Findings()
    # A color on its way from light to dark would be measured half way.
    context = site.context(reduced_motion="reduce")
    page = context.new_page()
    listen(page, found.heard)
    is_logged_in = False
    for shot in sorted(shots(site.made), key=lambda shot: not shot.is_public):
        if not shot.is_public and not is_logged_in:
            log_in(page)
            is_logged_in = True
        show(page, shot)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for scheme in SCHEMES:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            result = page.evaluate("tags => axe.run({runOnly: tags})", _RULES)
            for violation in result["violations"]:
                places = [node["html"][:150] for node in violation["nodes"]]
                found.axe.append(f"{shot.name}, {scheme}: {violation['id']}: {places}")
        page.set_viewport_size({"width": NARROWEST, "height": 640})
        if page.evaluate("document.documentElement.scrollWidth") > NARROWEST:
            found.wide.append(shot.name)
        page.set_viewport_size({"width": 1280, "height": 800})
    yield found
    context.close()


def listen(page: Page, heard: list[str]) -> None:
    """Write down what a page complains of in its console."""

    def hear(message: ConsoleMessage) -> None:
        # A status that was asked for is no fault of the page.
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            heard.append(f"{page.url}: {message.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))


def test_axe_finds_nothing_on_any_page_light_or_dark(findings: Findings) -> None:
    assert not findings.axe, "\n".join(findings.axe)


def test_no_page_scrolls_sideways_at_320_pixels(findings: Findings) -> None:
    assert not findings.wide


def test_no_page_breaks_its_own_policy(findings: Findings) -> None:
    assert not findings.heard, "\n".join(findings.heard)


def test_an_inline_script_does_not_run(page: Page) -> None:
    page.goto("/account")
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.wasRun = true";
        document.body.append(script);
    }""")
    assert page.evaluate("window.wasRun") is None


def test_the_reading_view_shows_and_finds(site: Site, page: Page) -> None:
    page.goto(f"/libraries/{site.made.library}")
    page.get_by_role("link", name="Interview Kowalski").click()
    page.get_by_role("heading", name="Interview Kowalski", level=1).wait_for()
    assert page.title() == "Interview Kowalski · Whisper Transcriber"
    rows = page.get_by_role("group")
    assert rows.count() == 8
    assert rows.nth(1).get_attribute("aria-label") == "Jan Kowalski, 0:11"
    page.keyboard.press("Control+k")
    page.keyboard.type("motlawa")
    page.keyboard.press("Enter")
    assert page.locator("mark.is-current").inner_text() == "Motława"
    assert page.locator("[data-count]").inner_text() == "1 of 1"
    page.keyboard.press("Escape")
    assert page.locator("mark").count() == 0
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    assert rows.nth(1).evaluate("row => row === document.activeElement")
    page.keyboard.press("Enter")
    assert page.url.endswith("#w-k3f9a2wq.0.28")
    page.reload()
    page.get_by_role("heading", name="Interview Kowalski", level=1).wait_for()
    page.wait_for_function("() => document.getElementById('w-k3f9a2wq.0.28').matches(':target')")


def test_paper_gets_the_text_only(site: Site, page: Page) -> None:
    page.goto(f"/libraries/{site.made.library}/items/{site.made.item}")
    page.get_by_role("group").first.wait_for()
    page.emulate_media(media="print", color_scheme="dark")
    for selector in (".top", ".search", ".back", "[data-print]", ".bottom"):
        assert not page.locator(selector).first.is_visible(), selector
    assert page.get_by_role("group").first.is_visible()
    color = page.locator(".words").first.evaluate("words => getComputedStyle(words).color")
    assert color == "rgb(0, 0, 0)"


def test_a_device_gets_its_name_in_place(site: Site, page: Page) -> None:
    page.goto("/devices")
    row = page.locator(f"#device-{site.made.device}")
    page.evaluate("window.isTheSamePage = true")
    row.locator("summary").click()
    row.get_by_role("textbox").fill("")
    row.get_by_role("textbox").fill("x" * 200)
    row.get_by_role("button", name="Save").click()
    row.get_by_text("Renamed.").wait_for()
    assert row.locator("strong").inner_text() == "x" * 200
    assert row.locator("summary").evaluate("button => button === document.activeElement")
    row.locator("summary").click()
    row.get_by_role("textbox").fill("Anna’s laptop")
    row.get_by_role("button", name="Save").click()
    row.get_by_text("Anna’s laptop", exact=True).wait_for()
    assert page.evaluate("window.isTheSamePage") is True


def test_older_transcripts_come_below_with_their_titles(site: Site, page: Page) -> None:
    page.goto(f"/libraries/{site.made.library}")
    page.get_by_role("link", name="Show older ones").click()
    page.get_by_text("Episode 0").wait_for()
    assert page.locator("#items > li").count() == 55
    assert page.get_by_role("link", name="Show older ones").count() == 0


def test_a_login_that_has_ended_leads_to_the_login(site: Site, page: Page) -> None:
    page.goto("/devices")
    page.context.clear_cookies()
    row = page.locator(f"#device-{site.made.device}")
    row.locator("summary").click()
    row.get_by_role("button", name="Save").click()
    page.wait_for_url("**/login")


def test_all_but_reading_works_without_scripts(site: Site) -> None:
    context = site.context(java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-up")
    page.fill("#email", "berta@example.org")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    assert page.get_by_text("The account is open.").is_visible()
    started = site.server.run(site.server.services.device_codes.start("Kitchen computer"))
    page.goto(f"/device?code={started.user_code}")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Let it in").click()
    site.server.run(site.server.services.device_codes.poll(started.device_code))
    page.goto("/devices")
    page.locator("summary").click()
    page.get_by_role("textbox").fill("Kitchen")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_text("The device has its new name.").is_visible()
    page.get_by_role("link", name="Remove Kitchen").click()
    page.get_by_role("button", name="Remove the device").click()
    assert page.get_by_text("No device yet").is_visible()
    page.goto("/account")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export…").click()
        page.get_by_role("button", name="Export").click()
    assert download.value.suggested_filename == "whisper-transcriber-export.zip"
    page.goto("/account")
    page.get_by_role("button", name="Log out").click()
    page.goto("/account")
    assert page.get_by_role("heading", name="Log in").is_visible()
    context.close()


def test_without_scripts_a_library_is_a_list_and_reading_says_why(site: Site) -> None:
    context = site.context(java_script_enabled=False)
    page = context.new_page()
    log_in(page)
    page.goto(f"/libraries/{site.made.library}")
    # Playwright finds no text inside <noscript>, so the note is asked for by its place.
    note = page.locator("noscript .card")
    assert note.is_visible() and "Titles appear with" in note.inner_text()
    page.get_by_role("link", name="Show older ones").click()
    assert page.locator("#items > li").count() == 5
    page.locator("#items a").first.click()
    assert note.is_visible() and "Reading needs JavaScript" in note.inner_text()
    assert page.get_by_text("Reading the transcript…").count() == 0
    context.close()


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/account")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the content")
    assert link.evaluate("link => link === document.activeElement && link.offsetHeight > 20")
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    assert EMAIL in page.locator("main").inner_text()
