"""The window: library at the left, a page in the middle, settings in place of both."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from desktop.item_models.library_model import LibraryModel
from desktop.services.dropped import local_paths
from desktop.ui import shortcuts
from desktop.ui.document.page import DocumentPage
from desktop.ui.drop_veil import DropVeil
from desktop.ui.icons import icon
from desktop.ui.key_areas import mark_area
from desktop.ui.library.rail import Rail
from desktop.ui.library.sidebar import Sidebar
from desktop.ui.shortcuts import Command
from desktop.ui.sizes import dp
from desktop.ui.start.start_page import StartPage
from desktop.ui.style import set_surface
from desktop.ui.trouble_page import TroublePage
from desktop.ui.widgets.drawer import Drawer
from desktop.ui.widgets.fit_scroll import FitScroll
from desktop.ui.widgets.focus_ring import FocusRing
from desktop.ui.widgets.toast import ToastHost
from desktop.ui.window_size import fit_into_screen

SIDEBAR, SIDEBAR_LEAST, SIDEBAR_MOST = 272, 220, 360
MINIMUM = (720, 520)
"""dp; less where the screen has less."""
_RAIL_BELOW = 960


class MainWindow(QMainWindow):  # pylint: disable=too-many-instance-attributes
    """Hold the pages and pass on what is dropped; it knows no service."""

    painted = Signal()
    """The window was seen for the first time."""
    dropped = Signal(object)
    """Dropped"""
    paste_requested = Signal()
    """The clipboard may hold files for the queue."""
    closing = Signal()

    def __init__(self, model: LibraryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Whisper Transcriber")
        self.setAcceptDrops(True)
        self._was_painted = False
        self._sidebar_width = dp(SIDEBAR)
        self.sidebar = Sidebar(model, self)
        self.rail = Rail(model, self)
        self.start_page = StartPage(self)
        self.document = DocumentPage(self)
        self.trouble = TroublePage(self)
        self._centre = QStackedWidget(self)
        self._start = FitScroll(self.start_page, self)
        self._trouble = FitScroll(self.trouble, self)
        for page in (self._start, self.document, self._trouble):
            set_surface(page, "surface")
            self._centre.addWidget(page)
        self._library = self._make_library_area()
        self.areas = QStackedWidget(self)
        self.areas.addWidget(self._library)
        self.setCentralWidget(self.areas)
        self._drawer = Drawer(self._library, "left", SIDEBAR, self.tr("Library"))
        self.toasts = ToastHost(self.areas)
        self._veil = DropVeil(self.areas)
        self._ring = FocusRing(cast(QApplication, QApplication.instance()))
        self.menu = QMenu(self)
        self.sidebar.set_menu(self.menu)
        self.rail.set_menu(self.menu)
        self.rail.library_requested.connect(self.toggle_library)
        self.sidebar.opened.connect(self._drawer.close_drawer)
        mark_area(self.sidebar, self.rail, self.start_page, self.trouble)
        self.resize(dp(1280), dp(800))
        self.fit_screen()

    def add_command(
        self, command: Command, then: Callable[[], object], icon_name: str = ""
    ) -> None:
        """Give a command its keys, and a line in the menu if it has an icon."""
        action = self.menu.addAction(shortcuts.title(command))
        action.setShortcuts(shortcuts.keys(command))
        action.triggered.connect(lambda _checked=False: then())
        if icon_name:
            action.setIcon(icon(icon_name))
        else:
            self.menu.removeAction(action)
        self.addAction(action)

    # ---- pages -----------------------------------------------------------------------------

    def show_start(self) -> None:
        """Show what is seen while no transcript is open."""
        self._centre.setCurrentWidget(self._start)
        self._set_usable(True)
        self.show_library_area()

    def show_document(self) -> None:
        """Show the open transcript."""
        self._centre.setCurrentWidget(self.document)
        self.show_library_area()

    def show_trouble(self) -> None:
        """Show why there is no library."""
        self._centre.setCurrentWidget(self._trouble)
        self._set_usable(False)

    def _set_usable(self, is_usable: bool) -> None:
        """Offer nothing of a library that could not be opened."""
        self.sidebar.setEnabled(is_usable)
        self.rail.setEnabled(is_usable)

    def show_library_area(self) -> None:
        """Come back from the settings."""
        self.areas.setCurrentWidget(self._library)

    def show_area(self, area: QWidget) -> None:
        """Show a page over the whole window, in place of library and transcript."""
        if self.areas.indexOf(area) < 0:
            self.areas.addWidget(area)
        self.areas.setCurrentWidget(area)

    @property
    def is_document_shown(self) -> bool:
        """Tell whether a transcript is seen."""
        is_library = self.areas.currentWidget() is self._library
        return is_library and self._centre.currentWidget() is self.document

    # ---- narrow and wide -------------------------------------------------------------------

    def _make_library_area(self) -> QWidget:
        area = QWidget(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, area)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.sidebar)
        self._splitter.addWidget(self._centre)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([dp(SIDEBAR), dp(1280 - SIDEBAR)])
        self.sidebar.setMinimumWidth(dp(SIDEBAR_LEAST))
        self.sidebar.setMaximumWidth(dp(SIDEBAR_MOST))
        layout = QHBoxLayout(area)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(self._splitter, 1)
        self.rail.hide()
        return area

    @property
    def is_narrow(self) -> bool:
        """Tell whether a rail stands in for the sidebar."""
        return not self.rail.isHidden()

    def resizeEvent(self, event: QResizeEvent) -> None:  # pylint: disable=invalid-name
        """Put the sidebar into a drawer where there is no room for it."""
        super().resizeEvent(event)
        is_narrow = self.width() < dp(_RAIL_BELOW)
        if is_narrow == self.is_narrow:
            return
        if is_narrow and self.sidebar.isVisible():
            self._sidebar_width = self.sidebar.width()
        self.rail.setVisible(is_narrow)
        if is_narrow:
            self._drawer.set_content(self.sidebar)
        else:
            self._drawer.close_drawer()
            self._drawer.take_content()
            self._splitter.insertWidget(0, self.sidebar)
            self._splitter.setStretchFactor(1, 1)
            self._set_sidebar_width(self._sidebar_width)
            self.sidebar.show()

    @Slot()
    def toggle_library(self) -> None:
        """Show the library, or hide it."""
        if not self.is_narrow:
            self.sidebar.setVisible(self.sidebar.isHidden())
        elif self._drawer.isVisible():
            self._drawer.close_drawer()
        else:
            self._drawer.open_drawer()

    @Slot()
    def show_library(self) -> None:
        """Show the library wherever it is, and put the keyboard there."""
        self.show_library_area()
        if self.is_narrow:
            self._drawer.open_drawer()
        else:
            self.sidebar.show()
        self.sidebar.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def fit_screen(self) -> None:
        """Be no larger than the screen has room for."""
        fit_into_screen(self, QSize(dp(MINIMUM[0]), dp(MINIMUM[1])))

    def save_layout(self) -> int:
        """Return how wide the sidebar is when it is beside the page, in dp."""
        width = self._sidebar_width if self.is_narrow else self.sidebar.width()
        return round(width * 13 / dp(13))

    def restore_layout(self, width: int) -> None:
        """Make the sidebar so wide, dp."""
        if SIDEBAR_LEAST <= width <= SIDEBAR_MOST:
            self._sidebar_width = dp(width)
            self._set_sidebar_width(dp(width))

    def _set_sidebar_width(self, width: int) -> None:
        self._splitter.setSizes([width, max(1, self.width() - width)])

    # ---- what comes from outside -----------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Tell when the window was seen for the first time."""
        answer = super().event(event)
        if event.type() is QEvent.Type.ApplicationFontChange:
            self.fit_screen()
        if event.type() is QEvent.Type.Paint and not self._was_painted:
            self._was_painted = True
            self.windowHandle().screenChanged.connect(self.fit_screen)
            QTimer.singleShot(0, self.painted.emit)
        return answer

    def keyPressEvent(self, event: QKeyEvent) -> None:  # pylint: disable=invalid-name
        """Take what no text field wanted to paste."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_requested.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # pylint: disable=invalid-name
        """Take files, and things that turn out to have no file: those get a sentence."""
        dropped = local_paths(event.mimeData())
        if not dropped.paths and not dropped.without_path:
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.start_page.set_dragging(True)
        self._veil.setVisible(self._centre.currentWidget() is not self._start)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # pylint: disable=invalid-name
        """Look as before."""
        super().dragLeaveEvent(event)
        self._end_drag()

    def dropEvent(self, event: QDropEvent) -> None:  # pylint: disable=invalid-name
        """Pass on what was dropped."""
        self._end_drag()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(local_paths(event.mimeData()))

    def _end_drag(self) -> None:
        self.start_page.set_dragging(False)
        self._veil.hide()

    def closeEvent(self, event: QCloseEvent) -> None:  # pylint: disable=invalid-name
        """Let everything be written first."""
        self.closing.emit()
        super().closeEvent(event)
