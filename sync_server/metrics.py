"""Numbers for Prometheus, on a port of their own; there are none unless that port is set."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

_MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)


class Metrics:
    """Counts and times of one process."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = Counter(
            "whisper_sync_requests", "Answers", ("method", "route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "whisper_sync_request_seconds",
            "Time until an answer was sent; waiting for news counts",
            ("method", "route"),
            buckets=_BUCKETS,
            registry=registry,
        )
        self._streams = Gauge(
            "whisper_sync_listeners",
            "Open event streams and waiting requests",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._redis = Gauge(
            "whisper_sync_redis_up",
            "1 while this process hears Redis; 0 when it is down or not configured",
            registry=registry,
            multiprocess_mode="livemin",
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def sample(self, listeners: int, is_redis_up: bool) -> None:
        """Note what nobody counts."""
        self._streams.set(listeners)
        self._redis.set(is_redis_up)


def share_between_workers(folder: Path) -> None:
    """Let worker processes, which are started later, keep their numbers in files of a folder."""
    os.environ[_MULTIPROCESS] = str(folder)


def serve_metrics(registry: CollectorRegistry, host: str, port: int) -> None:
    """Serve `/metrics` from a thread of this process."""
    start_http_server(port, host, registry)


def registry_of_all_workers(folder: Path) -> CollectorRegistry:
    """Return a registry that adds up what worker processes keep in a folder."""
    registry = CollectorRegistry()
    registry.register(_Workers(folder))
    return registry


class _Workers(Collector):
    """The sums over all workers; what dead ones gauged is forgotten, what they counted is not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._all = MultiProcessCollector(None, str(folder))  # type: ignore[no-untyped-call]

    def collect(self) -> Iterable[Metric]:
        """Read the files of the workers."""
        for pid in {path.stem.rsplit("_", 1)[-1] for path in self._folder.glob("gauge_live*.db")}:
            if not _is_alive(int(pid)):
                mark_process_dead(int(pid), str(self._folder))  # type: ignore[no-untyped-call]
        return cast(Iterable[Metric], self._all.collect())  # type: ignore[no-untyped-call]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
