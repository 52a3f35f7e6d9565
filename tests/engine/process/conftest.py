"""Start real worker processes around the fake backend."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.process.channel import worker_command
from engine.process.client import ClientTimings, EngineClient
from engine.process.protocol import Role
from tests.fakes.engine_backend import BACKEND

ROOT = Path(__file__).parents[3]

# Short where a test waits for them to run out, else long enough for a busy computer.
QUICK = ClientTimings(start=20, silence=20, heartbeat=0.1, cancel=0.3, close=5, tick=0.02)

RawClient = Callable[..., EngineClient]


@pytest.fixture(autouse=True)
def _workers_find_the_fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def client() -> Iterator[EngineClient]:
    """Return a client whose worker is real but for its backend."""
    with fake_client() as made:
        yield made


@pytest.fixture
def raw_client() -> Iterator[RawClient]:
    """Return a function that makes clients of a worker that misbehaves."""
    made: list[EngineClient] = []

    def make(mode: str, timings: ClientTimings = QUICK) -> EngineClient:
        script = ROOT / "tests" / "fakes" / "raw_worker.py"
        made.append(EngineClient(command=[sys.executable, str(script), mode], timings=timings))
        return made[-1]

    yield make
    for one in made:
        one.kill()


def fake_client(timings: ClientTimings = QUICK, role: Role = Role.ENGINE) -> EngineClient:
    """Return a client whose worker uses the fake backend."""
    return EngineClient(role, command=[*worker_command(), "--backend", BACKEND], timings=timings)
