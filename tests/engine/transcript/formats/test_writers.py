"""What was said is shown as it was said: formats escape what they would take for mark-up."""

from __future__ import annotations

import csv
import html
import io
import json
from dataclasses import replace
from html.parser import HTMLParser

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from engine.transcript.formats import FORMATS, WriteOptions
from engine.transcript.formats.passages import clock, paragraphs, stamp
from engine.transcript.text_shape import clean
from engine.transcript.transcript import Segment, Speaker, Transcript, Word
from tests.engine.transcript.sample import INFO, segment, transcript

_HOSTILE = st.text(
    st.sampled_from("ab <>&*_`[]()#+-.!|~\\{}=@$:/\"'1\n\t\x00\x0b\ud800日本。שע👋\u00a0\u2028-->"),
    min_size=1,
    max_size=40,
)


def _one(text: str, speaker: str = "") -> Transcript:
    words = (Word("w", 1.0, 2.0, text, 0.9),)
    return Transcript(
        info=replace(INFO, language="de"),
        segments=(Segment("w", 0, words, "s" if speaker else None),),
        speakers=(Speaker("s", speaker),) if speaker else (),
    )


def _written(name: str, value: Transcript, options: WriteOptions = WriteOptions()) -> str:
    return FORMATS[name].write(value, options).decode()


