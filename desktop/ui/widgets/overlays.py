"""Help what lies above a layout: follow its parent's size, keep Tab inside, paint a shadow."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui import theme
from desktop.ui.sizes import dpf

_SHADOW_STEPS = 20
_SHADOW_REACH, _SHADOW_DROP = 20, 6
"""dp."""


class ParentFollower(QObject):
    """Call back whenever a widget's size changes."""

    def __init__(self, followed: QWidget, follow: Callable[[], None], owner: QObject) -> None:
        super().__init__(owner)
        self._follow = follow
        followed.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # pylint: disable=invalid-name
        """Follow."""
        if event.type() == QEvent.Type.Resize:
            self._follow()
        return False


def paint_shadow(painter: QPainter, rect: QRectF, radius: float) -> None:
    """Draw a soft shadow of 20 dp, 6 dp below what covers `rect`; radius in dp."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    color = QColor(theme.color("shadow"))
    darkest = color.alphaF()
    # Many faint layers add up to a soft edge; an effect would composite the window in software.
    # The nearer, the stronger: what they add up to falls off like a blur, with no edge of its own.
    for step in range(_SHADOW_STEPS):
        nearness = 1 - (step + 0.5) / _SHADOW_STEPS
        color.setAlphaF(darkest * 2 * nearness / _SHADOW_STEPS)
        painter.setBrush(color)
        grow = dpf(_SHADOW_REACH) * (step + 1) / _SHADOW_STEPS
        layer = rect.adjusted(-grow, -grow, grow, grow).translated(0, dpf(_SHADOW_DROP))
        corner = max(0.0, dpf(radius) + grow)
        painter.drawRoundedRect(layer, corner, corner)
    painter.restore()


def focusable_children(inside: QWidget) -> list[QWidget]:
    """List what Tab reaches inside a widget, itself included, in the order of its children."""
    # Not along `nextInFocusChain`: PySide takes what it returns for a child of the widget before,
    # and when a sheet was deleted, the actions of the window's menus were gone for Python.
    return [one for one in (inside, *inside.findChildren(QWidget)) if _takes_tab(one)]


def _takes_tab(widget: QWidget) -> bool:
    if not widget.isEnabled() or not widget.isVisible() or widget.focusProxy() is not None:
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def move_focus_inside(inside: QWidget, *, forward: bool) -> bool:
    """Give the focus to the next control inside a widget, round and round."""
    stops = focusable_children(inside)
    if not stops:
        return False
    focus = QApplication.focusWidget()
    step = 1 if forward else -1
    if focus in stops:
        place = (stops.index(focus) + step) % len(stops)
    else:
        place = 0 if forward else -1
    focus_by_key(stops[place])
    return True


def focus_by_key(widget: QWidget) -> None:
    """Give the focus as a key does, with the ring."""
    # The only reason that sets WA_KeyboardFocusChange when the focus is not moved by Qt itself.
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)


def focus_as_last_used(widget: QWidget) -> None:
    """Give the focus with the ring if a key moved the focus last, without it after a click."""
    if widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
        focus_by_key(widget)
    else:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)


def give_focus_back(widget: QWidget | None) -> None:
    """Return the focus to where it was before an overlay opened, if that is still there."""
    if widget is not None and widget.isVisible() and widget.isEnabled():
        focus_as_last_used(widget)
