"""What runs where, what is tried next, and what a damaged model is called."""

from __future__ import annotations

import shutil
from pathlib import Path

import ctranslate2
import pytest

from engine.errors import DeviceError, ModelError, TranscriberError
from engine.options import ComputeOptions
from engine.recognition import device_check, devices
from engine.recognition.decoding import load_decoder
from engine.recognition.device_check import list_devices, processor_name
from engine.recognition.devices import device_error, fallback_ladder, resolve
from engine.speech_models import installed


def test_auto_takes_the_processor_with_int8_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 0)
    resolved = resolve(ComputeOptions())
    assert (resolved.device, resolved.compute_type) == ("cpu", "int8")
    assert resolved.replicas == 1


def test_auto_takes_the_graphics_card_if_one_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)
    kinds = {"float16", "int8", "float32"}
    monkeypatch.setattr(ctranslate2, "get_supported_compute_types", lambda *_: kinds)
    resolved = resolve(ComputeOptions())
    assert (resolved.device, resolved.compute_type, resolved.replicas) == ("cuda", "float16", 1)


def test_a_missing_driver_is_no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise RuntimeError("CUDA driver version is insufficient for CUDA runtime version")

    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", fail)
    assert devices.cuda_devices() == 0
    with pytest.raises(DeviceError) as caught:
        resolve(ComputeOptions(device="cuda"))
    assert caught.value.code == "device.library_missing"


def test_an_unsupported_compute_type_is_named() -> None:
    with pytest.raises(DeviceError) as caught:
        resolve(ComputeOptions(device="cpu", compute_type="int8_float16"))
    assert caught.value.code == "device.unsupported_compute_type"


def test_the_ladder_ends_on_the_processor() -> None:
    ladder = fallback_ladder(ComputeOptions(device="cuda", compute_type="float16", replicas=2))
    assert [(rung.device, rung.compute_type, rung.replicas) for rung in ladder] == [
        ("cuda", "float16", 2),
        ("cuda", "float16", 1),
        ("cuda", "int8", 1),
        ("cpu", "int8", 1),
    ]
    automatic = fallback_ladder(ComputeOptions())
    assert automatic[0].device == ("cuda" if devices.cuda_devices() else "cpu")
    smallest = ComputeOptions(device="cpu", compute_type="int8", replicas=1)
    assert fallback_ladder(smallest) == (smallest,)


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (MemoryError(), "device.out_of_memory"),
        (RuntimeError("CUDA failed with error out of memory"), "device.out_of_memory"),
        (RuntimeError("std::bad_alloc"), "device.out_of_memory"),
        (RuntimeError("mkl_malloc: failed to allocate memory"), "device.out_of_memory"),
        (RuntimeError("can't start new thread"), "device.out_of_memory"),
        (RuntimeError("Library libcublas.so.12 is not found"), "device.library_missing"),
    ],
)
def test_failures_of_the_device_are_told_apart(raised: Exception, code: str) -> None:
    with pytest.raises(DeviceError) as caught, device_error():
        raise raised
    assert caught.value.code == code


def test_other_failures_pass_through_but_mean_damage_while_loading() -> None:
    with pytest.raises(RuntimeError), device_error():
        raise RuntimeError("something else")
    with pytest.raises(ModelError) as caught, device_error(during="load"):
        raise RuntimeError("unexpected end of file")
    assert caught.value.code == "model.corrupt"


def test_every_device_is_reported_after_decoding_on_it() -> None:
    processor, *_ = list_devices(2)
    assert processor.device == "cpu" and processor.is_usable
    assert "int8" in processor.compute_types
    assert processor.tried_with == installed.default_model()
    assert processor.replicas == 2 and not processor.code


def test_without_a_model_devices_are_reported_untried(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_installed() -> str:
        raise ModelError("model.not_installed")

    monkeypatch.setattr(installed, "default_model", none_installed)
    report = list_devices(2)[0]
    assert report.is_usable and report.tried_with == ""


def test_a_device_that_fails_is_reported_as_unusable(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DeviceError("device.out_of_memory", "tiny card")

    monkeypatch.setattr(device_check, "load_decoder", fail)
    report = list_devices(2)[0]
    assert not report.is_usable and not report.tried_with
    assert (report.code, report.detail) == ("device.out_of_memory", "tiny card")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("processor\t: 0\nmodel name\t: Intel(R) Core(TM) i7\nflags: fpu\n", "Intel Core i7"),
        ("processor\t: 0\nBogoMIPS\t: 50.00\n", ""),
    ],
)
def test_the_processor_has_the_name_its_maker_gave_it(tmp_path: Path, text: str, name: str) -> None:
    described = tmp_path / "cpuinfo"
    described.write_text(text, encoding="utf-8")
    assert processor_name(described) == name
    assert processor_name(tmp_path / "none") == ""


@pytest.fixture(name="copied")
def fixture_copied(tiny_model: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "copied"
    shutil.copytree(tiny_model, folder)
    return folder


@pytest.mark.parametrize("name", ["config.json", "model.bin", "tokenizer.json", "vocabulary.txt"])
def test_a_model_without_one_of_its_files_is_damaged(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError) as caught:
        load_decoder(copied, ComputeOptions(device="cpu"))
    assert caught.value.code == "model.corrupt"
    assert name in caught.value.detail


@pytest.mark.parametrize("name", ["config.json", "model.bin", "tokenizer.json", "vocabulary.txt"])
def test_a_truncated_model_is_damaged(copied: Path, name: str) -> None:
    content = (copied / name).read_bytes()
    (copied / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(TranscriberError) as caught:
        load_decoder(copied, ComputeOptions(device="cpu"))
    assert caught.value.code == "model.corrupt"


def test_a_vocabulary_of_the_right_size_with_other_content_is_damaged(copied: Path) -> None:
    path = copied / "vocabulary.txt"
    path.write_bytes(b"x" * path.stat().st_size)
    with pytest.raises(ModelError) as caught:
        load_decoder(copied, ComputeOptions(device="cpu"))
    assert caught.value.code == "model.corrupt" and "vocabulary.txt" in caught.value.detail


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "preprocessor_config.json"])
@pytest.mark.parametrize("content", ["[]", "nonsense"])
def test_a_model_with_the_wrong_content_is_damaged(copied: Path, name: str, content: str) -> None:
    (copied / name).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        load_decoder(copied, ComputeOptions(device="cpu"))
    assert caught.value.code == "model.corrupt" and name in caught.value.detail


def test_no_model_is_not_installed(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        load_decoder(tmp_path / "none", ComputeOptions(device="cpu"))
    assert caught.value.code == "model.not_installed"
