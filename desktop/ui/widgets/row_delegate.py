"""Show rows in lists and trees, and tell which of their drawn buttons was clicked.

Use: subclass `RowDelegate`, give `row(index)`, connect `button_clicked`::

    class _Delegate(RowDelegate):
        def row(self, index) -> Row | Section:
            return Row(title, icon_name="file-text", caption="48:20")

    view.setMouseTracking(True); view.setItemDelegate(delegate)
    delegate.button_clicked.connect(…)      # QPersistentModelIndex, str: the button's key

Buttons appear on hover and on keyboard focus in place of the caption (always with
`shows_buttons`); they must also be in the row's context menu, and the model gives
`AccessibleTextRole`: drawn buttons have no voice.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from desktop.ui.sizes import dp
from desktop.ui.widgets.row_painting import are_buttons_shown, paint_row, paint_section
from desktop.ui.widgets.row_values import (
    ROW_HEIGHT,
    TALL_ROW_HEIGHT,
    Row,
    Section,
    button_at,
    is_tall,
)

_Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paint rows and sections, and tell which drawn button was clicked."""

    button_clicked = Signal(QPersistentModelIndex, str)
    """Row and key of the button."""

    def row(self, index: _Index) -> Row | Section:
        """Give what to show for an index; subclasses say."""
        return Row(str(index.data(Qt.ItemDataRole.DisplayRole) or ""))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row or a section."""
        row = self.row(index)
        if isinstance(row, Section):
            paint_section(painter, option, row)
        else:
            paint_row(painter, option, row)

    def sizeHint(  # pylint: disable=invalid-name
        self, option: QStyleOptionViewItem, index: _Index
    ) -> QSize:
        """Give the height of a row; the width is the view's."""
        height = TALL_ROW_HEIGHT if is_tall(self.row(index)) else ROW_HEIGHT
        return QSize(option.rect.width(), dp(height))

    def editorEvent(  # pylint: disable=invalid-name
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Let drawn buttons take their clicks before the view does."""
        if isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.LeftButton:
            row = self.row(index)
            point = event.position().toPoint()
            found = button_at(point, option.rect, row, option.direction)
            if found is not None and are_buttons_shown(option, row):
                if event.type() == QEvent.Type.MouseButtonRelease:
                    self.button_clicked.emit(QPersistentModelIndex(index), found.key)
                return True
        return super().editorEvent(event, model, option, index)

    def helpEvent(  # pylint: disable=invalid-name
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Name the button under the pointer, or the whole title of the row."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        row = self.row(index)
        found = button_at(event.pos(), option.rect, row, option.direction)
        QToolTip.showText(event.globalPos(), found.name if found else row.title, view)
        return True
