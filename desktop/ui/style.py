"""Write the palette and the one style sheet of the application from the tokens.

Use: never set a style sheet on a widget. Set a property instead, with the helpers below:
`set_surface(widget, "window")` fills a widget with a token (window, surface, raised, sunken,
accent_soft, …), `set_tone(label, "text2")` colours a label's text. No `font-*` here, ever.
Splitters, menus, tool tips, scroll bars, inputs and plain lists are dressed without a property.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from desktop.ui.sizes import RADIUS_CARD, RADIUS_CONTROL, dp

SURFACES = ("window", "surface", "raised", "sunken", "hover", "selected", "accent_soft", "paper")
TONES = (
    "text",
    "text2",
    "text3",
    "accent_text",
    "warn",
    "danger",
    "disabled",
    "toast_text",
    "ink",
)

_SHEET = Template("""
QMainWindow, QDialog { background: $window; }
QToolTip { color: $text; background: $raised; border: 1px solid $line_button;
           padding: ${p2}px ${p6}px; }

QMenu { background: $raised; border: 1px solid $line_button; padding: ${p4}px; }
QMenu::item { color: $text; padding: ${p6}px ${p24}px ${p6}px ${p8}px;
              border-radius: ${p4}px; border: 1px solid transparent; }
QMenu::item:selected { background: $hover; border-color: $outline; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: ${p8}px; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px ${p8}px; }

QLineEdit, QPlainTextEdit[input="true"], QSpinBox, QDoubleSpinBox, QKeySequenceEdit QLineEdit {
    color: $text; background: $surface; border: 1px solid $line_strong;
    border-radius: ${radius}px; padding: ${inset}px ${p8}px;
    placeholder-text-color: $text3; selection-background-color: $accent_tint; selection-color: $text; }
QLineEdit:focus, QPlainTextEdit[input="true"]:focus, QSpinBox:focus, QDoubleSpinBox:focus {
    border: 2px solid $accent; padding: ${inset_focus}px ${p7}px; }
QLineEdit:disabled { color: $disabled; border-color: $line_button; }
QLineEdit[error="true"] { border: 1px solid $danger; }
QLineEdit[error="true"]:focus { border: 2px solid $danger; }
QLineEdit[plain="true"], QLineEdit[plain="true"]:focus {
    border: none; background: transparent; padding: 0px; }

QAbstractScrollArea { border: none; }
QScrollArea, QScrollArea > QWidget#qt_scrollarea_viewport { background: transparent; }
QScrollBar:vertical { background: transparent; width: ${p12}px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: ${p12}px; margin: 0px; }
QScrollBar::handle { background: $line_strong; border-radius: ${p3}px; margin: ${p3}px; }
QScrollBar::handle:vertical { min-height: ${p32}px; }
QScrollBar::handle:horizontal { min-width: ${p32}px; }
QScrollBar::handle:hover { background: $text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QListView, QTreeView, QTableView { background: transparent; color: $text; outline: 0; }
QTreeView::branch { background: transparent; }
QHeaderView, QHeaderView::section { background: transparent; color: $text3; border: none;
    padding: ${p4}px ${p8}px; }

QFrame[card="true"] { background: $surface; border: 1px solid $line;
    border-radius: ${radius_card}px; }
QFrame[separator="true"] { background: $line; border: none; }
""")


def style_sheet(table: Mapping[str, str]) -> str:
    """Give the style sheet for a table of colours at the present size of the system font."""
    pixels = {f"p{n}": dp(n) for n in (2, 3, 4, 6, 8, 12, 24, 32)}
    pixels["p7"] = max(0, pixels["p8"] - 1)
    is_high_contrast = table["line"] == table["text"]
    values = {
        **{token: _css(value) for token, value in table.items()},
        **pixels,
        "inset": dp(6),
        "inset_focus": dp(6) - 1,
        "radius": dp(RADIUS_CONTROL),
        "radius_card": dp(RADIUS_CARD),
        "outline": _css(table["text"]) if is_high_contrast else "transparent",
    }
    tones = "".join(f'QLabel[tone="{tone}"] {{ color: {_css(table[tone])}; }}\n' for tone in TONES)
    surfaces = "".join(
        f'QWidget[surface="{token}"] {{ background: {_css(table[token])}; }}\n'
        for token in SURFACES
    )
    return _SHEET.substitute(values) + tones + surfaces


def _css(value: str) -> str:
    color = QColor(value)
    return f"rgba({color.red()}, {color.green()}, {color.blue()}, {color.alpha()})"


def palette(colors: Mapping[str, QColor]) -> QPalette:
    """Give a palette with every role set, the Disabled group included."""
    role = QPalette.ColorRole
    made = QPalette()
    for target, token in {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "sunken",
        role.ToolTipBase: "raised",
        role.ToolTipText: "text",
        role.PlaceholderText: "text3",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "danger",
        role.Light: "surface",
        role.Midlight: "hover",
        role.Mid: "line_button",
        role.Dark: "line_strong",
        role.Shadow: "text3",
        role.Highlight: "accent_tint",
        role.HighlightedText: "text",
        role.Accent: "accent",
        role.Link: "accent_text",
        role.LinkVisited: "accent_text",
    }.items():
        made.setColor(target, colors[token])
    for target in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, target, colors["disabled"])
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, colors["hover"])
    made.setColor(QPalette.ColorGroup.Disabled, role.Accent, colors["disabled"])
    return made


def set_surface(widget: QWidget, token: str) -> None:
    """Fill a widget with a token's colour; one of `SURFACES`."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    set_property(widget, "surface", token)


def set_tone(widget: QWidget, token: str) -> None:
    """Colour the text of a label; one of `TONES`."""
    set_property(widget, "tone", token)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet selects by, and have the sheet look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
