"""Manage the speech models: installed ones, downloads, import, room on the disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.item_models.captions import NBSP, size
from desktop.services.model_downloads import ModelDownloads, ModelProgress
from desktop.services.model_list import ListedModel, ModelList, ModelState
from desktop.services.settings_service import SettingsService
from desktop.ui.messages import Circumstances, Messages
from desktop.ui.pages.column_scroll import ColumnScroll
from desktop.ui.pages.model_card import ModelCard
from desktop.ui.pages.model_row import COLUMNS, ModelRow
from desktop.ui.sizes import dp
from desktop.ui.style import set_surface
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.cards import CardButton, InlineCard
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.value_button import Choice, ValueButton

WIDTH = 904
_COMPACT_BELOW = 760
"""dp; rows have two lines then."""
_HERE = (
    ModelState.INSTALLED,
    ModelState.DAMAGED,
    ModelState.CHECKING,
    ModelState.DOWNLOADING,
    ModelState.PAUSED,
    ModelState.WAITING,
)
"""States of the upper card; a download stands where its model will be."""


class SpeechModelsPage(QWidget):
    """Two cards of models under a heading; a message above them when something is to be said."""

    def __init__(
        self, downloads: ModelDownloads, service: SettingsService, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._downloads = downloads
        self._service = service
        self._list = ModelList()
        self._messages = Messages(self)
        self._to_delete = ""
        self._subtitle = Label("", "body", "text2", self)
        self._import = Button(self.tr("Import from folder…"), "normal", "folder-open", self)
        self._import.clicked.connect(self._on_import)
        self._message = InlineCard("danger", self)
        self._message.hide()
        self._message.button_clicked.connect(self._on_message_button)
        self._note = Label("", "caption", "text3", self)
        self._note.set_wrapping()
        self._languages = ValueButton(self.tr("Languages"), self._language_choices(), "all", self)
        self._languages.chosen.connect(lambda _key: self._show())
        self._here = ModelCard(self)
        self._there = ModelCard(self)
        for card in (self._here, self._there):
            card.asked.connect(self._on_asked)
        self._lay_out()
        downloads.listed.connect(self._on_listed)
        downloads.progressed.connect(self._on_progressed)
        downloads.failed.connect(self._on_failed)
        downloads.finished.connect(self._on_finished)
        downloads.verified.connect(self._on_verified)
        service.changed.connect(self._show)
        self._on_listed(downloads.current)

    @property
    def rows(self) -> tuple[ModelRow, ...]:
        """Return all rows that are shown."""
        return (*self._here.rows, *self._there.rows)

    def _lay_out(self) -> None:
        set_surface(self, "surface")
        titles = QVBoxLayout()
        titles.setSpacing(dp(4))
        titles.addWidget(Label(self.tr("Speech models"), "display", "text", self))
        titles.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.addLayout(titles, 1)
        head.addWidget(self._import, 0, Qt.AlignmentFlag.AlignVCenter)
        there = QHBoxLayout()
        there.addWidget(Label(self.tr("To download"), "strong", "text", self), 1)
        there.addWidget(self._languages)
        self._there_head = QWidget(self)
        self._there_head.setLayout(there)
        there.setContentsMargins(0, dp(12), 0, 0)
        column = QVBoxLayout()
        column.setContentsMargins(0, dp(24), 0, dp(32))
        column.setSpacing(dp(8))
        column.addLayout(head)
        column.addSpacing(dp(8))
        column.addWidget(self._message)
        self._here_title = Label(self.tr("On this computer"), "strong", "text", self)
        column.addSpacing(dp(4))
        column.addWidget(self._here_title)
        self._heads = self._headings()
        column.addWidget(self._heads)
        column.addWidget(self._here)
        column.addWidget(self._there_head)
        column.addWidget(self._there)
        column.addSpacing(dp(4))
        column.addWidget(self._note)
        column.addStretch(1)
        scroll = ColumnScroll(self.tr("Speech models"), WIDTH, column, self)
        scroll.narrowed.connect(self._on_narrowed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _headings(self) -> QWidget:
        box = QWidget(self)
        grid = QGridLayout(box)
        grid.setContentsMargins(dp(20), 0, dp(16), 0)
        grid.setHorizontalSpacing(0)
        texts = (
            self.tr("Model"),
            self.tr("Speed here"),
            self.tr("Wrong words"),
            self.tr("Size"),
            "",
        )
        for column, text in enumerate(texts):
            label = Label(text, "caption", "text3", box)
            if column == 3:
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label, 0, column)
            grid.setColumnMinimumWidth(column, dp(COLUMNS[column]))
        grid.setColumnStretch(0, 1)
        return box

    def _language_choices(self) -> list[Choice]:
        return [
            Choice("all", self.tr("All languages")),
            Choice("many", self.tr("Multilingual")),
            Choice("english", self.tr("English only")),
        ]

    @Slot(object)
    def _on_listed(self, models: ModelList) -> None:
        self._list = models
        self._show()

    @Slot()
    def _show(self) -> None:
        used = self._service.current.profile.model or self._list.default
        here = [model for model in self._list.models if model.state in _HERE]
        there = [model for model in self._list.models if model.state not in _HERE]
        self._here.show_models(here, used)
        self._there.show_models([model for model in there if self._is_wanted(model)], used)
        self._here.setVisible(bool(here))
        self._there_head.setVisible(bool(there))
        installed = (ModelState.INSTALLED, ModelState.DAMAGED, ModelState.CHECKING)
        self._subtitle.setText(self._room(sum(model.state in installed for model in here)))
        self._note.setText(self._explanation())

    def _is_wanted(self, model: ListedModel) -> bool:
        if self._languages.value == "all":
            return True
        return (model.languages == 1) == (self._languages.value == "english")

    def _room(self, count: int) -> str:
        free_gb = round(self._list.free_bytes / 1e9)
        free_size = f"{free_gb}{NBSP}GB" if free_gb >= 100 else size(self._list.free_bytes)
        free = self.tr("{free} are free.").format(free=free_size)
        if not self._list.models:
            return self.tr("The disk is being read.")
        if not count:
            return self.tr("No speech model is on this computer yet.") + " " + free
        used = self.tr("%n model(s) use {used}.", "", count)
        return used.format(used=size(self._list.used_bytes)) + " " + free

    def _explanation(self) -> str:
        words = self.tr("Wrong words: published figures for English recordings of many kinds.")
        if any(model.speed is not None for model in self._list.models):
            speed = self.tr("Speeds marked “about” are estimated from a model measured here.")
        else:
            speed = self.tr("Speed is measured with the first recording.")
        return f"{speed} {words}"

    @Slot(int)
    def _on_narrowed(self, width: int) -> None:
        is_compact = width < dp(_COMPACT_BELOW)
        self._heads.setVisible(not is_compact)
        for card in (self._here, self._there):
            card.set_compact(is_compact)

    @Slot(object)
    def _on_progressed(self, progress: ModelProgress) -> None:
        for row in self.rows:
            if row.model.name == progress.model:
                row.show_progress(progress)

    @Slot(str, str)
    def _on_asked(self, what: str, name: str) -> None:
        if what in ("download", "repair", "cancel", "verify"):
            self._message.hide()
        if what == "use":
            profile = self._service.current.profile
            self._service.set_profile(profile.name, replace(profile, model=name))
        elif what == "remove":
            self._ask_to_delete(name)
        else:
            tasks = {
                "download": self._downloads.download,
                "pause": self._downloads.pause,
                "cancel": self._downloads.cancel,
                "verify": self._downloads.verify,
                "repair": self._downloads.repair,
            }
            tasks[what](name)

    def _ask_to_delete(self, name: str) -> None:
        self._to_delete = name
        model = next(each for each in self._list.models if each.name == name)
        again = self.tr("It can be downloaded again at any time ({size}).")
        if not model.is_catalogued:
            again = self.tr(
                "It was imported, so it can come back only from where it came ({size})."
            )
        self._message.set_kind("warn")
        question = self.tr("Delete the model {name} from this computer?").format(name=name)
        self._say(question, again.format(size=size(model.size_bytes)), "")
        self._message.set_buttons(
            [
                CardButton("delete", self.tr("Delete"), "danger"),
                CardButton("close", self.tr("Keep")),
            ]
        )

    @Slot(str)
    def _on_message_button(self, key: str) -> None:
        self._message.hide()
        if key == "delete":
            self._downloads.remove(self._to_delete)

    @Slot(str, str, str)
    def _on_failed(self, name: str, code: str, detail: str) -> None:
        message = self._messages.stopped(code, Circumstances(model=name))
        self._message.set_kind("danger")
        # An import has no name; the detail of a choice names the models that are there.
        self._say(message.title, f"{message.text} {detail}" if not name else message.text, code)
        self._message.set_buttons([CardButton("close", self.tr("Close"))])

    @Slot(str)
    def _on_finished(self, name: str) -> None:
        self._message.set_kind("info")
        self._say(self.tr("The model {name} is on this computer now.").format(name=name), "", "")
        self._message.set_buttons([CardButton("close", self.tr("Close"))])

    @Slot(str)
    def _on_verified(self, name: str) -> None:
        self._message.set_kind("info")
        said = self.tr("The model {name} is in order: every file is as it should be.")
        self._say(said.format(name=name), "", "")
        self._message.set_buttons([CardButton("close", self.tr("Close"))])

    def _say(self, sentence: str, detail: str, code: str) -> None:
        self._message.set_message(sentence, detail, code)
        self._message.show()

    @Slot()
    def _on_import(self) -> None:
        dialog = QFileDialog(self, self.tr("Import a speech model from a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self._downloads.import_folder(Path(path)))
        dialog.open()
