"""Nothing is lost, whatever interrupts a job."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.command_line import job as job_module
from engine.command_line.checkpoint import Checkpoint
from engine.command_line.checkpoint_header import CheckpointHeader, JobSettings
from engine.command_line.job import Job, JobRunner
from engine.command_line.targets import Target
from engine.errors import Cancelled, EngineCrashed, ExportError, MediaError, TranscriberError
from engine.events import Event, Failed, Notice
from engine.options import ComputeOptions, TranscriptionOptions
from engine.process.protocol import TranscribeRequest
from tests.engine.command_line.fake_engine import play
from tests.engine.command_line.fakes import FakeClient, Log, Play, cut_after

CRASH = EngineCrashed("engine.crashed", "The process was killed (SIGKILL).")
ALL_EVENTS = 31


def _run(job: Job, *plays: Play) -> tuple[FakeClient, Log]:
    client, log = FakeClient(*plays), Log()
    JobRunner(client, log, ()).run(job)
    return client, log


def _interrupt(job: Job, count: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        _run(job, cut_after(count, KeyboardInterrupt()))


def _with_options(job: Job, options: TranscriptionOptions) -> Job:
    return replace(job, settings=replace(job.settings, options=options))


def _json(job: Job) -> str:
    return job.target.file(".json").read_text(encoding="utf-8")


def test_the_results_are_written_and_the_checkpoint_goes(job: Job) -> None:
    _, log = _run(job)
    assert log.files == [job.target.file(".json"), job.target.file(".txt")]
    assert "block-1 part-3" in job.target.file(".txt").read_text(encoding="utf-8")
    assert not job.target.checkpoint.exists()
    assert not log.remarks


def test_a_missing_output_folder_is_made(job: Job) -> None:
    target = Target(job.recording.parent / "made" / "below", "talk")
    _run(replace(job, target=target))
    assert target.file(".json").is_file()


def test_an_output_folder_that_is_a_file_is_not_writable(job: Job) -> None:
    with pytest.raises(ExportError) as caught:
        _run(replace(job, target=Target(job.recording / "below", "talk")))
    assert caught.value.code == "export.not_writable"


@pytest.mark.parametrize("count", range(1, ALL_EVENTS))
def test_a_resumed_job_gives_the_same_transcript_wherever_it_stopped(job: Job, count: int) -> None:
    _run(job)
    whole = _json(job)
    job.target.file(".json").unlink()
    _interrupt(job, count)
    assert not job.target.file(".json").exists()
    client, log = _run(job)
    assert _json(job) == whole
    assert client.requests[0].resume_from is not None
    assert log.remarks[0].startswith("Continuing: ")


def test_all_events_were_cut() -> None:
    request = TranscribeRequest(__file__, "fake", TranscriptionOptions(), ComputeOptions())
    assert len(list(play(request))) == ALL_EVENTS


def test_finished_parts_are_not_decoded_again(job: Job) -> None:
    _interrupt(job, ALL_EVENTS - 3)
    client, _ = _run(job)
    point = client.requests[0].resume_from
    assert point is not None and point.completed == (1, 2)


def test_a_finished_transcript_whose_results_could_not_be_written_needs_no_engine(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> tuple[Path, ...]:
        raise ExportError("export.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(job_module, "write_results", refuse)
        with pytest.raises(ExportError):
            _run(job)
    assert job.target.checkpoint.exists()
    client, _ = _run(job)
    assert not client.requests
    assert job.target.file(".json").is_file()


def test_a_finished_transcript_of_a_changed_recording_starts_over(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> tuple[Path, ...]:
        raise ExportError("export.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(job_module, "write_results", refuse)
        with pytest.raises(ExportError):
            _run(job)
    job.recording.write_bytes(b"another sound")
    client, log = _run(job)
    assert len(client.requests) == 1
    assert any("The recording changed since the last run." in remark for remark in log.remarks)
    assert len(_json(job)) > 100


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (TranscriptionOptions(language="de"), "language"),
        (TranscriptionOptions(start=1.0, end=2.0), "start and end"),
        (TranscriptionOptions(track=1), "track"),
    ],
)
def test_options_that_change_what_is_said_start_over(
    job: Job, options: TranscriptionOptions, word: str
) -> None:
    _interrupt(job, ALL_EVENTS - 3)
    client, log = _run(_with_options(job, options))
    assert client.requests[0].resume_from is None
    assert log.remarks == [f"The {word} changed: it is transcribed from the start."]


def test_other_options_apply_to_what_was_not_finished(job: Job) -> None:
    _interrupt(job, ALL_EVENTS - 3)
    client, log = _run(_with_options(job, TranscriptionOptions(beam_size=2)))
    assert client.requests[0].resume_from is not None
    assert client.requests[0].options.beam_size == 2
    assert any("apply to the parts that were not finished" in remark for remark in log.remarks)


def test_changed_options_are_in_the_checkpoint(job: Job) -> None:
    _interrupt(job, 5)
    _interrupt(_with_options(job, TranscriptionOptions(beam_size=2)), 3)
    with Checkpoint(job.target.checkpoint) as checkpoint:
        assert checkpoint.header is not None
        assert checkpoint.header.settings.options.beam_size == 2


def test_an_unfinished_result_of_another_recording_starts_over(job: Job, tmp_path: Path) -> None:
    _interrupt(job, 5)
    other = tmp_path / "other.wav"
    other.write_bytes(b"another")
    client, log = _run(replace(job, recording=other))
    assert client.requests[0].resume_from is None
    assert log.remarks == ["The unfinished result there was of another recording."]


def test_the_worker_dies_once_and_the_job_goes_on(job: Job) -> None:
    _run(job)
    whole = _json(job)
    client, log = _run(job, cut_after(9, CRASH))
    assert _json(job) == whole
    assert client.requests[1].resume_from is not None
    assert client.requests[1].compute == job.settings.compute
    assert len(log.remarks) == 1
    assert "SIGKILL" in log.remarks[0] and "goes on where it stopped" in log.remarks[0]


def test_the_second_death_in_the_same_place_leads_to_the_processor(job: Job) -> None:
    client, log = _run(job, cut_after(9, CRASH), cut_after(9, CRASH))
    compute = ComputeOptions("cpu", "int8", 1)
    assert [request.compute for request in client.requests[1:]] == [ComputeOptions(), compute]
    assert "on the processor with int8" in log.remarks[1]


def test_the_third_death_in_the_same_place_is_the_end_and_the_checkpoint_stays(job: Job) -> None:
    with pytest.raises(EngineCrashed) as caught:
        _run(job, *[cut_after(9, CRASH)] * 3)
    assert caught.value.code == "engine.crashed"
    assert job.target.checkpoint.exists()


def test_deaths_are_counted_anew_after_a_part_was_finished(job: Job) -> None:
    plays = [cut_after(9, CRASH), cut_after(ALL_EVENTS - 4, CRASH), cut_after(3, CRASH)]
    client, _ = _run(job, *plays)
    assert client.requests[2].compute == job.settings.compute


def test_a_worker_of_another_version_is_not_tried_again(job: Job) -> None:
    client = FakeClient(cut_after(0, EngineCrashed("engine.protocol", "")))
    with pytest.raises(EngineCrashed):
        JobRunner(client, Log(), ()).run(job)
    assert len(client.requests) == 1


def test_an_end_without_a_result_is_a_crash(job: Job) -> None:
    def nothing(_: TranscribeRequest) -> Iterator[Event]:
        return iter(())

    with pytest.raises(EngineCrashed):
        _run(job, nothing, nothing, nothing)


def test_a_failure_of_the_engine_is_raised_as_its_error(job: Job) -> None:
    def fail(_: TranscribeRequest) -> Iterator[Event]:
        yield Failed("media.no_audio", "")

    with pytest.raises(MediaError) as caught:
        _run(job, fail)
    assert caught.value.code == "media.no_audio"


def test_a_notice_is_said_in_its_sentence(job: Job) -> None:
    def tell(request: TranscribeRequest) -> Iterator[Event]:
        less = ComputeOptions(device="cpu", compute_type="int8", replicas=1)
        yield Notice("device.out_of_memory", "bad_alloc", less)
        yield from play(request)

    _, log = _run(job, tell)
    assert "memory does not suffice" in log.remarks[0]
    assert log.remarks[0].endswith("(bad_alloc) It goes on with the processor, int8, 1 replica.")


def test_a_full_disk_frees_the_engine_and_keeps_what_is_there(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync
    calls: list[int] = []

    def fill_up(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 8:
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(descriptor)

    client = FakeClient()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fill_up)
        with pytest.raises(ExportError) as caught:
            JobRunner(client, Log(), ()).run(job)
    assert caught.value.code == "export.disk_full"
    assert client.cancels == 1
    _, log = _run(job)
    assert log.remarks[0].startswith("Continuing")


def test_a_cancelled_engine_ends_an_abandoned_job(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Checkpoint, "add", _refuse)
    with pytest.raises(ExportError):
        _run(job, cut_after(2, Cancelled()))


def _refuse(*_: object) -> None:
    raise ExportError("export.disk_full")


def test_a_recording_that_vanished_is_named(job: Job) -> None:
    job.recording.unlink()
    with pytest.raises(MediaError) as caught:
        _run(job)
    assert caught.value.code == "media.not_found"
    assert not job.target.checkpoint.exists()


def test_a_recording_that_may_not_be_read_is_named(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(CheckpointHeader, "for_recording", refuse)
    with pytest.raises(MediaError) as caught:
        _run(job)
    assert caught.value.code == "media.no_permission"


def test_other_recordings_go_on_after_a_failure(
    job: Job, settings: JobSettings, tmp_path: Path
) -> None:
    missing = Job(tmp_path / "missing.wav", Target(tmp_path, "missing"), settings)
    log = Log()
    assert JobRunner(FakeClient(), log, ()).run_all([missing, job]) == [missing.recording]
    assert list(log.failures) == ["missing.wav"]
    assert isinstance(log.failures["missing.wav"], TranscriberError)
    assert job.target.file(".json").is_file()
