"""Show one speech model: what it is, how good it is here, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.item_models.captions import size
from desktop.services import model_figures
from desktop.services.model_downloads import ModelProgress
from desktop.services.model_list import ListedModel, ModelState
from desktop.ui import theme
from desktop.ui.pages.model_actions import ModelActions
from desktop.ui.sizes import dp
from desktop.ui.widgets.labels import Badge, ElidedLabel, Label
from desktop.ui.widgets.progress import Dots

HEIGHT = 64
COLUMNS = (0, 148, 148, 76, 224)
"""Widths of name (the rest), speed, wrong words, size, actions; dp."""
_COMPACT_COLUMNS = (152, 136, 0, 0, 0)
_ONE_LINE = tuple((0, column, 1) for column in range(5))
_TWO_LINES = ((0, 0, 2), (1, 0, 1), (1, 1, 1), (1, 2, 3), (0, 2, 3))
"""Line, column and columns of name, speed, wrong words, size, actions."""
_LEFT, _RIGHT = 20, 16
_SPEED_STEPS = (1.0, 3.0, 8.0, 16.0)
"""Times real time from which on a model has 2, 3, 4, 5 dots."""
_ACCURACY_STEPS = (-17.0, -12.5, -10.0, -9.45)
"""The same for wrong words in 100, negative, for fewer is better."""


class ModelRow(QWidget):
    """A row of the page; its parts follow the state of the model."""

    asked = Signal(str, str)
    """What to do (`use`, `download`, `pause`, `cancel`, `verify`, `repair`, `remove`) with which
    model."""

    def __init__(self, model: ListedModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._is_used = False
        self._is_first = False
        self._name = Label(model.name, "strong", "text", self)
        self._badge = Badge(self.tr("In use"), self)
        self._caption = ElidedLabel("", "caption", "text3", self)
        self._speed = Label("", "body", "text", self)
        self._speed_dots = Dots(0, self.tr("Speed"), self)
        self._words = Label("", "body", "text", self)
        self._words_dots = Dots(0, self.tr("Accuracy"), self)
        self._size = Label("", "body", "text2", self)
        self._size.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._actions = ModelActions(self)
        self._actions.asked.connect(self._on_asked)
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.show_model(model, is_used=False)

    @property
    def model(self) -> ListedModel:
        """Return the model as it is shown."""
        return self._model

    def show_model(self, model: ListedModel, *, is_used: bool) -> None:
        """Show a model as it is now."""
        self._model, self._is_used = model, is_used
        self._badge.setVisible(is_used)
        self._size.setText(size(model.size_bytes))
        self._caption.setText(self._caption_text())
        self._caption.set_tone("danger" if model.state is ModelState.DAMAGED else "text3")
        self._caption.setAccessibleDescription(model.damage)
        self._name.setToolTip(model.damage)
        self._show_speed()
        self._show_words()
        self._actions.show_state(model, is_used=is_used)
        self.setAccessibleName(self.spoken())

    def show_progress(self, progress: ModelProgress) -> None:
        """Show how far its download is."""
        self._actions.show_progress(progress.done_bytes, progress.total_bytes, progress.remaining)

    def set_first(self, is_first: bool) -> None:
        """Leave out the hairline above."""
        self._is_first = is_first
        self.update()

    def set_compact(self, is_compact: bool) -> None:
        """Show two lines, name and actions above the figures, or one."""
        for cell in self._cells:
            self._grid.removeWidget(cell)
        places = _TWO_LINES if is_compact else _ONE_LINE
        for cell, (line, column, span) in zip(self._cells, places, strict=True):
            self._grid.addWidget(cell, line, column, 1, span)
        widths = _COMPACT_COLUMNS if is_compact else COLUMNS
        for column, width in enumerate(widths):
            self._grid.setColumnMinimumWidth(column, dp(width))
            self._grid.setColumnStretch(column, int(column == (1 if is_compact else 0)))
        self._grid.setHorizontalSpacing(dp(12) if is_compact else 0)
        self._grid.setRowMinimumHeight(0, dp(48 if is_compact else HEIGHT - 16))

    def spoken(self) -> str:
        """Return what a screen reader says about the row."""
        parts = [self._model.name, self._caption.text(), self._speed.text(), self._words.text()]
        if self._is_used:
            parts.insert(1, self._badge.text())
        return ", ".join(part for part in (*parts, self._size.text()) if part)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # pylint: disable=invalid-name
        """Offer all actions of the row."""
        self._actions.menu().popup(event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw the hairline above."""
        if not self._is_first:
            width = self.width() - dp(_LEFT) - dp(_RIGHT)
            QPainter(self).fillRect(dp(_LEFT), 0, width, 1, theme.color("line"))

    def _lay_out(self) -> None:
        name = QHBoxLayout()
        name.setSpacing(dp(8))
        name.addWidget(self._name)
        name.addWidget(self._badge)
        name.addStretch(1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(dp(_LEFT), dp(8), dp(_RIGHT), dp(8))
        self._grid.setHorizontalSpacing(0)
        self._cells = tuple(
            _cell(self, *parts)
            for parts in (
                (name, self._caption),
                (self._speed, self._speed_dots),
                (self._words, self._words_dots),
                (self._size,),
                (self._actions,),
            )
        )
        self.set_compact(False)

    def _caption_text(self) -> str:
        model = self._model
        if model.state is ModelState.DAMAGED:
            return self.tr("Damaged: a file is missing or does not match.")
        if model.state is ModelState.CHECKING:
            return self.tr("Every file is being read and compared")
        if model.languages is None:
            return self.tr("Imported, unknown to the catalogue")
        if model.languages == 1:
            return self.tr("English only")
        return self.tr("Multilingual  ·  %n language(s)", "", model.languages)

    def _show_speed(self) -> None:
        speed = self._model.speed
        self._speed_dots.setVisible(speed is not None)
        if speed is None:
            self._speed.setText(self.tr("not measured yet"))
            self._speed.set_tone("text3")
            return
        figure = QLocale().toString(speed.speed, "f", 0 if speed.speed >= 10 else 1)
        if speed.is_measured:
            self._speed.setText(self.tr("{0}× real time").format(figure))
        else:
            self._speed.setText(self.tr("about {0}×").format(figure))
        self._speed.set_tone("text")
        self._speed_dots.set_number(model_figures.dots(speed.speed, _SPEED_STEPS))

    def _show_words(self) -> None:
        wrong = model_figures.wrong_words(self._model.name)
        self._words_dots.setVisible(wrong is not None)
        if wrong is None:
            self._words.setText(self.tr("unknown"))
            self._words.set_tone("text3")
            return
        self._words.setText(self.tr("about {0} in 100").format(round(wrong)))
        self._words_dots.set_number(model_figures.dots(-wrong, _ACCURACY_STEPS))

    @Slot(str)
    def _on_asked(self, what: str) -> None:
        self.asked.emit(what, self._model.name)


def _cell(row: QWidget, *parts: QHBoxLayout | QWidget) -> QWidget:
    box = QWidget(row)
    cell = QVBoxLayout(box)
    cell.setContentsMargins(0, 0, 0, 0)
    cell.setSpacing(dp(4))
    cell.addStretch(1)
    for part in parts:
        if isinstance(part, QWidget):
            cell.addWidget(part)
        else:
            cell.addLayout(part)
    cell.addStretch(1)
    return box
