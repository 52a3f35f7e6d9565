"""What every command needs: the settings, a database with this release's tables, the services."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from sync_server.assembly import Services, services_of
from sync_server.command_line.tables_ready import ready
from sync_server.settings import Settings, load_settings

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        metavar="DIR",
        help="Folder of the server's data; else the setting data_dir.",
        show_default=False,
    ),
]

Done = TypeVar("Done")


def settings_for(data_dir: Path | None) -> Settings:
    """Return the settings, with a data directory from the command line if one was given."""
    return load_settings({"data_dir": data_dir})


def run(work: Coroutine[object, object, Done]) -> Done:
    """Run what a command does, and return what came of it."""
    return asyncio.run(work)


@asynccontextmanager
async def opened(data_dir: Path | None) -> AsyncIterator[Services]:
    """Give the services over a database that is ready; they are closed at the end."""
    settings = settings_for(data_dir)
    await ready(settings)
    services = services_of(settings)
    try:
        yield services
    finally:
        await services.close()
