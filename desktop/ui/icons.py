"""Draw the program's icons in the colours of the theme, sharp at every scaling.

Use: `button.setIcon(icon("search"))`; for painting `icon_pixmap("check", "on_accent", 14)` or
`paint_icon(painter, rect, "check", "accent")`. Sizes are dp: 16 in rows and buttons, 18 in icon
buttons, 14 chevrons. Names are those of the files in `desktop/resources/icons` (Lucide).
Icons read their colour when they are painted, so that they follow a change of the theme.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer

from desktop.ui import theme
from desktop.ui.sizes import dp

FOLDER = Path(__file__).parents[1] / "resources" / "icons"
STROKE = "1.75"


class _ThemedIcon(QIconEngine):
    """Paint one icon in a colour token; a disabled or selected mode chooses another token."""

    def __init__(self, name: str, token: str, size: int) -> None:
        super().__init__()
        self._name, self._token, self._size = name, token, size

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw at the resolution of the painter's device."""
        paint_icon(painter, QRectF(rect), self._name, self._token_for(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """Give a pixmap of this size in device pixels."""
        side = min(size.width(), size.height())
        return _pixmap(self._name, theme.color(self._token_for(mode)), side, 1.0)

    # Qt's own name for the method.
    def scaledPixmap(  # pylint: disable=invalid-name
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        """Give a pixmap for a scaled screen; the size is in device-independent pixels."""
        side = min(size.width(), size.height())
        return _pixmap(self._name, theme.color(self._token_for(mode)), side, scale)

    def actualSize(  # pylint: disable=invalid-name
        self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State
    ) -> QSize:
        """Keep to the designed size where there is room for it."""
        side = min(size.width(), size.height(), dp(self._size))
        return QSize(side, side)

    def isNull(self) -> bool:  # pylint: disable=invalid-name
        """Tell Qt that there is something to draw."""
        return False

    def clone(self) -> QIconEngine:
        """Copy for a copied icon."""
        return _ThemedIcon(self._name, self._token, self._size)

    def _token_for(self, mode: QIcon.Mode) -> str:
        return "disabled" if mode is QIcon.Mode.Disabled else self._token


def icon(name: str, color_token: str = "text2", size: int = 16) -> QIcon:
    """Give an icon that follows theme and screen; FileNotFoundError if there is no such file."""
    _source(name)
    return QIcon(_ThemedIcon(name, color_token, size))


def icon_pixmap(name: str, color_token: str = "text2", size: int = 16) -> QPixmap:
    """Give a pixmap in the theme's present colour, for the sharpest screen there is."""
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    return _pixmap(name, theme.color(color_token), dp(size), ratio)


def paint_icon(painter: QPainter, rect: QRectF, name: str, color_token: str) -> None:
    """Draw an icon in the middle of a rectangle, as large as its shorter side."""
    side = min(rect.width(), rect.height())
    ratio = painter.device().devicePixelRatio()
    pixmap = _pixmap(name, theme.color(color_token), round(side), ratio)
    # Whole pixels, or thin strokes blur.
    left = round(rect.center().x() - side / 2)
    top = round(rect.center().y() - side / 2)
    painter.drawPixmap(left, top, pixmap)


def _pixmap(name: str, color: QColor, side: int, ratio: float) -> QPixmap:
    key = f"icon/{name}/{color.name(QColor.NameFormat.HexArgb)}/{side}/{ratio:.3f}"
    known = QPixmap()
    if QPixmapCache.find(key, known):
        return known
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    svg = _source(name).replace("currentColor", color.name())
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap


@cache
def _source(name: str) -> str:
    """Read an icon once; a few hundred bytes from the program's own folder."""
    base, _, form = name.partition(":")
    svg = (FOLDER / f"{base}.svg").read_text(encoding="utf-8")
    svg = svg.replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    if form == "filled":
        svg = svg.replace('fill="none"', 'fill="currentColor"')
    return svg
