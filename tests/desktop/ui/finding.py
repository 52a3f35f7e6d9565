"""Find what a test is about: the one child of a kind, the focus, and what is wrong on a screen."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from desktop.ui.widgets.labels import ElidedLabel
from desktop.ui.widgets.value_button import ValueButton

Child = TypeVar("Child", bound=QWidget)

_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTextEdit,
)


def child(root: QWidget, kind: type[Child]) -> Child:
    """Give the first child of a kind; IndexError if there is none."""
    return root.findChildren(kind)[0]


def focused() -> QWidget:
    """Give the widget with the focus; a test that asks expects one."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def unnamed_controls(root: QWidget) -> list[QWidget]:
    """List the controls that a screen reader could not name."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if isinstance(widget, _CONTROLS) and not isinstance(widget, QHeaderView)
        # A button that is hidden by hand has nothing to say yet.
        if not widget.accessibleName() and not widget.isHidden()
    ]


def clipped(root: QWidget) -> list[str]:
    """List visible labels and buttons that are smaller than what they show, or overlap the edge."""
    return [
        f"{type(widget).__name__} {widget.text()!r} {fault}"
        for widget in root.findChildren(QWidget)
        if isinstance(widget, (QAbstractButton, QLabel))
        if widget.isVisible() and not isinstance(widget, ElidedLabel)
        for fault in (_fault(widget, root),)
        if fault
    ]


def _fault(widget: QAbstractButton | QLabel, root: QWidget) -> str:
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    needed = widget.minimumSizeHint()
    height = widget.heightForWidth(widget.width()) if wraps else needed.height()
    words = widget.fontMetrics().size(0, widget.text().replace("&", ""))
    is_cut = words.width() > widget.width() and not wraps
    if is_cut or (words.height() > widget.height() and not wraps):
        return f"is cut: {words.width()} in {widget.width()}"
    if widget.width() < needed.width() or widget.height() < height:
        return f"is {widget.width()} × {widget.height()}, not {needed.width()} × {height}"
    if isinstance(widget, ValueButton) and widget.width() < widget.sizeHint().width():
        return "is elided"
    return "" if _is_inside(widget, root) else "lies over the edge"


def _is_inside(widget: QWidget, root: QWidget) -> bool:
    """Tell whether a widget lies in the window, or in what can be scrolled down to."""
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        above = parent.parentWidget()
        area = above.parentWidget() if above is not None else None
        if isinstance(area, QScrollArea) and area.widget() is parent:
            left = widget.mapTo(parent, QPoint(0, 0)).x()
            return left >= 0 and left + widget.width() <= area.viewport().width()
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = above
    corner = widget.mapTo(root, QPoint(0, 0))
    far = widget.mapTo(root, widget.rect().bottomRight())
    return root.rect().contains(corner) and root.rect().contains(far)
