"""Check that this installation works: its modules, Qt, library, worker, speech model, files.

What `--self-test` runs, also on a freshly built bundle. Nothing of the user's is touched: the
library is one in a temporary folder, the window is off screen.
"""

# pylint: disable=import-outside-toplevel

from __future__ import annotations

import difflib
import importlib
import json
import logging
import os
import pkgutil
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.display import ANY_DISPLAY, missing_packages
from desktop.logs import describe
from desktop.paths import Paths
from engine import __version__
from engine.errors import ModelError

if TYPE_CHECKING:
    from engine.process.client import EngineClient

logger = logging.getLogger(__name__)

_LEAST_SIMILARITY = 0.8
_ML_HALF = ("engine.recognition", "engine.benchmark_reference")
_NOT_IMPORTED = ("desktop.__main__", *_ML_HALF)


class Verdict(StrEnum):
    """Say how a check ended."""

    OK = "ok"
    FAILED = "failed"
    SKIPPED = "skipped"
    """It could not be made, for a reason that is no fault."""


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one check."""

    name: str
    verdict: Verdict
    detail: str
    seconds: float


class Skip(Exception):
    """End a check that cannot be made; carries the reason."""


Check = Callable[[], str]
"""Returns what it found, raises whatever fails it."""


def run_self_test(data_dir: Path | None, write: Callable[[list[Result]], None]) -> int:
    """Make all checks, hand them to `write` and return the exit code: 0, or 1 if one failed."""
    results = list(run_checks(Paths.of(data_dir)))
    write(results)
    return int(any(result.verdict is Verdict.FAILED for result in results))


def run_checks(paths: Paths) -> Iterator[Result]:
    """Make the checks one after another, each after the ones it builds on."""
    checks: tuple[tuple[str, Check], ...] = (
        ("modules", _check_modules),
        ("resources", _check_resources),
        ("window", _check_window),
        ("display", _check_display),
        ("library", _check_library),
        ("worker", _check_worker),
        ("model", lambda: _check_model(paths)),
        ("transcription", lambda: _check_transcription(paths)),
    )
    for name, check in checks:
        yield _run(name, check)


def write_text(results: Iterable[Result]) -> None:
    """Print the results for people."""
    for result in results:
        _print(f"{result.name:<14} {result.verdict:<8} {result.seconds:6.2f} s  {result.detail}")


def write_json(results: Iterable[Result]) -> None:
    """Print the results for programs, as one object."""
    listed = list(results)
    content = {
        "program": "whisper-transcriber-desktop",
        "version": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "is_bundle": bool(getattr(sys, "frozen", False)),
        "ok": all(result.verdict is not Verdict.FAILED for result in listed),
        "checks": [
            {
                "name": result.name,
                "verdict": result.verdict.value,
                "detail": result.detail,
                "seconds": round(result.seconds, 3),
            }
            for result in listed
        ],
    }
    _print(json.dumps(content, indent=2, ensure_ascii=True))


def _run(name: str, check: Check) -> Result:
    start = time.monotonic()
    try:
        verdict, detail = Verdict.OK, check()
    except Skip as exc:
        verdict, detail = Verdict.SKIPPED, str(exc)
    except Exception as exc:  # pylint: disable=broad-exception-caught
        # The top of a check: libraries of a broken installation fail in every way there is.
        logger.debug("self-test %s\n%s", name, describe(exc))
        verdict, detail = Verdict.FAILED, f"{type(exc).__name__}: {exc}"
    return Result(name, verdict, detail, time.monotonic() - start)


def _check_modules() -> str:
    count = 0
    for package in ("engine", "desktop"):
        for name in _module_names(package):
            importlib.import_module(name)
            count += 1
    return f"{count} modules"


def _module_names(package: str) -> Iterator[str]:
    folder = list(importlib.import_module(package).__path__)
    for module in pkgutil.iter_modules(folder, f"{package}."):
        if module.name.startswith(_NOT_IMPORTED):
            continue
        yield module.name
        if module.ispkg:
            yield from _module_names(module.name)


def _check_resources() -> str:
    from desktop.ui import icons, translation
    from engine.resources import SAMPLE_RECORDING, SAMPLE_WORDS

    drawn = len(list(icons.FOLDER.glob("*.svg")))
    if not drawn:
        raise FileNotFoundError("the icons are missing")
    translations = translation.files()
    for path in (SAMPLE_RECORDING, SAMPLE_WORDS, *translations):
        if not path.stat().st_size:
            raise ValueError(f"{path.name} is empty")
    return f"{drawn} icons, {len(translations)} translations, the sample"


def _check_window() -> str:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QFontDatabase, QGuiApplication, QIcon, QImageReader
    from PySide6.QtWidgets import QApplication, QLabel

    from desktop.ui.icons import FOLDER

    application = QApplication.instance() or QApplication(["self-test"])
    label = QLabel("Whisper Transcriber 0123456789")
    label.resize(label.sizeHint())
    label.show()
    image = label.grab().toImage()
    colours = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    label.close()
    if len(colours) < 2:
        raise RuntimeError("no text was painted; is no font installed?")
    if b"svg" not in [bytes(kind.data()) for kind in QImageReader.supportedImageFormats()]:
        raise RuntimeError("Qt's plugin for SVG pictures is missing")
    if QIcon(str(next(FOLDER.glob("*.svg")))).pixmap(16).isNull():
        raise RuntimeError("an icon could not be drawn")
    fonts = len(QFontDatabase.families())
    del application
    return f"{QGuiApplication.platformName()}, {fonts} font families"


def _check_display() -> str:
    if not sys.platform.startswith("linux"):
        return sys.platform
    # Whatever this process runs on: what would a window on a screen need? X11 if there is none.
    screens = {name: os.environ[name] for name in ANY_DISPLAY if os.environ.get(name)}
    missing = missing_packages(screens or {"DISPLAY": ANY_DISPLAY["DISPLAY"]})
    if missing:
        raise Skip(f"a window on a screen needs: {' '.join(missing)}")
    return "all system libraries are there"


def _check_library() -> str:
    from desktop.store.library import Library

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "library.sqlite3"
        library = Library(path)
        library.add_folder("self-test").result()
        library.close()
        library = Library(path)
        names = [shelf.name for shelf in library.folders()]
        library.close()
    if names != ["self-test"]:
        raise RuntimeError("the library forgot what was written")
    return "written and read back"


def _check_worker() -> str:
    from engine.resources import SAMPLE_RECORDING

    with _client() as client:
        info = client.probe(SAMPLE_RECORDING)
        devices = ", ".join(report.device for report in client.devices())
    return f"read {info.duration} s of sound; devices: {devices}"


def _check_model(paths: Paths) -> str:
    from engine.speech_models.installed import check_quickly

    folder = _find_model(paths)
    check_quickly(folder)
    return folder.name


def _check_transcription(paths: Paths) -> str:
    from engine.events import Completed, Failed, SegmentDecoded
    from engine.options import ComputeOptions, TranscriptionOptions
    from engine.process.protocol import TranscribeRequest
    from engine.resources import SAMPLE_RECORDING, SAMPLE_WORDS

    request = TranscribeRequest(
        str(SAMPLE_RECORDING),
        str(_find_model(paths)),
        TranscriptionOptions(language="en"),
        ComputeOptions(),
    )
    with _client() as client:
        events = list(client.transcribe(request))
    if isinstance(last := events[-1], Failed):
        raise RuntimeError(f"{last.code}: {last.detail}")
    if not isinstance(last, Completed):
        raise RuntimeError("the transcription did not end")
    said = " ".join(item.segment.text for item in events if isinstance(item, SegmentDecoded))
    likeness = _likeness(said, SAMPLE_WORDS.read_text(encoding="utf-8"))
    if likeness < _LEAST_SIMILARITY:
        raise RuntimeError(f"only {likeness:.0%} of the sample's words were recognised")
    return f"{likeness:.0%} of the sample's words, on {last.info.device}"


def _client() -> EngineClient:
    from engine.process.client import EngineClient as Client

    return Client()


def _find_model(paths: Paths) -> Path:
    """Return the smallest model, which any computer can load."""
    from engine.speech_models.installed import list_installed

    models = list_installed(paths.models)
    if not models:
        raise Skip("no speech model is installed")
    if whole := [model for model in models if not model.damage]:
        return min(whole, key=lambda model: model.size_bytes).folder
    raise ModelError("model.corrupt", ", ".join(model.name for model in models))


def _likeness(said: str, wanted: str) -> float:
    """Return how much of two texts agrees, 0 to 1, by their bare words."""
    bare = [
        ["".join(filter(str.isalnum, word)).casefold() for word in text.split()]
        for text in (said, wanted)
    ]
    return difflib.SequenceMatcher(None, bare[0], bare[1]).ratio()


def _print(text: str) -> None:
    # A windowed program on Windows has no standard output unless it is led somewhere.
    if sys.stdout is not None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
