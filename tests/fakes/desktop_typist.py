"""Run the window program and type into the transcript as it comes: `desktop_typist.py DIR FILE`.

Once the first text is shown, `TYPED ` is typed at its beginning; when the library has stored it,
the program prints `stored`. It goes on until it is killed or its window is closed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from desktop.app import Program, make_application
from desktop.paths import Paths
from desktop.single_instance import SingleInstance

TYPED = "Typed "
_LOOK_AGAIN_MS = 20


class Typist:
    """Wait for text, type once, and tell when it is stored."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._timer = QTimer(program)
        self._timer.setInterval(_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        program = self._program
        page = program.window.document.view.page
        if program.desk is None or not page.toPlainText():
            return
        session = program.desk.document.session
        assert session is not None
        self._timer.stop()
        session.saved.connect(self._tell)
        page.setFocus()
        page.setTextCursor(page.cursor_at(0, 0))
        QTest.keyClicks(page, TYPED)
        program.window.document.view.commit()

    def _tell(self) -> None:
        print("stored", flush=True)


def main(folder: str, recording: str) -> int:
    """Show the window and type."""
    application = make_application()
    paths = Paths.of(Path(folder))
    paths.make()
    instance = SingleInstance(paths.instance)
    assert instance.acquire()
    program = Program(application, paths, instance)
    typist = Typist(program)
    program.show([Path(recording)])
    code = application.exec()
    program.close()
    del typist
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
