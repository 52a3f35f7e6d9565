"""The account and its devices."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from litestar import delete, get, patch, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from sync_server.clock import shown
from sync_server.protocol import (
    AccountDeletion,
    AccountDeletionPlanned,
    DeviceName,
    Devices,
    NewToken,
)
from sync_server.rate_limits import RateLimits
from sync_server.routes.contract import FINDS, Contract, Raw, agreed
from sync_server.routes.exchange import ApiRequest, Streamed, Wire, answer, nothing, parsed
from sync_server.services.account_deletion import AccountDeletion as DeletionService
from sync_server.services.account_export import AccountExport
from sync_server.services.devices import Devices as DeviceService

_NAME = Wire(DeviceName)
_DELETION = Wire(AccountDeletion)
_ATTACHMENT = {"content-disposition": 'attachment; filename="whisper-transcriber-export.zip"'}


@dataclass(frozen=True, slots=True)
class AccountServices:
    """What these routes call."""

    devices: DeviceService
    deletion: DeletionService
    export: AccountExport
    rate_limits: RateLimits


def account_routes(services: AccountServices) -> list[HTTPRouteHandler]:
    """Return the routes."""

    @post(
        "/token",
        status_code=200,
        opt=agreed(Contract("Get another token in place of this one", gives=NewToken)),
    )
    async def rotate(request: ApiRequest) -> ASGIResponse:
        return await answer(request, await services.devices.rotate(request.user, request.auth))

    @get("/devices", opt=agreed(Contract("List the devices", gives=Devices)))
    async def list_devices(request: ApiRequest) -> ASGIResponse:
        return await answer(request, Devices(await services.devices.of_account(request.user)))

    @patch(
        "/devices/{device_id:uuid}",
        status_code=200,  # Litestar wants none here that has no body; the answer says it
        opt=agreed(Contract("Rename a device", DeviceName, status=204, refusals=FINDS)),
    )
    async def rename(request: ApiRequest, device_id: FromPath[UUID]) -> ASGIResponse:
        wanted = await parsed(request, _NAME)
        await services.devices.rename(request.user.account_id, device_id, wanted.name)
        return nothing()

    @delete(
        "/devices/{device_id:uuid}",
        status_code=200,  # Litestar wants none here that has no body; the answer says it
        opt=agreed(Contract("Revoke a device", status=204, refusals=FINDS)),
    )
    async def revoke(request: ApiRequest, device_id: FromPath[UUID]) -> ASGIResponse:
        await services.devices.revoke(request.user.account_id, device_id)
        return nothing()

    @get("/export", opt=agreed(Contract("Get everything of the account", gives=Raw.ZIP)))
    async def export(request: ApiRequest) -> ASGIResponse:
        pieces = services.export.stream(request.user.account_id)
        return Streamed(pieces, Raw.ZIP.value, _ATTACHMENT)

    @post(
        "/account/delete",
        status_code=200,
        opt=agreed(
            Contract(
                "Plan the account's deletion",
                AccountDeletion,
                AccountDeletionPlanned,
                asks_password=True,
            )
        ),
    )
    async def delete_account(request: ApiRequest) -> ASGIResponse:
        wanted = await parsed(request, _DELETION)
        await services.rate_limits.password(request.user.account_id)
        day = await services.deletion.plan(request.user.account_id, wanted.password)
        return await answer(request, AccountDeletionPlanned(shown(day)))

    return [rotate, list_devices, rename, revoke, export, delete_account]
