"""Version 1: transcripts with their words, folders, tags and revisions."""

from __future__ import annotations

STATEMENTS = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE folder (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL)",
    "CREATE TABLE tag (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL)",
    """
    CREATE TABLE transcript (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        status TEXT NOT NULL,
        code TEXT NOT NULL DEFAULT '',
        detail TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL DEFAULT 0,
        folder INTEGER REFERENCES folder (id) ON DELETE SET NULL,
        path BLOB NOT NULL,
        size_bytes INTEGER NOT NULL DEFAULT 0,
        content TEXT NOT NULL DEFAULT '',
        declared_ms INTEGER,
        has_video INTEGER NOT NULL DEFAULT 0,
        options TEXT NOT NULL,
        created REAL NOT NULL,
        deleted REAL,
        is_edited INTEGER NOT NULL DEFAULT 0,
        speed REAL NOT NULL DEFAULT 0,
        done_ms INTEGER NOT NULL DEFAULT 0,
        run TEXT NOT NULL DEFAULT '',
        fingerprint TEXT NOT NULL DEFAULT '',
        recipe TEXT NOT NULL DEFAULT '',
        language TEXT NOT NULL DEFAULT '',
        language_probability REAL NOT NULL DEFAULT 0,
        duration_ms INTEGER NOT NULL DEFAULT 0,
        speech_ms INTEGER NOT NULL DEFAULT 0,
        model TEXT NOT NULL DEFAULT '',
        device TEXT NOT NULL DEFAULT '',
        compute_type TEXT NOT NULL DEFAULT '',
        track INTEGER NOT NULL DEFAULT 0,
        notes TEXT NOT NULL DEFAULT ''
    )
    """,
    "CREATE INDEX transcript_by_content ON transcript (content)",
    "CREATE INDEX transcript_by_status ON transcript (status)",
    "CREATE INDEX transcript_by_position ON transcript (position)",
    "CREATE INDEX transcript_by_folder ON transcript (folder)",
    """
    CREATE TABLE transcript_tag (
        transcript INTEGER NOT NULL REFERENCES transcript (id) ON DELETE CASCADE,
        tag INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
        PRIMARY KEY (transcript, tag)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX transcript_tag_by_tag ON transcript_tag (tag)",
    """
    CREATE TABLE speaker (
        transcript INTEGER NOT NULL REFERENCES transcript (id) ON DELETE CASCADE,
        uid TEXT NOT NULL,
        name TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (transcript, uid)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE block (
        transcript INTEGER NOT NULL REFERENCES transcript (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        start_ms INTEGER NOT NULL,
        end_ms INTEGER,
        channel INTEGER,
        is_completed INTEGER NOT NULL DEFAULT 0,
        speech_ms INTEGER NOT NULL DEFAULT 0,
        options_hash TEXT NOT NULL DEFAULT '',
        recipe TEXT NOT NULL DEFAULT '',
        next_n INTEGER NOT NULL DEFAULT 0,
        shift INTEGER NOT NULL DEFAULT 0,
        reached_ms INTEGER NOT NULL DEFAULT 0,
        after_ms INTEGER,
        PRIMARY KEY (transcript, number)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE segment (
        id INTEGER PRIMARY KEY,
        transcript INTEGER NOT NULL REFERENCES transcript (id) ON DELETE CASCADE,
        block INTEGER NOT NULL,
        uid TEXT NOT NULL,
        start_ms INTEGER NOT NULL,
        place REAL NOT NULL,
        speaker TEXT,
        removed TEXT,
        avg_logprob REAL NOT NULL,
        no_speech_prob REAL NOT NULL,
        compression_ratio REAL NOT NULL,
        temperature REAL NOT NULL,
        words BLOB NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX segment_by_uid ON segment (transcript, uid)",
    "CREATE INDEX segment_by_block ON segment (transcript, block)",
    """
    CREATE TABLE gap (
        transcript INTEGER NOT NULL REFERENCES transcript (id) ON DELETE CASCADE,
        block INTEGER NOT NULL,
        start_ms INTEGER NOT NULL,
        end_ms INTEGER NOT NULL,
        PRIMARY KEY (transcript, block, start_ms, end_ms)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE revision (
        transcript INTEGER NOT NULL REFERENCES transcript (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        created REAL NOT NULL,
        reason TEXT NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (transcript, number)
    )
    """,
)
