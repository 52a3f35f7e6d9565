"""Run the command line with the fake engine in a real worker process."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from engine import cli
from engine.command_line import job, session, transcribe
from engine.process.client import ClientTimings, EngineClient
from engine.process.protocol import Role

BACKEND = "tests.engine.command_line.fake_engine:FakeBackend"
WORKER = (sys.executable, "-m", "engine.process.worker", "--backend", BACKEND)


def new_client(role: Role = Role.ENGINE) -> EngineClient:
    """Return a client whose worker plays."""
    return EngineClient(role, command=WORKER, timings=ClientTimings(tick=0.02))


def _find_model(name: str, folders: Sequence[Path] | None = None) -> Path:
    return Path(name)


def main() -> int:
    """Run one command line."""
    for module, name, stand_in in (
        (session, "new_client", new_client),
        (job, "find_model", _find_model),
        (transcribe, "find_model", _find_model),
        (transcribe, "default_model", lambda folders: "fake"),
    ):
        setattr(module, name, stand_in)
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
