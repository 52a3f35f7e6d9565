"""Read the worked exchange of docs/sync.md, and play it against a server."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import httpx

DOCUMENT = Path(__file__).parents[2] / "docs" / "sync.md"

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"

_BLOCK = re.compile(r"^```http\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"<([a-z ]+)>")


@dataclass(frozen=True, slots=True)
class Step:
    """A request and the answer to it, as the document writes them."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: str
    status: int
    reason: str
    answer: str


def steps() -> list[Step]:
    """Return all exchanges of the document, in order."""
    return [_step(found[1]) for found in _BLOCK.finditer(DOCUMENT.read_text(encoding="utf-8"))]


def _step(block: str) -> Step:
    paragraphs = block.strip().split("\n\n")
    head, *headers = paragraphs[0].split("\n")
    method, path = head.split(" ")
    place = next(i for i, part in enumerate(paragraphs) if re.match(r"\d{3} \w", part))
    status, reason = paragraphs[place].split(" ", 1)
    return Step(
        method,
        path,
        dict(line.split(": ", 1) for line in headers),
        "\n\n".join(paragraphs[1:place]),
        int(status),
        reason,
        "\n\n".join(paragraphs[place + 1 :]),
    )


@dataclass(slots=True)
class Player:
    """Plays steps, and knows what the server drew in those before."""

    client: httpx.AsyncClient
    known: dict[str, str] = field(default_factory=dict)

    async def play(self, step: Step) -> None:
        """Send a step's request and compare the answer; what is new in angle brackets is noted."""
        answer = await self.client.request(
            step.method,
            self._filled(step.path),
            headers={name: self._filled(value) for name, value in step.headers.items()},
            content=self._content(step.body),
        )
        where = f"{step.method} {step.path}: {answer.text}"
        assert (answer.status_code, answer.reason_phrase) == (step.status, step.reason), where
        if step.answer.startswith("base64 ") or not step.answer:
            assert answer.content == self._content(step.answer), where
            return
        differences = list(self._differences(json.loads(step.answer), answer.json(), "$"))
        assert not differences, where

    def _content(self, written: str) -> bytes:
        if written.startswith("base64 "):
            return base64.b64decode(written.removeprefix("base64 "), validate=True)
        return self._filled(written).encode()

    def _filled(self, written: str) -> str:
        return _PLACE.sub(lambda found: self.known[found[1]], written)

    def _differences(self, expected: Json, found: Json, place: str) -> Iterator[str]:
        """Say where an answer is not as it stands in the document; it may say more."""
        if isinstance(expected, dict) and isinstance(found, dict):
            for name, value in expected.items():
                if name in found:
                    yield from self._differences(value, found[name], f"{place}.{name}")
                else:
                    yield f"{place}.{name} is missing"
        elif isinstance(expected, list) and isinstance(found, list):
            if len(expected) != len(found):
                yield f"{place} has another length"
            for index, pair in enumerate(zip(expected, found, strict=False)):
                yield from self._differences(*pair, f"{place}[{index}]")
        elif isinstance(expected, str) and isinstance(found, str):
            if not self._is_as_written(expected, found):
                yield f"{place} is {found}, not {expected}"
        elif expected != found:
            yield f"{place} is {found}, not {expected}"

    def _is_as_written(self, expected: str, found: str) -> bool:
        pattern = ""
        for part in re.split(r"(<[a-z ]+>)", expected):
            name = part[1:-1] if _PLACE.fullmatch(part) else None
            if name is None:
                pattern += re.escape(part)
            elif name in self.known:
                pattern += re.escape(self.known[name])
            else:
                pattern += f"(?P<{name.replace(' ', '_')}>.+)"
        match = re.fullmatch(pattern, found)
        if match is not None:
            self.known |= {
                name.replace("_", " "): value for name, value in match.groupdict().items()
            }
        return match is not None
