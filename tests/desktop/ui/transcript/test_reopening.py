"""What was seen as paragraphs after editing is what is seen after opening again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.services.editing_session import EditingSession
from desktop.store.library import Library
from desktop.ui.transcript.view import TranscriptView
from engine.transcript.editing import WordIds
from engine.transcript.transcript import Segment, Word
from tests.desktop.store.material import begun
from tests.desktop.ui.transcript.conftest import Open, Opened
from tests.desktop.ui.transcript.documents import spoken, stored

_Key = Qt.Key
_KINDS = (
    *("type", "type", "delete", "delete", "delete", "split", "split", "merge", "cut", "over"),
    *("paste", "undo", "redo", "replace", "assign"),
)


@pytest.fixture(name="library")
def _library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library.sqlite3")
    yield library
    library.close()


def _text(draw: Random) -> list[Segment]:
    """Draw segments whose paragraphs end for every reason: silence, length, speaker."""
    made, now, number = [], 0, 0
    for _ in range(draw.randint(4, 24)):
        words = []
        size = draw.choice((1, 2, 3, 12, 40))
        for place in range(size):
            end = "." if place == size - 1 and draw.random() < 0.7 else ""
            text = f" {draw.choice(('one', 'wordswords', 'twenty'))}{end}"
            word = Word(f"run.0.{number}", now / 1000, (now + 290) / 1000, text, 0.9)
            words.append(word)
            now, number = now + 300, number + 1
        made.append(Segment(words[0].id, 0, tuple(words), draw.choice((None, None, None, "s1"))))
        now += draw.choice((0, 0, 500, 1900, 2500))
    return made


def _place(opened: Opened, draw: Random) -> tuple[int, int]:
    row = draw.randrange(len(opened.paragraphs))
    length = len(opened.paragraphs[row])
    return row, draw.choice((0, length, draw.randint(0, length), draw.randint(0, length)))


def _edit(opened: Opened, draw: Random, kind: str) -> None:
    if kind in ("undo", "redo"):
        getattr(opened.view, kind)()
    elif kind == "assign":
        opened.view.editor.paragraphs.assign(draw.choice((None, "s1", "s2")))
    elif kind == "replace":
        rows, by = opened.view.editor.rows, draw.choice(("", "1"))
        texts = [(index, row.text.replace("one", by)) for index, row in enumerate(rows)]
        opened.view.editor.paragraphs.replace_texts(texts)
    else:
        first, last = _select(opened, draw, kind)
        before = opened.paragraphs
        _press(opened, draw, kind)
        opened.view.commit()
        after, behind = opened.paragraphs, len(before) - last - 1
        # No border elsewhere is touched.
        assert after[:first] == before[:first]
        assert after[len(after) - behind :] == before[last + 1 :] or not opened.session.segments


def _select(opened: Opened, draw: Random, kind: str) -> tuple[int, int]:
    """Put the caret somewhere, or select; return the first and the last paragraph it is about."""
    row, offset = _place(opened, draw)
    if kind in ("type", "split"):
        opened.put_caret(row, offset)
        return row, row
    if kind == "merge":
        opened.put_caret(row, 0)
        return max(0, row - 1), row
    last = min(row + draw.choice((0, 0, 0, 1, 2)), len(opened.paragraphs) - 1)
    opened.select((row, offset), (last, draw.randint(0, len(opened.paragraphs[last]))))
    return row, last


def _press(opened: Opened, draw: Random, kind: str) -> None:
    page = opened.page
    if kind in ("type", "over"):
        QTest.keyClicks(page, draw.choice(("a", "new. ", "x y", ".")))
    elif kind == "split":
        QTest.keyClick(page, _Key.Key_Return)
    elif kind == "merge":
        QTest.keyClick(page, _Key.Key_Backspace)
    elif kind == "cut":
        page.cut_selection()
    elif kind == "paste":
        data = QMimeData()
        data.setText("pasted.\nin lines. ")
        page.insertFromMimeData(data)
    elif page.textCursor().hasSelection():
        QTest.keyClick(page, _Key.Key_Delete)


def _open(library: Library, transcript: int, qtbot: QtBot) -> Opened:
    view = TranscriptView()
    qtbot.addWidget(view)
    view.resize(960, 400)
    opened = library.load(transcript)
    session = EditingSession(library, opened, WordIds(f"launch{id(view)}"), view)
    view.show_transcript(opened, session)
    view.editor.filling.finish()
    return Opened(view, session)


@pytest.mark.parametrize("seed", range(30))
def test_whatever_is_done_the_paragraphs_are_those_that_were_seen(
    library: Library, qtbot: QtBot, seed: int
) -> None:
    draw = Random(seed)
    transcript = begun(library, *_text(draw))
    for _ in range(2):
        opened = _open(library, transcript, qtbot)
        for _ in range(12):
            shown = opened.session.segments
            _edit(opened, draw, draw.choice(_KINDS))
            if not opened.session.segments:
                return
            opened.view.commit()
            opened.view.editor.filling.finish()
            if shown != opened.session.segments:
                opened.check()
        seen = opened.paragraphs
        speakers = [row.speaker for row in opened.page.rows]
        opened.view.clear()
        qtbot.waitUntil(lambda session=opened.session: session.is_saved)  # type: ignore[misc]
        again = _open(library, transcript, qtbot)
        assert again.paragraphs == seen
        assert [row.speaker for row in again.page.rows] == speakers


def test_typing_leaves_the_border_behind_it_alone(open_view: Open) -> None:
    opened = open_view(stored(*(spoken(f"It goes on {at}.", at) for at in range(0, 130, 2))))
    before = opened.paragraphs
    opened.select((0, 0), (0, before[0].rindex("It goes")))
    QTest.keyClick(opened.page, _Key.Key_Delete)
    opened.view.commit()
    assert opened.paragraphs[1:] == before[1:]
    opened.check()
    again = open_view(stored(*opened.session.segments))
    assert again.paragraphs == opened.paragraphs
    opened.view.undo()
    assert opened.paragraphs == before and opened.session.segments[0].paragraph is None


def test_a_deleted_border_stays_deleted(open_view: Open) -> None:
    opened = open_view(stored(spoken("One.", 0), spoken("Two.", 9), spoken("Three.", 20)))
    opened.put_caret(1, 0)
    QTest.keyClick(opened.page, _Key.Key_Backspace)
    assert opened.paragraphs == ["One. Two.", "Three."]
    opened.select((0, 0), (0, 4))
    QTest.keyClicks(opened.page, "1.")
    opened.view.commit()
    assert open_view(stored(*opened.session.segments)).paragraphs == ["1. Two.", "Three."]
