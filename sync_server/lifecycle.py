"""Serve: one process or several, until SIGTERM; then drain.

Draining: no new connections, event streams and waiting requests end (with a time to come back
after), what is under way is finished, and only then connections to the database close.
"""

from __future__ import annotations

import logging
import socket
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import uvicorn
from litestar import Litestar
from prometheus_client import CollectorRegistry
from uvicorn.supervisors import Multiprocess

from sync_server import metrics
from sync_server.app import application
from sync_server.assembly import services_of
from sync_server.logs import configure_logging
from sync_server.patient_protocol import PatientConfig, PatientProtocol
from sync_server.settings import Settings

logger = logging.getLogger(__name__)

_KEEP_ALIVE_SECONDS = 75
_HEALTH_SECONDS = 10
"""How long a worker may not answer its supervisor before it is replaced."""
_BACKLOG = 2048


Announce = Callable[[Settings, int], None]
"""Told, once, which port is listened on."""


def serve(settings: Settings, announce: Announce | None = None) -> None:
    """Serve until the process is told to stop; the database must be migrated.

    Raises `OSError` when the address can't be listened on.
    """
    configure_logging(settings.log_level)
    listening = _listen(settings)
    if announce is not None:
        announce(settings, listening.getsockname()[1])
    if settings.workers == 1:
        _serve_alone(settings, listening)
    else:
        _serve_with_workers(settings, listening)


def worker_app(settings: Settings, registry: CollectorRegistry | None = None) -> Litestar:
    """Return the application of one process; uvicorn calls it there.

    `registry` None: a worker's own, whose numbers the supervisor adds up.
    """
    configure_logging(settings.log_level)
    counted = None
    if settings.metrics_port is not None:
        counted = metrics.Metrics(registry or CollectorRegistry())
    return application(services_of(settings), counted)


def server_config(settings: Settings, make_app: Callable[[], Litestar]) -> PatientConfig:
    """Return how uvicorn serves; `make_app` is called in each process."""
    config = PatientConfig(
        make_app,
        factory=True,
        workers=settings.workers,
        loop="uvloop",
        http=PatientProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        backlog=_BACKLOG,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=settings.drain_seconds,
        timeout_worker_healthcheck=_HEALTH_SECONDS,
    )
    config.head_seconds = settings.head_seconds
    return config


def _serve_alone(settings: Settings, listening: socket.socket) -> None:
    registry = CollectorRegistry()
    if settings.metrics_port is not None:
        metrics.serve_metrics(registry, settings.metrics_host, settings.metrics_port)
    config = server_config(settings, partial(worker_app, settings, registry))
    uvicorn.Server(config).run([listening])


def _serve_with_workers(settings: Settings, listening: socket.socket) -> None:
    with tempfile.TemporaryDirectory(prefix="whisper-metrics-") as folder:
        if settings.metrics_port is not None:
            metrics.share_between_workers(Path(folder))
            registry = metrics.registry_of_all_workers(Path(folder))
            metrics.serve_metrics(registry, settings.metrics_host, settings.metrics_port)
        config = server_config(settings, partial(worker_app, settings))
        _Supervisor(config, [listening]).run()


class _Supervisor(Multiprocess):
    """Starts workers, and others for those that die."""

    def terminate_all(self) -> None:
        """Stop the workers, and hold the address open no longer than they do."""
        for listening in self.sockets:
            # Else the kernel goes on taking connections that nobody will ever serve.
            listening.close()
        super().terminate_all()


def _listen(settings: Settings) -> socket.socket:
    """Open the address, and say which it is: a port of 0 is one that is free."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((settings.host, settings.port))
    listening.set_inheritable(True)
    logger.info("listening", extra={"host": settings.host, "port": listening.getsockname()[1]})
    return listening
