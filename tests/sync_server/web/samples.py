"""Transcripts as devices send them (docs/transcript-format.md), and release manifests."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Json: TypeAlias = "None | bool | int | str | list[Json] | dict[str, Json]"

RUN = "k3f9a2wq"
_WORD_MS = 320
_PAUSE_MS = 2500


@dataclass(frozen=True, slots=True)
class Sample:
    """An item's body and its blobs, by their hashes."""

    body: bytes
    blobs: dict[str, bytes]


def packed(value: Json) -> bytes:
    """Return canonical JSON, compressed."""
    written = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return zlib.compress(written.encode(), 9)


def transcript(
    title: str, lines: Sequence[tuple[str, str]], names: Sequence[str] = ("Anna", "Jan Kowalski")
) -> Sample:
    """Make a transcript of lines, each a speaker's id (s1, s2, …; "": unknown) and a text."""
    words = [[f" {word}" for word in text.split()] for _, text in lines]
    blobs = _blobs(words)
    text_hash, timing_hash = blobs
    speakers: list[Json] = [
        {"id": f"s{at}", "name": name} if name else {"id": f"s{at}"}
        for at, name in enumerate(names, 1)
    ]
    count = sum(map(len, words))
    duration = count * _WORD_MS + len(lines) * _PAUSE_MS
    body = packed(
        {
            "format": 1,
            "title": title,
            "created": 1_764_000_000_000,
            "info": {"language": "en", "language_probability": 98, "duration": duration},
            "speakers": speakers,
            "runs": [{"run": RUN, "text": text_hash, "timing": timing_hash}],
            "words": [[0, 0, 0, count]],
            "marks": _marks(lines, words),
        }
    )
    return Sample(body, blobs)


def _marks(lines: Sequence[tuple[str, str]], words: Sequence[Sequence[str]]) -> list[Json]:
    """Set a mark before each line."""
    marks: list[Json] = []
    number = 0
    for (speaker, _), own in zip(lines, words, strict=True):
        mark: dict[str, Json] = {"id": f"{RUN}.0.{number}"}
        marks.append(mark | ({"speaker": speaker} if speaker else {}))
        number += len(own)
    return marks


def _blobs(words: Sequence[Sequence[str]]) -> dict[str, bytes]:
    """Return the text and the timing blob of lines of words, by their hashes."""
    texts: list[Json] = [word for own in words for word in own]
    starts: list[Json] = []
    for place, own in enumerate(words):
        starts += [_WORD_MS] * len(own)
        if place and own:
            starts[-len(own)] = _WORD_MS + _PAUSE_MS
    starts[0] = 0
    text: dict[str, Json] = {"block": 0, "n": 0, "words": texts}
    timing: dict[str, Json] = {
        "block": 0,
        "n": 0,
        "starts": starts,
        "lengths": [_WORD_MS - 40] * len(texts),
        "probabilities": [97] * len(texts),
        "segments": [],
    }
    blobs = [packed({"format": 1, "run": RUN, "blocks": [part]}) for part in (text, timing)]
    return {hashlib.sha256(blob).hexdigest(): blob for blob in blobs}


INTERVIEW = (
    (
        "s1",
        "Let us go back to the winter of eighty-nine. You were twenty, and you had just "
        "been offered the place in Gdańsk. What did you tell your mother?",
    ),
    (
        "s2",
        "I told her nothing for a week. I walked around the shipyard every evening, I "
        "thought, if I can still see the cranes from the window, I will stay. It sounds "
        "foolish now.",
    ),
    ("s3", "It does not sound foolish. He told me the same story in Malbork, and he cried."),
    (
        "s2",
        "I did not cry. I had something in my eye, it was the wind from the Motława. "
        "Anyway. On the Sunday I packed one bag and the radio, and my brother drove me to"
        " the station in Tczew.",
    ),
    ("s1", "And are you going back any time soon, or do you not expect to?"),
    (
        "s2",
        "Not any time soon. I am really worried about the house, to be honest. The roof "
        "is Eternit, you know, nobody wants to touch it, and the municipality answers a "
        "letter once a year.",
    ),
    ("", "Somebody at the door."),
    ("s3", "We wrote three letters. The third one came back unopened."),
)
INTERVIEW_NAMES = ("Anna", "Jan Kowalski", "")


def interview() -> Sample:
    """Return the transcript of the design's pictures."""
    return transcript("Interview Kowalski", INTERVIEW, INTERVIEW_NAMES)


def release_file(system: str, arch: str, kind: str, **changes: Json) -> dict[str, Json]:
    """Return one entry of a release manifest."""
    name = f"whisper-transcriber-1.2.3-{system}-{arch}.{kind}"
    made: dict[str, Json] = {
        "system": system,
        "arch": arch,
        "kind": kind,
        "minimum_system": "",
        "name": name,
        "url": f"https://downloads.example.org/1.2.3/{name}",
        "size": 214_533_120,
        "sha256": hashlib.sha256(name.encode()).hexdigest(),
        "signed": True,
    }
    return made | changes


def manifest(**changes: Json) -> bytes:
    """Return a release manifest with files for all systems."""
    made: dict[str, Json] = {
        "schema": 1,
        "channel": "stable",
        "version": "1.2.3",
        "published": "2026-11-24T00:00:00Z",
        "expires": "2027-02-24T00:00:00Z",
        "notes": "Sync between devices.\nSearch in all transcripts.",
        "files": [
            release_file("linux", "x86_64", "deb", minimum_system="Debian 12, Ubuntu 22.04"),
            release_file("linux", "x86_64", "rpm", minimum_system="Fedora 40"),
            release_file("linux", "x86_64", "tar", minimum_system="glibc 2.35"),
            release_file("windows", "x86_64", "exe", minimum_system="Windows 10", signed=False),
            release_file("macos", "arm64", "dmg", minimum_system="macOS 13"),
        ],
    }
    return json.dumps(made | changes).encode()
