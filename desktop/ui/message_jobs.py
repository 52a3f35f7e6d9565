"""Hold the sentences about recordings, speech models, memory and the engine, by code."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.item_models.captions import Captions, size
from desktop.ui.message_values import Circumstances, Parts, Way
from engine.clock import clock


class JobSentences(QObject):
    """Say why a job stopped or waits."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._captions = Captions(self)

    def media(self, known: Circumstances) -> dict[str, Parts]:
        """Return the sentences about recordings."""
        again = self.tr("Choose another one, or convert it first.")
        end = (
            self.tr("The recording ends at {time}; the rest is damaged.").format(
                time=clock(known.at)
            )
            if known.at
            else self.tr("The recording is damaged.")
        )
        return {
            "media.not_found": (
                self.tr("The recording was moved or deleted."),
                self.tr("Show where it is now to go on."),
                (Way.FIND, Way.TRY_AGAIN),
            ),
            "media.none_found": (
                self.tr("The folder contains no recording."),
                self.tr("Choose a folder with audio or video files."),
                (Way.REMOVE,),
            ),
            "media.unreadable": (
                self.tr("This file is no recording that can be read."),
                again,
                (Way.REMOVE,),
            ),
            "media.no_audio": (
                self.tr("This file has no sound."),
                self.tr("Choose another file."),
                (Way.REMOVE,),
            ),
            "media.truncated": (
                end,
                self.tr("The text up to there is kept."),
                (Way.KEEP, Way.TRY_AGAIN),
            ),
            "media.changed": (
                self.tr("The recording changed since the last run."),
                self.tr("Start again once it is no longer being written."),
                (Way.START_AGAIN,),
            ),
            "media.protected": (
                self.tr("The recording is copy-protected."),
                self.tr("Choose a file without copy protection."),
                (Way.REMOVE,),
            ),
            "media.no_permission": (
                self.tr("The recording may not be read."),
                self.tr("Give yourself permission to read the file, then try again."),
                (Way.TRY_AGAIN, Way.OPEN_FOLDER),
            ),
        }

    def model(self, known: Circumstances) -> dict[str, Parts]:
        """Return the sentences about speech models."""
        name = known.model or self.tr("chosen")
        amount = size(known.size_bytes) if known.size_bytes else ""
        repair = (
            self.tr("Download the broken file again ({size}).").format(size=amount)
            if amount
            else self.tr("Download the broken file again.")
        )
        return {
            "model.not_installed": (
                self.tr("The {model} model is not on this computer yet.").format(model=name),
                self.model_note(known) or self.tr("It is downloaded once, then it stays here."),
                (Way.DOWNLOAD, Way.CHOOSE_MODEL),
            ),
            "model.download_failed": (
                self.tr("The {model} model could not be downloaded.").format(model=name),
                self.tr("Check the connection; the download goes on where it stopped."),
                (Way.DOWNLOAD, Way.CHOOSE_MODEL),
            ),
            "model.offline": (
                self.tr("The program stays offline, so no model was downloaded."),
                self.tr("Switch “Stay offline” off in Settings, then download it."),
                (Way.DOWNLOAD, Way.CHOOSE_MODEL),
            ),
            "model.busy": (
                self.tr("The {model} model is being downloaded already.").format(model=name),
                self.tr("Wait for that download; stopping it keeps what was fetched."),
                (),
            ),
            "model.corrupt": (
                self.tr("The model {model} is damaged.").format(model=name),
                repair,
                (Way.REPAIR, Way.CHOOSE_MODEL),
            ),
            "model.no_space": (
                self.tr("There is no room for the {model} model.").format(model=name),
                self.free(known.size_bytes),
                (Way.DOWNLOAD, Way.CHOOSE_MODEL),
            ),
            "model.english_only": (
                self.tr("The {model} model understands English only.").format(model=name),
                self.tr("Choose another model for other languages or for translation."),
                (Way.CHOOSE_MODEL,),
            ),
        }

    def device(self, known: Circumstances) -> dict[str, Parts]:
        """Return the sentences about memory and graphics cards."""
        name = known.model or self.tr("chosen")
        return {
            "device.out_of_memory": (
                self.tr("There is not enough memory for the {model} model.").format(model=name),
                self.tr("Close other programs and continue, or choose a smaller model."),
                (Way.CONTINUE, Way.CHOOSE_MODEL),
            ),
            "device.library_missing": (
                self.tr("A library that the graphics card needs is missing."),
                self.tr("Choose the processor in Settings › Hardware, then continue."),
                (Way.CONTINUE,),
            ),
            "device.unsupported_compute_type": (
                self.tr("This computer cannot calculate with the chosen number type."),
                self.tr("Choose “auto” in Settings › Hardware, then continue."),
                (Way.CONTINUE,),
            ),
        }

    def engine(self, known: Circumstances) -> dict[str, Parts]:
        """Return the sentences about the engine itself."""
        where = (
            self.tr("The engine stopped at {time}.").format(time=clock(known.at))
            if known.at
            else self.tr("The engine stopped.")
        )
        go_on = self.tr("Continue where it stopped.")
        return {
            "engine.crashed": (where, f"{go_on} {self.saved(known)}", (Way.CONTINUE,)),
            "engine.unresponsive": (
                self.tr("The engine no longer answered and was stopped."),
                f"{go_on} {self.saved(known)}",
                (Way.CONTINUE,),
            ),
            "engine.protocol": (
                self.tr("The parts of the program have different versions."),
                self.tr("Install the program again."),
                (Way.TRY_AGAIN,),
            ),
            "engine.internal": (
                self.tr("The program made a mistake."),
                self.tr("Continue, and if it comes back report it with the details."),
                (Way.CONTINUE,),
            ),
        }

    def model_note(self, known: Circumstances) -> str:
        """Return size and expected time of a model that is not installed yet."""
        sentences = []
        if known.size_bytes:
            sentences.append(self.tr("{size}, once.").format(size=size(known.size_bytes)))
        if known.hour_seconds:
            sentence = self.tr("An hour of recording takes {time} here.")
            sentences.append(sentence.format(time=self._captions.takes(known.hour_seconds)))
        return " ".join(sentences)

    def saved(self, known: Circumstances) -> str:
        """Return the sentence that says what is safe."""
        if known.paragraphs:
            return self.tr(
                "The %n paragraph(s) below are saved.",
                "",
                known.paragraphs,
            )
        return self.tr("What was decoded before is saved.")

    def free(self, size_bytes: int) -> str:
        """Return the sentence that asks for room on the disk."""
        if not size_bytes:
            return self.tr("Free about 200\u00a0MB and continue.")
        return self.tr("Free about {size} and continue.").format(size=size(size_bytes))
