"""A client drives a real worker process: jobs, warmth, cancelling, and what it says of itself."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from engine.assembly import TranscriptAssembly
from engine.errors import Cancelled, EngineCrashed, MediaError, ModelError
from engine.events import (
    BlockCompleted,
    Completed,
    Event,
    Failed,
    Notice,
    Progress,
    SegmentDecoded,
    Started,
)
from engine.options import ComputeOptions
from engine.process import channel
from engine.process.client import EngineClient
from engine.process.exchange import Exchange
from engine.process.protocol import Role
from tests.engine.process.conftest import QUICK, fake_client
from tests.fakes.engine_backend import job


def run(client: EngineClient, *actions: str, model: str = "fake-model") -> list[Event]:
    """Return all events of a job."""
    return list(client.transcribe(job(*actions, model=model)))


def loads(events: list[Event]) -> str:
    """Return which load of a model made the events."""
    assert isinstance(events[0], Started)
    return events[0].info.model


def test_a_job_yields_typed_events_up_to_completed(client: EngineClient) -> None:
    events = run(client)
    assert [type(event) for event in events[:4]] == [
        Started,
        SegmentDecoded,
        BlockCompleted,
        Progress,
    ]
    assert isinstance(events[-1], Completed) and len(events) == 14
    segment = events[1]
    assert isinstance(segment, SegmentDecoded)
    assert segment.segment.text == " wörd\u2028\n✓" and segment.segment.start == 0.3


def test_the_worker_starts_with_the_first_request_and_ends_with_the_client() -> None:
    with fake_client() as client:
        assert client.pid is None and client.stderr_tail == ""
        run(client)
        pid = client.pid
        assert pid is not None and psutil.pid_exists(pid)
    assert client.pid is None and not psutil.pid_exists(pid)


def test_a_closed_client_starts_another_worker_when_asked_again(client: EngineClient) -> None:
    run(client)
    first = client.pid
    client.close()
    client.close()
    assert isinstance(run(client)[-1], Completed)
    assert client.pid not in (None, first)


def test_the_second_job_finds_the_model_warm(client: EngineClient) -> None:
    assert loads(run(client)) == "load-1"
    pid = client.pid
    assert loads(run(client)) == "load-1"
    assert client.pid == pid


def test_another_model_or_device_is_loaded_anew(client: EngineClient) -> None:
    run(client)
    assert loads(run(client, model="other")) == "load-2"
    other = job(model="other", compute=ComputeOptions(compute_type="float32"))
    assert loads(list(client.transcribe(other))) == "load-3"


def test_warming_loads_before_the_job(client: EngineClient) -> None:
    warmed = client.warm("fake-model", ComputeOptions(replicas=2))
    assert (warmed.device, warmed.compute_type, warmed.replicas) == ("cpu", "int8", 2)
    events = list(client.transcribe(job(compute=ComputeOptions(replicas=2))))
    assert loads(events) == "load-1"


def test_unloading_gives_the_model_back(client: EngineClient) -> None:
    client.unload()
    assert client.pid is None, "nothing is started just to unload"
    run(client)
    client.unload()
    assert loads(run(client)) == "load-2"


def test_an_idle_worker_gives_the_model_back() -> None:
    with fake_client(replace(QUICK, idle_unload=0.05)) as client:
        run(client)
        assert any(_is_loaded_anew(client) for _ in range(1000)), "the model stayed for ever"


def _is_loaded_anew(client: EngineClient) -> bool:
    client.probe(Path("a.wav"))
    threading.Event().wait(0.06)
    return loads(run(client)) != "load-1"


def test_a_damaged_model_is_reported_and_the_worker_stays(client: EngineClient) -> None:
    assert run(client, model="damaged") == [Failed("model.corrupt", "model.bin")]
    pid = client.pid
    with pytest.raises(ModelError):
        client.warm("damaged", ComputeOptions())
    assert isinstance(run(client)[-1], Completed)
    assert client.pid == pid


def test_an_error_in_mid_job_comes_after_what_was_decoded(client: EngineClient) -> None:
    events = run(client, "2:media_error")
    assert sum(isinstance(event, BlockCompleted) for event in events) == 2
    assert events[-1] == Failed("media.truncated", "at 12 s")


def test_a_bug_is_reported_in_short_and_logged_in_full(client: EngineClient) -> None:
    last = run(client, "1:bug")[-1]
    assert isinstance(last, Failed) and last.code == "engine.internal"
    assert last.detail.startswith("KeyError: 'boom") and len(last.detail) <= 300
    assert isinstance(run(client)[-1], Completed)
    client.close()
    assert "Traceback" in client.stderr_tail and "engine_backend.py" in client.stderr_tail


def test_what_a_library_prints_or_reads_does_not_touch_the_channel(client: EngineClient) -> None:
    events = run(client, "1:print", "2:read")
    assert isinstance(events[-1], Completed)
    client.close()
    assert "a library prints ✓ \\ud800" in client.stderr_tail
    assert "raw bytes" in client.stderr_tail


def test_a_flood_of_log_lines_blocks_nobody_and_only_its_end_is_kept(client: EngineClient) -> None:
    assert isinstance(run(client, "1:shout", "2:shout")[-1], Completed)
    client.close()
    assert 60_000 < len(client.stderr_tail) <= 65_536


def test_a_device_that_fails_in_mid_job_is_replaced_and_nothing_is_decoded_twice(
    client: EngineClient,
) -> None:
    events = list(client.transcribe(job("2:no_memory", compute=ComputeOptions(device="cuda"))))
    notices = [event for event in events if isinstance(event, Notice)]
    assert [notice.code for notice in notices] == ["device.out_of_memory"]
    assert notices[0].compute == ComputeOptions(device="cpu", compute_type="int8", replicas=1)
    blocks = [event.block.index for event in events if isinstance(event, BlockCompleted)]
    assert blocks == [0, 1, 2, 3]
    last = events[-1]
    assert isinstance(last, Completed) and last.info.device == "cpu"


def test_a_resumed_job_decodes_only_the_rest(client: EngineClient) -> None:
    assembly = TranscriptAssembly()
    for event in client.transcribe(job("2:media_error")):
        assembly.add(event)
    for event in client.transcribe(job(resume_from=assembly.resume_point())):
        assembly.add(event)
    whole = TranscriptAssembly()
    for event in run(client):
        whole.add(event)
    assert assembly.transcript() == whole.transcript()


def test_cancelling_is_acknowledged_between_windows_and_keeps_the_worker(
    client: EngineClient,
) -> None:
    seen: list[Event] = []
    with pytest.raises(Cancelled):
        for event in client.transcribe(job("2:until_cancelled")):
            seen.append(event)
            if isinstance(event, Progress):
                client.cancel()
                client.cancel()
    pid = client.pid
    assert sum(isinstance(event, BlockCompleted) for event in seen) == 2, "nothing decoded is lost"
    assert isinstance(run(client)[-1], Completed)
    assert client.pid == pid


def test_a_deaf_worker_is_killed_by_a_cancel_from_another_thread(client: EngineClient) -> None:
    with pytest.raises(Cancelled):
        for event in client.transcribe(job("1:deaf")):
            if isinstance(event, Progress):
                thread = threading.Thread(target=client.cancel)
                thread.start()
                thread.join()
    assert client.pid is None
    assert isinstance(run(client)[-1], Completed)


def test_cancelling_without_a_job_does_nothing(client: EngineClient) -> None:
    client.cancel()
    run(client)
    client.cancel()
    assert isinstance(run(client)[-1], Completed)


def test_a_cancel_that_comes_too_late_leaves_the_result(client: EngineClient) -> None:
    for event in client.transcribe(job()):
        if isinstance(event, Completed):
            client.cancel()
    assert isinstance(event, Completed)
    assert isinstance(run(client)[-1], Completed)


def test_leaving_the_iterator_early_cancels_the_job(client: EngineClient) -> None:
    events = client.transcribe(job("1:until_cancelled"))
    next(events)
    pid = client.pid
    events.close()
    assert isinstance(run(client)[-1], Completed)
    assert client.pid == pid


def test_leaving_the_iterator_early_kills_a_deaf_worker(client: EngineClient) -> None:
    events = client.transcribe(job("1:deaf"))
    next(events)
    events.close()
    assert client.pid is None


def test_killing_raises_cancelled_in_the_job(client: EngineClient) -> None:
    with pytest.raises(Cancelled):
        for event in client.transcribe(job("1:deaf")):
            if isinstance(event, Progress):
                threading.Thread(target=client.kill).start()
    assert isinstance(run(client)[-1], Completed)
    client.kill()
    assert client.pid is None
    client.kill()
    EngineClient().kill()


def test_a_retired_client_starts_no_process(client: EngineClient) -> None:
    client.retire()
    with pytest.raises(Cancelled):
        client.devices()
    assert client.pid is None


@pytest.mark.parametrize("end", [Exchange.cancel, Exchange.kill])
def test_a_cancel_before_the_request_is_sent_counts(
    client: EngineClient, monkeypatch: pytest.MonkeyPatch, end: Callable[[Exchange], None]
) -> None:
    run(client)
    pid = client.pid
    # As if another thread came in between.
    monkeypatch.setattr(client, "_open", _interrupted(client, end))
    with pytest.raises(Cancelled):
        run(client)
    assert client.pid == (pid if end is Exchange.cancel else None)


def _interrupted(
    client: EngineClient, end: Callable[[Exchange], None]
) -> Callable[[Exchange], None]:
    open_exchange = client._open  # pylint: disable=protected-access

    def open_then_end(exchange: Exchange) -> None:
        end(exchange)
        open_exchange(exchange)

    return open_then_end


def test_one_request_at_a_time(client: EngineClient) -> None:
    events = client.transcribe(job("1:until_cancelled"))
    next(events)
    with pytest.raises(RuntimeError):
        client.probe(Path("a.wav"))
    events.close()


def test_devices_are_reported(client: EngineClient) -> None:
    (report,) = client.devices()
    assert report.device == "cpu" and report.is_usable


def test_a_media_process_probes_and_draws(client: EngineClient) -> None:
    with fake_client(role=Role.MEDIA) as media:
        info = media.probe(Path("b.wav"))
        assert info.tracks[0].sample_rate == 44100 and info.duration == 1.5
        with pytest.raises(MediaError) as caught:
            media.probe(Path("missing.wav"))
        assert caught.value.code == "media.not_found"
        assert list(media.peaks(Path("b.wav"), 1, 50)) == [(-127, 127), (1, 50)]
        with pytest.raises(MediaError):
            list(media.peaks(Path("broken.wav"), 1, 50))
        with pytest.raises(EngineCrashed) as refused:
            media.devices()
        assert refused.value.code == "engine.protocol"
        assert run(media)[-1] == Failed("engine.protocol", "a media process got TranscribeRequest")
        assert media.probe(Path("b.wav")) == info
    assert client.probe(Path("b.wav")) == info, "an engine process can do it as well"


def test_an_endless_waveform_can_be_left(client: EngineClient) -> None:
    pieces = client.peaks(Path("endless.wav"), 0, 10)
    assert next(pieces) == (-127, 127)
    pieces.close()  # type: ignore[attr-defined]  # it is a generator
    assert client.pid is not None
    with pytest.raises(Cancelled):
        for _ in client.peaks(Path("endless.wav"), 0, 10):
            client.cancel()


def test_a_bug_in_a_single_answer_is_an_internal_error(client: EngineClient) -> None:
    with pytest.raises(EngineCrashed) as caught:
        client.probe(Path("bug.wav"))
    assert caught.value.code == "engine.internal" and "boom" in caught.value.detail


def test_a_frozen_program_starts_itself_with_a_hidden_subcommand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert channel.worker_command() == [sys.executable, "-m", "engine.process.worker"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/nowhere/whisper-transcriber-desktop")
    assert channel.worker_command() == ["/nowhere/whisper-transcriber-desktop", "engine-worker"]


@pytest.mark.parametrize("suffix", ["", ".exe"])
def test_a_frozen_window_leaves_the_work_to_the_console_program_beside_it(
    suffix: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    console = tmp_path / f"whisper-transcriber{suffix}"
    console.touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / f"whisper-transcriber-desktop{suffix}"))
    assert channel.worker_command() == [str(console), "engine-worker"]


def test_a_module_in_the_current_folder_does_not_shadow_a_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: EngineClient
) -> None:
    (tmp_path / "psutil.py").write_text("raise SystemExit('shadowed')")
    monkeypatch.chdir(tmp_path)
    assert isinstance(run(client)[-1], Completed)


def test_the_client_loads_no_library_of_the_ml_half() -> None:
    heavy = "{'ctranslate2', 'av', 'numpy', 'onnxruntime', 'faster_whisper', 'engine.recognition'}"
    code = f"import sys, engine.process.client; print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
