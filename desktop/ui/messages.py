"""Say in the window what happened and what to do, one sentence each, by the codes of the engine.

Source of the sentences: the design's look, “Words”. Every code of `engine.errors` has its own.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.ui.message_files import FileSentences
from desktop.ui.message_jobs import JobSentences
from desktop.ui.message_values import Circumstances, Message, Parts, Way
from engine.clock import clock

__all__ = ["Circumstances", "Message", "Messages", "Way"]

_NOTHING = Circumstances()


class Messages(QObject):
    """Look up messages; the sentences are translated when they are asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = JobSentences(self)
        files = FileSentences(self._jobs, self)
        self._groups: dict[str, Callable[[Circumstances], dict[str, Parts]]] = {
            "media": self._jobs.media,
            "model": self._jobs.model,
            "device": self._jobs.device,
            "engine": self._jobs.engine,
            "export": files.export,
            "library": files.library,
            "options": files.options,
        }

    def stopped(self, code: str, known: Circumstances = _NOTHING) -> Message:
        """Return the message for something that stopped, or waits, with this code."""
        group = self._groups.get(code.partition(".")[0], self._jobs.engine)(known)
        title, text, ways = group.get(code) or self._jobs.engine(known)["engine.internal"]
        return Message(title, text, ways, code)

    def notice(self, code: str, known: Circumstances = _NOTHING) -> Message:
        """Return the message for something that happened while the job goes on."""
        found = self._notices(known).get(code)
        if found is not None:
            return Message(*found, (), code)
        stopped = self.stopped(code, known)
        return Message(stopped.title, stopped.text, (), code)

    def model_note(self, known: Circumstances) -> str:
        """Return size and expected time of a model that is not installed yet."""
        return self._jobs.model_note(known)

    def way(self, way: Way) -> str:
        """Return the label of a button."""
        return {
            Way.CONTINUE: self.tr("Continue"),
            Way.TRY_AGAIN: self.tr("Try again"),
            Way.START_AGAIN: self.tr("Start again"),
            Way.FIND: self.tr("Find it…"),
            Way.DOWNLOAD: self.tr("Download"),
            Way.REPAIR: self.tr("Repair"),
            Way.CHOOSE_MODEL: self.tr("Choose a model"),
            Way.REMOVE: self.tr("Remove from queue"),
            Way.KEEP: self.tr("Keep what there is"),
            Way.OPEN_FOLDER: self.tr("Open the folder"),
            Way.CHOOSE_FOLDER: self.tr("Choose…"),
            Way.USE_BACKUP: self.tr("Use the newest backup"),
            Way.START_EMPTY: self.tr("Start with an empty library"),
        }[way]

    def _notices(self, known: Circumstances) -> dict[str, tuple[str, str]]:
        restarted = self.tr("The engine stopped and was started again.")
        if known.at:
            restarted = self.tr("The engine stopped at {time} and was started again.").format(
                time=clock(known.at)
            )
        return {
            "engine.restarted": (restarted, self.tr("Nothing was lost.")),
            "engine.reduced": (
                self.tr("The engine stopped twice in the same place."),
                self.tr("Going on with the processor and less memory; nothing was lost."),
            ),
            "device.out_of_memory": (
                self.tr("Graphics memory is full."),
                self.tr("Going on with the processor, about 3\u00a0times slower."),
            ),
            "device.reduced": (
                self.tr("There is not enough memory to work as fast as was asked for."),
                self.tr("Going on with less, which takes longer; nothing was lost."),
            ),
            "device.library_missing": (
                self.tr("A library that the graphics card needs is missing."),
                self.tr("Going on with the processor."),
            ),
            "media.changed": (
                self.tr("The recording changed since the last run."),
                self.tr("It is transcribed from the start; the old text is in History."),
            ),
        }
