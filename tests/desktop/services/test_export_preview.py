"""The preview shows what the file holds, as far as two pages go."""

from __future__ import annotations

import pytest

from desktop.services.export_presets import Preset, usual_preset
from desktop.services.export_preview import Excerpt, Preview, Span, excerpt_of, make_preview
from engine.transcript.formats import FORMATS
from engine.transcript.transcript import Transcript
from tests.engine.transcript.sample import INFO, segment, transcript, with_doubt


def _preview(preset: Preset, value: Transcript | None = None) -> Preview:
    return make_preview(1, excerpt_of(value or with_doubt(transcript())), preset, "A title")


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("docx", "html")])
def test_plain_files_are_shown_as_they_are(name: str) -> None:
    preset = usual_preset(name)
    written = FORMATS[name].write(transcript(), preset.write_options("A title"))
    text = written.decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n")
    assert _preview(preset, transcript()).text == text


@pytest.mark.parametrize("name", ["docx", "html"])
def test_documents_are_shown_with_what_stands_out(name: str) -> None:
    preview = _preview(Preset(name, doubtful=True))
    assert preview.blocks[0].is_heading
    assert preview.blocks[0].spans == (Span("A title"),)
    paragraph = preview.blocks[1]
    text = "".join(span.text for span in paragraph.spans)
    assert text.replace(":", "") == (
        "00000 Anna & Co And so, my fellow Americans, ask not what your country can do for you."
    )
    looks = {span.text.strip(" :"): span for span in paragraph.spans}
    assert looks["0:00:00"].is_quiet
    assert looks["Anna & Co"].is_bold
    assert looks["my fellow"].is_doubtful
    assert not looks["can do for you."].is_doubtful


@pytest.mark.parametrize("name", ["docx", "html"])
def test_documents_show_only_what_was_asked_for(name: str) -> None:
    preview = _preview(Preset(name, times=False, speakers=False))
    spans = [span for block in preview.blocks for span in block.spans]
    assert not any(span.is_quiet or span.is_bold or span.is_doubtful for span in spans)


def test_lines_are_numbered_by_the_page_or_in_the_text() -> None:
    assert _preview(Preset("docx", line_numbers=True)).counts_lines
    assert not _preview(Preset("docx")).counts_lines
    page = _preview(Preset("html", line_numbers=True))
    first = "".join(span.text for span in page.blocks[1].spans)
    assert first.startswith("1 0:00:00 Anna & Co And so,")
    assert "\n2 can do for you." in first
    assert page.blocks[1].spans[0].is_quiet


def test_two_pages_of_ten_hours_are_enough() -> None:
    value = Transcript(
        INFO, tuple(segment("Some words of it.", i * 4.0, i * 4.0 + 3) for i in range(9000))
    )
    excerpt = excerpt_of(value)
    assert len(excerpt.transcript.segments) < 1000
    assert excerpt.share == pytest.approx(len(excerpt.transcript.segments) / 9000)
    preview = _preview(usual_preset("json"), value)
    assert len(preview.text) <= 10_000
    assert 0 < preview.share < excerpt.share


def test_a_short_transcript_is_shown_whole() -> None:
    assert excerpt_of(transcript()) == Excerpt(transcript(), 1.0)
    empty = Transcript(INFO, ())
    assert excerpt_of(empty) == Excerpt(empty, 1.0)
    assert _preview(usual_preset("txt"), empty).text == ""
