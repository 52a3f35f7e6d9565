"""Open the whole program over a data directory, its queue asleep, to be pictured or tested."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from typing import cast
from unittest.mock import patch

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import settings as settings_files
from desktop.app import Program
from desktop.desk import Desk
from desktop.paths import Paths
from desktop.single_instance import SingleInstance
from desktop.store.library import Library
from desktop.ui.main_window import MainWindow
from engine.speech_models.installed import FOLDERS_VARIABLE
from tests.desktop.screenshots import Stage, Variant


class OpenProgram:
    """The program over a data directory; what runs stands still while it is looked at."""

    def __init__(self, application: QApplication, paths: Paths, variant: Variant) -> None:
        chosen = replace(
            settings_files.read(paths.settings).settings,
            appearance=variant.theme,
            language=variant.scene.language,
            reduce_motion="on",
        )
        settings_files.save(chosen, paths.settings)
        self._held = contextlib.ExitStack()
        self._held.enter_context(patch("desktop.services.jobs.JobQueue.start"))
        # Nor is an engine started in advance.
        self._held.enter_context(patch("desktop.services.engine_thread.EngineThread.warm"))
        if not variant.scene.has_models:
            empty = {FOLDERS_VARIABLE: str(paths.data / "no models")}
            self._held.enter_context(patch.dict(os.environ, empty))
        instance = SingleInstance(paths.instance)
        instance.acquire()
        self._application = application
        self.program = Program(application, paths, instance)
        self.program.theme.set_high_contrast("on" if variant.scene.has_contrast else "off")
        self.program.show(())

    @property
    def widget(self) -> MainWindow:
        """Return the main window."""
        return self.program.window

    @property
    def is_ready(self) -> bool:
        """Tell whether library and speech models are shown, or why there are none."""
        desk, window = self.program.desk, self.widget
        if window.trouble.isVisible():
            return True
        return desk is not None and bool(desk.services.downloads.current.models)

    def close(self) -> None:
        """End the program."""
        self.program.close()
        # Else it is a second window that follows theme and font.
        self.widget.close()
        self.widget.deleteLater()
        self.program.theme.remove()
        # English texts are in the program; a translator that stays would replace them.
        for translator in self._application.findChildren(QTranslator):
            self._application.removeTranslator(translator)
        QLocale.setDefault(QLocale.c())
        self.program.deleteLater()
        self._held.close()


def open_program(application: QApplication, paths: Paths, variant: Variant) -> OpenProgram:
    """Open the program for a picture."""
    return OpenProgram(application, paths, variant)


def opened(stage: Stage) -> OpenProgram:
    """Return the program on a stage, once it is ready."""
    program = cast(OpenProgram, stage.window)
    stage.wait_until(lambda: program.is_ready)
    return program


def desk_of(stage: Stage) -> Desk:
    """Return everything behind the window."""
    desk = opened(stage).program.desk
    assert desk is not None
    return desk


def library_of(stage: Stage) -> Library:
    """Return the open library."""
    library = opened(stage).program.library
    assert library is not None
    return library


def window_of(stage: Stage) -> MainWindow:
    """Return the main window."""
    return opened(stage).widget
