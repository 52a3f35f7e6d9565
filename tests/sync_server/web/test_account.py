"""The account's pages: room, password, export, deletion."""

from __future__ import annotations

import io
import zipfile

import pytest

from sync_server.assembly import Services
from sync_server.tables import account
from tests.sync_server.web.samples import interview
from tests.sync_server.web.site import (
    EMAIL,
    PASSWORD,
    Browser,
    add_device,
    add_library,
    push,
)

NEW_PASSWORD = "another good one"


async def set_room(services: Services, used: int, quota: int | None) -> None:
    async with services.database.write() as connection:
        await connection.execute(account.update().values(used_bytes=used, quota_bytes=quota))


def names_in(archive: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return opened.namelist()


@pytest.mark.parametrize(
    ("used", "quota", "sentence"),
    [
        (0, None, "0\u00a0bytes of 11\u00a0GB used (0&nbsp;%)"),
        (1_500_000, 3_000_000, "1.5\u00a0MB of 3.0\u00a0MB used (50&nbsp;%)"),
        (2_800_000, 3_000_000, "Little room is left."),
        (3_000_000, 3_000_000, "No room is left;"),
        (9, 0, "(100&nbsp;%)"),
    ],
)
async def test_the_page_says_how_much_room_is_used(
    browser: Browser, services: Services, used: int, quota: int | None, sentence: str
) -> None:
    await browser.sign_up()
    await set_room(services, used, quota)
    assert sentence in (await browser.get("/account")).text


async def test_a_new_password_ends_other_sessions_and_no_device(
    browser: Browser, other: Browser, services: Services
) -> None:
    await browser.sign_up()
    await other.log_in()
    made = await services.devices.log_in(EMAIL, PASSWORD, "laptop")
    fields = {"old": PASSWORD, "password": NEW_PASSWORD}
    answer = await browser.send("/account/password", "/account/password", fields)
    assert answer.headers["location"] == "/account?done=password"
    assert "The password was changed." in (await browser.get("/account?done=password")).text
    assert (await other.get("/account")).status_code == 303
    assert (await other.log_in()).status_code == 401
    assert (await other.log_in(password=NEW_PASSWORD)).status_code == 303
    assert await services.devices.authorize(made.token)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"old": "wrong", "password": NEW_PASSWORD}, "This is not the password."),
        ({"old": PASSWORD, "password": "short"}, "Use 10 to"),
        ({}, "Use 10 to"),
    ],
)
async def test_a_password_is_not_changed_by_what_is_wrong(
    browser: Browser, fields: dict[str, str], sentence: str
) -> None:
    await browser.sign_up()
    answer = await browser.send("/account/password", "/account/password", fields)
    assert answer.status_code == 400 and sentence in answer.text
    await browser.send("/account", "/logout")
    assert (await browser.log_in()).status_code == 303


async def test_the_export_is_a_zip_of_ones_own(
    browser: Browser, other: Browser, services: Services
) -> None:
    await browser.sign_up()
    await other.sign_up("berta@example.org")
    caller = await add_device(services)
    library_id = await add_library(services, caller)
    item_id = await push(services, caller, library_id, interview())
    answer = await browser.send("/account/export", "/account/export")
    assert answer.headers["content-type"] == "application/zip"
    assert "attachment" in answer.headers["content-disposition"]
    names = names_in(answer.content)
    assert any(str(item_id) in name for name in names)
    foreign = await other.send("/account/export", "/account/export")
    names = names_in(foreign.content)
    assert not any(str(item_id) in name for name in names)


async def test_a_deletion_is_planned_shown_and_taken_back(
    browser: Browser, services: Services
) -> None:
    await browser.sign_up()
    wrong = await browser.send("/account/delete", "/account/delete", {"password": "wrong"})
    assert wrong.status_code == 400 and "This is not the password." in wrong.text
    assert "This account is deleted on" not in (await browser.get("/account")).text
    assert "after 14\u00a0days" in wrong.text
    right = await browser.send("/account/delete", "/account/delete", {"password": PASSWORD})
    assert right.headers["location"] == "/account"
    page = (await browser.get("/account")).text
    assert "This account is deleted on" in page and 'href="/account/delete"' not in page
    kept = await browser.send("/account", "/account/keep")
    assert "The account stays." in (await browser.get(kept.headers["location"])).text
    (known,) = await services.accounts.all_accounts()
    assert known.delete_after is None


async def test_an_unknown_note_in_the_address_shows_nothing(browser: Browser) -> None:
    await browser.sign_up()
    page = (await browser.get("/account?done=<b>you+won</b>")).text
    assert "you won" not in page
