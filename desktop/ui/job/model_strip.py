"""Let people change model, language and channels while a job runs; never in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.store.records import JobOptions
from desktop.ui.language_names import language_name, languages_by_name
from desktop.ui.sizes import HEIGHT_STRIP, dp
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.labels import ElidedLabel, IconLabel
from desktop.ui.widgets.panels import Panel
from desktop.ui.widgets.value_button import Choice, ValueButton
from engine.clock import clock
from engine.options import Channels, Task

_DETECT = ""


@dataclass(frozen=True, slots=True)
class StripState:
    """What the strip says about a job."""

    options: JobOptions
    models: Sequence[str] = ()
    """Names of the installed speech models."""
    language: str = ""
    """Code of the language that was detected; empty while it is not known."""
    channels: int = 1
    """How many channels the recording has; with one there is nothing to choose."""
    applies_from: float | None = None
    """Seconds from which on a change counts; None while nothing is decoded."""


class ModelStrip(Panel):
    """Show how a job is transcribed, as buttons that change it for what is not begun."""

    options_changed = Signal(object)
    """JobOptions, for what is not begun."""
    start_again_requested = Signal()
    hidden = Signal()
    """Hidden by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("accent_soft", parent)
        self.setAccessibleName(self.tr("How it is transcribed"))
        self._state: StripState | None = None
        self._model = ValueButton(self.tr("Speech model"), parent=self)
        self._language = ValueButton(self.tr("Language"), parent=self)
        self._task = ValueButton(self.tr("Text"), parent=self)
        self._channels = ValueButton(self.tr("Channels"), parent=self)
        self._note = ElidedLabel("", "caption", "text2", self)
        self._again = Button(self.tr("Start again"), "quiet", parent=self)
        self._hide = IconButton("x", self.tr("Hide"), self)
        self._hide.set_dense()
        self._lay_out()
        for button in (self._model, self._language, self._task, self._channels):
            button.set_shrinkable()
            button.chosen.connect(self._on_chosen)
        self._again.clicked.connect(self.start_again_requested)
        self._hide.clicked.connect(self._on_hide_clicked)

    def show_state(self, state: StripState) -> None:
        """Show how a job is transcribed at the moment."""
        self._state = state
        options = state.options
        names = dict.fromkeys((*state.models, options.model))
        self._model.set_choices([Choice(name, name) for name in names])
        self._model.set_value(options.model)
        self._language.set_choices(self._languages(state.language))
        self._language.set_value(options.transcription.language or _DETECT)
        self._task.set_choices(
            [
                Choice(Task.TRANSCRIBE.value, self.tr("As spoken")),
                Choice(Task.TRANSLATE.value, self.tr("Translated into English")),
            ]
        )
        self._task.set_value(options.transcription.task.value)
        self._channels.set_choices(
            [
                Choice(Channels.MIX.value, self.tr("Channels mixed")),
                Choice(Channels.SPEAKERS.value, self.tr("One speaker a channel")),
            ]
        )
        self._channels.set_value(options.transcription.channels.value)
        self._channels.setVisible(state.channels > 1)
        self._note.setText(
            self.tr("Changes apply from {time} on.").format(time=clock(state.applies_from))
            if state.applies_from
            else self.tr("Changes apply to the whole recording.")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what is said elsewhere where there is no room."""
        super().resizeEvent(event)
        self._task.setVisible(self.width() >= dp(720))

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(dp(24), 0, dp(12), 0)
        layout.setSpacing(dp(8))
        layout.addWidget(IconLabel("sliders-horizontal", "accent_text", self, size=16))
        for button in (self._model, self._language, self._task, self._channels):
            layout.addWidget(button)
        self._note.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._note, 1)
        layout.addWidget(self._again)
        layout.addWidget(self._hide)
        self.setMinimumHeight(dp(HEIGHT_STRIP))

    def _languages(self, detected: str) -> list[Choice]:
        detect = self.tr("Detect the language")
        if detected:
            detect = self.tr("{language} (detected)").format(language=language_name(detected))
        choices = [
            Choice(code, name, starts_group=place == 0)
            for place, (code, name) in enumerate(languages_by_name())
        ]
        return [Choice(_DETECT, detect), *choices]

    @Slot(str)
    def _on_chosen(self, _key: str) -> None:
        if self._state is None:
            return
        old = self._state.options
        language = self._language.value or None
        transcription = replace(
            old.transcription,
            language=language,
            language_per_block=old.transcription.language_per_block and language is None,
            task=Task(self._task.value),
            channels=Channels(self._channels.value),
        )
        options = replace(old, model=self._model.value, transcription=transcription)
        self._state = replace(self._state, options=options)
        self.options_changed.emit(options)

    @Slot()
    def _on_hide_clicked(self) -> None:
        self.hide()
        self.hidden.emit()
