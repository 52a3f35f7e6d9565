"""Find what a test is about: the one child of a kind, the widget with the focus."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget

Child = TypeVar("Child", bound=QWidget)


def child(root: QWidget, kind: type[Child]) -> Child:
    """Give the first child of a kind; IndexError if there is none."""
    return root.findChildren(kind)[0]


def focused() -> QWidget:
    """Give the widget with the focus; a test that asks expects one."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget
