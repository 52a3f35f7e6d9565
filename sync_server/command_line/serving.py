"""`serve` and `migrate`."""

from __future__ import annotations

import errno
import logging
import signal
import sys
from types import FrameType
from typing import Annotated, NoReturn

import typer

from sync_server.command_line import tables_ready
from sync_server.command_line.session import DataDir, run, settings_for
from sync_server.lifecycle import serve as serve_until_stopped
from sync_server.migrations import Migrations, SchemaState
from sync_server.settings import Settings, load_settings

logger = logging.getLogger(__name__)

_REFUSALS = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)


def serve(
    data_dir: DataDir = None,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; else the setting host.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; else the setting port.")
    ] = None,
) -> None:
    """Serve until SIGTERM or Ctrl+C; then what is under way is finished."""
    settings = load_settings({"data_dir": data_dir, "host": host, "port": port})
    if run(tables_ready.ready(settings)) is SchemaState.AHEAD:
        logger.warning("the database is of a newer release")
    settings.secret()
    # uvicorn repeats the signal when all is finished; by default that would look like a crash.
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    try:
        serve_until_stopped(settings, _announce)
    except OSError as exc:
        if exc.errno not in _REFUSALS:
            raise
        where = f"{settings.host}:{settings.port}"
        raise OSError(f"{where} can't be listened on: {exc.strerror}") from exc


def migrate(
    data_dir: DataDir = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Say nothing if there was nothing to do.")
    ] = False,
) -> None:
    """Bring the database to this release's tables; old and new releases can run meanwhile."""
    settings = settings_for(data_dir)
    before = run(_migrated(settings))
    if before is SchemaState.CURRENT:
        if not quiet:
            print("The database is up to date.")
    elif before is SchemaState.EMPTY:
        print(f"The database was made: {_place(settings)}")
    else:
        print("The database was migrated.")


async def _migrated(settings: Settings) -> SchemaState:
    migrations = Migrations()
    before = await tables_ready.state_of(settings, migrations)
    if before is not SchemaState.CURRENT:
        await tables_ready.migrate(settings, migrations, before)
    return before


def _place(settings: Settings) -> str:
    is_file = tables_ready.is_sqlite(settings)
    return str(tables_ready.sqlite_file(settings)) if is_file else "PostgreSQL"


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(0)


def _announce(settings: Settings, port: int) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(f"Log in at {settings.public_url or f'http://{host}:{port}'}/login", flush=True)
