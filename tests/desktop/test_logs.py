"""What goes wrong is written down, whatever goes wrong, and the next start knows of it."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning

from desktop.logs import Logs, describe
from tests.conftest import ROOT

START = (
    "import sys; from pathlib import Path; from desktop.logs import Logs; "
    "logs = Logs(Path(sys.argv[1])); logs.start(); "
)


def _run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", START + code, str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(name="logs")
def _logs(tmp_path: Path) -> Iterator[Logs]:
    logs = Logs(tmp_path / "logs")
    level = logging.getLogger().level
    logs.start()
    yield logs
    logs.close()
    logging.getLogger().setLevel(level)


def _raise_in_a_thread() -> None:
    def fail() -> None:
        raise ValueError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def test_the_log_says_which_version_ran(logs: Logs) -> None:
    assert "version" in logs.tail() and "Python 3" in logs.tail()


def test_the_tail_is_the_end_of_the_log(logs: Logs) -> None:
    for number in range(100):
        logging.getLogger("desktop.test").info("line %s", number)
    assert [line.rpartition(" ")[2] for line in logs.tail(3).splitlines()] == ["97", "98", "99"]


def test_what_nobody_caught_in_a_thread_is_logged_and_told(logs: Logs) -> None:
    told: list[BaseException] = []
    logs.tell_of_mistakes(told.append)
    _raise_in_a_thread()
    assert "ValueError: in a thread" in logs.tail()
    assert [str(error) for error in told] == ["in a thread"]


@pytest.mark.qt_no_exception_capture
def test_what_qt_complains_about_is_logged(logs: Logs) -> None:
    qWarning("a complaint of Qt")
    assert "WARNING" in logs.tail() and "a complaint of Qt" in logs.tail()


def test_a_program_that_ended_by_itself_is_not_called_crashed(tmp_path: Path) -> None:
    assert _run("logs.close()", tmp_path).returncode == 0
    after = Logs(tmp_path)
    after.start()
    assert not after.was_killed and after.last_crash == ""
    after.close()


def test_a_killed_program_is_noticed_by_the_next(tmp_path: Path) -> None:
    _run("import os; os._exit(9)", tmp_path)
    after = Logs(tmp_path)
    after.start()
    assert after.was_killed and after.last_crash == ""
    after.close()


def test_a_crash_inside_a_library_leaves_its_place(tmp_path: Path) -> None:
    code = "import ctypes\ndef crash_here():\n    ctypes.string_at(0)\ncrash_here()"
    assert _run(code, tmp_path).returncode != 0
    after = Logs(tmp_path)
    after.start()
    assert "crash_here" in after.last_crash
    after.close()


def test_an_exception_in_the_main_thread_is_logged(tmp_path: Path) -> None:
    _run("raise ValueError('the łast words')", tmp_path)
    assert "ValueError: the łast words" in Logs(tmp_path).tail()


def test_the_interrupt_key_is_no_mistake(tmp_path: Path) -> None:
    _run("raise KeyboardInterrupt", tmp_path)
    assert "KeyboardInterrupt" not in Logs(tmp_path).tail()


def test_a_folder_that_cannot_be_written_to_does_not_stop_the_program(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = _run("logs.close(); print('done')", tmp_path / "file")
    assert result.stdout == "done\n"
    assert "version" in result.stderr


def test_logs_are_turned_over_before_they_grow_large(tmp_path: Path) -> None:
    code = "import logging\nfor _ in range(200): logging.warning('x' * 50_000)\nlogs.close()"
    _run(code, tmp_path)
    sizes = [path.stat().st_size for path in tmp_path.glob("*.log*")]
    assert len(sizes) == 6 and max(sizes) <= 1_000_000


def test_a_traceback_names_its_cause() -> None:
    try:
        try:
            raise KeyError("cause")
        except KeyError as exc:
            raise ValueError("effect") from exc
    except ValueError as error:
        assert "KeyError: 'cause'" in describe(error) and "ValueError: effect" in describe(error)
