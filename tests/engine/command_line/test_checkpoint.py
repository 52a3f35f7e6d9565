"""A checkpoint survives whatever happens to its writer."""

from __future__ import annotations

import errno
import io
import os
from dataclasses import replace
from pathlib import Path

import pytest

from engine.command_line.checkpoint import (
    Checkpoint,
    export_error,
    load_checkpoint,
    load_header,
)
from engine.command_line.checkpoint_header import (
    CheckpointHeader,
    JobSettings,
    is_foreign,
    read_header,
)
from engine.errors import ExportError
from engine.events import Completed, Failed, Progress, Started
from engine.file_lock import is_locked_for_us
from engine.options import ComputeOptions, TranscriptionOptions
from engine.process.protocol import TranscribeRequest
from tests.engine.command_line.fake_engine import BLOCKS, info, play

STARTED = Started("run", "fingerprint", BLOCKS, info())
FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture(name="header")
def _header(recording: Path, settings: JobSettings) -> CheckpointHeader:
    return CheckpointHeader.for_recording(recording, "talk", settings)


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "talk.partial.jsonl"


def _request(recording: Path) -> TranscribeRequest:
    return TranscribeRequest(str(recording), "fake", TranscriptionOptions(), ComputeOptions())


def _fill(path: Path, header: CheckpointHeader, recording: Path, count: int | None = None) -> None:
    with Checkpoint(path) as checkpoint:
        checkpoint.restart(header)
        for event in list(play(_request(recording)))[:count]:
            checkpoint.add(event)


def test_what_was_added_is_there_again(
    path: Path, header: CheckpointHeader, recording: Path
) -> None:
    _fill(path, header, recording)
    with Checkpoint(path) as checkpoint:
        assert checkpoint.header == header
        assert checkpoint.assembly.is_complete
        assert len(checkpoint.assembly.transcript().segments) == 12
        assert len(checkpoint.assembly.transcript().removed) == 1


def test_only_events_that_make_the_transcript_are_kept(
    path: Path, header: CheckpointHeader
) -> None:
    with Checkpoint(path) as checkpoint:
        checkpoint.restart(header)
        before = path.stat().st_size
        checkpoint.add(Progress(1.0, 2.0))
        checkpoint.add(Failed("engine.internal", ""))
        assert path.stat().st_size == before


@pytest.mark.parametrize("torn", [b'{"type":"segm', b"\0\0\0\n", b"[]\n", b'{"type":"started"}\n'])
def test_a_torn_last_line_is_ignored_and_cut_off(
    path: Path, header: CheckpointHeader, recording: Path, torn: bytes
) -> None:
    _fill(path, header, recording, 5)
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    with Checkpoint(path) as checkpoint:
        assert checkpoint.assembly.has_started
        assert path.read_bytes() == whole
        checkpoint.add(list(play(_request(recording)))[5])
    assert path.read_bytes().startswith(whole + b'{"type"')


def test_every_cut_of_the_file_can_be_opened(
    path: Path, header: CheckpointHeader, recording: Path
) -> None:
    _fill(path, header, recording)
    whole = path.read_bytes()
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        with Checkpoint(path) as checkpoint:
            kept = path.read_bytes()
            assert whole.startswith(kept)
            assert (checkpoint.header is None) == (not kept)


def test_a_second_run_is_refused_and_the_first_goes_on(
    path: Path, header: CheckpointHeader
) -> None:
    with Checkpoint(path) as checkpoint:
        checkpoint.restart(header)
        with pytest.raises(ExportError) as caught:
            Checkpoint(path)
        assert caught.value.code == "export.in_use"
        checkpoint.add(STARTED)
    with Checkpoint(path) as checkpoint:
        assert checkpoint.assembly.has_started


def test_without_locks_in_a_folder_the_work_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("engine.file_lock._lock", fail)
    with Checkpoint(path):
        assert path.exists()


def test_a_file_removed_by_the_run_that_held_the_lock_is_made_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    removals = [True]

    def remove_first(file: io.FileIO) -> bool:
        if removals:
            removals.pop()
            path.unlink()
        return is_locked_for_us(file)

    monkeypatch.setattr(f"{Checkpoint.__module__}.is_locked_for_us", remove_first)
    with Checkpoint(path):
        assert path.exists()


def test_removing_leaves_nothing(path: Path, header: CheckpointHeader) -> None:
    with Checkpoint(path) as checkpoint:
        checkpoint.restart(header)
        checkpoint.remove()
        assert not path.exists()
    assert not path.exists()


def test_a_checkpoint_in_which_nothing_has_started_is_not_left_behind(
    path: Path, header: CheckpointHeader
) -> None:
    with Checkpoint(path) as checkpoint:
        checkpoint.restart(header)
        assert path.exists()
    assert not path.exists()


