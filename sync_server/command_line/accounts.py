"""`user` and `invite`: accounts, as an operator sees them."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

import typer

from sync_server.assembly import Services
from sync_server.clock import shown
from sync_server.command_line.passwords import Drawn, FromInput, wanted_password
from sync_server.command_line.printing import parse_size, print_table, show_size
from sync_server.command_line.session import DataDir, opened, run
from sync_server.services.account_views import AccountSummary

users = typer.Typer(no_args_is_help=True, help="Accounts: add, list, disable, quota, password.")

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The account's address.")]


@users.command("add")
def add_user(
    email: Email,
    password_stdin: FromInput = False,
    draw_password: Drawn = False,
    if_none: Annotated[
        bool, typer.Option("--if-none", help="Do nothing if there is any account already.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Make an account, whatever the setting sign_up says."""

    async def work() -> None:
        async with opened(data_dir) as services:
            if if_none and await services.accounts.all_accounts():
                return
            password = wanted_password(password_stdin, draw_password)
            await services.accounts.add(email, password)
        print(f"The account {email} was made.")
        if draw_password:
            print(f"Its password, shown this once: {password}")

    run(work())


@users.command("list")
def list_users(data_dir: DataDir = None) -> None:
    """List the accounts."""

    async def work() -> None:
        async with opened(data_dir) as services:
            default = services.settings.default_quota_bytes
            rows = [_row(account, default) for account in await services.accounts.all_accounts()]
        print_table(("account", "since", "used", "quota", "state"), rows)

    run(work())


@users.command("disable")
def disable_user(email: Email, data_dir: DataDir = None) -> None:
    """Keep an account's devices and its owner out; nothing is deleted."""
    _set_disabled(email, True, data_dir)
    print(f"The account {email} is disabled.")


@users.command("enable")
def enable_user(email: Email, data_dir: DataDir = None) -> None:
    """Let a disabled account in again."""
    _set_disabled(email, False, data_dir)
    print(f"The account {email} is enabled.")


@users.command("quota")
def set_quota(
    email: Email,
    size: Annotated[
        str, typer.Argument(metavar="SIZE", help="Such as 20GiB, 500MB or 0; or: default.")
    ],
    data_dir: DataDir = None,
) -> None:
    """Say how many bytes an account may keep."""
    quota = None if size == "default" else parse_size(size)

    async def work() -> None:
        async with opened(data_dir) as services:
            await services.accounts.set_quota(email, quota)

    run(work())
    print(f"The account {email} may keep {'the default' if quota is None else show_size(quota)}.")


@users.command("reset-password")
def reset_password(
    email: Email,
    password_stdin: FromInput = False,
    draw_password: Drawn = False,
    data_dir: DataDir = None,
) -> None:
    """Give an account another password and end its sessions in browsers."""
    password = wanted_password(password_stdin, draw_password)

    async def work() -> None:
        async with opened(data_dir) as services:
            await services.accounts.reset_password(email, password)

    run(work())
    print(f"The account {email} has another password.")
    if draw_password:
        print(f"It is shown this once: {password}")


def invite(
    email: Annotated[
        str | None,
        typer.Argument(metavar="[EMAIL]", help="For this address only.", show_default=False),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=365, help="How long it holds.")] = 7,
    data_dir: DataDir = None,
) -> None:
    """Make an invite: a link with which one account can be opened."""

    async def work() -> str:
        async with opened(data_dir) as services:
            code = await services.invites.create(email, days)
            return f"{address_of(services)}/sign-up?invite={quote(code)}"

    print(run(work()))


def address_of(services: Services) -> str:
    """Return where people reach the server, as far as the settings know."""
    settings = services.settings
    return settings.public_url or f"http://{settings.host}:{settings.port}"


def _set_disabled(email: str, is_disabled: bool, data_dir: DataDir) -> None:
    async def work() -> None:
        async with opened(data_dir) as services:
            await services.accounts.set_disabled(email, is_disabled)

    run(work())


def _row(account: AccountSummary, default_quota: int | None) -> tuple[str, ...]:
    quota = default_quota if account.quota_bytes is None else account.quota_bytes
    return (
        account.email,
        shown(account.created_at),
        show_size(account.used_bytes),
        "unlimited" if quota is None else show_size(quota),
        _state(account),
    )


def _state(account: AccountSummary) -> str:
    if account.delete_after is not None:
        return f"deleted after {shown(account.delete_after)}"
    return "disabled" if account.is_disabled else "active"
