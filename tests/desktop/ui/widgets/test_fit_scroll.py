"""What fits is shown without a scroll bar; what does not is scrolled, its texts whole."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.fit_scroll import FitScroll
from desktop.ui.widgets.labels import Label
from tests.desktop.ui.finding import clipped

_SENTENCE = "A sentence that runs over several lines where there is not much room for it. "


def _shown(qtbot: QtBot, width: int, height: int) -> tuple[QWidget, FitScroll, Label]:
    window, content = QWidget(), QWidget()
    qtbot.addWidget(window)
    label = Label(_SENTENCE * 4, parent=content)
    label.set_wrapping()
    QVBoxLayout(content).addWidget(label)
    area = FitScroll(content, window)
    outer = QVBoxLayout(window)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(area)
    outer.addStretch(1)
    window.resize(width, height)
    with qtbot.waitExposed(window):
        window.show()
    return window, area, label


def test_with_room_it_is_as_high_as_its_content(dress: Theme, qtbot: QtBot) -> None:
    window, area, label = _shown(qtbot, 600, 500)
    qtbot.waitUntil(lambda: area.height() == label.heightForWidth(label.width()) + 18)
    assert not area.verticalScrollBar().isVisible() and not clipped(window)
    label.setText(_SENTENCE)
    qtbot.waitUntil(lambda: area.height() == label.heightForWidth(label.width()) + 18)


def test_without_room_it_scrolls_and_cuts_nothing(dress: Theme, qtbot: QtBot) -> None:
    window, area, _ = _shown(qtbot, 160, 120)
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    qtbot.waitUntil(lambda: not clipped(window))
    assert area.height() == 120
