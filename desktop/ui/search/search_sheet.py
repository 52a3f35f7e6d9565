"""Search titles and text of all transcripts: a field, hits as they are found, a way there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from desktop.item_models.search_model import Hit, SearchModel, TitleHits
from desktop.store.records import SearchHit
from desktop.ui.fonts import set_role
from desktop.ui.search.hit_delegate import HitDelegate
from desktop.ui.sizes import dp
from desktop.ui.widgets.labels import IconLabel, Keycap, Label, Separator
from desktop.ui.widgets.sheet import Sheet, SheetSize

_WAIT_MS = 120
"""People type faster than they read: search once they stop for a moment."""
_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class SearchSheet(Sheet):
    """A sheet below the top of the window, as high as its hits."""

    query_changed = Signal(str)
    """What to search for; empty: nothing."""
    hit_chosen = Signal(object)
    """SearchHit or TitleHit; the sheet has closed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "", SheetSize(680, top=72))
        self.setAccessibleName(self.tr("Search all transcripts"))
        self.model = SearchModel(self)
        self._is_complete = True
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._field = QLineEdit(self.panel)
        self._count = Label("", "caption", "text2", self.panel)
        self._list = _HitList(self.panel)
        self._list.setModel(self.model)
        self._list.setItemDelegate(HitDelegate(self._list))
        self._list.setAccessibleName(self.tr("Places found"))
        self._hint = Label("", "body", "text3", self.panel)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.set_wrapping()
        self._dress_field()
        self._body = self._make_body()
        self.set_content(self._body)
        self._add_keys()
        self._timer.timeout.connect(self._on_typed)
        self._field.textChanged.connect(self._on_text_changed)
        self._list.clicked.connect(self._choose)
        self._describe()

    def open_search(self, text: str = "") -> None:
        """Open the sheet; the field keeps what was searched last unless there is a text."""
        if text:
            self._field.setText(text)
        self._field.selectAll()
        self.open_sheet(self._field)

    def query(self) -> str:
        """Return what is searched for."""
        return self._field.text().strip()

    def set_hits(self, hits: Sequence[SearchHit], is_complete: bool) -> None:
        """Show what was found so far; `is_complete` when nothing more will come."""
        chosen = self.model.hit(self._list.currentIndex())
        self.model.set_hits(hits)
        self._is_complete = is_complete
        self._keep_chosen(chosen)

    def set_titles(self, titles: TitleHits) -> None:
        """Show which transcripts have it in their titles; they stand above the hits."""
        chosen = self.model.hit(self._list.currentIndex())
        self.model.set_titles(titles)
        self._keep_chosen(chosen)

    def _keep_chosen(self, chosen: Hit | None) -> None:
        if not self._list.currentIndex().isValid():
            self._select(self._row_of(chosen))
        self._describe()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter work in the list while the field has the focus."""
        if watched is self._field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and self._take_key(event):
                return True
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentIndex())
            return True
        if event.key() in _KEYS:
            is_up = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp)
            is_page = event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
            self._step((-1 if is_up else 1) * (5 if is_page else 1))
            return True
        return False

    def _step(self, steps: int) -> None:
        rows = self.model.hit_rows()
        if not rows:
            return
        current = self._list.currentIndex().row()
        place = rows.index(current) + steps if current in rows else 0
        self._select(rows[min(max(place, 0), len(rows) - 1)])

    def _row_of(self, hit: Hit | None) -> int:
        rows = self.model.hit_rows()
        same = (row for row in rows if self.model.hit(self.model.index(row)) == hit)
        return next(same, rows[0] if rows else -1)

    def _select(self, row: int) -> None:
        self._list.setCurrentIndex(self.model.index(row))
        self._list.show_current()

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        hit = self.model.hit(index)
        if hit is not None:
            self.close_sheet()
            self.hit_chosen.emit(hit)

    @Slot()
    def _on_typed(self) -> None:
        self._is_complete = not self.query()
        if self._is_complete:
            self.model.set_titles(TitleHits())
            self.model.set_hits(())
        self._describe()
        self.query_changed.emit(self.query())

    @Slot(str)
    def _on_text_changed(self, _text: str) -> None:
        self._timer.start()

    def _describe(self) -> None:
        places, transcripts = self.model.count_places()
        is_empty = not self.model.hit_rows()
        if not places:
            self._count.setText("")
        elif self._is_complete:
            found = self.tr("%n place(s)", "", places)
            where = self.tr("%n transcript(s)", "", transcripts)
            self._count.setText(
                self.tr("{places} in {transcripts}").format(places=found, transcripts=where)
            )
        else:
            self._count.setText(self.tr("%n place(s) so far", "", places))
        self._hint.setText(self._hint_text())
        self._hint.setVisible(is_empty)
        self._list.setVisible(not is_empty)
        # Layouts around the list notice with the next event only.
        self._list.updateGeometry()
        self._body.updateGeometry()
        if self.isVisible():
            self.place()

    def _hint_text(self) -> str:
        if not self.query():
            return self.tr(
                "Words, or a part of a sentence, in the titles and texts of all transcripts."
            )
        if not self._is_complete:
            return self.tr("Searching…")
        return self.tr("No transcript has “{text}”.").format(text=self.query())

    def _dress_field(self) -> None:
        self._field.setAccessibleName(self.tr("Search all transcripts"))
        self._field.setPlaceholderText(self.tr("Search all transcripts"))
        self._field.setProperty("plain", True)
        self._field.setMaxLength(200)
        set_role(self._field, "reading")
        self._field.installEventFilter(self)

    def _make_body(self) -> QWidget:
        body = QWidget(self.panel)
        head = QHBoxLayout()
        head.setContentsMargins(dp(21), dp(16), dp(16), dp(16))
        head.setSpacing(dp(12))
        head.addWidget(IconLabel("search", "text2", self.panel, size=18))
        head.addWidget(self._field, 1)
        head.addWidget(self._count)
        head.addWidget(Keycap(self.tr("Esc"), self.panel))
        hint = QHBoxLayout()
        hint.setContentsMargins(dp(24), 0, dp(24), 0)
        hint.addWidget(self._hint)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(Separator(self.panel))
        layout.addWidget(self._list, 1)
        layout.addLayout(hint)
        self._hint.setMinimumHeight(dp(96))
        return body

    def _add_keys(self) -> None:
        for key, text in (
            ("↑ ↓", self.tr("Choose")),
            (self.tr("Enter"), self.tr("Open here")),
        ):
            self.add_footer_widget(Keycap(key, self.panel))
            self.add_footer_widget(Label(text, "caption", "text2", self.panel))


class _HitList(QListView):
    """A list that wants to be as high as its rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    def show_current(self) -> None:
        """Scroll to the chosen row; the heading belongs to its first hit."""
        index = self.currentIndex()
        above = index.siblingAtRow(index.row() - 1)
        if above.isValid() and not above.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.scrollTo(above)
        self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen row in sight while the sheet grows with its hits."""
        super().resizeEvent(event)
        self.show_current()

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        model = self.model()
        rows = range(model.rowCount() if model is not None else 0)
        return QSize(dp(320), sum(self.sizeHintForRow(row) for row in rows) + dp(8))
