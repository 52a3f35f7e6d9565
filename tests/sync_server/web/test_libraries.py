"""Libraries, their transcripts, and the bytes that the reading view fetches."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

from sync_server.assembly import Services
from sync_server.services.items import PAGE_ITEMS
from tests.sync_server.web.samples import interview, transcript
from tests.sync_server.web.site import Browser, add_device, add_library, blob_of, push


async def prepared(browser: Browser, services: Services) -> tuple[UUID, UUID]:
    """Sign up and push one transcript; return library and item."""
    await browser.sign_up()
    caller = await add_device(services)
    library_id = await add_library(services, caller, "Thesis & more")
    return library_id, await push(services, caller, library_id, interview())


async def test_libraries_are_listed(browser: Browser, services: Services) -> None:
    library_id, _ = await prepared(browser, services)
    page = (await browser.get("/libraries")).text
    assert "Thesis &amp; more" in page and "1\u00a0transcript<" in page
    assert f'href="/libraries/{library_id}"' in page


async def test_a_library_lists_places_and_no_titles(browser: Browser, services: Services) -> None:
    library_id, item_id = await prepared(browser, services)
    page = (await browser.get(f"/libraries/{library_id}")).text
    assert f'href="/libraries/{library_id}/items/{item_id}"' in page
    assert "Kowalski" not in page


async def test_older_ones_are_a_link_away(browser: Browser, services: Services) -> None:
    library_id, _ = await prepared(browser, services)
    caller = await add_device(services)
    for number in range(PAGE_ITEMS):
        await push(services, caller, library_id, transcript(f"{number}", [("s1", "Word.")]))
    page = (await browser.get(f"/libraries/{library_id}")).text
    assert page.count("data-title") == PAGE_ITEMS
    older = re.search(r'href="(\?before=\d+)"', page)
    assert older
    page = (await browser.get(f"/libraries/{library_id}{older[1]}")).text
    assert page.count("data-title") == 1 and "Show older ones" not in page
    page = (await browser.get(f"/libraries/{library_id}?before=1")).text
    assert "No older ones" in page


async def test_a_before_that_is_no_number_is_the_start(
    browser: Browser, services: Services
) -> None:
    library_id, _ = await prepared(browser, services)
    for before in ("x", "-1", "9" * 40, "٣"):
        page = await browser.get(f"/libraries/{library_id}?before={before}")
        assert page.status_code == 200 and "data-title" in page.text


async def test_the_reading_view_has_the_places_of_the_bytes(
    browser: Browser, services: Services
) -> None:
    library_id, item_id = await prepared(browser, services)
    page = (await browser.get(f"/libraries/{library_id}/items/{item_id}")).text
    address = re.search(r'data-body="([^"]+)"', page)
    assert address and "<noscript>" in page
    sample = interview()
    body = await browser.get(address[1], accept="*/*")
    assert body.content == sample.body
    for sha256, blob in sample.blobs.items():
        assert (await browser.get(f"/blobs/{sha256}", accept="*/*")).content == blob


async def test_bytes_are_never_a_page_and_are_asked_for_again(
    browser: Browser, services: Services
) -> None:
    library_id, item_id = await prepared(browser, services)
    paths = [f"/libraries/{library_id}/items/{item_id}/body"]
    paths += [f"/blobs/{sha256}" for sha256 in interview().blobs]
    for path in paths:
        found = await browser.get(path)
        assert found.headers["content-type"] == "application/octet-stream"
        assert "sandbox" in found.headers["content-security-policy"]
        assert found.headers["content-disposition"] == "attachment"
        assert found.headers["cache-control"] == "private, no-cache"
        again = await browser.get(path, **{"if-none-match": found.headers["etag"]})
        assert again.status_code == 304 and not again.content


async def test_what_belongs_to_another_account_is_not_there(
    browser: Browser, other: Browser, services: Services
) -> None:
    library_id, item_id = await prepared(browser, services)
    await other.sign_up("berta@example.org")
    own = f"/libraries/{library_id}"
    sha256 = next(iter(interview().blobs))
    foreign = [own, f"{own}/items/{item_id}", f"{own}/items/{item_id}/body", f"/blobs/{sha256}"]
    nowhere = f"/libraries/{uuid4()}"
    unknown = [nowhere, f"{nowhere}/items/{item_id}", f"{nowhere}/items/{item_id}/body"]
    unknown.append(f"/blobs/{'0' * 64}")
    for path, absent in zip(foreign, unknown, strict=True):
        answer, expected = await other.get(path), await other.get(absent)
        assert answer.status_code == expected.status_code == 404
        assert answer.text == expected.text
    assert "Thesis" not in (await other.get("/libraries")).text


async def test_hashes_and_ids_that_are_none_are_pages(browser: Browser, services: Services) -> None:
    library_id, _ = await prepared(browser, services)
    for path in (
        "/blobs/x",
        f"/blobs/{'A' * 64}",
        "/libraries/x",
        f"/libraries/{library_id}/items/x",
    ):
        answer = await browser.get(path)
        assert answer.status_code == 404 and "There is no such page" in answer.text


async def test_an_encrypted_library_is_not_opened(browser: Browser, services: Services) -> None:
    await browser.sign_up()
    caller = await add_device(services)
    library_id = await add_library(services, caller, "Private", encrypted=True)
    item_id = await push(services, caller, library_id, blob_of(b"sealed"))
    assert "Encrypted end to end" in (await browser.get("/libraries")).text
    page = (await browser.get(f"/libraries/{library_id}")).text
    assert "can be read in the program only" in page and "data-body" not in page
    page = (await browser.get(f"/libraries/{library_id}/items/{item_id}")).text
    assert "can be read in the program only" in page and "reading_page.js" not in page
