"""Give the fonts of the design by role: factors of the system font, figures tabular.

Use: `set_role(label, "caption")` for widgets (it follows a change of the system font), or
`font("title")` for painting and text documents. Roles: caption, caption_strong, body, medium,
strong, title, display, reading, review, review_strong. The family is always the system's.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.sizes import font_pixels

_NORMAL, _MEDIUM, _STRONG = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold

ROLES: Final = {
    "caption": (0.85, _NORMAL),
    "caption_medium": (0.85, _MEDIUM),
    "caption_strong": (0.85, _STRONG),
    "body": (1.0, _NORMAL),
    "medium": (1.0, _MEDIUM),
    "strong": (1.0, _STRONG),
    "title": (1.23, _STRONG),
    "display": (1.69, _STRONG),
    "reading": (1.23, _NORMAL),
    "reading_strong": (1.23, _STRONG),
    "review": (1.54, _NORMAL),
    "review_strong": (1.54, _STRONG),
}
"""Factor of the system font's size, and weight."""

SMALLEST_PIXELS = 11.0
"""No role is smaller than this, unless the system font itself is."""

READING_LINE_HEIGHT = 1.6
"""Line height of the reading role, times the font size."""

_SCALE, _SERIF, _ROLE = "reading_scale", "reading_serif", "font_role"
_KEPT_BY_QT = "_q_styleSheetWidgetFont"
"""Where Qt's style sheets keep the font a widget had when it was polished; they bring it back."""


def font(role: str) -> QFont:
    """Give the font of a role; KeyError if there is no such role."""
    factor, weight = ROLES[role]
    base = QApplication.font()
    is_reading = role.startswith("reading")
    if is_reading:
        factor *= reading_scale()
        if _stored(_SERIF):
            base.setFamilies([_serif_family(), *base.families()])
    _resize(base, factor)
    base.setWeight(weight)
    base.setFeature(QFont.Tag.fromString("tnum"), 1)
    return base


def _resize(base: QFont, factor: float) -> None:
    system = font_pixels(base)
    if factor < 1 and system >= SMALLEST_PIXELS:
        factor = max(factor, SMALLEST_PIXELS / system)
    if base.pixelSize() > 0:
        base.setPixelSize(round(base.pixelSize() * factor))
    else:
        base.setPointSizeF(base.pointSizeF() * factor)


def _serif_family() -> str:
    generic = QFont()
    generic.setStyleHint(QFont.StyleHint.Serif)
    return (
        generic.defaultFamily()
        or QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    )


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget the font of a role, now and after every change of the system font."""
    widget.setProperty(_ROLE, role)
    _use(widget, font(role))


def _use(widget: QWidget, wanted: QFont) -> None:
    widget.setFont(wanted)
    if widget.property(_KEPT_BY_QT) is not None:
        widget.setProperty(_KEPT_BY_QT, wanted)


def refresh_roles() -> None:
    """Give every widget with a role its font anew; the theme calls this when fonts change."""
    for widget in QApplication.allWidgets():
        role = widget.property(_ROLE)
        if role:
            _use(widget, font(role))


def set_reading(scale: float, *, serif: bool) -> None:
    """Choose size (0.9–2.5 times) and face of the reading role; `Theme.set_reading` calls this."""
    application = QApplication.instance()
    if application is not None:
        application.setProperty(_SCALE, min(2.5, max(0.9, scale)))
        application.setProperty(_SERIF, serif)


def reading_scale() -> float:
    """Tell how large a person wants the transcript, 0.9–2.5."""
    value = _stored(_SCALE)
    return value if isinstance(value, float) else 1.0


def _stored(name: str) -> object:
    application = QApplication.instance()
    return application.property(name) if application is not None else None
