"""What was kept comes back as it was, and nothing that was decoded since is lost."""

from __future__ import annotations

from dataclasses import replace

from desktop.store import revisions
from desktop.store.library import Library
from desktop.store.records import Change, JobStatus, TranscriptReplaced
from engine.events import Completed, GapFound, SegmentDecoded
from engine.transcript.editing import Edit, WordIds, merge, replace_text, split
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
    for text in (" c really d", " so c really d"):
        later = library.load(transcript).transcript.segments[-1]
        library.apply(transcript, replace_text(later, text, ids)).result()
    library.restore_revision(transcript, number).result()
    assert text_of(library, transcript) == "a b so c really d"
    assert found(library, "so c really d") == ["so c really d"]


def test_later_words_stay_where_they_were_joined_to_older_ones(library: Library) -> None:
    transcript = begun(library, FIRST)
    number = library.keep_revision(transcript, "edited").result()
    later, ids = segment("c d", 2), WordIds("launch")
    record(library, transcript, SegmentDecoded(later), completed(0))
    joined = merge(FIRST, later)
    library.apply(transcript, joined).result()
    typed = replace_text(joined.after[0], " a typed b c too d", ids)
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


def test_old_revisions_of_editing_go_and_others_stay(library: Library) -> None:
    transcript = begun(library, FIRST)
    library.keep_revision(transcript, "restarted").result()
    for _ in range(revisions._MOST_EDITED + 3):
        library.keep_revision(transcript, "edited").result()
    kept = library.revisions(transcript)
    assert len(kept) == revisions._MOST_EDITED + 1
    assert (kept[-1].number, kept[-1].reason) == (1, "restarted")
    assert kept[0].number == revisions._MOST_EDITED + 4


def test_a_revision_that_is_not_there_is_named(library: Library) -> None:
    transcript = begun(library, FIRST)
    assert code_of(lambda: library.revision(transcript, 3)) == "library.not_found"
    assert code_of(library.restore_revision(transcript, 3).result) == "library.not_found"
    assert code_of(library.keep_revision(77, "edited").result) == "library.not_found"
