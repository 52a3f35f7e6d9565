"""Every route, for everyone who may not: nothing leaks, not even that something exists."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Awaitable, Callable

import httpx
import msgspec
import pytest
from msgspec import Struct
from sqlalchemy import update

from sync_server.assembly import Services
from sync_server.edge import SyncServer
from sync_server.protocol import (
    AccountDeletion,
    Batch,
    BlobManifest,
    DeviceCodeRequest,
    DeviceName,
    DeviceTokenRequest,
    Hashes,
    Login,
    NewLibrary,
    Operation,
)
from sync_server.routes.contract import Raw
from sync_server.routes.description import Endpoint, endpoints
from sync_server.services.caller import Caller
from sync_server.tables import account, token
from tests.sync_server.routes.conftest import PASSWORD, Account

CONTENT = b"sound"
CONTENT_HASH = hashlib.sha256(CONTENT).hexdigest()

BODIES: dict[type[Struct] | Raw, bytes] = {
    Raw.BYTES: CONTENT,
    **{
        type(body): msgspec.json.encode(body)
        for body in (
            AccountDeletion(PASSWORD),
            Batch([Operation(uuid.uuid4(), "transcript", 0, body=b"x")]),
            BlobManifest(len(CONTENT), [CONTENT_HASH]),
            DeviceCodeRequest("phone"),
            DeviceName("phone"),
            DeviceTokenRequest("code"),
            Hashes([CONTENT_HASH]),
            Login("nobody@example.org", PASSWORD, "phone"),
            NewLibrary("Interviews"),
        )
    },
}
"""A sensible body for each kind; a new route with another kind fails until it stands here."""


class Things:
    """What an account has that another may not learn of."""

    def __init__(self, library_id: object, device_id: object, sha256: str) -> None:
        self._ids = {"library_id": library_id, "device_id": device_id, "sha256": sha256}

    def path(self, endpoint: Endpoint) -> str:
        """Fill a route's path in; a new kind of id fails until it stands here."""
        path = endpoint.path
        for name, value in self._ids.items():
            for kind in ("uuid", "str"):
                path = path.replace(f"{{{name}:{kind}}}", str(value))
        assert "{" not in path, path
        return path


def unknown_things() -> Things:
    return Things(uuid.uuid4(), uuid.uuid4(), hashlib.sha256(uuid.uuid4().bytes).hexdigest())


async def things_of(services: Services, owner: Account) -> Things:
    caller = Caller(owner.id, owner.device_id)
    library = await services.libraries.add(owner.id, NewLibrary("Secret"))

    async def pieces() -> object:
        yield CONTENT

    await services.blobs.put_chunk(caller, CONTENT_HASH, pieces(), len(CONTENT))  # type: ignore[arg-type]
    await services.blobs.put_blob(caller, CONTENT_HASH, BlobManifest(len(CONTENT), [CONTENT_HASH]))
    return Things(library.id, owner.device_id, CONTENT_HASH)


async def ask(
    client: httpx.AsyncClient, endpoint: Endpoint, things: Things, headers: dict[str, str]
) -> httpx.Response:
    takes = endpoint.contract.takes
    body = BODIES[takes] if takes is not None else None
    return await client.request(
        endpoint.method, things.path(endpoint), content=body, headers=headers
    )


async def without(_services: Services, _owner: Account) -> dict[str, str]:
    return {}


async def malformed(_services: Services, owner: Account) -> dict[str, str]:
    return {"authorization": f"Basic {owner.token}"}


async def unknown(_services: Services, _owner: Account) -> dict[str, str]:
    return {"authorization": f"Bearer wts_{'A' * 43}"}


async def cut_short(_services: Services, owner: Account) -> dict[str, str]:
    return {"authorization": f"Bearer {owner.token[:-1]}"}


async def revoked(services: Services, owner: Account) -> dict[str, str]:
    await services.devices.revoke(owner.id, owner.device_id)
    return owner.headers


async def expired(services: Services, owner: Account) -> dict[str, str]:
    async with services.database.write() as connection:
        await connection.execute(update(token).values(expires_at=1))
    return owner.headers


async def disabled(services: Services, owner: Account) -> dict[str, str]:
    async with services.database.write() as connection:
        await connection.execute(update(account).values(is_disabled=True))
    return owner.headers


Credentials = Callable[[Services, Account], Awaitable[dict[str, str]]]


def as_told(answer: httpx.Response) -> tuple[int, bytes, set[str]]:
    """Return all of an answer that could tell something; ids of requests are random."""
    return answer.status_code, answer.content, set(answer.headers)


