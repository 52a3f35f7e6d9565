"""Render every control in every state, as the design's picture 11, to be looked at and tested.

Run: `python -m tests.desktop.ui.gallery FOLDER` writes light and dark at 100, 150 and 200 % and
both high contrasts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontDatabase, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.fonts import font
from desktop.ui.sizes import dp, dpf
from desktop.ui.style import set_surface
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import Button, IconButton, Kind
from desktop.ui.widgets.cards import CardButton, CardKind, InlineCard
from desktop.ui.widgets.focus_ring import _Ring, ring_radius
from desktop.ui.widgets.inputs import Input, SearchButton, SearchField
from desktop.ui.widgets.labels import Badge, Keycap, Label, SpeakerChip
from desktop.ui.widgets.painting import Box, paint_box
from desktop.ui.widgets.panels import EmptyDrawing
from desktop.ui.widgets.progress import Dots, ProgressBar, RingProgress
from desktop.ui.widgets.row_painting import paint_row, paint_section
from desktop.ui.widgets.row_values import Row, RowButton, Section
from desktop.ui.widgets.segmented import Segment, SegmentedControl
from desktop.ui.widgets.switch import Switch
from desktop.ui.widgets.toast import Toast
from desktop.ui.widgets.value_button import Choice, ValueButton

FONTS = Path(__file__).parents[2] / "data" / "fonts"
_COLORS = (
    ("window", "surface", "sunken", "hover", "selected", "line"),
    ("text", "text2", "text3", "line_button", "line_strong", "seg_on"),
    ("accent", "accent_tint", "accent_soft", "warn", "danger", "danger_soft"),
)
_TYPE = (
    ("display", "Drop a recording here"),
    ("title", "Interview Kowalski"),
    ("reading", "I had something in my eye, it was the wind."),
    ("strong", "Doubtful words"),
    ("body", "Stops the sound at the first key."),
    ("caption", "1:02:14  ·  English 98 %"),
)


def use_design_font(application: QApplication, percent: int = 100) -> None:
    """Make Inter of 13 px, times a scale, the system font; pictures are compared with it."""
    for file in sorted(FONTS.glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    inter = QFont("Inter")
    inter.setPointSizeF(9.75 * percent / 100)
    application.setFont(inter)


class Rows(QWidget):
    """Rows of lists in given states, painted as a delegate would."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        states = QStyle.StateFlag
        pause = RowButton("pause", "pause", "Pause")
        cancel = RowButton("cancel", "x", "Cancel")
        none, rest = states.State_None, states.State_Enabled
        nowak = Row("Interview Nowak", "file-text", caption="48:20")
        kowalski = Row("Interview Kowalski", "file-text", caption="1:02:14")
        stopped = Row("Council meeting 12 May", "circle-alert", "danger", "stopped", "danger")
        job = Row(
            "Council meeting 12 May with a long name",
            "file-audio",
            second_line="47 % · about 3 min left",
            fraction=0.47,
            buttons=(pause, cancel),
            shows_buttons=True,
        )
        self._rows: list[tuple[Row | Section, QStyle.StateFlag, int, int]] = [
            (nowak, rest, 0, 0),
            (kowalski, states.State_Selected, 1, 0),
            (nowak, states.State_MouseOver, 0, 1),
            (kowalski, states.State_Selected | states.State_HasFocus, 1, 1),
            (stopped, none, 0, 2),
            (
                Row("A very long name that is cut at its end", "file-text", caption="6:52"),
                none,
                1,
                2,
            ),
            (
                Section("Running", buttons=(RowButton("p", "circle-pause", "Pause all"),)),
                none,
                0,
                3,
            ),
            (Section("Thesis", "4", is_open=False), none, 1, 3),
            (job, states.State_Selected, 0, 4),
            (job, none, 1, 4),
        ]
        self.setMinimumHeight(dp(4 * 34 + 58))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw them in two columns."""
        painter = QPainter(self)
        width = self.width() // 2
        for row, state, column, line in self._rows:
            option = QStyleOptionViewItem()
            height = dp(56 if isinstance(row, Row) and row.second_line else 32)
            option.rect = QRect(column * width, dp(34) * line, width, height)
            option.state = state
            if isinstance(row, Section):
                paint_section(painter, option, row)
            else:
                paint_row(painter, option, row)


class Swatches(QWidget):
    """Colours with their names."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumSize(dp(6 * 76), dp(3 * 54))

    def paintEvent(self, _event: QPaintEvent) -> None:  # pylint: disable=invalid-name
        """Draw them."""
        painter = QPainter(self)
        painter.setFont(font("caption"))
        for line, tokens in enumerate(_COLORS):
            for column, token in enumerate(tokens):
                area = QRect(dp(76) * column, dp(54) * line, dp(68), dp(25)).toRectF()
                paint_box(painter, area, Box(fill=token, edge="line"))
                painter.setPen(theme.color("text2"))
                painter.drawText(round(area.left()), dp(54) * line + dp(40), token)


