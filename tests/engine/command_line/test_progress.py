"""People and programs learn how the work goes."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from rich.console import Console

from engine.assembly import TranscriptAssembly
from engine.command_line.display import choose_reporter
from engine.command_line.json_progress import JsonReporter
from engine.command_line.plain_progress import PlainReporter
from engine.command_line.progress import NewText, Reporter, text_line
from engine.command_line.rich_progress import RichReporter
from engine.errors import EngineCrashed, MediaError
from engine.events import Progress, SegmentDecoded, Started
from engine.options import ComputeOptions, TranscriptionOptions
from engine.process.protocol import TranscribeRequest, decode_event
from engine.transcript.transcript import Segment, Word
from tests.engine.command_line.fake_engine import BLOCKS, info, play

RECORDING = Path("some [bold] talk.wav")


def _tell_all(reporter: Reporter) -> None:
    request = TranscribeRequest(__file__, "fake", TranscriptionOptions(), ComputeOptions())
    assembly = TranscriptAssembly()
    reporter.begin(RECORDING, 1, 2)
    for event in play(request):
        assembly.add(event)
        reporter.event(event, assembly)
    reporter.remark("Something happened.")
    reporter.finished(RECORDING, [Path("talk.srt")])
    reporter.failed(Path("bad.wav"), MediaError("media.no_audio"))
    reporter.close()


def test_text_appears_in_order_and_once() -> None:
    request = TranscribeRequest(__file__, "fake", TranscriptionOptions(), ComputeOptions())
    assembly, new_text = TranscriptAssembly(), NewText()
    seen: list[Segment] = []
    for event in play(request):
        assembly.add(event)
        seen += new_text.take(event, assembly)
        assert [segment.start for segment in seen] == sorted(segment.start for segment in seen)
    assert tuple(seen) == assembly.transcript().segments


def test_plain_text_and_messages_go_different_ways() -> None:
    text, messages = io.StringIO(), io.StringIO()
    _tell_all(PlainReporter(text, messages))
    lines = text.getvalue().splitlines()
    assert lines[0] == "[0:00] block-0 part-0"
    assert len(lines) == 12
    said = messages.getvalue()
    assert "some [bold] talk.wav (1 of 2)" in said
    assert "5:00 long, language en" in said
    assert "100 %" in said
    assert "Something happened." in said
    assert "talk.srt" in said
    assert "bad.wav: The file contains no sound. Choose a file" in said


@pytest.mark.parametrize("kind", ["plain", "rich"])
def test_the_log_of_a_worker_that_died_is_not_shown(kind: str) -> None:
    output = io.StringIO()
    reporter: Reporter = PlainReporter(output, output)
    if kind == "rich":
        reporter = RichReporter(Console(file=output, force_terminal=True, width=200))
    detail = 'The process crashed (SIGSEGV).\nFatal Python error\n  File "worker.py", line 1'
    reporter.failed(Path("bad.wav"), EngineCrashed("engine.crashed", detail))
    reporter.close()
    assert "(The process crashed (SIGSEGV).)" in output.getvalue()
    assert "Fatal" not in output.getvalue() and "worker.py" not in output.getvalue()


def test_plain_lines_come_at_every_tenth_and_tell_the_time_left() -> None:
    messages = io.StringIO()
    times = iter([0.0, 30.0, 60.0])
    reporter = PlainReporter(io.StringIO(), messages, lambda: next(times))
    reporter.begin(RECORDING, 1, 1)
    assembly = TranscriptAssembly()
    for done, total in ((0.0, None), (25.0, 100.0), (26.0, 100.0), (50.0, 100.0), (100.0, 100.0)):
        reporter.event(Progress(done, total), assembly)
    assert messages.getvalue().splitlines() == [
        "some [bold] talk.wav",
        "  20 %, 1:30 left",
        "  50 %, 1:00 left",
        "  100 %",
    ]


def test_json_is_one_object_a_line_as_in_the_protocol() -> None:
    output = io.StringIO()
    _tell_all(JsonReporter(output))
    objects = [json.loads(line) for line in output.getvalue().splitlines()]
    kinds = [entry["type"] for entry in objects]
    assert kinds[0] == "file_started"
    assert kinds[-3:] == ["remark", "file_finished", "file_failed"]
    assert all(entry["file"] for entry in objects)
    assert objects[-2]["outputs"] == ["talk.srt"]
    assert objects[-1]["code"] == "media.no_audio"
    events = [decode_event(json.dumps(entry).encode()) for entry in objects[1:-3]]
    request = TranscribeRequest(__file__, "fake", TranscriptionOptions(), ComputeOptions())
    assert events == list(play(request))


def test_json_takes_names_that_are_no_unicode() -> None:
    output = io.StringIO()
    reporter = JsonReporter(output)
    reporter.remark("before any file")
    reporter.begin(Path("\udcff.wav"), 1, 1)
    assert output.getvalue().isascii()
    assert json.loads(output.getvalue().splitlines()[0])["file"] is None


def test_the_live_display_shows_text_bar_and_results() -> None:
    output = io.StringIO()
    console = Console(file=output, force_terminal=True, width=100)
    _tell_all(RichReporter(console))
    shown = output.getvalue()
    assert "some [bold] talk.wav" in shown
    for expected in ("block-2 part-3", "Something happened.", "talk.srt", "no sound"):
        assert expected in shown


def test_the_live_display_takes_events_after_its_bar_is_gone() -> None:
    output = io.StringIO()
    reporter = RichReporter(Console(file=output, force_terminal=True))
    reporter.event(Progress(1.0, None), TranscriptAssembly())
    reporter.remark("It goes on.")
    reporter.close()
    assert "It goes on." in output.getvalue()


def test_the_display_fits_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(choose_reporter(True), JsonReporter)
    assert isinstance(choose_reporter(False), PlainReporter)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert isinstance(choose_reporter(False), RichReporter)


def test_a_line_names_the_speaker() -> None:
    word = Word("r.0.0", 3723.5, 3724.0, " Hello.", 1.0)
    assert text_line(Segment("r.0.0", 0, (word,), "channel-2")) == "[1:02:03] Speaker 2: Hello."


def test_removed_text_is_not_shown() -> None:
    assembly, new_text = TranscriptAssembly(), NewText()
    word = Word("r.0.0", 0.0, 1.0, " Thanks for watching.", 0.1)
    event = SegmentDecoded(Segment("r.0.0", 0, (word,)), "stock_phrase")
    assembly.add(Started("r", "f", BLOCKS, info()))
    assembly.add(event)
    assert new_text.take(event, assembly) == []
