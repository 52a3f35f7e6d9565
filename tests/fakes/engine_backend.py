"""A backend without speech model: what happens to a job is written in its hotwords.

Each hotword is `BLOCK:ACTION`; the action comes before the block is decoded. The model's name in
the results tells how often a model was loaded.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from engine.device_report import DeviceReport
from engine.errors import Cancelled, DeviceError, MediaError, ModelError
from engine.events import (
    Block,
    BlockCompleted,
    Completed,
    Event,
    Progress,
    ResumePoint,
    SegmentDecoded,
    Started,
)
from engine.media_info import AudioTrack, MediaInfo
from engine.options import ComputeOptions, TranscriptionOptions
from engine.process.backend_seam import LoadedModel, MemoryNeed
from engine.process.protocol import PeaksRequest, TranscribeRequest
from engine.transcript.transcript import Segment, TranscriptionInfo, Word

BLOCKS = tuple(Block(index, index * 30.0, index * 30.0 + 30.0) for index in range(4))
BACKEND = f"{__name__}:FakeBackend"


def job(
    *actions: str,
    model: str = "fake-model",
    compute: ComputeOptions = ComputeOptions(),
    resume_from: ResumePoint | None = None,
) -> TranscribeRequest:
    """Return a request for a job in which the actions happen."""
    return TranscribeRequest(
        path="recording.wav",
        model=model,
        options=TranscriptionOptions(language="en", hotwords=actions),
        compute=compute,
        run="run1",
        resume_from=resume_from,
    )


@dataclass
class FakeModel:
    """Be a loaded model."""

    device: str
    compute_type: str
    replicas: int
    number: int
    is_closed: bool = False

    def close(self) -> None:
        """Note that it was closed."""
        self.is_closed = True


class FakeBackend:
    """Do what the hotwords say."""

    def __init__(self) -> None:
        self.loaded: list[FakeModel] = []
        self.need: MemoryNeed | None = None

    def memory_need(self, folder: Path, compute: ComputeOptions) -> MemoryNeed | None:
        """Return what the test set."""
        del folder, compute
        return self.need

    def ladder(self, compute: ComputeOptions) -> tuple[ComputeOptions, ...]:
        """Fall from a graphics card to the processor."""
        last = replace(compute, device="cpu", compute_type="int8", replicas=1)
        return (compute,) if compute.device in ("cpu", "auto") else (compute, last)

    def load(self, folder: Path, compute: ComputeOptions) -> LoadedModel:
        """Load, unless the folder's name tells another end."""
        if folder.name == "damaged":
            raise ModelError("model.corrupt", "model.bin")
        if folder.name == "large" and compute.device.startswith("cuda"):
            raise DeviceError("device.out_of_memory", "CUDA failed with error out of memory")
        if folder.name == "bad_alloc" and compute.device.startswith("cuda"):
            raise MemoryError("std::bad_alloc")
        device = "cpu" if compute.device == "auto" else compute.device
        model = FakeModel(device, "int8", compute.replicas or 1, len(self.loaded) + 1)
        self.loaded.append(model)
        return model

    def transcribe(
        self, request: TranscribeRequest, model: LoadedModel, is_cancelled: Callable[[], bool]
    ) -> Iterator[Event]:
        """Decode four blocks of one word each."""
        assert isinstance(model, FakeModel) and not model.is_closed
        info = _info(model)
        run = request.run or "anon"
        done = set(request.resume_from.completed) if request.resume_from else set()
        yield Started(run, "finger", BLOCKS, info)
        for block in BLOCKS:
            for number, _, action in (word.partition(":") for word in request.options.hotwords):
                if int(number) == block.index and block.index not in done:
                    act(action, model, is_cancelled)
            if block.index not in done:
                yield from _decode(block, run)
        yield Completed(replace(info, speech_duration=120.0))

    def devices(self) -> tuple[DeviceReport, ...]:
        """Return one processor."""
        return (DeviceReport("cpu", "Fake", ("int8",), True),)

    def probe(self, path: Path) -> MediaInfo:
        """Find a file, unless its name says otherwise."""
        if path.name == "missing.wav":
            raise MediaError("media.not_found", path.name)
        if path.name == "bug.wav":
            raise KeyError("boom")
        return MediaInfo("wav", 1.5, (AudioTrack(0, "pcm", 2, 44100),), size_bytes=7)

    def peaks(
        self, request: PeaksRequest, is_cancelled: Callable[[], bool]
    ) -> Iterator[tuple[int, ...]]:
        """Yield two pieces; for `endless.wav` more and more."""
        yield (-127, 127)
        if request.path == "broken.wav":
            raise MediaError("media.unreadable", request.path)
        while request.path == "endless.wav":
            yield (-1, 1) * 100
        yield (request.track, request.per_second)


def act(action: str, model: FakeModel, is_cancelled: Callable[[], bool]) -> None:
    """Do what a job can suffer."""
    name, _, argument = action.partition("=")
    if name == "until_cancelled":
        while not is_cancelled():
            _NEVER.wait(0.02)
        raise Cancelled
    if name == "no_memory":
        if model.device != "cpu":
            raise DeviceError("device.out_of_memory", "CUDA failed with error out of memory")
    else:
        _ACTIONS[name](argument)


_NEVER = threading.Event()


def _die_by_signal(name: str) -> None:
    if name != "SIGKILL":
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    os.kill(os.getpid(), getattr(signal, name))
    _NEVER.wait()


def _exit(code: str) -> None:
    sys.stderr.write("last words\n")
    sys.stderr.flush()
    os._exit(int(code))


def _print(_: str) -> None:
    print("a library prints ✓ \ud800", flush=True)
    os.write(1, b"\xff\x00 raw bytes\n")


def _read(_: str) -> None:
    assert sys.stdin.read() == ""


def _shout(_: str) -> None:
    os.write(2, b"noise noise noise\n" * 100_000)


def _wait_for_file(path: str) -> None:
    while not Path(path).exists():
        _NEVER.wait(0.02)


def _hang_in_a_library(_: str) -> None:
    ctypes.CDLL(None).pause()  # C code that releases the interpreter's lock


def _fail(_: str) -> None:
    raise MediaError("media.truncated", "at 12 s")


def _make_a_mistake(_: str) -> None:
    raise KeyError("boom " + "x" * 1000)


_ACTIONS: dict[str, Callable[[str], None]] = {
    "signal": _die_by_signal,
    "exit": _exit,
    "print": _print,
    "read": _read,
    "shout": _shout,
    "until": _wait_for_file,
    "deaf": _hang_in_a_library,
    "media_error": _fail,
    "bug": _make_a_mistake,
}


def _info(model: FakeModel) -> TranscriptionInfo:
    return TranscriptionInfo(
        language="en",
        language_probability=1.0,
        duration=120.0,
        speech_duration=0.0,
        model=f"load-{model.number}",
        compute_type=model.compute_type,
        device=model.device,
        track=0,
    )


def _decode(block: Block, run: str) -> Iterator[Event]:
    name = f"{run}.{block.index}.0"
    word = Word(name, block.start + 0.1 + 0.2, block.start + 1, " wörd\u2028\n✓", 0.91)
    yield SegmentDecoded(Segment(name, block.index, (word,)))
    yield BlockCompleted(block, 30.0, "hash")
    yield Progress(block.start + 30.0, 120.0)
