"""Every step is undone and redone, texts and names in one order, and where it was made."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.edit_history import Selection, Spot
from desktop.services.editing_session import EditingSession
from desktop.services.naming import Naming
from engine.transcript.editing import Edit, assign_speaker, delete, retype, split
from engine.transcript.transcript import Segment
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


def test_undo_and_redo_go_through_every_kind_of_edit(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    states = [session.segments]
    session.edit(split(ONE, 4, IDS))
    states.append(session.segments)
    session.edit(retype(session.segments[1:], "and two three or four", IDS))
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


def test_typing_in_one_go_is_one_step(session: EditingSession, clock: Clock) -> None:
    type_into(session, "on", "once", "once more")
    clock.now = 60.0
    type_into(session, "once more!")
    session.undo()
    assert texts(session)[0] == " once more"
    session.undo()
    assert session.segments == (ONE, TWO)
    session.redo()
    assert texts(session)[0] == " once more"


def test_typing_elsewhere_is_another_step(session: EditingSession) -> None:
    type_into(session, "once")
    session.type(retype((TWO,), "thrice", IDS))
    session.undo()
    assert texts(session) == [" once", TWO.text]


def test_several_edits_can_be_one_step(session: EditingSession) -> None:
    session.edit(retype((ONE,), "a", IDS), retype((TWO,), "b", IDS))
    session.undo()
    assert session.segments == (ONE, TWO)


def test_an_undo_survives_segments_that_came_in_between(session: EditingSession) -> None:
    session.edit(delete((ONE,)))
    new: Segment = segment("new", 2.5, 2.9, number=40)
    session.add_segments((new,))
    session.undo()
    assert session.segments == (ONE, new, TWO)


def test_names_are_undone_and_redone_in_order_with_the_text(
    session: EditingSession, library: EditedLibrary, qtbot: QtBot
) -> None:
    session.take_speakers((ANNA,))
    type_into(session, "once")
    session.rename_speaker(ANNA.id, "Anna K.")
    session.edit(Naming(None, JAN), assign_speaker((TWO,), JAN.id))
    names, segments = session.speakers, session.segments
    session.undo()
    assert session.speakers == (replace(ANNA, name="Anna K."),)
    assert session.segments[1] == TWO
    session.undo()
    assert session.speakers == (ANNA,) and texts(session)[0] == " once"
    session.undo()
    assert session.segments == (ONE, TWO)
    for _ in range(3):
        session.redo()
    assert (session.speakers, session.segments) == (names, segments)
    qtbot.waitUntil(lambda: session.is_saved)
    assert (library.speakers, library.segments) == (names, segments)


def test_a_name_that_has_changed_since_is_passed_over(
    session: EditingSession, qtbot: QtBot
) -> None:
    session.take_speakers((ANNA,))
    type_into(session, "once")
    session.rename_speaker(ANNA.id, "Anna K.")
    qtbot.waitUntil(lambda: session.is_saved)
    theirs = (replace(ANNA, name="Anja"),)
    session.take_speakers(theirs)
    with qtbot.waitSignal(session.refused) as told:
        session.undo()
    assert told.args == ["library.speaker_changed"]
    assert session.speakers == theirs and texts(session)[0] == " once"
    session.undo()
    assert session.segments == (ONE, TWO) and not session.can_undo


def test_a_step_that_fails_in_part_changes_nothing(session: EditingSession) -> None:
    before = session.segments
    with pytest.raises(ValueError):
        session.edit(retype((ONE,), "once", IDS), delete((segment("gone", 8, 9),)))
    assert session.segments == before and not session.can_undo


def test_undoing_and_redoing_tell_what_was_selected(session: EditingSession, clock: Clock) -> None:
    spots = [Selection.at(Spot(ONE.id, offset)) for offset in range(4)]
    session.type(retype((ONE,), "once", IDS), before=spots[0], after=spots[1])
    edit = retype(session.segments[:1], "once more", IDS)
    session.type(edit, before=spots[1], after=spots[2])
    clock.now = 60.0
    session.edit(delete((TWO,)), before=spots[3], after=spots[0])
    assert session.undo() == spots[3]
    assert session.undo() == spots[0]
    assert session.undo() is None
    assert session.redo() == spots[2]
    assert session.redo() == spots[0]
    assert session.redo() is None


def test_typing_elsewhere_is_another_step_though_both_changed_a_mark(
    session: EditingSession,
) -> None:
    marked = replace(TWO, paragraph=True)
    typed = retype((ONE,), "once", IDS).after[0]
    session.type(Edit((ONE, TWO), (typed, marked)), after=Selection.at(Spot(ONE.id, 4)))
    session.type(retype((marked,), "thrice", IDS))
    session.undo()
    assert session.segments == (typed, marked)
