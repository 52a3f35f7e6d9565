"""Test the import of models from folders, sticks and the hub's cache."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import ExportError, ModelError, OptionsError
from engine.speech_models import catalogue, importing, placing
from engine.speech_models.installed import find_model, import_model, verify_model
from engine.speech_models.manifest import read_manifest
from tests.engine.speech_models.small_models import entry_of, make_model


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_an_imported_model_is_whole_and_remembers_its_hashes(models: Path, small: Path) -> None:
    (small / "README.md").write_text("not copied", encoding="utf-8")
    (small / "preprocessor_config.json").write_text("{}", encoding="utf-8")
    model = import_model(small)
    assert (model.name, model.folder, model.damage) == ("small", models / "small", "")
    assert visible(models) == ["small"]
    verify_model("small")
    manifest = read_manifest(model.folder)
    assert manifest is not None and manifest.number_type == "float16"
    assert "preprocessor_config.json" in [file.name for file in manifest.files]
    assert "README.md" not in visible(model.folder)
    assert oct(model.folder.stat().st_mode & 0o777) == "0o755"


def test_an_import_replaces_a_damaged_model(models: Path, small: Path) -> None:
    import_model(small)
    (models / "small" / "model.bin").unlink()
    import_model(small)
    verify_model("small")
    assert visible(models) == ["small"]


def test_a_stick_with_one_model_needs_no_name(models: Path, small: Path) -> None:
    assert import_model(small.parent).name == "small"
    assert import_model(small.parent, "mine").name == "mine"
    assert visible(models) == ["mine", "small"]


def test_a_stick_with_several_models_needs_one(models: Path, small: Path) -> None:
    make_model(small.parent / "faster-whisper-large-v3", 1)
    make_model(small.parent / ".deleted")
    with pytest.raises(OptionsError, match="several models: large-v3, small"):
        import_model(small.parent)
    assert import_model(small.parent, "large").name == "large-v3"
    with pytest.raises(OptionsError):
        import_model(small.parent, "medium")
    assert visible(models) == ["large-v3"]


def test_the_hubs_cache_is_understood(models: Path, small: Path) -> None:
    cache = small.parents[1] / "cache"
    blobs = cache / "models--Systran--faster-whisper-tiny" / "blobs"
    snapshot = blobs.parent / "snapshots" / "d90ca5fe"
    shutil.copytree(small, blobs)
    snapshot.mkdir(parents=True)
    for path in blobs.iterdir():
        (snapshot / path.name).symlink_to(path)
    (blobs / "model.bin").rename(blobs / "abcdef")
    (snapshot / "model.bin").unlink()
    (snapshot / "model.bin").symlink_to(blobs / "abcdef")
    assert import_model(cache).name == "tiny"
    assert not (models / "tiny" / "model.bin").is_symlink()


def test_a_model_of_the_catalogue_is_known_by_its_weights(
    models: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(catalogue.CATALOGUE, "known", entry_of(small, "known"))
    assert import_model(small).name == "known"
    assert import_model(small, "mine").name == "mine"
    assert visible(models) == ["known", "mine"]


def test_weights_of_the_catalogues_size_must_be_the_catalogues(
    models: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(catalogue.CATALOGUE, "small", entry_of(small, "small"))
    content = bytearray((small / "model.bin").read_bytes())
    content[90] ^= 1
    (small / "model.bin").write_bytes(content)
    with pytest.raises(ModelError, match="model.bin has other contents") as caught:
        import_model(small)
    assert caught.value.code == "model.corrupt"
    assert not visible(models)


def test_another_conversion_of_a_known_model_is_welcome(models: Path, tmp_path: Path) -> None:
    assert import_model(make_model(tmp_path / "faster-whisper-base")).name == "base"
    assert visible(models) == ["base"]


def test_a_copied_installation_is_checked_against_its_manifest(
    models: Path, small: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy" / "x"
    shutil.copytree(import_model(small, "mine").folder, copy)
    assert import_model(copy).name == "mine"
    content = bytearray((copy / "tokenizer.json").read_bytes())
    content[3] ^= 1
    (copy / "tokenizer.json").write_bytes(content)
    with pytest.raises(ModelError, match="tokenizer.json has other contents"):
        import_model(copy)
    (copy / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match="tokenizer.json is missing"):
        import_model(copy)
    verify_model("mine")
    assert visible(models) == ["mine"]


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "vocabulary.txt"])
def test_a_damaged_source_installs_nothing(models: Path, small: Path, name: str) -> None:
    (small / name).unlink()
    with pytest.raises(ModelError, match=name) as caught:
        import_model(small)
    assert caught.value.code == "model.corrupt"
    assert not visible(models)


def test_a_folder_without_a_model_says_so(models: Path, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ModelError, match="holds no model.bin") as caught:
            import_model(folder)
        assert caught.value.code == "model.not_installed"
    assert not visible(models)


def test_a_source_that_cannot_be_read_is_damage(
    models: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path, mode: str = "r", **_: object) -> io.BytesIO:
        if path == small / "config.json":
            raise OSError(errno.EIO, "Input/output error", str(path))
        return io.open(path, mode)  # type: ignore[return-value]  # whatever open gives

    monkeypatch.setattr(Path, "open", broken)
    with pytest.raises(ModelError, match="config.json: Input/output error") as caught:
        import_model(small)
    assert caught.value.code == "model.corrupt"
    assert not visible(models)


def test_free_space_is_checked_before_anything_is_copied(
    models: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 8, 1))
    with pytest.raises(ModelError, match="0 MB free") as caught:
        import_model(small)
    assert caught.value.code == "model.no_space"
    assert not visible(models)


def test_a_disk_that_fills_up_leaves_nothing_behind(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "_RESERVE_BYTES", -(10**12))
    big = make_model(tmp_path / "big", width=700)
    folders = (small_disk / "models",)
    with pytest.raises(ModelError) as caught:
        import_model(big, folders=folders)
    assert caught.value.code == "model.no_space"
    assert not visible(folders[0])
    assert import_model(make_model(tmp_path / "little"), folders=folders).name == "little"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a disk of half a megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can only be mounted as root on Linux")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_told_from_one_that_may_not_be_written(
    models: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, code in ((errno.ENOSPC, "model.no_space"), (errno.EROFS, "export.not_writable")):

        def fail(*_: object, number: int = number) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(importing, "write_manifest", fail)
        with pytest.raises((ModelError, ExportError)) as caught:
            import_model(small)
        assert caught.value.code == code
        assert not visible(models)


def test_a_models_folder_that_is_a_file_cannot_be_written(tmp_path: Path, small: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError) as caught:
        import_model(small, folders=(tmp_path / "file",))
    assert caught.value.code == "export.not_writable"


def test_leftovers_of_a_killed_run_are_removed_after_a_day(models: Path, small: Path) -> None:
    for name, age in ((".new-old", 2 * 24 * 3600), (".new-young", 60)):
        (models / name).mkdir(parents=True)
        then = time.time() - age
        os.utime(models / name, (then, then))
    import_model(small)
    assert visible(models) == [".new-young", "small"]
    assert find_model("small") == models / "small"
