"""Do the worker's work with the ML half, which is imported when it is first needed."""

# pylint: disable=import-outside-toplevel
from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from engine.device_report import DeviceReport
from engine.errors import Cancelled, MediaError
from engine.events import Event
from engine.media_info import MediaInfo
from engine.options import ComputeOptions
from engine.process.backend_seam import LoadedModel, MemoryNeed
from engine.process.memory import THIS_COMPUTER, choose_replicas, model_need
from engine.process.protocol import PeaksRequest, TranscribeRequest

if TYPE_CHECKING:
    from engine.recognition.decoding import WhisperDecoder

_NUMBERS_PER_PIECE = 20_000


class RecognitionBackend:
    """Serve requests by `engine.recognition`; probing and peaks load no ML library."""

    def memory_need(self, folder: Path, compute: ComputeOptions) -> MemoryNeed | None:
        """Return what loading will take on the CPU; None on a graphics card."""
        from engine.recognition.devices import resolve

        resolved = resolve(compute)
        return model_need(folder, resolved.compute_type) if resolved.device == "cpu" else None

    def ladder(self, compute: ComputeOptions) -> tuple[ComputeOptions, ...]:
        """Return what to try after each other on `DeviceError`."""
        from engine.recognition.devices import fallback_ladder

        return fallback_ladder(compute)

    def load(self, folder: Path, compute: ComputeOptions) -> LoadedModel:
        """Load a speech model; raises `ModelError` or `DeviceError`."""
        from engine.recognition.decoding import load_decoder

        return load_decoder(folder, compute)

    def transcribe(
        self, request: TranscribeRequest, model: LoadedModel, is_cancelled: Callable[[], bool]
    ) -> Iterator[Event]:
        """Yield the events of a job."""
        from engine.recognition.pipeline import transcribe

        return transcribe(
            Path(request.path),
            request.options,
            cast("WhisperDecoder", model),
            run=request.run,
            resume_from=request.resume_from,
            is_cancelled=is_cancelled,
        )

    def devices(self) -> tuple[DeviceReport, ...]:
        """Return what the devices of this computer can run."""
        from engine.recognition.device_check import list_devices

        return list_devices(choose_replicas(None, None, THIS_COMPUTER))

    def probe(self, path: Path) -> MediaInfo:
        """Return what a media file is; raises `MediaError`."""
        from engine.recognition.media import probe

        return probe(path)

    def peaks(
        self, request: PeaksRequest, is_cancelled: Callable[[], bool]
    ) -> Iterator[tuple[int, ...]]:
        """Yield the outline of a track piece by piece; raises `MediaError`.

        Of a damaged file, what can be read is yielded before `media.truncated` is raised.
        """
        from engine.recognition.media import PeaksBuilder, stream

        builder = PeaksBuilder(request.per_second)
        damage: MediaError | None = None
        try:
            for chunk in stream(Path(request.path), request.track):
                if is_cancelled():
                    raise Cancelled
                builder.add(chunk)
        except MediaError as exc:
            if exc.code != "media.truncated":
                raise
            damage = exc
        numbers: list[int] = builder.peaks().ravel().tolist()
        for first in range(0, len(numbers), _NUMBERS_PER_PIECE):
            yield tuple(numbers[first : first + _NUMBERS_PER_PIECE])
        if damage is not None:
            raise damage
