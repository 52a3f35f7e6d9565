"""Pages for everyone."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from sync_server.assembly import Services
from sync_server.settings import Settings
from sync_server.web.assets import Assets
from tests.sync_server.web.samples import manifest, release_file
from tests.sync_server.web.site import Browser, opened, running_services, site_settings

STATIC = Path(__file__).parents[3] / "sync_server" / "web" / "static"


async def test_the_start_offers_the_release_and_the_login(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "releases.json").write_bytes(manifest())
    page = await browser.get("/")
    assert page.status_code == 200
    assert "Download 1.2.3" in page.text
    assert 'href="/login"' in page.text and 'href="/sign-up"' in page.text


async def test_somebody_who_is_logged_in_goes_on_to_the_transcripts(browser: Browser) -> None:
    await browser.sign_up()
    page = await browser.get("/")
    assert 'href="/libraries"' in page.text and 'href="/sign-up"' not in page.text


async def test_downloads_list_size_hash_and_signature(browser: Browser, tmp_path: Path) -> None:
    entry = release_file("windows", "arm64", "exe", signed=False, size=1_500_000)
    signed = release_file("macos", "x86_64", "dmg")
    (tmp_path / "releases.json").write_bytes(manifest(files=[entry, signed]))
    page = (await browser.get("/downloads")).text
    for value in (entry["name"], entry["url"], entry["sha256"], "1.5\u00a0MB", "Not signed"):
        assert str(value) in page
    assert "Disk image, Intel" in page and page.count("Not signed") == 1
    assert "There is no file for Linux in this version." in page


async def test_words_of_the_manifest_stay_words(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "releases.json").write_bytes(manifest(notes="<script>alert(1)</script>"))
    assert "<script>alert" not in (await browser.get("/downloads")).text


async def test_no_manifest_is_a_page(browser: Browser) -> None:
    page = await browser.get("/downloads")
    assert page.status_code == 200 and "Nothing to download yet" in page.text


async def test_a_damaged_manifest_offers_no_file(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "releases.json").write_bytes(manifest()[:-20])
    page = await browser.get("/downloads")
    assert page.status_code == 503 and "damaged" in page.text
    assert ".deb" not in page.text
    assert (await browser.get("/")).status_code == 200


async def test_all_files_that_pages_name_are_there_for_ever(browser: Browser) -> None:
    await browser.sign_up()
    pages = [(await browser.get(path)).text for path in ("/", "/devices", "/login")]
    named = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', "".join(pages)))
    assert {name.rsplit("/", 1)[1] for name in named} >= {"style.css", "favicon.svg"}
    for name in named:
        found = await browser.get(name)
        assert found.status_code == 200
        assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
        again = await browser.get(name, **{"if-none-match": found.headers["etag"]})
        assert again.status_code == 304 and not again.content


async def test_modules_find_each_other_below_one_address(browser: Browser) -> None:
    version = Assets().version
    for path in STATIC.glob("modules/*.js"):
        for wanted in re.findall(r'from "\./([^"]+)"', path.read_text(encoding="utf-8")):
            found = await browser.get(f"/static/{version}/modules/{wanted}")
            assert found.headers["content-type"].startswith("text/javascript")


async def test_a_file_of_another_release_is_asked_for_again(browser: Browser) -> None:
    found = await browser.get("/static/0123456789abcdef/style.css")
    assert found.status_code == 200 and found.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["nothing.css", "..%2Fpages.py", "../pages.py", "vendor/README.md", "modules", "%00"]
)
async def test_nothing_else_is_served(browser: Browser, name: str) -> None:
    assert (await browser.get(f"/static/x/{name}")).status_code == 404


def test_htmx_is_the_one_that_was_vendored() -> None:
    vendor = STATIC / "vendor"
    (script,) = vendor.glob("*.js")
    digest = hashlib.sha256(script.read_bytes()).hexdigest()
    assert digest in (vendor / "README.md").read_text(encoding="utf-8")
    assert (vendor / "htmx-LICENSE.txt").is_file()


async def test_security_txt_names_the_contact(tmp_path: Path) -> None:
    settings = site_settings(
        tmp_path / "data",
        security_contact="mailto:security@example.org",
        public_url="https://sync.example.org",
    )
    async with running_services(settings) as services, services.at_work():
        async with opened(services) as browser:
            found = await browser.get("/.well-known/security.txt")
    assert found.headers["content-type"].startswith("text/plain")
    lines = dict(line.split(": ", 1) for line in found.text.splitlines())
    assert lines["Contact"] == "mailto:security@example.org"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", lines["Expires"])
    assert lines["Canonical"] == "https://sync.example.org/.well-known/security.txt"


async def test_without_a_contact_there_is_no_security_txt(browser: Browser) -> None:
    assert (await browser.get("/.well-known/security.txt")).status_code == 404


async def test_search_engines_see_the_start_and_downloads(browser: Browser) -> None:
    assert "Disallow: /\n" in (await browser.get("/robots.txt")).text


async def test_what_is_not_there_is_a_page_for_people(browser: Browser) -> None:
    page = await browser.get("/nowhere")
    assert page.status_code == 404 and "There is no such page" in page.text
    assert page.headers["content-security-policy"]


@pytest.mark.parametrize(("path", "accept"), [("/nowhere", "*/*"), ("/v1/nowhere", "text/html")])
async def test_programs_get_json(browser: Browser, path: str, accept: str) -> None:
    found = await browser.get(path, accept=accept)
    assert found.status_code == 404 and found.json()["code"] == "sync.not_found"


async def test_a_fault_is_a_page_with_the_request_id(
    browser: Browser, services: Services, settings: Settings
) -> None:
    await browser.sign_up()
    await services.database.close()
    (settings.data_dir / "server.sqlite3").rename(settings.data_dir / "away.sqlite3")
    page = await browser.get("/account")
    assert page.status_code >= 500
    assert page.headers["x-request-id"] in page.text
    assert "Traceback" not in page.text and "sqlite" not in page.text.lower()
