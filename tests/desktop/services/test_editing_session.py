"""A session changes at once, stores in order, undoes everything, and loses no edit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from desktop.services.editing_session import EditingSession
from desktop.store.records import JobOptions, JobStatus, Source, StoredTranscript, TranscriptSummary
from engine.errors import LibraryError
from engine.transcript.editing import Edit, WordIds, delete, merge, replace_text, split
from engine.transcript.transcript import Segment, Speaker, Transcript
from tests.engine.transcript.sample import INFO, segment
from tests.fakes.edited_library import EditedLibrary

_ONE = segment("one and two", 0, 3)
_TWO = segment("three and four", 3, 6, number=10)
_IDS = WordIds("here")


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(name="clock")
def _clock() -> _Clock:
    return _Clock()


@pytest.fixture(name="library")
def _library() -> EditedLibrary:
    return EditedLibrary((_ONE, _TWO))


@pytest.fixture(name="session")
def _session(library: EditedLibrary, clock: _Clock, qtbot: QtBot) -> EditingSession:
    del qtbot
    return _new_session(library, clock)


def _new_session(library: EditedLibrary, clock: _Clock) -> EditingSession:
    summary = TranscriptSummary(
        1, "0" * 32, "Talk", JobStatus.DONE, Source(Path("talk.mp3")), JobOptions("base"), 0.0
    )
    stored = StoredTranscript(summary, Transcript(INFO, library.segments))
    return EditingSession(library, stored, _IDS, clock=clock)


def _texts(session: EditingSession) -> list[str]:
    return [item.text for item in session.segments]


def test_an_edit_is_there_at_once_and_stored(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.saved):
        with qtbot.waitSignal(session.changed) as told:
            session.edit(replace_text(_ONE, " one or two", _IDS))
        assert told.args is not None and told.args[1] is True
        assert _texts(session)[0] == " one or two"
    assert library.segments == session.segments
    assert session.is_saved


def test_undo_and_redo_go_through_every_kind_of_edit(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    states = [session.segments]
    session.edit(split(_ONE, 4, _IDS))
    states.append(session.segments)
    session.edit(merge(*session.segments[1:]))
    states.append(session.segments)
    session.edit(delete(session.segments[1:]))
    for state in reversed(states):
        session.undo()
        assert session.segments == state
    assert not session.can_undo and session.can_redo
    for _ in states:
        session.redo()
    assert len(session.segments) == 1
    qtbot.waitUntil(lambda: session.is_saved)
    assert library.segments == session.segments


def _type(session: EditingSession, *texts: str) -> None:
    for text in texts:
        session.type(replace_text(session.segments[0], text, _IDS))


def test_typing_in_one_go_is_one_step(session: EditingSession, clock: _Clock) -> None:
    _type(session, " on", " once", " once more")
    clock.now = 60.0
    _type(session, " once more!")
    session.undo()
    assert _texts(session)[0] == " once more"
    session.undo()
    assert session.segments == (_ONE, _TWO)
    session.redo()
    assert _texts(session)[0] == " once more"


def test_typing_elsewhere_is_another_step(session: EditingSession) -> None:
    _type(session, " once")
    session.type(replace_text(_TWO, " thrice", _IDS))
    session.undo()
    assert _texts(session) == [" once", _TWO.text]


def test_several_edits_can_be_one_step(session: EditingSession) -> None:
    session.edit(replace_text(_ONE, " a", _IDS), replace_text(_TWO, " b", _IDS))
    session.undo()
    assert session.segments == (_ONE, _TWO)


def test_a_refused_edit_is_taken_back_with_what_was_built_on_it(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    library.is_slow = True
    changed = replace(_ONE, speaker="somebody")
    library.segments = (changed, _TWO)
    _type(session, " once", " once more")
    session.edit(replace_text(_TWO, " thrice", _IDS))
    library.is_slow = False
    with qtbot.waitSignal(session.refused) as told:
        library.answer()
    assert told.args == ["library.changed"]
    assert _texts(session) == [_ONE.text, " thrice"]
    qtbot.waitUntil(lambda: library.segments[1].text == " thrice")
    assert not session.can_undo


def test_what_a_full_disk_refuses_is_kept_and_stored_later(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    library.error = LibraryError("library.disk_full")
    with qtbot.waitSignal(session.refused) as told:
        _type(session, " once")
    assert told.args == ["library.disk_full"]
    assert _texts(session)[0] == " once" and not session.is_saved
    library.error = None
    with qtbot.waitSignal(session.saved):
        session.edit(delete((_TWO,)))
    assert [item.text for item in library.segments] == [" once"]


def test_closing_hands_everything_over_and_keeps_a_revision(
    session: EditingSession, library: EditedLibrary
) -> None:
    library.is_slow = True
    _type(session, " once", " once more")
    session.edit(delete((_TWO,)))
    session.close()
    library.answer()
    assert [item.text for item in library.segments] == [" once more"]
    assert library.revisions == ["edited"]


def test_closing_without_edits_keeps_no_revision(
    session: EditingSession, library: EditedLibrary
) -> None:
    session.close()
    assert not library.revisions


def test_a_revision_is_kept_every_ten_minutes_of_editing(
    session: EditingSession, library: EditedLibrary, clock: _Clock
) -> None:
    _type(session, " a")
    assert not library.revisions
    clock.now = 601.0
    _type(session, " b", " c")
    assert library.revisions == ["edited"]


def test_decoded_segments_come_in_once_and_in_order(session: EditingSession, qtbot: QtBot) -> None:
    late, early = segment("late", 9, 10, number=30), segment("early", 0.0, 0.1, number=29)
    with qtbot.waitSignal(session.added) as told:
        session.add_segments((late, early, _TWO))
    assert told.args == [(late, early)]
    assert [item.text for item in session.segments] == [" early", _ONE.text, _TWO.text, " late"]
    with qtbot.assertNotEmitted(session.added):
        session.add_segments((late,))


def test_an_undo_survives_segments_that_came_in_between(session: EditingSession) -> None:
    session.edit(delete((_ONE,)))
    new: Segment = segment("new", 2.5, 2.9, number=40)
    session.add_segments((new,))
    session.undo()
    assert session.segments == (_ONE, new, _TWO)


def test_speakers_are_added_and_renamed(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    anna = session.add_speaker("Anna")
    with qtbot.waitSignal(session.saved):
        session.rename_speaker(anna, "Anna K.")
    assert session.speakers == library.speakers == (Speaker(anna, "Anna K."),)


def test_names_that_a_full_disk_refuses_are_kept_and_stored_later(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    library.error = LibraryError("library.disk_full")
    with qtbot.waitSignal(session.refused) as told:
        session.add_speaker("Anna")
    assert told.args == ["library.disk_full"] and not session.is_saved
    session.take_speakers(())
    assert [speaker.name for speaker in session.speakers] == ["Anna"]
    library.error = None
    with qtbot.waitSignal(session.saved):
        session.edit(delete((_TWO,)))
    assert [speaker.name for speaker in library.speakers] == ["Anna"]


def test_a_refusal_makes_the_session_stale_and_ends_saved(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    library.segments = (replace(_ONE, speaker="somebody"), _TWO)
    with qtbot.waitSignal(session.saved):
        _type(session, " once")
    assert session.is_stale


def test_a_session_that_is_left_settles_after_its_revision(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    library.error = LibraryError("library.disk_full")
    with qtbot.waitSignal(session.refused):
        _type(session, " once", " once more")
    session.leave()
    assert not session.is_settled and not library.revisions
    library.error = None
    with qtbot.waitSignal(session.settled):
        session.edit(delete((_TWO,)))
    assert [item.text for item in library.segments] == [" once more"]
    assert library.revisions == ["edited"]


def test_what_was_not_stored_at_the_end_is_told(
    session: EditingSession, library: EditedLibrary
) -> None:
    library.is_slow = True
    _type(session, " once", " once more")
    session.close()
    library.error = LibraryError("library.disk_full")
    library.answer()
    unsaved = session.unsaved(0)
    assert [isinstance(one, Edit) and one.after[0].text for one in unsaved] == [
        " once",
        " once more",
    ]


def test_everything_stored_leaves_nothing_to_tell(
    session: EditingSession, library: EditedLibrary
) -> None:
    _type(session, " once")
    session.close()
    library.answer()
    assert not session.unsaved(0)


def test_the_store_thread_may_answer_while_sessions_are_deleted(
    library: EditedLibrary, clock: _Clock, qtbot: QtBot
) -> None:
    library.is_slow = True
    for number in range(200):
        session = _new_session(library, clock)
        session.edit(replace_text(session.segments[0], f" {number}", _IDS))
        answering = Thread(target=library.answer)
        answering.start()
        session.deleteLater()
        QCoreApplication.sendPostedEvents(session, QEvent.Type.DeferredDelete)
        answering.join()
    qtbot.wait(0)
