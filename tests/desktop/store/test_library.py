"""Lists, queue, shelves and trash hold what was put into them, in order."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from desktop.store import changing
from desktop.store.indexing import merge_some
from desktop.store.library import Library
from desktop.store.records import (
    UNFINISHED,
    Change,
    Folder,
    JobOptions,
    JobStatus,
    NewTranscript,
    ShelvesChanged,
    Source,
    Tag,
    TranscriptAdded,
    TranscriptChanged,
    TranscriptRemoved,
    TranscriptReplaced,
)
from engine.events import Completed, SegmentDecoded
from engine.options import Channels, ComputeOptions, Task, TranscriptionOptions, VadOptions
from tests.desktop.store.material import (
    INFO,
    begun,
    code_of,
    new,
    of_kind,
    record,
    segment,
    started,
    text_of,
)


def _ids(items: list[object]) -> list[int]:
    return [getattr(item, "id") for item in items]


def test_a_transcript_is_listed_as_it_was_added(library: Library, changes: list[Change]) -> None:
    options = JobOptions(
        "large-v3",
        TranscriptionOptions(
            language="pl",
            task=Task.TRANSLATE,
            channels=Channels.SPEAKERS,
            glossary=("Łódź",),
            temperatures=(0.2, 0.333),
            vad_options=VadOptions(threshold=0.123456789),
        ),
        ComputeOptions("cuda:1", "float16", 2),
        "Interviews",
    )
    source = Source(Path("/r/Ä ’😀.mkv"), 2**40, "abc", 61.25, True)
    transcript = library.add(NewTranscript("Title", source, options)).result()
    summary = library.summary(transcript)
    assert (summary.title, summary.source, summary.options) == ("Title", source, options)
    assert (summary.status, summary.code, len(summary.uid)) == (JobStatus.QUEUED, "", 32)
    assert changes == [TranscriptAdded(summary)]
    assert library.summaries() == library.queue() == [summary]


def test_a_failed_recording_enters_as_failed(library: Library) -> None:
    failed = replace(new(), status=JobStatus.FAILED, code="media.unreadable", detail="odd")
    summary = library.summary(library.add(failed).result())
    assert (summary.status, summary.code) == (JobStatus.FAILED, "media.unreadable")
    assert library.queue() == []


def test_a_file_name_that_is_no_unicode_is_kept(library: Library) -> None:
    path = Path("/r/caf\udce9.mp3")
    transcript = library.add(NewTranscript(path.stem, Source(path), JobOptions("base"))).result()
    summary = library.summary(transcript)
    assert summary.source.path == path and summary.title == "caf?"


def test_what_does_not_change_with_the_job_can_be_changed(
    library: Library, changes: list[Change]
) -> None:
    transcript = library.add(new()).result()
    source, options = Source(Path("/new/b.mp3"), 5), JobOptions("small", profile="p")
    library.set_source(transcript, source)
    library.set_options(transcript, options)
    library.set_speed(transcript, 12.5)
    library.rename(transcript, "Other\ud800")
    library.set_status(transcript, JobStatus.FAILED, code="engine.crashed", detail="tail").result()
    summary = library.summary(transcript)
    assert (summary.source, summary.options, summary.speed) == (source, options, 12.5)
    assert (summary.title, summary.status) == ("Other?", JobStatus.FAILED)
    assert (summary.code, summary.detail) == ("engine.crashed", "tail")
    assert of_kind(changes, TranscriptChanged)[-1] == TranscriptChanged(summary)
    library.set_status(transcript, JobStatus.QUEUED).result()
    assert library.summary(transcript).code == ""


def test_what_is_not_there_is_named(library: Library) -> None:
    for future in (
        library.rename(9, "x"),
        library.set_tags(9, []),
        library.move(9, None),
        library.put_into_trash([9]),
        library.start_over(9),
    ):
        assert code_of(future.result) == "library.not_found"
    assert code_of(lambda: library.summary(9)) == "library.not_found"
    assert code_of(lambda: library.load(9)) == "library.not_found"
    assert code_of(lambda: library.resume_point(9)) == "library.not_found"


def test_a_batch_is_changed_whole_or_not_at_all(library: Library, changes: list[Change]) -> None:
    transcript = library.add(new()).result()
    changes.clear()
    assert code_of(library.put_into_trash([transcript, 9]).result) == "library.not_found"
    assert (library.trash(), changes) == ([], [])


def test_the_newest_comes_first_even_if_the_clock_goes_backwards(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([2000.0, 1000.0, 1500.0])
    monkeypatch.setattr(changing, "time", SimpleNamespace(time=lambda: next(times)))
    ids = [library.add(new(str(n))).result() for n in range(3)]
    assert _ids([*library.summaries()]) == ids[::-1]
    assert _ids([*library.queue()]) == ids


def test_a_clock_that_goes_backwards_empties_no_trash_too_early(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000_000.0]
    monkeypatch.setattr(changing, "time", SimpleNamespace(time=lambda: now[0]))
    transcript = library.add(new()).result()
    library.put_into_trash([transcript]).result()
    now[0] -= 500_000.0
    library.empty_trash(0).result()
    assert _ids([*library.trash()]) == [transcript]


def test_the_queue_is_reordered(library: Library, changes: list[Change]) -> None:
    one, two, three, four = (library.add(new()).result() for _ in range(4))
    library.set_status(two, JobStatus.PAUSED).result()
    library.move(four, two).result()
    assert _ids([*library.queue()]) == [one, four, two, three]
    library.move(one, None).result()
    assert _ids([*library.queue()]) == [four, two, three, one]
    library.move(three, 999).result()
    assert _ids([*library.queue()]) == [four, two, one, three]
    five = library.add(new()).result()
    assert _ids([*library.queue()])[-1] == five
    changes.clear()
    library.move(five, None).result()
    assert of_kind(changes, TranscriptChanged) == []


def test_the_same_recording_is_known_by_its_content(library: Library) -> None:
    first = library.add(new("a", "hash")).result()
    second = library.add(new("b", "hash")).result()
    library.add(new("c", "other")).result()
    third = library.add(new("d", "hash")).result()
    library.put_into_trash([third]).result()
    assert _ids([*library.find_content("hash")]) == [second, first]
    assert library.find_content("") == []


def test_folders_hold_transcripts_until_they_are_removed(
    library: Library, changes: list[Change]
) -> None:
    folder = library.add_folder("Thesis").result()
    assert library.add_folder("THESIS").result() == folder
    one, two = (library.add(new()).result() for _ in range(2))
    library.set_folder([one, two], folder).result()
    library.rename_folder(folder, "Dissertation").result()
    assert library.folders() == [Folder(folder, "Dissertation")]
    assert of_kind(changes, ShelvesChanged)[-1] == ShelvesChanged((library.folders()[0],), ())
    assert {item.folder for item in library.summaries()} == {folder}
    changes.clear()
    library.remove_folder(folder).result()
    assert {item.folder for item in library.summaries()} == {None}
    assert len(of_kind(changes, TranscriptChanged)) == 2
    assert changes[-1] == ShelvesChanged((), ())
    library.set_folder([one], folder).result()
    assert library.summary(one).folder is None


def test_tags_are_put_on_transcripts_and_removed_from_all(
    library: Library, changes: list[Change]
) -> None:
    red, blue = library.add_tag("red").result(), library.add_tag("blue").result()
    one, two = (library.add(new()).result() for _ in range(2))
    library.set_tags(one, [blue, red, red, 77]).result()
    library.set_tags(two, [red]).result()
    assert [item.tags for item in library.summaries()] == [(red,), (red, blue)]
    library.rename_tag(red, "green").result()
    assert library.tags() == [Tag(red, "green"), Tag(blue, "blue")]
    changes.clear()
    library.remove_tag(red).result()
    assert library.summary(one).tags == (blue,) and library.summary(two).tags == ()
    assert len(of_kind(changes, TranscriptChanged)) == 2
    library.set_tags(one, []).result()
    assert library.summary(one).tags == ()


def test_the_trash_gives_back_and_forgets(library: Library, changes: list[Change]) -> None:
    one, two = begun(library, segment("a")), begun(library, segment("b"))
    library.put_into_trash([one, two]).result()
    assert (library.summaries(), library.queue()) == ([], [])
    assert {item.id for item in library.trash()} == {one, two}
    assert all(item.deleted for item in library.trash())
    changes.clear()
    library.take_from_trash([one]).result()
    assert changes == [TranscriptAdded(library.summary(one))]
    library.empty_trash(1).result()
    assert _ids([*library.trash()]) == [two]
    library.empty_trash(0).result()
    assert library.trash() == [] and changes[-1] == TranscriptRemoved(two)
    assert code_of(lambda: library.load(two)) == "library.not_found"
    assert text_of(library, one) == "a"


def test_nothing_of_a_transcript_remains_once_it_is_deleted_for_good(
    library: Library, changes: list[Change], tmp_path: Path
) -> None:
    transcript = begun(library, segment("unforgettable"))
    library.set_tags(transcript, [library.add_tag("t").result()]).result()
    library.keep_revision(transcript, "edited").result()
    library.delete_for_good([transcript, transcript]).result()
    assert of_kind(changes, TranscriptRemoved) == [TranscriptRemoved(transcript)]
    with library._database.reading() as connection:
        for table in ("segment", "block", "passage", "revision", "transcript_tag", "speaker"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0
        assert connection.execute(text("PRAGMA freelist_count")).scalar() == 0
    while library._writer.submit(lambda connection, _: merge_some(connection, 200)).result():
        pass
    library.close()
    assert b"unforgettable" not in (tmp_path / "library.sqlite3").read_bytes()


def test_starting_over_queues_the_recording_again(library: Library, changes: list[Change]) -> None:
    transcript = begun(library, segment("a"))
    record(library, transcript, Completed(INFO))
    library.set_options(transcript, JobOptions("small")).result()
    changes.clear()
    library.start_over(transcript).result()
    summary = library.summary(transcript)
    assert (summary.status, summary.done, summary.language) == (JobStatus.QUEUED, 0.0, "")
    assert library.load(transcript).transcript.info.model == "small"
    assert library.resume_point(transcript) is None
    assert changes == [TranscriptChanged(summary), TranscriptReplaced(transcript)]


def test_everything_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite3"
    library = Library(path)
    transcript = begun(library, segment("a b"))
    before = library.load(transcript)
    library.close()
    library.close()
    again = Library(path)
    assert again.load(transcript) == before
    again.close()


def test_work_handed_in_before_closing_is_done_and_later_work_refused(tmp_path: Path) -> None:
    library = Library(tmp_path / "l.sqlite3")
    futures = [library.add(new(str(number))) for number in range(50)]
    library.close()
    assert [future.result(0) for future in futures] == list(range(1, 51))
    with pytest.raises(RuntimeError):
        library.add(new())


def test_work_that_was_cancelled_is_not_done(library: Library) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def hold(*_: object) -> None:
        entered.set()
        go_on.wait()

    library._writer.submit(hold)
    entered.wait()
    future = library.add(new())
    assert future.cancel()
    go_on.set()
    assert library.add(new()).result() == 1


def test_a_mistake_in_the_work_reaches_the_caller_and_the_thread_lives_on(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(changing, "add", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            library.add(new()).result()
    assert library.add(new()).result() == 1


def test_a_listener_that_fails_harms_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Change] = []

    def fail(change: Change) -> None:
        heard.append(change)
        raise ValueError("listener")

    library = Library(tmp_path / "l.sqlite3", fail)
    with caplog.at_level(logging.ERROR):
        numbers = [library.add(new()).result() for _ in range(2)]
        library.move(numbers[1], numbers[0]).result()
    library.close()
    assert len(heard) == 4, "each change of a piece of work is told"
    assert "a listener of the library failed" in caplog.text


def test_a_status_that_only_another_one_may_lead_to_is_decided_in_the_order_of_writing(
    library: Library, changes: list[Change]
) -> None:
    transcript = library.add(new()).result()
    for status in (JobStatus.RUNNING, JobStatus.DONE):
        library.set_status(transcript, status).result()
    before = len(changes)
    interrupted = JobStatus.INTERRUPTED
    library.set_status(transcript, interrupted, only_from=[JobStatus.RUNNING]).result()
    assert library.summary(transcript).status is JobStatus.DONE
    assert len(changes) == before, "nobody is told of nothing"
    library.set_status(transcript, interrupted, only_from=[JobStatus.DONE]).result()
    assert library.summary(transcript).status is JobStatus.INTERRUPTED


@pytest.mark.parametrize("status", [JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED])
def test_what_is_started_over_comes_to_the_end_of_the_queue(
    library: Library, status: JobStatus
) -> None:
    first, *others = (library.add(new()).result() for _ in range(3))
    library.set_status(first, status)
    library.start_over(first).result()
    assert [job.id for job in library.queue()] == [*others, first]


@pytest.mark.parametrize("status", UNFINISHED)
def test_what_is_started_over_in_the_queue_keeps_its_place(
    library: Library, status: JobStatus
) -> None:
    first, second, third = (library.add(new()).result() for _ in range(3))
    library.set_status(second, status)
    library.start_over(second).result()
    assert [job.id for job in library.queue()] == [first, second, third]


def test_any_number_of_threads_read_while_one_writes(library: Library) -> None:
    transcript = begun(library)
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(30):
                stored = library.load(transcript).transcript
                assert len(stored.segments) <= 60
                library.summaries()
                list(library.search("word"))
        except BaseException as exc:  # pylint: disable=broad-exception-caught
            failures.append(exc)

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(60):
        record(library, transcript, SegmentDecoded(segment("word", number)))
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(library.load(transcript).transcript.segments) == 60


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ('{"model": "base", "compute": {"device": "abacus"}}', JobOptions("base")),
        ('{"model": "base", "transcription": {"beam_size": 99}}', JobOptions("base")),
        ('{"model": "base", "from_the_future": 1}', JobOptions("base")),
        ('{"model": 7}', JobOptions("7")),
    ],
)
def test_options_that_are_no_longer_allowed_do_not_hide_the_library(
    library: Library, stored: str, expected: JobOptions
) -> None:
    transcript = library.add(new()).result()
    library._change([transcript], options=f'{{"type": "job_options", {stored[1:]}').result()
    assert library.summary(transcript).options == expected


def test_the_summary_of_a_running_job_names_what_it_runs_on(library: Library) -> None:
    transcript = begun(library)
    record(library, transcript, started(info=replace(INFO, device="cuda:0")))
    summary = library.summary(transcript)
    assert (summary.device, summary.compute_type, summary.language) == ("cuda:0", "int8", "en")
