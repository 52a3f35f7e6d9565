"""Test finding, listing, verifying and removing installed models."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from engine.errors import ExportError, ModelError, OptionsError
from engine.speech_models import catalogue
from engine.speech_models.installed import (
    FOLDERS_VARIABLE,
    default_model,
    find_model,
    import_model,
    list_installed,
    models_folders,
    remove_model,
    verify_model,
)
from tests.engine.speech_models.small_models import entry_of, make_model, use_json_vocabulary

FILES = ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt")


@pytest.fixture
def installed(models: Path, small: Path) -> Path:
    """Return the folder of an installed model named small-test."""
    return import_model(small, "small-test").folder if models else small


def test_the_users_folder_comes_before_the_programs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(FOLDERS_VARIABLE, raising=False)
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda name, **_: str(tmp_path / name))
    own = tmp_path / "WhisperTranscriber" / "models"
    folders = models_folders()
    assert folders[0] == own
    assert folders[1].parts[-3:] == ("engine", "resources", "models")
    assert models_folders(tmp_path / "portable") == (tmp_path / "portable" / "models", *folders)


def test_the_environment_overrides_all_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDERS_VARIABLE, os.pathsep.join(["/one", "", "~/two"]))
    assert models_folders(Path("/data")) == (Path("/one"), Path.home() / "two")


def test_a_model_is_found_by_name_by_short_form_and_by_folder(models: Path, small: Path) -> None:
    made = make_model(models / "large-v3-turbo")
    assert find_model("large-v3-turbo") == made
    assert find_model("turbo") == made
    assert find_model(str(small)) == small


def test_a_name_of_the_catalogue_never_means_a_folder_beside(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_model(tmp_path / "here" / "base")
    make_model(tmp_path / "here" / "mine")
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(ModelError) as caught:
        find_model("base")
    assert caught.value.code == "model.not_installed"
    assert find_model("mine") == Path("mine")
    assert not models.exists()


def test_a_model_that_is_nowhere_is_not_installed(models: Path) -> None:
    models.mkdir()
    (models / "small").mkdir()
    for name in ("small", "nothing", "../models", "/nowhere/base"):
        with pytest.raises(ModelError) as caught:
            find_model(name)
        assert caught.value.code == "model.not_installed"


def test_a_whole_copy_further_down_replaces_a_damaged_one(tmp_path: Path) -> None:
    folders = (tmp_path / "one", tmp_path / "two", tmp_path / "none")
    make_model(folders[0] / "tiny")
    (folders[0] / "tiny" / "config.json").unlink()
    make_model(folders[1] / "tiny")
    assert find_model("tiny", folders) == folders[1] / "tiny"
    (folders[1] / "tiny" / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match="config.json is missing"):
        find_model("tiny", folders)


@pytest.mark.parametrize("has_manifest", [True, False])
@pytest.mark.parametrize("name", FILES)
def test_each_missing_file_is_named(installed: Path, name: str, has_manifest: bool) -> None:
    if not has_manifest:
        (installed / "model.json").unlink()
    (installed / name).unlink()
    for check in (find_model, verify_model):
        with pytest.raises(ModelError, match=name) as caught:
            check("small-test")
        assert caught.value.code == "model.corrupt"


@pytest.mark.parametrize("has_manifest", [True, False])
@pytest.mark.parametrize("name", FILES)
def test_each_truncated_file_is_named(installed: Path, name: str, has_manifest: bool) -> None:
    if not has_manifest:
        (installed / "model.json").unlink()
    content = (installed / name).read_bytes()
    (installed / name).write_bytes(content[: len(content) // 2])
    for check in (find_model, verify_model):
        with pytest.raises(ModelError, match=name.partition(".")[0]) as caught:
            check("small-test")
        assert caught.value.code == "model.corrupt"


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_is_found_by_verifying(installed: Path, name: str) -> None:
    verify_model("small-test")
    content = bytearray((installed / name).read_bytes())
    content[-3] ^= 1
    (installed / name).write_bytes(content)
    find_model("small-test")
    with pytest.raises(ModelError, match=f"{name} has other contents") as caught:
        verify_model("small-test")
    assert caught.value.code == "model.corrupt"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"files": {}}', '{"files": {"../x": {}}}', '{"files": {".x": {"size": 1}}}'],
)
def test_a_damaged_manifest_is_damage(installed: Path, text: str) -> None:
    (installed / "model.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="model.json"):
        find_model("small-test")


@pytest.mark.parametrize("name", ["../config.json", ".hidden", "a/b"])
def test_a_manifest_may_not_name_files_elsewhere(installed: Path, name: str) -> None:
    (installed.parent / "config.json").write_bytes((installed / "config.json").read_bytes())
    manifest = installed / "model.json"
    text = manifest.read_text(encoding="utf-8").replace('"config.json"', f'"{name}"')
    manifest.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="model.json: ValueError"):
        find_model("small-test")


def test_a_manifest_cannot_excuse_a_missing_file(installed: Path) -> None:
    manifest = installed / "model.json"
    text = manifest.read_text(encoding="utf-8").replace('"vocabulary.txt"', '"tokenizer.json"')
    manifest.write_text(text, encoding="utf-8")
    (installed / "vocabulary.txt").unlink()
    with pytest.raises(ModelError, match="vocabulary"):
        find_model("small-test")


def test_a_folder_without_manifest_is_compared_with_the_catalogue(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_model(models / "listed")
    monkeypatch.setitem(catalogue.CATALOGUE, "listed", entry_of(folder, "listed"))
    verify_model("listed")
    content = bytearray((folder / "model.bin").read_bytes())
    content[90] ^= 1  # inside the embedding's numbers
    (folder / "model.bin").write_bytes(content)
    find_model("listed")
    with pytest.raises(ModelError, match="model.bin has other contents"):
        verify_model("listed")


def test_a_folder_that_nobody_knows_is_checked_by_its_structure(models: Path) -> None:
    folder = make_model(models / "unknown")
    verify_model("unknown")
    (folder / "model.bin").write_bytes((folder / "model.bin").read_bytes()[:-1])
    with pytest.raises(ModelError, match="ends in the middle"):
        verify_model("unknown")


def test_verifying_what_is_not_there_says_so(models: Path) -> None:
    assert not models.exists()
    with pytest.raises(ModelError) as caught:
        verify_model("base")
    assert caught.value.code == "model.not_installed"


def test_another_kind_of_model_is_refused(models: Path) -> None:
    folder = make_model(models / "translator")
    content = (folder / "model.bin").read_bytes().replace(b"WhisperSpec", b"Transformer")
    (folder / "model.bin").write_bytes(content)
    with pytest.raises(ModelError, match="no Whisper model"):
        find_model("translator")


def test_both_kinds_of_vocabulary_are_understood(models: Path) -> None:
    folder = make_model(models / "newer")
    use_json_vocabulary(folder)
    assert find_model("newer") == folder
    (folder / "vocabulary.json").write_text("3", encoding="utf-8")
    with pytest.raises(ModelError, match="vocabulary.json cannot be read"):
        find_model("newer")


def test_models_are_listed_from_small_to_accurate_then_others(models: Path) -> None:
    for name in ("zeta", "large-v3", "alpha", "tiny", ".tiny.part"):
        make_model(models / name)
    (models / "alpha" / "config.json").unlink()
    (models / "empty").mkdir()
    (models / "file").write_text("x", encoding="utf-8")
    found = list_installed()
    assert [model.name for model in found] == ["tiny", "large-v3", "alpha", "zeta"]
    assert [bool(model.damage) for model in found] == [False, False, True, False]
    assert found[2].damage == "config.json is missing"
    assert found[0].entry is catalogue.CATALOGUE["tiny"] and found[3].entry is None
    assert found[0].size_bytes == sum(path.stat().st_size for path in found[0].folder.iterdir())


def test_the_first_of_two_equal_names_is_listed(tmp_path: Path) -> None:
    folders = (tmp_path / "one", tmp_path / "two")
    for folder in folders:
        make_model(folder / "tiny")
    assert [model.folder for model in list_installed(folders)] == [folders[0] / "tiny"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("tiny", "base", "large-v3"), "base"),
        (("tiny", "medium.en", "small"), "small"),
        (("tiny.en", "medium.en", "other"), "other"),
        (("other", "another"), "other"),
    ],
)
def test_the_default_is_base_else_the_most_accurate(
    models: Path, names: tuple[str, ...], expected: str
) -> None:
    for name in names:
        make_model(models / name)
    assert default_model() == expected


def test_a_damaged_base_stays_the_default_so_that_the_damage_is_told(models: Path) -> None:
    make_model(models / "base")
    (models / "base" / "model.bin").unlink()
    make_model(models / "tiny")
    assert default_model() == "base"
    with pytest.raises(ModelError) as caught:
        find_model(default_model())
    assert caught.value.code == "model.corrupt" and "model.bin" in caught.value.detail


def test_another_damaged_model_is_no_default(models: Path) -> None:
    make_model(models / "small")
    (models / "small" / "model.bin").unlink()
    with pytest.raises(ModelError) as caught:
        default_model()
    assert caught.value.code == "model.not_installed"
    make_model(models / "tiny")
    assert default_model() == "tiny"


def test_an_english_only_model_is_never_chosen_unasked(models: Path) -> None:
    make_model(models / "tiny.en")
    with pytest.raises(ModelError) as caught:
        default_model()
    assert caught.value.code == "model.not_installed" and "tiny.en" in caught.value.detail


def test_a_removed_model_is_gone(installed: Path) -> None:
    remove_model("small-test")
    assert not installed.exists()
    with pytest.raises(ModelError):
        remove_model("small-test")


def test_only_installed_models_are_removed(models: Path, small: Path) -> None:
    assert not models.exists()
    with pytest.raises(ModelError) as caught:
        remove_model(str(small))
    assert caught.value.code == "model.not_installed"
    assert (small / "model.bin").exists()


def test_a_model_that_cannot_be_removed_says_where(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "denied", str(path))

    monkeypatch.setattr(shutil, "rmtree", refuse)
    with pytest.raises(ExportError, match=installed.parent.name) as caught:
        remove_model("small-test")
    assert caught.value.code == "export.not_writable"


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "a b", "-x"])
def test_a_name_that_is_no_folder_name_is_refused(models: Path, small: Path, name: str) -> None:
    with pytest.raises(OptionsError):
        import_model(small, name)
    assert not models.exists()


def test_finding_models_loads_no_machine_learning_and_no_http_library() -> None:
    code = (
        "import sys, engine.speech_models.installed, engine.speech_models.starter;"
        "heavy = {'numpy', 'requests', 'ctranslate2', 'faster_whisper', 'av', 'onnxruntime'};"
        "sys.exit(repr(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_downloading_loads_no_machine_learning_library() -> None:
    code = (
        "import sys, engine.speech_models.download;"
        "heavy = {'ctranslate2', 'faster_whisper', 'av', 'onnxruntime', 'engine.recognition'};"
        "sys.exit(repr(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
