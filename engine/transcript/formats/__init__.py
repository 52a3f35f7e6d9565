"""Write transcripts to files and read them back; a format is one file and one line in `FORMATS`."""

from engine.transcript.formats.files import read_file, write_atomically, write_file
from engine.transcript.formats.format import Format, WriteOptions
from engine.transcript.formats.registry import FORMATS

__all__ = ["FORMATS", "Format", "WriteOptions", "read_file", "write_atomically", "write_file"]
