"""Show the revisions of a transcript, each with its text, and bring one back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from desktop.store.records import Revision
from desktop.ui.fonts import set_role
from desktop.ui.sizes import dp
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import Separator
from desktop.ui.widgets.row_delegate import RowDelegate
from desktop.ui.widgets.row_values import Row
from desktop.ui.widgets.sheet import Sheet, SheetSize

_NUMBER = Qt.ItemDataRole.UserRole
_REASON = Qt.ItemDataRole.UserRole + 1


class HistorySheet(Sheet):
    """A list of revisions, the newest first, beside the text of the chosen one."""

    revision_chosen = Signal(int)
    """Number; answer with `show_text`."""
    restore_requested = Signal(int)
    """Number; the present text is kept as a revision before."""

    def __init__(self, window: QWidget, title: str) -> None:
        super().__init__(window, self.tr("History"), SheetSize(760, 560))
        self.set_subtitle(title)
        self._list = QListWidget(self.panel)
        self._list.setAccessibleName(self.tr("Revisions"))
        self._list.setFixedWidth(dp(264))
        self._list.setItemDelegate(_RevisionDelegate(self._list))
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text = QPlainTextEdit(self.panel)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("Text of the revision"))
        set_role(self._text, "body")
        self._cancel = Button(self.tr("Cancel"), parent=self.panel)
        self._restore = Button(self.tr("Restore"), "primary", "history", self.panel)
        body = QWidget(self.panel)
        layout = QHBoxLayout(body)
        layout.setContentsMargins(dp(4), dp(12), dp(12), dp(12))
        layout.setSpacing(dp(12))
        layout.addWidget(self._list)
        layout.addWidget(Separator(body, Qt.Orientation.Vertical))
        layout.addWidget(self._text, 1)
        self.set_content(body)
        self.add_footer_button(self._cancel)
        self.add_footer_button(self._restore)
        self._cancel.clicked.connect(self.close_sheet)
        self._restore.clicked.connect(self._on_restore_clicked)
        self._list.currentItemChanged.connect(self._on_current_changed)
        self._restore.hide()

    def show_revisions(self, revisions: Sequence[Revision]) -> None:
        """List the revisions; without one say so."""
        self._list.clear()
        for revision in sorted(revisions, key=lambda one: -one.number):
            when, why = self._when(revision), self._why(revision)
            item = QListWidgetItem(when)
            item.setData(_NUMBER, revision.number)
            item.setData(_REASON, why)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{when}, {why}")
            self._list.addItem(item)
        self._restore.setVisible(bool(revisions))
        if revisions:
            self._list.setCurrentRow(0)
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._text.setPlainText(self.tr("Earlier texts appear here once something changes."))

    def show_text(self, text: str) -> None:
        """Show the text of the chosen revision."""
        self._text.setPlainText(text)

    def _when(self, revision: Revision) -> str:
        moment = QDateTime.fromSecsSinceEpoch(round(revision.created))
        return QLocale().toString(moment, QLocale.FormatType.ShortFormat)

    def _why(self, revision: Revision) -> str:
        return {
            "transcribed": self.tr("As it was transcribed"),
            "edited": self.tr("While it was edited"),
            "restarted": self.tr("Before it was transcribed again"),
            "restored": self.tr("Before an earlier text came back"),
        }.get(revision.reason, revision.reason)

    @Slot()
    def _on_current_changed(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self._text.setPlainText("")
            self.revision_chosen.emit(item.data(_NUMBER))

    @Slot()
    def _on_restore_clicked(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.restore_requested.emit(item.data(_NUMBER))
            self.close_sheet()


class _RevisionDelegate(RowDelegate):
    """Draw when a text was kept, and why below."""

    def row(self, index: QModelIndex | QPersistentModelIndex) -> Row:
        """Give what the row shows."""
        return Row(
            str(index.data(Qt.ItemDataRole.DisplayRole)), second_line=str(index.data(_REASON))
        )
