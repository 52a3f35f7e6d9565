"""Doubtful words are marked and lines are numbered where that was asked for, nowhere else."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import fields

import docx
import pytest
from docx.enum.text import WD_UNDERLINE
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.transcript.cues import PRESETS
from engine.transcript.doubt import doubtful_ranges
from engine.transcript.formats import FORMATS, WriteOptions
from engine.transcript.formats.lines import LINE_WIDTH, lines_of, stretches
from engine.transcript.formats.passages import paragraphs
from engine.transcript.text_shape import clean, display_width
from engine.transcript.transcript import Segment, Transcript, Word
from tests.engine.transcript.formats import golden
from tests.engine.transcript.sample import INFO, segment, transcript, with_doubt

_PAIRS = {
    "words": (WriteOptions(), WriteOptions(words=False)),
    "word_times": (WriteOptions(), WriteOptions(word_times=True)),
    "times": (WriteOptions(times=False), WriteOptions(times=True)),
    "speakers": (WriteOptions(), WriteOptions(speakers=False)),
    "cue_rules": (WriteOptions(), WriteOptions(cue_rules=PRESETS["reading"])),
    "title": (WriteOptions(), WriteOptions(title="A title")),
    "doubtful": (WriteOptions(), WriteOptions(doubtful=True)),
    "line_numbers": (WriteOptions(), WriteOptions(line_numbers=True)),
}


def _words(*parts: tuple[str, float]) -> tuple[Word, ...]:
    return tuple(Word(f"w.{i}", i, i + 1.0, text, p) for i, (text, p) in enumerate(parts))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("field", _PAIRS)
def test_a_format_heeds_the_options_it_says_it_heeds(name: str, field: str) -> None:
    value = with_doubt(transcript())
    written = [
        golden.comparable(f"x.{name}", FORMATS[name].write(value, options))
        for options in _PAIRS[field]
    ]
    assert (written[0] != written[1]) == (field in FORMATS[name].heeds)


def test_no_option_is_forgotten() -> None:
    assert {field.name for field in fields(WriteOptions)} == _PAIRS.keys()


def test_neighbours_are_one_mark_and_punctuation_stays_outside() -> None:
    words = _words((" I", 0.9), (" saw", 0.4), (" Anna,", 0.49), (" Jan", 0.5), (" “Ola”.", 0.1))
    text = clean("".join(word.text for word in words))
    ranges = doubtful_ranges(words, text)
    assert [text[first:last] for first, last in ranges] == ["saw Anna", "Ola"]


def test_what_is_nothing_but_punctuation_is_not_marked() -> None:
    words = _words((" Yes", 0.9), (" –", 0.1), (" no", 0.9))
    assert not doubtful_ranges(words, "Yes – no")


def test_doubt_parts_at_a_word_that_is_certain() -> None:
    words = _words((" one", 0.1), (" two", 0.9), (" three", 0.1))
    assert doubtful_ranges(words, "one two three") == ((0, 3), (8, 13))


_TEXT = st.text(st.sampled_from("ab .,?\t\x00\x0b\u2028日本שע👋\u0301"), max_size=6)


@settings(deadline=None)
@given(st.lists(st.tuples(_TEXT, st.sampled_from((0.1, 0.9))), min_size=1, max_size=8))
def test_marks_never_change_the_text(parts: list[tuple[str, float]]) -> None:
    value = Transcript(INFO, (Segment("w", 0, _words(*parts)),))
    usual = [item.text for item in paragraphs(value, WriteOptions())]
    found = list(paragraphs(value, WriteOptions(doubtful=True)))
    assert [item.text for item in found] == usual
    for item in found:
        assert all(0 <= first < last <= len(item.text) for first, last in item.doubtful)
        together = "".join(part.text for part in stretches(item.text, item.doubtful))
        assert together == item.text


@settings(deadline=None)
@given(st.text(st.sampled_from("aaaaaaaaab ,日👋"), max_size=400), st.integers(0, 60))
def test_lines_hold_the_whole_text_and_are_not_too_wide(text: str, head: int) -> None:
    cleaned = clean(text)
    lines = lines_of(cleaned, head)
    shown = [cleaned[first:last] for first, last in lines]
    assert "".join("".join(shown).split()) == "".join(cleaned.split())
    assert all(display_width(line) <= LINE_WIDTH for line in shown)
    assert all(line == line.strip() for line in shown)


def test_numbered_text_counts_every_line_but_the_blank_ones() -> None:
    value = Transcript(
        INFO, (segment("word " * 40 + "end.", 0, 10), segment("A new paragraph.", 20, 21))
    )
    lines = FORMATS["txt"].write(value, WriteOptions(line_numbers=True)).decode().splitlines()
    numbers = [int(match[1]) for line in lines if (match := re.match(r" *(\d+)  \S", line))]
    assert numbers == [1, 2, 3, 4]
    assert lines.count("") == 1


def test_web_pages_count_on_through_all_paragraphs() -> None:
    value = Transcript(
        INFO, (segment("word " * 40 + "end.", 0, 10), segment("A new paragraph.", 20, 21))
    )
    page = FORMATS["html"].write(value, WriteOptions(line_numbers=True)).decode()
    assert re.findall(r'<span class="number">(\d+)</span>', page) == ["1", "2", "3", "4"]


def test_word_documents_underline_doubt_and_let_word_count_the_lines() -> None:
    value = Transcript(INFO, (Segment("w", 0, _words((" Sure", 0.9), (" Motława.", 0.2))),))
    options = WriteOptions(times=False, doubtful=True, line_numbers=True)
    document = docx.Document(io.BytesIO(FORMATS["docx"].write(value, options)))
    runs = document.paragraphs[0].runs
    assert [(run.text, run.underline) for run in runs] == [
        ("Sure ", None),
        ("Motława", WD_UNDERLINE.DOTTED),
        (".", None),
    ]
    xml = document.element.xml
    assert xml.index("w:pgMar") < xml.index("w:lnNumType") < xml.index("<w:cols")


def test_the_same_transcript_is_the_same_word_document_at_any_time_of_day() -> None:
    data = FORMATS["docx"].write(transcript(), WriteOptions())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
