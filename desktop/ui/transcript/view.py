"""The transcript of the window: text, gutter, find bar, and the button that leads to the newest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.editing_session import EditingSession
from desktop.services.speaker_names import with_names
from desktop.store.records import SegmentsAdded, StoredTranscript
from desktop.ui import theme
from desktop.ui.sizes import dp
from desktop.ui.transcript.announcer import Announcer
from desktop.ui.transcript.editor import Editor
from desktop.ui.transcript.find_bar import FindBar
from desktop.ui.transcript.finder import Finder
from desktop.ui.transcript.hole_lines import GoingOn, HoleLines
from desktop.ui.transcript.speaker_gutter import SpeakerGutter
from desktop.ui.transcript.transcript_menu import TranscriptMenu, has_clipboard_text
from desktop.ui.transcript.typing_page import TypingPage
from desktop.ui.widgets.buttons import Button
from engine.clock import clock
from engine.events import Block

_Key = QKeySequence.StandardKey


class TranscriptView(QWidget):
    """Show, find and edit one transcript, also while it is being decoded.

    Connect the library's news: `segments_added` to `add_segments`, `blocks_planned` to
    `show_blocks`, `block_finished` to `finish_block`; the view hands segments on to the session.
    """

    time_clicked = Signal(float)
    """Seconds: a click on a time in the gutter."""
    speaker_renamed = Signal(str, str)
    """Id and name; the session has it already."""
    continue_requested = Signal()
    """The job is to go on; asked for beside what is missing."""
    zoom_requested = Signal(int)
    """Steps by which the text is to be larger (Ctrl and the wheel)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = TypingPage(self)
        self.page.setAccessibleName(self.tr("Transcript"))
        self.page.setAccessibleDescription(self.tr("Text of the recording; typing changes it."))
        self.editor = Editor(self.page)
        self.find_bar = FindBar(self)
        self._finder = Finder(self.find_bar, self.page, self.editor)
        self.holes = HoleLines(self.page)
        self._speakers = SpeakerGutter(self.page, self.editor)
        self._newest = Button("", "normal", "arrow-down", self)
        self._newest.setAccessibleName(self.tr("Go to the newest text"))
        self._newest.hide()
        self._announcer = Announcer(self.page)
        self._session: EditingSession | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.find_bar)
        layout.addWidget(self.page, 1)
        self.setFocusProxy(self.page)
        self._connect()

    def _connect(self) -> None:
        page = self.page
        page.time_clicked.connect(self._on_time_clicked)
        page.menu_requested.connect(self._on_menu_requested)
        page.zoom_requested.connect(self.zoom_requested)
        page.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        page.verticalScrollBar().rangeChanged.connect(self._on_scrolled)
        page.cursorPositionChanged.connect(self._on_caret_moved)
        self.editor.feed.newest_arrived.connect(self._on_newest_arrived)
        self._newest.clicked.connect(self.go_to_newest)
        self.holes.continue_requested.connect(self.continue_requested)
        self._speakers.renamed.connect(self.speaker_renamed)
        found = theme.current()
        if found is not None:
            found.changed.connect(self._on_theme_changed)

    # What is shown.

    def show_transcript(self, stored: StoredTranscript, session: EditingSession) -> None:
        """Show a transcript; what was typed into the one before is handed to its session."""
        self._session = session
        self._speakers.open(session)
        self._newest.hide()
        self.editor.open(session)
        self.show_blocks(stored.blocks, stored.completed, stored.reached)

    def clear(self) -> None:
        """Show nothing; what was typed is handed to the session."""
        self._finder.close()
        self._newest.hide()
        self.editor.close()
        self._speakers.open(None)
        self._session = None

    def commit(self) -> None:
        """Hand what was typed to the session now."""
        self.editor.typing.settle()

    def show_blocks(
        self, blocks: Sequence[Block], completed: Sequence[int], reached: Sequence[float] = ()
    ) -> None:
        """Mark what is being decoded, or missing; arguments as in `StoredTranscript`."""
        self.editor.feed.plan(blocks, completed, reached)

    def show_running(self) -> None:
        """Let dots stand for the text that is still to come."""
        self.editor.feed.set_running(True)

    def show_standing(self, going_on: GoingOn) -> None:
        """Name what is missing: no job runs that would bring it."""
        self.holes.set_going_on(going_on)
        self.editor.feed.set_running(False)
        self._newest.hide()

    def add_segments(self, added: SegmentsAdded) -> None:
        """Take decoded text in, if it is of this transcript."""
        if self._session is not None and self._session.transcript == added.transcript:
            self.editor.feed.hear((*added.segments, *(one.segment for one in added.removed)))
            self.editor.feed.add(added.segments)

    def finish_block(self, block: Block) -> None:
        """Take the dots of a block away."""
        self.editor.feed.finish(block)

    def go_to(self, segment: str) -> None:
        """Show a segment in the upper third and put the caret before it."""
        index = self.editor.rows.index(segment)
        if index is None:
            return
        shown = self.editor.filling.show(index)
        start = self.editor.rows[index].word_start(segment)
        self.page.setTextCursor(self.page.cursor_at(shown, start))
        self._scroll_to(self.page.cursorRect().top())

    def _scroll_to(self, top: float) -> None:
        scroll = self.page.verticalScrollBar()
        scroll.setValue(scroll.value() + round(top) - self.page.viewport().height() // 3)

    # Commands.

    @Slot()
    def undo(self) -> None:
        """Take the last change back."""
        self.editor.undo()

    @Slot()
    def redo(self) -> None:
        """Make it again."""
        self.editor.redo()

    @Slot()
    def find_text(self, text: str = "") -> None:
        """Open the find bar (Ctrl+F), with a text or with what is selected."""
        self._finder.open(text)

    @Slot()
    def replace(self) -> None:
        """Open the find bar with its second line (Ctrl+H)."""
        self._finder.open(is_replacing=True)

    @Slot()
    def find_next(self) -> None:
        """Go to the next place."""
        self._finder.find_next()

    @Slot()
    def find_previous(self) -> None:
        """Go to the place before."""
        self._finder.find_previous()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # pylint: disable=invalid-name
        """Take the keys of the find bar, unless the window has them as shortcuts."""
        commands = (
            (_Key.Find, self.find_text),
            (_Key.Replace, self.replace),
            (_Key.FindNext, self.find_next),
            (_Key.FindPrevious, self.find_previous),
        )
        for key, command in commands:
            if event.matches(key):
                command()
                event.accept()
                return
        if event.key() == Qt.Key.Key_Escape and self.find_bar.isVisible():
            self._finder.close()
            event.accept()
            return
        super().keyPressEvent(event)

    # The newest text.

    @Slot(float)
    def _on_newest_arrived(self, seconds: float) -> None:
        self._newest.setText(self.tr("{0} newest").format(clock(seconds)))
        self._newest.setAccessibleName(self.tr("Go to the newest text, {0}").format(clock(seconds)))
        self._place_newest()
        self._newest.show()
        self._newest.raise_()

    def _place_newest(self) -> None:
        size: QSize = self._newest.sizeHint()
        left = self.page.x() + (self.page.viewport().width() - size.width()) // 2
        top = self.height() - size.height() - dp(12)
        self._newest.setGeometry(left, top, size.width(), size.height())

    @Slot()
    def go_to_newest(self) -> None:
        """Go to the end of the text."""
        self._newest.hide()
        self.editor.filling.finish()
        scroll = self.page.verticalScrollBar()
        self.page.lay_out_all()
        scroll.setValue(scroll.maximum())

    @Slot()
    def _on_scrolled(self) -> None:
        if self._newest.isVisible() and self.page.is_at_end():
            self._newest.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # pylint: disable=invalid-name
        """Keep the button above the lower edge."""
        super().resizeEvent(event)
        self._place_newest()

    @Slot(int)
    def _on_time_clicked(self, index: int) -> None:
        self.page.setTextCursor(self.page.cursor_at(index, 0))
        self.page.setFocus()
        self.time_clicked.emit(self.page.rows[index].start)

    @Slot(object)
    def _on_menu_requested(self, point: QPoint) -> None:
        menu = self.make_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)

    def make_menu(self) -> TranscriptMenu:
        """Return the context menu for the caret or the selection."""
        menu = TranscriptMenu(self)
        page, session = self.page, self._session
        has_text = page.textCursor().hasSelection()
        can_edit = not page.isReadOnly()
        can_undo = session is not None and session.can_undo
        can_redo = session is not None and session.can_redo
        menu.add(self.tr("Undo"), self.undo, key=_Key.Undo, is_on=can_undo)
        menu.add(self.tr("Redo"), self.redo, key=_Key.Redo, is_on=can_redo)
        menu.addSeparator()
        is_cuttable = has_text and can_edit
        menu.add(self.tr("Cut"), page.cut_selection, key=_Key.Cut, is_on=is_cuttable)
        menu.add(self.tr("Copy"), page.copy, key=_Key.Copy, is_on=has_text)
        can_paste = can_edit and has_clipboard_text()
        menu.add(self.tr("Paste"), page.paste, key=_Key.Paste, is_on=can_paste)
        menu.add(self.tr("Delete"), page.delete_selection, is_on=is_cuttable)
        menu.addSeparator()
        menu.add(self.tr("Select all"), self.editor.select_all, key=_Key.SelectAll)
        menu.addSeparator()
        self._speakers.add_to(menu).setEnabled(can_edit)
        return menu

    @Slot()
    def _on_caret_moved(self) -> None:
        row = self.page.row_at_caret()
        if row is not None and self._session is not None:
            names = {item.id: item.name for item in with_names(self._session.speakers)}
            self._announcer.enter(row, names.get(row.speaker or "", ""))

    @Slot()
    def _on_theme_changed(self) -> None:
        self.page.take_look()
