"""Define what crosses the channel between the program and its worker process (docs/protocol.md)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import cast, get_args

from engine.device_report import DeviceReport
from engine.events import Event, ResumePoint
from engine.media_info import MediaInfo
from engine.network import NetworkUse
from engine.options import ComputeOptions, TranscriptionOptions
from engine.process import messages

PROTOCOL_VERSION = 1
"""Raised whenever a message changes in a way that an older side would misunderstand."""

DECIMALS = 3
"""Decimals of the numbers a worker sends: times are multiples of 0.001 s."""

MAX_LINE_BYTES = 16 * 1024 * 1024
"""A longer line is garbage; the longest real ones (many blocks, long prompts) stay under 1 MiB."""


class Role(StrEnum):
    """Choose what a worker process is for."""

    ENGINE = "engine"
    MEDIA = "media"


@dataclass(frozen=True, slots=True)
class TranscribeRequest:
    """Ask for the transcript of a recording; answered by events up to `Completed` or `Failed`."""

    path: str
    model: str
    """Folder of the speech model."""
    options: TranscriptionOptions
    compute: ComputeOptions
    run: str | None = None
    """Name for this decoding; None lets the engine choose one."""
    resume_from: ResumePoint | None = None


@dataclass(frozen=True, slots=True)
class Warm:
    """Ask the worker to load a speech model now; answered by `Warmed`."""

    model: str
    """Folder of the speech model."""
    compute: ComputeOptions


@dataclass(frozen=True, slots=True)
class ProbeRequest:
    """Ask what a media file is; answered by `Probed`."""

    path: str


@dataclass(frozen=True, slots=True)
class PeaksRequest:
    """Ask for the outline of an audio track, for drawing; answered by `Peaks`, then `PeaksCompleted`."""

    path: str
    track: int
    per_second: int


@dataclass(frozen=True, slots=True)
class DevicesRequest:
    """Ask what the devices of this computer can run; answered by `Devices`."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Ask to stop the request in hand; answered by `Stopped`, unless that had ended already."""


@dataclass(frozen=True, slots=True)
class Unload:
    """Ask to give back the memory of the speech model; answered by `Unloaded`."""


@dataclass(frozen=True, slots=True)
class Ping:
    """Ask for a sign of life; answered by `Heartbeat` at once."""


Request = (
    TranscribeRequest | Warm | ProbeRequest | PeaksRequest | DevicesRequest | Cancel | Unload | Ping
)


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has started and takes requests; always its first line."""

    protocol: int
    """`PROTOCOL_VERSION` of the worker."""
    version: str
    """Version of the program."""
    role: Role
    pid: int


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A sign of life, sent regularly while a request is in hand and at once after a `Ping`."""


@dataclass(frozen=True, slots=True)
class Warmed:
    """The speech model is loaded; says where it runs, which may differ from what was asked."""

    device: str
    compute_type: str
    replicas: int


@dataclass(frozen=True, slots=True)
class Probed:
    """What a media file is."""

    info: MediaInfo


@dataclass(frozen=True, slots=True)
class Peaks:
    """A piece of the outline of a recording; the pieces follow each other without a gap."""

    values: tuple[int, ...]
    """Lowest and highest sample of each stretch in turn, -127 to 127."""


@dataclass(frozen=True, slots=True)
class PeaksCompleted:
    """The outline is complete."""


@dataclass(frozen=True, slots=True)
class Devices:
    """What the devices of this computer can run."""

    devices: tuple[DeviceReport, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """The request in hand was given up because of `Cancel`; nothing more comes for it."""


@dataclass(frozen=True, slots=True)
class Unloaded:
    """The memory of the speech model is given back."""


Report = (
    Ready
    | Heartbeat
    | Warmed
    | Probed
    | Peaks
    | PeaksCompleted
    | Devices
    | Stopped
    | Unloaded
    | NetworkUse
    | Event
)

REQUESTS: tuple[type, ...] = get_args(Request)
REPORTS: tuple[type, ...] = get_args(Report)
EVENTS: tuple[type, ...] = get_args(Event)


def encode_request(request: Request) -> bytes:
    """Return a request as one line; numbers are exact, for options may have any precision."""
    return messages.encode(request)


def encode_report(report: Report) -> bytes:
    """Return a report as one line; numbers are rounded to `DECIMALS`."""
    return messages.encode(report, DECIMALS)


def decode_request(line: bytes) -> Request:
    """Return the request in a line; raises `EngineCrashed` with `engine.protocol`."""
    return cast(Request, messages.decode(line, REQUESTS))


def decode_report(line: bytes) -> Report:
    """Return the report in a line; raises `EngineCrashed` with `engine.protocol`."""
    return cast(Report, messages.decode(line, REPORTS))


def decode_event(line: bytes) -> Event:
    """Return the event in a line, of the channel or a checkpoint; raises like `decode_report`."""
    return cast(Event, messages.decode(line, EVENTS))