@pytest.mark.parametrize(
    "credentials",
    [without, malformed, unknown, cut_short, revoked, expired, disabled],
    ids=lambda one: str(one.__name__),
)
async def test_without_a_good_token_every_route_says_the_same(
    services: Services,
    app: SyncServer,
    client: httpx.AsyncClient,
    anna: Account,
    credentials: Credentials,
) -> None:
    things = await things_of(services, anna)
    headers = await credentials(services, anna)
    asked = [one for one in endpoints(app) if not one.contract.is_open]
    assert len(asked) > 15
    for endpoint in asked:
        for some in (things, unknown_things()):
            answer = await ask(client, endpoint, some, headers)
            assert answer.status_code == 401, endpoint
            assert answer.json() == {"code": "sync.unauthorized", "detail": "log in again"}
            assert answer.headers["www-authenticate"] == "Bearer"


async def test_what_another_account_has_is_as_if_it_were_not_there(
    services: Services, app: SyncServer, client: httpx.AsyncClient, anna: Account, berta: Account
) -> None:
    things, nothing = await things_of(services, anna), unknown_things()
    compared = 0
    for endpoint in endpoints(app):
        if "{" not in endpoint.path or endpoint.name == "put_chunk":
            continue
        theirs = await ask(client, endpoint, things, berta.headers)
        nobodys = await ask(client, endpoint, nothing, berta.headers)
        if endpoint.name == "put_blob":
            # Asks by hash: the chunks are missing whoever else has them.
            assert theirs.json()["code"] == "sync.missing_chunks"
            continue
        assert theirs.status_code == 404, endpoint
        assert as_told(theirs) == as_told(nobodys), endpoint
        compared += 1
    assert compared >= 5


async def test_another_accounts_hashes_are_missing(
    services: Services, client: httpx.AsyncClient, anna: Account, berta: Account
) -> None:
    await things_of(services, anna)
    for path in ("/v1/blobs/missing", "/v1/chunks/missing"):
        asked = {"hashes": [CONTENT_HASH]}
        theirs = await client.post(path, json=asked, headers=berta.headers)
        assert theirs.json() == {"missing": [CONTENT_HASH]}
        own = await client.post(path, json=asked, headers=anna.headers)
        assert own.json() == {"missing": []}
    fetched = await client.post(
        "/v1/blobs/fetch", json={"hashes": [CONTENT_HASH]}, headers=berta.headers
    )
    assert CONTENT not in fetched.content


async def test_another_account_changes_nothing(
    services: Services, app: SyncServer, client: httpx.AsyncClient, anna: Account, berta: Account
) -> None:
    things = await things_of(services, anna)
    caller = Caller(anna.id, anna.device_id)
    before = await services.libraries.of_account(anna.id), await services.devices.of_account(caller)
    for endpoint in endpoints(app):
        if "{" in endpoint.path:
            await ask(client, endpoint, things, berta.headers)
    after = await services.libraries.of_account(anna.id), await services.devices.of_account(caller)
    assert after == before


async def test_a_login_does_not_tell_whether_the_account_exists(
    client: httpx.AsyncClient, anna: Account
) -> None:
    answers = [
        await client.post(
            "/v1/login",
            json={"email": email, "password": "wrong password", "device_name": "phone"},
        )
        for email in (anna.email, "nobody@example.org")
    ]
    assert as_told(answers[0]) == as_told(answers[1])
    assert answers[0].status_code == 401


async def test_all_routes_of_the_api_stand_behind_the_gate_or_say_that_they_are_open(
    app: SyncServer, client: httpx.AsyncClient
) -> None:
    described = {(one.method, one.path) for one in endpoints(app)}
    for route in app.routes:
        if route.path.startswith("/v1"):
            for method in route.methods - {"OPTIONS"}:
                assert (method, route.path) in described, "a route without a contract"
    is_open = {one.name for one in endpoints(app) if one.contract.is_open}
    assert is_open == {"capabilities", "log_in", "device_code", "device_token", "openapi"}
    answer = await client.options("/v1/libraries")
    assert (answer.status_code, answer.content) == (204, b"")


async def test_a_program_that_is_too_old_is_told_so(
    client: httpx.AsyncClient, anna: Account
) -> None:
    headers = {**anna.headers, "X-Protocol-Version": "0"}
    answer = await client.get("/v1/libraries", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (426, "sync.client_too_old")
    headers["X-Protocol-Version"] = "7"
    assert (await client.get("/v1/libraries", headers=headers)).status_code == 200
