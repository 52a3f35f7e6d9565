"""The library's file is refused where it would come to harm, checked, backed up and kept."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Table, select

from desktop.store.database import Database, Steps
from desktop.store.library import Library
from desktop.store.migrations import MIGRATIONS, NEWEST
from desktop.store.tables import METADATA
from tests.desktop.store.material import begun, code_of, new, segment, text_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a library may be."""
    return tmp_path / "data" / "library.sqlite3"


def _local(_: Path) -> bool:
    return False


def _make_older(path: Path) -> int:
    """Make a library as version 1 left it, with one transcript, and return its id."""
    with_text = path.with_name("newest.sqlite3")
    library = Library(with_text)
    transcript = begun(library, segment("the quick brown fox"))
    library.close()
    Database(path, steps=MIGRATIONS[:1]).close()
    connection = sqlite3.connect(path)
    connection.execute("ATTACH ? AS newest", (str(with_text),))
    for table in ("transcript", "block", "segment"):
        columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
        names = ", ".join(columns)
        connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM newest.{table}")
    connection.commit()
    connection.close()
    return transcript


def test_a_new_library_is_made_with_its_folder_and_without_a_backup(path: Path) -> None:
    Library(path).close()
    assert sorted(item.name for item in path.parent.iterdir()) == [
        "library.sqlite3",
        "library.sqlite3.lock",
    ]


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=str)
def test_the_migrations_make_the_tables_that_the_code_knows(path: Path, table: Table) -> None:
    database = Database(path)
    with database.reading() as connection:
        made = connection.exec_driver_sql(f"PRAGMA table_info({table.name})").all()
        assert {row[1] for row in made} == set(table.c.keys())
        keys = sorted((row[5], row[1]) for row in made if row[5])
        assert {name for _, name in keys} == {column.name for column in table.primary_key}
        assert connection.execute(select(table)).all() is not None
    database.close()


def test_what_is_committed_survives_a_power_cut(path: Path) -> None:
    database = Database(path)
    with database.connect_writer() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "fullfsync", "foreign_keys")
        }
    database.close()
    assert values == {"journal_mode": "wal", "synchronous": 2, "fullfsync": 1, "foreign_keys": 1}


def test_an_older_library_is_backed_up_brought_up_to_date_and_searchable(path: Path) -> None:
    path.parent.mkdir()
    transcript = _make_older(path)
    library = Library(path)
    library.rename(transcript, "after").result()
    library.rename(transcript, "the index").result()
    assert text_of(library, transcript) == "the quick brown fox"
    assert [hit.transcript for hit in library.search("quick brown")] == [transcript]
    library.close()
    backup = sqlite3.connect(path.with_name("library.sqlite3.backup-1"))
    assert backup.execute("PRAGMA user_version").fetchone() == (1,)
    assert backup.execute("SELECT count(*) FROM segment").fetchone() == (1,)
    backup.close()


def test_a_migration_that_fails_leaves_the_library_as_it_was(path: Path) -> None:
    Library(path).close()
    steps: Steps = (*MIGRATIONS, ("CREATE TABLE half (a)", "CREATE TABLE meta (key)"))
    with pytest.raises(sqlite3.OperationalError):
        Database(path, steps=steps)
    assert path.with_name(f"library.sqlite3.backup-{NEWEST}").exists()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (NEWEST,)
    assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchall()
    connection.close()
    Library(path).close()


def test_a_migration_without_a_backup_does_not_happen(path: Path) -> None:
    Library(path).close()
    steps: Steps = (*MIGRATIONS, ("CREATE TABLE more (a)",))
    path.with_name(f"library.sqlite3.backup-{NEWEST}").mkdir()
    assert code_of(lambda: Database(path, steps=steps)) == "library.read_only"
    assert not list(path.parent.glob("*.partial"))
    Library(path).close()


@pytest.mark.parametrize("is_file_of_sqlite", [False, True], ids=["0 bytes", "no tables"])
def test_an_empty_file_beside_backups_is_damage_and_not_touched(
    path: Path, is_file_of_sqlite: bool
) -> None:
    library = Library(path)
    begun(library, segment("kept words"))
    assert library.back_up(lambda: False)
    library.close()
    path.unlink()
    if is_file_of_sqlite:
        connection = sqlite3.connect(path)
        connection.execute("VACUUM")
        connection.close()
    else:
        path.touch()
    before = path.read_bytes()
    for _ in range(2):
        assert code_of(lambda: Library(path)) == "library.corrupt"
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*-wal"))


