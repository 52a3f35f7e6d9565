"""Say what a format is, and how its writer may be told what to put in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.transcript.cues import PRESETS, CueRules
from engine.transcript.transcript import Transcript


@dataclass(frozen=True, slots=True)
class WriteOptions:  # pylint: disable=too-many-instance-attributes
    """Choose what a file shows; a format that cannot show it takes no notice."""

    words: bool = True
    """Put the single words with their times and probabilities into json."""
    word_times: bool = False
    """Put the times of the words into vtt (karaoke)."""
    times: bool | None = None
    """Put times beside paragraphs; None: where it is usual (md, html, docx, otr; not txt)."""
    speakers: bool = True
    """Put the names of the speakers, where the transcript knows them."""
    cue_rules: CueRules = PRESETS["web_video"]
    title: str = ""
    """Heading of md, html, docx and ass; name of the media in otr."""
    doubtful: bool = False
    """Mark words that a person should check: dotted lines in html and docx, [word?] in txt, md."""
    line_numbers: bool = False
    """Number the lines: those of the page in docx, lines of a fixed width in html and txt."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file a transcript can be written to, and perhaps read from."""

    name: str
    """Key in `FORMATS`, and the usual file ending without its dot."""
    description: str
    write: Callable[[Transcript, WriteOptions], bytes]
    """Return the content of the file."""
    read: Callable[[bytes], Transcript] | None = None
    """Return the transcript in a file; raises `ExportError("export.unreadable")`."""
    heeds: frozenset[str] = frozenset()
    """Names of the fields of `WriteOptions` that change the file."""

    @property
    def extension(self) -> str:
        """Return the file ending with its dot."""
        return f".{self.name}"
