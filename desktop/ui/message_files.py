"""Hold the sentences about exported files, the library and options, by code."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, QObject

from desktop.ui.message_jobs import JobSentences
from desktop.ui.message_values import Circumstances, Parts, Way
from engine.clock import clock


class FileSentences(QObject):
    """Say what is wrong with the files that the program writes."""

    def __init__(self, jobs: JobSentences, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def export(self, known: Circumstances) -> dict[str, Parts]:
        """Return the sentences about files that are exported."""
        denied = (
            self.tr("The folder “{folder}” cannot be written to.").format(folder=known.folder)
            if known.folder
            else self.tr("The folder cannot be written to.")
        )
        return {
            "export.not_writable": (
                denied,
                self.tr("Choose another one; the old file is untouched."),
                (Way.CHOOSE_FOLDER,),
            ),
            "export.disk_full": (
                self.tr("The disk is full, so nothing was exported."),
                self.tr("Free some space and export again; the old file is untouched."),
                (Way.TRY_AGAIN, Way.OPEN_FOLDER),
            ),
            "export.in_use": (
                self.tr("Another program is writing this file."),
                self.tr("Wait for it, or choose another folder."),
                (Way.TRY_AGAIN, Way.CHOOSE_FOLDER),
            ),
            "export.not_found": (
                self.tr("The exported file is no longer there."),
                self.tr("Export it again."),
                (Way.TRY_AGAIN,),
            ),
            "export.unreadable": (
                self.tr("This file is no transcript that can be read."),
                self.tr("Choose another file."),
                (),
            ),
        }

    def library(self, known: Circumstances) -> dict[str, Parts]:
        """Return the sentences about the file that holds all transcripts."""
        full = (
            self.tr("The disk is full, so transcription stopped at {time}.").format(
                time=clock(known.at)
            )
            if known.at
            else self.tr("The disk is full, so transcription stopped.")
        )
        return {
            "library.disk_full": (
                full,
                f"{self._jobs.free(known.size_bytes)} {self._jobs.saved(known)}",
                (Way.CONTINUE, Way.OPEN_FOLDER),
            ),
            "library.too_new": (
                self.tr("This library was written by a newer version of the program."),
                self.tr("Install the newest version; nothing was changed."),
                (),
            ),
            "library.in_use": (
                self.tr("Another program is using this library."),
                self.tr("Close it, then try again."),
                (Way.TRY_AGAIN,),
            ),
            "library.corrupt": (
                self.tr("The library is damaged and was left as it is."),
                *self._out_of_damage(known),
            ),
            "library.read_only": (
                self.tr("The library cannot be written to."),
                self.tr("Give yourself permission to write to its folder, then try again."),
                (Way.TRY_AGAIN, Way.OPEN_FOLDER),
            ),
            "library.network_folder": (
                self.tr("The library lies in a network folder, where it could be damaged."),
                self.tr("Choose a folder on this computer."),
                (Way.CHOOSE_FOLDER,),
            ),
            **self._passages(),
        }

    def _out_of_damage(self, known: Circumstances) -> tuple[str, tuple[Way, ...]]:
        if known.backup is None:
            return (
                self.tr("There is no backup; start with an empty library, this one is kept."),
                (Way.START_EMPTY, Way.OPEN_FOLDER),
            )
        made = QDateTime.fromSecsSinceEpoch(int(known.backup))
        sentence = self.tr("The newest backup is of {date}; the damaged library is kept too.")
        date = QLocale().toString(made, QLocale.FormatType.ShortFormat)
        return sentence.format(date=date), (Way.USE_BACKUP, Way.START_EMPTY)

    def _passages(self) -> dict[str, Parts]:
        return {
            "library.changed": (
                self.tr("This passage was changed in the meantime."),
                self.tr("Look at it and make the change again."),
                (),
            ),
            "library.speaker_changed": (
                self.tr("This speaker was named otherwise in the meantime."),
                self.tr("The name stays as it is; the step is passed over."),
                (),
            ),
            "library.not_found": (
                self.tr("This transcript is no longer in the library."),
                self.tr("Choose another one."),
                (),
            ),
        }

    def options(self, _known: Circumstances) -> dict[str, Parts]:
        """Return the sentences about what was asked for."""
        return {
            "options.changed": (
                self.tr("Another part or track is asked for than in the last run."),
                self.tr("Start again to decode it; the text so far stays in History."),
                (Way.START_AGAIN,),
            ),
            "options.invalid": (
                self.tr("An option has a value that is not allowed."),
                self.tr("Choose another one in the profile, then try again."),
                (Way.TRY_AGAIN,),
            ),
        }
