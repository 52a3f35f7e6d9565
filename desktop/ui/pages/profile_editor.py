"""Edit a profile in place; every change applies at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFormLayout, QVBoxLayout, QWidget

from desktop.services.settings_service import SettingsService
from desktop.settings import Profile
from desktop.ui.language_names import language_name, languages_by_name
from desktop.ui.pages.formats_button import FormatsButton
from desktop.ui.sizes import dp
from desktop.ui.widgets.inputs import Input, LineEdit
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.panels import Card
from desktop.ui.widgets.segmented import Segment, SegmentedControl
from desktop.ui.widgets.value_button import Choice, ValueButton
from engine.options import Channels, Task

_NARROW = 560
"""dp."""
_BEAMS = (1, 2, 3, 5, 8, 10, 20)


class ProfileEditor(Card):
    """The fields of one profile."""

    def __init__(
        self, service: SettingsService, profile: Profile, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._profile = profile
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(dp(20))
        self._form.setVerticalSpacing(dp(12))
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(dp(16), dp(16), dp(16), dp(16))
        layout.addLayout(self._form)
        self._build_what()
        self._build_how()
        self._build_files()
        self.show_profile(profile)

    def resizeEvent(self, event: QResizeEvent) -> None:  # pylint: disable=invalid-name
        """Put names above their fields where there is little width."""
        # All or none: with WrapLongRows Qt asks for less height than it then needs.
        super().resizeEvent(event)
        policies = QFormLayout.RowWrapPolicy
        is_narrow = self.width() < dp(_NARROW)
        self._form.setRowWrapPolicy(policies.WrapAllRows if is_narrow else policies.DontWrapRows)

    def set_models(self, names: Sequence[str]) -> None:
        """Offer the installed speech models."""
        known = list(names)
        if self._profile.model and self._profile.model not in known:
            known.append(self._profile.model)
        choices = [Choice("", self.tr("Best one installed"))]
        choices += [Choice(name, name, starts_group=not at) for at, name in enumerate(known)]
        self._model.set_choices(choices)

    def focus_name(self) -> None:
        """Put the keyboard into the name."""
        self._name.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._name.edit.selectAll()

    def show_profile(self, profile: Profile) -> None:
        """Show the values of a profile; fields that are typed in keep what is typed."""
        self._profile = profile
        for edit, value in (
            (self._name.edit, profile.name),
            (self._prompt, profile.initial_prompt),
            (self._glossary, ", ".join(profile.glossary)),
        ):
            if not edit.hasFocus():
                edit.setText(value)
        self._model.set_value(profile.model)
        self._language.set_value(profile.language)
        self._task.set_value(profile.task)
        self._beam.set_value(str(profile.beam_size))
        self._channels.set_value(profile.channels)
        self._formats.set_formats(profile.outputs)
        self._folder.set_value("other" if profile.output_folder else "")
        self._folder.set_choices(self._folder_choices())
        self._folder.setEnabled(bool(profile.outputs))

    def _build_what(self) -> None:
        self._name = Input(self.tr("Name"), self)
        self._name.edit.editingFinished.connect(self._on_name_finished)
        self._model = ValueButton(self.tr("Speech model"), (), "", self)
        self._model.chosen.connect(lambda name: self._change(model=name))
        self.set_models(())
        languages = [Choice("", self.tr("Detected"))]
        languages += [
            Choice(code, name, starts_group=not at)
            for at, (code, name) in enumerate(languages_by_name())
        ]
        self._language = ValueButton(self.tr("Spoken language"), languages, "", self)
        self._language.chosen.connect(lambda code: self._change(language=code))
        tasks = (
            Segment(Task.TRANSCRIBE.value, self.tr("Write down")),
            Segment(Task.TRANSLATE.value, self.tr("Translate into English")),
        )
        self._task = SegmentedControl(self.tr("Task"), tasks, self)
        self._task.chosen.connect(lambda task: self._change(task=task))
        self._add(self.tr("Name"), self._name)
        self._add(self.tr("Speech model"), self._model)
        self._add(self.tr("Spoken language"), self._language)
        self._add(self.tr("Task"), self._task)

    def _build_how(self) -> None:
        uses = (
            Segment(Channels.MIX.value, self.tr("Mixed")),
            Segment(Channels.SPEAKERS.value, self.tr("One speaker each")),
        )
        self._channels = SegmentedControl(self.tr("Channels"), uses, self)
        self._channels.chosen.connect(lambda use: self._change(channels=use))
        beams = [Choice(str(size), str(size)) for size in _BEAMS]
        self._beam = ValueButton(self.tr("Beam size"), beams, "", self)
        self._beam.chosen.connect(lambda size: self._change(beam_size=int(size)))
        self._beam.setAccessibleDescription(self.tr("More is slower and a little more accurate."))
        self._prompt = LineEdit(self.tr("Introduction"), self)
        self._prompt.setPlaceholderText(self.tr("Topic and style, such as “A talk about geology.”"))
        self._prompt.editingFinished.connect(
            lambda: self._change(initial_prompt=self._prompt.text().strip())
        )
        self._glossary = LineEdit(self.tr("Glossary"), self)
        self._glossary.setPlaceholderText(self.tr("Names and terms, separated by commas"))
        self._glossary.editingFinished.connect(
            lambda: self._change(glossary=terms(self._glossary.text()))
        )
        self._add(self.tr("Channels"), self._channels)
        self._add(self.tr("Beam size"), self._beam)
        self._add(self.tr("Introduction"), self._prompt)
        self._add(self.tr("Glossary"), self._glossary)

    def _build_files(self) -> None:
        self._formats = FormatsButton(self.tr("Files written at the end"), self)
        self._formats.formats_chosen.connect(lambda names: self._change(outputs=names))
        self._folder = ValueButton(self.tr("Folder of these files"), (), "", self)
        self._folder.set_shrinkable()
        self._folder.chosen.connect(self._on_folder_chosen)
        self._add(self.tr("Files written at the end"), self._formats)
        self._add(self.tr("Folder of these files"), self._folder)

    def _add(self, name: str, field: QWidget) -> None:
        label = Label(name, "body", "text2", self)
        label.setBuddy(field)
        self._form.addRow(label, field)

    def _folder_choices(self) -> list[Choice]:
        folder = self._profile.output_folder
        chosen = [Choice("other", folder)] if folder else []
        return [
            Choice("", self.tr("Beside the recording")),
            *chosen,
            Choice("choose", self.tr("Choose…"), starts_group=True),
        ]

    def _change(self, **fields: object) -> None:
        changed = replace(self._profile, **fields)  # type: ignore[arg-type]  # checked there
        before, self._profile = self._profile, changed
        self._service.set_profile(before.name, changed)

    @Slot()
    def _on_name_finished(self) -> None:
        name = self._name.edit.text().strip()
        taken = {each.name for each in self._service.current.profiles} - {self._profile.name}
        if not name:
            self._name.set_error(self.tr("A profile needs a name."))
        elif name in taken:
            self._name.set_error(self.tr("Another profile has this name. Choose another one."))
        else:
            self._name.set_error("")
            if name != self._profile.name:
                self._change(name=name)

    @Slot(str)
    def _on_folder_chosen(self, key: str) -> None:
        if key == "":
            self._change(output_folder="")
            return
        self._folder.set_value("other" if self._profile.output_folder else "")
        if key == "choose":
            dialog = QFileDialog(self, self.tr("Folder for exported files"))
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.fileSelected.connect(lambda path: self._change(output_folder=path))
            dialog.open()


def terms(text: str) -> tuple[str, ...]:
    """Return the terms of a list with commas, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def profile_summary(profile: Profile) -> str:
    """Return a profile in one line: model, language, task, files."""
    translate: Callable[[str, str], str] = QCoreApplication.translate
    parts = [profile.model or translate("ProfileSummary", "best model installed")]
    if profile.language:
        parts.append(language_name(profile.language))
    else:
        parts.append(translate("ProfileSummary", "language detected"))
    if profile.task == Task.TRANSLATE:
        parts.append(translate("ProfileSummary", "translated into English"))
    if profile.channels == Channels.SPEAKERS:
        parts.append(translate("ProfileSummary", "one speaker a channel"))
    if profile.outputs:
        parts.append(" ".join(profile.outputs))
    return "  ·  ".join(parts)