class _Text(HTMLParser):
    """Collect the text of a page, and the elements it is in."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@settings(deadline=None)
@given(_HOSTILE)
def test_markdown_shows_what_was_said(text: str) -> None:
    source = _written("md", _one(text), WriteOptions(times=False))
    page = _Text(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(source))
    # The parser strips no-break spaces at the ends, which Markdown would not.
    assert page.text.strip() == clean(text).strip()
    assert set(page.tags) <= {"p"}


@pytest.mark.parametrize(
    "text", ["1. one", "12) twelve", "- dash", "+ plus", "# no", "> no", "==="]
)
def test_markdown_takes_no_start_of_speech_for_a_list_or_heading(text: str) -> None:
    source = _written("md", _one(text), WriteOptions(times=False))
    assert MarkdownIt().render(source) == f"<p>{html.escape(text)}</p>\n"


@settings(deadline=None)
@given(_HOSTILE, _HOSTILE)
def test_html_shows_what_was_said(text: str, name: str) -> None:
    if not clean(text) or not clean(name):
        return
    content = _written("html", _one(text, name), WriteOptions(title=text))
    page = _Text(content.partition("<main>")[2])
    assert page.text.strip("\n") == f"{clean(text)}\n0:00:01 {clean(name)} {clean(text)}"
    assert page.tags == ["h1", "p", "time", "b", "bdi"]


@settings(deadline=None)
@given(_HOSTILE)
def test_otr_shows_what_was_said(text: str) -> None:
    content = json.loads(_written("otr", _one(text), WriteOptions(times=False)))
    page = _Text(content["text"])
    assert page.text == clean(text)
    assert set(page.tags) <= {"p"}


@settings(deadline=None, max_examples=30)
@given(_HOSTILE)
def test_docx_shows_what_was_said(text: str) -> None:
    data = FORMATS["docx"].write(_one(text), WriteOptions(times=False))
    shown = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
    assert "".join(shown) == clean(text)


@settings(deadline=None)
@given(_HOSTILE)
def test_tables_keep_their_columns_and_hold_no_formula(text: str) -> None:
    content = FORMATS["csv"].write(_one(text), WriteOptions()).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    tabbed = [line.split("\t") for line in _written("tsv", _one(text)).splitlines()]
    assert rows == tabbed or '"' in text
    assert rows[0] == ["start", "end", "speaker", "text"]
    for row in rows[1:]:
        assert row[:3] == ["1.000", "2.000", ""]
        assert row[3].removeprefix("'") == clean(text).removeprefix("'")
        assert row[3][0] not in "=+-@"


@settings(deadline=None)
@given(_HOSTILE, st.sampled_from(["srt", "vtt", "ass", "ssa", "ttml", "sub"]))
def test_subtitles_give_back_what_was_said(text: str, name: str) -> None:
    if not clean(text):
        return
    entry = FORMATS[name]
    assert entry.read is not None
    again = entry.read(entry.write(_one(text), WriteOptions()))
    replaced = {"ass": "{}", "ssa": "{}", "ttml": "{}", "sub": "{}|"}.get(name, "")
    shown = clean(text)
    for char, stand_in in zip("{}|", "｛｝¦"):
        shown = shown.replace(char, stand_in) if char in replaced else shown
    assert "".join(again.segments[0].text.split()) == "".join(shown.split())
    assert len(again.segments) == 1


def test_srt_keeps_players_from_taking_text_for_mark_up() -> None:
    content = _written("srt", _one("a <b>c</b> 1 < 2 {\\an8} 3 --> 4"))
    assert "<b>" not in content
    assert "{\\an8}" not in content
    assert content.count("-->") == 1
    assert "1 < 2" in content


def test_vtt_keeps_players_from_taking_text_for_mark_up() -> None:
    content = _written("vtt", _one("a <b>c</b> &amp; 3 --> 4", "x<y>"))
    assert "<v x&lt;y&gt;>a &lt;b&gt;c&lt;/b&gt; &amp;amp; 3 --&gt; 4\n" in content


def test_vtt_times_of_words_rise_and_lie_inside_the_cue() -> None:
    words = tuple(
        Word(f"w.{i}", start, start, f" w{i}", 0.9) for i, start in enumerate((1.0, 1.0, 1.5, 9.0))
    )
    content = _written(
        "vtt", replace(_one(""), segments=(Segment("a", 0, words),)), WriteOptions(word_times=True)
    )
    assert "w0 w1 <00:00:01.500>w2" in content


def test_long_recordings_keep_their_times() -> None:
    value = Transcript(INFO, (segment("After a week.", 604_800.5, 604_802.0),))
    assert "168:00:00,500 -->" in _written("srt", value)
    assert "168:00:00.500 -->" in _written("vtt", value)
    assert "0,168:00:00.50,168:00:02.00," in _written("ass", value)
    assert FORMATS["json"].read is not None


def test_names_stand_at_the_start_of_each_turn_only() -> None:
    value = Transcript(
        INFO,
        (
            segment("One.", 0, 1, speaker="a"),
            segment("Two.", 5, 6, speaker="a"),
            segment("Three.", 10, 11, speaker="b"),
            segment("Four.", 15, 16, speaker="a"),
        ),
        (Speaker("a", "Ann"), Speaker("b", "Bob, jr.")),
    )
    lines = [line for line in _written("srt", value).splitlines() if line[-1:] == "."]
    assert lines == ["Ann: One.", "Two.", "Bob, jr.: Three.", "Ann: Four."]
    assert ",Bob  jr.,0,0,0,,Bob, jr.: Three." in _written("ass", value)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_transcript_can_be_written(name: str) -> None:
    assert isinstance(FORMATS[name].write(Transcript(INFO, ()), WriteOptions()), bytes)


def test_every_format_has_its_usual_ending() -> None:
    assert {entry.extension for entry in FORMATS.values()} == {f".{name}" for name in FORMATS}


def test_paragraphs_end_at_silence_speaker_and_length() -> None:
    value = Transcript(
        INFO,
        (
            segment("One two.", 0, 1, speaker="a"),
            segment("Three.", 1, 2, speaker="a"),
            segment("Four.", 5, 6, speaker="a"),
            segment("Five.", 6, 7),
            segment("x" * 700 + ".", 7, 8),
            segment("y" * 700, 8, 9),
            segment("z" * 700, 9, 10),
            segment("end", 10, 11),
        ),
        (Speaker("a", "Ann"),),
    )
    found = [
        (item.start, item.speaker, item.text[:8]) for item in paragraphs(value, WriteOptions())
    ]
    assert found == [
        (0, "Ann", "One two."),
        (5, "Ann", "Four."),
        (6, "", "Five. xx"),
        (8, "", "yyyyyyyy"),
        (10, "", "end"),
    ]


def test_text_from_right_to_left_is_marked_in_word_documents() -> None:
    value = replace(_one(" שלום"), info=replace(INFO, language="he"))
    document = docx.Document(io.BytesIO(FORMATS["docx"].write(value, WriteOptions())))
    assert document.paragraphs[0].runs[-1].font.rtl is True
    assert "w:bidi" in document.paragraphs[0]._p.xml  # pylint: disable=protected-access


def test_word_documents_show_names_in_bold_and_times() -> None:
    data = FORMATS["docx"].write(transcript(), WriteOptions(title="Title"))
    document = docx.Document(io.BytesIO(data))
    assert document.paragraphs[0].text == "Title"
    runs = document.paragraphs[1].runs
    assert [(run.text, run.bold) for run in runs[:2]] == [("0:00:00 ", None), ("Anna & Co: ", True)]


def test_html_names_the_language_as_the_web_does() -> None:
    def page(language: str) -> str:
        return _written("html", replace(_one("x"), info=replace(INFO, language=language)))

    assert '<html lang="jv">' in page("jw")
    assert "<html>" in page("")
    assert html.escape('"><script>') in page('"><script>')


def test_clock_times_are_written_whole() -> None:
    assert [clock(3725.999), clock(-1.0), clock(360_000)] == ["1:02:05", "0:00:00", "100:00:00"]
    assert [stamp(3725.9996, "."), stamp(-1.0, ",")] == ["01:02:06.000", "00:00:00,000"]
