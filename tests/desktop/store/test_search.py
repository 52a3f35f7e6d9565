"""Words are found whatever their script, wherever borders fall, and only where they stand."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.store.library import Library
from engine.events import Block, SegmentDecoded
from engine.transcript.editing import Edit
from engine.transcript.transcript import Speaker
from tests.desktop.store.material import begun, completed, found, record, segment, started


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Wir fahren nach Łódź zurück", "lodz", "Łódź"),
        ("in der langen Straße hier", "strasse", "Straße"),
        ("in der STRASSE", "straße", "STRASSE"),
        ("今日は天気がいい。", "天気", "天気"),
        ("今日は天気がいい。", "気", "気"),
        ("วันนี้อากาศดีมาก", "อากาศ", "อากาศ"),
        ("오늘날씨가 좋다", "날씨", "날씨"),
        ("I don't know", "don’t", "don't"),
        ("a naïve idea", "NAIVE", "naïve"),
        ("المدرسة مُحَمَّد", "محمد", "مُحَمَّد"),
        ("the transcription works", "transcr", "transcription"),
        ("good morning everyone", "good mor", "good morning"),
        ('she said "no way" twice', '"no way"', "no way"),
    ],
)
def test_what_people_type_is_found(library: Library, text: str, query: str, marked: str) -> None:
    begun(library, segment(text))
    assert found(library, query) == [marked]


@pytest.mark.parametrize(
    "query", ["", '"', "cran", "rning", "morning good x", '"morning good"', "mor ", "a*", "天"]
)
def test_what_is_not_there_is_not_found(library: Library, query: str) -> None:
    begun(library, segment("good morning everyone"))
    assert found(library, query) == []


def test_all_words_are_found_in_any_order_and_the_phrase_comes_first(library: Library) -> None:
    first = begun(library, segment("morning is good and good morning too"))
    second = begun(library, segment("a morning that was good"))
    hits = list(library.search("good morning"))
    assert [hit.transcript for hit in hits] == [first, second]
    assert [hit.text[slice(*hit.marks[0])] for hit in hits] == ["good morning", "morning"]
    assert len(hits[1].marks) == 2


def test_a_hit_says_where_it_stands(library: Library) -> None:
    transcript = begun(
        library, segment("well hello there"), segment("dear friend", 3, speaker="channel-1")
    )
    people = (Speaker("channel-2", "Jan"), Speaker("channel-1", "Anna"))
    library.set_speakers(transcript, people).result()
    library.rename(transcript, "Talk").result()
    (hit,) = library.search("friend")
    assert (hit.transcript, hit.title, hit.segment) == (transcript, "Talk", "run.0.3")
    assert (hit.start, hit.speaker, hit.speaker_number) == (4.0, "Anna", 2)
    assert hit.text == "well hello there dear friend" and hit.marks == ((22, 28),)
    (hit,) = library.search("well")
    assert (hit.speaker, hit.speaker_number) == ("", None)


def test_a_phrase_over_the_border_of_segments_blocks_and_passages_is_found_once(
    library: Library,
) -> None:
    long = [segment(" ".join(f"w{n}x{i}" for i in range(9)), n * 10) for n in range(30)]
    transcript = begun(library, *long)
    record(library, transcript, SegmentDecoded(segment("over the border", 0, 1)))
    for one, two in zip(long, long[1:], strict=False):
        phrase = one.words[-1].text + two.words[0].text
        (hit,) = library.search(f'"{phrase}"')
        assert hit.segment == one.id and hit.start == one.words[-1].start
    assert found(library, '"w29x8 over the border"') == ["w29x8 over the border"]
    assert found(library, "over the border") == ["over the border"]
    whole = " ".join(long[n].text for n in range(3, 6))
    assert len(found(library, f'"{whole}"')) == 1


def test_a_phrase_over_a_border_appears_whichever_side_is_decoded_first(library: Library) -> None:
    transcript = begun(library, segment("and on", 0, 1))
    record(library, transcript, SegmentDecoded(segment("it goes", 0, 0)))
    assert found(library, "goes and on") == ["goes and on"]


def test_channels_do_not_run_into_each_other(library: Library) -> None:
    transcript = begun(library)
    channels = (Block(0, 0.0, 10.0, 0), Block(1, 0.0, 10.0, 1), Block(2, 10.0, 20.0, 0))
    record(library, transcript, started(blocks=channels))
    for block, text in enumerate(("left ends", "right ends", "left goes on")):
        record(library, transcript, SegmentDecoded(segment(text, 0, block)))
    assert found(library, '"ends left"') == ["ends left"]
    assert found(library, '"ends right"') == []


def test_the_index_follows_edits_also_before_and_after_the_touched_segment(
    library: Library,
) -> None:
    first, second, third = segment("one two"), segment("three four", 2), segment("five", 0, 1)
    transcript = begun(library, first, second, third)
    assert found(library, "two three") and found(library, "four five")
    changed = replace(second, words=(replace(second.words[1], text=" fore"),))
    library.apply(transcript, Edit((second,), (changed,))).result()
    assert found(library, "two three") == [] and found(library, "four") == []
    assert found(library, "two fore five") == ["two fore five"]
    library.apply(transcript, Edit((third,), ())).result()
    assert found(library, "five") == []
    joined = replace(first, words=(*first.words, *changed.words))
    library.apply(transcript, Edit((first, changed), (joined,))).result()
    assert found(library, "one two fore") == ["one two fore"]


def test_text_in_the_trash_is_not_found(library: Library) -> None:
    transcript = begun(library, segment("secret words"))
    library.put_into_trash([transcript]).result()
    assert found(library, "secret") == []
    library.take_from_trash([transcript]).result()
    assert found(library, "secret") == ["secret"]
    library.put_into_trash([transcript]).result()
    library.delete_for_good([transcript]).result()
    assert found(library, "secret") == []


def test_newest_transcripts_come_first_and_each_from_its_beginning(library: Library) -> None:
    old = begun(library, segment("word here"))
    new = begun(library, segment("late word", 0, 1), segment("word word", 0, 0))
    hits = [(hit.transcript, hit.start) for hit in library.search("word")]
    assert hits == [(new, 0.0), (new, 1.0), (new, 11.0), (old, 0.0)]


def test_the_number_of_hits_is_limited(library: Library) -> None:
    for _ in range(30):
        begun(library, segment("word and word"))
    assert len(list(library.search("word", limit=7))) == 7
    assert len(list(library.search("and word", limit=35))) == 30


def test_the_excerpt_is_one_line_around_the_hit(library: Library) -> None:
    words = [f"word{n}" for n in range(60)]
    begun(library, segment(" ".join(words)), segment("a\u2028b\tc d", 60))
    (hit,) = library.search("word30")
    assert hit.text.startswith("… word2") and hit.text.endswith(" …")
    assert [hit.text[start:end] for start, end in hit.marks] == ["word30"]
    (last,) = library.search('"c d"')
    assert last.text.endswith("word59 a b c d")


def test_an_excerpt_of_a_script_without_spaces_is_cut_anywhere(library: Library) -> None:
    begun(library, segment("字" * 200 + "天気" + "文" * 200))
    (hit,) = library.search("天気")
    assert hit.text == f"… {'字' * 40}天気{'文' * 80} …"


def test_hits_can_be_taken_while_others_write(library: Library) -> None:
    transcripts = [begun(library, segment("word one")) for _ in range(50)]
    hits = library.search("word")
    first = next(hits)
    for transcript in transcripts[:20]:
        stored = library.load(transcript).transcript.segments
        library.apply(transcript, Edit(stored, ())).result()
    assert first.transcript == transcripts[-1]
    assert 29 <= len(list(hits)) <= 49


def test_a_hit_starts_with_the_word_and_not_with_its_segment(library: Library) -> None:
    odd = segment("x y z")
    spaced = replace(odd, words=tuple(replace(w, text=f"  {w.text}  ") for w in odd.words))
    transcript = begun(library, spaced)
    assert [hit.start for hit in library.search("z ")] == [2.0]
    record(library, transcript, completed(0))


def test_what_cannot_be_read_does_not_keep_others_out_of_the_index(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "l.sqlite3"
    library = Library(path)
    _, broken, _ = (begun(library, segment(f"word {text}")) for text in ("one", "two", "three"))
    library.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM passage")
        connection.execute("UPDATE transcript SET indexed = 0")
        connection.execute("UPDATE segment SET words = x'ff' WHERE transcript = ?", (broken,))
    library = Library(path)
    # Each transcript is indexed between two pieces of other work.
    for number in range(5):
        library.add_tag(str(number)).result()
    assert found(library, "one") == ["one"] and found(library, "three") == ["three"]
    library.close()
    assert caplog.text.count("could not be indexed") == 1
    assert f"transcript {broken} could not be indexed" in caplog.text
