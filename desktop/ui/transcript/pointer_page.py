"""Turn clicks on the gutter, the wheel and the context menu's key into wishes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent

from desktop.ui.transcript.gutter_painting import GutterBoxes
from desktop.ui.transcript.page import Page


class PointerPage(Page):
    """A page whose gutter can be clicked on; selecting text with the mouse stays Qt's."""

    time_clicked = Signal(int)
    name_clicked = Signal(int)
    """Row whose speaker's name was clicked on."""
    chip_clicked = Signal(int)
    menu_requested = Signal(object)
    """QPoint on the screen."""
    zoom_requested = Signal(int)
    """Steps, up for larger, by Ctrl and the wheel."""

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
