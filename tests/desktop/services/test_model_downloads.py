"""Speech models are downloaded, paused, continued, checked, repaired and removed in threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.background import Background
from desktop.services.model_downloads import ModelDownloads, ModelProgress
from desktop.services.model_list import ListedModel, ModelState
from desktop.services.settings_service import SettingsService
from desktop.services.speeds import MeasuredSpeed, Speeds
from desktop.settings import DEFAULTS, Loaded
from engine import network
from engine.speech_models import catalogue
from engine.speech_models.download import DownloadOptions
from engine.speech_models.http_file import HttpSettings
from engine.speech_models.installed import verify_model
from tests.engine.speech_models.model_server import Script, serving
from tests.engine.speech_models.small_models import SOURCE, entry_of, make_model

NAME = "small-test"
BASE = f"/{SOURCE.repository}/resolve/{SOURCE.revision}"


@dataclass
class Bench:
    """Hold what a test works with."""

    downloads: ModelDownloads
    settings: SettingsService
    script: Script
    models: Path
    source: Path
    qtbot: QtBot

    def model(self) -> ListedModel:
        """Return the small model as it is listed."""
        return next(each for each in self.downloads.current.models if each.name == NAME)

    def wait_for(self, state: ModelState) -> None:
        """Wait until the small model is in a state."""
        self.wait(lambda: bool(self.downloads.current.models) and self.model().state is state)

    def wait(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        self.qtbot.waitUntil(holds, timeout=10_000)

    def download_half(self) -> None:
        """Begin a download that stands still in the middle of the weights."""
        weights = self.models / f".{NAME}.part" / "model.bin"
        self.script.faults = ["stall"]
        self.downloads.download(NAME)
        self.wait(lambda: weights.exists() and weights.stat().st_size > 400_000)

    def install(self) -> None:
        """Download the small model."""
        with self.qtbot.waitSignal(self.downloads.finished):
            self.downloads.download(NAME)
        self.wait_for(ModelState.INSTALLED)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Return downloads from a server on this computer."""
    source = make_model(tmp_path / "source", width=512)
    monkeypatch.setitem(catalogue.CATALOGUE, NAME, entry_of(source, NAME))
    script = Script({f"{BASE}/{path.name}": path.read_bytes() for path in source.iterdir()})
    models = tmp_path / "models"
    background = Background()
    settings = SettingsService(Loaded(DEFAULTS), tmp_path / "settings.toml")
    speeds = Speeds(tmp_path / "speeds.json")
    speeds.record("base", MeasuredSpeed(12.0, "cpu", "int8"), 600.0)
    with serving(script) as url:
        http = HttpSettings(url, stall_timeout=5, attempts=2, pause=lambda _: None)
        downloads = ModelDownloads(
            (models,),
            background,
            settings,
            speeds=speeds,
            options=lambda: DownloadOptions((models,), http=http),
        )
        downloads.refresh()
        yield Bench(downloads, settings, script, models, source, qtbot)
        downloads.close()
        script.release.set()
        background.close()
    settings.close()
    network.allow()


def test_the_list_has_sizes_languages_room_and_speeds(bench: Bench) -> None:
    bench.wait_for(ModelState.AVAILABLE)
    found = {model.name: model for model in bench.downloads.current.models}
    assert found["large-v3"].languages == 100 and found["tiny.en"].languages == 1
    assert found["base"].size_bytes > 100_000_000
    assert bench.downloads.current.free_bytes > 0
    assert bench.downloads.current.default == ""
    base, small = found["base"].speed, found["small"].speed
    assert base is not None and (base.speed, base.is_measured) == (12.0, True)
    assert small is not None and not small.is_measured and small.speed < 6


def test_a_download_tells_its_progress_and_ends_installed(bench: Bench) -> None:
    told: list[ModelProgress] = []
    states: list[ModelState] = []
    bench.wait_for(ModelState.AVAILABLE)
    bench.downloads.progressed.connect(told.append)
    bench.downloads.listed.connect(lambda _: states.append(bench.model().state))
    bench.install()
    assert told[-1].done_bytes == told[-1].total_bytes
    assert ModelState.DOWNLOADING in states
    verify_model(NAME, (bench.models,))
    assert bench.downloads.current.used_bytes == bench.model().size_bytes > 0


def test_a_paused_download_keeps_its_part_and_goes_on(bench: Bench) -> None:
    bench.download_half()
    bench.downloads.pause(NAME)
    assert bench.model().state is ModelState.PAUSED  # at once, although the server is silent
    bench.script.release.set()
    bench.wait(lambda: 0 < bench.model().done_bytes < bench.model().size_bytes)
    bench.install()
    weights = [request for request in bench.script.requests if request[0].endswith("model.bin")]
    assert weights[-1][1] is not None  # the rest only


