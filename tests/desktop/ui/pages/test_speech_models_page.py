"""The page of speech models shows states and asks the service."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from desktop.services.model_downloads import ModelProgress
from desktop.services.model_list import ListedModel, ModelList, ModelState
from desktop.services.speeds import Estimate
from desktop.ui.pages.model_row import ModelRow
from desktop.ui.widgets.cards import InlineCard
from tests.desktop.ui.pages.conftest import Bench, child
from tests.engine.speech_models.small_models import make_model


def _show(bench: Bench, **changes: dict[str, object]) -> None:
    """List the catalogue with some models in other states."""
    models = tuple(
        replace(model, **changes.get(model.name.replace("-", "_"), {}))  # type: ignore[arg-type]
        for model in bench.downloads.current.models
    )
    bench.area.show_group("models")
    listed = ModelList(models, 2_000_000_000, 214_000_000_000, "base")
    bench.area.models_page._on_listed(listed)  # pylint: disable=protected-access


def _row(bench: Bench, name: str) -> ModelRow:
    return next(row for row in bench.area.models_page.rows if row.model.name == name)


def _click(bench: Bench, row: ModelRow, name: str) -> None:
    buttons = [b for b in row.findChildren(QAbstractButton) if b.isVisible()]
    button = next(b for b in buttons if name in (b.text(), b.accessibleName()))
    bench.click(button)


def _message(bench: Bench) -> InlineCard:
    return child(bench.area.models_page, InlineCard)


def test_rows_say_size_speed_accuracy_and_state(bench: Bench) -> None:
    _show(
        bench,
        base={"state": ModelState.INSTALLED, "speed": Estimate(12.3, True)},
        small={"speed": Estimate(4.56, False)},
        medium={"state": ModelState.DAMAGED, "damage": "model.bin is missing"},
    )
    base = _row(bench, "base").spoken()
    assert base.startswith("base, In use, Multilingual") and "12× real time" in base
    assert "about 14 in 100" in base and "148\u00a0MB" in base
    assert "about 4.6×" in _row(bench, "small").spoken()
    assert "not measured yet" in _row(bench, "tiny").spoken()
    assert "Damaged" in _row(bench, "medium").spoken()


def test_the_model_in_use_offers_no_delete(bench: Bench) -> None:
    _show(bench, base={"state": ModelState.INSTALLED}, tiny={"state": ModelState.INSTALLED})
    actions = _row(bench, "base")._actions  # pylint: disable=protected-access
    assert [action.text() for action in actions.menu().actions()] == ["Check all files"]
    other = _row(bench, "tiny")._actions  # pylint: disable=protected-access
    assert "Delete…" in [action.text() for action in other.menu().actions()]


def test_use_changes_the_profile_for_new_recordings(bench: Bench) -> None:
    _show(bench, small={"state": ModelState.INSTALLED})
    _click(bench, _row(bench, "small"), "Use small")
    assert bench.settings.current.profile.model == "small"
    assert "In use" in _row(bench, "small").spoken()


def test_a_download_shows_bar_percentage_time_pause_and_cancel(bench: Bench) -> None:
    _show(bench, small={"state": ModelState.DOWNLOADING, "done_bytes": 0})
    bench.area.models_page._on_progressed(  # pylint: disable=protected-access
        ModelProgress("small", 320_000_000, 500_000_000, 170.0)
    )
    row = _row(bench, "small")
    texts = [child.text() for child in row.findChildren(QLabel)]
    assert "64\u00a0%" in texts and "about 3\u00a0min left" in texts
    asked: list[tuple[str, str]] = []
    row.asked.connect(lambda what, name: asked.append((what, name)))
    _click(bench, row, "Pause the download of small")
    _show(bench, small={"state": ModelState.DOWNLOADING, "done_bytes": 0})
    row = _row(bench, "small")
    row.asked.connect(lambda what, name: asked.append((what, name)))
    _click(bench, row, "Cancel the download of small")
    assert ("pause", "small") in asked and ("cancel", "small") in asked


def test_a_paused_download_goes_on(bench: Bench) -> None:
    _show(bench, small={"state": ModelState.PAUSED, "done_bytes": 100_000_000})
    row = _row(bench, "small")
    asked: list[str] = []
    row.asked.connect(lambda what, _: asked.append(what))
    _click(bench, row, "Go on with small")
    assert asked == ["download"]


def test_deleting_asks_first(bench: Bench, tmp_path: Path) -> None:
    make_model(bench.models / "mine")
    bench.downloads.refresh()
    bench.area.show_group("models")
    bench.qtbot.waitUntil(lambda: "mine" in [r.model.name for r in bench.area.models_page.rows])
    bench.settings.set_profile("Standard", replace(bench.settings.current.profile, model="base"))
    _row(bench, "mine").asked.emit("remove", "mine")
    assert (bench.models / "mine").exists() and _message(bench).isVisible()
    _message(bench).button_clicked.emit("close")
    assert not _message(bench).isVisible()
    _row(bench, "mine").asked.emit("remove", "mine")
    with bench.qtbot.waitSignal(bench.downloads.removed):
        _message(bench).button_clicked.emit("delete")
    assert not (bench.models / "mine").exists()
    del tmp_path


def test_an_import_ends_with_a_message(bench: Bench, tmp_path: Path) -> None:
    bench.area.show_group("models")
    make_model(tmp_path / "stick" / "mine")
    with bench.qtbot.waitSignal(bench.downloads.finished):
        bench.downloads.import_folder(tmp_path / "stick")
    assert "mine" in _message(bench).accessibleName()
    (tmp_path / "none").mkdir()
    with bench.qtbot.waitSignal(bench.downloads.failed):
        bench.downloads.import_folder(tmp_path / "none")
    assert _message(bench).isVisible()


def test_languages_filter_what_can_be_downloaded(bench: Bench) -> None:
    _show(bench)
    page = bench.area.models_page
    page._languages.set_value("english")  # pylint: disable=protected-access
    page._languages.chosen.emit("english")  # pylint: disable=protected-access
    assert all(row.model.languages == 1 for row in page.rows)
    assert len(page.rows) > 3


def test_narrow_rows_have_two_lines_and_nothing_is_cut(bench: Bench) -> None:
    _show(bench, small={"state": ModelState.DOWNLOADING}, base={"state": ModelState.INSTALLED})
    for width in (1280, 640):
        bench.area.resize(width, 800)
        QApplication.processEvents()
        for row in bench.area.models_page.rows:
            for button in row.findChildren(QAbstractButton):
                if button.isVisible():
                    right = button.mapTo(row, button.rect().topRight()).x()
                    assert right <= row.width(), (width, row.model.name)


def test_a_model_of_no_catalogue_has_no_invented_figures(bench: Bench) -> None:
    model = ListedModel("mine", ModelState.INSTALLED, 5_000_000, None, is_catalogued=False)
    row = ModelRow(model, bench.area)
    row.show_model(model, is_used=False)
    assert "unknown" in row.spoken()
