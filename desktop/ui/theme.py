"""Dress the whole application: Fusion, one palette, one style sheet, all from the tokens.

Use: create one `Theme(application)` before the first window. Painters ask `theme.color("line")`
while they paint; who caches colours listens to `theme.current().changed`. Without a Theme (in a
small test) the light table answers. `theme.duration(160)` gives milliseconds for an animation, 0
where motion is unwanted. All in the GUI thread.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QObject, QSysInfo, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyleFactory

from desktop.ui import fonts, tokens
from desktop.ui.style import palette, style_sheet

logger = logging.getLogger(__name__)

Appearance = Literal["system", "light", "dark"]
Choice = Literal["system", "on", "off"]

_PROPERTY = "whisper_transcriber_theme"
_WINDOWS_BASE_POINTS = 9.75
"""Windows' 9 points are 12 px; at 13 px captions stay at 11."""


class Theme(QObject):
    """Keep palette, style sheet and fonts as the system and the settings want them."""

    changed = Signal()
    """Colours, contrast, motion or fonts were applied anew."""

    def __init__(self, application: QApplication, appearance: Appearance = "system") -> None:
        super().__init__(application)
        self._application = application
        self._appearance: Appearance = appearance
        self._contrast: Choice = "system"
        self._motion: Choice = "system"
        self._colors: dict[str, QColor] = {}
        application.setProperty(_PROPERTY, self)
        application.setStyle(QStyleFactory.create("Fusion"))
        _raise_small_font(application)
        application.fontChanged.connect(self._on_font_changed)
        # Kept: the wrapper of what a temporary owner returns is dead at once.
        self._hints = application.styleHints()
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._apply)
        self._accessibility.contrastPreferenceChanged.connect(self._apply)
        self.set_appearance(appearance)

    def set_appearance(self, appearance: Appearance) -> None:
        """Follow the system, or stay light or dark."""
        self._appearance = appearance
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        # Native frames and file dialogs follow this too.
        self._hints.setColorScheme(schemes.get(appearance, Qt.ColorScheme.Unknown))
        self._apply()

    def set_high_contrast(self, choice: Choice) -> None:
        """Follow the system's contrast preference, or set it."""
        self._contrast = choice
        self._apply()

    def set_reduced_motion(self, choice: Choice) -> None:
        """Follow the system, or set whether nothing moves."""
        self._motion = choice
        self.changed.emit()

    def set_reading(self, scale: float, *, serif: bool) -> None:
        """Set size (0.9–2.5 times the title size) and face of the transcript's text."""
        fonts.set_reading(scale, serif=serif)
        fonts.refresh_roles()
        self.changed.emit()

    def remove(self) -> None:
        """Undress the application; for tests, which share one."""
        self._application.fontChanged.disconnect(self._on_font_changed)
        self._application.setProperty(_PROPERTY, None)
        self._application.setStyleSheet("")
        self._hints.setColorScheme(Qt.ColorScheme.Unknown)
        self.deleteLater()

    @property
    def is_dark(self) -> bool:
        """Tell whether the dark table is in use."""
        if self._appearance == "system":
            return self._hints.colorScheme() is Qt.ColorScheme.Dark
        return self._appearance == "dark"

    @property
    def is_high_contrast(self) -> bool:
        """Tell whether fills must also have outlines."""
        if self._contrast == "system":
            preference = self._accessibility.contrastPreference()
            return preference is Qt.ContrastPreference.HighContrast
        return self._contrast == "on"

    @property
    def is_motion_reduced(self) -> bool:
        """Tell whether nothing may move."""
        if self._motion == "system":
            hint = QStyle.StyleHint.SH_Widget_Animation_Duration
            return self._application.style().styleHint(hint) == 0
        return self._motion == "on"

    def color(self, token: str) -> QColor:
        """Give a token's colour; KeyError if there is no such token."""
        return self._colors[token]

    def _apply(self) -> None:
        table = dict(tokens.table(dark=self.is_dark, high_contrast=self.is_high_contrast))
        if self.is_high_contrast and QSysInfo.productType() == "windows":
            table.update(_system_colors(self._application.style().standardPalette()))
        self._colors = {token: QColor(value) for token, value in table.items()}
        self._application.setPalette(palette(self._colors))
        self._application.setStyleSheet(style_sheet(table))
        self.changed.emit()

    def _on_font_changed(self) -> None:
        fonts.refresh_roles()
        self._apply()


def _raise_small_font(application: QApplication) -> None:
    font = application.font()
    if sys.platform == "win32" and 0 < font.pointSizeF() < _WINDOWS_BASE_POINTS:
        font = QFont(font)
        font.setPointSizeF(_WINDOWS_BASE_POINTS)
        application.setFont(font)


def _system_colors(system: QPalette) -> Mapping[str, str]:
    """Take over the colours of a Windows contrast theme."""
    roles = {
        QPalette.ColorRole.Window: ("window", "surface", "raised", "sunken", "seg_on", "hover"),
        QPalette.ColorRole.WindowText: ("text", "text2", "text3", "line", "line_button"),
        QPalette.ColorRole.Highlight: ("accent", "accent_hover", "accent_pressed"),
        QPalette.ColorRole.HighlightedText: ("on_accent",),
        QPalette.ColorRole.Link: ("accent_text",),
    }
    return {token: system.color(role).name() for role, names in roles.items() for token in names}


def current() -> Theme | None:
    """Give the application's theme; None before there is one."""
    application = QApplication.instance()
    found = application.property(_PROPERTY) if application is not None else None
    return found if isinstance(found, Theme) else None


def color(token: str) -> QColor:
    """Give a token's colour in the present theme; KeyError if there is no such token."""
    found = current()
    return found.color(token) if found is not None else QColor(tokens.LIGHT[token])


def is_high_contrast() -> bool:
    """Tell whether fills must also have outlines."""
    found = current()
    return found is not None and found.is_high_contrast


def duration(milliseconds: int) -> int:
    """Give the length of an animation: as asked, or 0 where motion is unwanted."""
    found = current()
    return 0 if found is not None and found.is_motion_reduced else milliseconds
