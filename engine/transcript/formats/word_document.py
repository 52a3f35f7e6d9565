"""Write Word documents (Office Open XML) with python-docx."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.lines import stretches
from engine.transcript.formats.passages import Paragraph, clock, paragraphs
from engine.transcript.text_shape import clean
from engine.transcript.transcript import Transcript

if TYPE_CHECKING:
    from docx.document import Document

_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip file can hold."""
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
    if options.line_numbers:
        _number_lines(document)
    is_rtl = transcript.info.language in _RIGHT_TO_LEFT
    for paragraph in paragraphs(transcript, options):
        _add(document, paragraph, options, is_rtl)
    file = io.BytesIO()
    document.save(file)
    return _without_time_of_day(file.getvalue())


def _without_time_of_day(data: bytes) -> bytes:
    """Give the parts of the file one fixed date, so that the same transcript is the same file."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _FIRST_DATE)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return file.getvalue()


def _number_lines(document: Document) -> None:
    """Let the word processor number the lines (ECMA-376, 17.6.8), through all pages."""
    from docx.oxml import OxmlElement  # pylint: disable=import-outside-toplevel
    from docx.oxml.ns import qn  # pylint: disable=import-outside-toplevel

    for section in document.sections:
        numbering = OxmlElement("w:lnNumType")
        numbering.set(qn("w:countBy"), "1")
        numbering.set(qn("w:restart"), "continuous")
        # The schema has an order: after the margins.
        section._sectPr.find(qn("w:pgMar")).addnext(numbering)  # pylint: disable=protected-access


def _add(document: Document, paragraph: Paragraph, options: WriteOptions, is_rtl: bool) -> None:
    from docx.enum.text import WD_UNDERLINE  # pylint: disable=import-outside-toplevel
    from docx.oxml import OxmlElement  # pylint: disable=import-outside-toplevel
    from docx.shared import RGBColor  # pylint: disable=import-outside-toplevel

    added = document.add_paragraph()
    if options.times is not False:
        time = added.add_run(f"{clock(paragraph.start)} ")
        time.font.color.rgb = RGBColor(0x5C, 0x5C, 0x66)
    if paragraph.speaker:
        added.add_run(f"{paragraph.speaker}: ").bold = True
    for stretch in stretches(paragraph.text, paragraph.doubtful):
        run = added.add_run(stretch.text)
        if stretch.is_doubtful:
            run.underline = WD_UNDERLINE.DOTTED
        if is_rtl:
            run.font.rtl = True
    if is_rtl:
        added.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
