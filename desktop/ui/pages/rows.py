"""Build the settings page of rows: name, one sentence, a control; and sections of rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.pages.texts import MarkedLabel
from desktop.ui.sizes import dp
from desktop.ui.widgets.panels import Card

ROW_HEIGHT = 60
_LEFT, _RIGHT = 20, 16


class Row(QWidget):
    """A row of a card: name and sentence at the left, a control at the right."""

    reset_requested = Signal()
    """A person wants the default back."""

    def __init__(
        self,
        title: str,
        sentence: str,
        control: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_first = False
        self._can_reset = False
        self._keywords = ""
        self._control: QWidget | None = None
        self.title = MarkedLabel(title, "medium", "text", self)
        self.sentence = MarkedLabel(sentence, "caption", "text3", self)
        self.sentence.setVisible(bool(sentence))
        texts = QVBoxLayout()
        texts.setSpacing(dp(2))
        texts.addStretch(1)
        texts.addWidget(self.title)
        texts.addWidget(self.sentence)
        texts.addStretch(1)
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(dp(16))
        line.addLayout(texts, 1)
        self._line = line
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(dp(_LEFT), dp(8), dp(_RIGHT), dp(8))
        self._column.setSpacing(dp(8))
        self._column.addLayout(line)
        self.setMinimumHeight(dp(ROW_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if control is not None:
            self.set_control(control)

    def set_control(self, control: QWidget) -> None:
        """Put the control at the right."""
        control.setParent(self)
        self._control = control
        self._line.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_below(self, widget: QWidget) -> None:
        """Put something under the line, such as an editor."""
        self._column.addWidget(widget)

    def set_sentence(self, sentence: str) -> None:
        """Show another sentence."""
        self.sentence.set_plain(sentence)
        self.sentence.setVisible(bool(sentence))

    def set_stacked(self, is_stacked: bool) -> None:
        """Put the control under the text where there is little room, or at its right."""
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.TopToBottom if is_stacked else directions.LeftToRight)
        self._line.setSpacing(dp(8 if is_stacked else 16))
        side = Qt.AlignmentFlag.AlignLeading if is_stacked else Qt.AlignmentFlag(0)
        if self._control is not None:
            self._line.setAlignment(self._control, side | Qt.AlignmentFlag.AlignVCenter)

    def set_first(self, is_first: bool) -> None:
        """Leave out the hairline above."""
        if is_first is not self._is_first:
            self._is_first = is_first
            self.update()

    def set_keywords(self, keywords: str) -> None:
        """Let a search find the row by more words, such as the values it offers."""
        self._keywords = keywords.casefold()

    def set_resettable(self) -> None:
        """Offer “Back to default” in the context menu."""
        self._can_reset = True

    def search(self, query: str) -> bool:
        """Mark a text, and tell whether the row has it; every row has an empty one."""
        hits = [self.title.mark(query), self.sentence.mark(query)]
        return not query or any(hits) or query.casefold() in self._keywords

    def actions_offered(self) -> Sequence[QAction]:
        """Return what the context menu offers."""
        if not self._can_reset:
            return ()
        action = QAction(self.tr("Back to default"), self)
        action.triggered.connect(self.reset_requested)
        return (action,)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # pylint: disable=invalid-name
        """Open the context menu, also from the keyboard."""
        actions = self.actions_offered()
        if not actions:
            event.ignore()
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(list(actions))
        menu.popup(event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw the hairline above."""
        if not self._is_first:
            painter = QPainter(self)
            width = self.width() - dp(_LEFT) - dp(_RIGHT)
            painter.fillRect(dp(_LEFT), 0, width, 1, theme.color("line"))


class Section(QWidget):
    """A group of the page: its title and a card of rows."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = MarkedLabel(title, "title", "text", self)
        self._card = Card(self)
        self._cards = QVBoxLayout(self._card)
        self._cards.setContentsMargins(0, dp(4), 0, dp(4))
        self._cards.setSpacing(0)
        self._rows: list[Row] = []
        self._query = ""
        self._is_stacked = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(dp(8))
        layout.addWidget(self.title)
        layout.addWidget(self._card)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows from top to bottom."""
        return tuple(self._rows)

    def add_row(self, row: Row, place: int | None = None) -> None:
        """Add a row at the end, or at a place."""
        place = len(self._rows) if place is None else place
        row.setParent(self._card)
        row.set_stacked(self._is_stacked)
        self._rows.insert(place, row)
        self._cards.insertWidget(place, row)
        row.show()
        self._settle()

    def remove_row(self, row: Row) -> None:
        """Take a row away."""
        self._rows.remove(row)
        self._cards.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._settle()

    def set_stacked(self, is_stacked: bool) -> None:
        """Put controls under their texts, or at their right."""
        self._is_stacked = is_stacked
        for row in self._rows:
            row.set_stacked(is_stacked)

    def search(self, query: str) -> int:
        """Show only rows with a text; return how many; all for an empty one."""
        self._query = query
        return self._settle()

    def _settle(self) -> int:
        found = 0
        is_meant = self.title.mark(self._query)
        for row in self._rows:
            has_it = row.search(self._query) or is_meant
            if row.isHidden() is has_it:
                row.setVisible(has_it)
            row.set_first(has_it and found == 0)
            found += has_it
        is_shown = found > 0 or not self._query
        if self.isHidden() is is_shown:
            self.setVisible(is_shown)
        return found
