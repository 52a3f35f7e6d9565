"""What could not be stored before the end is stored at the next start, or stays in the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services.edit_writer import Names
from desktop.services.unsaved_edits import UnsavedEdit, keep, restore, unsaved_edit
from desktop.store.library import Library
from engine.errors import LibraryError
from engine.transcript.editing import WordIds, retype
from engine.transcript.transcript import Speaker
from tests.desktop.store.material import begun, segment

_IDS = WordIds("here")


@pytest.fixture(name="library")
def _library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library.sqlite3")
    yield library
    library.close()


def _edit(library: Library, transcript: int, text: str) -> UnsavedEdit:
    stored = library.load(transcript)
    edit = retype(stored.transcript.segments[:1], text.strip(), _IDS)
    return unsaved_edit(transcript, stored.summary.uid, edit)


def test_edits_and_names_are_stored_and_the_file_goes(library: Library, tmp_path: Path) -> None:
    transcript, path = begun(library, segment("a b c", 0)), tmp_path / "unsaved"
    edit = _edit(library, transcript, " One more.")
    keep(path, [edit])
    keep(path, [unsaved_edit(transcript, edit.uid, Names((Speaker("x.1", "Anna"),)))])
    assert restore(path, library) == 0
    stored = library.load(transcript).transcript
    assert stored.segments[0].text == " One more."
    assert [speaker.name for speaker in stored.speakers] == ["Anna"]
    assert not path.exists()


def test_what_no_longer_fits_stays_in_the_file(library: Library, tmp_path: Path) -> None:
    transcript, path = begun(library, segment("a b c", 0)), tmp_path / "unsaved"
    edit = _edit(library, transcript, " One.")
    other = _edit(library, transcript, " Two.").edit
    assert other is not None
    library.apply(transcript, other).result()
    keep(path, [edit])
    assert restore(path, library) == restore(path, library) == 1
    assert library.load(transcript).transcript.segments[0].text == " Two."


def test_what_was_stored_after_all_is_passed_over(library: Library, tmp_path: Path) -> None:
    transcript, path = begun(library, segment("a b c", 0)), tmp_path / "unsaved"
    edit = _edit(library, transcript, " One.")
    assert edit.edit is not None
    library.apply(transcript, edit.edit).result()
    keep(path, [edit])
    assert restore(path, library) == 0


def test_another_library_is_left_alone(library: Library, tmp_path: Path) -> None:
    transcript, path = begun(library, segment("a b c", 0)), tmp_path / "unsaved"
    edit = _edit(library, transcript, " One.").edit
    keep(path, [UnsavedEdit(transcript, "f" * 32, edit)])
    assert restore(path, library) == 1


def test_without_a_file_nothing_happens_and_a_damaged_one_is_said(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "unsaved"
    assert restore(path, library) == 0
    path.write_text("[", "utf-8")
    with pytest.raises(LibraryError):
        restore(path, library)
