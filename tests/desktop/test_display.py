"""What a window needs is known before Qt ends the program for want of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import display
from desktop.display import explain, has_display, missing_packages
from tests.conftest import ROOT


def _nothing_loads(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("environment", "is_there"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
        ({"QT_QPA_PLATFORM": "vnc:port=1"}, True),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
    ],
)
def test_a_display_is_recognised(environment: dict[str, str], is_there: bool) -> None:
    assert has_display(environment, "linux") is is_there


def test_other_systems_always_have_one() -> None:
    assert has_display({}, "darwin") and has_display({}, "win32")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is tried on Linux")
def test_a_variable_that_is_left_over_from_a_dead_server_is_no_display() -> None:
    assert not has_display({"DISPLAY": ":987"}, "linux")


def test_only_what_the_platform_needs_is_asked_for() -> None:
    offscreen = missing_packages({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, _nothing_loads)
    assert set(offscreen) == {
        *("libgl1", "libegl1", "libxkbcommon0", "libfontconfig1", "libdbus-1-3", "libglib2.0-0")
    }
    x11 = missing_packages({"DISPLAY": ":0"}, _nothing_loads)
    assert set(offscreen) < set(x11) and "libxcb-cursor0" in x11
    wayland = missing_packages({"WAYLAND_DISPLAY": "w"}, _nothing_loads)
    assert "libwayland-cursor0" in wayland and "libxcb-cursor0" not in wayland


def test_what_is_installed_is_not_asked_for() -> None:
    missing = missing_packages({"DISPLAY": ":0"}, lambda name: name != "libxcb-cursor.so.0")
    assert missing == ("libxcb-cursor0",)
    assert explain(missing).endswith("sudo apt-get install libxcb-cursor0")


def test_a_library_is_tried_for_real() -> None:
    loadable = display._is_loadable  # pylint: disable=protected-access
    assert not loadable("libthere-is-none.so.7")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have one")
def test_the_scripts_can_ask(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "desktop.display"]
    result = subprocess.run(command, cwd=tmp_path, env=environment, check=False)
    assert result.returncode == display.NO_DISPLAY
    environment["QT_QPA_PLATFORM"] = "offscreen"
    result = subprocess.run(command, cwd=tmp_path, env=environment, check=False)
    assert result.returncode == 0, "the tests themselves run off screen"


def test_asking_loads_no_qt() -> None:
    code = "import sys, desktop.display; print('PySide6' in sys.modules)"
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout == "False\n"
