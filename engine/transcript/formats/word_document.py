"""Write Word documents (Office Open XML) with python-docx."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.passages import Paragraph, clock, paragraphs
from engine.transcript.text_shape import clean
from engine.transcript.transcript import Transcript

if TYPE_CHECKING:
    from docx.document import Document

_RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ps", "sd", "ur", "yi"))


def write(transcript: Transcript, options: WriteOptions) -> bytes:
    """Return the document: heading, then paragraphs with time and the name in bold."""
    import docx  # pylint: disable=import-outside-toplevel  # slow, and few need it

    document = docx.Document()
    title = clean(options.title)
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.comments = "Whisper Transcriber"
    document.core_properties.language = clean(transcript.info.language)
    if title:
        document.add_heading(title, level=1)
    is_rtl = transcript.info.language in _RIGHT_TO_LEFT
    for paragraph in paragraphs(transcript, options):
        _add(document, paragraph, options, is_rtl)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add(document: Document, paragraph: Paragraph, options: WriteOptions, is_rtl: bool) -> None:
    from docx.oxml import OxmlElement  # pylint: disable=import-outside-toplevel
    from docx.shared import RGBColor  # pylint: disable=import-outside-toplevel

    added = document.add_paragraph()
    if options.times is not False:
        time = added.add_run(f"{clock(paragraph.start)} ")
        time.font.color.rgb = RGBColor(0x5C, 0x5C, 0x66)
    if paragraph.speaker:
        added.add_run(f"{paragraph.speaker}: ").bold = True
    text = added.add_run(paragraph.text)
    if is_rtl:
        added.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
        text.font.rtl = True
