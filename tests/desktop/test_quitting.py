"""The program ends without a complaint of Qt, whatever was open before."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.store.library import Library
from tests.conftest import ROOT

_SEARCH_AND_QUIT = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desktop import app
from desktop.desk import Desk
from desktop.paths import Paths

start = Desk.start

def start_and_search(desk):
    def search():
        desk.search.open()
        QTest.keyClicks(QApplication.focusWidget(), "country")
        QTimer.singleShot(100, leave)

    def leave():
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        QTimer.singleShot(100, desk.parent().window.close)

    desk.ready.connect(lambda: QTimer.singleShot(0, search))
    start(desk)

Desk.start = start_and_search
sys.exit(app.run(Paths.of(Path(sys.argv[1])), ()))
"""


@pytest.mark.usefixtures("isolated_home")
def test_after_a_search_the_program_ends_in_silence(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", _SEARCH_AND_QUIT, str(tmp_path / "data")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (result.returncode, result.stderr) == (0, "")


_WAIT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop import app
from desktop.desk import Desk
from desktop.paths import Paths

start = Desk.start

def start_and_tell(desk):
    desk.ready.connect(lambda: print("ready", flush=True))
    start(desk)

Desk.start = start_and_tell
sys.exit(app.run(Paths.of(Path(sys.argv[1])), ()))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.usefixtures("isolated_home")
def test_a_signal_ends_the_program_in_good_order(tmp_path: Path, number: signal.Signals) -> None:
    data = tmp_path / "data"
    with subprocess.Popen(
        [sys.executable, "-c", _WAIT, str(data)], cwd=ROOT, stdout=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"ready\n"
        program.send_signal(number)
        assert program.wait(60) == 0
    library = Library(data / "library.sqlite3")
    assert not library.was_interrupted
    library.close()
