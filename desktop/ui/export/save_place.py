"""Let people say where files go, and show what they will be called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.export_presets import Destination, Preset
from desktop.services.export_targets import base_folder, target_of
from desktop.store.records import TranscriptSummary
from desktop.ui.export.words import ExportWords
from desktop.ui.sizes import dp
from desktop.ui.widgets.inputs import Input
from desktop.ui.widgets.labels import ElidedLabel, Label, Separator
from desktop.ui.widgets.value_button import Choice, ValueButton

_BESIDE, _FOLDER, _CHOOSE, _PATTERN = "beside", "folder", "choose", "pattern"


class SavePlace(QObject):
    """Hold the controls of a destination: a value button, a name, and a row for the pattern."""

    changed = Signal()
    """A person chose another place or pattern."""

    def __init__(self, words: ExportWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._window = parent
        self._destination = Destination()
        self.label = Label(self.tr("Save to"), "body", "text2", parent)
        self.button = ValueButton(self.tr("Save to"), parent=parent)
        self.button.set_icon_name("folder")
        self.button.set_shrinkable()
        self.name = ElidedLabel("", "body", "text2", parent, mode=Qt.TextElideMode.ElideMiddle)
        self.pattern_row = QWidget(parent)
        self.pattern = Input(self.tr("Pattern of the name"), self.pattern_row)
        self._build_pattern_row()
        self.button.chosen.connect(self._on_chosen)
        self.pattern.edit.textEdited.connect(self._on_pattern_edited)

    @property
    def destination(self) -> Destination:
        """Return where files go."""
        return self._destination

    def show_destination(self, destination: Destination) -> None:
        """Show another destination, without a signal."""
        self._destination = destination
        self.pattern.edit.setText(destination.pattern)
        self.pattern_row.setVisible(destination.pattern != Destination().pattern)
        self._show_choices()

    def show_name(
        self, summaries: Sequence[TranscriptSummary], preset: Preset, folders: Mapping[int, str]
    ) -> None:
        """Say what the file will be called, or how many there will be."""
        if len(summaries) != 1:
            self.name.setText(self._words.files(len(summaries)))
            return
        summary = summaries[0]
        folder = folders.get(summary.folder, "") if summary.folder is not None else ""
        target = target_of(summary, folder, self._destination)
        path = target.file(preset.extension)
        base = base_folder(summary, self._destination)
        self.name.setText(path.relative_to(base).as_posix())
        self.name.setToolTip(str(path))

    def choose_folder(self) -> None:
        """Ask for a folder with the system's dialog; nothing waits for it."""
        dialog = QFileDialog(self._window, self.tr("Choose a folder"), self._destination.folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.use_folder)
        dialog.open()

    @Slot(str)
    def use_folder(self, folder: str) -> None:
        """Save into a folder that a person has chosen."""
        self._destination = replace(self._destination, folder=folder)
        self._show_choices()
        self.changed.emit()

    def _build_pattern_row(self) -> None:
        outer = QVBoxLayout(self.pattern_row)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Separator(self.pattern_row))
        layout = QVBoxLayout()
        outer.addLayout(layout)
        layout.setContentsMargins(dp(21), dp(12), dp(16), dp(12))
        layout.setSpacing(dp(4))
        row = QHBoxLayout()
        row.setSpacing(dp(12))
        name = Label(self.tr("Name"), "body", "text2", self.pattern_row)
        name.setBuddy(self.pattern.edit)
        row.addWidget(name)
        row.addWidget(self.pattern, 1)
        layout.addLayout(row)
        # The fields are no words: they are typed as they are in every language.
        fields = "{title}  {folder}  {date}  {language}"
        hint = self.tr("Filled in: {fields}. A slash makes folders.").replace("{fields}", fields)
        caption = Label(hint, "caption", "text3", self.pattern_row)
        caption.set_wrapping()
        layout.addWidget(caption)
        self.pattern_row.hide()

    def _show_choices(self) -> None:
        folder = self._destination.folder
        choices = [Choice(_BESIDE, self.tr("Beside the recording"))]
        if folder:
            choices.append(Choice(_FOLDER, Path(folder).name or folder))
        choices.append(Choice(_CHOOSE, self.tr("Choose a folder…"), starts_group=True))
        choices.append(Choice(_PATTERN, self.tr("Name by a pattern…")))
        self.button.set_choices(choices)
        self.button.set_value(_FOLDER if folder else _BESIDE)
        if folder:
            self.button.setToolTip(folder)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        if key == _BESIDE:
            self._destination = replace(self._destination, folder="")
        self._show_choices()
        if key == _CHOOSE:
            self.choose_folder()
        elif key == _PATTERN:
            self.pattern_row.show()
            self.pattern.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot(str)
    def _on_pattern_edited(self, pattern: str) -> None:
        self._destination = replace(self._destination, pattern=pattern)
        self.changed.emit()
