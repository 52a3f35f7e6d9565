"""The steps from an empty file to today's library; each is frozen once it was released."""

from __future__ import annotations

from desktop.store.migrations import v0001_transcripts, v0002_search

MIGRATIONS: tuple[tuple[str, ...], ...] = (v0001_transcripts.STATEMENTS, v0002_search.STATEMENTS)
"""The statements that lead to version 1, to version 2, and so on (`PRAGMA user_version`)."""

NEWEST = len(MIGRATIONS)
"""The version that this program reads and writes."""
