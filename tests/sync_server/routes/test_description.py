"""The OpenAPI description says what the routes do."""

from __future__ import annotations

import json
import re

import httpx
import pytest
from jsonschema import Draft202012Validator

from sync_server import protocol
from sync_server.assembly import Services
from sync_server.edge import SyncServer
from sync_server.errors import ServerError
from sync_server.routes.description import description, endpoints
from tests.sync_server.routes.conftest import Account
from tests.sync_server.routes.test_gate import ask, things_of, unknown_things

DESIGN = """
GET /v1/capabilities
POST /v1/login
POST /v1/device-code
POST /v1/device-token
GET /v1/libraries
POST /v1/libraries
POST /v1/libraries/{library_id}/batches
GET /v1/libraries/{library_id}/changes
POST /v1/blobs/missing
PUT /v1/chunks/{sha256}
PUT /v1/blobs/{sha256}
GET /v1/blobs/{sha256}
POST /v1/blobs/fetch
GET /v1/events
GET /v1/devices
PATCH /v1/devices/{device_id}
DELETE /v1/devices/{device_id}
GET /v1/export
POST /v1/account/delete
POST /v1/chunks/missing
POST /v1/token
GET /v1/openapi.json
"""


class Described:
    """The description, as a program would read it."""

    def __init__(self, app: SyncServer) -> None:
        self._told = json.loads(json.dumps(description(app)))
        self.schemas = self._told["components"]["schemas"]
        self.references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(self._told)))

    def validator(self, schema: dict[str, object]) -> Draft202012Validator:
        """Return what compares with a schema."""
        whole = {**schema, "components": self._told["components"]}
        Draft202012Validator.check_schema(whole)
        return Draft202012Validator(whole)

    def check(self, path: str, answer: httpx.Response) -> None:
        """Compare an answer with the description."""
        path = re.sub(r":[a-z]+}", "}", path)
        responses = self._told["paths"][path][answer.request.method.lower()]["responses"]
        assert str(answer.status_code) in responses, (path, answer.text)
        content = responses[str(answer.status_code)].get("content")
        if content is None:
            assert answer.content == b""
            return
        kind = answer.headers["content-type"].split(";")[0]
        assert kind in content, path
        if kind == "application/json" and content[kind]["schema"]:
            self.validator(content[kind]["schema"]).validate(answer.json())


async def test_every_route_of_the_design_is_there_and_described(
    app: SyncServer, client: httpx.AsyncClient
) -> None:
    told = (await client.get("/v1/openapi.json")).json()
    described = {f"{method.upper()} {path}" for path, on in told["paths"].items() for method in on}
    assert described == set(DESIGN.split("\n")) - {""}
    routes = {
        f"{method} {re.sub(r':[a-z]+}', '}', route.path)}"
        for route in app.routes
        if route.path.startswith("/v1")
        for method in route.methods - {"OPTIONS"}
    }
    assert routes == described


async def test_the_structures_are_those_of_the_protocol(app: SyncServer) -> None:
    described = Described(app)
    for name, schema in described.schemas.items():
        described.validator(schema)
        assert hasattr(protocol, name), name
    blobs = described.schemas["Operation"]["properties"]["blobs"]
    assert blobs["items"]["pattern"] == "^[0-9a-f]{64}$"
    assert described.references <= set(described.schemas)


async def test_answers_are_as_described(
    services: Services, app: SyncServer, client: httpx.AsyncClient, anna: Account
) -> None:
    described = Described(app)
    things = await things_of(services, anna)
    for endpoint in sorted(endpoints(app), key=lambda one: one.name == "revoke"):
        if endpoint.name == "events":
            continue  # never ends; test_events.py
        for some, headers in (
            (unknown_things(), anna.headers),
            (things, {}),
            (things, anna.headers),
        ):
            described.check(endpoint.path, await ask(client, endpoint, some, headers))


def test_every_error_has_a_code_and_a_status() -> None:
    errors = [ServerError]
    for error in errors:  # grows while it is walked
        errors += error.__subclasses__()
        assert 400 <= error.status < 600
        assert error.code in set(protocol.ErrorCode)
    assert len(errors) > 12


async def test_an_unforeseen_error_tells_only_its_id(
    services: Services, client: httpx.AsyncClient, anna: Account, caplog: pytest.LogCaptureFixture
) -> None:
    async with services.database.write() as connection:
        await connection.exec_driver_sql("DROP TABLE library" + _cascade(services))
    answer = await client.post("/v1/libraries", json={"name": "Secret"}, headers=anna.headers)
    assert (answer.status_code, answer.json()["code"]) == (500, "sync.internal")
    assert answer.headers["x-request-id"] in answer.json()["detail"]
    assert "library" not in answer.text
    assert "unexpected" in caplog.text and "libraries.py" in caplog.text
    assert "Secret" not in caplog.text


def _cascade(services: Services) -> str:
    return "" if services.database.is_sqlite else " CASCADE"
