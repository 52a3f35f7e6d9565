"""A backend for the queue: what happens is written in the glossary, and in the files' own words.

A word of the glossary is `BLOCK:ACTION` as in `engine_backend`, or one of those below. A recording
whose bytes begin with `slow` is probed once a file of its name and `.go` lies beside it; one that
begins with `text` is no recording.
"""

from __future__ import annotations

import itertools
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from engine.errors import MediaError
from engine.events import Completed, Event, Started
from engine.media_info import AudioTrack, MediaInfo
from engine.process.backend_seam import LoadedModel
from engine.process.protocol import TranscribeRequest
from tests.fakes.engine_backend import FakeBackend

BACKEND = f"{__name__}:DesktopBackend"

_NEVER = threading.Event()


class DesktopBackend(FakeBackend):
    """Do what glossary and files say; results name the language and the model that made them."""

    def transcribe(
        self, request: TranscribeRequest, model: LoadedModel, is_cancelled: Callable[[], bool]
    ) -> Iterator[Event]:
        """Decode four blocks of one word each, those that are not finished."""
        if not os.path.exists(request.path):
            raise MediaError("media.not_found", request.path)
        words = [word for word in request.options.glossary if ":" in word]
        point = request.resume_from
        run = point.run if point is not None else secrets.token_hex(4)
        once = [word.partition("*")[0] for word in words if _happens(word)]
        asked = replace(request, options=replace(request.options, hotwords=tuple(once)), run=run)
        language = point.info.language if point else request.options.language or "en"
        for event in super().transcribe(asked, model, is_cancelled):
            if isinstance(event, (Started, Completed)):
                info = replace(event.info, language=language, model=Path(request.model).name)
                event = replace(event, info=info)
            yield event

    def probe(self, path: Path) -> MediaInfo:
        """Find what the file's own words say."""
        try:
            head = path.read_bytes()[:4]
        except OSError as exc:
            raise MediaError("media.not_found", path.name) from exc
        while head == b"slow" and not path.with_name(f"{path.name}.go").exists():
            _NEVER.wait(0.02)
        if head == b"text":
            raise MediaError("media.unreadable", "it is no media file")
        if head == b"dies":
            os._exit(3)
        size = path.stat().st_size
        return MediaInfo("wav", 120.0, (AudioTrack(0, "pcm", 2, 44100),), True, size)


def _happens(word: str) -> bool:
    """Tell whether an action happens: one that ends with `*N FOLDER` does so N times at most."""
    action, _, limit = word.partition("*")
    if not limit:
        return True
    count, _, folder = limit.partition(" ")
    name = "".join(letter if letter.isalnum() else "-" for letter in action)
    for number in itertools.count():
        if number >= int(count):
            return False
        try:
            os.close(os.open(Path(folder, f"{name}-{number}"), os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            continue
        return True
    return False
