"""Show the first pages of an export: what the writer of the file itself makes, read back."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from desktop.services.export_presets import Preset
from desktop.services.speaker_names import with_names
from engine.transcript.formats import FORMATS
from engine.transcript.transcript import Transcript

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_LETTERS = 6_000
"""Letters of a transcript that fill two pages in every format."""
_LONGEST = 10_000
"""Letters of a plain file that are shown; json has many to a word."""


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one look."""

    text: str
    is_bold: bool = False
    is_quiet: bool = False
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class PreviewBlock:
    """A heading or a paragraph; line breaks in it are `\\n`."""

    spans: tuple[Span, ...]
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a file."""

    transcript: int
    preset: Preset
    blocks: tuple[PreviewBlock, ...] = ()
    """Of a document; empty for plain files."""
    text: str = ""
    """Of a plain file."""
    share: float = 1.0
    """How much of the whole this is, above 0 to 1."""
    counts_lines: bool = False
    """The program that shows the document numbers its lines."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The beginning of a transcript."""

    transcript: Transcript
    share: float


def excerpt_of(transcript: Transcript) -> Excerpt:
    """Return as much as two pages take, with names for all who speak."""
    transcript = replace(transcript, speakers=with_names(transcript.speakers))
    lengths = [sum(len(word.text) for word in part.words) for part in transcript.segments]
    total, used, count = sum(lengths), 0, 0
    for count, length in enumerate(lengths, 1):
        used += length
        if used >= _LETTERS:
            break
    part = replace(transcript, segments=transcript.segments[:count], removed=(), gaps=())
    whole = count == len(lengths)
    return Excerpt(transcript if whole else part, 1.0 if whole else used / total)


def make_preview(number: int, excerpt: Excerpt, preset: Preset, title: str) -> Preview:
    """Write the excerpt as the preset wants it, and read it back for display. Slow: some 50 ms."""
    content = FORMATS[preset.format].write(excerpt.transcript, preset.write_options(title))
    preview = Preview(number, preset, share=excerpt.share)
    if preset.format == "docx":
        return _of_word_document(preview, content)
    text = content.decode("utf-8-sig", "replace")
    if preset.format == "html":
        return replace(preview, blocks=tuple(_Page(text).blocks))
    shown = text[:_LONGEST].replace("\r\n", "\n")
    cut = min(1.0, len(shown) / len(text)) if text else 1.0
    return replace(preview, text=shown.rstrip("\n"), share=preview.share * cut)


def _of_word_document(preview: Preview, content: bytes) -> Preview:
    import docx  # pylint: disable=import-outside-toplevel  # slow
    from docx.oxml.ns import qn  # pylint: disable=import-outside-toplevel

    document = docx.Document(io.BytesIO(content))
    properties = document.sections[0]._sectPr  # pylint: disable=protected-access
    return replace(
        preview,
        blocks=tuple(_word_block(paragraph) for paragraph in document.paragraphs),
        counts_lines=properties.find(qn("w:lnNumType")) is not None,
    )


def _word_block(paragraph: Paragraph) -> PreviewBlock:
    style = paragraph.style
    is_heading = style is not None and str(style.name).startswith("Heading")
    return PreviewBlock(tuple(_word_span(run) for run in paragraph.runs), is_heading)


def _word_span(run: Run) -> Span:
    return Span(
        run.text,
        is_bold=bool(run.bold),
        is_quiet=run.font.color.rgb is not None,
        is_doubtful=bool(run.underline),
    )


class _Page(HTMLParser):
    """Read the pages that `engine.transcript.formats.web_page` writes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.blocks: list[PreviewBlock] = []
        self._spans: list[Span] = []
        self._open: list[str] = []
        self.feed(page.partition("<main>")[2].partition("</main>")[0])
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the text that follows looks like."""
        if tag == "br":
            self._spans.append(Span("\n"))
        else:
            self._open.append(dict(attrs).get("class") or tag)

    def handle_endtag(self, tag: str) -> None:
        """Go back to what it looked like before."""
        self._open.pop()
        if tag in ("h1", "p"):
            shown = tuple(span for span in self._spans if span.text)
            self.blocks.append(PreviewBlock(shown, tag == "h1"))
            self._spans = []

    def handle_data(self, data: str) -> None:
        """Take text; between paragraphs there are line breaks only."""
        if self._open:
            span = Span(
                data.strip("\n"),
                is_bold="b" in self._open,
                is_quiet=bool({"time", "number"} & set(self._open)),
                is_doubtful="doubtful" in self._open,
            )
            self._spans.append(span)
