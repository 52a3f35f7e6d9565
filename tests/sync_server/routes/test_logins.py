"""Logging in, by password and by code; the account and its devices."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import httpx

from sync_server.assembly import Services
from tests.sync_server.routes.conftest import PASSWORD, Account


async def test_the_server_says_what_it_can(client: httpx.AsyncClient) -> None:
    told = (await client.get("/v1/capabilities")).json()
    assert (told["version"], told["min_client"], told["sign_up"]) == (1, 1, "open")
    assert told["limits"]["max_operations"] == 100


async def test_a_device_logs_in_and_is_listed(client: httpx.AsyncClient, anna: Account) -> None:
    login = {"email": anna.email.upper(), "password": PASSWORD, "device_name": "phone"}
    made = (await client.post("/v1/login", json=login)).json()
    assert made["user_id"] == str(anna.id)
    headers = {"authorization": f"bearer {made['token']}"}
    devices = (await client.get("/v1/devices", headers=headers)).json()["devices"]
    assert [(one["name"], one["is_current"]) for one in devices] == [
        ("laptop", False),
        ("phone", True),
    ]


async def test_a_device_is_renamed_and_revoked(client: httpx.AsyncClient, anna: Account) -> None:
    path = f"/v1/devices/{anna.device_id}"
    assert (
        await client.patch(path, json={"name": "desk"}, headers=anna.headers)
    ).status_code == 204
    (one,) = (await client.get("/v1/devices", headers=anna.headers)).json()["devices"]
    assert one["name"] == "desk"
    assert (await client.delete(path, headers=anna.headers)).status_code == 204
    assert (await client.get("/v1/devices", headers=anna.headers)).status_code == 401


async def test_a_token_is_rotated_and_the_old_one_goes_on_for_a_while(
    client: httpx.AsyncClient, anna: Account
) -> None:
    made = (await client.post("/v1/token", headers=anna.headers)).json()
    assert made["overlap"] == 600
    for token in (anna.token, made["token"]):
        headers = {"authorization": f"Bearer {token}"}
        assert (await client.get("/v1/libraries", headers=headers)).status_code == 200


async def test_a_device_logs_in_by_code(
    client: httpx.AsyncClient, services: Services, anna: Account
) -> None:
    asked = (await client.post("/v1/device-code", json={"device_name": "television"})).json()
    assert asked["verification_uri"] == "http://sync.test/device"
    assert asked["verification_uri_complete"].endswith(f"?code={asked['user_code']}")
    question = {"device_code": asked["device_code"]}
    pending = await client.post("/v1/device-token", json=question)
    assert (pending.status_code, pending.json()["error"]) == (400, "authorization_pending")
    assert set(pending.json()) == {"error", "code", "detail"}
    hasty = await client.post("/v1/device-token", json=question)
    assert hasty.json()["error"] == "slow_down"
    await services.device_codes.approve(anna.id, asked["user_code"])
    made = await client.post("/v1/device-token", json=question)
    assert (made.status_code, made.json()["user_id"]) == (200, str(anna.id))
    unknown = await client.post("/v1/device-token", json={"device_code": "x"})
    assert unknown.json()["error"] == "invalid_grant"


async def test_the_export_is_a_zip_file(client: httpx.AsyncClient, anna: Account) -> None:
    answer = await client.get("/v1/export", headers=anna.headers)
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert "README.txt" in file.namelist()


async def test_an_account_is_deleted_after_some_days_and_by_password_only(
    client: httpx.AsyncClient, anna: Account
) -> None:
    wrong = await client.post(
        "/v1/account/delete", json={"password": "wrong"}, headers=anna.headers
    )
    assert (wrong.status_code, wrong.json()["code"]) == (403, "sync.forbidden")
    answer = await client.post(
        "/v1/account/delete", json={"password": PASSWORD}, headers=anna.headers
    )
    day = datetime.fromisoformat(answer.json()["deleted_after"])
    assert 13 <= (day - datetime.now(UTC)).days <= 14


async def test_names_that_can_not_be_stored_are_refused(
    client: httpx.AsyncClient, anna: Account
) -> None:
    path = f"/v1/devices/{anna.device_id}"
    for name in ("", "x" * 201, "\x00", "\ud83d"):
        content = f'{{"name": {_quoted(name)}}}'
        renamed = await client.patch(path, content=content, headers=anna.headers)
        made = await client.post("/v1/libraries", content=content, headers=anna.headers)
        assert (renamed.status_code, made.status_code) == (400, 400), repr(name)


def _quoted(name: str) -> str:
    return '"' + "".join(f"\\u{ord(letter):04x}" for letter in name) + '"'
