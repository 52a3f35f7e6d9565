"""The hardware page says in the language of the program what computes, what could, and why not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from desktop.ui.pages.rows import Row
from desktop.ui.widgets.value_button import ValueButton
from engine.device_report import DeviceReport
from tests.desktop.ui.pages.conftest import Bench, child


def _row(bench: Bench, title: str) -> Row:
    rows = bench.area.settings_page.hardware.rows
    return next(row for row in rows if row.title.plain == title and row.isVisible())


CPU = DeviceReport("cpu", "Ryzen", ("int8", "float32"), True, tried_with="base", replicas=2)
CARD = DeviceReport("cuda:0", "GeForce", ("float16",), True)
BROKEN = DeviceReport("cuda:0", "GeForce", (), False, "device.library_missing", "libcublas")


@pytest.mark.parametrize(
    ("devices", "wanted", "sentence"),
    [
        ((), "auto", "The devices of this computer are looked at."),
        ((CPU,), "auto", "No graphics card that can help was found, so the processor is used."),
        ((CPU, CARD), "auto", "The graphics card GeForce does the work."),
        (
            (CPU, BROKEN),
            "auto",
            "The graphics card cannot help here, so the processor does the work.",
        ),
        ((CPU, CARD), "cpu", "The processor does the work, as you chose."),
        (
            (CPU,),
            "cuda:0",
            "No graphics card that can help was found, so the processor is used.",
        ),
    ],
)
def test_hardware_says_what_is_used_and_why(
    bench: Bench, devices: tuple[DeviceReport, ...], wanted: str, sentence: str
) -> None:
    bench.settings.change(device=wanted)
    bench.area.set_devices(devices)
    assert bench.area.settings_page.hardware.sentence() == sentence
    assert _row(bench, "Computing device").sentence.plain == sentence


def test_a_device_that_cannot_help_says_why(bench: Bench) -> None:
    bench.area.set_devices((CPU, BROKEN))
    why = "The CUDA 12 libraries or the driver are missing or too old."
    assert _row(bench, "GeForce").sentence.plain == why
    shown = child(_row(bench, "Computing device"), ValueButton).shown_text()
    assert shown == "Automatic: CPU int8"


def test_a_device_says_what_it_can_do_and_whether_it_was_tried(bench: Bench) -> None:
    bench.area.set_devices((CPU, DeviceReport("cuda:0", "", ("float16",), True)))
    assert _row(bench, "Ryzen").sentence.plain == (
        "Can compute with int8, float32; the first is the best. "
        "2 parts of a recording are transcribed at once. Tried with the model base."
    )
    assert _row(bench, "Graphics card 1").sentence.plain == (
        "Can compute with float16; the first is the best. "
        "Not tried yet, because no speech model is installed."
    )
    assert bench.area.settings_page.hardware.sentence() == "The graphics card does the work."


class _Marks(QTranslator):
    """Put every text of the program between marks."""

    def translate(  # pylint: disable=invalid-name
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        del context, disambiguation, n
        return f"«{sourceText}»"


@pytest.mark.parametrize(
    "device",
    [CPU, CARD, BROKEN, replace(BROKEN, code="device.out_of_memory"), replace(BROKEN, code="x.y")],
)
def test_nothing_about_a_device_stays_untranslated(
    bench: Bench, qapp: QApplication, device: DeviceReport
) -> None:
    marks = _Marks(qapp)
    qapp.installTranslator(marks)
    try:
        bench.area.set_devices((replace(device, name="Chip"),))
        told = _row(bench, "Chip").sentence.plain
    finally:
        qapp.removeTranslator(marks)
        marks.deleteLater()
    assert "«" in told and re.sub("«.*?»", "", told).strip() == ""
