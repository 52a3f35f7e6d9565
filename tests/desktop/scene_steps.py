"""Bring the running program into the states that are pictured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop.crash_dialog import CrashReporter
from desktop.services.jobs import JobProgress
from desktop.services.model_downloads import ModelProgress
from desktop.services.model_list import ListedModel, ModelList, ModelState
from desktop.store.records import JobStatus
from desktop.ui.export.export_sheet import ExportSheet
from desktop.ui.pages.profile_section import ProfileRow
from desktop.ui.pages.settings_area import SettingsArea
from desktop.ui.search.search_sheet import SearchSheet
from desktop.ui.widgets.buttons import Button
from engine.device_report import DeviceReport
from tests.desktop.open_program import desk_of, library_of, opened, window_of
from tests.desktop.screenshots import Stage
from tests.desktop.settling import settle

Step = Callable[[Stage], None]
_Widget = TypeVar("_Widget", bound=QWidget)

COUNCIL, INTERVIEW = "Council meeting 12 May", "Interview Kowalski"
_CRASH_LOG = (
    "14:02:11 WARNING engine.process.client: the engine ended with signal 11\n"
    "14:02:11 WARNING desktop.services.engine_thread: started again on the processor\n"
    "14:04:40 WARNING engine.process.client: the engine ended with signal 11\n"
    "Fatal Python error: Segmentation fault\n"
    "Current thread 0x00007f2b (most recent call first):\n"
    '  File "engine/recognition/decoder.py", line 212 in decode\n'
)
_MB = 1_000_000


def each(*steps: Step) -> Step:
    """Do one after the other."""

    def do(stage: Stage) -> None:
        for step in steps:
            step(stage)
            settle()

    return do


# ---- the library and its transcripts -----------------------------------------------------


def ready(stage: Stage) -> None:
    """Wait for the library and the list of speech models."""
    opened(stage)
    settle()


def open_transcript(title: str) -> Step:
    """Open a transcript and wait for its text."""

    def do(stage: Stage) -> None:
        number = stage.sample.transcripts[title]
        desk_of(stage).document.open(number)
        stage.wait_until(lambda: window_of(stage).is_document_shown)
        window_of(stage).sidebar.tree.show_open(number)

    return do


def run(stage: Stage) -> None:
    """Let a job be nearly half done."""
    number = stage.sample.transcripts[COUNCIL]
    told = JobProgress(number, 1733.0, 3734.0, 172.0, 12.0)
    desk_of(stage).services.queue.progressed.emit(told)


def begin(stage: Stage) -> None:
    """Let a job begin: nothing is known of it yet."""
    library = library_of(stage)
    number = stage.sample.transcripts["Radio feature, raw"]
    library.set_status(stage.sample.transcripts[COUNCIL], JobStatus.QUEUED).result()
    library.set_status(number, JobStatus.RUNNING).result()
    settle()


def set_status(title: str, status: JobStatus, code: str = "", detail: str = "") -> Step:
    """Let a job be as it would be after something happened."""

    def do(stage: Stage) -> None:
        number = stage.sample.transcripts[title]
        library_of(stage).set_status(number, status, code=code, detail=detail).result()
        settle()

    return do


def crash(stage: Stage) -> None:
    """Let the engine have ended for good, and show the details."""
    set_status(COUNCIL, JobStatus.FAILED, "engine.crashed", _CRASH_LOG)(stage)
    open_transcript(COUNCIL)(stage)
    settle()
    card = window_of(stage).document.card
    stage.wait_until(lambda: bool(_quiet_buttons(card)))
    _quiet_buttons(card)[0].click()


def _quiet_buttons(card: QWidget) -> list[Button]:
    found = card.findChildren(Button)
    return [one for one in found if one.kind == "quiet" and one.isVisible()]


# ---- what is done in the window ----------------------------------------------------------


def click(name: str) -> Step:
    """Press the visible control that is called so."""

    def do(stage: Stage) -> None:
        press = getattr(stage.find(name), "click")
        press()

    return do


def drag_over(stage: Stage) -> None:
    """Hold a file over the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(stage.paths.data / "interview.mp3"))])
    event = QDragEnterEvent(
        QPointF(600, 400).toPoint(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window_of(stage).dragEnterEvent(event)


def find(text: str) -> Step:
    """Search in the open text."""

    def do(stage: Stage) -> None:
        window_of(stage).document.view.find_text(text)

    return do


def replace_in(stage: Stage) -> None:
    """Show the second line of the find bar."""
    find("house")(stage)
    settle()
    window_of(stage).document.view.replace()


def rename_speaker(stage: Stage) -> None:
    """Click the first name beside the text."""
    view = window_of(stage).document.view
    view.page.name_clicked.emit(0)


def text_menu(stage: Stage) -> None:
    """Open the context menu of the text."""
    view = window_of(stage).document.view
    menu = view.make_menu()
    menu.popup(view.page.mapToGlobal(view.page.rect().center()))


def row_menu(stage: Stage) -> None:
    """Open the context menu of a transcript in the library."""
    sidebar = window_of(stage).sidebar
    row = sidebar.tree.model().row(sidebar.tree.currentIndex())  # type: ignore[attr-defined]
    menu = sidebar.make_menu(row)
    menu.popup(sidebar.tree.viewport().mapToGlobal(sidebar.tree.viewport().rect().center()))


def main_menu(stage: Stage) -> None:
    """Open the menu of the window."""
    window = window_of(stage)
    menu: QMenu = window.menu
    menu.popup(window.sidebar.mapToGlobal(window.sidebar.rect().topLeft()))


def toast(stage: Stage) -> None:
    """Say that something was done."""
    window_of(stage).toasts.show_toast("Interview Kowalski.docx was exported.", "Show in folder")


# ---- sheets ------------------------------------------------------------------------------


def search(text: str) -> Step:
    """Search in everything."""

    def do(stage: Stage) -> None:
        desk_of(stage).search.open()
        sheet = _child(stage, SearchSheet)
        sheet.open_search(text)
        settle()

    return do


def export(*titles: str, purpose: str = "") -> Step:
    """Open the export sheet, with one of its presets."""

    def do(stage: Stage) -> None:
        numbers = [stage.sample.transcripts[title] for title in titles]
        desk_of(stage).export.open(numbers)
        settle()
        if purpose:
            _child(stage, ExportSheet).presets.button(purpose).click()
            settle()

    return do


def history(stage: Stage) -> None:
    """Keep two revisions and show them."""
    library = library_of(stage)
    number = stage.sample.transcripts[INTERVIEW]
    for reason in ("transcribed", "edited"):
        library.keep_revision(number, reason).result()
    desk_of(stage).history.open()


def _child(stage: Stage, kind: type[_Widget]) -> _Widget:
    return next(one for one in window_of(stage).findChildren(kind) if one.isVisible())


# ---- settings ----------------------------------------------------------------------------


def settings(group: str = "general") -> Step:
    """Open a group of the settings."""

    def do(stage: Stage) -> None:
        desk = desk_of(stage)
        desk.settings.set_devices(_DEVICES)
        desk.settings.open(group)

    return do


def search_settings(text: str) -> Step:
    """Search in the settings."""

    def do(stage: Stage) -> None:
        _child(stage, SettingsArea).search_field.setText(text)

    return do


def edit_profile(stage: Stage) -> None:
    """Open the editor of the first profile."""
    _child(stage, ProfileRow).open_editor()


def list_models(stage: Stage) -> None:
    """Show a model in every state."""
    desk = desk_of(stage)
    models = [_stated(model) for model in desk.services.downloads.current.models]
    desk.services.downloads.listed.emit(ModelList(tuple(models), 1720 * _MB, 212_000 * _MB, "base"))
    told = ModelProgress("large-v3-turbo", 716 * _MB, 1620 * _MB, 48.0)
    desk.services.downloads.progressed.emit(told)


def _stated(model: ListedModel) -> ListedModel:
    states = {
        "base": ModelState.INSTALLED,
        "tiny.en": ModelState.INSTALLED,
        "small": ModelState.DAMAGED,
        "large-v3-turbo": ModelState.DOWNLOADING,
    }
    state = states.get(model.name, ModelState.AVAILABLE)
    damage = "1 of 4 files does not match" if state is ModelState.DAMAGED else ""
    return replace(model, state=state, damage=damage)


_DEVICES = (
    DeviceReport(
        "cpu", "AMD Ryzen 7 5800H", ("int8", "float32"), True, tried_with="base", replicas=4
    ),
    DeviceReport("cuda:0", "NVIDIA GeForce RTX 3060 Laptop", (), False, "device.library_missing"),
)


def crash_dialog(error: BaseException) -> Step:
    """Let something fail that nobody caught."""

    def do(stage: Stage) -> None:
        opened(stage).program.findChildren(CrashReporter)[0].show(error)

    return do
