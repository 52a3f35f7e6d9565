"""What was kept comes back as it was, and nothing that was decoded since is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.store import revisions
from desktop.store.library import Library
from desktop.store.records import Change, JobStatus, TranscriptReplaced
from engine.events import Completed, GapFound, SegmentDecoded
from engine.transcript.editing import Edit, WordIds, retype, split
from engine.transcript.transcript import Gap, Speaker
from tests.desktop.store.material import (
    INFO,
    begun,
    code_of,
    completed,
    found,
    of_kind,
    record,
    segment,
    started,
    text_of,
)

FIRST, SECOND = segment("a b", speaker="channel-1"), segment("k l", 0, 1)


def _done(library: Library) -> int:
    transcript = begun(library, FIRST, SECOND)
    library.set_speakers(transcript, (Speaker("channel-1", "Anna"),)).result()
    doubtful = SegmentDecoded(segment("x", 2), "no_speech")
    record(library, transcript, doubtful, GapFound(0, Gap(8.0, 9.0)))
    record(library, transcript, completed(0), completed(1), Completed(INFO))
    return transcript


def test_a_revision_is_the_whole_transcript(library: Library) -> None:
    transcript = _done(library)
    before = library.load(transcript).transcript
    number = library.keep_revision(transcript, "edited").result()
    library.apply(transcript, Edit((FIRST, SECOND), ())).result()
    assert library.revision(transcript, number) == before
    library.restore_revision(transcript, number).result()
    assert library.load(transcript).transcript == before
    assert found(library, "a b") == ["a b"]
    reasons = [item.reason for item in library.revisions(transcript)]
    assert reasons == ["restored", "transcribed", "edited"]


def test_restoring_can_itself_be_taken_back(library: Library, changes: list[Change]) -> None:
    transcript = _done(library)
    number = library.keep_revision(transcript, "edited").result()
    library.apply(transcript, Edit((SECOND,), ())).result()
    library.restore_revision(transcript, number).result()
    assert of_kind(changes, TranscriptReplaced) == [TranscriptReplaced(transcript)]
    assert not library.summary(transcript).is_edited
    newest = library.revisions(transcript)[0]
    library.restore_revision(transcript, newest.number).result()
    assert text_of(library, transcript) == "a b"
    assert library.summary(transcript).is_edited


def test_what_was_decoded_after_the_revision_stays(library: Library) -> None:
    transcript = begun(library, FIRST)
    number = library.keep_revision(transcript, "edited").result()
    edited = replace(FIRST, words=FIRST.words[:1])
    library.apply(transcript, Edit((FIRST,), (edited,))).result()
    later = segment("c d", 2, speaker="channel-2")
    for item in (later, SECOND):
        record(library, transcript, SegmentDecoded(item))
    library.restore_revision(transcript, number).result()
    stored = library.load(transcript).transcript
    assert stored.segments == (FIRST, later, SECOND)
    assert [speaker.id for speaker in stored.speakers] == ["channel-1", "channel-2"]
    record(library, transcript, started(), SegmentDecoded(FIRST), SegmentDecoded(later))
    record(library, transcript, SegmentDecoded(segment("e", 4)))
    assert text_of(library, transcript) == "a b c d e k l"


def test_typed_segments_do_not_outlive_the_revision_before_them(library: Library) -> None:
    transcript = begun(library, FIRST)
    number = library.keep_revision(transcript, "edited").result()
    word = replace(FIRST.words[0], id="launch.1", text=" typed")
    typed = replace(FIRST, id="launch.1", words=(word,))
    library.apply(transcript, Edit((), (typed,))).result()
    library.restore_revision(transcript, number).result()
    assert text_of(library, transcript) == "a b"


def test_later_words_stay_with_what_was_typed_among_them(library: Library) -> None:
    transcript = begun(library, FIRST)
    number = library.keep_revision(transcript, "edited").result()
    later, ids = segment("c d", 2), WordIds("launch")
    record(library, transcript, SegmentDecoded(later), completed(0))
    for text in ("c really d", "so c really d"):
        later = library.load(transcript).transcript.segments[-1]
        library.apply(transcript, retype((later,), text, ids)).result()
    library.restore_revision(transcript, number).result()
    assert text_of(library, transcript) == "a b so c really d"
    assert found(library, "so c really d") == ["so c really d"]


def test_later_words_stay_where_they_were_joined_to_older_ones(library: Library) -> None:
    transcript = begun(library, FIRST)
    number = library.keep_revision(transcript, "edited").result()
    later, ids = segment("c d", 2), WordIds("launch")
    record(library, transcript, SegmentDecoded(later), completed(0))
    joined = replace(FIRST, words=FIRST.words + later.words)
    library.apply(transcript, Edit((FIRST, later), (joined,))).result()
    typed = retype((joined,), "a typed b c too d", ids)
    library.apply(transcript, typed).result()
    library.restore_revision(transcript, number).result()
    stored = library.load(transcript).transcript.segments
    assert [item.text for item in stored] == [" a b", " c too d"]
    assert stored[0] == FIRST and stored[1].id == "run.0.2"


def test_a_later_segment_that_has_the_id_of_an_older_one_gets_its_own(library: Library) -> None:
    transcript = begun(library, FIRST)
    number = library.keep_revision(transcript, "edited").result()
    later = segment("c d", 2)
    record(library, transcript, SegmentDecoded(later))
    headless = replace(FIRST, words=later.words)
    library.apply(transcript, Edit((FIRST, later), (headless,))).result()
    library.restore_revision(transcript, number).result()
    stored = library.load(transcript).transcript.segments
    assert [item.id for item in stored] == [FIRST.id, later.id]
    assert text_of(library, transcript) == "a b c d"


def test_no_half_of_a_later_word_is_lost(library: Library) -> None:
    transcript = begun(library, FIRST)
    number = library.keep_revision(transcript, "edited").result()
    later = segment("c dog", 2)
    record(library, transcript, SegmentDecoded(later))
    library.apply(transcript, split(later, len(" c do"), WordIds("launch"))).result()
    library.restore_revision(transcript, number).result()
    assert text_of(library, transcript) == "a b c do g"


def test_an_earlier_run_comes_back_with_its_state(library: Library) -> None:
    transcript = _done(library)
    before = library.load(transcript)
    library.start_over(transcript).result()
    record(library, transcript, started("next"), SegmentDecoded(segment("new", run="next")))
    library.restore_revision(transcript, 1).result()
    after = library.load(transcript)
    assert after.transcript == before.transcript
    assert (after.blocks, after.completed) == (before.blocks, before.completed)
    assert after.summary.status is JobStatus.DONE
    assert library.resume_point(transcript) is not None
    assert found(library, "new") == []


def test_an_earlier_run_that_was_not_done_waits_to_go_on(library: Library) -> None:
    transcript = begun(library, FIRST)
    library.start_over(transcript).result()
    library.restore_revision(transcript, 1).result()
    assert library.summary(transcript).status is JobStatus.PAUSED
    record(library, transcript, started(), SegmentDecoded(segment("a b c")))
    assert text_of(library, transcript) == "a b c"


def test_starting_over_without_text_keeps_nothing(library: Library) -> None:
    transcript = begun(library)
    library.start_over(transcript).result()
    assert library.revisions(transcript) == []


@pytest.fixture(name="few")
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "_NEWEST", 3)


def _numbers(library: Library, transcript: int) -> list[int]:
    return [kept.number for kept in library.revisions(transcript)]


def _type(library: Library, transcript: int, text: str) -> None:
    first = library.load(transcript).transcript.segments[0]
    library.apply(transcript, retype((first,), text, WordIds(text))).result()


@pytest.mark.usefixtures("few")
def test_old_revisions_of_editing_go_and_the_text_before_them_stays(library: Library) -> None:
    transcript = begun(library, FIRST)
    for number in range(6):
        _type(library, transcript, f"typed{number}")
        library.keep_revision(transcript, "edited").result()
    assert _numbers(library, transcript) == [7, 6, 5, 1]
    assert library.revisions(transcript)[-1].reason == "transcribed"


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("reason", ["restarted", "restored", "edited"])
def test_of_text_that_nobody_touched_only_the_newest_stay(library: Library, reason: str) -> None:
    transcript = begun(library, FIRST)
    for _ in range(5):
        library.keep_revision(transcript, reason).result()
    assert _numbers(library, transcript) == [5, 4, 3]


@pytest.mark.usefixtures("few")
def test_the_last_state_of_what_a_person_did_is_never_dropped(library: Library) -> None:
    transcript = begun(library, FIRST)
    _type(library, transcript, "typed")  # keeps the engine's text
    library.keep_revision(transcript, "edited").result()
    library.start_over(transcript).result()
    for run in ("second", "third", "fourth", "fifth"):
        record(library, transcript, started(run), SegmentDecoded(segment("new", run=run)))
        library.start_over(transcript).result()
    kept = library.revisions(transcript)
    assert [one.number for one in kept] == [7, 6, 5, 3, 1]
    assert [one.text for one in library.revision(transcript, 3).segments] == [" typed"]


@pytest.mark.usefixtures("few")
def test_names_of_speakers_are_a_persons_work_too(library: Library) -> None:
    transcript = begun(library, FIRST)
    names = [(Speaker("channel-1", "Anna"),), (Speaker("channel-1", "Jan"),)]
    for run, named in enumerate([*names, *names[1:] * 4], 2):
        library.set_speakers(transcript, named).result()
        library.start_over(transcript).result()
        record(library, transcript, started(f"{run}"), SegmentDecoded(segment("new", run=f"{run}")))
    # “Anna” is nowhere else, “Jan” is still the name.
    assert _numbers(library, transcript) == [6, 5, 4, 1]


@pytest.mark.usefixtures("few")
def test_going_back_and_forth_keeps_each_text_once(library: Library) -> None:
    transcript = begun(library, FIRST)
    _type(library, transcript, "typed")
    typed = library.keep_revision(transcript, "edited").result()
    for _ in range(6):
        for number in (1, typed):
            if number in _numbers(library, transcript):
                library.restore_revision(transcript, number).result()
            else:
                library.restore_revision(transcript, _newest_typed(library, transcript)).result()
    kept = library.revisions(transcript)
    assert len(kept) <= 3 + 2
    assert kept[-1].reason == "transcribed"
    assert _newest_typed(library, transcript)


def _newest_typed(library: Library, transcript: int) -> int:
    """Return the newest revision with what was typed."""
    numbers = _numbers(library, transcript)
    return next(
        number
        for number in numbers
        if library.revision(transcript, number).segments[0].text == " typed"
    )


def test_a_revision_that_is_not_there_is_named(library: Library) -> None:
    transcript = begun(library, FIRST)
    assert code_of(lambda: library.revision(transcript, 3)) == "library.not_found"
    assert code_of(library.restore_revision(transcript, 3).result) == "library.not_found"
    assert code_of(library.keep_revision(77, "edited").result) == "library.not_found"
