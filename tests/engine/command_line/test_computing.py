"""The command line makes English of what the engine tells about devices."""

from __future__ import annotations

import pytest

from engine.command_line.computing import chip, described, note
from engine.device_report import DeviceReport
from engine.options import ComputeOptions


@pytest.mark.parametrize(
    ("report", "chip_name", "words"),
    [
        (
            DeviceReport("cpu", "", ("int8",), True, tried_with="base", replicas=2),
            "processor",
            "2 blocks side by side; tried with base",
        ),
        (
            DeviceReport("cuda:1", "", ("float16",), True),
            "graphics card 1",
            "not tried: no speech model is installed",
        ),
        (
            DeviceReport("cuda:0", "GeForce", (), False, "device.library_missing", "libcublas"),
            "GeForce",
            "A library that the graphics card needs is missing or does not fit. "
            "Install the CUDA 12 libraries or use the processor. (libcublas)",
        ),
    ],
)
def test_a_device_is_described(report: DeviceReport, chip_name: str, words: str) -> None:
    assert (chip(report), note(report)) == (chip_name, words)


@pytest.mark.parametrize(
    ("compute", "words"),
    [
        (ComputeOptions(), "the chosen device"),
        (ComputeOptions(device="cuda", replicas=1), "the graphics card, 1 replica"),
        (ComputeOptions(device="cuda:1", replicas=2), "the graphics card 1, 2 replicas"),
        (ComputeOptions(device="cpu", compute_type="int8"), "the processor, int8"),
    ],
)
def test_what_a_job_goes_on_with_is_said_in_one_phrase(compute: ComputeOptions, words: str) -> None:
    assert described(compute) == words
