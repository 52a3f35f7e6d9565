"""Paint what the controls have in common: rounded fills with edges, chips, dots, elided text.

Use: only inside `paintEvent` and item delegates. Sizes are dp, colours are names of tokens.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.fonts import font
from desktop.ui.sizes import dpf
from desktop.ui.tokens import speaker_token

CHIP_SIDE = 18
CHIP_RADIUS = 5
DOT_WIDTH, DOT_HEIGHT, DOT_GAP = 8, 6, 3


@dataclass(frozen=True, slots=True)
class Box:
    """How a rounded rectangle looks: tokens, empty for none; sizes in dp."""

    fill: str = ""
    edge: str = ""
    radius: float = 6
    width: float = 1


def paint_box(painter: QPainter, rect: QRectF, box: Box) -> None:
    """Draw a rounded rectangle whose edge lies inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(box.fill) if box.fill else Qt.BrushStyle.NoBrush)
    radius = dpf(box.radius)
    if box.edge:
        width = max(1.0, float(round(dpf(box.width)))) if box.width > 1 else 1.0
        painter.setPen(QPen(theme.color(box.edge), width))
        rect = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        radius = max(0.0, radius - width / 2)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


def paint_dashed_box(painter: QPainter, rect: QRectF, box: Box) -> None:
    """Draw a rounded rectangle with a dashed edge inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = dpf(box.width)
    pen = QPen(theme.color(box.edge), width)
    pen.setDashPattern([3.0, 2.4] if box.width < 2 else [4.0, 3.0])
    painter.setPen(pen)
    painter.setBrush(theme.color(box.fill) if box.fill else Qt.BrushStyle.NoBrush)
    inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.drawRoundedRect(inner, dpf(box.radius), dpf(box.radius))
    painter.restore()


def paint_chip(painter: QPainter, rect: QRectF, number: int | None) -> None:
    """Draw a speaker's chip in the middle of `rect`; None: speaker unknown, dashed and empty."""
    side = dpf(CHIP_SIDE)
    metrics = QFontMetricsF(font("caption_strong"))
    width = max(side, metrics.horizontalAdvance(str(number or "")) + dpf(6))
    chip = QRectF(0, 0, round(width), round(side))
    chip.moveCenter(rect.center())
    chip.moveTo(round(chip.left()), round(chip.top()))
    if number is None:
        paint_dashed_box(painter, chip, Box(edge="line_strong", radius=CHIP_RADIUS, width=1.2))
        return
    token = speaker_token(number)
    paint_box(painter, chip, Box(fill=token, radius=CHIP_RADIUS))
    painter.save()
    painter.setFont(font("caption_strong"))
    painter.setPen(theme.color(f"{token}_digit"))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, str(number))
    painter.restore()


def paint_dots(painter: QPainter, rect: QRectF, number: int, of: int = 5) -> None:
    """Draw a measure of `number` of `of` steps at the left of `rect`, centred vertically."""
    width, height, gap = dpf(DOT_WIDTH), dpf(DOT_HEIGHT), dpf(DOT_GAP)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    top = rect.center().y() - height / 2
    for step in range(of):
        dot = QRectF(rect.left() + step * (width + gap), top, width, height)
        is_on = step < number
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("text2" if is_on else "bar_empty"))
        if theme.is_high_contrast() and not is_on:
            painter.setPen(QPen(theme.color("text"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            dot = dot.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(dot, dpf(2), dpf(2))
    painter.restore()


def paint_bar(painter: QPainter, rect: QRectF, fraction: float, track: str = "bar_empty") -> None:
    """Draw a progress bar that fills `rect`, done from where lines begin; fraction 0–1."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = rect.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(track))
    painter.drawRoundedRect(rect, radius, radius)
    if theme.is_high_contrast():
        painter.setPen(QPen(theme.color("text"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
    done = QRectF(rect)
    done.setWidth(rect.width() * min(1.0, max(0.0, fraction)))
    if done.width() > 0:
        done.setWidth(max(done.width(), rect.height()))
        if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            done.moveRight(rect.right())
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(done, radius, radius)
    painter.restore()


def elided(text: str, metrics: QFontMetricsF, width: float, mode: Qt.TextElideMode) -> str:
    """Give a single line of text, shortened with an ellipsis if it is wider than `width`."""
    line = " ".join(text.splitlines()) if "\n" in text else text
    return metrics.elidedText(line, mode, width)


def is_hovered(widget: QWidget) -> bool:
    """Tell whether the pointer is over an enabled widget."""
    return widget.isEnabled() and widget.underMouse()


def soft_edge(token: str = "text") -> str:
    """Name the outline of a tinted fill: none, but the text's colour at high contrast."""
    return token if theme.is_high_contrast() else ""