def test_newer_settings_count(path: Path, header: CheckpointHeader) -> None:
    newer = replace(header, settings=replace(header.settings, model="other"))
    with Checkpoint(path) as checkpoint:
        checkpoint.restart(header)
        checkpoint.describe(newer)
        checkpoint.add(STARTED)
    assert load_header(path) == newer
    assert read_header(path) == header


def test_starting_over_forgets_the_events(
    path: Path, header: CheckpointHeader, recording: Path
) -> None:
    _fill(path, header, recording)
    with Checkpoint(path) as checkpoint:
        checkpoint.restart(header)
        assert not checkpoint.assembly.has_started
        assert path.read_bytes().count(b"\n") == 1


def test_a_read_only_folder_is_not_writable(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ExportError) as caught:
        Checkpoint(path)
    assert caught.value.code == "export.not_writable"


def test_a_full_disk_is_named_and_what_was_written_stays(
    path: Path, header: CheckpointHeader, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = list(play(_request(recording)))
    with Checkpoint(path) as checkpoint:
        checkpoint.restart(header)
        checkpoint.add(events[0])
        monkeypatch.setattr(os, "fsync", _raise_full)
        with pytest.raises(ExportError) as caught:
            checkpoint.add(events[1])
        with pytest.raises(ExportError):
            checkpoint.restart(header)
    assert caught.value.code == "export.disk_full"


def _raise_full(*_: object) -> None:
    raise FULL


def test_a_full_disk_in_the_middle_of_a_line_leaves_the_lines_before(
    path: Path, header: CheckpointHeader, recording: Path
) -> None:
    resource = pytest.importorskip("resource")
    events = list(play(_request(recording)))
    with Checkpoint(path) as checkpoint:
        checkpoint.restart(header)
        for event in events[:3]:
            checkpoint.add(event)
        before = path.read_bytes()
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 20, hard))
        try:
            with pytest.raises(ExportError) as caught:
                checkpoint.add(events[3])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert caught.value.code == "export.disk_full"
    assert path.read_bytes().startswith(before)
    with Checkpoint(path) as checkpoint:
        assert path.read_bytes() == before


def test_each_error_of_the_system_has_its_code() -> None:
    assert export_error(FULL).code == "export.disk_full"
    assert export_error(OSError(errno.EROFS, "Read-only")).code == "export.not_writable"


def test_an_unfinished_transcript_can_be_read(
    path: Path, header: CheckpointHeader, recording: Path
) -> None:
    _fill(path, header, recording, 4)
    assert load_checkpoint(path).transcript().segments


def test_a_checkpoint_without_text_is_unreadable(path: Path) -> None:
    for content in (None, b""):
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ExportError) as caught:
            load_checkpoint(path)
        assert caught.value.code == "export.unreadable"


def test_what_is_no_checkpoint_has_no_header(path: Path, header: CheckpointHeader) -> None:
    assert load_header(path) is None
    assert read_header(path) is None
    path.write_bytes(b"something else\n")
    assert load_header(path) is None
    assert read_header(path) is None
    path.unlink()
    with Checkpoint(path) as checkpoint:
        checkpoint.restart(replace(header, version=99))
        checkpoint.add(STARTED)
    assert read_header(path) is None


@pytest.mark.parametrize("content", [b"something else\n", b'{"type": "header", "version": 2}\n'])
def test_what_another_version_or_program_wrote_is_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ExportError) as caught:
        Checkpoint(path)
    assert caught.value.code == "export.unreadable"
    assert path.read_bytes() == content
    assert is_foreign(path)
    path.write_bytes(b"a torn first li")
    assert not is_foreign(path)
    path.unlink()
    assert not is_foreign(path)


def test_a_completed_event_is_kept(path: Path, header: CheckpointHeader, recording: Path) -> None:
    events = list(play(_request(recording)))
    assert isinstance(events[-1], Completed)
    _fill(path, header, recording, len(events) - 1)
    with Checkpoint(path) as checkpoint:
        assert not checkpoint.assembly.is_complete


def test_a_moved_recording_is_known_by_name_and_size(
    recording: Path, header: CheckpointHeader, tmp_path: Path
) -> None:
    assert header.is_about(recording)
    moved = tmp_path / "other" / recording.name
    moved.parent.mkdir()
    moved.write_bytes(recording.read_bytes())
    assert not header.is_about(moved)
    recording.unlink()
    assert header.is_about(moved)
    assert header.is_unchanged(recording)
    moved.write_bytes(b"longer than before")
    assert not header.is_about(moved)
    assert not header.is_unchanged(moved)
