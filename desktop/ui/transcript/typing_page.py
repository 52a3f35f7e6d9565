"""Turn keys, input methods and pastes on the page into wishes; typing stays Qt's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from desktop.services.edit_history import Selection, Spot
from desktop.ui import shortcuts
from desktop.ui.shortcuts import Command
from desktop.ui.transcript.pointer_page import PointerPage

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


class TypingPage(PointerPage):
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
    files_pasted = Signal()
    """The clipboard holds files: they are for the queue, not for the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_composing = False
        """An input method is at work: nothing may change around it."""
        self.selected_before: Selection | None = None
        """What was selected when the last key, paste or composition began."""
        self.select_everything: Callable[[], None] = self.selectAll
        # Files that are dropped go to the queue: the window takes them.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)

    def selected(self) -> Stretch | None:
        """Return what is selected; None if nothing is."""
        cursor = self.textCursor()
        return self._stretch(cursor) if cursor.hasSelection() else None

    def selection(self) -> Selection | None:
        """Return the selection, or the caret, as it outlasts other paragraphs."""
        cursor = self.textCursor()
        anchor, caret = self._spot(cursor.anchor()), self._spot(cursor.position())
        if anchor is None or caret is None:
            return None
        return Selection(Spot(*anchor), Spot(*caret))

    def set_selection(self, selection: Selection) -> None:
        """Select something, or put the caret there, and show it."""
        cursor = self._cursor_in(selection.caret.segment, selection.caret.offset)
        anchor = self._cursor_in(selection.anchor.segment, selection.anchor.offset)
        if cursor is None:
            return
        if anchor is not None:  # else it is not on the page yet
            end = cursor.position()
            cursor.setPosition(anchor.position())
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _note_selection(self) -> None:
        self.selected_before = self.selection()

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
        self._note_selection()
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
            self._note_selection()
            self._replace(cursor, "")

    def delete_selection(self) -> None:
        """Delete what is selected."""
        cursor = self.textCursor()
        if cursor.hasSelection() and not self.isReadOnly():
            self._note_selection()
            self._replace(cursor, "")

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # pylint: disable=invalid-name
        """Watch compositions; what they replace is deleted first if it spans paragraphs."""
        if self.isReadOnly():
            event.ignore()
            return
        has_text = bool(event.preeditString() or event.commitString())
        if has_text and self._crosses(self.textCursor()):
            self._replace(self.textCursor(), "")
        self._note_selection()
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
            self._note_selection()
            self._replace(self.textCursor(), text)
            self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:  # pylint: disable=invalid-name
        """Copy plain text, a line for each paragraph."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return data

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
