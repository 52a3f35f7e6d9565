"""Name purposes, formats and options of an export, and say what became of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from desktop.services.export_presets import Option, Preset, Purpose
from desktop.services.export_writing import ExportResult, Outcome
from desktop.services.exporting import ExportReport

ICONS = {
    Purpose.SUBTITLES: "captions",
    Purpose.DOCUMENT: "file-text",
    Purpose.TEXT: "text-align-start",
    Purpose.DATA: "table-2",
}
OWN_ICON = "sliders-horizontal"


class ExportWords(QObject):
    """Look up words; they are translated when they are asked for."""

    def purpose(self, purpose: Purpose) -> tuple[str, str]:
        """Return the name of a purpose, and what it offers."""
        return {
            Purpose.SUBTITLES: (self.tr("Subtitles"), self.tr("SRT, VTT, ASS")),
            Purpose.DOCUMENT: (self.tr("Interview document"), self.tr("Word, HTML, Markdown")),
            Purpose.TEXT: (self.tr("Plain text"), self.tr("TXT")),
            Purpose.DATA: (self.tr("Data"), self.tr("JSON, CSV, words with times")),
        }[purpose]

    def format(self, name: str) -> str:
        """Return the name of a format."""
        known = {
            "srt": self.tr("SubRip (.srt)"),
            "vtt": self.tr("WebVTT (.vtt)"),
            "ass": self.tr("Advanced SubStation (.ass)"),
            "ssa": self.tr("SubStation (.ssa)"),
            "ttml": self.tr("Timed Text (.ttml)"),
            "sbv": self.tr("YouTube (.sbv)"),
            "sub": self.tr("MicroDVD (.sub)"),
            "lrc": self.tr("Lyrics (.lrc)"),
            "docx": self.tr("Word (.docx)"),
            "html": self.tr("Web page (.html)"),
            "md": self.tr("Markdown (.md)"),
            "otr": self.tr("oTranscribe (.otr)"),
            "txt": self.tr("Text (.txt)"),
            "json": self.tr("JSON (.json)"),
            "csv": self.tr("Spreadsheet (.csv)"),
            "tsv": self.tr("Table (.tsv)"),
        }
        return known.get(name, name)

    def option(self, option: Option) -> str:
        """Return the name of an option."""
        return {
            Option.TIMES: self.tr("Times"),
            Option.SPEAKERS: self.tr("Speaker names"),
            Option.DOUBTFUL: self.tr("Mark doubtful words"),
            Option.LINE_NUMBERS: self.tr("Line numbers"),
            Option.CUES: self.tr("Rules for cues"),
            Option.WORDS: self.tr("Words with times"),
        }[option]

    def times(self, *, shown: bool) -> str:
        """Return the name of a way to show times."""
        return self.tr("Each paragraph") if shown else self.tr("None")

    def cues(self, name: str) -> str:
        """Return the name of a set of rules for cues."""
        known = {
            "web_video": self.tr("Web video"),
            "broadcast": self.tr("Broadcast"),
            "reading": self.tr("Slow readers"),
        }
        return known.get(name, name)

    def title(self, count: int) -> str:
        """Return the title of the sheet."""
        return self.tr("Export %n transcript(s)", "", count) if count > 1 else self.tr("Export")

    def files(self, count: int) -> str:
        """Return how many files are written."""
        return self.tr("%n file(s)", "", count)

    def progress(self, done: int, total: int) -> str:
        """Return how far a batch is."""
        return self.tr("{done} of {total} files").format(done=done, total=total)

    def taken(self, results: list[ExportResult]) -> tuple[str, str]:
        """Return what is said where other files lie."""
        if len(results) == 1:
            sentence = self.tr("“{name}” is already there.").format(name=results[0].path.name)
            detail = self.tr("It is another file, or it was changed since it was exported.")
            return sentence, detail
        return (
            self.tr("%n file(s) are already there.", "", len(results)),
            self.tr("They are other files, or were changed since they were exported."),
        )

    def done(self, report: ExportReport) -> str:
        """Return what is said at the end of an export that did something or had nothing to do."""
        written = [item for item in report.results if item.outcome is Outcome.WRITTEN]
        if len(written) == 1:
            return self.tr("{name} was exported.").format(name=written[0].path.name)
        if written:
            return self.tr("%n file(s) were exported.", "", len(written))
        if len(report.results) == 1:
            name = report.results[0].path.name
            return self.tr("{name} is up to date.").format(name=name)
        return self.tr("All files are up to date.")

    def preset_caption(self, preset: Preset) -> str:
        """Return the second line of a preset that somebody made."""
        return self.format(preset.format)


def first_folder(report: ExportReport) -> Path | None:
    """Return the folder to show after an export; None if there is no file."""
    there = (Outcome.WRITTEN, Outcome.UP_TO_DATE)
    paths = [item.path for item in report.results if item.outcome in there]
    return paths[0].parent if paths else None
