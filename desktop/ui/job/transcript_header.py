"""Show above a transcript what it is, and what can be done with all of it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.item_models.captions import Progress
from desktop.store.records import JobStatus, TranscriptSummary
from desktop.ui.icons import icon
from desktop.ui.job.header_words import HeaderWords
from desktop.ui.sizes import HEIGHT_HEADER, dp
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.inputs import LineEdit
from desktop.ui.widgets.labels import ElidedLabel
from desktop.ui.widgets.overlays import ParentFollower
from desktop.ui.widgets.panels import Panel

_NARROW = 700
_ACTIVE = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.INTERRUPTED)


class TranscriptHeader(Panel):
    """Show title and state; offer find, export, pause, stop and a menu for the rest."""

    find_requested = Signal()
    export_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    stop_requested = Signal()
    renamed = Signal(str)
    start_again_requested = Signal()
    file_shown = Signal()
    """The recording is to be shown in the file manager."""
    trash_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._words = HeaderWords(self)
        self._summary: TranscriptSummary | None = None
        self._progress: Progress | None = None
        self._title = ElidedLabel("", "title", parent=self)
        self._field = _TitleField(self.tr("Title"), self)
        self._line = ElidedLabel("", "caption", "text2", self)
        self.find_button = IconButton("search", self.tr("Find in this transcript"), self)
        self.export_button = Button(self.tr("Export"), "normal", "upload", self)
        self.pause_button = Button(self.tr("Pause"), "normal", "pause", self)
        self.resume_button = Button(self.tr("Resume"), "normal", "play", self)
        self.stop_button = Button(self.tr("Stop"), "quiet", parent=self)
        self.more_button = IconButton("ellipsis", self.tr("More"), self)
        self.menu = QMenu(self)
        self._lay_out()
        ParentFollower(self._title, self._place_field, self)
        self._fill_menu()
        self._connect()

    def show_transcript(self, summary: TranscriptSummary, progress: Progress | None = None) -> None:
        """Show a transcript as it now is."""
        if self._summary is None or self._summary.id != summary.id:
            self._show_title()
        self._summary, self._progress = summary, progress
        self._title.setText(summary.title)
        self._refresh_line()
        is_active = summary.status in _ACTIVE
        is_paused = summary.status is JobStatus.PAUSED
        self.pause_button.setVisible(is_active)
        self.resume_button.setVisible(is_paused)
        self.stop_button.setVisible(is_active or is_paused)
        has_text = summary.done > 0 and not is_active
        self.export_button.setVisible(has_text)
        self.find_button.setVisible(summary.done > 0)
        self._again.setEnabled(summary.status is not JobStatus.QUEUED)
        self._export_line.setEnabled(summary.done > 0)

    def set_progress(self, progress: Progress) -> None:
        """Show how far the job is."""
        if self._summary is not None and progress.transcript == self._summary.id:
            self._progress = progress
            self._refresh_line()

    @Slot()
    def edit_title(self) -> None:
        """Let people type another title in place."""
        self._field.setText(self._title.text())
        self._place_field()
        self._field.show()
        self._field.raise_()
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_field(self) -> None:
        around = QRect(self._title.geometry())
        around.setHeight(self._field.sizeHint().height())
        # Upwards: the line below stays readable.
        around.moveBottom(self._title.geometry().bottom() + dp(2))
        self._field.setGeometry(around.adjusted(-dp(12), 0, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is less room."""
        super().resizeEvent(event)
        self._refresh_line()

    def _refresh_line(self) -> None:
        if self._summary is None:
            return
        is_narrow = self.width() < dp(_NARROW)
        words = self._words.short_line if is_narrow else self._words.line
        self._line.setText(words(self._summary, self._progress))

    def _lay_out(self) -> None:
        self._field.hide()
        texts = QVBoxLayout()
        texts.setSpacing(dp(2))
        texts.addStretch(1)
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        texts.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(dp(24), dp(4), dp(12), dp(4))
        layout.setSpacing(dp(4))
        layout.addLayout(texts, 1)
        layout.addSpacing(dp(12))
        for widget in (
            self.find_button,
            self.export_button,
            self.pause_button,
            self.resume_button,
            self.stop_button,
            self.more_button,
        ):
            layout.addWidget(widget)
        self.setMinimumHeight(dp(HEIGHT_HEADER))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _fill_menu(self) -> None:
        add = self.menu.addAction
        add(icon("pencil"), self.tr("Rename"), self.edit_title)
        self._export_line = add(icon("upload"), self.tr("Export…"), self.export_requested.emit)
        add(icon("folder-open"), self.tr("Show recording in folder"), self.file_shown.emit)
        self._again = add(
            icon("rotate-ccw"), self.tr("Transcribe again"), self.start_again_requested.emit
        )
        self.menu.addSeparator()
        add(icon("trash-2"), self.tr("Delete"), self.trash_requested.emit)

    def _connect(self) -> None:
        self.find_button.clicked.connect(self.find_requested)
        self.export_button.clicked.connect(self.export_requested)
        self.pause_button.clicked.connect(self.pause_requested)
        self.resume_button.clicked.connect(self.resume_requested)
        self.stop_button.clicked.connect(self.stop_requested)
        self.more_button.clicked.connect(self._on_more_clicked)
        self._field.editingFinished.connect(self._on_title_typed)
        self._field.left.connect(self._show_title)

    @Slot()
    def _show_title(self) -> None:
        self._field.hide()

    @Slot()
    def _on_title_typed(self) -> None:
        if self._field.isHidden():
            return
        self._show_title()
        title = self._field.text().strip()
        if title and title != self._title.text():
            self.renamed.emit(title)

    @Slot()
    def _on_more_clicked(self) -> None:
        self.menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height() + dp(4))))


class _TitleField(LineEdit):
    """The field for another title; Esc leaves it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave without a change on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
