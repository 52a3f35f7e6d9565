"""Draw the ring around what has the keyboard's focus, over everything.

Use: create one `FocusRing(application)`; nothing else. It rings buttons of every kind 2 dp outside,
and any widget with the property `ring` set to a radius in dp: `widget.setProperty("ring", 6)`.
Texts that fill their area are ringed inside their edge, and so are lists without a current row;
else the row has the edge. Inputs get none: their own edge turns accent. After a click there is no
ring: keyboard focus only.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.sizes import RADIUS_CONTROL, dpf
from desktop.ui.widgets.switch import Switch

_GAP, _WIDTH = 2, 2
_FOLLOWED = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.ZOrderChange,
        QEvent.Type.EnabledChange,
        QEvent.Type.LayoutRequest,
    }
)


class FocusRing(QObject):
    """Follow the focus through all windows of the application."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._target: QWidget | None = None
        self._overlay: _Ring | None = None
        self._watched: list[QWidget] = []
        application.focusChanged.connect(self._on_focus_changed)

    @property
    def target(self) -> QWidget | None:
        """Give the widget that has the ring now."""
        return self._target

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # pylint: disable=invalid-name
        """Follow the target when it or what it lies in moves, scrolls or goes."""
        if event.type() is QEvent.Type.MouseButtonPress:
            self._let_go()
        elif event.type() in _FOLLOWED and watched is not self._overlay:
            self._place()
        return False

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._let_go()
        if new is None or not _is_reached_by_key(new):
            return
        if isinstance(new, QAbstractItemView):
            new.scrollTo(new.currentIndex())  # its edge is the mark
        radius = ring_radius(new)
        if radius is None:
            return
        self._target = new
        self._watched = _lineage(new)
        if isinstance(new, QAbstractScrollArea):
            self._watched.append(new.viewport())
        for widget in self._watched:
            widget.installEventFilter(self)
        new.destroyed.connect(self._on_target_destroyed)
        self._overlay = _Ring(new.window(), radius)
        self._overlay.destroyed.connect(self._on_overlay_destroyed)
        self._place()

    @Slot()
    def _on_target_destroyed(self) -> None:
        self._target = None
        self._let_go()

    @Slot()
    def _on_overlay_destroyed(self) -> None:
        self._overlay = None

    def _let_go(self) -> None:
        for widget in self._watched:
            try:
                widget.removeEventFilter(self)
            except RuntimeError:
                # It is deleted already, and its filters with it.
                continue
        self._watched = []
        if self._target is not None:
            self._target.destroyed.disconnect(self._on_target_destroyed)
        self._target = None
        if self._overlay is not None:
            overlay, self._overlay = self._overlay, None
            overlay.destroyed.disconnect(self._on_overlay_destroyed)
            overlay.hide()
            overlay.deleteLater()

    def _place(self) -> None:
        if self._target is None or self._overlay is None:
            return
        visible = _visible_part(self._target)
        self._overlay.setVisible(self._target.isVisible() and visible.isValid())
        if not visible.isValid():
            return
        reach = 0 if is_ringed_inside(self._target) else round(dpf(_GAP + _WIDTH)) + 1
        corner = self._target.mapTo(self._target.window(), QPoint(0, 0))
        place = QRect(corner, self._target.size()).adjusted(-reach, -reach, reach, reach)
        if self._overlay.geometry() != place:
            self._overlay.setGeometry(place)
        self._overlay.raise_()


class _Ring(QWidget):
    """The ring itself; lets every click through."""

    def __init__(self, window: QWidget, radius: float) -> None:
        super().__init__(window)
        self._radius = radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw it just inside its own edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(2.0, dpf(_WIDTH))
        painter.setPen(QPen(theme.color("accent"), width))
        inset = 1 + width / 2
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        radius = dpf(self._radius + _GAP + _WIDTH / 2) if self._radius else 0.0
        painter.drawRoundedRect(area, radius, radius)


def ring_radius(widget: QWidget) -> float | None:
    """Give the radius in dp of what the ring surrounds; None: this widget has no ring."""
    wanted = widget.property("ring")
    if isinstance(wanted, (int, float)):
        return float(wanted)
    if isinstance(widget, Switch) and not widget.text():
        return 10.0
    if is_ringed_inside(widget):
        return 0.0
    return float(RADIUS_CONTROL) if isinstance(widget, QAbstractButton) else None


def is_ringed_inside(widget: QWidget) -> bool:
    """Tell whether a widget reaches to the edge of its area, so that a ring fits only inside."""
    if isinstance(widget, QAbstractItemView):
        return not widget.currentIndex().isValid()
    is_input = bool(widget.property("input"))
    return isinstance(widget, (QTextEdit, QPlainTextEdit)) and not is_input


def _is_reached_by_key(widget: QWidget) -> bool:
    return widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


def _lineage(widget: QWidget) -> list[QWidget]:
    """List a widget and its ancestors up to its window."""
    line = [widget]
    while not line[-1].isWindow():
        parent = line[-1].parentWidget()
        if parent is None:
            break
        line.append(parent)
    return line


def _visible_part(widget: QWidget) -> QRect:
    """Give what scroll areas leave of a widget, in its own coordinates; invalid if nothing."""
    visible = widget.rect()
    ancestor = widget.parentWidget()
    while ancestor is not None and not ancestor.isWindow():
        outer = ancestor.parentWidget()
        if isinstance(outer, QAbstractScrollArea) and outer.viewport() is ancestor:
            corner = widget.mapFrom(ancestor, QPoint(0, 0))
            visible = visible.intersected(QRect(corner, ancestor.size()))
        ancestor = outer
    return visible
