"""Serve files over HTTP on this computer, with the faults that a test asks for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(slots=True)
class Script:
    """Say what the server holds and what goes wrong, request by request."""

    files: dict[str, bytes]
    faults: list[str] = field(default_factory=list)
    """For the next requests of model.bin, in order: `500`, `429`, `404`, `truncate`, `stall`,
    `wrong_range`, `hang_up`, `416`; anything else is no fault."""
    has_ranges: bool = True
    etag: str = '"one"'
    requests: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    """Path, Range and If-Range of each request."""
    release: threading.Event = field(default_factory=threading.Event)
    """Ends stalls."""
    encodings: list[str | None] = field(default_factory=list)
    """Accept-Encoding of each request."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ModelServer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""

    def do_GET(self) -> None:  # noqa: N802
        """Answer with a file, a part of it, or a fault."""
        script = self.server.script
        wanted = self.headers.get("Range")
        condition = self.headers.get("If-Range")
        script.requests.append((self.path, wanted, condition))
        script.encodings.append(self.headers.get("Accept-Encoding"))
        fault = script.faults.pop(0) if self.path.endswith("bin") and script.faults else ""
        content = script.files.get(self.path)
        if content is None or fault == "404":
            self._refuse(404)
        elif fault.isdecimal():
            self._refuse(int(fault))
        elif fault == "hang_up":
            self.close_connection = True
        else:
            self._send(content, self._start(wanted, condition), fault)

    def _start(self, wanted: str | None, condition: str | None) -> int | None:
        script = self.server.script
        if wanted is None or not script.has_ranges or condition not in (None, script.etag):
            return None
        return int(wanted.removeprefix("bytes=").removesuffix("-"))

    def _send(self, content: bytes, start: int | None, fault: str) -> None:
        body = content[start or 0 :]
        self.send_response(200 if start is None else 206)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", self.server.script.etag)
        if start is not None:
            shown = start + 1 if fault == "wrong_range" else start
            span = f"bytes {shown}-{len(content) - 1}/{len(content)}"
            self.send_header("Content-Range", span)
        self.end_headers()
        if fault in ("truncate", "stall"):
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            if fault == "stall":
                self.server.script.release.wait(20)
            self.close_connection = True
            return
        self.wfile.write(body)

    def _refuse(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


class ModelServer(ThreadingHTTPServer):
    """Serve what the script says."""

    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script

    @property
    def url(self) -> str:
        """Return the address of the server."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over clients that hang up."""


@contextmanager
def serving(script: Script) -> Iterator[str]:
    """Run the server; gives its address."""
    with ModelServer(script) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server.url
        finally:
            script.release.set()
            server.shutdown()
            thread.join()
