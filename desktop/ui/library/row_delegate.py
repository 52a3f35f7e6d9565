"""Show the rows of the library: sections, transcripts, jobs with their bars and buttons.

Painting is shared with other lists (`desktop.ui.widgets.row_painting`). Heights come from the
items of the model, not from a `sizeHint` in Python: ten thousand of those take 80 ms.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QTreeView,
    QWidget,
)

from desktop.item_models import library_rows as rows
from desktop.item_models.captions import fraction
from desktop.item_models.library_items import COUNT_ROLE
from desktop.item_models.library_model import LibraryModel
from desktop.item_models.library_rows import RowKind, SectionKind, shows_progress
from desktop.store.records import JobStatus, TranscriptSummary
from desktop.ui.library.row_actions import RowAction, buttons_of
from desktop.ui.library.row_names import BUTTON_ICONS, RowNames
from desktop.ui.sizes import dp
from desktop.ui.widgets.row_painting import (
    are_buttons_shown,
    is_mirrored,
    paint_row,
    paint_section,
)
from desktop.ui.widgets.row_values import Row, RowButton, Section, button_at

Index = QModelIndex | QPersistentModelIndex
ROW, JOB, HEADER, SPACED_HEADER = 32, 56, 32, 40
_UNCOUNTED = (SectionKind.RUNNING, SectionKind.TRASH)


class RowDelegate(QStyledItemDelegate):
    """Draw rows, say which button is where, and offer the field that renames in place."""

    def __init__(self, model: LibraryModel, view: QTreeView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._names = RowNames(self)
        self.is_all_paused = False
        """Whether the queue stands still; the button of the running jobs says the opposite."""

    def action_at(
        self, point: QPoint, option: QStyleOptionViewItem, index: Index
    ) -> RowAction | None:
        """Return what the button under a point of the viewport does; None if there is none."""
        row = self._row(index)
        if row is None or not are_buttons_shown(option, row):
            return None
        found = button_at(point, _line_rect(option, index), row, option.direction)
        return None if found is None else RowAction(found.key)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row = self._row(index)
        line = _line(option, index)
        if isinstance(row, Section):
            paint_section(painter, line, row)
        elif row is not None:
            if self._is_filtered_by(index):
                line.state |= QStyle.StateFlag.State_Selected
            paint_row(painter, line, row)

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        """Make the field for another name."""
        field = QLineEdit(parent)
        field.setAccessibleName(self.tr("New name"))
        field.setMaxLength(200)
        return field

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Put the field over the title."""
        line = _line_rect(option, index)
        area = line.adjusted(dp(29), 0, -dp(9), 0)
        if is_mirrored(option):
            area.moveRight(line.left() + line.right() - area.left())
        area.setHeight(min(line.height(), dp(ROW)))
        editor.setGeometry(area)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Show what a button does, or the whole title."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        option.state |= QStyle.StateFlag.State_MouseOver
        action = self.action_at(event.pos(), option, index)
        row = self._model.row(index)
        text = str(row.path) if row is not None and row.path is not None else str(index.data())
        QToolTip.showText(
            event.globalPos(), text if action is None else self._names.name(action), view
        )
        return True

    def _row(self, index: Index) -> Row | Section | None:
        row = self._model.row(index)
        if row is None:
            return None
        if row.kind is RowKind.SECTION:
            return self._section(index, row)
        if row.kind is not RowKind.TRANSCRIPT:
            count = index.data(COUNT_ROLE)
            return Row(
                str(index.data()),
                icon_name="tag" if row.kind is RowKind.TAG else "folder-sync",
                caption=str(count) if count else "",
                buttons=self._buttons(row, None),
            )
        summary = self._model.contents.summary(row.id)
        return None if summary is None else self._transcript(row, summary)

    def _section(self, index: Index, row: rows.Row) -> Section:
        count = index.data(COUNT_ROLE) or 0
        is_counted = count and row.section.kind not in _UNCOUNTED
        return Section(
            str(index.data()),
            count=str(count) if is_counted else "",
            is_open=self._view.isExpanded(self._model.section_index(row.section)),
            buttons=self._buttons(row, None),
        )

    def _transcript(self, row: rows.Row, summary: TranscriptSummary) -> Row:
        icon, token = _icon(summary)
        is_stopped = summary.status is JobStatus.FAILED and summary.deleted is None
        captions = self._model.captions
        if not shows_progress(summary):
            return Row(
                summary.title,
                icon_name=icon,
                icon_token=token,
                caption=captions.state(summary),
                caption_token="danger" if is_stopped else "text3",
                buttons=self._buttons(row, summary),
            )
        progress = self._model.contents.progress(summary.id)
        part = fraction(progress)
        if part is None and summary.duration:
            part = min(1.0, summary.done / summary.duration)
        return Row(
            summary.title,
            icon_name=icon,
            icon_token=token,
            second_line=captions.progress(summary, progress),
            fraction=part,
            buttons=self._buttons(row, summary),
            shows_buttons=True,
        )

    def _buttons(self, row: rows.Row, summary: TranscriptSummary | None) -> tuple[RowButton, ...]:
        actions = buttons_of(row, summary, is_all_paused=self.is_all_paused)
        return tuple(
            RowButton(action.value, BUTTON_ICONS[action], self._names.name(action))
            for action in actions
        )

    def _is_filtered_by(self, index: Index) -> bool:
        row = self._model.row(index)
        is_tag = row is not None and row.kind is RowKind.TAG
        return is_tag and row is not None and row.id in self._model.contents.filter.tags


def _line(option: QStyleOptionViewItem, index: Index) -> QStyleOptionViewItem:
    """Return the option without the space above a header."""
    line = QStyleOptionViewItem(option)
    line.rect = _line_rect(option, index)
    return line


def _line_rect(option: QStyleOptionViewItem, index: Index) -> QRect:
    # A copy: the rectangle of an option dies with the option.
    rect = QRect(option.rect)
    extra = rect.height() - dp(HEADER)
    is_header = not index.parent().isValid()
    return rect.adjusted(0, extra, 0, 0) if is_header and extra > 0 else rect


def _icon(summary: TranscriptSummary) -> tuple[str, str]:
    """Return the icon of a transcript and its colour."""
    if summary.deleted is not None:
        return "file-text", "text3"
    if summary.status is JobStatus.FAILED:
        return "circle-alert", "danger"
    if summary.status is JobStatus.QUEUED:
        return "grip-vertical", "text2"
    if summary.status in (JobStatus.RUNNING, JobStatus.PAUSED, JobStatus.INTERRUPTED):
        return ("file-video" if summary.source.has_video else "file-audio"), "text2"
    return "file-text", "text2"
