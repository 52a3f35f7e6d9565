"""The window fits the screen however large the font is, and what it shows is scrolled, not cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.item_models.library_model import LibraryModel
from desktop.ui.main_window import MainWindow
from desktop.ui.sizes import dp
from desktop.ui.theme import Theme
from tests.desktop.ui.finding import clipped
from tests.desktop.ui.gallery import use_design_font


@pytest.fixture(name="window")
def _window(
    qapp: QApplication, qtbot: QtBot, request: pytest.FixtureRequest
) -> Iterator[MainWindow]:
    theme = Theme(qapp, "light")
    use_design_font(qapp, request.param)
    model = LibraryModel()
    made = MainWindow(model)
    model.setParent(made)
    qtbot.addWidget(made)
    yield made
    theme.remove()


def _is_on_screen(window: QWidget) -> bool:
    room = window.screen().availableSize()
    return window.frameSize().boundedTo(room) == window.frameSize()


@pytest.mark.parametrize("window", [100, 200, 300], indirect=True)
def test_the_first_window_fits_the_screen(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitExposed(window):
        window.show()
    assert _is_on_screen(window)
    least = window.minimumSize()
    assert least.boundedTo(window.size()) == least


@pytest.mark.parametrize("window", [100], indirect=True)
def test_where_there_is_room_the_window_has_the_size_of_the_design(window: MainWindow) -> None:
    assert (window.minimumWidth(), window.minimumHeight()) == (720, 520)


@pytest.mark.parametrize("window", [200], indirect=True)
def test_a_remembered_place_that_no_longer_fits_is_made_smaller(window: MainWindow) -> None:
    window.resize(2600, 1800)
    remembered = window.saveGeometry()
    window.resize(700, 500)
    window.restoreGeometry(remembered)
    window.fit_screen()
    assert _is_on_screen(window)


@pytest.mark.parametrize("window", [200], indirect=True)
def test_a_font_that_grows_does_not_make_the_window_grow_off_the_screen(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    with qtbot.waitExposed(window):
        window.show()
    use_design_font(qapp, 300)
    QApplication.processEvents()
    assert _is_on_screen(window)


@pytest.mark.parametrize("window", [200], indirect=True)
def test_the_start_page_is_scrolled_where_it_does_not_fit(window: MainWindow, qtbot: QtBot) -> None:
    window.start_page.set_model_note("base", "The base model is not on this computer yet.", "Once.")
    window.show_start()
    window.resize(1280, 700)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.start_page.height() > window.height())
    qtbot.waitUntil(lambda: not clipped(window))


@pytest.mark.parametrize("window", [100], indirect=True)
def test_the_sidebar_is_as_wide_as_before_when_the_window_was_narrow(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.restore_layout(320)
    qtbot.waitUntil(lambda: window.sidebar.width() == dp(320))
    window.resize(800, 800)
    qtbot.waitUntil(lambda: window.is_narrow)
    assert window.save_layout() == 320
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.sidebar.width() == dp(320))
