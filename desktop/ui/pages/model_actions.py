"""Offer what can be done with a speech model, or show how far its download is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.item_models.captions import Captions, percent
from desktop.services.model_list import ListedModel, ModelState
from desktop.ui.sizes import dp
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.progress import ProgressBar

_BUSY = (ModelState.DOWNLOADING, ModelState.PAUSED, ModelState.WAITING)


class ModelActions(QWidget):
    """Buttons, or the bar of a download, at the end of a row."""

    asked = Signal(str)
    """What to do, as in `ModelRow.asked`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._model: ListedModel | None = None
        self._is_used = False
        self._wish, self._pause_wish = "", "pause"
        self._captions = Captions(self)
        self._percent = Label("", "caption", "text2", self)
        self._left = ElidedLabel("", "caption", "text2", self)
        self._left.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self._bar = ProgressBar(self.tr("Download"), self)
        self._main = Button("", "normal", None, self)
        self._main.clicked.connect(lambda: self.asked.emit(self._wish))
        self._pause = IconButton("pause", self.tr("Pause the download"), self)
        self._pause.clicked.connect(lambda: self.asked.emit(self._pause_wish))
        self._cancel = IconButton("x", self.tr("Cancel the download"), self)
        self._cancel.clicked.connect(lambda: self.asked.emit("cancel"))
        self._more = IconButton("ellipsis", self.tr("More"), self)
        self._more.clicked.connect(self._on_more)
        numbers = QHBoxLayout()
        numbers.setSpacing(dp(8))
        numbers.addWidget(self._percent)
        numbers.addWidget(self._left, 1)
        self._meter = QWidget(self)
        meter = QVBoxLayout(self._meter)
        meter.setContentsMargins(0, 0, 0, 0)
        meter.setSpacing(dp(4))
        meter.addLayout(numbers)
        meter.addWidget(self._bar)
        self._meter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(dp(16), 0, 0, 0)
        layout.setSpacing(dp(4))
        layout.addWidget(self._meter, 1)
        layout.addStretch(0)
        for widget in (self._main, self._pause, self._cancel, self._more):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignRight)

    def show_state(self, model: ListedModel, *, is_used: bool) -> None:
        """Offer what the state of the model allows."""
        self._model, self._is_used = model, is_used
        state = model.state
        is_download = state in _BUSY
        self._meter.setVisible(is_download)
        self._pause.setVisible(is_download)
        self._cancel.setVisible(is_download)
        self._more.setVisible(state in (ModelState.INSTALLED, ModelState.DAMAGED))
        self._more.set_accessible_name(self.tr("More for {0}").format(model.name))
        self._cancel.set_accessible_name(self.tr("Cancel the download of {0}").format(model.name))
        text, self._wish, icon = self._offer(model, is_used)
        self._main.setVisible(bool(text))
        self._main.setText(text)
        self._main.set_icon_name(icon or None)
        self._main.setAccessibleName(f"{text} {model.name}".strip())
        if is_download:
            self._show_download(model)

    def show_progress(self, done: int, total: int, remaining: float | None) -> None:
        """Show bar, per cent and time."""
        part = done / total if total else 0.0
        self._bar.set_fraction(part)
        self._percent.setText(percent(part))
        self._left.setText("" if remaining is None else self._captions.remaining(remaining))

    def menu(self) -> QMenu:
        """Return all that can be done with the model."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for wish, text in self._wishes(self._model) if self._model else ():
            menu.addAction(text).triggered.connect(lambda _=False, w=wish: self.asked.emit(w))
        return menu

    def _offer(self, model: ListedModel, is_used: bool) -> tuple[str, str, str]:
        if model.state is ModelState.AVAILABLE:
            return self.tr("Download"), "download", "download"
        if model.state is ModelState.DAMAGED and model.is_catalogued:
            return self.tr("Repair"), "repair", ""
        if model.state is ModelState.INSTALLED and not is_used:
            return self.tr("Use"), "use", ""
        return "", "", ""

    def _show_download(self, model: ListedModel) -> None:
        is_paused = model.state is ModelState.PAUSED
        self._pause_wish = "download" if is_paused else "pause"
        self._pause.set_icon_name("play" if is_paused else "pause")
        name = self.tr("Go on with {0}") if is_paused else self.tr("Pause the download of {0}")
        self._pause.set_accessible_name(name.format(model.name))
        self.show_progress(model.done_bytes, model.size_bytes, None)
        words = {
            ModelState.PAUSED: self.tr("paused"),
            ModelState.WAITING: self.tr("waits"),
            ModelState.DOWNLOADING: "",
        }
        self._left.setText(words[model.state])

    def _wishes(self, model: ListedModel) -> list[tuple[str, str]]:
        found = []
        if model.state in (ModelState.AVAILABLE, ModelState.PAUSED):
            found.append(("download", self.tr("Download")))
        if model.state in (ModelState.DOWNLOADING, ModelState.WAITING):
            found.append(("pause", self.tr("Pause the download")))
        if model.state in _BUSY:
            found.append(("cancel", self.tr("Cancel the download")))
        if model.state is ModelState.INSTALLED:
            if not self._is_used:
                found.append(("use", self.tr("Use")))
            found.append(("verify", self.tr("Check all files")))
        if model.state is ModelState.DAMAGED and model.is_catalogued:
            found.append(("repair", self.tr("Repair")))
        is_here = model.state in (ModelState.INSTALLED, ModelState.DAMAGED)
        if is_here and (not self._is_used or model.state is ModelState.DAMAGED):
            found.append(("remove", self.tr("Delete…")))
        return found

    @Slot()
    def _on_more(self) -> None:
        self.menu().popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))
