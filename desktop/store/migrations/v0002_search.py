"""Version 2: full-text search, and paragraphs that a person set."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE segment ADD COLUMN paragraph INTEGER",
    "ALTER TABLE transcript ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TABLE passage (
        id INTEGER PRIMARY KEY,
        transcript INTEGER NOT NULL REFERENCES transcript (id) ON DELETE CASCADE,
        block INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        start_ms INTEGER NOT NULL,
        own INTEGER NOT NULL,
        segments TEXT NOT NULL,
        text TEXT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX passage_by_place ON passage (transcript, block, ordinal)",
    """
    CREATE VIRTUAL TABLE passage_words USING fts5 (
        text,
        content = 'passage',
        content_rowid = 'id',
        columnsize = 0,
        prefix = '2 3',
        tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
    )
    """,
    """
    CREATE TRIGGER passage_added AFTER INSERT ON passage BEGIN
        INSERT INTO passage_words (rowid, text) VALUES (new.id, new.text);
    END
    """,
    """
    CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN
        INSERT INTO passage_words (passage_words, rowid, text)
        VALUES ('delete', old.id, old.text);
    END
    """,
    """
    CREATE TRIGGER passage_changed AFTER UPDATE OF text ON passage BEGIN
        INSERT INTO passage_words (passage_words, rowid, text)
        VALUES ('delete', old.id, old.text);
        INSERT INTO passage_words (rowid, text) VALUES (new.id, new.text);
    END
    """,
)
