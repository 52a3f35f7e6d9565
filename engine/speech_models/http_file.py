"""Fetch one file over HTTP: resume, retry with growing pauses, check, cancel."""

from __future__ import annotations

import http
import logging
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter

from engine import network
from engine.errors import Cancelled, ModelError
from engine.speech_models.catalogue import ModelFile
from engine.speech_models.manifest import check_hash, hash_file
from engine.speech_models.placing import writing_to

logger = logging.getLogger(__name__)

HUB_URL = "https://huggingface.co"
_CHUNK_BYTES = 64 << 10  # small, so that a slow line still reacts to a cancel
_PAUSE_SLICE = 0.5


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """Say whom to ask and how patiently; times in seconds."""

    hub_url: str = HUB_URL
    connect_timeout: float = 15.0
    stall_timeout: float = 30.0
    """Without a byte for so long, the transfer is started again."""
    attempts: int = 6
    """Failures in a row, without any byte between them, after which it is given up."""
    first_pause: float = 1.0
    """Before the second attempt; doubled from one to the next."""
    pause: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Watcher:
    """Tell somebody how far a file is, and ask whether to go on."""

    on_bytes: Callable[[int], None]
    """Called with the number of bytes that are there."""
    is_cancelled: Callable[[], bool]

    def check(self) -> None:
        """Raise Cancelled if the user wants to stop."""
        if self.is_cancelled():
            raise Cancelled


class _Interrupted(Exception):
    """Say why an attempt failed that is worth repeating."""


class _SystemTrustAdapter(HTTPAdapter):
    """Trust the certificates that the computer trusts, such as those of a company's proxy."""

    def init_poolmanager(self, *args: object, **kwargs: object) -> None:
        """Hand the system's certificates to direct connections."""
        kwargs["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they are

    def proxy_manager_for(self, *args: object, **kwargs: object) -> object:
        """Hand the system's certificates to connections through a proxy."""
        kwargs["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return super().proxy_manager_for(*args, **kwargs)  # type: ignore[arg-type]  # passed on


def make_session() -> requests.Session:
    """Return a session that trusts the system's certificates."""
    session = requests.Session()
    session.mount("https://", _SystemTrustAdapter())
    session.headers["Accept-Encoding"] = "identity"  # sizes and ranges are those of the file
    return session


class FileFetcher:
    """Fetch files into a folder; what is there of them already is continued."""

    def __init__(self, session: requests.Session, settings: HttpSettings) -> None:
        self._session = session
        self._settings = settings

    def fetch(self, url: str, file: ModelFile, folder: Path, watcher: Watcher) -> ModelFile:
        """Return the file's true size and SHA-256.

        Raises Cancelled; ModelError: model.download_failed, model.no_space.
        """
        for is_last_try in (False, True):
            self._transfer(url, file, folder, watcher)
            found = hash_file(folder / file.name)
            try:
                check_hash(found, file)
                return found
            except ModelError as exc:
                # Perhaps a resumed transfer joined two versions: once more from the start.
                (folder / file.name).unlink()
                if is_last_try:
                    raise ModelError("model.download_failed", exc.detail) from exc
                logger.warning("%s: %s; fetched once more", file.name, exc.detail)
        raise AssertionError("unreachable")

    def _transfer(self, url: str, file: ModelFile, folder: Path, watcher: Watcher) -> None:
        path = folder / file.name
        failures = 0
        while (have := path.stat().st_size if path.exists() else 0) != file.size_bytes:
            watcher.check()
            try:
                self._attempt(url, path, file.size_bytes, watcher)
            except _Interrupted as exc:
                grown = (path.stat().st_size if path.exists() else 0) > have
                failures = 1 if grown else failures + 1
                if failures >= self._settings.attempts:
                    raise ModelError("model.download_failed", f"{file.name}: {exc}") from exc
                logger.info("%s: %s; attempt %s follows", file.name, exc, failures + 1)
                self._wait(self._settings.first_pause * 2 ** (failures - 1), watcher)
        watcher.on_bytes(have)

    def _attempt(self, url: str, path: Path, size_bytes: int, watcher: Watcher) -> None:
        if network.is_forbidden():
            raise ModelError("model.offline", path.name)
        start = path.stat().st_size if path.exists() else 0
        if start > size_bytes:
            start = 0
        tag_path = path.with_name(f".{path.name}.etag")
        headers = _range_headers(start, tag_path)
        settings = self._settings
        try:
            with self._session.get(
                url,
                headers=headers,
                stream=True,
                timeout=(settings.connect_timeout, settings.stall_timeout),
            ) as response:
                start = _check_status(response, start)
                with writing_to(path.parent):
                    tag_path.write_text(response.headers.get("ETag", ""), encoding="utf-8")
                self._receive(_chunks(response), path, (start, size_bytes), watcher)
        except requests.RequestException as exc:
            raise _Interrupted(type(exc).__name__) from exc

    def _receive(
        self, chunks: Iterator[bytes], path: Path, span: tuple[int, int], watcher: Watcher
    ) -> None:
        done, size_bytes = span
        with writing_to(path.parent), path.open("ab") as target:
            target.truncate(done)
            for chunk in chunks:
                watcher.check()
                target.write(chunk)
                done += len(chunk)
                watcher.on_bytes(min(done, size_bytes))
                if done > size_bytes:
                    raise ModelError("model.download_failed", f"{path.name} is longer than known")
        if done < size_bytes:
            raise _Interrupted("the transfer ended early")

    def _wait(self, seconds: float, watcher: Watcher) -> None:
        while seconds > 0:
            watcher.check()
            self._settings.pause(min(seconds, _PAUSE_SLICE))
            seconds -= _PAUSE_SLICE


def _range_headers(start: int, tag_path: Path) -> dict[str, str]:
    if start == 0:
        return {}
    headers = {"Range": f"bytes={start}-"}
    tag = tag_path.read_text(encoding="utf-8") if tag_path.exists() else ""
    if tag.startswith('"'):  # a weak one (W/"…") may not be used here (RFC 9110, 13.1.5)
        headers["If-Range"] = tag
    return headers


def _check_status(response: requests.Response, start: int) -> int:
    """Return the position in the file at which the answer begins."""
    status = response.status_code
    if status == http.HTTPStatus.PARTIAL_CONTENT:
        sent = response.headers.get("Content-Range", "")
        if not sent.startswith(f"bytes {start}-"):
            raise _Interrupted(f"unexpected range {sent!r}")
        return start
    if status == http.HTTPStatus.OK:
        return 0
    passing = (
        http.HTTPStatus.REQUEST_TIMEOUT,
        http.HTTPStatus.TOO_MANY_REQUESTS,
        http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
    )
    if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR or status in passing:
        raise _Interrupted(f"HTTP status {status}")
    raise ModelError("model.download_failed", f"HTTP status {status}")


def _chunks(response: requests.Response) -> Iterator[bytes]:
    host = urlsplit(response.url).hostname or ""
    try:
        for chunk in response.iter_content(_CHUNK_BYTES):
            network.received(host, len(chunk))
            yield chunk
    except requests.RequestException as exc:
        # Also an OSError: it must not be taken for a failure to write.
        raise _Interrupted(type(exc).__name__) from exc
