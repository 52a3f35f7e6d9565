"""Make pictures of every screen from the real window with a real library: scripts/screenshots.sh.

Nothing is drawn for the picture's sake: the window is the program's own, under Qt's offscreen
platform, over a library in a temporary folder. The queue is not started, so that a running job
stands still. A scene says what is to be seen; its variants are light and dark, wide and narrow.
Without names, those that docs/ keeps are made; `--all` makes every one, to be looked at.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSize
from PySide6.QtGui import QFont, QFontDatabase, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop.paths import Paths
from desktop.store.library import Library
from tests.desktop.sample_library import SampleLibrary, fill
from tests.desktop.settling import settle

ROOT = Path(__file__).parents[2]
FONTS = sorted((ROOT / "tests" / "data" / "fonts").glob("*.otf"))
WIDE, NARROW = QSize(1280, 800), QSize(720, 800)
THEMES = ("light", "dark")
_PATIENCE_SECONDS = 15.0
_POINTS = 9.75
"""13 px, as on the pictures of the design."""


class Window(Protocol):
    """A running program, as its composition root builds it."""

    @property
    def widget(self) -> QWidget:
        """Return the main window."""
        ...

    def close(self) -> None:
        """End the program: threads, library, engine."""
        ...


@dataclass(frozen=True, slots=True)
class Stage:
    """What a scene works with."""

    window: Window
    paths: Paths
    sample: SampleLibrary

    @property
    def widget(self) -> QWidget:
        """Return the main window."""
        return self.window.widget

    def wait_until(self, is_reached: Callable[[], bool]) -> None:
        """Let the program work until a claim holds; TimeoutError if it never does."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not is_reached():
            if time.monotonic() > deadline:
                raise TimeoutError("the screen did not become what the scene wanted")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)

    def find(self, name: str) -> QWidget:
        """Return the visible control with an accessible name; LookupError if there is none."""
        for control in (self.widget, *self.widget.findChildren(QWidget)):
            if control.isVisible() and control.accessibleName() == name:
                return control
        raise LookupError(f"no visible control is called {name!r}")


def _as_it_opens(_: Stage) -> None:
    """Arrange nothing."""


def _as_it_is(_: Paths) -> None:
    """Prepare nothing."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One screen in one state."""

    name: str
    """Of the file: NAME-THEME.png, NAME-narrow-THEME.png."""
    arrange: Callable[[Stage], None] = _as_it_opens
    """Brings the window, as it opens, into the state; waits for what it needs."""
    prepare: Callable[[Paths], None] = _as_it_is
    """Changes the folders before the program starts."""
    has_library: bool = True
    """Whether the library is filled, or as on the first day."""
    has_models: bool = True
    """Whether the installed speech models are seen."""
    is_also_narrow: bool = False
    has_contrast: bool = False
    """Whether it is pictured in high contrast."""
    percent: int = 100
    """Size of the system font."""
    language: str = "en"
    sizes: tuple[QSize, ...] = field(default=(WIDE,))
    kept: tuple[str, ...] = ()
    """Themes whose wide picture docs/images/ has; "narrow" keeps the light narrow one."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A scene as it is to be pictured once."""

    scene: Scene
    theme: str
    size: QSize

    @property
    def file_name(self) -> str:
        """Return the name of the picture."""
        narrow = "-narrow" if self._is_narrow else ""
        return f"{self.scene.name}{narrow}-{self.theme}.png"

    @property
    def is_kept(self) -> bool:
        """Tell whether the documents have it."""
        if self._is_narrow:
            return self.theme == "light" and "narrow" in self.scene.kept
        return self.theme in self.scene.kept

    @property
    def _is_narrow(self) -> bool:
        return self.size.width() < WIDE.width()


Opener = Callable[[QApplication, Paths, Variant], Window]
"""Builds the program for a data directory, with theme and language of the variant, and shows it."""


def variants(scenes: Sequence[Scene]) -> Iterator[Variant]:
    """Iterate over all pictures that the scenes ask for."""
    for scene in scenes:
        sizes = (*scene.sizes, NARROW) if scene.is_also_narrow else scene.sizes
        for size in sizes:
            for theme in THEMES:
                yield Variant(scene, theme, size)


