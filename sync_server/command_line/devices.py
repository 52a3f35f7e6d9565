"""`device`: the devices of an account, as an operator sees them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from sync_server.command_line.accounts import Email
from sync_server.command_line.printing import print_table
from sync_server.command_line.session import DataDir, opened, run

devices = typer.Typer(no_args_is_help=True, help="Devices of an account: list, revoke.")


@devices.command("list")
def list_devices(email: Email, data_dir: DataDir = None) -> None:
    """List the devices of an account."""

    async def work() -> None:
        async with opened(data_dir) as services:
            account = await services.accounts.find(email)
            found = await services.devices.all_of(account)
        rows = [(str(one.id), one.name, one.created_at, one.last_seen_at) for one in found]
        print_table(("device", "name", "since", "last seen"), rows)

    run(work())


@devices.command("revoke")
def revoke_device(
    email: Email,
    device: Annotated[UUID, typer.Argument(metavar="DEVICE", help="As “device list” shows it.")],
    data_dir: DataDir = None,
) -> None:
    """Make a device's token worthless at once."""

    async def work() -> None:
        async with opened(data_dir) as services:
            account = await services.accounts.find(email)
            await services.devices.revoke(account, device)

    run(work())
    print(f"The device {device} is revoked.")
