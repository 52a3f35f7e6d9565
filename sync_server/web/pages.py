"""Render templates into answers, with headers that keep a page from running what is not ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar.datastructures import Cookie
from litestar.response import Response

from sync_server.web import words
from sync_server.web.assets import Assets
from sync_server.web.visits import Visit, Visits

_TEMPLATES = Path(__file__).parent / "templates"

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = MappingProxyType(
    {
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "cache-control": "no-store",
        "vary": "Cookie, HX-Request",
    }
)
_HTML = "text/html"


class Pages:
    """Make pages; templates are read once."""

    def __init__(self, assets: Assets, visits: Visits) -> None:
        self._visits = visits
        self._templates = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.globals.update(static=assets.url, icon=assets.icon)
        self._templates.filters.update(
            size=words.size,
            date=words.date,
            date_of=words.date_of,
            machine_date=words.machine_date,
            wait=words.wait,
            count=words.count,
        )

    def page(
        self,
        template: str,
        visit: Visit | None,
        context: Mapping[str, object] | None = None,
        status: int = 200,
    ) -> Response[bytes]:
        """Return a page; `visit` None: for whoever it may be, as on pages about errors."""
        values = {"visit": visit, **(context or {})}
        body = self._templates.get_template(template).render(values).encode()
        cookies = [self._visits.visitor_cookie(visit)] if visit and visit.is_new else []
        return Response(
            body, status_code=status, media_type=_HTML, headers=dict(HEADERS), cookies=cookies
        )


def redirect(path: str, cookies: Sequence[Cookie] = ()) -> Response[bytes]:
    """Send the browser on to a page of ours, by GET."""
    return Response(
        b"",
        status_code=303,
        media_type=_HTML,
        headers={**HEADERS, "location": path},
        cookies=list(cookies),
    )
