"""Devices, and the code by which a new one is let in."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import insert

from sync_server.assembly import Services
from sync_server.errors import Unauthorized
from sync_server.protocol import DeviceTokenProblem, LoggedIn
from sync_server.services.devices import MAX_DEVICES
from sync_server.tables import device
from tests.sync_server.web.site import EMAIL, PASSWORD, Browser, add_device


async def test_devices_are_listed_and_none_is_said_so(browser: Browser, services: Services) -> None:
    await browser.sign_up()
    assert "No device yet" in (await browser.get("/devices")).text
    await add_device(services, "Anna’s <laptop>")
    page = (await browser.get("/devices")).text
    assert "Anna’s &lt;laptop&gt;" in page and "No device yet" not in page


async def test_a_device_is_renamed_without_scripts(browser: Browser, services: Services) -> None:
    await browser.sign_up()
    device_id = (await add_device(services)).device_id
    path = f"/devices/{device_id}/name"
    answer = await browser.send("/devices", path, {"name": "Kitchen"})
    assert answer.headers["location"] == "/devices?done=renamed"
    page = (await browser.get(answer.headers["location"])).text
    assert "Kitchen" in page and "The device has its new name." in page
    wrong = await browser.send("/devices", path, {"name": "  "})
    assert wrong.status_code == 400 and "A name has 1 to 200 characters." in wrong.text
    assert "Kitchen" in wrong.text


async def test_with_scripts_only_the_row_comes_back(browser: Browser, services: Services) -> None:
    await browser.sign_up()
    device_id = (await add_device(services)).device_id
    path = f"/devices/{device_id}/name"
    answer = await browser.send("/devices", path, {"name": "Kitchen"}, **{"hx-request": "true"})
    assert answer.status_code == 200 and "Kitchen" in answer.text and "Renamed." in answer.text
    assert answer.text.lstrip().startswith("<li") and "<html" not in answer.text
    wrong = await browser.send("/devices", path, {"name": " "}, **{"hx-request": "true"})
    assert "A name has 1 to 200 characters." in wrong.text and " open" in wrong.text
    gone = await browser.send(
        "/devices", f"/devices/{uuid4()}/name", {"name": "a"}, **{"hx-request": "true"}
    )
    assert gone.status_code == 404 and "<html" not in gone.text and 'role="alert"' in gone.text


async def test_a_device_is_removed_after_a_question(browser: Browser, services: Services) -> None:
    await browser.sign_up()
    made = await services.devices.log_in(EMAIL, PASSWORD, "laptop")
    path = f"/devices/{made.device_id}/revoke"
    assert "Remove “laptop”?" in (await browser.get(path)).text
    assert await services.devices.authorize(made.token)
    answer = await browser.send(path, path)
    assert answer.headers["location"] == "/devices?done=revoked"
    with pytest.raises(Unauthorized):
        await services.devices.authorize(made.token)
    assert "No device yet" in (await browser.get("/devices")).text


async def test_a_device_of_another_account_is_not_there(
    browser: Browser, other: Browser, services: Services
) -> None:
    await browser.sign_up()
    await other.sign_up("berta@example.org")
    device_id = (await add_device(services)).device_id
    assert (await other.get(f"/devices/{device_id}/revoke")).status_code == 404
    answer = await other.send("/device", f"/devices/{device_id}/revoke")
    unknown = await other.send("/device", f"/devices/{uuid4()}/revoke")
    assert (answer.status_code, answer.text) == (unknown.status_code, unknown.text)
    assert answer.status_code == 404
    answer = await other.send("/device", f"/devices/{device_id}/name", {"name": "mine"})
    assert answer.status_code == 404
    assert "laptop" in (await browser.get("/devices")).text


@pytest.mark.parametrize("device_id", ["x", "%00", "1" * 40])
async def test_an_id_that_is_none_is_a_page(browser: Browser, device_id: str) -> None:
    await browser.sign_up()
    answer = await browser.get(f"/devices/{device_id}/revoke")
    assert answer.status_code == 404 and "There is no such page" in answer.text


async def test_a_code_is_shown_with_its_device_and_let_in(
    browser: Browser, services: Services
) -> None:
    await browser.sign_up()
    started = await services.device_codes.start("Kitchen computer")
    page = await browser.get(f"/device?code={started.user_code}")
    assert f'value="{started.user_code}"' in page.text
    assert await services.device_codes.poll(started.device_code) is (
        DeviceTokenProblem.AUTHORIZATION_PENDING
    )
    typed = started.user_code.lower().replace("-", " ")
    shown = await browser.send("/device", "/device", {"code": typed})
    assert shown.status_code == 200 and "Kitchen computer" in shown.text
    answer = await browser.send("/device", "/device/approve", {"code": typed})
    assert answer.headers["location"] == "/devices?done=approved"
    made = await services.device_codes.poll(started.device_code)
    assert isinstance(made, LoggedIn)
    assert "Kitchen computer" in (await browser.get("/devices")).text


async def test_a_device_is_refused(browser: Browser, services: Services) -> None:
    await browser.sign_up()
    started = await services.device_codes.start("Kitchen computer")
    answer = await browser.send("/device", "/device/deny", {"code": started.user_code})
    assert answer.headers["location"] == "/devices?done=denied"
    polled = await services.device_codes.poll(started.device_code)
    assert polled is DeviceTokenProblem.ACCESS_DENIED


@pytest.mark.parametrize("path", ["/device", "/device/approve", "/device/deny"])
@pytest.mark.parametrize("code", ["", "XXXX-XXXX", "<b>", "x" * 300])
async def test_a_code_that_nobody_has_is_said_so(browser: Browser, path: str, code: str) -> None:
    await browser.sign_up()
    answer = await browser.send("/device", path, {"code": code})
    assert answer.status_code == 400 and "No device waits with this code." in answer.text
    assert "<b>" not in answer.text


async def test_an_account_with_too_many_devices_is_told(
    browser: Browser, services: Services
) -> None:
    await browser.sign_up()
    account_id = (await add_device(services)).account_id
    row = {"account_id": account_id, "name": "laptop", "created_at": 0, "last_seen_at": 0}
    async with services.database.write() as connection:
        rows = [row | {"id": uuid4()} for _ in range(MAX_DEVICES)]
        await connection.execute(insert(device), rows)
    started = await services.device_codes.start("Kitchen computer")
    answer = await browser.send("/device", "/device/approve", {"code": started.user_code})
    assert answer.status_code == 403 and "as many devices as it may" in answer.text
