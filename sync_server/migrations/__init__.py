"""Bring a database to the tables that this release works with, and tell whether it is there.

A revision is a module in `versions/`, written by hand, that says what changes; its number follows
the one before. Two releases must be able to work on one schema at the same time: first expand (new
columns may be empty, new tables), and only in a later release contract (drop what nobody uses).
Inside a revision `op.batch_alter_table` serves both kinds of database.
"""

from sync_server.migrations.runner import Migrations, SchemaState

__all__ = ["Migrations", "SchemaState"]
