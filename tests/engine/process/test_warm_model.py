"""One model stays warm, and the next lower step is taken when it does not fit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.errors import DeviceError, ModelError
from engine.events import Notice
from engine.options import ComputeOptions
from engine.process.backend_seam import MemoryNeed
from engine.process.memory import Computer
from engine.process.warm_model import WarmModel
from tests.fakes.engine_backend import FakeBackend

AUTO = ComputeOptions()
CUDA = ComputeOptions(device="cuda", compute_type="float16")
BASE = Path("base")


@pytest.fixture(name="backend")
def _backend() -> FakeBackend:
    return FakeBackend()


@pytest.fixture(name="released")
def _released() -> list[str]:
    return []


@pytest.fixture(name="warm")
def _warm(backend: FakeBackend, released: list[str]) -> WarmModel:
    computer = Computer(lambda: 2, lambda: 350)
    return WarmModel(backend, computer, lambda: released.append("heap"))


def test_the_same_wish_finds_the_same_model(warm: WarmModel, backend: FakeBackend) -> None:
    assert not warm.is_loaded
    first = warm.obtain(BASE, AUTO)
    assert warm.is_loaded and warm.notice is None
    assert warm.obtain(BASE, AUTO) is first and len(backend.loaded) == 1


def test_another_wish_closes_the_old_model_first(
    warm: WarmModel, backend: FakeBackend, released: list[str]
) -> None:
    warm.obtain(BASE, AUTO)
    warm.obtain(Path("tiny"), AUTO)
    warm.obtain(Path("tiny"), CUDA)
    assert [model.is_closed for model in backend.loaded] == [True, True, False]
    assert len(released) == 2


def test_a_model_that_was_installed_anew_is_loaded_anew(
    warm: WarmModel, backend: FakeBackend, tmp_path: Path
) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(b"1")
    warm.obtain(tmp_path, AUTO)
    os.utime(path, (1, 1))
    warm.obtain(tmp_path, AUTO)
    assert len(backend.loaded) == 2


@pytest.mark.parametrize("name", ["large", "bad_alloc"])
def test_a_model_too_large_for_the_card_goes_to_the_processor(
    warm: WarmModel, backend: FakeBackend, name: str
) -> None:
    model = warm.obtain(Path(name), CUDA)
    assert (model.device, model.replicas) == ("cpu", 1)
    said = warm.notice
    assert said is not None and said.code == "device.out_of_memory"
    assert said.compute == ComputeOptions(device="cpu", compute_type="int8", replicas=1)
    assert warm.obtain(Path(name), CUDA) is model and warm.notice == said
    assert len(backend.loaded) == 1
    warm.unload()
    assert warm.notice is None and not warm.is_loaded


def test_when_nothing_less_is_left_the_error_stays(warm: WarmModel) -> None:
    model = warm.obtain(BASE, AUTO)
    error = DeviceError("device.library_missing", "libcublas")
    with pytest.raises(DeviceError) as caught:
        warm.step_down(error)
    assert caught.value is error and not warm.is_loaded
    assert warm.obtain(BASE, AUTO) is not model, "the next job tries again"


def test_an_error_that_less_would_not_help_is_raised_at_once(warm: WarmModel) -> None:
    warm.obtain(BASE, CUDA)
    with pytest.raises(DeviceError):
        warm.step_down(DeviceError("device.unsupported_compute_type", "float16"))
    with pytest.raises(ModelError):
        warm.obtain(Path("damaged"), CUDA)
    assert not warm.is_loaded


def test_more_replicas_than_fit_become_fewer_with_a_notice(
    warm: WarmModel, backend: FakeBackend
) -> None:
    backend.need = MemoryNeed(shared_bytes=100, replica_bytes=100)
    assert warm.obtain(BASE, ComputeOptions(replicas=8)).replicas == 2
    assert warm.notice == Notice("device.reduced", "", ComputeOptions(replicas=2))
    assert warm.obtain(BASE, ComputeOptions(replicas=2)).replicas == 2
    assert warm.notice is None


def test_without_a_wish_the_replicas_are_chosen_without_a_word(
    warm: WarmModel, backend: FakeBackend
) -> None:
    backend.need = MemoryNeed(shared_bytes=300, replica_bytes=50)
    assert warm.obtain(BASE, AUTO).replicas == 1
    assert warm.notice is None


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (ComputeOptions(device="cuda", compute_type="float16", replicas=1), "device.reduced"),
        (ComputeOptions(device="cuda", compute_type="int8"), "device.reduced"),
        (ComputeOptions(device="cpu", compute_type="int8"), "device.out_of_memory"),
    ],
)
def test_the_notice_carries_what_the_job_goes_on_with(step: ComputeOptions, code: str) -> None:
    class Ladder(FakeBackend):
        """Have the step in question."""

        def ladder(self, compute: ComputeOptions) -> tuple[ComputeOptions, ...]:
            return (compute, step)

    warm = WarmModel(Ladder())
    warm.obtain(BASE, CUDA)
    warm.step_down(MemoryError("bad_alloc"))
    assert warm.notice == Notice(code, "bad_alloc", step)
