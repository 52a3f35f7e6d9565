"""Invite people to drop a recording; what is seen while no transcript is open."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.sizes import RADIUS_CARD, dp
from desktop.ui.start.model_note import ModelNote
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import IconLabel, Label
from desktop.ui.widgets.painting import Box, paint_dashed_box
from desktop.ui.widgets.panels import EmptyDrawing, Panel
from engine.languages import LANGUAGES

WIDTH, HEIGHT = 560, 296
"""Of the card, dp."""


class StartPage(Panel):
    """Offer a card to drop on, a file dialog, the sample, and the missing speech model."""

    files_requested = Signal()
    sample_requested = Signal()
    download_requested = Signal(str)
    """Name of the speech model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setAccessibleName(self.tr("Start"))
        self._card = _DropCard(self)
        self._card.choose.clicked.connect(self.files_requested)
        self._card.sample.clicked.connect(self.sample_requested)
        self._note = ModelNote(self)
        self._note.hide()
        self._note.download_requested.connect(self.download_requested)
        centre = QWidget(self)
        centre.setMaximumWidth(dp(WIDTH))
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dp(24))
        column.addWidget(self._card)
        column.addWidget(self._note)
        column.addLayout(self._promises())
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(centre, 1000)
        row.addStretch(1)
        # A little above the middle, where the eye looks first.
        outer = QVBoxLayout(self)
        outer.setContentsMargins(dp(24), dp(24), dp(24), dp(24))
        outer.addStretch(4)
        outer.addLayout(row)
        outer.addStretch(5)

    @property
    def note(self) -> ModelNote:
        """Return the note about the speech model that is missing."""
        return self._note

    def set_dragging(self, dragging: bool) -> None:
        """Show that what is dragged over the window may be dropped."""
        self._card.set_dragging(dragging)

    def set_model_note(self, model: str, sentence: str, detail: str) -> None:
        """Say that a speech model is missing; an empty name says nothing."""
        self._note.set_model(model, sentence, detail)
        self._note.setVisible(bool(model))

    def _promises(self) -> QBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(dp(8))
        row.addStretch(1)
        row.addWidget(IconLabel("lock", "text2", self, size=16))
        row.addWidget(Label(self.tr("Nothing leaves this computer"), "caption", "text2", self))
        row.addSpacing(dp(16))
        languages = self.tr("{count} languages").format(count=len(LANGUAGES))
        row.addWidget(IconLabel("languages", "text2", self, size=16))
        row.addWidget(Label(languages, "caption", "text2", self))
        row.addStretch(1)
        return row


class _DropCard(QWidget):
    """The dashed card; the whole window takes drops, this shows where they go."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_dragging = False
        self._title = Label("", "display", "text", self)
        self._text = Label("", "body", "text2", self)
        self.choose = Button(self.tr("Choose files…"), "primary", "folder-open", self)
        self.sample = Button(self.tr("Try the sample"), "quiet", parent=self)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.set_wrapping()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(dp(HEIGHT))
        self._lay_out()
        self.set_dragging(False)

    def set_dragging(self, dragging: bool) -> None:
        """Say what happens when the button is let go."""
        self._is_dragging = dragging
        self._title.setText(
            self.tr("Drop to start") if dragging else self.tr("Drop a recording here")
        )
        self._text.setText(
            self.tr(
                "Audio, video or a whole folder.\n"
                "Transcription starts at once and stays on this computer."
            )
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw edge and fill."""
        box = Box("sunken", "line_strong", RADIUS_CARD, 1.5)
        if self._is_dragging:
            box = Box("accent_soft", "accent", RADIUS_CARD, 2)
        paint_dashed_box(QPainter(self), QRectF(self.rect()), box)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(dp(8))
        buttons.addStretch(1)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.sample)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(dp(32), dp(40), dp(32), dp(32))
        layout.setSpacing(0)
        layout.addStretch(1)
        layout.addWidget(EmptyDrawing(self), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(dp(24))
        layout.addWidget(self._title)
        layout.addSpacing(dp(6))
        layout.addWidget(self._text)
        layout.addSpacing(dp(24))
        layout.addLayout(buttons)
        layout.addStretch(1)
