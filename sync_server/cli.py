"""Start `whisper-transcriber-server`: read the command line and hand it to the command."""

from __future__ import annotations

import sys

import typer
from pydantic import ValidationError
from redis.exceptions import RedisError
from sqlalchemy.exc import DBAPIError

from sync_server.command_line.accounts import invite, users
from sync_server.command_line.backups import backup, restore
from sync_server.command_line.devices import devices
from sync_server.command_line.doctor import doctor
from sync_server.command_line.serving import migrate, serve
from sync_server.command_line.settings_table import settings
from sync_server.command_line.upkeep import fsck, gc, stats
from sync_server.errors import ServerError
from sync_server.migrations.runner import SchemaError
from sync_server.services.backup import BackupError

PROGRAM = "whisper-transcriber-server"
FAILED, INTERRUPTED = 1, 130

app = typer.Typer(
    name=PROGRAM,
    help="The sync server of Whisper Transcriber. Without any setting it serves on this computer, "
    "with SQLite in a data directory.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (serve, migrate, invite, fsck, gc, backup, restore, stats, doctor, settings):
    app.command()(command)
app.add_typer(users, name="user")
app.add_typer(devices, name="device")


def main() -> None:
    """Run one command line; ends the process with 0, 1 failed, 2 usage, 130 interrupted."""
    try:
        app(prog_name=PROGRAM)
    except ServerError as exc:
        _fail(exc.detail)
    except ValidationError as exc:
        _fail("; ".join(_explained(exc)))
    except (SchemaError, BackupError, OSError) as exc:
        _fail(str(exc))
    except (DBAPIError, RedisError) as exc:
        # Of the driver's message only: the statement would bring values with it.
        _fail(f"the database does not answer: {getattr(exc, 'orig', exc)}")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _explained(exc: ValidationError) -> list[str]:
    """Say which settings are wrong, without the values, which may be secret."""
    return [
        ": ".join([*(str(part) for part in error["loc"]), error["msg"]])
        for error in exc.errors(include_input=False, include_url=False)
    ]


def _fail(sentence: str) -> None:
    print(f"{PROGRAM}: {sentence}", file=sys.stderr)
    sys.exit(FAILED)


if __name__ == "__main__":
    main()
