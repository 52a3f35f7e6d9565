"""A session changes at once, stores in order, and loses no edit."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from desktop.services.editing_session import EditingSession
from desktop.services.naming import Naming
from engine.errors import LibraryError
from engine.transcript.editing import Edit, delete, retype
from engine.transcript.transcript import Speaker
from tests.desktop.services.sessions import (
    ANNA,
    IDS,
    JAN,
    ONE,
    TWO,
    Clock,
    new_session,
    texts,
    type_into,
)
from tests.engine.transcript.sample import segment
from tests.fakes.edited_library import EditedLibrary


@pytest.fixture(name="clock")
def _clock() -> Clock:
    return Clock()


@pytest.fixture(name="library")
def _library() -> EditedLibrary:
    return EditedLibrary((ONE, TWO))


@pytest.fixture(name="session")
def _session(library: EditedLibrary, clock: Clock, qtbot: QtBot) -> EditingSession:
    del qtbot
    return new_session(library, clock)


def test_an_edit_is_there_at_once_and_stored(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.saved):
        with qtbot.waitSignal(session.changed) as told:
            session.edit(retype((ONE,), "one or two", IDS))
        assert told.args is not None and told.args[1] is True
        assert texts(session)[0] == " one or two"
    assert library.segments == session.segments
    assert session.is_saved


def test_a_refused_edit_is_taken_back_with_what_was_built_on_it(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    library.is_slow = True
    changed = replace(ONE, speaker="somebody")
    library.segments = (changed, TWO)
    type_into(session, "once", "once more")
    session.edit(retype((TWO,), "thrice", IDS))
    library.is_slow = False
    with qtbot.waitSignal(session.refused) as told:
        library.answer()
    assert told.args == ["library.changed"]
    assert texts(session) == [ONE.text, " thrice"]
    qtbot.waitUntil(lambda: library.segments[1].text == " thrice")
    assert not session.can_undo


def test_what_a_full_disk_refuses_is_kept_and_stored_later(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    library.error = LibraryError("library.disk_full")
    with qtbot.waitSignal(session.refused) as told:
        type_into(session, "once")
    assert told.args == ["library.disk_full"]
    assert texts(session)[0] == " once" and not session.is_saved
    library.error = None
    with qtbot.waitSignal(session.saved):
        session.edit(delete((TWO,)))
    assert [item.text for item in library.segments] == [" once"]


def test_closing_hands_everything_over_and_keeps_a_revision(
    session: EditingSession, library: EditedLibrary
) -> None:
    library.is_slow = True
    type_into(session, "once", "once more")
    session.edit(delete((TWO,)))
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
    session: EditingSession, library: EditedLibrary, clock: Clock
) -> None:
    type_into(session, "a")
    assert not library.revisions
    clock.now = 601.0
    type_into(session, "b", "c")
    assert library.revisions == ["edited"]


def test_decoded_segments_come_in_once_and_in_order(session: EditingSession, qtbot: QtBot) -> None:
    late, early = segment("late", 9, 10, number=30), segment("early", 0.0, 0.1, number=29)
    with qtbot.waitSignal(session.added) as told:
        session.add_segments((late, early, TWO))
    assert told.args == [(late, early)]
    assert [item.text for item in session.segments] == [" early", ONE.text, TWO.text, " late"]
    with qtbot.assertNotEmitted(session.added):
        session.add_segments((late,))


def _add(session: EditingSession, *speakers: Speaker) -> None:
    session.edit(*(Naming(None, speaker) for speaker in speakers))


def test_speakers_are_added_and_renamed(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    _add(session, ANNA)
    with qtbot.waitSignal(session.saved):
        session.rename_speaker(ANNA.id, "Anna K.")
    assert session.speakers == library.speakers == (Speaker(ANNA.id, "Anna K."),)


def test_only_the_name_that_was_given_is_stored(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    session.take_speakers((replace(ANNA, name=""), JAN))
    with qtbot.waitSignal(session.saved):
        session.rename_speaker(ANNA.id, "Anna")
    assert library.speakers == (ANNA, JAN)


def test_names_that_a_full_disk_refuses_are_kept_and_stored_later(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    library.error = LibraryError("library.disk_full")
    with qtbot.waitSignal(session.refused) as told:
        _add(session, ANNA)
    assert told.args == ["library.disk_full"] and not session.is_saved
    session.take_speakers(())
    assert [speaker.name for speaker in session.speakers] == ["Anna"]
    library.error = None
    with qtbot.waitSignal(session.saved):
        session.edit(delete((TWO,)))
    assert [speaker.name for speaker in library.speakers] == ["Anna"]


def test_a_refusal_makes_the_session_stale_and_ends_saved(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    library.segments = (replace(ONE, speaker="somebody"), TWO)
    with qtbot.waitSignal(session.saved):
        type_into(session, "once")
    assert session.is_stale


def test_a_session_that_is_left_settles_after_its_revision(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    library.error = LibraryError("library.disk_full")
    with qtbot.waitSignal(session.refused):
        type_into(session, "once", "once more")
    session.leave()
    assert not session.is_settled and not library.revisions
    library.error = None
    with qtbot.waitSignal(session.settled):
        session.edit(delete((TWO,)))
    assert [item.text for item in library.segments] == [" once more"]
    assert library.revisions == ["edited"]


def test_what_was_not_stored_at_the_end_is_told(
    session: EditingSession, library: EditedLibrary
) -> None:
    library.is_slow = True
    type_into(session, "once", "once more")
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
    type_into(session, "once")
    session.close()
    library.answer()
    assert not session.unsaved(0)


def test_the_store_thread_may_answer_while_sessions_are_deleted(
    library: EditedLibrary, clock: Clock, qtbot: QtBot
) -> None:
    library.is_slow = True
    for number in range(200):
        session = new_session(library, clock)
        session.edit(retype(session.segments[:1], f"{number}", IDS))
        answering = Thread(target=library.answer)
        answering.start()
        session.deleteLater()
        QCoreApplication.sendPostedEvents(session, QEvent.Type.DeferredDelete)
        answering.join()
    qtbot.wait(0)
