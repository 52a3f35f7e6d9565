"""Keep in a file what could not be stored before the end, and store it at the next start."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.services.edit_writer import Change, Names
from desktop.services.editing_session import EditedLibrary
from desktop.store.records import StoredTranscript
from engine.errors import LibraryError
from engine.process.messages import from_plain, to_plain
from engine.transcript.editing import Edit
from engine.transcript.formats.files import write_atomically
from engine.transcript.transcript import Speaker

logger = logging.getLogger(__name__)

FILE_NAME = "unsaved-edits.json"


class RestoringLibrary(EditedLibrary, Protocol):
    """What it takes of `desktop.store.library.Library` to store what was kept."""

    def load(self, transcript: int) -> StoredTranscript:
        """Return a transcript as it is stored."""
        ...


@dataclass(frozen=True, slots=True)
class UnsavedEdit:
    """A change that the library has not got."""

    transcript: int
    uid: str
    """Of the transcript: another library may have given the number to another one."""
    edit: Edit | None = None
    """None if it names speakers."""
    speakers: tuple[Speaker, ...] = ()


def unsaved_edit(transcript: int, uid: str, change: Change) -> UnsavedEdit:
    """Return a change as it stands in the file."""
    if isinstance(change, Names):
        return UnsavedEdit(transcript, uid, speakers=change.speakers)
    return UnsavedEdit(transcript, uid, change)


def keep(path: Path, edits: Sequence[UnsavedEdit]) -> None:
    """Add edits to the file; raises `OSError` and `TranscriberError`."""
    _write(path, [*_read(path), *edits])


def restore(path: Path, library: RestoringLibrary) -> int:
    """Store what the file holds and return how many edits are left in it; waits for the library.

    An edit is left if the text is another one by now. Raises like `keep`.
    """
    edits = _read(path)
    left = [edit for edit in edits if not _is_stored(edit, library)]
    if left != edits:
        _write(path, left)
    return len(left)


def _is_stored(unsaved: UnsavedEdit, library: RestoringLibrary) -> bool:
    transcript, edit = unsaved.transcript, unsaved.edit
    try:
        stored = library.load(transcript)
        if stored.summary.uid != unsaved.uid:
            return False
        if edit is None:
            library.set_speakers(transcript, unsaved.speakers).result()
        elif not _has(stored, edit):
            library.apply(transcript, edit).result()
    except LibraryError as error:
        logger.warning("an edit of last time cannot be stored: %s", error.code)
        return False
    return True


def _has(stored: StoredTranscript, edit: Edit) -> bool:
    texts = {segment.id: segment.text for segment in stored.transcript.segments}
    return bool(edit.after) and all(texts.get(one.id) == one.text for one in edit.after)


def _read(path: Path) -> list[UnsavedEdit]:
    if not path.exists():
        return []
    try:
        plain = json.loads(path.read_text("utf-8", "surrogatepass"))
    except ValueError as exc:
        raise LibraryError("library.corrupt", path.name) from exc
    found = [from_plain(item, (UnsavedEdit,)) for item in plain]
    return [item for item in found if isinstance(item, UnsavedEdit)]


def _write(path: Path, edits: Sequence[UnsavedEdit]) -> None:
    if not edits:
        path.unlink(missing_ok=True)
        return
    text = json.dumps([to_plain(edit) for edit in edits], ensure_ascii=False)
    write_atomically(path, text.encode("utf-8", "surrogatepass"))
