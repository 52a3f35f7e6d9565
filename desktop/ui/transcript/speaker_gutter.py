"""Name speakers, and say who speaks, from the gutter and the context menu."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Signal, Slot
from PySide6.QtWidgets import QMenu

from desktop.services.editing_session import EditingSession
from desktop.services.speaker_names import with_names
from desktop.ui.transcript.editor import Editor
from desktop.ui.transcript.name_editor import NameEditor
from desktop.ui.transcript.transcript_menu import TranscriptMenu
from desktop.ui.transcript.typing_page import TypingPage


class SpeakerGutter(QObject):
    """Take clicks on names and chips."""

    renamed = Signal(str, str)
    """Id and new name; the session has it already."""

    def __init__(self, page: TypingPage, editor: Editor) -> None:
        super().__init__(page)
        self._page, self._editor = page, editor
        self._session: EditingSession | None = None
        self.name_editor = NameEditor(page.viewport())
        self.name_editor.named.connect(self._on_named)
        self.name_editor.dismissed.connect(page.setFocus)
        page.name_clicked.connect(self._on_name_clicked)
        page.chip_clicked.connect(self._on_chip_clicked)
        page.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def open(self, session: EditingSession | None) -> None:
        """Work for another session."""
        self.name_editor.hide()
        self._session = session

    def add_to(self, menu: TranscriptMenu) -> QMenu:
        """Add the speakers to a menu; choosing one gives it the selection or the paragraph."""
        speakers = with_names(self._session.speakers) if self._session is not None else ()
        row = self._page.row_at_caret()
        current = row.speaker if row is not None else None
        paragraphs = self._editor.paragraphs
        return menu.add_speakers(speakers, current, paragraphs.assign, self._ask_for_new_speaker)

    def _box(self, index: int, part: str) -> QRectF:
        block = self._page.document().findBlockByNumber(index)
        boxes = self._page.gutter(index, block)
        box = boxes.name if part == "name" else boxes.chip
        return boxes.time if box.isNull() else box

    def _names(self) -> dict[str, str]:
        speakers = self._session.speakers if self._session is not None else ()
        return {item.id: item.name for item in with_names(speakers)}

    @Slot(int)
    def _on_name_clicked(self, index: int) -> None:
        if self._session is None:
            return
        speaker = self._page.rows[index].speaker
        names = self._names()
        if speaker is None or speaker not in names:
            self._on_chip_clicked(index)
            return
        self.name_editor.open(speaker, names[speaker], self._box(index, "name"))

    @Slot(int)
    def _on_chip_clicked(self, index: int) -> None:
        self._page.setTextCursor(self._page.cursor_at(index, 0))
        menu = TranscriptMenu(self._page)
        speakers = self.add_to(menu)
        speakers.aboutToHide.connect(menu.deleteLater)
        box = self._box(index, "chip").toAlignedRect()
        speakers.popup(self._page.viewport().mapToGlobal(box.bottomLeft()))

    def _ask_for_new_speaker(self) -> None:
        self._page.ensureCursorVisible()
        self.name_editor.open("", "", self._box(self._page.caret()[0], "name"))

    @Slot(str, str)
    def _on_named(self, speaker: str, name: str) -> None:
        if self._session is None:
            return
        if not speaker:
            self._editor.paragraphs.assign_new(name)
        elif name != self._names().get(speaker):  # what is shown may be no given name
            self._editor.typing.settle()
            self._session.rename_speaker(speaker, name)
            self.renamed.emit(speaker, name)

    @Slot()
    def _on_scrolled(self) -> None:
        if self.name_editor.isVisible():
            self._page.setFocus()
