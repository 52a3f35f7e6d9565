"""The library is copied once a day if it changed, and a damaged one gives way to its copy."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.store import backups, recovery
from desktop.store.library import Library
from engine.errors import Cancelled
from tests.desktop.store.material import begun, code_of, new, segment, text_of

DAY = date(2026, 11, 24)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a library may be."""
    return tmp_path / "data" / "library.sqlite3"


def _back_up(library: Library, day: date = DAY) -> Path | None:
    return library.back_up(lambda: False, day)


def _names(path: Path) -> list[str]:
    return sorted(
        item.name.removeprefix("library.sqlite3.")
        for item in path.parent.iterdir()
        if ".backup-" in item.name or ".partial" in item.name
    )


def _damage(path: Path) -> bytes:
    """Let the disk lose pages of a library, and return what it has left."""
    data = bytearray(path.read_bytes())
    for start in range(0, len(data), 4096):
        data[start : start + 4000] = b"\xa5" * 4000
    path.write_bytes(data)
    return bytes(data)


def _damage_words(path: Path) -> None:
    """Damage a library where one notices only when one looks there."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'segment'"
        start = (connection.execute(query).fetchone()[0] - 1) * 4096
    data = bytearray(path.read_bytes())
    data[start : start + 4096] = b"\xa5" * 4096
    path.write_bytes(data)


def _with_backup(path: Path) -> int:
    """Make a library whose newest words no backup has, and return its transcript."""
    library = Library(path)
    transcript = begun(library, segment("kept words"))
    assert _back_up(library)
    library.rename(transcript, "Later").result()
    library.close()
    return transcript


def test_a_backup_has_all_that_is_committed(path: Path) -> None:
    library = Library(path)
    transcript = begun(library, segment("kept words"))
    made = _back_up(library)
    library.close()
    assert made is not None and made.name == "library.sqlite3.backup-2026-11-24"
    assert _names(path) == ["backup-2026-11-24"]
    copy = Library(made)
    assert text_of(copy, transcript) == "kept words"
    copy.close()


def test_there_is_one_a_day_and_the_last_three_are_kept(path: Path) -> None:
    library = Library(path)
    for number in range(5):
        library.add(new()).result()
        assert _back_up(library, DAY + timedelta(number))
        library.add(new()).result()
        assert _back_up(library, DAY + timedelta(number)) is None
    library.close()
    assert _names(path) == ["backup-2026-11-26", "backup-2026-11-27", "backup-2026-11-28"]


def test_a_clock_that_was_ahead_drives_out_no_backup_made_since(path: Path) -> None:
    library = Library(path)
    days = [DAY + timedelta(3650 + number) for number in range(3)] + [DAY, DAY + timedelta(1)]
    for number, day in enumerate(days):
        library.add(new()).result()
        made = _back_up(library, day)
        assert made is not None and made.exists()
        os.utime(made, (1_000 + number, 1_000 + number))
    library.close()
    assert _names(path) == ["backup-2026-11-24", "backup-2026-11-25", f"backup-{days[2]}"]


def test_the_backup_just_made_stays_though_the_others_seem_newer(path: Path) -> None:
    library = Library(path)
    for number in range(4):
        library.add(new()).result()
        made = _back_up(library, DAY + timedelta(number))
        assert made is not None and made.exists()
        os.utime(made, (1 << 33, (1 << 33) - number))
    library.close()
    assert len(_names(path)) == 3


def test_what_is_left_of_a_killed_backup_is_removed(path: Path) -> None:
    library = Library(path)
    for name in ("backup-2026-11-20.partial", "backup-2.partial", "backup-2.partial-journal"):
        path.with_name(f"library.sqlite3.{name}").touch()
    _back_up(library)
    assert not _names(path)
    library.close()


def test_nothing_new_is_no_reason_for_a_backup(path: Path) -> None:
    library = Library(path)
    assert _back_up(library) is None
    library.add(new()).result()
    assert _back_up(library)
    assert _back_up(library, DAY + timedelta(1)) is None
    library.close()
    library = Library(path)
    assert _back_up(library, DAY + timedelta(2)) is None
    library.close()


def test_a_change_of_an_earlier_start_is_a_reason(path: Path) -> None:
    library = Library(path)
    library.add(new()).result()
    library.close()
    library = Library(path)
    assert _back_up(library)
    library.close()


def test_a_change_during_the_backup_is_a_reason_for_the_next(path: Path) -> None:
    library = Library(path)
    library.add(new()).result()

    def change() -> bool:
        library.add(new()).result()
        return False

    assert library.back_up(change, DAY)
    assert _back_up(library, DAY + timedelta(1))
    library.close()


def test_a_backup_is_one_state_whatever_is_written_meanwhile(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_PAGES_AT_ONCE", 2)
    library = Library(path)
    library.add(new("First")).result()

    def write() -> bool:
        library.add(new("Later")).result()
        return False

    made = library.back_up(write, DAY)
    assert made is not None
    with closing(sqlite3.connect(made)) as connection:
        titles = connection.execute("SELECT title FROM transcript").fetchall()
    assert titles == [("First",)]
    assert len(library.summaries()) > 2
    library.close()


def test_a_cancelled_backup_leaves_nothing(path: Path) -> None:
    library = Library(path)
    library.add(new()).result()
    with pytest.raises(Cancelled):
        library.back_up(lambda: True, DAY)
    assert not _names(path)
    assert _back_up(library)
    library.close()


def test_there_is_no_backup_where_room_is_short(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(path)
    library.add(new()).result()
    monkeypatch.setattr(backups, "_ROOM", 1 << 50)
    assert _back_up(library) is None and not _names(path)
    library.close()


def test_a_damaged_library_does_not_drive_out_its_sound_backups(path: Path) -> None:
    _with_backup(path)
    _damage_words(path)
    library = Library(path)
    assert code_of(lambda: _back_up(library, DAY + timedelta(1))) == "library.corrupt"
    assert _names(path) == ["backup-2026-11-24"]
    library.close()


def test_damage_that_was_met_is_looked_for_at_the_next_start(path: Path) -> None:
    library = Library(path)
    transcript = begun(library, *[segment(f"w{n} x y z", n * 4) for n in range(300)])
    library.close()
    _damage_words(path)
    library = Library(path)
    assert code_of(lambda: library.load(transcript)) == "library.corrupt"
    library.close()
    assert code_of(lambda: Library(path)) == "library.corrupt"


def test_damage_that_a_backup_met_is_looked_for_at_the_next_start(path: Path) -> None:
    _with_backup(path)
    _damage_words(path)
    library = Library(path)
    assert code_of(lambda: _back_up(library, DAY + timedelta(1))) == "library.corrupt"
    library.close()
    assert code_of(lambda: Library(path)) == "library.corrupt"


def test_the_newest_backup_takes_the_place_of_a_damaged_library(path: Path) -> None:
    transcript = _with_backup(path)
    damaged = _damage(path)
    assert code_of(lambda: Library(path)) == "library.corrupt"
    aside = recovery.use_newest_backup(path)
    assert aside.name.startswith("library.sqlite3.damaged-20")
    assert aside.read_bytes() == damaged
    library = Library(path)
    assert library.summary(transcript).title == "Interview"
    assert text_of(library, transcript) == "kept words"
    library.close()
    assert _names(path) == ["backup-2026-11-24"]


def test_a_backup_that_is_damaged_too_is_passed_over(path: Path) -> None:
    _with_backup(path)
    library = Library(path)
    library.add(new()).result()
    made = _back_up(library, DAY + timedelta(1))
    library.close()
    assert made is not None
    _damage(made)
    _damage(path)
    found = backups.newest_sound(path)
    assert found is not None and found.path.name.endswith("backup-2026-11-24")


def test_without_a_sound_backup_everything_stays_as_it_is(path: Path) -> None:
    Library(path).close()
    damaged = _damage(path)
    assert code_of(lambda: recovery.use_newest_backup(path)) == "library.corrupt"
    assert path.read_bytes() == damaged
    assert backups.newest_sound(path) is None


def test_one_can_start_empty_and_the_damaged_library_stays(path: Path) -> None:
    _with_backup(path)
    damaged = _damage(path)
    first = recovery.start_empty(path)
    library = Library(path)
    assert not library.summaries()
    library.close()
    _damage(path)
    second = recovery.start_empty(path)
    assert first.read_bytes() == damaged and second.exists() and first != second


@pytest.mark.parametrize("recover", [recovery.use_newest_backup, recovery.start_empty])
def test_the_journal_of_the_damaged_library_is_not_played_into_the_new_one(
    path: Path, recover: Callable[[Path], Path]
) -> None:
    _with_backup(path)
    _damage(path)
    journal = path.with_name("library.sqlite3-wal")
    journal.write_bytes(b"journal")
    aside = recover(path)
    assert not journal.exists()
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"journal"


@pytest.mark.parametrize("recover", [recovery.use_newest_backup, recovery.start_empty])
def test_a_library_that_is_open_is_not_touched(path: Path, recover: Callable[[Path], Path]) -> None:
    _with_backup(path)
    library = Library(path)
    assert code_of(lambda: recover(path)) == "library.in_use"
    assert len(library.summaries()) == 1
    library.close()
