"""What Alembic runs to get at the database; the connection comes from `runner.Migrations`."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from sync_server.tables import metadata


def run(connection: Connection) -> None:
    """Run what Alembic was asked for, in the transaction that the connection is in."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