class Studio:
    """Make pictures; the library is filled once and copied for each."""

    def __init__(self, application: QApplication, open_window: Opener) -> None:
        self._application = application
        self._open_window = open_window
        # Cleaned up when the studio is left. pylint: disable-next=consider-using-with
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._sample: SampleLibrary | None = None

    def __enter__(self) -> Studio:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._folder.cleanup()

    def picture(self, variant: Variant) -> QPixmap:
        """Return the picture of a scene."""
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            paths = Paths.of(Path(folder) / "data")
            paths.make()
            sample = self._put_library(paths) if variant.scene.has_library else SampleLibrary()
            variant.scene.prepare(paths)
            use_font(self._application, variant.scene.percent)
            with _opened(self._application, paths, variant, self._open_window) as window:
                window.widget.resize(variant.size)
                stage = Stage(window, paths, sample)
                stage.wait_until(window.widget.isVisible)
                variant.scene.arrange(stage)
                settle()
                return _photograph(window.widget)

    def _put_library(self, paths: Paths) -> SampleLibrary:
        filled = Path(self._folder.name) / "library.sqlite3"
        if self._sample is None:
            library = Library(filled)
            self._sample = fill(library, Path(self._folder.name))
            library.close()
        shutil.copy(filled, paths.library)
        return self._sample


def make_pictures(
    application: QApplication, chosen: Sequence[Variant], open_window: Opener, folder: Path
) -> list[Path]:
    """Save the pictures and return where; the folder is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    with Studio(application, open_window) as studio:
        for variant in chosen:
            path = folder / variant.file_name
            if not studio.picture(variant).save(str(path)):
                raise OSError(f"{path} could not be written")
            made.append(path)
    return made


def prepare_application() -> QApplication:
    """Return an application that looks the same on every computer and holds still."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(["screenshots"])
    application.setCursorFlashTime(0)
    for path in FONTS:
        QFontDatabase.addApplicationFont(str(path))
    return application


@contextmanager
def _opened(
    application: QApplication, paths: Paths, variant: Variant, open_window: Opener
) -> Iterator[Window]:
    window = open_window(application, paths, variant)
    try:
        yield window
    finally:
        window.close()
        # Deleted objects of this scene must not appear in the next.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def use_font(application: QApplication, percent: int) -> None:
    """Make the bundled font the system's, in a size that people may have chosen."""
    font = QFont("Inter")
    font.setPointSizeF(_POINTS * percent / 100)
    if application.font() != font:
        application.setFont(font)


def _photograph(window: QWidget) -> QPixmap:
    """Return the window with the menus and dialogs that lie over it."""
    picture = window.grab()
    painter = QPainter(picture)
    for other in QApplication.topLevelWidgets():
        is_over = other.isWindow() and other.isVisible() and other is not window
        if is_over and other.width() > 1:
            painter.drawPixmap(other.pos() - window.pos(), other.grab())
    painter.end()
    return picture


def main(words: Sequence[str] | None = None) -> int:
    """Make all pictures, or those whose names contain one of the words."""
    # The scenes import the whole window.
    from tests.desktop.scenes import SCENES, open_program  # pylint: disable=import-outside-toplevel

    parser = argparse.ArgumentParser(prog="scripts/screenshots.sh", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="part of a picture's name")
    parser.add_argument("--all", action="store_true", help="also those that docs/ has not")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "images", metavar="DIR")
    parser.add_argument("--list", action="store_true", help="name the pictures, make none")
    arguments = parser.parse_args(words)
    chosen = [
        variant
        for variant in variants(SCENES)
        if (arguments.all or arguments.names or variant.is_kept)
        and (not arguments.names or any(name in variant.file_name for name in arguments.names))
    ]
    if arguments.list:
        print("\n".join(variant.file_name for variant in chosen))
        return 0
    made = make_pictures(prepare_application(), chosen, open_program, arguments.output)
    _shrink(made)
    for path in made:
        print(path)
    return 0


def _shrink(paths: Sequence[Path]) -> None:
    """Write the same pictures in fewer bytes if a tool for it is at hand."""
    tool = shutil.which("optipng")
    if tool is not None and paths:
        subprocess.run([tool, "-quiet", *map(str, paths)], check=True)


if __name__ == "__main__":
    sys.exit(main())