def test_a_cancelled_download_leaves_nothing(bench: Bench) -> None:
    bench.download_half()
    bench.downloads.cancel(NAME)
    bench.script.release.set()
    bench.wait_for(ModelState.AVAILABLE)
    bench.wait(lambda: not (bench.models / f".{NAME}.part").exists())


def test_a_paused_download_can_be_cancelled(bench: Bench) -> None:
    bench.script.faults = ["404"]
    with bench.qtbot.waitSignal(bench.downloads.failed) as failed:
        bench.downloads.download(NAME)
    assert failed.args is not None and failed.args[:2] == [NAME, "model.download_failed"]
    bench.wait_for(ModelState.PAUSED)
    bench.downloads.cancel(NAME)
    bench.wait_for(ModelState.AVAILABLE)


def test_downloads_wait_for_each_other(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "other-test"
    monkeypatch.setitem(catalogue.CATALOGUE, other, entry_of(bench.source, other))
    bench.downloads.refresh()
    bench.wait(lambda: any(each.name == other for each in bench.downloads.current.models))
    bench.script.faults = ["stall"]
    bench.downloads.download(NAME)
    bench.downloads.download(other)
    bench.downloads.download(other)
    states = {each.name: each.state for each in bench.downloads.current.models}
    assert (states[NAME], states[other]) == (ModelState.DOWNLOADING, ModelState.WAITING)
    bench.downloads.pause(other)
    states = {each.name: each.state for each in bench.downloads.current.models}
    assert states[other] is ModelState.AVAILABLE
    bench.downloads.download(other)
    bench.downloads.pause(NAME)
    with bench.qtbot.waitSignal(bench.downloads.finished) as finished:
        bench.script.release.set()
    assert finished.args == [other]


def test_staying_offline_stops_downloads_and_refuses_new_ones(bench: Bench) -> None:
    bench.download_half()
    network.forbid()
    bench.settings.change(stay_offline=True)
    bench.script.release.set()
    bench.wait_for(ModelState.PAUSED)
    with bench.qtbot.waitSignal(bench.downloads.failed) as failed:
        bench.downloads.download(NAME)
    assert failed.args is not None and failed.args[1] == "model.offline"


def test_a_damaged_model_is_found_repaired_and_only_its_damage_fetched(bench: Bench) -> None:
    bench.install()
    weights = bench.models / NAME / "model.bin"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    with bench.qtbot.waitSignal(bench.downloads.failed) as failed:
        bench.downloads.verify(NAME)
    assert failed.args is not None and failed.args[:2] == [NAME, "model.corrupt"]
    bench.wait_for(ModelState.DAMAGED)
    bench.script.requests.clear()
    with bench.qtbot.waitSignal(bench.downloads.finished):
        bench.downloads.repair(NAME)
    bench.wait_for(ModelState.INSTALLED)
    verify_model(NAME, (bench.models,))
    assert {request[0] for request in bench.script.requests} == {f"{BASE}/model.bin"}


def test_a_whole_model_is_verified(bench: Bench) -> None:
    bench.install()
    states: list[ModelState] = []
    bench.downloads.listed.connect(lambda _: states.append(bench.model().state))
    with bench.qtbot.waitSignal(bench.downloads.verified):
        bench.downloads.verify(NAME)
    assert states[0] is ModelState.CHECKING
    bench.wait_for(ModelState.INSTALLED)


def test_a_model_is_imported_and_removed(bench: Bench) -> None:
    with bench.qtbot.waitSignal(bench.downloads.finished) as finished:
        bench.downloads.import_folder(bench.source)
    assert finished.args == [NAME]
    bench.wait_for(ModelState.INSTALLED)
    with bench.qtbot.waitSignal(bench.downloads.removed):
        bench.downloads.remove(NAME)
    bench.wait_for(ModelState.AVAILABLE)


def test_a_folder_without_a_model_is_told(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with bench.qtbot.waitSignal(bench.downloads.failed) as failed:
        bench.downloads.import_folder(tmp_path / "empty")
    assert failed.args is not None and failed.args[:2] == ["", "model.not_installed"]


def test_a_mistake_of_the_program_is_told_too(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("boom")

    monkeypatch.setattr("desktop.services.model_downloads.remove_model", fail)
    with bench.qtbot.waitSignal(bench.downloads.failed) as failed:
        bench.downloads.remove(NAME)
    assert failed.args is not None and failed.args[1] == "engine.internal"


def test_only_models_of_the_catalogue_can_be_downloaded(bench: Bench) -> None:
    with bench.qtbot.waitSignal(bench.downloads.failed) as failed:
        bench.downloads.download("somebodys")
    assert failed.args is not None and failed.args[1] == "model.not_installed"
