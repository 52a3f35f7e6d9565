"""List the groups of the settings at the left: chosen, counted and dimmed by a search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyleOptionViewItem, QWidget

from desktop.ui.icons import paint_icon
from desktop.ui.sizes import dp, dpf
from desktop.ui.widgets.row_delegate import RowDelegate
from desktop.ui.widgets.row_painting import paint_row_background
from desktop.ui.widgets.row_values import Row

_COUNT = Qt.ItemDataRole.UserRole
_KEY = Qt.ItemDataRole.UserRole + 1
_ICON = Qt.ItemDataRole.UserRole + 2
_DIMMED = 0.55

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """A group in the list."""

    key: str
    title: str
    icon_name: str


class GroupList(QListWidget):
    """One stop of Tab; arrows choose inside."""

    chosen = Signal(str)
    """Key of the group that a person chose."""

    def __init__(self, name: str, groups: Sequence[GroupEntry], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for group in groups:
            item = QListWidgetItem(group.title, self)
            item.setData(_KEY, group.key)
            item.setData(_ICON, group.icon_name)
        self.setCurrentRow(0)
        self.currentItemChanged.connect(self._on_current_changed)
        self.itemClicked.connect(self._on_clicked)

    def set_current(self, key: str) -> None:
        """Show a group as the chosen one, without a signal."""
        was_blocked = self.blockSignals(True)
        for number in range(self.count()):
            if self.item(number).data(_KEY) == key:
                self.setCurrentRow(number)
        self.blockSignals(was_blocked)

    def set_compact(self, is_compact: bool) -> None:
        """Show icons only, the titles as tool tips, or both."""
        self._delegate.is_compact = is_compact
        self.scheduleDelayedItemsLayout()

    def set_counts(self, counts: Mapping[str, int] | None) -> None:
        """Show how many hits each group has and dim those without; None ends the search."""
        mode = QListWidget.SelectionMode
        if counts is not None:
            # All groups are shown at once, so none is the chosen one.
            self.clearSelection()
        self.setSelectionMode(mode.SingleSelection if counts is None else mode.NoSelection)
        for number in range(self.count()):
            item = self.item(number)
            count = None if counts is None else counts.get(item.data(_KEY), 0)
            item.setData(_COUNT, count)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._spoken(item.text(), count))

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give the height of all groups."""
        rows = sum(self.sizeHintForRow(number) for number in range(self.count()))
        return QSize(dp(200), rows + dp(4))

    def _spoken(self, title: str, count: int | None) -> str:
        if count is None:
            return title
        return self.tr("{0}, %n hit(s)", "", count).format(title)

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_current_changed(self, current: QListWidgetItem | None) -> None:
        if current is not None:
            self.chosen.emit(current.data(_KEY))

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        # The current one too: the page may have been scrolled away from it.
        self.chosen.emit(item.data(_KEY))


class _Delegate(RowDelegate):
    is_compact = False

    def row(self, index: Index) -> Row:
        """Give what the row shows."""
        count = index.data(_COUNT)
        return Row(
            str(index.data(Qt.ItemDataRole.DisplayRole)),
            icon_name=str(index.data(_ICON)),
            caption=str(count) if count else "",
            caption_token="text2",
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row; a group without hits steps back."""
        if index.data(_COUNT) == 0:
            painter.setOpacity(_DIMMED)
        if self.is_compact:
            area = paint_row_background(painter, option)
            paint_icon(painter, _middle(area), str(index.data(_ICON)), "text2")
        else:
            super().paint(painter, option, index)
        painter.setOpacity(1.0)


def _middle(area: QRectF) -> QRectF:
    side = dpf(16)
    center = area.center()
    return QRectF(center.x() - side / 2, center.y() - side / 2, side, side)
