"""What needs no token yet: what the server can, logging in, and by code (RFC 8628)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from sync_server.errors import Forbidden, Unauthorized
from sync_server.protocol import (
    Capabilities,
    DeviceCode,
    DeviceCodeRequest,
    DeviceTokenError,
    DeviceTokenProblem,
    DeviceTokenRequest,
    ErrorCode,
    LoggedIn,
    Login,
)
from sync_server.rate_limits import RateLimits
from sync_server.routes.contract import Contract, agreed
from sync_server.routes.exchange import OpenRequest, Wire, answer, parsed
from sync_server.routes.gate import address_of
from sync_server.services.device_codes import DeviceCodes
from sync_server.services.devices import Devices

VERIFICATION_PATH = "/device"
"""The web page where a person types the code."""

_LOGIN = Wire(Login)
_CODE = Wire(DeviceCodeRequest)
_TOKEN = Wire(DeviceTokenRequest)

_DETAILS = {
    DeviceTokenProblem.AUTHORIZATION_PENDING: "nobody has approved the code yet",
    DeviceTokenProblem.SLOW_DOWN: "wait five seconds longer between two questions",
    DeviceTokenProblem.ACCESS_DENIED: "the code was refused",
    DeviceTokenProblem.EXPIRED_TOKEN: "the code is too old; ask for another",
    DeviceTokenProblem.INVALID_GRANT: "there is no such code",
}


@dataclass(frozen=True, slots=True)
class LoginServices:
    """What these routes call; `public_url` None: as the request says."""

    devices: Devices
    device_codes: DeviceCodes
    rate_limits: RateLimits
    capabilities: Capabilities
    public_url: str | None


def login_routes(services: LoginServices) -> list[HTTPRouteHandler]:
    """Return the routes."""

    @get(
        "/capabilities",
        opt=agreed(Contract("Say what the server is", gives=Capabilities, is_open=True)),
    )
    async def capabilities(request: OpenRequest) -> ASGIResponse:
        return await answer(request, services.capabilities)

    @post(
        "/login",
        status_code=200,
        opt=agreed(
            Contract(
                "Log in by password",
                Login,
                LoggedIn,
                refusals=(Unauthorized, Forbidden),
                is_open=True,
            )
        ),
    )
    async def log_in(request: OpenRequest) -> ASGIResponse:
        login = await parsed(request, _LOGIN)
        await services.rate_limits.login(address_of(request), login.email)
        made = await services.devices.log_in(login.email, login.password, login.device_name)
        return await answer(request, made)

    @post(
        "/device-code",
        status_code=200,
        opt=agreed(
            Contract("Ask for a code to log in with", DeviceCodeRequest, DeviceCode, is_open=True)
        ),
    )
    async def device_code(request: OpenRequest) -> ASGIResponse:
        wanted = await parsed(request, _CODE)
        await services.rate_limits.device_code(address_of(request))
        started = await services.device_codes.start(wanted.device_name)
        page = _base_url(request, services.public_url) + VERIFICATION_PATH
        return await answer(
            request,
            DeviceCode(
                device_code=started.device_code,
                user_code=started.user_code,
                verification_uri=page,
                verification_uri_complete=f"{page}?code={quote(started.user_code)}",
                expires_in=started.expires_in,
                interval=started.interval,
            ),
        )

    @post(
        "/device-token",
        status_code=200,
        opt=agreed(
            Contract(
                "Ask whether the code was approved",
                DeviceTokenRequest,
                LoggedIn,
                others={400: DeviceTokenError},
                is_open=True,
            )
        ),
    )
    async def device_token(request: OpenRequest) -> ASGIResponse:
        asked = await parsed(request, _TOKEN)
        found = await services.device_codes.poll(asked.device_code)
        if isinstance(found, DeviceTokenProblem):
            problem = DeviceTokenError(found, ErrorCode.INVALID, _DETAILS[found])
            return await answer(request, problem, 400)
        return await answer(request, found)

    return [capabilities, log_in, device_code, device_token]


def _base_url(request: OpenRequest, public_url: str | None) -> str:
    return public_url if public_url is not None else str(request.base_url).rstrip("/")
