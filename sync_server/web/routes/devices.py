"""Devices that sync, and the code by which a new one is let in (RFC 8628, section 3.3)."""

from __future__ import annotations

from uuid import UUID

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from sync_server.errors import Forbidden, Invalid, NotFound
from sync_server.protocol import MAX_NAME, Device
from sync_server.rate_limits import RateLimits
from sync_server.services.device_codes import DeviceCodes
from sync_server.services.devices import Devices
from sync_server.web.browsing import Browsing, Page, Person, WebRequest, is_htmx
from sync_server.web.pages import redirect

_UNKNOWN_CODE = (
    "No device waits with this code. Compare it with what the device shows; after ten minutes it "
    "needs a new one."
)
_BAD_NAME = f"A name has 1 to {MAX_NAME} characters."


class DevicePages:
    """Serve them."""

    def __init__(
        self,
        browsing: Browsing,
        devices: Devices,
        device_codes: DeviceCodes,
        rate_limits: RateLimits,
    ) -> None:
        self._browsing = browsing
        self._devices = devices
        self._device_codes = device_codes
        self._rate_limits = rate_limits

    def routes(self) -> list[HTTPRouteHandler]:
        """Return the routes."""
        return [
            get("/devices")(self.devices),
            post("/devices/{device_id:uuid}/name", status_code=200)(self.rename),
            get("/devices/{device_id:uuid}/revoke")(self.revoke_page),
            post("/devices/{device_id:uuid}/revoke", status_code=200)(self.revoke),
            get("/device")(self.code_page),
            post("/device", status_code=200)(self.look_up),
            post("/device/approve", status_code=200)(self.approve),
            post("/device/deny", status_code=200)(self.deny),
        ]

    async def devices(self, request: WebRequest) -> Page:
        """List the devices."""
        person = await self._browsing.person(request)
        found = await self._devices.all_of(person.account_id)
        context = {"devices": found, "done": request.query_params.get("done", ""), "problem": ""}
        return self._browsing.page("devices.html", person.visit, context)

    async def rename(self, request: WebRequest, device_id: FromPath[UUID]) -> Page:
        """Give a device another name; answers with its row, or the list without scripts."""
        person, form = await self._browsing.personal_form(request)
        problem = ""
        try:
            await self._devices.rename(person.account_id, device_id, form.get("name", ""))
        except Invalid:
            problem = _BAD_NAME
        if is_htmx(request):
            device = await self._device(person, device_id)
            context = {"device": device, "problem": problem, "is_new_name": not problem}
            return self._browsing.page("_device.html", person.visit, context)
        if problem:
            found = await self._devices.all_of(person.account_id)
            context = {"devices": found, "done": "", "problem": problem}
            return self._browsing.page("devices.html", person.visit, context, 400)
        return redirect("/devices?done=renamed")

    async def revoke_page(self, request: WebRequest, device_id: FromPath[UUID]) -> Page:
        """Ask whether a device shall really lose its access."""
        person = await self._browsing.person(request)
        device = await self._device(person, device_id)
        return self._browsing.page("revoke.html", person.visit, {"device": device})

    async def revoke(self, request: WebRequest, device_id: FromPath[UUID]) -> Page:
        """Take a device's access away."""
        person, _ = await self._browsing.personal_form(request)
        await self._devices.revoke(person.account_id, device_id)
        return redirect("/devices?done=revoked")

    async def code_page(self, request: WebRequest) -> Page:
        """Ask for the code; one that the address brings is filled in, never sent by itself."""
        person = await self._browsing.person(request)
        code = request.query_params.get("code", "")[:20]
        return self._code_page(person, code)

    async def look_up(self, request: WebRequest) -> Page:
        """Show which device waits with a code, to be let in or refused."""
        person, form = await self._browsing.personal_form(request)
        code = form.get("code", "")[:20]
        await self._rate_limits.user_code(person.account_id)
        name = await self._device_codes.look_up(code)
        if name is None:
            return self._code_page(person, code, _UNKNOWN_CODE, 400)
        context = {"code": code, "name": name}
        return self._browsing.page("approve.html", person.visit, context)

    async def approve(self, request: WebRequest) -> Page:
        """Let the device in."""
        person, form = await self._browsing.personal_form(request)
        code = form.get("code", "")[:20]
        await self._rate_limits.user_code(person.account_id)
        try:
            await self._device_codes.approve(person.account_id, code)
        except NotFound:
            return self._code_page(person, code, _UNKNOWN_CODE, 400)
        except Forbidden:
            problem = "The account has as many devices as it may. Remove one first."
            return self._code_page(person, code, problem, 403)
        return redirect("/devices?done=approved")

    async def deny(self, request: WebRequest) -> Page:
        """Refuse the device."""
        person, form = await self._browsing.personal_form(request)
        code = form.get("code", "")[:20]
        await self._rate_limits.user_code(person.account_id)
        try:
            await self._device_codes.deny(person.account_id, code)
        except NotFound:
            return self._code_page(person, code, _UNKNOWN_CODE, 400)
        return redirect("/devices?done=denied")

    def _code_page(self, person: Person, code: str, problem: str = "", status: int = 200) -> Page:
        context = {"code": code, "problem": problem}
        return self._browsing.page("device_code.html", person.visit, context, status)

    async def _device(self, person: Person, device_id: UUID) -> Device:
        for device in await self._devices.all_of(person.account_id):
            if device.id == device_id:
                return device
        raise NotFound("there is no such device")
