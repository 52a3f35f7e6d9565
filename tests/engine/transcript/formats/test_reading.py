"""Subtitles come back as transcripts, whoever wrote them; anything else is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ExportError
from engine.transcript.formats import FORMATS, WriteOptions
from engine.transcript.formats.other_subtitles import read_any
from engine.transcript.formats.subtitle_reading import parse_time
from engine.transcript.text_shape import split_words
from engine.transcript.time_shares import spread
from engine.transcript.transcript import Transcript
from tests.engine.transcript.sample import transcript


def _read(name: str, text: str) -> Transcript:
    read = FORMATS[name].read
    assert read is not None
    return read(text.encode())


def _shown(name: str, text: str) -> list[tuple[float, float, str | None, str]]:
    return [(s.start, s.end, s.speaker, s.text) for s in _read(name, text).segments]


def test_words_share_the_time_of_their_cue_by_length_and_get_fixed_ids() -> None:
    read = _read("srt", "1\n00:00:01,000 --> 00:00:02,000\nHi there,\nyou\n\n")
    (segment,) = read.segments
    assert [(word.id, word.start, word.end, word.text) for word in segment.words] == [
        ("import.0.0", 1.0, 1.181, " Hi"),
        ("import.0.1", 1.181, 1.727, " there,"),
        ("import.0.2", 1.727, 2.0, " you"),
    ]
    assert segment.id == "import.0.0"
    assert (read.info.duration, read.info.speech_duration, read.info.language) == (2.0, 1.0, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeff1\r\n0:00:01,5 --> 0:00:02,000\r\nA\r\n\r\n", [(1.5, 2.0, None, " A")]),
        (
            "00:00:01.000 --> 00:00:02.000 X1:5\n<i>A</i> {\\an8}<font color=red>b</font>",
            [(1.0, 2.0, None, " A b")],
        ),
        ("1\n00:00:02,000 --> 00:00:01,000\nA", [(2.0, 2.0, None, " A")]),
        (
            "1\n00:00:03,000 --> 00:00:04,000\nIn\n1969\n\n2\n"
            "00:00:01,000 --> 00:00:02,000\nx\n\ny\n3\n"
            "00:00:05,000 --> 00:00:06,000\n\n4\n00:00:06,000 --> 00:00:07,000\nlast\n1970",
            [
                (1.0, 2.0, None, " x y"),
                (3.0, 4.0, None, " In 1969"),
                (6.0, 7.0, None, " last 1970"),
            ],
        ),
        (
            "00:00:01,000 --> 00:00:02,000\nA\n00:00:03,000 --> 00:00:04,000\nB",
            [(1.0, 2.0, None, " A"), (3.0, 4.0, None, " B")],
        ),
        (
            "1\n00:00:01,000 --> 00:00:02,000\n今日は\n良い天気",
            [(1.0, 2.0, None, "今日は良い天気")],
        ),
        ("1\n123:00:01,000 --> 123:00:02,000\nA", [(442801.0, 442802.0, None, " A")]),
    ],
)
def test_srt_is_read_as_people_write_it(
    text: str, expected: list[tuple[float, float, str | None, str]]
) -> None:
    assert _shown("srt", text) == expected


def test_vtt_gives_voices_word_times_and_entities_and_leaves_comments_out() -> None:
    text = (
        "WEBVTT - a title\nLanguage: en\n\nSTYLE\n::cue { color: red }\n\nNOTE not --> this\n\n"
        "first cue\n00:01.000 --> 00:05.000 align:start\n"
        "<v.loud Anna &amp; Co>Hi <00:02.000><c.x>un<i>believ</i>able</c> "
        "<00:00.500>A &lt; B</v>\n\n"
        "NOTE\nsome comment\n\nSTYLE\n::cue {}\n\n"
        "second\n00:06.000 --> 00:07.000\n<v Anna &amp; Co>one\n<v Bob>two\n\n"
        "00:08.000 --> 00:09.000\n<b></b>\n"
    )
    assert _shown("vtt", text) == [
        (1.0, 5.0, "Anna & Co", " Hi unbelievable A < B"),
        (6.0, 6.5, "Anna & Co", " one"),
        (6.5, 7.0, "Bob", " two"),
    ]
    words = _read("vtt", text).segments[0].words
    assert [(word.text, word.start, word.end) for word in words[:2]] == [
        (" Hi", 1.0, 2.0),
        (" unbelievable", 2.0, 2.0),
    ]
    assert [speaker.name for speaker in _read("vtt", text).speakers] == ["Anna & Co", "Bob"]


def test_word_times_survive_a_journey_through_vtt() -> None:
    read = _read("vtt", FORMATS["vtt"].write(transcript(), WriteOptions(word_times=True)).decode())
    starts = {word.start for segment in transcript().segments for word in segment.words}
    again = {word.start for segment in read.segments for word in segment.words}
    assert starts <= again


def test_utf_16_is_read_and_other_encodings_are_refused() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nÇa\n"
    read = FORMATS["srt"].read
    assert read is not None
    assert read(text.encode("utf-16")).segments[0].text == " Ça"
    with pytest.raises(ExportError, match="neither UTF-8 nor UTF-16"):
        read(text.encode("latin-1"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "<SAMI><BODY><SYNC Start=1000><P>One<SYNC Start=2000><P>Two</BODY></SAMI>",
            ["One", "Two"],
        ),
        ("[10][20] One|two\n[30][40] Three\n", ["One two", "Three"]),
        ("00:00:01:One|two\n00:00:05:Three\n", ["One two", "Three"]),
        ("{1}{1}25.0\n{25}{50}One|two\n", ["One two"]),
    ],
)
def test_what_pysubs2_knows_is_recognised_by_its_content(text: str, expected: list[str]) -> None:
    assert [segment.text.strip() for segment in read_any(text.encode()).segments] == expected


def test_comments_and_drawings_of_substation_are_no_text() -> None:
    text = (
        "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not this\n"
        "Dialogue: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1\n"
        "Dialogue: 0,0:00:02.00,0:00:03.00,Default,Ann,0,0,0,,{\\i1}This{\\i0}\\None\n"
    )
    assert _shown("ass", text) == [(2.0, 3.0, "Ann", " This one")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("srt", ""),
        ("srt", "no times here"),
        ("vtt", "WEBVTT\n"),
        ("ttml", "<tt"),
        ("ttml", '<tt xmlns="http://www.w3.org/ns/ttml"/>'),
        (
            "ttml",
            '<tt xmlns="http://www.w3.org/ns/ttml">'
            '<body><div><p begin="1s">x</p></div></body></tt>',
        ),
        ("ass", "[Events]\nDialogue: 0,x,y,Default,,0,0,0,,text\n"),
        ("sub", "{0}{25}no frame rate\n"),
    ],
)
def test_files_without_subtitles_are_refused(name: str, text: str) -> None:
    with pytest.raises(ExportError) as caught:
        _read(name, text)
    assert caught.value.code == "export.unreadable"


def test_unknown_content_is_refused() -> None:
    with pytest.raises(ExportError):
        read_any(b"just some text")


_NOISE = st.one_of(
    st.binary(max_size=200),
    st.lists(
        st.sampled_from(
            [
                "1",
                "00:00:01,000 --> 00:00:02,000",
                "",
                "WEBVTT",
                "<v A>x",
                "<00:01.000>",
                "{1}{1}x",
                "{1}{2}y",
                "[Events]",
                "Dialogue: 0,0:00:00.00,0:00:01.00,,,0,0,0,,t",
                "[1][2]z",
                '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1s" end="2s">x</p>',
                "</div>",
                "</body></tt>",
                "Style: Default,a,b",
                '{"version": 1, "segments": [{}]}',
                "{",
                "[]",
                "<SAMI>",
                "<SYNC Start=x>",
                "Dialogue: 0",
                "\x00",
                "💬",
            ]
        )
    ).map(lambda lines: "\n".join(lines).encode()),
)


@settings(max_examples=200, deadline=None)
@given(_NOISE, st.sampled_from([*(f.read for f in FORMATS.values() if f.read), read_any]))
def test_any_bytes_give_a_transcript_or_our_error(data: bytes, read: object) -> None:
    assert callable(read)
    try:
        result = read(data)
    except ExportError as error:
        assert error.code == "export.unreadable"
    else:
        assert isinstance(result, Transcript)


@given(st.text(max_size=40), st.integers(0, 10**6), st.integers(0, 10**5))
def test_spread_words_lose_no_text_and_no_time(text: str, begin: int, length: int) -> None:
    texts = split_words(text)
    assert "".join(texts) == text
    timed = spread(texts, begin, begin + length)
    assert (timed[0][1], timed[-1][2]) == (begin / 1000, (begin + length) / 1000)
    assert all(before[2] == after[1] for before, after in zip(timed, timed[1:]))


def test_times_without_meaning_are_no_times() -> None:
    assert parse_time("1:02:03.5") == 3_723_500
    assert parse_time("c.loud") is None
