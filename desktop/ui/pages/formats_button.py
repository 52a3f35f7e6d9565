"""Choose several formats in one menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui.sizes import dp
from desktop.ui.widgets.value_button import Choice, ValueButton
from engine.transcript.formats import FORMATS


class FormatsButton(ValueButton):
    """A value button whose menu has a tick for each format; it stays open while ticking."""

    formats_chosen = Signal(tuple)
    """Names of `FORMATS`, in their order."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(accessible_name, (), "", parent)
        self._formats: tuple[str, ...] = ()
        self._ticks = _StayingMenu(self)
        for name, form in FORMATS.items():
            action = QAction(f"{form.description} (.{name})", self._ticks)
            action.setData(name)
            action.setCheckable(True)
            self._ticks.addAction(action)
        self._ticks.ticked.connect(self._on_ticked)
        self.clicked.disconnect()
        self.clicked.connect(self._on_opened)
        self.set_formats(())

    def set_formats(self, names: Sequence[str]) -> None:
        """Show which formats are chosen."""
        self._formats = tuple(names)
        for action in self._ticks.actions():
            action.setChecked(action.data() in self._formats)
        text = ", ".join(self._formats) or self.tr("None")
        self.set_choices([Choice("formats", text)])
        self.set_value("formats")

    @Slot()
    def _on_opened(self) -> None:
        self._ticks.popup(self.mapToGlobal(QPoint(0, self.height() + dp(4))))

    @Slot()
    def _on_ticked(self) -> None:
        names = tuple(a.data() for a in self._ticks.actions() if a.isChecked())
        self.set_formats(names)
        self.formats_chosen.emit(names)


class _StayingMenu(QMenu):
    """A menu that a tick does not close."""

    ticked = Signal()

    def mouseReleaseEvent(self, event: object) -> None:  # pylint: disable=invalid-name
        """Tick and stay."""
        action = self.activeAction()
        if action is not None and action.isCheckable():
            action.trigger()
            self.ticked.emit()
            return
        super().mouseReleaseEvent(event)  # type: ignore[arg-type]  # handed on

    def keyPressEvent(self, event: object) -> None:  # pylint: disable=invalid-name
        """Tick with Space and stay; Return ticks and closes."""
        super().keyPressEvent(event)  # type: ignore[arg-type]  # handed on
