"""Files that pages need: style sheet, modules, icons; under an address that changes with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

_HERE = Path(__file__).parent
_STATIC = _HERE / "static"
_ICONS = _HERE / "icons"

_MEDIA_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
_ICON_STROKE = "1.75"  # look.md, "Icons"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file to serve."""

    body: bytes
    media_type: str
    etag: str


class Assets:
    """Hold all files in memory; they are few and small.

    One hash over all of them stands in their addresses, so that modules can import each other by
    relative paths and be kept for ever.
    """

    def __init__(self) -> None:
        self._files = {
            path.relative_to(_STATIC).as_posix(): _asset(path)
            for path in sorted(_STATIC.rglob("*"))
            if path.suffix in _MEDIA_TYPES
        }
        self._icons = {path.stem: _icon(path) for path in sorted(_ICONS.glob("*.svg"))}
        together = hashlib.sha256()
        for name, asset in self._files.items():
            together.update(f"{name}\0{asset.etag}\0".encode())
        self.version = together.hexdigest()[:16]

    def find(self, name: str) -> Asset | None:
        """Return a file by its path below `static`."""
        return self._files.get(name)

    def url(self, name: str) -> str:
        """Return the address of a file; raises `KeyError` for one that is not there."""
        if name not in self._files:
            raise KeyError(name)
        return f"/static/{self.version}/{name}"

    def icon(self, name: str) -> Markup:
        """Return an icon to stand beside words, hidden from screen readers."""
        return self._icons[name]


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    return Asset(body, _MEDIA_TYPES[path.suffix], f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _icon(path: Path) -> Markup:
    source = path.read_text(encoding="utf-8")
    drawing = source[source.index(">", source.index("<svg")) + 1 : source.rindex("</svg>")]
    head = (
        '<svg class="icon" aria-hidden="true" viewBox="0 0 24 24" fill="none" '
        f'stroke="currentColor" stroke-width="{_ICON_STROKE}" stroke-linecap="round" '
        'stroke-linejoin="round">'
    )
    # Our own files, read at the start.
    return Markup(f"{head}{' '.join(drawing.split())}</svg>")  # nosec B704
