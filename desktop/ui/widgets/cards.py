"""Offer inline cards: a sentence what happened, one what to do, at most two buttons, a code.

Use::

    card = InlineCard("danger", self)                       # info, warn, danger
    card.set_about(path.name)                               # the file it is about, if any
    card.set_message(self.tr("The disk is full, …"), self.tr("Free about 200 MB …"), code)
    card.set_buttons([CardButton("continue", self.tr("Continue"), "primary"), …])
    card.button_clicked.connect(…)                          # str: the key
    card.set_stacked(True)      # buttons below the text (a stopped job); else at its right

It stays until it is settled and sits where the thing is. Long sentences wrap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.fonts import set_role
from desktop.ui.sizes import RADIUS_CARD, dp
from desktop.ui.widgets.buttons import Button, Kind
from desktop.ui.widgets.labels import ElidedLabel, IconLabel, Label
from desktop.ui.widgets.painting import Box, paint_box, soft_edge

CardKind = Literal["info", "warn", "danger"]
_LOOKS = {
    "info": ("accent_soft", "info", "accent_text"),
    "warn": ("warn_soft", "triangle-alert", "warn"),
    "danger": ("danger_soft", "circle-alert", "danger"),
}


@dataclass(frozen=True, slots=True)
class CardButton:
    """A button of a card."""

    key: str
    text: str
    kind: Kind = "normal"
    icon_name: str = ""


class InlineCard(QWidget):  # pylint: disable=too-many-instance-attributes
    """A soft fill with an icon, sentences and buttons."""

    button_clicked = Signal(str)
    """The key of the button."""

    def __init__(self, kind: CardKind = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fill, icon, token = _LOOKS[kind]
        self._icon = IconLabel(icon, token, self, size=18)
        self._about = ElidedLabel("", "caption", "text2", self, mode=Qt.TextElideMode.ElideMiddle)
        self._sentence = Label("", "medium", "text", self)
        self._detail = Label("", "body", "text2", self)
        self._code = Label("", "caption", "text2", self)
        self._buttons: list[Button] = []
        self._is_stacked = False
        self._sentence.set_wrapping()
        self._detail.set_wrapping()
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._texts = QVBoxLayout()
        self._texts.setSpacing(dp(2))
        self._texts.addWidget(self._about)
        self._texts.addWidget(self._sentence)
        self._texts.addWidget(self._detail)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(dp(8))
        self._main = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._main.setSpacing(dp(12))
        self._main.addLayout(self._texts, 1)
        self._main.addLayout(self._actions)
        self._outer = layout = QHBoxLayout(self)
        layout.setContentsMargins(dp(13), dp(8), dp(8), dp(8))
        layout.setSpacing(dp(9))
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(self._main, 1)
        self._place_code()
        self.set_about("")
        self.set_message("")

    def set_kind(self, kind: CardKind) -> None:
        """Change how grave it looks."""
        self._fill, icon, token = _LOOKS[kind]
        self._icon.set_icon(icon, token)
        self.update()

    def set_icon_name(self, icon_name: str) -> None:
        """Show an icon that fits better than the kind's own."""
        token = next(look[2] for look in _LOOKS.values() if look[0] == self._fill)
        self._icon.set_icon(icon_name, token)

    def set_about(self, name: str) -> None:
        """Name the file that the card is about, above the sentence; empty: none."""
        self._about.setText(name)
        self._about.setVisible(bool(name))
        self._refresh_name()

    def set_message(self, sentence: str, detail: str = "", code: str = "") -> None:
        """Say what happened and what to do; the code can be selected and copied."""
        self._sentence.setText(sentence)
        self._detail.setText(detail)
        self._code.setText(code)
        self._detail.setVisible(bool(detail))
        self._code.setVisible(bool(code))
        self._refresh_name()

    def _refresh_name(self) -> None:
        parts = (label.text() for label in (self._about, self._sentence, self._detail))
        self.setAccessibleName(" ".join(part for part in parts if part))

    def set_buttons(self, buttons: Sequence[CardButton]) -> None:
        """Offer ways out; the first two are seen first, a quiet third may show details."""
        for old in self._buttons:
            self._actions.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        for place, wanted in enumerate(buttons):
            button = Button(wanted.text, wanted.kind, wanted.icon_name or None, self)
            button.clicked.connect(partial(self.button_clicked.emit, wanted.key))
            self._actions.insertWidget(place, button)
            self._buttons.append(button)

    def button(self, place: int) -> Button:
        """Give a button, to focus it; IndexError if there is none."""
        return self._buttons[place]

    def set_stacked(self, stacked: bool) -> None:
        """Put the buttons below the text, for a card that must be answered; or at its right."""
        self._is_stacked = stacked
        directions = QBoxLayout.Direction
        self._main.setDirection(directions.TopToBottom if stacked else directions.LeftToRight)
        self._main.setSpacing(dp(8 if stacked else 12))
        self._texts.setSpacing(dp(8 if stacked else 2))
        margins = (16, 16, 16, 16) if stacked else (13, 8, 8, 8)
        self._outer.setContentsMargins(*(dp(n) for n in margins))
        top, middle = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
        self._outer.setAlignment(self._icon, top if stacked else middle)
        self._place_code()

    def _place_code(self) -> None:
        set_role(self._sentence, "strong" if self._is_stacked else "medium")
        set_role(self._detail, "body" if self._is_stacked else "caption")
        while self._actions.count() > len(self._buttons):
            self._actions.takeAt(self._actions.count() - 1)
        if self._is_stacked:
            self._actions.addStretch(1)
        self._actions.addWidget(self._code, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw the fill."""
        box = Box(fill=self._fill, edge=soft_edge(), radius=RADIUS_CARD, width=2)
        paint_box(QPainter(self), QRectF(self.rect()), box)
