"""Describe the API as OpenAPI 3.1, from the contracts of its routes and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

import msgspec
from litestar import Litestar, get
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from litestar.routes import HTTPRoute
from msgspec import Struct

from sync_server.errors import ServerError
from sync_server.protocol import PROTOCOL_VERSION, Error, Hash
from sync_server.routes.contract import Contract, Parameter, Raw, agreed, contract_of
from sync_server.routes.exchange import OpenRequest, plain_json

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool"

_PARAMETER = re.compile(r"\{(\w+):(\w+)\}")
_REFS = "#/components/schemas/{name}"


class Endpoint(NamedTuple):
    """One route of the API."""

    method: str
    path: str
    """As Litestar has it: `/v1/devices/{device_id:uuid}`."""
    name: str
    contract: Contract


def endpoints(app: Litestar) -> Iterator[Endpoint]:
    """Return all routes of the API, in the order of their paths."""
    for route in sorted(app.routes, key=lambda route: route.path):
        if not isinstance(route, HTTPRoute):
            continue
        for handler in route.route_handlers:
            contract = contract_of(handler)
            if contract is not None:
                for method in handler.http_methods:
                    yield Endpoint(method, route.path, handler.handler_name, contract)


def description(app: Litestar) -> dict[str, Json]:
    """Return the OpenAPI description."""
    found = list(endpoints(app))
    _, schemas = msgspec.json.schema_components(_structures(found), ref_template=_REFS)
    paths: dict[str, dict[str, Json]] = {}
    for endpoint in found:
        path = _PARAMETER.sub(r"{\1}", endpoint.path)
        paths.setdefault(path, {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Whisper Transcriber sync",
            "version": str(PROTOCOL_VERSION),
            "description": "docs/sync.md explains the exchange. Unknown fields are ignored.",
        },
        "paths": dict(paths),
        "components": {
            "schemas": dict(schemas),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def description_routes() -> list[HTTPRouteHandler]:
    """Return the route that gives the description."""

    @get(
        "/openapi.json",
        opt=agreed(Contract("Describe this API", gives=Raw.JSON, is_open=True)),
    )
    async def openapi(request: OpenRequest) -> ASGIResponse:
        return plain_json(description(request.app))

    return [openapi]


def _structures(found: Iterable[Endpoint]) -> list[type[Struct]]:
    named: dict[type[Struct], None] = {Error: None}
    for endpoint in found:
        contract = endpoint.contract
        for kind in (contract.takes, contract.gives, *contract.others.values()):
            if isinstance(kind, type):
                named[kind] = None
    return list(named)


def _operation(endpoint: Endpoint) -> Json:
    contract = endpoint.contract
    operation: dict[str, Json] = {
        "operationId": endpoint.name,
        "summary": contract.summary,
        "responses": _responses(contract),
    }
    if parameters := _parameters(endpoint):
        operation["parameters"] = parameters
    if contract.takes is not None:
        operation["requestBody"] = {"required": True, "content": _content(contract.takes)}
    if not contract.is_open:
        operation["security"] = [{"token": []}]
    return operation


def _responses(contract: Contract) -> dict[str, Json]:
    answers: dict[str, Json] = {}
    for status, refusals in _by_status(contract.errors).items():
        codes = ", ".join(dict.fromkeys(f"`{refusal.code}`" for refusal in refusals))
        answers[str(status)] = {"description": codes, "content": _content(Error)}
    for status, kind in {**contract.others, contract.status: contract.gives}.items():
        answer: dict[str, Json] = {"description": contract.summary}
        if kind is not None:
            answer["content"] = _content(kind)
        if status == 400:
            answer = {"description": "one of both", "content": _either(kind)}
        answers[str(status)] = answer
    return dict(sorted(answers.items()))


def _by_status(refusals: Iterable[type[ServerError]]) -> dict[int, list[type[ServerError]]]:
    found: dict[int, list[type[ServerError]]] = {}
    for refusal in refusals:
        found.setdefault(refusal.status, []).append(refusal)
    return found


def _parameters(endpoint: Endpoint) -> list[Json]:
    parameters: list[Json] = [
        {"name": name, "in": "path", "required": True, "schema": _path_schema(kind)}
        for name, kind in _PARAMETER.findall(endpoint.path)
    ]
    for place, named in (("query", endpoint.contract.query), ("header", endpoint.contract.headers)):
        parameters += [_parameter(place, name, one) for name, one in named.items()]
    return parameters


def _parameter(place: str, name: str, one: Parameter) -> Json:
    return {
        "name": name,
        "in": place,
        "required": False,
        "description": one.description,
        "schema": _schema(one.kind),
    }


def _path_schema(kind: str) -> Json:
    return {"type": "string", "format": "uuid"} if kind == "uuid" else _schema(Hash)


def _schema(kind: object) -> Json:
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=_REFS)
    return dict(schema)


def _content(kind: type[Struct] | Raw) -> dict[str, Json]:
    if isinstance(kind, Raw):
        return {kind.value: {"schema": {}}}
    return {"application/json": {"schema": {"$ref": _REFS.format(name=kind.__name__)}}}


def _either(kind: type[Struct] | Raw | None) -> dict[str, Json]:
    if not isinstance(kind, type):
        raise TypeError("only structures can be one of two")
    both: list[Json] = [{"$ref": _REFS.format(name=one.__name__)} for one in (kind, Error)]
    return {"application/json": {"schema": {"anyOf": both}}}
