"""Check sizes, fonts, icons and the theme that applies them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.ui import theme, tokens
from desktop.ui.fonts import ROLES, font, reading_scale, set_role
from desktop.ui.icons import FOLDER, icon
from desktop.ui.sizes import dp, font_pixels
from desktop.ui.theme import Theme
from tests.desktop.ui.gallery import use_design_font


@pytest.fixture
def dress(qapp: QApplication, qtbot: QtBot) -> Iterator[Theme]:
    """Give a light theme with the design's font at 100 %."""
    before = QFont(qapp.font())
    use_design_font(qapp)
    made = Theme(qapp, "light")
    made.set_high_contrast("off")
    yield made
    made.set_reading(1.0, serif=False)
    made.remove()
    qapp.setFont(before)


def test_sizes_follow_the_system_font(dress: Theme, qapp: QApplication) -> None:
    assert (dp(32), dp(1), dp(0)) == (32, 1, 0)
    use_design_font(qapp, 150)
    assert dp(32) == 48
    use_design_font(qapp, 200)
    assert (dp(32), dp(1)) == (64, 2)


def test_roles_have_the_sizes_of_the_design(dress: Theme) -> None:
    pixels = {role: font_pixels(font(role)) for role in ROLES}
    assert pixels["body"] == pytest.approx(13)
    assert pixels["caption"] == pytest.approx(11, abs=0.1)
    assert pixels["title"] == pytest.approx(16, abs=0.1)
    assert pixels["display"] == pytest.approx(22, abs=0.1)
    assert pixels["review"] == pytest.approx(20, abs=0.1)


def test_captions_never_get_smaller_than_eleven_pixels(dress: Theme, qapp: QApplication) -> None:
    small = QFont(qapp.font())
    small.setPixelSize(12)
    qapp.setFont(small)
    assert font_pixels(font("caption")) == 11


def test_figures_are_tabular(dress: Theme) -> None:
    label = QLabel("1111")
    set_role(label, "caption")
    narrow = label.fontMetrics().horizontalAdvance("1111")
    assert narrow == label.fontMetrics().horizontalAdvance("0000")


def test_a_role_follows_a_change_of_the_system_font(
    dress: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    label = QLabel("Title")
    qtbot.addWidget(label)
    set_role(label, "title")
    use_design_font(qapp, 200)
    assert font_pixels(label.font()) == pytest.approx(32, abs=0.2)


def test_the_reading_size_is_a_persons_own_and_has_limits(dress: Theme, qtbot: QtBot) -> None:
    before = font_pixels(font("reading"))
    with qtbot.waitSignal(dress.changed):
        dress.set_reading(2.0, serif=False)
    assert font_pixels(font("reading")) == pytest.approx(2 * before, abs=0.2)
    dress.set_reading(9.0, serif=False)
    assert reading_scale() == 2.5
    assert font_pixels(font("body")) == pytest.approx(13)


@pytest.mark.parametrize("name", sorted(file.stem for file in FOLDER.glob("*.svg")))
def test_every_icon_is_drawn_in_its_colour(dress: Theme, name: str) -> None:
    image = icon(name, "danger").pixmap(QSize(24, 24), 1.0).toImage()
    strongest = max(
        (image.pixelColor(x, y) for x in range(24) for y in range(24)), key=QColor.alpha
    )
    assert strongest.alpha() > 120
    assert abs(strongest.red() - theme.color("danger").red()) < 12


def test_an_icon_without_a_file_is_refused_at_once(dress: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_icons_follow_the_theme(dress: Theme) -> None:
    made = icon("search", "text")
    light = made.pixmap(QSize(24, 24), 1.0).toImage()
    dress.set_appearance("dark")
    dark = made.pixmap(QSize(24, 24), 1.0).toImage()
    assert _lightest(light) < 60 < 200 < _lightest(dark)


def _lightest(image: QImage) -> int:
    colors = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
    return max(color.lightness() for color in colors if color.alpha() > 200)


def test_icons_are_sharp_on_a_scaled_screen(dress: Theme) -> None:
    pixmap = icon("search").pixmap(QSize(16, 16), 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (32, 2.0)


def test_the_palette_is_that_of_the_table(dress: Theme, qapp: QApplication) -> None:
    dress.set_appearance("dark")
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Window).name().upper() == tokens.DARK["window"]
    assert palette.color(QPalette.ColorRole.Accent).name().upper() == tokens.DARK["accent"]
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled.name().upper() == tokens.DARK["disabled"]
    assert theme.color("text").name().upper() == tokens.DARK["text"]


def test_a_change_of_the_system_is_followed_unless_a_person_chose(
    dress: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    dress.set_appearance("system")
    assert dress.is_dark is (qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark)
    dress.set_appearance("dark")
    with qtbot.waitSignal(dress.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert dress.is_dark


def test_high_contrast_replaces_the_table(dress: Theme) -> None:
    dress.set_high_contrast("on")
    assert theme.color("text3").name().upper() == "#000000"
    assert theme.is_high_contrast()
    dress.set_high_contrast("off")
    assert theme.color("text3").name().upper() == tokens.LIGHT["text3"]


def test_reduced_motion_stops_every_animation(dress: Theme) -> None:
    dress.set_reduced_motion("off")
    assert theme.duration(160) == 160
    dress.set_reduced_motion("on")
    assert theme.duration(160) == 0


def test_colours_are_there_before_a_theme_is(qapp: QApplication) -> None:
    assert theme.current() is None
    assert theme.color("accent").name().upper() == tokens.LIGHT["accent"]
    assert not theme.is_high_contrast()
    assert theme.duration(120) == 120
