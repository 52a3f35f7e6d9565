"""The real backend: probing and outlines without ML libraries, devices, memory needs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from engine.errors import Cancelled, MediaError, ModelError
from engine.options import ComputeOptions
from engine.process.backend import RecognitionBackend
from engine.process.client import EngineClient
from engine.process.protocol import PeaksRequest, Role
from engine.recognition import media
from tests.engine.process.conftest import QUICK

CPU = ComputeOptions(device="cpu")


def test_a_media_process_probes_and_draws_without_the_ml_libraries(sample_recording: Path) -> None:
    with EngineClient(Role.MEDIA, timings=QUICK) as client:
        info = client.probe(sample_recording)
        assert len(info.tracks) == 1 and info.size_bytes == sample_recording.stat().st_size
        values = [value for piece in client.peaks(sample_recording, 0, 50) for value in piece]
        assert 2 * 50 * 10 < len(values) < 2 * 50 * 12
        assert min(values) < -20 and max(values) > 20
        with pytest.raises(MediaError) as caught:
            client.probe(sample_recording / "nothing")
        assert caught.value.code.startswith("media.")
        if sys.platform == "linux":
            mapped = {entry.path for entry in psutil.Process(client.pid).memory_maps()}
            assert any("av" in path for path in mapped)
            assert not [path for path in mapped if "ctranslate2" in path or "onnx" in path]


def test_a_media_process_imports_no_ml_library(sample_recording: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from engine.process.backend import RecognitionBackend\n"
        f"RecognitionBackend().probe(Path({str(sample_recording)!r}))\n"
        "print(sorted({'ctranslate2', 'onnxruntime', 'faster_whisper'} & set(sys.modules)))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_outlines_can_be_cancelled(sample_recording: Path) -> None:
    request = PeaksRequest(str(sample_recording), 0, 50)
    with pytest.raises(Cancelled):
        next(RecognitionBackend().peaks(request, lambda: True))


@pytest.mark.parametrize(("code", "pieces"), [("media.truncated", 1), ("media.unreadable", 0)])
def test_of_a_damaged_file_what_can_be_read_comes_first(
    sample_recording: Path, monkeypatch: pytest.MonkeyPatch, code: str, pieces: int
) -> None:
    real: Callable[[Path, int], Iterator[media.Chunk]] = media.stream

    def damaged(path: Path, track: int) -> Iterator[media.Chunk]:
        yield next(real(path, track))
        raise MediaError(code, "at 3 s")

    monkeypatch.setattr(media, "stream", damaged)
    seen = []
    with pytest.raises(MediaError) as caught:
        for piece in RecognitionBackend().peaks(PeaksRequest(str(sample_recording), 0, 5), bool):
            seen.append(piece)
    assert caught.value.code == code and len(seen) == pieces


def test_the_devices_of_this_computer_include_its_processor() -> None:
    reports = RecognitionBackend().devices()
    assert any(report.device == "cpu" and report.is_usable for report in reports)


def test_the_ladder_begins_with_what_was_asked_for() -> None:
    ladder = RecognitionBackend().ladder(CPU)
    assert ladder[0] == CPU and len(ladder) > 1


def test_the_need_of_a_real_model_is_known_on_the_processor_only(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = RecognitionBackend()
    need = backend.memory_need(tiny_model, CPU)
    assert need is not None
    # Measured: 250 MB with the libraries alone, 110 MB for each replica.
    assert 200e6 < need.shared_bytes < 500e6 and 80e6 < need.replica_bytes < 140e6
    monkeypatch.setattr("engine.recognition.devices.cuda_devices", lambda: 1)
    monkeypatch.setattr(
        "engine.recognition.devices.supported_compute_types", lambda _: frozenset({"float16"})
    )
    assert backend.memory_need(tiny_model, ComputeOptions(device="cuda")) is None


def test_a_folder_without_a_model_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        RecognitionBackend().load(tmp_path / "nothing", CPU)
