"""Say in words what does the computing here and why, and let people change it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop.services.settings_service import SettingsService
from desktop.settings import Group, Settings
from desktop.ui.messages import Messages
from desktop.ui.pages.rows import Row
from desktop.ui.pages.settings_sections import TypedSection
from desktop.ui.widgets.value_button import Choice, ValueButton
from engine.device_report import DeviceReport


class HardwareSection(TypedSection):
    """What is used and why, the device, number type, cores, battery."""

    def __init__(self, title: str, service: SettingsService, parent: QWidget | None = None) -> None:
        super().__init__(title, Group.HARDWARE, service, parent)
        self._devices: tuple[DeviceReport, ...] = ()
        self._messages = Messages(self)
        self._device = ValueButton(self.tr("Computing device"), (), "", self)
        self._device.chosen.connect(lambda device: service.change(device=device))
        self._row = Row(self.tr("Computing device"), "", self._device, self)
        self._row.set_resettable()
        self._row.reset_requested.connect(lambda: service.reset("device"))
        self.add_row(self._row, 0)
        self._notes: list[Row] = []
        self._show()
        service.changed.connect(self._on_hardware_changed)

    def set_devices(self, devices: Sequence[DeviceReport]) -> None:
        """Show what was found on this computer."""
        self._devices = tuple(devices)
        self._show()

    def used(self) -> DeviceReport | None:
        """Return the device that jobs will use; None while nothing is known."""
        wanted = self.service.current.device
        usable = [each for each in self._devices if each.is_usable]
        if wanted == "auto":
            cards = [each for each in usable if each.device != "cpu"]
            return next(iter(cards or usable), None)
        matching = [each for each in usable if each.device.startswith(wanted)]
        # A card that is gone: the engine falls back to the processor.
        processors = [each for each in usable if each.device == "cpu"]
        return next(iter(matching or processors), None)

    def sentence(self) -> str:
        """Return what is used and why."""
        used = self.used()
        if used is None:
            return self.tr("The devices of this computer are looked at.")
        if used.device != "cpu":
            if not used.name:
                return self.tr("The graphics card does the work.")
            return self.tr("The graphics card {name} does the work.").format(name=used.name)
        if self.service.current.device == "cpu":
            return self.tr("The processor does the work, as you chose.")
        if any(each.device != "cpu" for each in self._devices):
            return self.tr("The graphics card cannot help here, so the processor does the work.")
        return self.tr("No graphics card that can help was found, so the processor is used.")

    @Slot(object, object)
    def _on_hardware_changed(self, _new: Settings, _before: Settings) -> None:
        self._show()

    def _show(self) -> None:
        self._row.set_sentence(self.sentence())
        self._device.set_choices(self._choices())
        self._device.set_value(self.service.current.device)
        for row in self._notes:
            self.remove_row(row)
        self._notes = [
            Row(self._named(each), self._note(each), None, self) for each in self._devices
        ]
        for at, row in enumerate(self._notes, 1):
            self.add_row(row, at)

    def _named(self, device: DeviceReport) -> str:
        if device.name:
            return device.name
        kind, _, index = device.device.partition(":")
        if kind == "cpu":
            return self.tr("Processor")
        return self.tr("Graphics card {number}").format(number=int(index or 0) + 1)

    def _note(self, device: DeviceReport) -> str:
        if not device.is_usable:
            return self._why_not(device.code)
        kinds = ", ".join(device.compute_types)
        sentences = [
            self.tr("Can compute with {types}; the first is the best.").format(types=kinds)
        ]
        if device.replicas > 1:
            several = self.tr("{count} parts of a recording are transcribed at once.")
            sentences.append(several.format(count=device.replicas))
        if device.tried_with:
            tried = self.tr("Tried with the model {model}.").format(model=device.tried_with)
            sentences.append(tried)
        else:
            sentences.append(self.tr("Not tried yet, because no speech model is installed."))
        return " ".join(sentences)

    def _why_not(self, code: str) -> str:
        known = {
            "device.library_missing": self.tr(
                "The CUDA 12 libraries or the driver are missing or too old."
            ),
            "device.out_of_memory": self.tr("Its memory is too small for a speech model."),
        }
        return known.get(code) or self._messages.stopped(code).title

    def _choices(self) -> list[Choice]:
        automatic = self.tr("Automatic")
        if self.service.current.device == "auto" and (used := self.used()) is not None:
            kind = self._kind(used)
            automatic = self.tr("Automatic: {device}").format(device=f"{_short(used)} {kind}")
        choices = [Choice("auto", automatic), Choice("cpu", self.tr("Processor"))]
        for each in self._devices:
            if each.device != "cpu":
                choices.append(Choice(each.device, self._named(each), is_enabled=each.is_usable))
        wanted = self.service.current.device
        if wanted not in [choice.key for choice in choices]:
            choices.append(Choice(wanted, wanted))
        return choices

    def _kind(self, used: DeviceReport) -> str:
        chosen = self.service.current.compute_type
        if chosen != "auto":
            return chosen
        return used.compute_types[0] if used.compute_types else ""


def _short(device: DeviceReport) -> str:
    return "CPU" if device.device == "cpu" else "GPU"
