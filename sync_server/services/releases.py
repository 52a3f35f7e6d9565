"""Read the release manifest, `releases.json`, that the downloads page shows (docs/pipeline.md)."""

from __future__ import annotations

import asyncio
import logging
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

logger = logging.getLogger(__name__)

_MAX_BYTES = 1024 * 1024
_SCHEMA = 1

_Text = Annotated[str, Meta(min_length=1, max_length=200)]
_Moment = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
# A stolen manifest must not bring a link that runs something.
_Link = Annotated[str, Meta(pattern=r"^https?://[^\s\"'<>]+$", max_length=2000)]
_Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class System(StrEnum):
    """What a file is for."""

    LINUX = "linux"
    WINDOWS = "windows"
    MACOS = "macos"


class ReleaseFile(Struct, frozen=True):
    """One file to download; `size` in bytes."""

    system: System
    arch: Literal["x86_64", "arm64"]
    kind: Literal["deb", "rpm", "tar", "exe", "dmg"]
    name: _Text
    url: _Link
    size: Annotated[int, Meta(ge=1)]
    sha256: _Sha256
    signed: bool
    minimum_system: Annotated[str, Meta(max_length=200)] = ""


class Release(Struct, frozen=True):
    """What was released; times as RFC 3339 in UTC."""

    schema: int
    version: _Text
    published: _Moment
    files: list[ReleaseFile]
    channel: str = "stable"
    expires: str = ""
    notes: Annotated[str, Meta(max_length=20_000)] = ""


class NoRelease(StrEnum):
    """Why there is nothing to download."""

    MISSING = "missing"
    DAMAGED = "damaged"


class Releases:
    """Give what is released now; the file is read again when it changes."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._stamp: tuple[int, int, int] | None = None
        self._known: Release | NoRelease = NoRelease.MISSING

    async def current(self) -> Release | NoRelease:
        """Return the release, or why there is none."""
        if self._path is None:
            return NoRelease.MISSING
        return await asyncio.to_thread(self._read, self._path)

    def _read(self, path: Path) -> Release | NoRelease:
        try:
            about = path.stat()
            stamp = (about.st_mtime_ns, about.st_size, about.st_ino)
            if stamp == self._stamp:
                return self._known
            if about.st_size > _MAX_BYTES:
                raise ValueError("it is too large")
            found = msgspec.json.decode(path.read_bytes(), type=Release)
            if found.schema != _SCHEMA:
                raise ValueError("its layout is of another release")
        except FileNotFoundError:
            self._stamp, self._known = None, NoRelease.MISSING
            return self._known
        except (OSError, ValueError, RecursionError) as exc:
            logger.warning("the release manifest can't be read: %s", exc)
            self._stamp = None
            return NoRelease.DAMAGED
        self._stamp, self._known = stamp, found
        return found
