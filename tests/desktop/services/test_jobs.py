"""Jobs run one after the other, and people can stop, change and reorder them at any moment."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.job_request import job_options
from desktop.services.job_run import Ending, JobEnded
from desktop.settings import Settings
from desktop.store.library import Library
from desktop.store.records import JobStatus, NewTranscript, Source
from engine.options import Channels, Task
from tests.desktop.services.conftest import PROFILE, Desk
from tests.desktop.services.queueing import WHOLE, blocked, drop, is_running
from tests.engine.speech_models.small_models import make_model


def test_a_dropped_file_is_transcribed_and_told_step_by_step(desk: Desk, recordings: Path) -> None:
    seen: list[str] = []
    desk.news.blocks_planned.connect(lambda planned: seen.append(f"{len(planned.blocks)} blocks"))
    desk.news.segments_added.connect(
        lambda added: seen.extend(segment.id.partition(".")[2] for segment in added.segments)
    )
    desk.news.block_finished.connect(lambda finished: seen.append(f"end {finished.block.index}"))
    running: list[int | None] = []
    desk.queue.running_changed.connect(running.append)
    # Counted, for the first may come before the test begins.
    desk.until(lambda: desk.idles == 1)
    drop(desk, recordings, 1, PROFILE)
    desk.until(lambda: desk.idles == 2)
    assert seen == ["4 blocks", "0.0", "end 0", "1.0", "end 1", "2.0", "end 2", "3.0", "end 3"]
    one = desk.only()
    assert (one.status, one.language, one.duration) == (JobStatus.DONE, "en", 120.0)
    assert desk.texts(one.id) == WHOLE
    assert running == [one.id, None]
    assert desk.progress and desk.progress[0].total == 120.0


def test_all_jobs_run_in_their_order_with_one_engine(desk: Desk, recordings: Path) -> None:
    drop(desk, recordings, 5, PROFILE)
    desk.wait(*["done"] * 5)
    begun = [number for number, status in desk.statuses if status is JobStatus.RUNNING]
    assert list(dict.fromkeys(begun)) == [one.id for one in desk.all()]


def test_a_paused_job_keeps_its_text_and_goes_on_where_it_was(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 1, blocked(gate))
    desk.until(is_running(desk, 2))
    number = desk.only().id
    desk.queue.pause(number)
    desk.wait("paused")
    desk.until(lambda: desk.queue.running is None)
    assert desk.texts(number) == WHOLE[:2] and desk.queue.is_paused
    gate.touch()
    desk.queue.resume(number)
    desk.wait("done")
    assert desk.texts(number) == WHOLE
    assert desk.library.revisions(number) == []


def test_a_job_that_is_resumed_while_it_stops_goes_on_before_others(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 2, blocked(gate))
    desk.until(lambda: len(desk.all()) == 2 and len(desk.texts(desk.all()[0].id)) == 2)
    first, second = (one.id for one in desk.all())
    desk.queue.pause(first)
    desk.queue.resume(first)
    gate.touch()
    desk.wait("done", "done")
    assert [number for number, status in desk.statuses if status is JobStatus.DONE][0] == first
    assert desk.texts(first) == WHOLE and desk.texts(second) == WHOLE


def test_the_next_job_runs_while_one_is_paused(desk: Desk, recordings: Path, gate: Path) -> None:
    drop(desk, recordings, 1, blocked(gate))
    desk.until(is_running(desk, 2))
    desk.queue.pause(desk.only().id)
    (recordings / "other.wav").write_bytes(b"other")
    desk.add(recordings / "other.wav")
    desk.wait("paused", "done")


def test_a_cancelled_job_keeps_its_text_and_can_be_tried_again(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 1, blocked(gate))
    desk.until(is_running(desk, 2))
    number = desk.only().id
    desk.queue.cancel(number)
    desk.wait("cancelled")
    desk.until(lambda: desk.queue.running is None)
    assert desk.texts(number) == WHOLE[:2]
    desk.queue.resume(number)
    desk.queue.pause(number)
    assert desk.only().status is JobStatus.CANCELLED
    gate.touch()
    desk.queue.retry(number)
    desk.wait("done")
    assert desk.texts(number) == WHOLE


def test_pausing_all_stops_everything_and_resuming_goes_on_in_order(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 3, blocked(gate))
    desk.until(lambda: len(desk.all()) == 3 and len(desk.texts(desk.all()[0].id)) == 2)
    desk.queue.pause_all()
    desk.wait("paused", "paused", "paused")
    desk.until(lambda: desk.queue.running is None)
    assert desk.queue.is_paused
    gate.touch()
    desk.queue.resume_all()
    assert not desk.queue.is_paused
    desk.wait("done", "done", "done")


def test_the_queue_can_be_reordered(desk: Desk, recordings: Path, gate: Path) -> None:
    drop(desk, recordings, 4, blocked(gate))
    desk.until(lambda: len(desk.all()) == 4 and len(desk.texts(desk.all()[0].id)) == 2)
    first, second, third, fourth = (one.id for one in desk.all())
    desk.queue.move(fourth, second)
    desk.queue.move(second, None)
    gate.touch()
    desk.wait(*["done"] * 4)

    def done() -> list[int]:
        ended = (number for number, status in desk.statuses if status is JobStatus.DONE)
        return list(dict.fromkeys(ended))

    desk.until(lambda: len(done()) == 4)  # the news may come after the library knows
    assert done() == [first, fourth, third, second]


def test_a_change_of_model_applies_to_the_blocks_that_are_not_begun(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 1, blocked(gate))
    desk.until(is_running(desk, 2))
    one = desk.only()
    changed = replace(
        one.options,
        model="tiny.en",
        transcription=replace(one.options.transcription, glossary=()),
    )
    desk.queue.change_options(one.id, changed)
    desk.wait("done")
    assert desk.texts(one.id) == WHOLE
    assert desk.only().options == changed
    stored = desk.library.load(one.id)
    assert stored.transcript.info.model == "tiny.en"
    assert desk.library.revisions(one.id) == []


def test_a_change_of_language_applies_to_the_rest(desk: Desk, recordings: Path, gate: Path) -> None:
    drop(desk, recordings, 1, blocked(gate))
    desk.until(is_running(desk, 2))
    one = desk.only()
    german = replace(one.options.transcription, glossary=(), language="de")
    desk.queue.change_options(one.id, replace(one.options, transcription=german))
    desk.wait("done")
    assert desk.only().language == "de" and desk.texts(one.id) == WHOLE


@pytest.mark.parametrize("change", [{"task": Task.TRANSLATE}, {"channels": Channels.SPEAKERS}])
def test_a_change_that_does_not_fit_to_the_half_starts_over(
    desk: Desk, recordings: Path, gate: Path, change: dict[str, Task | Channels]
) -> None:
    drop(desk, recordings, 1, blocked(gate))
    desk.until(is_running(desk, 2))
    one = desk.only()
    transcription = replace(
        one.options.transcription,
        glossary=(),
        task=Task(change.get("task", Task.TRANSCRIBE)),
        channels=Channels(change.get("channels", Channels.MIX)),
    )
    desk.queue.change_options(one.id, replace(one.options, transcription=transcription))
    desk.wait("done")
    assert desk.texts(one.id) == WHOLE
    assert [revision.reason for revision in desk.library.revisions(one.id)] == ["restarted"]


def test_options_of_a_job_that_waits_are_those_it_runs_with(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 2, blocked(gate))
    desk.until(lambda: len(desk.all()) == 2)
    second = desk.all()[1]
    desk.queue.change_options(second.id, replace(second.options, model="tiny.en"))
    gate.touch()
    desk.wait("done", "done")
    models = [desk.library.load(one.id).transcript.info.model for one in desk.all()]
    assert models == ["base", "tiny.en"]


def test_starting_again_while_it_runs_keeps_a_revision(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 1, blocked(gate))
    desk.until(is_running(desk, 2))
    number = desk.only().id
    run = desk.library.load(number).transcript.segments[0].id.partition(".")[0]
    desk.queue.start_again(number)
    gate.touch()
    desk.wait("done")
    segments = desk.library.load(number).transcript.segments
    assert len(segments) == 4
    assert run not in {segment.id.partition(".")[0] for segment in segments}
    assert len(desk.library.revisions(number)) == 1


def test_a_finished_transcript_of_an_earlier_session_can_be_started_again(
    desk: Desk, recordings: Path
) -> None:
    drop(desk, recordings, 1, PROFILE)
    desk.wait("done")
    desk.close()
    desk.open()
    number = desk.only().id
    desk.queue.start_again(number)
    desk.until(lambda: bool(desk.library.revisions(number)))
    desk.wait("done")
    assert desk.texts(number) == WHOLE


def _done_order(desk: Desk) -> list[int]:
    return [number for number, status in desk.statuses if status is JobStatus.DONE]


def test_a_finished_transcript_that_is_started_again_comes_after_those_that_wait(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 1, PROFILE)
    desk.wait("done")
    first = desk.only().id
    others = [recordings / f"other {number}.wav" for number in range(2)]
    for path in others:
        path.write_bytes(path.name.encode())
    told: list[int] = []
    desk.news.transcript_added.connect(lambda summary: told.append(summary.id))
    desk.add(*others, profile=blocked(gate))
    desk.wait("done", "running", "queued")
    second, third = (one.id for one in desk.all()[1:])
    # The library is ahead of the queue by as long as its news takes.
    desk.until(lambda: third in told)
    desk.queue.start_again(first)
    desk.wait("queued", "running", "queued")
    assert [job.id for job in desk.library.queue()] == [second, third, first]
    before = len(_done_order(desk))
    gate.touch()
    desk.wait("done", "done", "done")
    desk.until(lambda: desk.queue.running is None)
    assert _done_order(desk)[before:] == [second, third, first]


def test_a_running_job_that_is_started_again_keeps_its_turn(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 2, blocked(gate))
    desk.until(lambda: len(desk.all()) == 2 and len(desk.texts(desk.all()[0].id)) == 2)
    first, second = (one.id for one in desk.all())
    desk.queue.start_again(first)
    desk.until(lambda: bool(desk.library.revisions(first)))
    desk.wait("running", "queued")
    gate.touch()
    desk.wait("done", "done")
    desk.until(lambda: desk.queue.running is None)
    assert _done_order(desk) == [first, second]


def test_a_job_that_ends_in_the_last_moment_is_not_called_interrupted(
    desk: Desk, recordings: Path
) -> None:
    desk.engine.blockSignals(True)  # the last word comes too late for the queue
    drop(desk, recordings, 1, PROFILE)
    desk.wait("done")
    desk.close()
    library = Library(desk.folder / "library.sqlite3")
    statuses = [one.status for one in library.summaries()]
    library.close()
    desk.open()
    assert statuses == [JobStatus.DONE]


def test_a_job_that_is_done_already_is_not_called_back(desk: Desk, recordings: Path) -> None:
    desk.engine.blockSignals(True)
    drop(desk, recordings, 1, PROFILE)
    desk.wait("done")
    number = desk.only().id
    for ask in (desk.queue.pause, desk.queue.resume, desk.queue.cancel, desk.queue.retry):
        ask(number)
        desk.library.rename(number, "what is written comes in its order").result(20)
        assert desk.only().status is JobStatus.DONE
    desk.engine.blockSignals(False)
    desk.engine.ended.emit(JobEnded(number, Ending.DONE))
    desk.until(lambda: desk.queue.running is None)
    assert desk.only().status is JobStatus.DONE


def test_a_recording_can_be_started_again_with_other_options(desk: Desk, recordings: Path) -> None:
    drop(desk, recordings, 1, PROFILE)
    desk.wait("done")
    number = desk.only().id
    options = job_options(replace(PROFILE, name="Slow", beam_size=7), "base")
    desk.queue.start_again(number, options)
    desk.until(lambda: bool(desk.library.revisions(number)))
    desk.wait("done")
    assert desk.only().options == options
    assert desk.texts(number) == WHOLE


def test_what_there_is_of_a_failed_job_can_be_taken_for_the_whole(
    desk: Desk, recordings: Path
) -> None:
    (recordings / "gone.wav").write_bytes(b"gone")
    number = desk.library.add(
        NewTranscript(
            "a",
            Source(recordings / "gone.wav"),
            job_options(PROFILE, "base"),
            status=JobStatus.FAILED,
            code="media.truncated",
        )
    ).result(20)
    desk.wait("failed")
    desk.queue.accept(number)
    desk.wait("done")
    assert desk.only().code == ""


def test_a_missing_model_lets_the_job_wait_and_others_go_on(desk: Desk, recordings: Path) -> None:
    drop(desk, recordings, 2, replace(PROFILE, model="small"))
    desk.wait("queued", "queued")
    (recordings / "other.wav").write_bytes(b"other")
    desk.add(recordings / "other.wav")
    desk.wait("queued", "queued", "done")
    waiting = desk.all()[:2]
    assert [(one.code, one.detail) for one in waiting] == [("model.not_installed", "small")] * 2
    make_model(desk.models / "small")
    desk.queue.model_installed("small")
    desk.wait("done", "done", "done")
    assert {one.code for one in desk.all()} == {""}


def test_a_model_that_is_deleted_mid_job_is_needed_only_after_a_death(
    desk: Desk, recordings: Path, gate: Path, tmp_path: Path
) -> None:
    die = f"3:exit=3*1 {tmp_path}"
    profile = replace(PROFILE, glossary=(f"2:until={gate}", die))
    drop(desk, recordings, 1, profile)
    desk.until(is_running(desk, 2))
    shutil.rmtree(desk.models / "base")
    gate.touch()
    desk.until(lambda: desk.only().code == "model.not_installed")
    number = desk.only().id
    assert desk.only().status is JobStatus.QUEUED and desk.texts(number) == WHOLE[:3]
    make_model(desk.models / "base")
    desk.queue.model_installed("base")
    desk.wait("done")
    assert desk.texts(number) == WHOLE


def test_another_model_can_be_chosen_for_a_job_that_waits(desk: Desk, recordings: Path) -> None:
    drop(desk, recordings, 1, replace(PROFILE, model="small"))
    desk.until(lambda: bool(desk.all()) and desk.only().code == "model.not_installed")
    one = desk.only()
    desk.queue.change_options(one.id, replace(one.options, model="tiny.en"))
    desk.wait("done")


def test_a_recording_that_vanished_fails_and_can_be_shown_where_it_is(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 2, blocked(gate))
    desk.until(lambda: len(desk.all()) == 2)
    moved = (recordings / "1.wav").rename(recordings / "elsewhere.wav")
    gate.touch()
    desk.wait("done", "failed")
    second = desk.all()[1]
    assert second.code == "media.not_found"
    desk.queue.find_source(second.id, recordings / "nowhere.wav")
    desk.until(lambda: bool(desk.notices))
    assert desk.notices == [(second.id, "media.not_found", "FileNotFoundError")]
    desk.queue.find_source(second.id, moved)
    desk.wait("done", "done")
    assert desk.all()[1].source.path == moved


def test_putting_the_running_transcript_into_the_trash_stops_it(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 1, blocked(gate))
    desk.until(is_running(desk, 2))
    number = desk.only().id
    desk.library.put_into_trash([number])
    desk.until(lambda: desk.queue.running is None)
    gate.touch()
    desk.library.take_from_trash([number])
    desk.wait("done")
    assert desk.texts(number) == WHOLE


def test_deleting_the_running_transcript_for_good_stops_it(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 1, blocked(gate))
    desk.until(is_running(desk, 2))
    desk.library.delete_for_good([desk.only().id]).result(20)
    desk.until(lambda: desk.queue.running is None)
    assert not desk.all() and not desk.queue.held_by


def test_what_ran_goes_on_by_itself_at_the_next_start(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 2, blocked(gate))
    desk.until(lambda: len(desk.all()) == 2 and len(desk.texts(desk.all()[0].id)) == 2)
    desk.close()
    gate.touch()
    desk.open()
    desk.wait("done", "done")
    assert all(desk.texts(one.id) == WHOLE for one in desk.all())


def test_a_paused_job_stays_paused_at_the_next_start(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 2, blocked(gate))
    desk.until(lambda: len(desk.all()) == 2 and len(desk.texts(desk.all()[0].id)) == 2)
    desk.queue.pause(desk.all()[0].id)
    desk.wait("paused", "running")
    desk.close()
    gate.touch()
    desk.open()
    desk.wait("paused", "done")
    desk.queue.resume(desk.all()[0].id)
    desk.wait("done", "done")


def test_a_restored_half_can_be_resumed(desk: Desk, recordings: Path, gate: Path) -> None:
    drop(desk, recordings, 1, blocked(gate))
    desk.until(is_running(desk, 2))
    number = desk.only().id
    desk.queue.start_again(number)
    gate.touch()
    desk.wait("done")
    desk.until(lambda: desk.queue.running is None)
    (revision,) = desk.library.revisions(number)
    assert desk.queue.restore_revision(number, revision.number) is not None
    desk.wait("paused")
    assert desk.texts(number) == WHOLE[:2]
    desk.until(lambda: desk.queue.is_paused)
    desk.queue.resume(number)
    desk.wait("done")
    assert desk.texts(number) == WHOLE


def test_a_half_that_is_restored_over_a_cancelled_job_can_be_resumed(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 1, blocked(gate))
    desk.until(is_running(desk, 2))
    number = desk.only().id
    assert desk.queue.restore_revision(number, 1) is None, "it runs"
    desk.queue.start_again(number)
    desk.until(lambda: bool(desk.library.revisions(number)))
    desk.queue.cancel(number)
    desk.wait("cancelled")
    desk.until(lambda: desk.queue.running is None)
    assert desk.queue.restore_revision(number, 1) is not None
    desk.wait("paused")
    desk.until(lambda: desk.queue.is_paused)
    gate.touch()
    desk.queue.resume(number)
    desk.wait("done")
    assert desk.texts(number) == WHOLE


def test_a_job_that_waits_is_paused_when_a_revision_is_restored(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 1, PROFILE)
    desk.wait("done")
    first = desk.only().id
    other = recordings / "other.wav"
    other.write_bytes(b"another sound")
    desk.add(other, profile=blocked(gate))
    desk.wait("done", "running")
    heard = len(desk.statuses)
    desk.queue.start_again(first)
    desk.wait("queued", "running")
    desk.until(lambda: (first, JobStatus.QUEUED) in desk.statuses[heard:])
    before = len(desk.statuses)
    late_news = desk.all()[0]
    assert desk.queue.restore_revision(first, 1) is not None
    desk.news.transcript_changed.emit(late_news)
    desk.wait("done", "running")
    assert desk.texts(first) == WHOLE
    gate.touch()
    desk.wait("done", "done")
    desk.until(lambda: desk.queue.running is None)
    assert (first, JobStatus.RUNNING) not in desk.statuses[before:]


def test_nothing_runs_before_the_start(desk: Desk, recordings: Path) -> None:
    desk.queue.resume_all()
    desk.until(lambda: desk.idles == 1)
    path = recordings / "a.wav"
    path.write_bytes(b"sound")
    desk.library.add(NewTranscript("a", Source(path), job_options(PROFILE, "base")))
    desk.wait("done")


def test_the_settings_of_the_hardware_count_when_a_job_begins(desk: Desk, recordings: Path) -> None:
    desk.settings.current = Settings(device="cpu", compute_type="int8", processors="half")
    drop(desk, recordings, 1, PROFILE)
    desk.wait("done")
    assert (desk.only().device, desk.only().compute_type) == ("cpu", "int8")


def test_the_model_is_warm_when_a_job_comes(qtbot: QtBot, desk: Desk, recordings: Path) -> None:
    with qtbot.waitSignal(desk.engine.warmed, timeout=30_000) as caught:
        desk.engine.warm()
    assert caught.args == ["base"]
    pid = desk.engine.worker_pid
    drop(desk, recordings, 1, PROFILE)
    desk.wait("done")
    assert pid is not None and desk.engine.worker_pid == pid


def test_a_mistake_while_warming_does_not_stop_the_jobs_behind_it(
    desk: Desk, recordings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_folders: object) -> str:
        raise KeyError("boom")

    monkeypatch.setattr("desktop.services.engine_thread.default_model", fail)
    desk.engine.warm()
    drop(desk, recordings, 1, PROFILE)
    desk.wait("done")
    assert desk.texts(desk.only().id) == WHOLE


def test_a_job_with_another_model_does_not_wait_for_the_warming(
    desk: Desk, recordings: Path
) -> None:
    desk.engine.warm("tiny.en")
    drop(desk, recordings, 1, PROFILE)
    desk.wait("done")
    desk.engine.warm("a model that is not there")
    desk.queue.start_again(desk.only().id)
    desk.until(lambda: bool(desk.library.revisions(desk.only().id)))
    desk.wait("done")


def test_what_is_asked_of_a_transcript_that_is_gone_is_passed_over(
    qtbot: QtBot, desk: Desk, recordings: Path
) -> None:
    for ask in (desk.queue.pause, desk.queue.resume, desk.queue.cancel, desk.queue.retry):
        ask(4711)
    desk.queue.start_again(4711)
    drop(desk, recordings, 1, PROFILE)
    desk.wait("done")
    number = desk.only().id
    for ask in (desk.queue.pause, desk.queue.resume, desk.queue.cancel, desk.queue.retry):
        ask(number)
    desk.queue.change_options(number, replace(desk.only().options, model="tiny.en"))
    with qtbot.waitSignal(desk.news.transcript_changed):
        desk.library.rename(number, "New")
    assert desk.only().status is JobStatus.DONE and desk.only().options.model == "base"


def test_a_paused_job_takes_other_options_and_stays_paused(
    desk: Desk, recordings: Path, gate: Path
) -> None:
    drop(desk, recordings, 1, blocked(gate))
    desk.until(is_running(desk, 2))
    number = desk.only().id
    desk.queue.pause(number)
    desk.until(lambda: desk.queue.running is None)
    options = replace(
        desk.only().options,
        transcription=replace(desk.only().options.transcription, task=Task.TRANSLATE),
    )
    desk.queue.change_options(number, options)
    desk.queue.change_options(number, options)
    desk.until(lambda: desk.only().options == options and desk.texts(number) == [])
    desk.wait("paused")
    gate.touch()
    desk.queue.resume(number)
    desk.wait("done")
    assert desk.texts(number) == WHOLE
