"""Revisions that a later release might bring, written into a folder for the tests."""

from __future__ import annotations

from pathlib import Path

# Batch mode with recreate="always" is what SQLite needs for most changes of a table: it is copied
# and the old one dropped, with everything else still referring to it.
_RECREATE = '''"""Change a table that all others refer to."""
import sqlalchemy as sa
from alembic import op

revision = "later"
down_revision = {before!r}

def upgrade() -> None:
    with op.batch_alter_table("account", recreate={recreate!r}) as table:
        table.add_column(sa.Column("nickname", sa.String(20)))
    with op.batch_alter_table("library", recreate={recreate!r}) as table:
        table.alter_column("name", type_=sa.String(300), existing_type=sa.String(200))
'''

_FAIL = '''"""Get half-way."""
import sqlalchemy as sa
from alembic import op

revision = "later"
down_revision = {before!r}

def upgrade() -> None:
    op.add_column("account", sa.Column("nickname", sa.String(20)))
    raise RuntimeError("half-way")
'''

_ORPHAN = '''"""Lose what others refer to."""
from alembic import op

revision = "later"
down_revision = {before!r}

def upgrade() -> None:
    op.execute("DELETE FROM account")
'''


def recreating(folder: Path, before: str, *, is_sqlite: bool) -> Path:
    """Write a revision that changes two tables, by copying them where that is needed."""
    recreate = "always" if is_sqlite else "auto"
    return _write(folder, _RECREATE.format(before=before, recreate=recreate))


def failing(folder: Path, before: str) -> Path:
    """Write a revision that breaks after its first change."""
    return _write(folder, _FAIL.format(before=before))


def orphaning(folder: Path, before: str) -> Path:
    """Write a revision that leaves rows without what they refer to."""
    return _write(folder, _ORPHAN.format(before=before))


def _write(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "later.py").write_text(text, encoding="utf-8")
    return folder