class Gallery(QWidget):
    """All controls on one page; the ring of each focused one is drawn without a focus."""

    def __init__(self) -> None:
        super().__init__()
        set_surface(self, "surface")
        self._rings: list[QWidget] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(dp(32), dp(24), dp(32), dp(24))
        grid.setHorizontalSpacing(dp(40))
        grid.setVerticalSpacing(dp(16))
        sections = (
            ("Buttons", self._buttons(), "Inputs and choices", self._inputs()),
            ("List rows", _boxed([Rows(self)]), "Messages", self._messages()),
            ("Type", self._type(), "Colours", _boxed([Swatches(self)])),
        )
        for line, (left, left_part, right, right_part) in enumerate(sections):
            grid.addWidget(Label(left, "strong", parent=self), 2 * line, 0)
            grid.addWidget(Label(right, "strong", parent=self), 2 * line, 1)
            grid.addLayout(left_part, 2 * line + 1, 0)
            grid.addLayout(right_part, 2 * line + 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(6, 1)

    def settle(self) -> None:
        """Lay out and draw the rings; call it after `show`."""
        QApplication.processEvents()
        for widget in self._rings:
            reach = round(dpf(4)) + 1
            ring = _Ring(self, ring_radius(widget) or 6.0)
            corner = widget.mapTo(self, widget.rect().topLeft())
            ring.setGeometry(QRect(corner, widget.size()).adjusted(-reach, -reach, reach, reach))
            ring.show()

    def _buttons(self) -> QLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(dp(12))
        grid.setVerticalSpacing(dp(10))
        kinds: tuple[tuple[str, Kind], ...] = (
            ("Review 14", "primary"),
            ("Export", "normal"),
            ("Start again", "quiet"),
            ("Delete…", "danger"),
        )
        for column, state in enumerate(("Rest", "Hover", "Pressed", "Focus", "Disabled")):
            grid.addWidget(Label(state, "caption", "text2", self), 0, column)
            for line, (text, kind) in enumerate(kinds):
                button = Button(text, kind, parent=self)
                self._force(button, state)
                grid.addWidget(button, line + 1, column, Qt.AlignmentFlag.AlignLeft)
        icons = Button("Choose files…", "primary", "folder-open", self)
        keyed = Button("Review 9", "normal", "list-checks", self)
        keyed.set_key("F8")
        small = Button("Restore", parent=self)
        small.set_small()
        grid.addLayout(_row([icons, keyed, small]), 5, 0, 1, 5)
        return grid

    def _force(self, button: Button, state: str) -> None:
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, state == "Hover")
        button.setDown(state == "Pressed")
        button.setEnabled(state != "Disabled")
        if state == "Focus":
            self._rings.append(button)

    def _inputs(self) -> QLayout:
        plain, focused, wrong = (Input(name, self) for name in ("Start", "End", "Length"))
        plain.edit.setText("12:31.02")
        focused.edit.setText("12:31.02")
        wrong.edit.setText("12:3x")
        wrong.set_error("Write minutes:seconds.")
        focused.edit.setFocus()
        speed = ValueButton("Speed", [Choice("1.25", "1.25×"), Choice("1", "1×")], "1.25", self)
        follow, numbers = Switch("Follow", self), Switch("Line numbers", self)
        follow.setChecked(True)
        off = Switch("Off", self)
        off.setEnabled(False)
        views = SegmentedControl(
            "View",
            [Segment("document", "Document", "file-text"), Segment("cues", "Cues", "captions")],
            self,
        )
        views.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        inspector, search = IconButton("panel-right", "Inspector", self), IconButton(
            "search", "Search", self
        )
        inspector.setCheckable(True)
        inspector.setChecked(True)
        chips = [SpeakerChip(number, self) for number in (*range(1, 9), 12, None)]
        bar = ProgressBar("Transcribing", self)
        bar.set_fraction(0.62)
        ring = RingProgress("Council meeting", self)
        ring.set_fraction(0.47)
        field = SearchField("Search settings", self, keys="Ctrl F")
        filled = SearchField("Search settings", self, keys="Ctrl F")
        filled.setText("speaker")
        return _boxed(
            [
                _row([plain, focused, wrong, speed]),
                _row([follow, numbers, off, inspector, search]),
                _row([views]),
                _row([Keycap("Ctrl K", self), Keycap("F8", self), Badge("In use", self), *chips]),
                bar,
                _row([SearchButton("Search all", "Ctrl K", self), field, filled]),
                _row([ring, Dots(4, "Speed", self), EmptyDrawing(self)]),
            ]
        )

    def _messages(self) -> QLayout:
        parts: list[QWidget] = []
        cards: tuple[tuple[CardKind, str, CardButton], ...] = (
            ("info", "Two recordings were transcribed before.", CardButton("show", "Show them")),
            (
                "warn",
                "Graphics memory is full. Going on with the processor.",
                CardButton("details", "Details", "quiet"),
            ),
            ("danger", "The recording was moved or deleted.", CardButton("find", "Find it…")),
        )
        for kind, sentence, button in cards:
            card = InlineCard(kind, self)
            card.set_message(sentence)
            card.set_buttons([button])
            parts.append(card)
        note = InlineCard("info", self)
        note.set_icon_name("package")
        note.set_message(
            "The base model is not on this computer yet.",
            "145 MB, once. An hour of recording takes about 5 minutes here.",
        )
        note.set_buttons([CardButton("download", "Download")])
        full = InlineCard("danger", self)
        full.set_stacked(True)
        full.set_message(
            "The disk is full, so transcription stopped at 29:04.",
            "Free about 200 MB and continue. The 64 paragraphs below are saved and will not be "
            "decoded again.",
            "library.disk_full",
        )
        full.set_buttons(
            [
                CardButton("continue", "Continue", "primary"),
                CardButton("open", "Open the folder", "normal", "folder-open"),
                CardButton("details", "Details", "quiet"),
            ]
        )
        toast = Toast("3 passages were restored.", "Undo", self)
        return _boxed([*parts, note, full, _row([toast])])

    def _type(self) -> QLayout:
        layout = QVBoxLayout()
        layout.setSpacing(dp(8))
        for role, text in _TYPE:
            info = Label(role, "caption", "text2", self)
            layout.addLayout(_row([Label(text, role, parent=self), None, info]))
        layout.addStretch(1)
        return layout


def _row(widgets: Iterable[QWidget | None]) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(dp(12))
    has_stretch = False
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
            has_stretch = True
        else:
            layout.addWidget(widget)
    if not has_stretch:
        layout.addStretch(1)
    return layout


def _boxed(parts: Iterable[QWidget | QLayout]) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setSpacing(dp(10))
    for part in parts:
        if isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    layout.addStretch(1)
    return layout


def render(folder: Path) -> None:
    """Write the pictures of every appearance."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    dress = Theme(application, "light")
    for percent in (100, 150, 200):
        use_design_font(application, percent)
        for name, appearance, contrast in (
            ("light", "light", "off"),
            ("dark", "dark", "off"),
            ("contrast-light", "light", "on"),
            ("contrast-dark", "dark", "on"),
        ):
            if contrast == "on" and percent != 100:
                continue
            dress.set_high_contrast("on" if contrast == "on" else "off")
            dress.set_appearance("light" if appearance == "light" else "dark")
            gallery = Gallery()
            gallery.resize(dp(1280), dp(800))
            gallery.show()
            gallery.settle()
            gallery.grab().save(str(folder / f"gallery-{name}-{percent}.png"))
            gallery.close()
            gallery.deleteLater()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    render(target)
