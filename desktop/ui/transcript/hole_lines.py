"""Name what is missing between the paragraphs of an unfinished transcript, and lead on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.ui.sizes import dp
from desktop.ui.transcript.holes import Hole
from desktop.ui.transcript.page import Page
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import ElidedLabel
from engine.clock import clock


@dataclass(frozen=True, slots=True)
class GoingOn:
    """What is to become of what is missing."""

    way: str = ""
    """Label of the button that goes on; empty: it goes on by itself, or a card says how."""
    is_final: bool = False
    """Whether the job is done, so that nothing more comes."""


class HoleLines(QObject):
    """Keep a line for each hole that can be seen on a page."""

    continue_requested = Signal()
    """A person wants the job to go on."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._going_on = GoingOn()
        self._lines: dict[Hole, _Line] = {}
        # Not inside the painting: a line that moves wants to be painted itself.
        page.painted.connect(self._place, Qt.ConnectionType.QueuedConnection)
        page.decorated.connect(self._drop_old)

    def set_going_on(self, going_on: GoingOn) -> None:
        """Say what becomes of the holes."""
        if going_on == self._going_on:
            return
        self._going_on = going_on
        for hole, line in self._lines.items():
            line.show_hole(self._sentence(hole), going_on.way)

    def sentences(self) -> list[str]:
        """Return what is said now, from top to bottom."""
        return [self._sentence(hole) for hole in self._page.decoration.holes]

    @Slot()
    def _drop_old(self) -> None:
        for hole in self._lines.keys() - set(self._page.decoration.holes):
            line = self._lines.pop(hole)
            line.hide()
            line.deleteLater()

    @Slot()
    def _place(self) -> None:
        places = dict(self._page.hole_places())
        for hole, rect in places.items():
            self._line(hole).place(rect)
        for hole, line in self._lines.items():
            line.setVisible(hole in places)

    def _line(self, hole: Hole) -> _Line:
        line = self._lines.get(hole)
        if line is None:
            line = self._lines[hole] = _Line(self._page.viewport())
            line.show_hole(self._sentence(hole), self._going_on.way)
            line.button.clicked.connect(self.continue_requested)
            QWidget.setTabOrder(self._page, line.button)
        return line

    def _sentence(self, hole: Hole) -> str:
        start, end = clock(hole.start), "" if hole.end is None else clock(hole.end)
        if self._going_on.is_final:
            words = (
                self.tr("{start}–{end} was not transcribed")
                if end
                else self.tr("From {start} on it was not transcribed")
            )
        elif end:
            words = self.tr("{start}–{end} not transcribed yet")
        else:
            words = self.tr("From {start} on not transcribed yet")
        return words.format(start=start, end=end)


class _Line(QWidget):
    """A sentence and a button in the place of the text."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._sentence = ElidedLabel("", "body", "text2", self)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button = Button("", "quiet", parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(dp(8))
        layout.addWidget(self._sentence)
        layout.addWidget(self.button)
        layout.addStretch(1)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def show_hole(self, sentence: str, way: str) -> None:
        """Say what is missing, and offer the way on if there is one."""
        self._sentence.setText(sentence)
        self.button.setText(way)
        self.button.setAccessibleName(f"{way}, {sentence}" if way else sentence)
        self.button.setVisible(bool(way))

    def place(self, rect: QRectF) -> None:
        """Stand there, in pixels of the viewport."""
        wanted = rect.toAlignedRect()
        if self.geometry() != wanted:
            self.setGeometry(wanted)
