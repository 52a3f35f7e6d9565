"""Offer texts: labels by role and tone, elided labels, keycaps, badges, speaker chips.

Use::

    Label(self.tr("Nothing was removed."), "body", "text3", self)   # wraps if set_wrapping()
    ElidedLabel(title, "title", parent=self)               # ellipsis at the end, tool tip = whole
    ElidedLabel(path.name, parent=self, mode=Qt.TextElideMode.ElideMiddle)   # file names
    Keycap("Ctrl K", self); Badge(self.tr("In use"), self); SpeakerChip(2, self)  # None: unknown
    IconLabel("lock", "text2", self)                       # beside its word

An ElidedLabel needs a stretch in its layout; its size policy is Ignored but for its hint.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.fonts import set_role
from desktop.ui.icons import paint_icon
from desktop.ui.sizes import dp
from desktop.ui.style import set_tone
from desktop.ui.widgets.painting import CHIP_SIDE, Box, elided, paint_box, paint_chip, soft_edge


class Label(QLabel):
    """Plain text in a role and a tone; markup is shown as it is."""

    def __init__(
        self, text: str = "", role: str = "body", tone: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        # Titles and messages may contain "<": nothing is ever taken for markup.
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self, role)
        set_tone(self, tone)

    def set_tone(self, tone: str) -> None:
        """Give the text another colour."""
        set_tone(self, tone)

    def set_wrapping(self) -> None:
        """Let the text run over several lines, as high as it needs at its width."""
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where there is no room; its tool tip has all of it."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "text",
        parent: QWidget | None = None,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_role(self, role)
        self.setText(text)

    def setText(self, text: str) -> None:  # pylint: disable=invalid-name
        """Show another text; it is also the accessible name."""
        super().setText(text)
        self.setAccessibleName(text)
        self._refresh_tool_tip()

    def set_tone(self, tone: str) -> None:
        """Give the text another colour."""
        self._tone = tone
        self.update()

    @property
    def is_elided(self) -> bool:
        """Tell whether a part of the text is hidden."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.width()

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give the size of the whole text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 1, metrics.height())

    def minimumSizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Ask for a few letters at least."""
        return QSize(min(dp(24), self.sizeHint().width()), self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # pylint: disable=invalid-name
        """Decide anew whether the whole text needs a tool tip."""
        super().resizeEvent(event)
        self._refresh_tool_tip()

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw as much as there is room for."""
        painter = QPainter(self)
        painter.setPen(theme.color(self._tone if self.isEnabled() else "disabled"))
        line = elided(self.text(), QFontMetricsF(self.font()), self.width(), self._mode)
        flags = self.alignment() | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(QRectF(self.rect()), int(flags), line)

    def _refresh_tool_tip(self) -> None:
        self.setToolTip(self.text() if self.is_elided else "")


class Keycap(QLabel):
    """A key as it is printed on the keyboard; 20 dp."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_role(self, "caption_medium")
        set_tone(self, "text2")

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give the size of the key."""
        metrics = self.fontMetrics()
        width = max(metrics.horizontalAdvance(self.text()) + dp(12), dp(20))
        return QSize(width, max(dp(20), metrics.height() + dp(4)))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw the edge, then the text."""
        painter = QPainter(self)
        paint_box(painter, QRectF(self.rect()), Box(fill="surface", edge="line", radius=4))
        painter.end()
        super().paintEvent(event)


class Badge(QLabel):
    """A short state ("In use") on a soft fill; never clickable."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_role(self, "caption_medium")
        set_tone(self, "accent_text")

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give the size of the text and its fill."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + dp(14)
        return QSize(width, metrics.height() + dp(4))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw the fill, then the text."""
        painter = QPainter(self)
        paint_box(painter, QRectF(self.rect()), Box(fill="accent_soft", edge=soft_edge(), radius=4))
        painter.end()
        super().paintEvent(event)


class SpeakerChip(QWidget):
    """The number of a speaker on its colour; dashed and empty while the speaker is unknown."""

    def __init__(self, number: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_number(number)

    def set_number(self, number: int | None) -> None:
        """Show another speaker; numbers start at 1."""
        self._number = number
        known = self.tr("Speaker {0}").format(number)
        self.setAccessibleName(self.tr("Speaker unknown") if number is None else known)
        self.update()

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give its square; two digits are a little wider."""
        is_wide = self._number is not None and self._number > 9
        return QSize(dp(CHIP_SIDE + 6 if is_wide else CHIP_SIDE), dp(CHIP_SIDE))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw colour and number."""
        paint_chip(QPainter(self), QRectF(self.rect()), self._number)


class IconLabel(QWidget):
    """An icon that stands beside its word; not spoken, since the word is."""

    def __init__(
        self,
        icon_name: str,
        color_token: str = "text2",
        parent: QWidget | None = None,
        *,
        size: int = 16,
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._token, self._side = icon_name, color_token, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon_name: str, color_token: str = "text2") -> None:
        """Show another icon."""
        self._icon_name, self._token = icon_name, color_token
        self.update()

    def sizeHint(self) -> QSize:  # pylint: disable=invalid-name
        """Give its square."""
        return QSize(dp(self._side), dp(self._side))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw it."""
        paint_icon(QPainter(self), QRectF(self.rect()), self._icon_name, self._token)


class Separator(QFrame):
    """A hairline between parts; horizontal, or vertical if asked for."""

    def __init__(
        self,
        parent: QWidget | None = None,
        orientation: Qt.Orientation = Qt.Orientation.Horizontal,
    ) -> None:
        super().__init__(parent)
        self.setProperty("separator", True)
        if orientation is Qt.Orientation.Horizontal:
            self.setFixedHeight(1)
        else:
            self.setFixedWidth(1)
