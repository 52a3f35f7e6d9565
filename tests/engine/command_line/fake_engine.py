"""An engine that makes up its text: the same events whatever was interrupted."""

# Stand-ins take what the real ones take.
# pylint: disable=unused-argument
from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.device_report import DeviceReport
from engine.errors import Cancelled, MediaError
from engine.events import (
    Block,
    BlockCompleted,
    Completed,
    Event,
    Notice,
    Progress,
    SegmentDecoded,
    Started,
)
from engine.media_info import AudioTrack, MediaInfo
from engine.options import ComputeOptions
from engine.process.backend_seam import LoadedModel, MemoryNeed
from engine.process.protocol import TranscribeRequest
from engine.transcript.transcript import Segment, TranscriptionInfo, Word

BLOCKS = tuple(Block(index, index * 100.0, index * 100.0 + 100.0) for index in range(3))
SEGMENTS = 4
"""In each block."""
DURATION = 300.0


def info(speech: float = 0.0) -> TranscriptionInfo:
    """Return what the fake knows of every recording."""
    return TranscriptionInfo("en", 0.9, DURATION, speech, "fake", "int8", "cpu", 0)


def segment(run: str, block: int, number: int) -> Segment:
    """Return one made-up segment of two words."""
    start = block * 100.0 + number * 10.0
    words = tuple(
        Word(f"{run}.{block}.{number * 2 + place}", start + place, start + place + 1, text, 0.9)
        for place, text in enumerate((f" block-{block}", f" part-{number}"))
    )
    return Segment(words[0].id, block, words)


def play(request: TranscribeRequest) -> Iterator[Event]:
    """Yield the events of a whole job; blocks that are finished already are passed over."""
    point = request.resume_from
    fingerprint = str(Path(request.path).stat().st_size)
    if point is not None and point.fingerprint != fingerprint:
        yield Notice("media.changed", "")
        point = None
    run = point.run if point else (request.run or "firstrun")
    finished = set(point.completed) if point else set()
    yield Started(run, fingerprint, BLOCKS, info())
    # The blocks interleave, and the last one is the first that is finished.
    for number in range(SEGMENTS):
        for block in reversed(BLOCKS):
            if block.index not in finished:
                yield SegmentDecoded(segment(run, block.index, number))
                done = len(finished) * 100.0 + number * 20.0
                yield Progress(done, DURATION)
        if number == SEGMENTS - 2 and 2 not in finished:
            yield SegmentDecoded(segment(run, 2, SEGMENTS), "no_speech")
    for block in reversed(BLOCKS):
        if block.index not in finished:
            yield BlockCompleted(block, 40.0, f"beam{request.options.beam_size}")
    yield Progress(DURATION, DURATION)
    yield Completed(info(120.0))


class FakeModel:
    """A model that needs no memory."""

    device = "cpu"
    compute_type = "int8"
    replicas = 1

    def close(self) -> None:
        """Do nothing."""


class FakeBackend:
    """Let a real worker process play; files beside the recording tell what goes wrong.

    `NAME.hold`: wait after every event that this number of segments came before, until it is gone.
    `NAME.die`: a line for every attempt; the number of segments after which SIGKILL comes.
    """

    def memory_need(self, folder: Path, compute: ComputeOptions) -> MemoryNeed | None:
        """Know no limit."""
        return None

    def ladder(self, compute: ComputeOptions) -> tuple[ComputeOptions, ...]:
        """Know no other way."""
        return (compute,)

    def load(self, folder: Path, compute: ComputeOptions) -> LoadedModel:
        """Load nothing."""
        return FakeModel()

    def transcribe(
        self, request: TranscribeRequest, model: LoadedModel, is_cancelled: Callable[[], bool]
    ) -> Iterator[Event]:
        """Play, and do what the files beside the recording say."""
        recording = Path(request.path)
        probe(recording)
        deadly = _take_line(recording.with_suffix(".die"))
        segments = 0
        for event in play(request):
            yield event
            if not isinstance(event, SegmentDecoded):
                continue
            segments += 1
            if segments == deadly:
                os.kill(os.getpid(), signal.SIGKILL)
            _wait(recording.with_suffix(".hold"), segments, is_cancelled)

    def devices(self) -> tuple[DeviceReport, ...]:
        """Return a processor and a graphics card that is not usable."""
        return (
            DeviceReport("cpu", "Fake 3000", ("int8", "float32"), True, replicas=2),
            DeviceReport("cuda:0", "Broken", (), False, "device.library_missing", "libcublas"),
        )

    def probe(self, path: Path) -> MediaInfo:
        """Take every file for a recording unless it says that it is none."""
        return probe(path)

    def peaks(self, path: Path, track: int, per_second: int) -> Iterator[tuple[int, ...]]:
        """Yield silence."""
        yield (0,)


def probe(path: Path) -> MediaInfo:
    """Describe a recording; `MediaError` for a file that begins with “no media”."""
    if path.read_bytes().startswith(b"no media"):
        raise MediaError("media.unreadable", "the fake says so")
    return MediaInfo("fake", DURATION, (AudioTrack(0, "fake", 1, 16000),))


def _take_line(path: Path) -> int | None:
    if not path.exists():
        return None
    first, *rest = path.read_text(encoding="ascii").split() or [""]
    path.write_text("\n".join(rest), encoding="ascii")
    return int(first) if first else None


def _wait(path: Path, segments: int, is_cancelled: Callable[[], bool]) -> None:
    while path.exists() and segments >= int(path.read_text(encoding="ascii")):
        if is_cancelled():
            raise Cancelled
        time.sleep(0.005)