def test_an_empty_file_without_backups_is_a_first_start_that_was_cut_off(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    Library(path).close()
    assert code_of(lambda: Library(path).close()) == ""


def test_no_file_beside_backups_is_a_new_library_that_somebody_wanted(path: Path) -> None:
    library = Library(path)
    library.add(new()).result()
    assert library.back_up(lambda: False)
    library.close()
    path.unlink()
    library = Library(path)
    assert library.summaries() == []
    library.close()


def test_a_newer_library_is_refused_and_not_touched(path: Path) -> None:
    Library(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = path.read_bytes()
    assert code_of(lambda: Library(path)) == "library.too_new"
    assert path.read_bytes() == before


def test_a_network_folder_is_refused_before_anything_is_written(path: Path) -> None:
    assert code_of(lambda: Library(path, is_remote=lambda _: True)) == "library.network_folder"
    assert not list(path.parent.iterdir())


def test_a_second_opener_is_refused_until_the_first_has_closed(path: Path) -> None:
    first = Library(path)
    assert code_of(lambda: Library(path)) == "library.in_use"
    first.add(new()).result()
    first.close()
    second = Library(path)
    assert len(second.summaries()) == 1
    second.close()


def test_a_refused_library_can_be_opened_once_the_reason_is_gone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no library at all" * 100)
    assert code_of(lambda: Library(path)) == "library.corrupt"
    path.unlink()
    Library(path).close()


def test_a_file_of_another_program_is_refused_and_not_touched(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    assert code_of(lambda: Library(path)) == "library.corrupt"
    connection = sqlite3.connect(path)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
    connection.close()
    assert names == ["bookmarks"]


def _interrupt(path: Path) -> None:
    """Leave a library as a program does that dies."""
    code = (
        "import os, sys; from pathlib import Path\n"
        "from desktop.store.library import Library\n"
        "from tests.desktop.store.material import begun, segment\n"
        "library = Library(Path(sys.argv[1]))\n"
        "for _ in range(30): begun(library, *[segment(f'w{n} x y z', n * 4) for n in range(9)])\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)


def test_an_interruption_is_noticed_once(path: Path) -> None:
    _interrupt(path)
    library = Library(path)
    assert library.was_interrupted
    assert len(library.summaries()) == 30
    library.close()
    library = Library(path)
    assert not library.was_interrupted
    library.close()


def test_damage_is_found_after_an_interruption_and_the_file_left_as_it_is(path: Path) -> None:
    _interrupt(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray(path.read_bytes())
    page = 4096
    for start in range(page * 3, len(data), page):
        data[start : start + 200] = b"\xa5" * 200
    path.write_bytes(data)
    assert code_of(lambda: Library(path)) == "library.corrupt"
    assert path.read_bytes() == bytes(data)


def test_damage_that_only_a_check_can_see_is_found(path: Path) -> None:
    _interrupt(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray(path.read_bytes())
    data[36:40] = b"\0\0\0\7"  # a list of free pages that is not as long as it says
    path.write_bytes(data)
    assert code_of(lambda: Library(path)) == "library.corrupt"


def test_damage_that_shows_while_reading_is_reported(path: Path) -> None:
    library = Library(path)
    transcript = begun(library, *[segment(f"w{n} x y z", n * 4) for n in range(300)])
    library.close()
    data = bytearray(path.read_bytes())
    for start in range(4096 * 2, len(data), 4096):
        data[start : start + 4096] = b"\xa5" * 4096
    path.write_bytes(data)

    def read() -> None:
        damaged = Library(path)
        try:
            damaged.load(transcript)
        finally:
            damaged.close()

    assert code_of(read) == "library.corrupt"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(command, capture_output=True, check=False).returncode
    ):
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_stops_writing_and_keeps_everything_committed(small_disk: Path) -> None:
    library = Library(small_disk / "library.sqlite3", is_remote=_local)
    filling = small_disk / "filling"
    kept = begun(library, segment("kept words"))
    with open(filling, "wb") as file:
        while os.statvfs(small_disk).f_bavail:
            file.write(b"x" * 4096)
            file.flush()
    failures = [library.rename(kept, "n" * 200_000).exception() for _ in range(3)]
    assert {getattr(failure, "code", failure) for failure in failures} == {"library.disk_full"}
    assert text_of(library, kept) == "kept words"
    filling.unlink()
    library.rename(kept, "there is space again").result()
    library.close()
    library = Library(small_disk / "library.sqlite3", is_remote=_local)
    assert library.summary(kept).title == "there is space again"
    library.close()


def test_a_full_disk_at_the_start_is_named(small_disk: Path) -> None:
    with pytest.raises(OSError):
        (small_disk / "filling").write_bytes(b"x" * 4_000_000)
    code = code_of(lambda: Library(small_disk / "library.sqlite3", is_remote=_local))
    assert code == "library.disk_full"


def test_a_disk_that_is_full_at_the_end_does_not_keep_the_program_open(small_disk: Path) -> None:
    path = small_disk / "library.sqlite3"
    library = Library(path, is_remote=_local)
    kept = begun(library, segment("kept words"))
    with pytest.raises(OSError):
        (small_disk / "filling").write_bytes(b"x" * 4_000_000)
    library.close()
    (small_disk / "filling").unlink()
    library = Library(path, is_remote=_local)
    assert text_of(library, kept) == "kept words"
    library.close()


def test_a_library_that_may_only_be_read_is_refused(small_disk: Path) -> None:
    path = small_disk / "library.sqlite3"
    Library(path, is_remote=_local).close()
    remount = ["mount", "-o", "remount,ro", str(small_disk)]
    subprocess.run(remount, check=True)
    assert code_of(lambda: Library(path, is_remote=_local)) == "library.read_only"


def test_a_library_that_another_program_holds_can_be_written_once_it_lets_go(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.store.database._WAIT_SECONDS", 0.05)
    library = Library(path)
    connection = sqlite3.connect(path)
    connection.execute("BEGIN IMMEDIATE")
    assert code_of(library.add(new()).result) == "library.in_use"
    connection.rollback()
    connection.close()
    assert library.add(new()).result() == 1
    library.close()
