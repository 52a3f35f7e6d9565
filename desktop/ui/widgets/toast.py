"""Show toasts: what was done, for six seconds, with one way to undo or to look.

Use: one `ToastHost(central_widget)` a window, then
`toasts.show_toast(self.tr("3 passages were restored."), self.tr("Undo"), undo)`.
The newest replaces the last. It stays while hovered or focused; `focus_toast()` (F6) reaches it,
Esc closes it, its text is announced. `set_bottom(56)` keeps it above what lies at the bottom.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPropertyAnimation, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.sizes import RADIUS_TOAST, dp
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.overlays import ParentFollower, focus_by_key, give_focus_back
from desktop.ui.widgets.painting import Box, paint_box

STAY_MS = 6_000


class Toast(QWidget):
    """One message and its action, inverse to the page."""

    acted = Signal()
    """The action was clicked."""
    closed = Signal()

    def __init__(self, text: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(text)
        self.times_kept = 0
        self._label = Label(text, "medium", "toast_text", self)
        self._button = Button(action, "inverse", parent=self)
        self._button.setVisible(bool(action))
        self._button.clicked.connect(self._on_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(dp(16), dp(4), dp(6 if action else 16), dp(4))
        layout.setSpacing(dp(14))
        layout.addWidget(self._label, 1)
        layout.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(dp(40))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Let its time begin."""
        self._timer.start(STAY_MS)

    def limit_width(self, width: int) -> None:
        """Wrap the text where it would be wider than this, in pixels."""
        if self.sizeHint().width() > width:
            self._label.set_wrapping()
            self.setFixedWidth(width)
            self.setFixedHeight(max(dp(40), self.heightForWidth(width)))
        else:
            self.adjustSize()

    def focus_action(self) -> None:
        """Give the action the focus, as a key does."""
        focus_by_key(self._button)

    @property
    def has_action(self) -> bool:
        """Tell whether there is something to do."""
        return not self._button.isHidden()

    def enterEvent(self, event: QEnterEvent) -> None:  # pylint: disable=invalid-name
        """Stay while it is being read."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # pylint: disable=invalid-name
        """Let its time begin anew."""
        self.start()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # pylint: disable=invalid-name
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw the inverse fill."""
        paint_box(QPainter(self), QRectF(self.rect()), Box(fill="toast", radius=RADIUS_TOAST))

    def _on_clicked(self) -> None:
        self.acted.emit()
        self.closed.emit()

    def _on_timeout(self) -> None:
        if self.underMouse() or self._button.hasFocus():
            self.times_kept += 1
            self.start()
            return
        self.closed.emit()


class ToastHost(QObject):
    """Keep one toast at the bottom of a widget, in its middle."""

    def __init__(self, area: QWidget) -> None:
        super().__init__(area)
        self._area = area
        self._bottom = 16
        self._toast: Toast | None = None
        self._focus_before: QWidget | None = None
        ParentFollower(area, self._place, self)

    def set_bottom(self, bottom: int) -> None:
        """Keep this much free below, in dp; at the height of a transport, say."""
        self._bottom = bottom
        self._place()

    @property
    def toast(self) -> Toast | None:
        """Give the toast that is shown, if there is one."""
        return self._toast

    def show_toast(
        self, text: str, action: str = "", then: Callable[[], None] | None = None
    ) -> None:
        """Show and announce a message in place of the last one; `then` runs on its action."""
        self.clear()
        toast = Toast(text, action, self._area)
        if then is not None:
            toast.acted.connect(then)
        toast.closed.connect(self.clear)
        self._toast = toast
        self._place()
        toast.show()
        toast.raise_()
        toast.start()
        self._slide(toast)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(toast, text))

    def focus_toast(self) -> bool:
        """Move the focus to the action; False if there is none. Esc and the click bring it back."""
        if self._toast is None or not self._toast.has_action:
            return False
        self._focus_before = QApplication.focusWidget()
        self._toast.focus_action()
        return True

    def clear(self) -> None:
        """Take the toast away."""
        if self._toast is None:
            return
        toast, self._toast = self._toast, None
        had_focus = toast.isAncestorOf(QApplication.focusWidget() or self._area)
        toast.hide()
        toast.deleteLater()
        if had_focus:
            give_focus_back(self._focus_before)
        self._focus_before = None

    def _place(self) -> None:
        if self._toast is None:
            return
        self._toast.limit_width(self._area.width() - 2 * dp(16))
        self._toast.move(self._end(self._toast))

    def _end(self, toast: Toast) -> QPoint:
        left = (self._area.width() - toast.width()) // 2
        return QPoint(left, self._area.height() - toast.height() - dp(self._bottom))

    def _slide(self, toast: Toast) -> None:
        milliseconds = theme.duration(160)
        if not milliseconds:
            return
        animation = QPropertyAnimation(toast, b"pos", toast)
        animation.setDuration(milliseconds)
        animation.setStartValue(self._end(toast) + QPoint(0, dp(12)))
        animation.setEndValue(self._end(toast))
        animation.start()
