"""Say which program this is, where its data lie, and what it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.pages.rows import Row, Section
from desktop.ui.sizes import dp
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import Label
from engine import __version__

_PART_HEIGHT = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that people may want to know."""

    title: str
    sentence: str
    path: Path


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is shipped with the program."""

    name: str
    licence: str


PARTS = (
    Part("Whisper models (OpenAI), converted by Systran and others", "MIT"),
    Part("Distil-Whisper models (Hugging Face)", "MIT"),
    Part("faster-whisper, CTranslate2, Silero VAD, ONNX Runtime", "MIT"),
    Part("FFmpeg in PyAV", "LGPL 2.1+ · BSD"),
    Part("Qt for Python (PySide6)", "LGPL 3"),
    Part("Python", "PSF"),
    Part("SQLAlchemy, platformdirs, rich, truststore, pysubs2, python-docx", "MIT"),
    Part("requests, tokenizers", "Apache 2.0"),
    Part("NumPy, psutil", "BSD"),
    Part("Lucide icons", "ISC · MIT"),
)
"""What is shipped, as the licences of the packages say."""


class AboutSection(Section):
    """Version, places, parts."""

    copied = Signal(str)
    """A path was put into the clipboard."""

    def __init__(self, title: str, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        version = self.tr("Whisper Transcriber {version}").format(version=__version__)
        sentence = self.tr("Free software under the MIT licence.")
        self.add_row(Row(version, sentence, None, self))
        for place in places:
            self.add_row(_PlaceRow(place, self))
        for part in PARTS:
            licence = Label(part.licence, "caption", "text2", self)
            row = Row(part.name, "", licence, self)
            row.setMinimumHeight(dp(_PART_HEIGHT))
            self.add_row(row)


class _PlaceRow(Row):
    def __init__(self, place: Place, section: AboutSection) -> None:
        super().__init__(place.title, f"{place.sentence}\n{place.path}", None, section)
        self._path = place.path
        self._section = section
        copy = Button(self.tr("Copy path"), "quiet", None, self)
        copy.setAccessibleName(self.tr("Copy the path: {0}").format(place.title))
        copy.clicked.connect(self._on_copied)
        reveal = Button(self.tr("Open"), "normal", "folder-open", self)
        reveal.setAccessibleName(self.tr("Open: {0}").format(place.title))
        reveal.clicked.connect(self._on_opened)
        box = QWidget(self)
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(dp(8))
        layout.addWidget(copy)
        layout.addWidget(reveal)
        self.set_control(box)

    def _on_copied(self) -> None:
        QGuiApplication.clipboard().setText(str(self._path))
        self._section.copied.emit(str(self._path))

    def _on_opened(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))
