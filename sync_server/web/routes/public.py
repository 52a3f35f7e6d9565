"""Pages for everyone: the start, downloads, and what programs ask a web server for."""

from __future__ import annotations

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from sync_server.clock import DAY_MS, Clock, shown
from sync_server.errors import NotFound
from sync_server.services.releases import NoRelease, ReleaseFile, Releases, System
from sync_server.settings import Settings
from sync_server.web.assets import Assets
from sync_server.web.browsing import Browsing, Page, WebRequest

_FOREVER = "public, max-age=31536000, immutable"
_SECURITY_TXT_DAYS = 180  # RFC 9116, section 2.5.5: less than a year

SYSTEM_NAMES = {System.WINDOWS: "Windows", System.MACOS: "macOS", System.LINUX: "Linux"}
_KIND_NAMES = {
    "deb": "Debian, Ubuntu",
    "rpm": "Fedora, openSUSE",
    "tar": "Any Linux",
    "exe": "Installer",
    "dmg": "Disk image",
}
_ARCH_NAMES = {"x86_64": "64-bit Intel or AMD", "arm64": "64-bit ARM"}
_MAC_ARCH_NAMES = {"x86_64": "Intel", "arm64": "Apple silicon"}

_SAMPLE = (
    (1, "Anna", "12:24", "You were twenty, and you had just been offered the place in Gdańsk."),
    (2, "Jan", "12:31", "I walked around the shipyard every evening. It sounds foolish now."),
    (3, "Marta", "12:44", "It does not sound foolish."),
)


class PublicPages:
    """Serve them."""

    def __init__(
        self,
        browsing: Browsing,
        settings: Settings,
        assets: Assets,
        releases: Releases,
        clock: Clock,
    ) -> None:
        self._browsing = browsing
        self._settings = settings
        self._assets = assets
        self._releases = releases
        self._clock = clock

    def routes(self) -> list[HTTPRouteHandler]:
        """Return the routes."""
        return [
            get("/")(self.start),
            get("/downloads")(self.downloads),
            get("/static/{version:str}/{name:path}")(self.static),
            get("/.well-known/security.txt")(self.security_txt),
            get("/robots.txt")(self.robots_txt),
        ]

    async def start(self, request: WebRequest) -> Page:
        """Say what this is, and offer the program."""
        visit = await self._browsing.visit(request)
        release = await self._releases.current()
        return self._browsing.page(
            "start.html",
            visit,
            {
                "release": None if isinstance(release, NoRelease) else release,
                "systems": SYSTEM_NAMES,
                "sign_up": self._settings.sign_up,
                "sample": _SAMPLE,
            },
        )

    async def downloads(self, request: WebRequest) -> Page:
        """List all files of the release, or say why there are none."""
        visit = await self._browsing.visit(request)
        release = await self._releases.current()
        if isinstance(release, NoRelease):
            status = 200 if release is NoRelease.MISSING else 503
            return self._browsing.page("no_downloads.html", visit, {"reason": release}, status)
        groups = [
            (name, [file for file in release.files if file.system is system])
            for system, name in SYSTEM_NAMES.items()
        ]
        context = {"release": release, "groups": groups, "described": _described}
        return self._browsing.page("downloads.html", visit, context)

    async def static(
        self, request: WebRequest, version: FromPath[str], name: FromPath[str]
    ) -> Page:
        """Serve a style sheet, a module or an icon; for ever, if the address is of this release."""
        asset = self._assets.find(name.lstrip("/"))
        if asset is None:
            raise NotFound("there is no such file")
        is_current = version == self._assets.version
        headers = {
            "etag": asset.etag,
            "cache-control": _FOREVER if is_current else "no-cache",
            "cross-origin-resource-policy": "same-origin",
        }
        if request.headers.get("if-none-match") == asset.etag:
            return Response(b"", status_code=304, media_type=asset.media_type, headers=headers)
        return Response(asset.body, media_type=asset.media_type, headers=headers)

    async def security_txt(self) -> Page:
        """Say whom to tell about a hole (RFC 9116)."""
        contact = self._settings.security_contact
        if contact is None:
            raise NotFound("nobody is named")
        expires = shown(self._clock() + _SECURITY_TXT_DAYS * DAY_MS)
        lines = [f"Contact: {contact}", f"Expires: {expires}"]
        lines.append("Preferred-Languages: en, de")
        if self._settings.public_url is not None:
            lines.append(f"Canonical: {self._settings.public_url}/.well-known/security.txt")
        return _text("\n".join(lines) + "\n")

    async def robots_txt(self) -> Page:
        """Let search engines see the start and the downloads, and nothing else."""
        return _text("User-agent: *\nAllow: /$\nAllow: /downloads$\nDisallow: /\n")


def _text(content: str) -> Page:
    headers = {"cache-control": "public, max-age=3600"}
    return Response(content.encode(), media_type="text/plain", headers=headers)


def _described(file: ReleaseFile) -> str:
    """Say whom a file is for."""
    archs = _MAC_ARCH_NAMES if file.system is System.MACOS else _ARCH_NAMES
    return f"{_KIND_NAMES[file.kind]}, {archs[file.arch]}"
