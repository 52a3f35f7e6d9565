"""Turn keys, input methods, pastes and clicks on the page into wishes; typing stays Qt's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.ui import shortcuts
from desktop.ui.shortcuts import Command
from desktop.ui.transcript.page import Page
from desktop.ui.transcript.page_painting import GutterBoxes

_Key = QKeySequence.StandardKey
_Move = QTextCursor.MoveOperation
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_DELETIONS = (
    (_Key.DeleteStartOfWord, _Move.PreviousWord),
    (_Key.DeleteEndOfWord, _Move.NextWord),
    (_Key.DeleteEndOfLine, _Move.EndOfBlock),
    (_Key.DeleteCompleteLine, _Move.EndOfBlock),
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text from a character of one row to a character of the same or a later one."""

    first_row: int
    start: int
    last_row: int
    end: int


class TypingPage(Page):
    """A page that edits within a paragraph by itself, and asks for all that changes paragraphs."""

    break_requested = Signal(int, int)
    """Start a paragraph: row and character."""
    replace_requested = Signal(object, str)
    """Put a text in the place of a `Stretch` over several rows."""
    undo_requested = Signal()
    redo_requested = Signal()
    composition_ended = Signal()
    left = Signal()
    """The keyboard focus went elsewhere."""
    time_clicked = Signal(int)
    name_clicked = Signal(int)
    """Row whose speaker's name was clicked on."""
    chip_clicked = Signal(int)
    menu_requested = Signal(object)
    """QPoint on the screen."""
    files_pasted = Signal()
    """The clipboard holds files: they are for the queue, not for the text."""
    zoom_requested = Signal(int)
    """Steps, up for larger, by Ctrl and the wheel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_composing = False
        """An input method is at work: nothing may change around it."""
        self.select_everything: Callable[[], None] = self.selectAll
        # Files that are dropped go to the queue: the window takes them.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)

    def selected(self) -> Stretch | None:
        """Return what is selected; None if nothing is."""
        cursor = self.textCursor()
        return self._stretch(cursor) if cursor.hasSelection() else None

    def _stretch(self, cursor: QTextCursor) -> Stretch:
        first_row, start = self.place(cursor.selectionStart())
        last_row, end = self.place(cursor.selectionEnd())
        return Stretch(first_row, start, last_row, end)

    def _replace(self, cursor: QTextCursor, text: str) -> None:
        """Replace what a cursor has selected, within a paragraph or across several."""
        stretch = self._stretch(cursor)
        if stretch.first_row == stretch.last_row:
            cursor.insertText(text)
            self.setTextCursor(cursor)
        else:
            self.replace_requested.emit(stretch, text)

    def _crosses(self, cursor: QTextCursor) -> bool:
        stretch = self._stretch(cursor)
        return stretch.first_row != stretch.last_row

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # pylint: disable=invalid-name
        """Keep Qt from joining and parting blocks, and from its own undo."""
        if self._take_command(event) or self._take_structure(event):
            event.accept()
            return
        text = event.text()
        is_typing = text and text.isprintable() and not self.isReadOnly()
        if is_typing and self._crosses(self.textCursor()) and not _is_command(event):
            self._replace(self.textCursor(), text)
            event.accept()
            return
        super().keyPressEvent(event)

    def _take_command(self, event: QKeyEvent) -> bool:
        if _is_for(Command.UNDO, event):
            self.undo_requested.emit()
            return True
        if _is_for(Command.REDO, event):
            self.redo_requested.emit()
            return True
        commands: tuple[tuple[QKeySequence.StandardKey, Callable[[], None]], ...] = (
            (_Key.Cut, self.cut_selection),
            (_Key.SelectAll, self.select_everything),
        )
        for key, command in commands:
            if event.matches(key):
                command()
                return True
        return False

    def _take_structure(self, event: QKeyEvent) -> bool:
        if self.isReadOnly():
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & (Qt.KeyboardModifier.ControlModifier):
                return False
            if self.textCursor().hasSelection():
                self._replace(self.textCursor(), "")
            self.break_requested.emit(*self.caret())
            return True
        for key, move in _DELETIONS:
            if event.matches(key):
                return self._delete(move)
        # Qt's standard keys leave plain Backspace out on some systems.
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | _KEYPAD):
            return False
        if event.key() == Qt.Key.Key_Backspace:
            return self._delete(_Move.PreviousCharacter)
        return event.key() == Qt.Key.Key_Delete and self._delete(_Move.NextCharacter)

    def _delete(self, move: QTextCursor.MoveOperation) -> bool:
        """Delete across a paragraph's border; False where Qt does it well."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            cursor.movePosition(move, QTextCursor.MoveMode.KeepAnchor)
        if not self._crosses(cursor):
            return False
        self._replace(cursor, "")
        return True

    def cut_selection(self) -> None:
        """Move the selection to the clipboard."""
        cursor = self.textCursor()
        if cursor.hasSelection() and not self.isReadOnly():
            self.copy()
            self._replace(cursor, "")

    def delete_selection(self) -> None:
        """Delete what is selected."""
        cursor = self.textCursor()
        if cursor.hasSelection() and not self.isReadOnly():
            self._replace(cursor, "")

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # pylint: disable=invalid-name
        """Watch compositions; what they replace is deleted first if it spans paragraphs."""
        if self.isReadOnly():
            event.ignore()
            return
        has_text = bool(event.preeditString() or event.commitString())
        if has_text and self._crosses(self.textCursor()):
            self._replace(self.textCursor(), "")
        if event.replacementLength() and self._replaces_a_border(event):
            commit = event.commitString()
            event = QInputMethodEvent(event.preeditString(), event.attributes())
            event.setCommitString(commit)
        super().inputMethodEvent(event)
        was_composing, self.is_composing = self.is_composing, bool(event.preeditString())
        if was_composing and not self.is_composing:
            self.composition_ended.emit()

    def drop_composition(self) -> None:
        """Give up what is being composed: the text around it goes."""
        if self.is_composing:
            QGuiApplication.inputMethod().reset()
            super().inputMethodEvent(QInputMethodEvent())
            self.is_composing = False

    def _replaces_a_border(self, event: QInputMethodEvent) -> bool:
        start = self.textCursor().position() + event.replacementStart()
        document = self.document()
        return document.findBlock(start) != document.findBlock(start + event.replacementLength())

    # The clipboard.

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # pylint: disable=invalid-name
        """Take text, and files for the queue."""
        return source.hasText() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:  # pylint: disable=invalid-name
        """Insert plain text in one line; files go elsewhere."""
        if any(url.isLocalFile() for url in source.urls()):
            self.files_pasted.emit()
            return
        text = " ".join(source.text().split("\n")) if source.hasText() else ""
        text = "".join(char if char.isprintable() else " " for char in text)
        if text and not self.isReadOnly():
            self._replace(self.textCursor(), text)
            self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:  # pylint: disable=invalid-name
        """Copy plain text, a line for each paragraph."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return data

    # The pointer.

    def _gutter_at(self, position: QPointF) -> tuple[int, str] | None:
        """Return the row and the part of its gutter under the pointer."""
        for index, block in self.visible_rows():
            boxes: GutterBoxes = self.gutter(index, block)
            for part in ("name", "chip", "time"):
                if getattr(boxes, part).contains(position):
                    return index, part
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # pylint: disable=invalid-name
        """Take clicks into the gutter."""
        found = self._gutter_at(event.position())
        if found is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        index, part = found
        signals = {
            "name": self.name_clicked,
            "chip": self.chip_clicked,
            "time": self.time_clicked,
        }
        signals[part].emit(index)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # pylint: disable=invalid-name
        """Show a hand over what can be clicked on."""
        super().mouseMoveEvent(event)
        found = None if event.buttons() else self._gutter_at(event.position())
        is_over = found is not None and found[1] != "time"
        shape = Qt.CursorShape.PointingHandCursor if is_over else Qt.CursorShape.IBeamCursor
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def wheelEvent(self, event: QWheelEvent) -> None:  # pylint: disable=invalid-name
        """Leave the size of the text to the settings."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y()
            if steps:
                self.zoom_requested.emit(1 if steps > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # pylint: disable=invalid-name
        """Ask for the menu; a click outside the selection moves the caret first."""
        is_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        if is_mouse and not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(event.pos()))
        point = event.globalPos()
        if not is_mouse:
            point = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        self.menu_requested.emit(point)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # pylint: disable=invalid-name
        """Tell that typing is over for now."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Take the keys for undo and redo before a window's shortcut does."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if _is_for(Command.UNDO, event) or _is_for(Command.REDO, event):
                event.accept()
                return True
        return super().event(event)


def _is_for(command: Command, event: QKeyEvent) -> bool:
    """Tell whether a key is one of those that the table of shortcuts gives a command."""
    pressed = QKeySequence(event.keyCombination())
    return any(pressed == keys for keys in shortcuts.keys(command))


def _is_command(event: QKeyEvent) -> bool:
    """Tell a shortcut from a typed character; AltGr (Ctrl and Alt) types."""
    modifiers = event.modifiers()
    control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
    return control and not alt
