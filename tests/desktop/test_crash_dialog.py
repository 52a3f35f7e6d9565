"""A failure is shown once, with what to do, and can be copied into a report."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.crash_dialog import CrashDialog, CrashReporter, report_on
from desktop.logs import Logs
from engine.errors import EngineCrashed, LibraryError


@pytest.fixture(name="logs")
def _logs(tmp_path: Path) -> Logs:
    return Logs(tmp_path)


@pytest.fixture(name="reporter")
def _reporter(logs: Logs, qtbot: QtBot) -> Iterator[CrashReporter]:
    del qtbot
    reporter = CrashReporter(logs)
    yield reporter
    if reporter.dialog is not None:
        reporter.dialog.reject()


def _dialog(error: BaseException, logs: Logs, qtbot: QtBot) -> CrashDialog:
    dialog = CrashDialog(report_on(error), logs)
    qtbot.addWidget(dialog)
    return dialog


def _texts(dialog: CrashDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def _button(dialog: CrashDialog, text: str) -> QPushButton:
    return next(item for item in dialog.findChildren(QPushButton) if item.text() == text)


def test_a_bug_is_to_be_reported(logs: Logs, qtbot: QtBot) -> None:
    said = _texts(_dialog(KeyError("x"), logs, qtbot))
    assert "The program made a mistake." in said and "Report" in said
    said = _texts(_dialog(EngineCrashed("engine.internal", "x"), logs, qtbot))
    assert "The program made a mistake." in said


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (LibraryError("library.read_only", "/somewhere"), "written"),
        (OSError(errno.ENOSPC, "No space left on device", "/data/x"), "No space left on device"),
        (MemoryError(), "Close other programs"),
    ],
)
def test_what_people_can_mend_is_said_as_such(
    error: BaseException, words: str, logs: Logs, qtbot: QtBot
) -> None:
    dialog = _dialog(error, logs, qtbot)
    assert words in _texts(dialog)
    assert "mistake" not in _texts(dialog)


def test_the_details_hold_versions_traceback_and_log() -> None:
    with pytest.raises(KeyError) as caught:
        raise KeyError("the cause")
    details = report_on(caught.value, "the last line of the log").details
    assert "PySide6" in details and "Python" in details
    assert "test_crash_dialog.py" in details and "KeyError: 'the cause'" in details
    assert details.endswith("the last line of the log")


def test_the_details_can_be_copied(logs: Logs, qtbot: QtBot) -> None:
    dialog = _dialog(KeyError("x"), logs, qtbot)
    _button(dialog, "Copy details").click()
    shown = [box.toPlainText() for box in dialog.findChildren(QPlainTextEdit)]
    assert shown == [QGuiApplication.clipboard().text()]


def test_the_log_folder_opens(logs: Logs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog = _dialog(KeyError("x"), logs, qtbot)
    _button(dialog, "Open log folder").click()
    assert opened == [str(logs.folder)]


def test_every_control_has_a_name(logs: Logs, qtbot: QtBot) -> None:
    dialog = _dialog(KeyError("x"), logs, qtbot)
    controls: list[QWidget] = [dialog]
    controls += [*dialog.findChildren(QPushButton), *dialog.findChildren(QPlainTextEdit)]
    assert all(control.accessibleName() for control in controls)


def test_a_mistake_in_any_thread_is_shown_in_the_window(
    reporter: CrashReporter, qtbot: QtBot
) -> None:
    thread = threading.Thread(target=reporter.show, args=(KeyError("x"),))
    thread.start()
    thread.join()
    assert reporter.dialog is None
    qtbot.waitUntil(lambda: reporter.dialog is not None)


def test_one_dialog_is_shown_at_a_time_and_another_after_it_is_closed(
    reporter: CrashReporter, qtbot: QtBot
) -> None:
    reporter.show(KeyError("first"))
    first = reporter.dialog
    assert first is not None and first.isVisible()
    reporter.show(KeyError("second"))
    assert reporter.dialog is first
    first.reject()
    assert reporter.dialog is None
    reporter.show(KeyError("third"))
    qtbot.waitUntil(lambda: reporter.dialog is not None)


def test_uncaught_exceptions_reach_it(reporter: CrashReporter, logs: Logs) -> None:
    logs._listener(ValueError("x"))  # pylint: disable=protected-access  # what the hooks call
    assert reporter.dialog is not None
