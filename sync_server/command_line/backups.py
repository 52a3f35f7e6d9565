"""`backup` and `restore`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sync_server.clock import system_clock
from sync_server.command_line import tables_ready
from sync_server.command_line.printing import show_size
from sync_server.command_line.session import DataDir, run, settings_for
from sync_server.migrations import Migrations, SchemaState
from sync_server.services.backup import Backup, Restored
from sync_server.settings import Settings


def backup(
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="A folder that is not there.")],
    data_dir: DataDir = None,
) -> None:
    """Write a copy of everything into a new folder; the server may be running."""
    created = run(_backup_of(settings_for(data_dir)).create(target))
    size = show_size(created.chunk_bytes)
    print(f"The database and {created.chunks} chunks of blobs ({size}) are in {target}.")


def restore(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="What “backup” wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Put a copy in place of what is there; stop the server first. Devices then push the rest."""
    settings = settings_for(data_dir)
    if run(_is_used(settings)) and not yes:
        if not _is_at_terminal():
            raise typer.BadParameter(
                "there is a database already; --yes puts the copy in its place"
            )
        typer.confirm("There is a database already. Put the copy in its place?", abort=True)
    _report(run(_restored(settings, source)))


async def _restored(settings: Settings, source: Path) -> Restored:
    """Put the copy back; one that an older release wrote is migrated."""
    restored = await _backup_of(settings).restore(source)
    migrations = Migrations()
    if await tables_ready.state_of(settings, migrations) is SchemaState.BEHIND:
        await migrations.upgrade(settings.database_address)
    return restored


async def _is_used(settings: Settings) -> bool:
    state = await tables_ready.state_of(settings, Migrations())
    return state is not SchemaState.EMPTY


def _report(restored: Restored) -> None:
    print(f"{restored.libraries} libraries and {restored.chunks} chunks of blobs are back.")
    if restored.absent:
        print(
            f"{restored.absent} chunks were not in the copy; “fsck --repair” asks devices for them."
        )
    if restored.kept_aside is not None:
        print(f"The database that was there before is now {restored.kept_aside}.")


def _is_at_terminal() -> bool:
    return sys.stdin.isatty()


def _backup_of(settings: Settings) -> Backup:
    return Backup(settings.database_address, settings.chunks_dir, system_clock)
