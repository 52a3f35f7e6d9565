"""Offer what tests of all parts share, and keep every test off the network."""

from __future__ import annotations

import os
import signal
import sys
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import settings

from engine.errors import ModelError
from engine.resources import SAMPLE_RECORDING, SAMPLE_WORDS
from engine.speech_models.installed import FOLDERS_VARIABLE, find_model, models_folders

ROOT = Path(__file__).parents[1]

MODELS_FOLDERS = models_folders()
"""Where the installed models lie, before any test moves the user's folders."""

os.environ["HF_HUB_OFFLINE"] = "1"
# Qt must neither open windows nor follow this computer's desktop.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for _name in ("QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME", "QT_SCALE_FACTOR", "QT_FONT_DPI"):
    os.environ.pop(_name, None)
settings.register_profile("gate", deadline=None, database=None, derandomize=True)
settings.register_profile("extended", deadline=None, database=None, max_examples=2_000)


def pytest_configure(config: pytest.Config) -> None:
    """Choose how hard the property tests search, and close the network, let Ctrl+C work."""
    settings.load_profile("extended" if config.option.markexpr == "extended" else "gate")
    sys.addaudithook(_refuse_foreign_hosts)
    # A shell starts background jobs with SIGINT ignored, and the programs under test inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _refuse_foreign_hosts(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect" or not isinstance(arguments[1], tuple):
        return
    host = str(arguments[1][0])
    if host != "localhost" and not ip_address(host.partition("%")[0]).is_loopback:
        raise AssertionError(f"a test wanted to reach {host}")


@pytest.fixture
def isolated_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Keep a test, and the programs it starts, off the user's own folders; models are still found.

    Returns the folder that stands for them.
    """
    home = tmp_path_factory.mktemp("home")
    for variable, folder in _USER_FOLDERS.items():
        monkeypatch.setenv(variable, str(home / folder))
    if sys.platform == "darwin":  # pragma: no cover
        monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv(FOLDERS_VARIABLE, os.pathsep.join(map(str, MODELS_FOLDERS)))
    return home


_USER_FOLDERS = {
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA": "data",
    "WIN_PD_OVERRIDE_APPDATA": "config",
}


@pytest.fixture(scope="session")
def sample_recording() -> Path:
    """Return the recording that the project carries: eleven seconds of English."""
    return SAMPLE_RECORDING


@pytest.fixture(scope="session")
def sample_words() -> str:
    """Return what is said in the recording that the project carries."""
    return SAMPLE_WORDS.read_text(encoding="utf-8").strip()


@pytest.fixture(scope="session")
def base_model() -> Path:
    """Return the folder of the starter model “base”, which is multilingual."""
    return _starter_model("base")


@pytest.fixture(scope="session")
def tiny_model() -> Path:
    """Return the folder of the starter model “tiny.en”, the fastest one."""
    return _starter_model("tiny.en")


def _starter_model(name: str) -> Path:
    try:
        return find_model(name)
    except ModelError as exc:
        raise AssertionError("scripts/run_tests.sh installs the starter models") from exc


def pytest_sessionfinish() -> None:
    """Leave nothing of Python's in the clipboard: Qt destroys it after Python has ended."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()
