"""Name every failure a user can meet, with one sentence that says what happened and one that helps.

TranscriberError
├── MediaError      media.*     the recording
├── ModelError      model.*     the speech model
├── DeviceError     device.*    memory, graphics card, drivers
├── EngineCrashed   engine.*    the worker process
├── ExportError     export.*    the files that are written
├── LibraryError    library.*   the desktop's collection of transcripts
└── OptionsError    options.*   what was asked for
Cancelled                       unwinds, is never shown

Codes are stable: they cross the pipe to the worker, the log and later HTTP unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Advice:
    """Say what happened and what to do about it, one sentence each."""

    sentence: str
    action: str


class TranscriberError(Exception):
    """Carry a stable code and a technical detail; the sentences are looked up by code.

    As a string it is for people: the sentences, and of the detail the first line. More lines are
    the log of a worker that died.
    """

    prefix: ClassVar[str] = ""

    def __init__(self, code: str, detail: str = "") -> None:
        if code not in ADVICE or not code.startswith(self.prefix):
            raise ValueError(f"{code!r} is no code of {type(self).__name__}")
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    @property
    def advice(self) -> Advice:
        """Return what to tell the user."""
        return ADVICE[self.code]

    def __str__(self) -> str:
        sentence = f"{self.advice.sentence} {self.advice.action}"
        reason = self.detail.partition("\n")[0]
        return f"{sentence} ({reason})" if reason else sentence


class MediaError(TranscriberError):
    """Report that a recording cannot be used."""

    prefix = "media."


class ModelError(TranscriberError):
    """Report that a speech model is missing, damaged or unfit for the request."""

    prefix = "model."


class DeviceError(TranscriberError):
    """Report that this computer cannot run what was asked for."""

    prefix = "device."


class EngineCrashed(TranscriberError):
    """Report that the worker process died or fell silent."""

    prefix = "engine."


class ExportError(TranscriberError):
    """Report that a result could not be written."""

    prefix = "export."


class LibraryError(TranscriberError):
    """Report that the library cannot be opened, read or written."""

    prefix = "library."


class OptionsError(TranscriberError):
    """Report an option that is out of range or contradicts another."""

    prefix = "options."


class Cancelled(Exception):
    """Unwind a job that the user stopped; never shown."""


ADVICE: dict[str, Advice] = {
    "media.not_found": Advice(
        "The recording is not there.", "Check whether it was moved, renamed or deleted."
    ),
    "media.none_found": Advice(
        "The folder contains no recording.", "Choose a folder with sound or video files."
    ),
    "media.unreadable": Advice(
        "The file is not a recording that can be read.",
        "Open it in a player; if that fails too, the file is damaged or no media file.",
    ),
    "media.no_audio": Advice(
        "The file contains no sound.", "Choose a file that has an audio track."
    ),
    "media.truncated": Advice(
        "The recording ends in the middle or is damaged.",
        "What could be read was transcribed; copy the file again if you have the original.",
    ),
    "media.changed": Advice(
        "The recording changed since the last run.",
        "It is transcribed from the start; wait until a copy or recording has ended.",
    ),
    "media.protected": Advice(
        "The recording is copy-protected.", "Use a file without copy protection."
    ),
    "media.no_permission": Advice(
        "The recording may not be read.", "Give yourself read permission for the file."
    ),
    "model.not_installed": Advice(
        "This speech model is not installed.",
        "Install it with “whisper-transcriber models download NAME”.",
    ),
    "model.download_failed": Advice(
        "The speech model could not be downloaded.",
        "Check the connection and start the download again; it continues where it stopped.",
    ),
    "model.offline": Advice(
        "The program stays offline, so no speech model was downloaded.",
        "Switch “Stay offline” off and start the download again.",
    ),
    "model.corrupt": Advice(
        "The speech model is damaged.", "Remove it and download or import it again."
    ),
    "model.busy": Advice(
        "This speech model is being downloaded already.",
        "Wait for that download; stopping it keeps what was fetched.",
    ),
    "model.no_space": Advice(
        "There is not enough free space for the speech model.", "Free some disk space and retry."
    ),
    "model.english_only": Advice(
        "This speech model understands English only.",
        "Choose a multilingual model for other languages or for translation.",
    ),
    "device.out_of_memory": Advice(
        "The memory does not suffice for this speech model.",
        "Close other programs, use fewer replicas or choose a smaller model.",
    ),
    "device.library_missing": Advice(
        "A library that the graphics card needs is missing or does not fit.",
        "Install the CUDA 12 libraries or use the processor.",
    ),
    "device.reduced": Advice(
        "The memory does not suffice to work as fast as was asked for.",
        "Nothing needs to be done: the job goes on with less of it, and takes longer.",
    ),
    "device.unsupported_compute_type": Advice(
        "This computer cannot calculate with the chosen number type.",
        "Choose “auto” as compute type.",
    ),
    "engine.crashed": Advice(
        "The transcription process ended unexpectedly.",
        "Nothing finished is lost; start the job again to continue it.",
    ),
    "engine.unresponsive": Advice(
        "The transcription process does not answer.",
        "Nothing finished is lost; start the job again to continue it.",
    ),
    "engine.restarted": Advice(
        "The transcription process ended unexpectedly and was started again.",
        "Nothing needs to be done: the job goes on where it stopped.",
    ),
    "engine.reduced": Advice(
        "The transcription process ended twice in the same place.",
        "Nothing needs to be done: the job goes on, on the processor and with less memory.",
    ),
    "engine.protocol": Advice(
        "The transcription process speaks another version of the protocol.",
        "Install the program again, so that all its parts have one version.",
    ),
    "engine.internal": Advice(
        "The program made a mistake.", "Please report it together with the log."
    ),
    "export.not_writable": Advice(
        "The result cannot be written there.", "Choose a folder that you may write to."
    ),
    "export.disk_full": Advice(
        "The disk is full.", "Free some space and run the job again; it continues."
    ),
    "export.in_use": Advice(
        "Another run is writing this transcript.", "Wait for it, or choose another output folder."
    ),
    "export.not_found": Advice(
        "The transcript is not there.", "Check whether it was moved, renamed or deleted."
    ),
    "export.unreadable": Advice(
        "The file is not a transcript that can be read back.",
        "Use a whole file of the format json, srt, vtt, ass, ssa, ttml or sub.",
    ),
    "library.too_new": Advice(
        "This library was written by a newer version of the program.",
        "Install the newest version; nothing was changed.",
    ),
    "library.in_use": Advice(
        "Another program is using this library.",
        "Close that program, or wait until it has finished, and try again.",
    ),
    "library.corrupt": Advice(
        "The library is damaged.",
        "It was left as it is; restore the newest backup beside it or start with an empty library.",
    ),
    "library.disk_full": Advice(
        "The disk is full.", "Free some space and continue; everything saved so far is kept."
    ),
    "library.read_only": Advice(
        "The library cannot be written to.",
        "Give yourself write permission for its folder, or choose another folder.",
    ),
    "library.network_folder": Advice(
        "The library lies in a network folder, where it could be damaged.",
        "Choose a folder on this computer.",
    ),
    "library.changed": Advice(
        "This passage was changed in the meantime.", "Look at it and make the change again."
    ),
    "library.speaker_changed": Advice(
        "This speaker was named otherwise in the meantime.",
        "Look at the name and change it again.",
    ),
    "library.not_found": Advice(
        "This transcript is no longer in the library.", "Choose another one."
    ),
    "options.changed": Advice(
        "Another part, track or use of the channels is asked for than in the last run.",
        "It is transcribed from the start.",
    ),
    "options.invalid": Advice(
        "An option has a value that is not allowed.", "Correct it; the help lists what is allowed."
    ),
}

_CLASSES = (
    MediaError,
    ModelError,
    DeviceError,
    EngineCrashed,
    ExportError,
    LibraryError,
    OptionsError,
)


def error_from_code(code: str, detail: str = "") -> TranscriberError:
    """Rebuild an error that crossed a process border; an unknown code becomes `engine.internal`."""
    for error_class in _CLASSES:
        if code in ADVICE and code.startswith(error_class.prefix):
            return error_class(code, detail)
    return EngineCrashed("engine.internal", f"{code}: {detail}")
